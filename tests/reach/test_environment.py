"""`JULEP_API_KEY` while a fake is active, where our own key stands in place of a real one."""

from __future__ import annotations

import os
from itertools import permutations

import pytest

from pytest_julep_secrets.reach.environment import FAKE_KEY, VARIABLE, is_set_here, set_key


@pytest.mark.parametrize("before", [None, FAKE_KEY, "key-of-mine"])
@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_what_was_there_before_is_there_again(
    before: str | None, order: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    if before is not None:
        monkeypatch.setenv(VARIABLE, before)
    undo = [set_key(f"key-{number}") for number in range(3)]
    seen = os.environ[VARIABLE]

    for number in order:
        undo[number]()

    assert seen == ("key-of-mine" if before == "key-of-mine" else "key-2")
    assert os.environ.get(VARIABLE) == before


def test_the_key_of_an_active_fake_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)

    undo = set_key("key-of-a-fake")
    during = is_set_here("key-of-a-fake"), is_set_here("another")
    undo()

    assert during == (True, False)
    assert not is_set_here("key-of-a-fake")
