"""What the page says of Julep's other pages is what happens, call by call."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib.metadata import distribution
from typing import Any

import httpx
import julep
import pytest
import yaml

from guide.page import Row, rows
from guide.trying import Outcome, Trying
from pytest_julep_secrets import MockSecrets
from pytest_julep_secrets.reach.served import JulepServer
from pytest_julep_secrets.tasks import references

ROWS = [row for row in rows() if row.section == "Other pages: Python"]
TO_WRITE = [row for row in ROWS if row.code("write instead")]
STEPS = [row for row in rows() if row.section == "Other pages: YAML"]
STEPS_TO_WRITE = [code for row in STEPS for code in row.code("write instead")]
SEED = pytest.mark.julep_secrets({"stripe_api_key": "sk-fake-1f9c27d4"})


def sample_of(row: Row) -> str:
    return row.cells["sample"]


def given() -> dict[str, Any]:
    """Return what the calls take for granted."""
    (secret,) = julep.Julep().secrets.list()
    return {"secret": secret, "Julep": julep.Julep, "datetime": datetime, "UTC": UTC}


def kinds(code: str) -> list[str]:
    """Return of what kind the references of a step or a tool are."""
    shown = yaml.safe_load(code)
    task = {"tools": [shown]} if "type" in shown else {"main": [shown]}
    return [one.kind for one in references(task)]


def expected(row: Row) -> Outcome:
    said, requests = row.cells["what happens"], row.cells["requests"]
    error = None if said == "works" else row.code("what happens")[0]
    return Outcome(error, requests=[] if requests == "none" else requests.split(", "))


@SEED
@pytest.mark.parametrize("row", ROWS, ids=sample_of)
def test_a_call_of_another_page(try_out: Trying, row: Row) -> None:
    assert try_out(row.code("call")[0], **given()) == expected(row)


@pytest.mark.julep_secrets({"stripe_api_key": "sk-fake-1f9c27d4"}, documented_api=True)
def test_the_calls_with_the_documented_surface(try_out: Trying, mock_secrets: MockSecrets) -> None:
    before, came = mock_secrets.snapshot(), {}
    for row in ROWS:
        mock_secrets.restore(before)
        error = try_out(row.code("call")[0], **given()).error
        words = {expected(row).error: "the same", None: "works"}
        came[sample_of(row)] = words.get(error, error)

    assert came == {sample_of(row): row.cells["with `documented_api`"] for row in ROWS}


@SEED
@pytest.mark.parametrize("row", TO_WRITE, ids=sample_of)
def test_what_to_write_instead(try_out: Trying, row: Row) -> None:
    (code,) = row.code("write instead")

    assert try_out(code, **given()).error is None


@pytest.mark.parametrize("row", STEPS, ids=lambda row: row.cells["step or tool"])
def test_a_step_of_another_page(row: Row) -> None:
    assert kinds(row.code("step or tool")[0]) == [row.cells["kind"]]


@pytest.mark.parametrize("code", STEPS_TO_WRITE)
def test_a_step_to_write_instead(code: str) -> None:
    assert kinds(code) == ["required"]


def test_a_route_of_the_documentation(julep_server: JulepServer) -> None:
    url = f"{julep_server.url}/v1/secrets/0195a000-0000-7000-8000-00000000000a"

    assert httpx.post(url, json={"name": "a", "value": "sk-fake-1"}).status_code == 404


@pytest.mark.julep_secrets(api_key="fake-key")
@pytest.mark.usefixtures("mock_secrets")
def test_without_a_key(
    julep_server: JulepServer,
) -> None:
    url, headers = f"{julep_server.url}/secrets", {"Authorization": "Bearer fake-key"}

    assert httpx.get(url).status_code == 403
    assert httpx.get(url, headers=headers).status_code == 200


def test_the_sdk_brings_no_command() -> None:
    assert list(distribution("julep").entry_points) == []
