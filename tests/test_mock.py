"""`MockSecrets` as an object: operations by name, and what it leaves behind."""

from __future__ import annotations

import os
from collections.abc import Callable

import httpx
import julep
import pytest

import pytest_julep_secrets
from pytest_julep_secrets import (
    ConfigurationError,
    MockSecrets,
    SecretAlreadyExistsError,
    SecretNotFoundError,
    SecretsError,
    ValidationError,
)

VALUE = "sk-fake-must-not-be-shown"


@pytest.fixture
def secrets() -> MockSecrets:
    return MockSecrets({"old": VALUE})


# --- operations


def test_create_and_get(secrets: MockSecrets) -> None:
    made = secrets.create(name="new", value="v", description="d", metadata={"b": 1, "aa": (2,)})

    assert made == secrets.get(name="new")
    assert (made.value, made.description, made.metadata) == ("v", "d", {"b": 1, "aa": [2]})
    assert made.created_at == made.updated_at


def test_reading_as_names_mapped_to_values(secrets: MockSecrets) -> None:
    secrets.create(name="new", value="v")

    assert secrets["new"] == "v"
    assert "new" in secrets
    assert "nobody" not in secrets
    assert 5 not in secrets
    assert len(secrets) == 2
    assert list(secrets) == list(secrets.keys()) == ["new", "old"]
    assert {name: secrets[name] for name in secrets} == {"new": "v", "old": VALUE}


def test_update_keeps_what_is_not_given_and_replaces_metadata_whole(secrets: MockSecrets) -> None:
    secrets.update(name="old", description="d", metadata={"a": 1})
    secrets.update(name="old", metadata={"b": 2}, new_name="renamed")

    kept = secrets.get(name="renamed")
    assert (kept.value, kept.description, kept.metadata) == (VALUE, "d", {"b": 2})
    assert "old" not in secrets


def test_list_filters_by_exact_equality_and_has_no_limit_of_its_own() -> None:
    secrets = MockSecrets()
    for number in range(105):
        team = "even" if number % 2 == 0 else "odd"
        secrets.create(name=f"k{number}", value="v", metadata={"team": team, "number": number})

    assert len(secrets.list()) == 105
    assert [s.name for s in secrets.list(metadata={"team": "odd"}, limit=2)] == ["k103", "k101"]
    assert [s.name for s in secrets.list(metadata={"number": 3, "team": "odd"})] == ["k3"]
    assert secrets.list(metadata={"team": "other"}) == secrets.list(metadata={"x": None}) == []
    assert [s.name for s in secrets.list(limit=1, offset=104)] == ["k0"]


@pytest.mark.parametrize("page", [{"limit": -1}, {"offset": -1}, {"limit": 1, "offset": -2}])
def test_a_page_that_the_server_would_refuse_is_refused(
    secrets: MockSecrets, page: dict[str, int]
) -> None:
    with pytest.raises(ValidationError):
        secrets.list(limit=page.get("limit"), offset=page.get("offset", 0))


@pytest.mark.parametrize(
    ("stored", "wanted"),
    [(1, True), (0, False), ([1], [True]), ({"a": 0}, {"a": False})],
    ids=repr,
)
def test_a_number_of_metadata_is_no_boolean(stored: object, wanted: object) -> None:
    """To Python they are equal; in JSON they are not."""
    secrets = MockSecrets({"a": {"value": VALUE, "metadata": {"key": stored}}})

    assert len(secrets.list(metadata={"key": stored})) == 1
    assert secrets.list(metadata={"key": wanted}) == []


def test_delete_and_clear(secrets: MockSecrets) -> None:
    secrets.create(name="new", value="v")
    secrets.delete(name="new")
    assert list(secrets) == ["old"]

    with secrets:
        julep.Julep().secrets.list()
    secrets.clear()

    assert len(secrets) == 0
    assert secrets.calls == []


def test_what_is_returned_is_a_copy(secrets: MockSecrets) -> None:
    given = {"a": [1]}
    made = secrets.create(name="new", value="v", metadata=given)
    given["a"].append(2)
    for copied in (made, secrets.get(name="new"), secrets.list()[0]):
        assert copied.metadata is not None
        copied.metadata["a"].append(3)

    assert secrets.get(name="new").metadata == {"a": [1]}


