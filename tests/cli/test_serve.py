"""`julep-secrets serve`, as a process of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from pytest_julep_secrets.cli import main

MAIN = "from pytest_julep_secrets.cli import main; raise SystemExit(main())"
DEVELOPER = "0195a000-0000-7000-8000-00000000000a"


@contextmanager
def serving(
    *args: str, env: Mapping[str, str] | None = None
) -> Iterator[tuple[subprocess.Popen[str], httpx.Client]]:
    command = [sys.executable, "-W", "error", "-c", MAIN, "serve", *args]
    with subprocess.Popen(  # noqa: S603 - ourselves
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **(env or {})},
    ) as process:
        assert process.stdout is not None
        try:
            url = process.stdout.readline().strip()
            with httpx.Client(base_url=url, trust_env=False) as client:
                yield process, client
        finally:
            process.kill()


def stop(process: subprocess.Popen[str], number: int = signal.SIGTERM) -> tuple[int, str, str]:
    process.send_signal(number)
    output, errors = process.communicate(timeout=10)
    return process.returncode, output, errors


def test_a_day_of_a_server(tmp_path: Path) -> None:
    seed = tmp_path / "seed.toml"
    seed.write_text('stripe_key = "sk-fake-1f9c27d4"\n')
    args = ["--port", "0", "--seed", str(seed), "--key-env", "MY_KEY", "--reset-path", "/reset"]

    with serving(*args, "--allow-name", "live_key", env={"MY_KEY": "fake-key"}) as served:
        process, client = served
        health, refused = client.get("/healthz"), client.get("/secrets")
        client.headers["authorization"] = "Bearer fake-key"
        created = [
            client.post("/secrets", json={"name": name, "value": "sk-fake-77"}).status_code
            for name in ("live_key", "prod_key", "stripe_key")
        ]
        before = client.get("/secrets").json()
        asked, reset = client.get("/reset"), client.post("/reset")
        after = client.get("/secrets").json()
        end = stop(process)

    assert (health.status_code, health.json(), refused.status_code) == (200, {"status": "ok"}, 403)
    assert created == [201, 403, 409]
    assert [secret["name"] for secret in before] == ["live_key", "stripe_key"]
    assert (asked.status_code, asked.headers["allow"], reset.status_code) == (405, "POST", 200)
    assert [secret["name"] for secret in after] == ["stripe_key"]
    status, output, errors = end
    assert (status, output) == (0, "")
    assert errors == (
        "Secret name 'prod_key' looks like production: it contains the word 'prod'. "
        "It never gets into the fake.\n"
        "Rename it, or start the server with --allow-name prod_key.\n"
    )


def test_developers_are_separated_and_others_let_in_when_asked_to() -> None:
    args = ["--port", "0", "--multi-tenant", "--host", "0.0.0.0"]  # noqa: S104 - what is tested

    with serving(*args) as (process, client):
        nobody = client.get("/secrets")
        somebody = client.get("/secrets", headers={"x-developer-id": DEVELOPER})
        reset = client.post("/reset")
        status, _, errors = stop(process, signal.SIGINT)

    assert (nobody.status_code, somebody.status_code, reset.status_code) == (500, 200, 404)
    assert status == 0
    assert errors == (
        "Other machines can reach this server: it listens at '0.0.0.0'. "
        "Leave --host out to serve this one only.\n"
    )


def test_a_port_in_use_is_one_clear_line(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        assert main(["serve", "--port", str(port)]) == 2

    assert capsys.readouterr().err == (
        f"Nothing can listen at '127.0.0.1', port {port}: Address already in use. "
        "Name another with --port, such as 0 for any that is free.\n"
    )


REAL = "sk_live_" + "".join(chr(97 + (7 * n * n + 3 * n) % 26) for n in range(24))


@pytest.mark.parametrize(
    ("args", "text"),
    [
        (["--seed", "missing.json"], "check --seed"),
        (["--seed", "names.json"], "The seed cannot be used. Secret 'not a name'"),
        (["--seed", "production.json"], "start the server with --allow-name prod_key."),
        (["--seed", "good.json", "--multi-tenant"], "--developer UUID"),
        (["--developer", DEVELOPER], "Add --multi-tenant"),
        (["--reset-path", "/healthz"], "--reset-path cannot be"),
        (["--key", ""], "What --key gives cannot be sent"),
        (["--key", REAL], "What --key gives looks like a real credential"),
        (["--key-env", "NOT_SET_ANYWHERE"], "--key-env"),
        (["--key-env", "REAL_KEY"], "What --key-env gives looks like a real credential"),
        (["--host", "no such host"], "there is no such host"),
    ],
)
def test_wrong_usage_is_told(
    args: list[str],
    text: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REAL_KEY", REAL)
    for file, name in (("names", "not a name"), ("production", "prod_key"), ("good", "a")):
        Path(f"{file}.json").write_text(json.dumps({name: "sk-fake-1f9c27d4"}))

    assert main(["serve", "--port", "0", *args]) == 2

    printed = capsys.readouterr()
    assert text in printed.err
    assert printed.out == ""
    assert REAL not in printed.err
    assert "sk-fake-1f9c27d4" not in printed.err


@pytest.mark.parametrize(
    "args",
    [
        ["--port", "65536"],
        ["--port", "-1"],
        ["--developer", "me"],
        ["--reset-path", "reset"],
        ["--reset-path", "/secrets"],
        ["--key", "a", "--key-env", "B"],
    ],
)
def test_what_no_option_can_be_is_told(args: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["serve", *args])

    assert caught.value.code == 2


def test_a_seed_belongs_to_the_developer_named() -> None:
    from pytest_julep_secrets.cli.standing import Setup, Standing
    from pytest_julep_secrets.fake.call import Call

    setup = Setup({"a": "sk-fake-1f9c27d4"}, multi_tenant=True, developer=UUID(DEVELOPER))
    standing = Standing(setup, complain=pytest.fail)

    mine = standing.answer(Call("GET", "/secrets"))
    others = standing.answer(Call("GET", "/secrets", headers={"x-developer-id": str(UUID(int=1))}))

    assert json.loads(mine.body)[0]["name"] == "a"
    assert others.body == b"[]"
