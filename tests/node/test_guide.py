"""What `docs/reference/guide.md` says of Node is what Node does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from guide.guide import sample
from guide.page import blocks, rows, told

from node.running import HERE, needs, node
from pytest_julep_secrets import MockSecrets
from pytest_julep_secrets.reach.served import JulepServer

pytestmark = needs("@julep/sdk")
GIVEN = 'import Julep from "@julep/sdk"; const julep = new Julep();\n'
SEED = pytest.mark.julep_secrets({"stripe_api_key": "sk-fake-1f9c27d4"})
ERRORS = {
    "BadRequestError": 'julep.secrets.create({ name: "1st", value: "sk-fake-2" })',
    "NotFoundError": 'julep.secrets.delete("0195a000-0000-7000-8000-00000000000a")',
    "ConflictError": 'julep.secrets.create({ name: "stripe_api_key", value: "sk-fake-2" })',
    "UnprocessableEntityError": 'julep.secrets.delete("stripe_api_key")',
}
JEST = """
const { Julep } = require("@julep/sdk");
const real = jest.requireActual("@julep/sdk");

test("it gives what was made up", async () => {
  const secret = await new Julep().secrets.get();
  expect(secret).toEqual({ name: "api_key", value: "mock-api-key-123" });
});

test("it has nothing else, and the SDK has all but this", () => {
  const { secrets } = new real.Julep({ apiKey: "fake" });
  expect(Object.keys(new Julep().secrets)).toEqual(["get"]);
  expect(secrets.get).toBe(undefined);
  expect(secrets.list).toBeInstanceOf(Function);
});
"""


def module(code: str, server: JulepServer) -> tuple[int, str, str]:
    """Run code as a module: its status, what it printed, and its error."""
    done = node("--input-type=module", "-e", code, server=server)
    errors = [line for line in done.stderr.splitlines() if "Error: " in line]
    return done.returncode, done.stdout, "\n".join(errors)


def calls(server: JulepServer, *code: str) -> list[dict[str, object]]:
    done = node("calls.mjs", server=server, given=json.dumps(code))
    assert done.stderr == ""
    return list(json.loads(done.stdout))


def test_the_key_of_a_provider(julep_server: JulepServer, mock_secrets: MockSecrets) -> None:
    path = sample("llm_provider_keys.mjs")
    error = "SyntaxError: Invalid or unexpected token"
    _, _, code = path.read_text().partition("\n")

    assert module(GIVEN + path.read_text(), julep_server) == (1, "", error)
    assert f"`{error}`" in told(path, "what happens")
    assert module(GIVEN + code, julep_server) == (0, "", "")
    assert dict(mock_secrets) == {"ANTHROPIC_API_KEY": "sk-ant-..."}


def test_error_handling_swallows_what_happens(
    julep_server: JulepServer, mock_secrets: MockSecrets
) -> None:
    code = sample("error_handling.mjs").read_text()

    assert module(GIVEN + code, julep_server) == (0, "", "")
    assert list(mock_secrets.calls) == []
    assert calls(julep_server, "julep.secrets.get({ name: 'non_existent_secret' })") == [
        {"error": "TypeError: julep.secrets.get is not a function", "requests": []}
    ]


@SEED
@pytest.mark.parametrize("name", ERRORS)
def test_no_error_has_a_code(julep_server: JulepServer, name: str) -> None:
    caught = "catch((error) => console.log(error.constructor.name, error.code))"

    done = module(f"{GIVEN}await {ERRORS[name]}.{caught}", julep_server)

    assert done == (0, f"{name} undefined\n", "")


def test_what_to_write_instead(julep_server: JulepServer) -> None:
    (code,) = blocks("js")

    assert module(code, julep_server) == (
        0,
        "stored\nthere is a secret 'stripe_api_key'\n'stripe-api-key' is no name for a secret\n",
        "",
    )


@needs("jest")
def test_the_mock_for_jest(julep_server: JulepServer, tmp_path: Path) -> None:
    test = sample("testing_with_secrets.js").read_text() + JEST
    (tmp_path / "sample.test.js").write_text(test)
    packages = HERE / "node_modules"
    options = [f"--rootDir={tmp_path}", f"--modulePaths={packages}", "--coverage=false"]

    done = node(f"{packages}/jest/bin/jest.js", *options, server=julep_server)

    assert "2 passed, 2 total" in done.stderr


@SEED
def test_each_call_of_the_page(julep_server: JulepServer) -> None:
    table = [row for row in rows() if row.section == "Other pages: Node"]

    came = calls(julep_server, *(row.code("call")[0] for row in table))

    assert came == [
        {
            "error": next(iter(row.code("what happens")), None),
            "requests": [one for one in [row.cells["requests"]] if one != "none"],
        }
        for row in table
    ]


@SEED
def test_each_call_to_write_instead(julep_server: JulepServer) -> None:
    code = [row.code("write instead") for row in rows() if row.section == "Other pages: Node"]

    came = calls(julep_server, *(one[0] for one in code if one))

    assert [one["error"] for one in came] == [None] * 5
