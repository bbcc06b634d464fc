"""`MockSecrets` outside of pytest: a run of its own, which nobody else settles."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from typing import Final

import httpx
import julep
import pytest

from pytest_julep_secrets import MockSecrets, UnusedFaultError, Violation

pytestmark = pytest.mark.usefixtures("outside_of_pytest")

VALUE: Final = "sk-fake-must-not-be-shown"


def create(secrets: MockSecrets, name: str) -> None:
    secrets.create(name=name, value=VALUE)


def swallow(secrets: MockSecrets, *names: str) -> None:
    for name in names:
        with suppress(Violation):
            create(secrets, name)


def inside(secrets: MockSecrets, do: Callable[[MockSecrets], object]) -> None:
    with secrets:
        do(secrets)


def violation_of(secrets: MockSecrets, do: Callable[[MockSecrets], object]) -> Violation:
    """The violation that comes out when something is done inside of a fake."""
    with pytest.raises(Violation) as caught:
        inside(secrets, do)
    return caught.value


# --- what becomes of violations


def test_what_is_violated_is_raised_once() -> None:
    secrets = MockSecrets()

    violation = violation_of(secrets, lambda fake: create(fake, "prod_key"))

    first, second, third = str(violation).splitlines()
    assert first.startswith("Secret name 'prod_key' looks like production: ")
    assert second == 'Rename it, or allow it with MockSecrets(allow_names=["prod_key"]).'
    assert third.endswith(", in create.")
    assert not hasattr(violation, "__notes__")
    assert len(secrets) == 0


def test_what_the_code_swallows_is_raised_at_the_end() -> None:
    violation = violation_of(MockSecrets(), lambda fake: swallow(fake, "prod_key"))

    assert "'prod_key'" in str(violation)


def test_of_many_the_first_is_raised_with_the_others_as_notes() -> None:
    violation = violation_of(MockSecrets(), lambda fake: swallow(fake, "prod_1", "prod_2", "prd"))

    assert "'prod_1'" in str(violation)
    assert len(violation.__notes__) == 2
    assert "'prod_2'" in violation.__notes__[0]
    assert "'prd'" in violation.__notes__[1]


def test_a_swallowed_one_stands_above_an_error_that_came_later() -> None:
    def fail(fake: MockSecrets) -> None:
        swallow(fake, "prod_key")
        raise LookupError

    violation = violation_of(MockSecrets(), fail)

    assert type(violation.__context__) is LookupError


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_what_it_was_converted_to_comes_out(error: type[BaseException]) -> None:
    def convert(fake: MockSecrets) -> None:
        try:
            create(fake, "prod_key")
        except Violation as violation:
            raise error from violation

    with pytest.raises(error):
        inside(MockSecrets(), convert)


def test_entered_again_inside_it_tells_at_the_outer_end() -> None:
    done = []

    def enter_again(fake: MockSecrets) -> None:
        inside(fake, lambda again: swallow(again, "prod_key"))
        done.append("inner")

    violation_of(MockSecrets(), enter_again)

    assert done == ["inner"]


def test_entered_again_afterwards_it_has_nothing_to_tell() -> None:
    secrets = MockSecrets()
    violation_of(secrets, lambda fake: swallow(fake, "prod_key"))

    inside(secrets, list)


def test_after_a_violation_everything_is_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JULEP_API_KEY", raising=False)

    with MockSecrets() as outer:
        inner = MockSecrets()
        violation_of(inner, lambda fake: swallow(fake, "prod_key"))
        julep.Julep().secrets.list()

    assert [len(outer.calls), len(inner.calls)] == [1, 0]
    assert "JULEP_API_KEY" not in os.environ


def test_two_fakes_know_nothing_of_each_other() -> None:
    outer, inner = MockSecrets(), MockSecrets({"key": VALUE})

    def violate_both(fake: MockSecrets) -> None:
        swallow(outer, "prod_outer", f"prod-{VALUE}")
        swallow(fake, "prod_inner")

    with outer.expect_violation("names") as expected:
        violation = violation_of(inner, violate_both)

    assert "'prod_inner'" in str(violation)
    assert not hasattr(violation, "__notes__")
    assert "'prod_outer'" in str(expected.value)


# --- names


def test_a_name_of_the_seed_that_looks_like_production_is_kept_out() -> None:
    with pytest.raises(Violation, match="'prod_key'") as caught:
        MockSecrets({"prod_key": VALUE})

    assert VALUE not in f"{caught.value} {caught.value!r}"


def test_one_that_comes_over_http_is_too() -> None:
    with MockSecrets() as secrets, secrets.expect_violation("names") as expected:
        julep.Julep().secrets.create(name="prod_key", value=VALUE)

    assert "'prod_key'" in str(expected.value)
    assert len(secrets) == len(secrets.calls) == 0


def test_allowed_names_are_let_in_by_every_way() -> None:
    allowed = {"prod_seed", "prod_test", "prod_client", "prod_renamed"}

    with MockSecrets({"prod_seed": VALUE, "a": VALUE}, allow_names=allowed) as secrets:
        create(secrets, "prod_test")
        julep.Julep().secrets.create(name="prod_client", value=VALUE)
        secrets.update(name="a", new_name="prod_renamed")

    assert set(secrets) == allowed


@pytest.mark.parametrize("name", ["PROD_KEY", "prod_key_2", "prod"])
def test_other_names_are_not(name: str) -> None:
    secrets = MockSecrets(allow_names=["prod_key"])

    with pytest.raises(Violation, match=f"'{name}'"):
        create(secrets, name)


@pytest.mark.parametrize(
    "violate",
    [
        pytest.param(
            lambda fake: fake.create(name=f"prod-{VALUE}", value="v"), id="the test's own"
        ),
        pytest.param(
            lambda fake: fake.update(name="key", new_name=f"prod-{VALUE}"), id="a renaming"
        ),
        pytest.param(
            lambda _: julep.Julep().secrets.create(name=f"prod-{VALUE}", value="v"), id="a client's"
        ),
    ],
)
def test_a_name_in_which_a_value_stands_is_not_told(
    violate: Callable[[MockSecrets], object],
) -> None:
    violation = violation_of(MockSecrets({"key": VALUE}), violate)

    assert VALUE not in f"{violation} {violation!r}"
    assert "'prod-REDACTED:key'" in str(violation)


# --- violations that are expected


def test_a_host_that_is_refused_can_be_expected() -> None:
    with MockSecrets() as secrets, secrets.expect_violation("hosts") as expected:
        julep.Julep(api_key="fake", base_url="https://api.julep.ai/api").agents.list()

    assert "'GET https://api.julep.ai/api/agents' is not answered" in str(expected.value)


def test_so_can_what_a_client_on_the_transport_is_refused() -> None:
    secrets = MockSecrets()

    with secrets.expect_violation("hosts"), httpx.Client(transport=secrets.transport) as client:
        client.get("https://api.julep.ai/api/agents")

    inside(secrets, list)


def test_what_is_expected_and_does_not_happen_is_a_failure() -> None:
    secrets = MockSecrets()

    with pytest.raises(AssertionError, match="'names'"), secrets.expect_violation("names"):
        create(secrets, "fine")


def test_what_cannot_be_violated_cannot_be_expected() -> None:
    with pytest.raises(ValueError, match="There is no check 'leaks' to violate"):
        inside(MockSecrets(), lambda fake: fake.expect_violation("leaks").__enter__())


# --- what becomes of faults


def test_a_fault_that_never_acts_is_raised_at_the_end_once() -> None:
    secrets = MockSecrets()
    with pytest.raises(UnusedFaultError) as caught, secrets:
        secrets.faults.add("list", status=503)

    first, second, third = str(caught.value).splitlines()
    assert first == (
        "The fault faults.add('list', status=503) never acted: no request came that it is for."
    )
    assert second.endswith("or take it back with mock_secrets.faults.clear().")
    assert third.endswith(", in test_a_fault_that_never_acts_is_raised_at_the_end_once.")
    with secrets:
        pass


def test_it_hides_no_other_exception() -> None:
    secrets = MockSecrets()
    with pytest.raises(ZeroDivisionError):
        inside(secrets, lambda fake: fake.faults.add("list", status=503).fired / 0)

    with pytest.raises(UnusedFaultError), secrets:
        pass


def test_a_nested_use_of_the_same_fake_is_not_its_end() -> None:
    secrets = MockSecrets()
    with secrets:
        with secrets:
            secrets.faults.add("list", status=500)
        with pytest.raises(julep.InternalServerError):
            julep.Julep(max_retries=0).secrets.list()


def test_a_retry_after_a_dropped_connection_does_not_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    with MockSecrets() as secrets:
        secrets.faults.add("list", drop="before")
        julep.Julep().secrets.list()

    assert [seconds for seconds in slept if seconds] == [0.001]
