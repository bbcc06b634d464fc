"""`julep-secrets scan`."""

from __future__ import annotations

import base64
import io
import json
import sys
from pathlib import Path
from random import Random
from typing import Final

import pytest

from pytest_julep_secrets.artefacts.values import manifest
from pytest_julep_secrets.cli import main
from pytest_julep_secrets.made_up import KINDS

VALUE: Final = "hunter-fake-77xq0d4c"
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    manifest.write(tmp_path / "run.json", [("stripe_key", VALUE)])
    (tmp_path / "out").mkdir()
    (tmp_path / "out/a.log").write_text(f"one\n key={VALUE}\n")
    return tmp_path


@pytest.mark.usefixtures("here")
def test_a_leak(capsys: Capture) -> None:
    assert main(["scan", "--manifest", "run.json", "out"]) == 1

    assert capsys.readouterr().out == (
        "Secret 'stripe_key': 1 finding\n  out/a.log:2:6: plain\n1 finding in 1 file.\n"
    )


def test_clean(here: Path, capsys: Capture) -> None:
    (here / "out/a.log").write_text("nothing")

    assert main(["scan", "--manifest", "run.json", "out"]) == 0
    assert capsys.readouterr().out == "0 findings in 1 file.\n"


def test_the_folder_of_the_manifest_may_be_scanned(here: Path) -> None:
    (here / "out/a.log").write_text("nothing")

    assert main(["scan", "--manifest", "run.json", "."]) == 0


@pytest.mark.usefixtures("here")
def test_what_cannot_be_read_counts_more(capsys: Capture) -> None:
    assert main(["scan", "--manifest", "run.json", "out", "missing"]) == 2

    printed = capsys.readouterr().out
    assert "out/a.log:2:6: plain" in printed
    assert "missing" in printed


@pytest.mark.parametrize("arguments", [["out"], ["--manifest", "run.json", "empty"]])
def test_inert(here: Path, capsys: Capture, arguments: list[str]) -> None:
    (here / "empty").mkdir()

    assert main(["scan", *arguments]) == 3
    assert "Nothing could have been found" in capsys.readouterr().out


def test_values_of_the_environment_and_of_standard_input(
    here: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STRIPE_KEY", VALUE)
    stream = io.TextIOWrapper(io.BytesIO(b"OTHER_KEY=hunter-fake-2291"))
    monkeypatch.setattr(sys, "stdin", stream)
    (here / "out/b.log").write_text("hunter-fake-2291")

    assert main(["scan", "--env", "STRIPE_*", "--values", "-", "out"]) == 1
    printed = capsys.readouterr().out
    assert "'STRIPE_KEY': 1 finding" in printed
    assert "'OTHER_KEY': 1 finding" in printed


@pytest.mark.usefixtures("here")
def test_without_a_standard_input(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)

    assert main(["scan", "--manifest", "run.json", "out"]) == 1
    assert main(["scan", "--values", "-", "out"]) == 3
    assert "Standard input gives no value" in capsys.readouterr().err


def test_several_reports_at_once(here: Path, capsys: Capture) -> None:
    reports = ["--report", "github", "--report", "json=a.json", "--report", "html=a.html"]

    assert main(["scan", "--manifest", "run.json", "out", *reports]) == 1

    assert capsys.readouterr().out.startswith("::error file=out/a.log,line=2,col=6")
    assert json.loads((here / "a.json").read_text())["found"] == 1
    assert "stripe_key" in (here / "a.html").read_text()


def test_credentials(here: Path, capsys: Capture) -> None:
    (here / "out/b.log").write_text("postgres://app:Zq7CaNx81LmQwT5r@db.internal.acme.io/app")

    assert main(["scan", "--manifest", "run.json", "--credentials", "out/b.log"]) == 1
    told = "Look like credentials: 1\n  out/b.log:1:1: database-url\n"
    assert capsys.readouterr().out.startswith(told)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--report", "xml"],
        ["--report", "json=nope/a.json"],
        ["--manifest", "nope.json"],
        ["--values", "nope.env"],
    ],
)
@pytest.mark.usefixtures("here")
def test_wrong_usage(capsys: Capture, arguments: list[str]) -> None:
    assert main(["scan", "--manifest", "run.json", "out", *arguments]) == 2

    told = capsys.readouterr()
    assert told.out == ""
    assert arguments[1].partition("=")[2] in told.err or arguments[1] in told.err


def test_no_stream_shows_a_value(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (here / f"out/{VALUE}.log").write_text(VALUE)

    for form in ("text", "json", "sarif", "github", "markdown", "html"):
        main(["scan", "--manifest", "run.json", "out", "--report", form])

    told = capfd.readouterr()
    assert VALUE not in told.out + told.err


def test_what_faker_has_made_up_needs_no_manifest(here: Path, capsys: Capture) -> None:
    value = KINDS["openai"].make(Random(1))
    (here / "out/a.log").write_text(base64.b64encode(f"key: {value}".encode()).decode())

    assert main(["scan", "--made-up", "out"]) == 1
    assert capsys.readouterr().out == (
        "Secret 'made_up_by_faker': 1 finding\n  out/a.log:1:1: base64\n1 finding in 1 file.\n"
    )
    (here / "out/a.log").write_text("nothing")
    assert main(["scan", "--made-up", "out"]) == 0


def test_one_that_is_known_has_its_name(here: Path, capsys: Capture) -> None:
    value = KINDS["openai"].make(Random(1))
    (here / ".env").write_text(f"KEY={value}\n")
    (here / "out/a.log").write_text(f"{value}\n{KINDS['github'].make(Random(1))}\n")

    assert main(["scan", "--made-up", "--values", ".env", "out"]) == 1
    assert capsys.readouterr().out == (
        "Secret 'KEY': 1 finding\n  out/a.log:1:1: plain\n"
        "Secret 'made_up_by_faker': 1 finding\n  out/a.log:2:5: plain\n2 findings in 1 file.\n"
    )
