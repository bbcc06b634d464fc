"""The whole list is read however long, and while others change it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_julep_secrets.contract import Target
from pytest_julep_secrets.contract.cleaning import find
from pytest_julep_secrets.contract.listing import every_secret
from pytest_julep_secrets.errors import ConfigurationError
from pytest_julep_secrets.fake.call import Reply
from pytest_julep_secrets.reach.transport import FakeTransport


class Growing:
    """A list to which others add and from which they take, newest first."""

    def __init__(self, size: int, added: int, taken: int) -> None:
        self.ids = [str(number) for number in range(size)]
        self.added, self.taken = added, taken
        self.pages = 0

    def page(self, query: str) -> list[dict[str, Any]]:
        limit, offset = (int(part.partition("=")[2]) for part in query.split("&"))
        page = self.ids[offset : offset + limit]
        self.pages += 1
        self.ids = [f"new-{self.pages}-{number}" for number in range(self.added)] + self.ids
        del self.ids[: self.taken]
        return [{"id": one, "created_at": "2026-01-01T00:00:00Z"} for one in page]


@given(st.integers(0, 350), st.integers(0, 7), st.integers(0, 3))
def test_none_is_missed_and_none_comes_twice(size: int, added: int, taken: int) -> None:
    growing = Growing(size, added, min(taken, added + 2))

    found = [secret["id"] for secret in every_secret(growing.page)]

    kept = [one for one in growing.ids if not one.startswith("new")]
    assert len(set(found)) == len(found)
    assert set(kept) <= set(found)


def test_what_is_older_is_not_read() -> None:
    growing = Growing(1000, 0, 0)

    found = list(every_secret(growing.page, "2026-01-01T00:00:00.000001Z"))

    assert len(found) == 100
    assert growing.pages == 1


@pytest.mark.parametrize(
    "content", ['[{"id":{},"name":"x","value":"v","created_at":5}]', "5", "{}x"]
)
def test_a_list_of_something_else_cannot_be_read(content: str) -> None:
    target = Target(
        "http://odd.test", transport=FakeTransport(lambda _: Reply(200, [], content.encode()))
    )

    with pytest.raises(ConfigurationError, match="could not be listed"):
        list(find(target, lambda _: True))
