"""Fakes inside fakes, and what each leaves of the environment: never a trace."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import ExitStack
from itertools import permutations

import julep
import pytest

from pytest_julep_secrets import MockSecrets

KEY = "JULEP_API_KEY"


def reached() -> list[str]:
    """Which fake a client built as code under test does talks to; each holds its own name."""
    return [secret.name for secret in julep.Julep().secrets.list()]


def with_its_own_key(name: str) -> MockSecrets:
    return MockSecrets({name: "sk-fake-1"}, api_key=f"key-of-{name}")


def with_any_key(name: str) -> MockSecrets:
    return MockSecrets({name: "sk-fake-1"})


@pytest.mark.parametrize("outer", [with_any_key, with_its_own_key])
@pytest.mark.parametrize("inner", [with_any_key, with_its_own_key])
def test_the_inner_one_is_reached_and_takes_the_key_that_is_set(
    outer: Callable[[str], MockSecrets], inner: Callable[[str], MockSecrets]
) -> None:
    with outer("outer"):
        seen = [reached()]
        with inner("inner"):
            seen.append(reached())
        seen.append(reached())

    assert seen == [["outer"], ["inner"], ["outer"]]
    assert KEY not in os.environ


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
@pytest.mark.parametrize("make", [with_any_key, with_its_own_key])
def test_in_whatever_order_they_end_nothing_is_left(
    order: tuple[int, ...], make: Callable[[str], MockSecrets]
) -> None:
    fakes = [make(f"fake_{place}") for place in range(3)]
    stacks = [ExitStack() for _ in fakes]
    for fake, stack in zip(fakes, stacks, strict=True):
        stack.enter_context(fake)

    for place in order:
        stacks[place].close()

    assert KEY not in os.environ


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_a_key_of_the_users_is_used_and_left_alone(
    order: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY, "key-of-mine")
    stacks = [ExitStack() for _ in order]
    seen = []
    for place, stack in enumerate(stacks):
        stack.enter_context(MockSecrets({f"fake_{place}": "sk-fake-1"}, api_key="key-of-mine"))
        seen.append(reached())

    for place in order:
        stacks[place].close()

    assert seen == [["fake_0"], ["fake_1"], ["fake_2"]]
    assert os.environ[KEY] == "key-of-mine"


def test_the_same_one_twice_ends_after_the_second_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY, raising=False)
    secrets = with_any_key("twice")

    with secrets:
        with secrets:
            seen = [reached()]
        seen.append(reached())

    assert seen == [["twice"], ["twice"]]
    assert KEY not in os.environ


def fail_inside(*fakes: MockSecrets) -> None:
    """End in an error with all of them active."""
    with ExitStack() as stack:
        for fake in fakes:
            stack.enter_context(fake)
        raise LookupError


def test_after_an_error_the_outer_one_is_back() -> None:
    with with_its_own_key("outer"):
        with pytest.raises(LookupError):
            fail_inside(with_its_own_key("middle"), with_its_own_key("inner"))
        back = reached()

    assert back == ["outer"]
    assert KEY not in os.environ
