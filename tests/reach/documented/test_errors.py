"""The documented errors: by which classes they are caught, and that no value is in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import julep
import pytest

from pytest_julep_secrets import MockSecrets
from reach.documented.conftest import SEED, VALUE, Told, documented


@pytest.mark.parametrize(
    ("call", "name", "code", "base"),
    [
        pytest.param(
            lambda secrets: secrets.get(name="none"),
            "SecretNotFoundError", "not_found", julep.NotFoundError, id="get",
        ),
        pytest.param(
            lambda secrets: secrets.update(name="none", value=VALUE),
            "SecretNotFoundError", "not_found", julep.NotFoundError, id="update",
        ),
        pytest.param(
            lambda secrets: secrets.delete(name="none"),
            "SecretNotFoundError", "not_found", julep.NotFoundError, id="delete",
        ),
        pytest.param(
            lambda secrets: secrets.create(name="a", value=VALUE),
            "SecretAlreadyExistsError", "conflict", julep.ConflictError, id="conflict",
        ),
        pytest.param(
            lambda secrets: secrets.create(name=f"{VALUE} x", value=VALUE),
            "ValidationError", "validation_error", julep.BadRequestError, id="bad name",
        ),
        pytest.param(
            lambda secrets: secrets.create(name="c", value=[VALUE]),
            "ValidationError", "validation_error", julep.UnprocessableEntityError, id="bad type",
        ),
        pytest.param(
            lambda secrets: secrets.get(name=f"{VALUE} x"),
            "ValidationError", "validation_error", julep.BadRequestError, id="get a bad name",
        ),
        pytest.param(
            lambda secrets: secrets.list(metadata=VALUE),
            "ValidationError", "validation_error", julep.BadRequestError, id="bad filter",
        ),
        pytest.param(
            lambda secrets: secrets.list(metadata={"a": object()}),
            "ValidationError", "validation_error", julep.BadRequestError, id="no JSON",
        ),
        pytest.param(
            lambda secrets: secrets.list(metadata={}, limit=-1),
            "ValidationError", "validation_error", julep.BadRequestError, id="negative",
        ),
    ],
)  # fmt: skip
def test_errors(
    secrets: Any,
    told: Told,
    call: Callable[[Any], object],
    name: str,
    code: str,
    base: type[julep.APIStatusError],
) -> None:
    with pytest.raises(documented(name)) as caught:
        call(secrets)

    error: Any = caught.value
    assert (error.code, error.__module__) == (code, "julep.exceptions")
    assert VALUE not in f"{error} {error!r} {error.message}"
    assert error.status_code == error.response.status_code
    # Nothing shows the SDK's own, which echoes what it was sent.
    assert error.__cause__ is None
    assert error.__suppress_context__ or error.__context__ is None
    assert isinstance(error, base)
    assert told.raised == 1


@pytest.mark.parametrize(
    "call",
    [
        pytest.param(lambda secrets: secrets.get(name="a"), id="get"),
        pytest.param(lambda secrets: secrets.update(name="a", value="sk-fake-2"), id="update"),
        pytest.param(lambda secrets: secrets.delete(name="a"), id="delete"),
        pytest.param(lambda secrets: secrets.create(name="a", value="sk-fake-2"), id="create"),
    ],
)
def test_a_denied_secret(secrets: Any, fake: MockSecrets, call: Callable[[Any], object]) -> None:
    denied = fake.faults.deny("a")

    with pytest.raises(documented("PermissionDeniedError"), match="'a'") as caught:
        call(secrets)

    assert isinstance(caught.value, julep.PermissionDeniedError)
    assert denied.fired == 1
    assert [(call.name, call.status) for call in fake.calls] == [("a", 403)]
    assert secrets.get(name="b").name == "b"


def test_faults_act_and_what_is_not_documented_stays(secrets: Any, fake: MockSecrets) -> None:
    fake.faults.add("list", status=503, times=None)

    with pytest.raises(julep.InternalServerError) as caught:
        secrets.get(name="a")

    assert type(caught.value) is julep.InternalServerError
    # As often as the SDK tries.
    assert len(fake.calls) == 6


def test_an_answer_that_is_no_list_of_secrets(secrets: Any, fake: MockSecrets) -> None:
    fake.faults.add("list", body="<html>")

    with pytest.raises(AttributeError):
        secrets.get(name="a")


def test_a_server_that_knows_nothing_of_it(told: Told) -> None:
    """As the real one: it hides values, and wants one in each update."""
    del told
    fake = MockSecrets(SEED)
    plain = httpx.MockTransport(lambda request: fake.transport.handle_request(_plain(request)))
    client: Any = julep.Julep(api_key="fake", http_client=httpx.Client(transport=plain))

    assert client.secrets.get(name="a").value == "ENCRYPTED"
    client.secrets.update(name="a", value="sk-fake-2")
    with pytest.raises(documented("ValidationError"), match="real server needs the value"):
        client.secrets.update(name="a", description="x")


def _plain(request: httpx.Request) -> httpx.Request:
    request.headers.pop("x-julep-secrets-documented", None)
    return request
