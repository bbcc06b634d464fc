"""Operations by name, as a test does them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pytest_julep_secrets.errors import (
    PermissionDeniedError,
    SecretAlreadyExistsError,
    SecretNotFoundError,
    SecretsError,
    ValidationError,
)
from pytest_julep_secrets.fake.gate import Gate
from pytest_julep_secrets.fake.rules.access import SYSTEM_DEVELOPER
from pytest_julep_secrets.fake.store import Store
from pytest_julep_secrets.operations import Operations

VALUE = "sk-fake-must-not-be-shown"


def operations(gate: Gate | None = None) -> Operations:
    return Operations(Store(gate=gate), SYSTEM_DEVELOPER)


@pytest.fixture
def secrets() -> Operations:
    made = operations()
    made.create(name="old", value=VALUE)
    return made


def test_create_and_get(secrets: Operations) -> None:
    made = secrets.create(name="new", value="v", description="d", metadata={"b": 1, "aa": (2,)})

    assert made == secrets.get(name="new")
    assert (made.value, made.description, made.metadata) == ("v", "d", {"b": 1, "aa": [2]})
    assert made.created_at == made.updated_at


def test_reading_as_names_mapped_to_values(secrets: Operations) -> None:
    secrets.create(name="new", value="v")

    assert secrets["new"] == "v"
    assert "new" in secrets
    assert "nobody" not in secrets
    assert 5 not in secrets
    assert len(secrets) == 2
    assert list(secrets) == list(secrets.keys()) == ["new", "old"]
    assert {name: secrets[name] for name in secrets} == {"new": "v", "old": VALUE}


def test_update_keeps_what_is_not_given_and_replaces_metadata_whole(secrets: Operations) -> None:
    secrets.update(name="old", description="d", metadata={"a": 1})
    secrets.update(name="old", metadata={"b": 2}, new_name="renamed")

    kept = secrets.get(name="renamed")
    assert (kept.value, kept.description, kept.metadata) == (VALUE, "d", {"b": 2})
    assert "old" not in secrets


def test_list_filters_by_exact_equality_and_has_no_limit_of_its_own() -> None:
    secrets = operations()
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
    secrets: Operations, page: dict[str, int]
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
    secrets = operations()
    secrets.create(name="a", value=VALUE, metadata={"key": stored})

    assert len(secrets.list(metadata={"key": stored})) == 1
    assert secrets.list(metadata={"key": wanted}) == []


def test_delete_and_clear(secrets: Operations) -> None:
    secrets.create(name="new", value="v")
    secrets.delete(name="new")
    assert list(secrets) == ["old"]

    secrets.clear()

    assert len(secrets) == 0


def test_what_is_returned_is_a_copy(secrets: Operations) -> None:
    given = {"a": [1]}
    made = secrets.create(name="new", value="v", metadata=given)
    given["a"].append(2)
    for copied in (made, secrets.get(name="new"), secrets.list()[0]):
        assert copied.metadata is not None
        copied.metadata["a"].append(3)

    assert secrets.get(name="new").metadata == {"a": [1]}


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
    secrets: Operations,
    operation: Callable[[Operations], object],
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


def test_an_empty_fake_says_how_to_store_one() -> None:
    with pytest.raises(SecretNotFoundError) as caught:
        operations().get(name="x")

    assert str(caught.value) == (
        "There is no secret 'x'.\n"
        "The fake holds no secrets; store one with mock_secrets.create(name=..., value=...)."
    )


@pytest.mark.parametrize(("count", "end"), [(2, "'k1', 'k0'"), (10, "'k0'"), (11, "'k1', ...")])
def test_of_many_names_the_newest_ten_are_shown(count: int, end: str) -> None:
    secrets = operations()
    for number in range(count):
        secrets.create(name=f"k{number}", value="v")

    with pytest.raises(SecretNotFoundError) as caught:
        secrets.get(name="x")

    assert str(caught.value).endswith(end)
    assert f"There are: 'k{count - 1}', " in str(caught.value)


def test_get_like_a_mappings_says_what_to_write(secrets: Operations) -> None:
    with pytest.raises(TypeError, match=r"use mock_secrets\['x'\]"):
        secrets.get("old")  # type: ignore[arg-type]


def test_no_repr_shows_a_value(secrets: Operations) -> None:
    shown = f"{secrets!r} {secrets.list()!r} {secrets.get(name='old')}"

    assert VALUE not in shown
    assert "<Operations: 1 secrets>" in shown


# --- the gate


class Keeper(Gate):
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.told: list[tuple[object, object]] = []

    def arrived(self, name: object, value: object) -> None:
        self.told.append((name, value))


def test_what_is_created_and_changed_is_told() -> None:
    keeper = Keeper()
    secrets = operations(keeper)

    secrets.create(name="k", value="1")
    secrets.update(name="k", value="2", new_name="renamed")
    secrets.update(name="renamed", description="d")
    secrets.get(name="renamed")
    secrets.delete(name="renamed")

    assert keeper.told == [("k", "1"), ("renamed", "2"), ("renamed", None)]


@pytest.mark.parametrize(
    ("operation", "told"),
    [
        pytest.param(lambda s: s.create(name="old", value=VALUE), ("old", VALUE), id="taken"),
        pytest.param(lambda s: s.create(name="a-b", value=VALUE), ("a-b", VALUE), id="bad name"),
        pytest.param(lambda s: s.create(name="a", value=[VALUE]), ("a", [VALUE]), id="a list"),
        pytest.param(lambda s: s.update(name="x", value=VALUE), ("x", VALUE), id="unknown name"),
        pytest.param(lambda s: s.update(name="old", value=b"v"), ("old", b"v"), id="bytes"),
    ],
)
def test_what_is_refused_is_told_too(
    operation: Callable[[Any], object], told: tuple[object, object]
) -> None:
    keeper = Keeper()
    secrets = operations(keeper)
    secrets.create(name="old", value="v")

    with pytest.raises(SecretsError):
        operation(secrets)

    assert keeper.told[1:] == [told]


# --- denied secrets


@pytest.mark.parametrize(
    "do",
    [
        lambda secrets: secrets.create(name="old", value=VALUE),
        lambda secrets: secrets.get(name="old"),
        lambda secrets: secrets.update(name="old", value="v"),
        lambda secrets: secrets.update(name="other", new_name="old"),
        lambda secrets: secrets.delete(name="old"),
    ],
)
def test_a_denied_secret(secrets: Operations, do: Callable[[Operations], object]) -> None:
    secrets.create(name="other", value=VALUE)
    fault = secrets.faults.deny("old")

    with pytest.raises(PermissionDeniedError, match="The secret 'old' is denied") as caught:
        do(secrets)

    assert caught.value.code == "permission_denied"
    assert VALUE not in str(caught.value)
    assert fault.fired == 1
    assert secrets["old"] == VALUE


def test_other_secrets_are_not_denied_and_faults_are_for_http(secrets: Operations) -> None:
    secrets.faults.deny("other")
    secrets.faults.add("any", status=503)

    assert secrets.get(name="old").value == VALUE
    assert [secret.name for secret in secrets.list()] == ["old"]
