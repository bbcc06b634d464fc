"""`MockSecrets` as an object: how it is set up, whom it tells, and what it leaves behind."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress

import httpx
import julep
import pytest

import pytest_julep_secrets
from pytest_julep_secrets import ConfigurationError, MockSecrets, Violation, current
from pytest_julep_secrets.circumstances import Alone
from pytest_julep_secrets.run import Run

VALUE = "sk-fake-must-not-be-shown"


@pytest.fixture
def secrets() -> MockSecrets:
    return MockSecrets({"old": VALUE})


# --- beside the operations


def test_clearing_forgets_the_calls_too(secrets: MockSecrets) -> None:
    with secrets:
        julep.Julep().secrets.list()
    secrets.clear()

    assert len(secrets) == 0
    assert secrets.calls == []


def test_snapshots(secrets: MockSecrets) -> None:
    before = secrets.snapshot()
    secrets.clear()

    secrets.restore(before)

    assert secrets["old"] == VALUE


def test_operations_of_the_test_are_no_calls(secrets: MockSecrets) -> None:
    secrets.create(name="new", value="v")
    secrets.get(name="new")

    assert secrets.calls == []


def test_no_repr_shows_a_value(secrets: MockSecrets) -> None:
    shown = f"{secrets!r} {secrets.list()!r} {secrets.snapshot()!r} {secrets.transport!r}"

    assert VALUE not in shown
    assert "<MockSecrets: 1 secrets>" in shown


# --- set-up


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: MockSecrets([VALUE]), "The seed is a list"),  # type: ignore[arg-type]
        (lambda: MockSecrets([]), "The seed is a list"),  # type: ignore[arg-type]
        (lambda: MockSecrets(""), "The seed is a str"),  # type: ignore[arg-type]
        (lambda: MockSecrets({"a-b": VALUE}), "The seed cannot be used. Secret 'a-b' has a name"),
        (lambda: MockSecrets(developer="nobody"), "The developer is not a UUID."),
        (lambda: MockSecrets(base_urls=["nowhere"]), "The base URL 'nowhere' is not an absolute"),
        (lambda: MockSecrets(allow_names="prod_key"), "allow_names has to be a list of names."),
        (lambda: MockSecrets(id_seed="1"), "The id_seed is not"),  # type: ignore[arg-type]
        (lambda: MockSecrets(allow_names=[5]), "allow_names has to be"),  # type: ignore[list-item]
    ],
)
def test_bad_arguments(make: Callable[[], MockSecrets], says: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        make()

    assert str(caught.value).startswith(says)
    assert VALUE not in str(caught.value)


def test_a_key_of_its_own() -> None:
    with MockSecrets(api_key="the-key") as secrets:
        assert julep.Julep().secrets.list() == []
        with pytest.raises(julep.PermissionDeniedError):
            julep.Julep(api_key="another").secrets.list()

    assert secrets.api_key == "the-key"


def test_developers_are_apart() -> None:
    a, b = "0195a000-0000-7000-8000-00000000000a", "0195a000-0000-7000-8000-00000000000b"
    with MockSecrets({"mine": "v"}, developer=a) as secrets:
        other = julep.Julep(default_headers={"X-Developer-Id": b})
        other.secrets.create(name="mine", value="w")

        assert len(julep.Julep().secrets.list()) == 1
        assert secrets["mine"] == "v"


def test_a_configured_base() -> None:
    with MockSecrets({"a": "v"}, base_urls=["https://gateway.example.com/x/"]):
        reply = httpx.get("https://gateway.example.com/x/secrets")

    assert len(reply.json()) == 1


# --- JULEP_API_KEY


def test_a_key_is_set_only_where_none_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JULEP_API_KEY", "mine")
    with MockSecrets(api_key="another"):
        assert os.environ["JULEP_API_KEY"] == "mine"

    assert os.environ["JULEP_API_KEY"] == "mine"


def test_a_set_key_is_gone_afterwards_also_after_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JULEP_API_KEY", raising=False)
    seen = []

    def fail() -> None:
        with MockSecrets(api_key="inner"):
            seen.append(os.environ["JULEP_API_KEY"])
            raise LookupError

    with MockSecrets():
        outer = os.environ["JULEP_API_KEY"]
        with pytest.raises(LookupError):
            fail()
        seen.append(os.environ["JULEP_API_KEY"])

    assert seen == ["inner", outer]
    assert "JULEP_API_KEY" not in os.environ


def test_so_it_is_if_the_code_under_test_has_changed_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JULEP_API_KEY", raising=False)
    with MockSecrets():
        os.environ["JULEP_API_KEY"] = "changed"

    assert "JULEP_API_KEY" not in os.environ


# --- inside of a run


class Turns(Alone):
    """Circumstances in which one after the other answers."""

    def __init__(self) -> None:
        self.owner_now: str | None = "module"

    def owner(self) -> str | None:
        return self.owner_now


@pytest.fixture
def turns() -> Turns:
    return Turns()


@pytest.fixture
def run(turns: Turns) -> Iterator[Run]:
    """A run that is under way."""
    started = Run(turns)

    def get_run() -> Run:
        return started

    current.begin(get_run)
    yield started
    current.end(get_run)


def is_owned(run: Run, value: str, owner: str) -> bool:
    (hit,) = run.watch.find(value, lambda: [owner])
    return hit.owned


def test_inside_of_a_run_it_is_the_run_that_is_told(run: Run) -> None:
    with MockSecrets({"key": VALUE}) as secrets, suppress(Violation):
        secrets.create(name="prod_key", value=VALUE)

    assert [violation.check for violation in run.record.settle(None)] == ["names"]
    assert run.watch.redact(VALUE) == "REDACTED:key"


def test_whoever_starts_it_answers_for_what_it_holds(run: Run, turns: Turns) -> None:
    secrets, other = MockSecrets({"key": VALUE}), MockSecrets({"key": "sk-fake-not-started"})
    turns.owner_now = "test"

    with secrets:
        pass

    assert is_owned(run, VALUE, "test")
    assert not is_owned(run, other["key"], "test")


def test_whoever_made_it_answers_for_what_others_put_in(run: Run, turns: Turns) -> None:
    secrets = MockSecrets()
    turns.owner_now = "test"

    secrets.create(name="key", value=VALUE)

    assert is_owned(run, VALUE, "module")
    assert is_owned(run, VALUE, "test")
    assert not is_owned(run, VALUE, "another test")


def test_nobody_answers_for_what_others_put_into_a_fake_made_at_import(
    run: Run, turns: Turns
) -> None:
    turns.owner_now = None
    secrets = MockSecrets()
    turns.owner_now = "test"

    secrets.create(name="key", value=VALUE)

    assert is_owned(run, VALUE, "test")
    assert not run.watch.has([None])


def test_names_are_allowed_inside_of_a_run_too(run: Run) -> None:
    MockSecrets({"prod_key": VALUE}, allow_names=["prod_key"])

    assert run.record.settle(None) == []


# --- the package


def test_every_public_name_is_there() -> None:
    for name in pytest_julep_secrets.__all__:
        assert getattr(pytest_julep_secrets, name).__name__ == name
    assert set(pytest_julep_secrets.__all__) <= set(dir(pytest_julep_secrets))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        pytest_julep_secrets.nothing  # noqa: B018