def test_snapshots(secrets: MockSecrets) -> None:
    before = secrets.snapshot()
    secrets.clear()

    secrets.restore(before)

    assert secrets["old"] == VALUE


def test_operations_of_the_test_are_no_calls(secrets: MockSecrets) -> None:
    secrets.create(name="new", value="v")
    secrets.get(name="new")

    assert secrets.calls == []


# --- errors


@pytest.mark.parametrize(
    ("operation", "error", "code", "says"),
    [
        (lambda s: s.get(name="x"), SecretNotFoundError, "not_found", "There are: 'old'"),
        (lambda s: s["x"], KeyError, "not_found", "There is no secret 'x'."),
        (lambda s: s.delete(name="x"), SecretNotFoundError, "not_found", "'x'"),
        (lambda s: s.update(name="x", value=VALUE), SecretNotFoundError, "not_found", "'x'"),
        (
            lambda s: s.create(name="old", value=VALUE),
            SecretAlreadyExistsError,
            "conflict",
            "There is a secret 'old' already.",
        ),
        (
            lambda s: (s.create(name="b", value=VALUE), s.update(name="b", new_name="old")),
            SecretAlreadyExistsError,
            "conflict",
            "There is a secret 'old' already.",
        ),
        (
            lambda s: s.create(name="bad-name", value=VALUE),
            ValidationError,
            "validation_error",
            "Secret 'bad-name' has a name that the server refuses.",
        ),
        (
            lambda s: s.create(name="b", value=[VALUE]),
            ValidationError,
            "validation_error",
            "A secret's value has to be a string; this is a list.",
        ),
        (
            lambda s: s.create(name=None, value=VALUE),
            ValidationError,
            "validation_error",
            "A secret's name has to be a string; this is a NoneType.",
        ),
        (
            lambda s: s.update(name="old", description=5),
            ValidationError,
            "validation_error",
            "A secret's description has to be a string; this is a int.",
        ),
        (
            lambda s: s.create(name="b", value=VALUE, metadata=[VALUE]),
            ValidationError,
            "validation_error",
            "A secret's metadata has to be a JSON object.",
        ),
        (
            lambda s: s.create(name="b", value=VALUE, metadata={"a": {VALUE}}),
            ValidationError,
            "validation_error",
            "A secret's metadata has to be a JSON object.",
        ),
        (
            lambda s: s.create(name="b", value=VALUE + "\ud800"),
            ValidationError,
            "validation_error",
            "Secret 'b' holds something the database cannot store.",
        ),
        (
            lambda s: s.create(name="b", value=VALUE, metadata={"a": float("nan")}),
            ValidationError,
            "validation_error",
            "Secret 'b' holds something the database cannot store.",
        ),
        (
            lambda s: s.create(name="k" + "".join(map(str, range(1500))), value=VALUE),
            ValidationError,
            "validation_error",
            "has a name too long for the database's index.",
        ),
    ],
)
def test_errors_have_the_guides_code_and_no_value(
    secrets: MockSecrets,
    operation: Callable[[MockSecrets], object],
    error: type[Exception],
    code: str,
    says: str,
) -> None:
    with pytest.raises(error) as caught:
        operation(secrets)

    assert isinstance(caught.value, SecretsError)
    assert caught.value.code == code
    assert says in str(caught.value)
    assert VALUE not in f"{caught.value} {caught.value!r}"
    assert caught.value.__cause__ is None
    assert len(secrets.list(metadata={"a": 1})) == 0


def test_get_like_a_mappings_says_what_to_write(secrets: MockSecrets) -> None:
    with pytest.raises(TypeError, match=r"use mock_secrets\['x'\]"):
        secrets.get("old")  # type: ignore[arg-type]


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


# --- the package


def test_every_public_name_is_there() -> None:
    for name in pytest_julep_secrets.__all__:
        assert getattr(pytest_julep_secrets, name).__name__ == name
    assert set(pytest_julep_secrets.__all__) <= set(dir(pytest_julep_secrets))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        pytest_julep_secrets.nothing  # noqa: B018
