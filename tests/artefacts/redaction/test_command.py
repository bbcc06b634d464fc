"""`julep-secrets redact`, as a user sees it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from artefacts.redaction.redacting import OTHER, VALUE
from pytest_julep_secrets.cli import main

Capture = pytest.CaptureFixture[str]
PAGE = (Path(__file__).parents[3] / "docs/reference/command.md").read_text()


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of artefacts, in the current one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STRIPE_KEY", VALUE)
    monkeypatch.setenv("DB_PASSWORD", OTHER)
    folder = tmp_path / "out"
    (folder / "logs").mkdir(parents=True)
    (folder / "a.json").write_text(json.dumps([VALUE, OTHER, VALUE]))
    (folder / "clean.txt").write_text("nothing")
    (folder / "logs/a.log").write_text(OTHER)
    return folder


def redact(*arguments: str, values: tuple[str, ...] = ("--env=STRIPE_KEY", "--env=DB_*")) -> int:
    return main(["redact", *arguments, *values])


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


EXPECTED = {
    "a.json": b'["REDACTED:STRIPE_KEY", "REDACTED:DB_PASSWORD", "REDACTED:STRIPE_KEY"]',
    "clean.txt": b"nothing",
    "logs/a.log": b"REDACTED:DB_PASSWORD",
}


def test_in_place(out: Path, capsys: Capture) -> None:
    assert redact("out") == 0

    assert contents(out) == EXPECTED
    assert capsys.readouterr().out.splitlines() == [
        "out/a.json: 3 values redacted (STRIPE_KEY, DB_PASSWORD)",
        "out/logs/a.log: 1 value redacted (DB_PASSWORD)",
        "2 files redacted, 1 clean.",
    ]
    assert redact("out") == 0
    assert capsys.readouterr().out == "0 files redacted, 3 clean.\n"


def test_check_changes_nothing(out: Path, capsys: Capture) -> None:
    before = contents(out)

    assert redact("out", "--check") == 1
    assert contents(out) == before
    assert capsys.readouterr().out.splitlines()[-1] == "2 files would be redacted, 1 clean."
    assert redact("out/clean.txt", "--check") == 0


@pytest.mark.parametrize(
    ("path", "name"), [("out", "out"), ("out/", "out"), ("out/logs/..", "out")]
)
def test_another_folder_has_it_all(path: str, name: str, out: Path) -> None:
    before = contents(out)

    assert redact(path, "--output", "clean/new") == 0
    assert contents(out.parent / "clean/new" / name) == EXPECTED
    assert contents(out) == before
    assert oct((out.parent / "clean/new/out/a.json").stat().st_mode) == oct(
        (out / "a.json").stat().st_mode
    )


BINARY = "A value is in a binary file of an unknown kind. Leave it out of what you upload."


def test_what_is_refused_is_not_in_the_other_folder(out: Path, capsys: Capture) -> None:
    (out / "b").write_bytes(b"\0" + OTHER.encode())

    assert redact("out", "--output", "new") == 2
    assert contents(out.parent / "new/out") == EXPECTED
    assert capsys.readouterr().out.splitlines()[1:] == [
        f"out/b: refused: {BINARY}",
        "out/logs/a.log: 1 value redacted (DB_PASSWORD)",
        "2 files redacted, 1 clean. Refused: 1.",
    ]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["out", "--output", "out/new"], "copied into itself"),
        (["out", "--output", "."], "not empty"),
        (["out", "--output", "out/clean.txt"], "cannot be used"),
        (["out/a.json", "out/../out/a.json", "--output", "new"], "Two of the paths"),
        (["out", "--output", OTHER], "--output 'REDACTED:DB_PASSWORD' holds a value in its name."),
        (["out", "--output", f"{OTHER}/new"], "holds a value in its name"),
        ([f"a/{OTHER}", f"b/{OTHER}", "--output", "new"], "called 'REDACTED:DB_PASSWORD'"),
    ],
)
def test_other_folders_that_cannot_be(
    arguments: list[str], why: str, out: Path, capsys: Capture
) -> None:
    before = contents(out.parent)

    assert redact(*arguments) == 2
    told = capsys.readouterr().err
    assert why in told
    assert OTHER not in told
    assert contents(out.parent) == before


def test_without_a_value_nothing_is_looked_at(out: Path, capsys: Capture) -> None:
    assert redact("out", "nothing", values=()) == 3
    assert capsys.readouterr().err.endswith("--manifest FILE of a test run.\n")
    assert out.is_dir()


def test_paths_are_left_out(out: Path) -> None:
    assert redact("out", "--exclude", "*/logs", "--exclude=*.json") == 0
    assert contents(out)["logs/a.log"] == OTHER.encode()


def test_a_missing_path_does_not_stop_the_others(out: Path, capsys: Capture) -> None:
    assert redact("nothing", "out") == 2
    assert contents(out) == EXPECTED
    assert re.search("^nothing: refused: There is no such file", capsys.readouterr().out, re.M)


def test_where_the_values_come_from_is_not_rewritten(out: Path, capsys: Capture) -> None:
    source = out / "values.json"
    source.write_text(json.dumps({"DB_PASSWORD": OTHER}))
    before = source.read_bytes()

    assert redact("out", values=("--values", "out/values.json")) == 2
    assert source.read_bytes() == before
    assert "out/values.json: refused: It is where the values come from." in capsys.readouterr().out


def test_no_value_is_ever_printed(out: Path, capsys: Capture) -> None:
    (out / f"{OTHER}.log").write_text(OTHER)
    (out / f"x\n{OTHER}").mkdir()
    (out / f"x\n{OTHER}/a").symlink_to(OTHER)

    redact("out")

    told = "".join(capsys.readouterr())
    assert OTHER not in told
    assert "\nREDACTED" not in told


def test_the_page_names_every_option(capsys: Capture) -> None:
    with pytest.raises(SystemExit):
        main(["redact", "--help"])

    options = set(re.findall(r"(?<!pytest )--[a-z]+\b(?!-)", capsys.readouterr().out)) - {"--help"}
    assert {option for option in options if f"`{option}" not in PAGE} == set()
