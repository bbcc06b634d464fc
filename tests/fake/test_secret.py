"""One secret: equal, copied and explained without its value; times as the API writes them."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import pytest

from pytest_julep_secrets.fake.rules.fields import Fields
from pytest_julep_secrets.fake.secret import Secret, timestamp

VALUE = "sk-fake-must-not-be-shown"


def secret(**changes: Any) -> Secret:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    given = {"id": "1", "name": "k", "value": VALUE, "metadata": {"a": [VALUE]}, **changes}
    return Secret(**given, created_at=now, updated_at=now)


def test_no_repr_shows_a_value() -> None:
    assert VALUE not in repr(secret())
    assert VALUE not in repr(Fields("k", VALUE, None, {"a": VALUE}))


def test_secrets_are_equal_if_all_of_them_is() -> None:
    assert secret() == secret()
    assert secret() != secret(value="another")
    assert secret() != secret(description="another")
    assert len({secret(), secret()}) == 1
    assert (secret() == 1) is False


def test_an_inequality_is_explained_without_values(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        f"""
        from pytest_julep_secrets import MockSecrets

        def test_it():
            secrets = MockSecrets({{"a": "{VALUE}", "b": "sk-fake-other"}})
            assert secrets.get(name="a") == secrets.get(name="b")
        """
    )

    result = pytester.runpytest_subprocess("-p", "no:asyncio", "-vv")

    result.assert_outcomes(failed=1)
    # The line of source that makes them is shown; the comparison is not taken apart.
    explained = [line for line in result.outlines if line.startswith("E ")]
    assert explained
    assert VALUE not in "".join(explained)


def test_a_copy_shares_no_metadata() -> None:
    original = secret()
    copied = deepcopy(original)
    assert copied.metadata is not None

    copied.metadata["a"] = 1

    assert original.metadata == {"a": [VALUE]}


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC), "2026-01-02T03:04:05.000006Z"),
        (datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), "2026-01-02T03:04:05Z"),
    ],
)
def test_timestamps(moment: datetime, text: str) -> None:
    assert timestamp(moment) == text
