"""Where reports go."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from reports.samples import CLEAN, INERT, LINT, SCAN, leak

from pytest_julep_secrets.cli import main, writing
from pytest_julep_secrets.cli.output import Output, outputs, write
from pytest_julep_secrets.errors import ConfigurationError
from pytest_julep_secrets.reports.entry import Report
from pytest_julep_secrets.reports.formats import FORMATS

Capture = pytest.CaptureFixture[str]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="what the system has for it")
POSIX = pytest.mark.skipif(os.name != "posix", reason="how a shell closes what it gives")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_text_goes_to_standard_output_unless_something_else_does() -> None:
    file = Output("json", Path("a.json"))

    assert outputs([]) == (Output("text"),)
    assert outputs(["json=a.json"]) == (Output("text"), file)
    assert outputs(["sarif", "json=a.json"]) == (Output("sarif"), file)
    assert outputs(["text", "github"]) == (Output("text"), Output("github"))


@pytest.mark.parametrize(
    ("specs", "said"),
    [
        (["xml"], "There is no report format 'xml'. Formats are: text, json, sarif, github, "),
        ([""], "There is no report format ''. "),
        (["json="], "The report 'json=' has no file to go to. Name one: --report json=FILE"),
        (["json=."], "The report 'json=.' has no file to go to. "),
        (["json=no/a.json"], "There is no folder 'no' for the report 'json=no/a.json'. "),
        (["json=a", "sarif=./a"], "Two reports would go to the file 'a'. "),
        (["json", "text"], "Only one report can go to standard output, not 'json' and 'text'. "),
        (["text", "text"], "Only one report can go to standard output, not 'text' and 'text'. "),
    ],
)
@pytest.mark.usefixtures("here")
def test_what_cannot_be_meant(specs: list[str], said: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        outputs(specs)

    assert str(raised.value).startswith(said)


@pytest.mark.usefixtures("here")
def test_the_table_of_bad_input_is_true(capsys: Capture) -> None:
    page = (Path(__file__).parent.parent / "docs/reference/reports.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(--report .*?)` \| (.*?) \| 2 \|$", page, re.MULTILINE)

    assert len(rows) == 5
    for arguments, said in rows:
        assert main(["lint", ".", *arguments.split()]) == 2
        assert capsys.readouterr().err.startswith(said.removesuffix("..."))


def test_wrong_usage_is_told_before_anything_is_looked_at(here: Path, capsys: Capture) -> None:
    assert main(["lint", str(here), "--report", "xml"]) == 2

    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("There is no report format 'xml'.")


def test_several_reports_at_once(here: Path, capsys: Capture) -> None:
    specs = [f"{name}={here / name}" for name in FORMATS if name != "text"]

    assert write(SCAN, outputs(specs)) == 2

    assert capsys.readouterr().out.startswith("Secret 'key': 2 findings\n")
    assert sorted(path.name for path in here.iterdir()) == sorted(set(FORMATS) - {"text"})
    assert json.loads((here / "json").read_bytes())["files"] == 12
    assert (here / "html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_lint_has_them_too(here: Path, capsys: Capture) -> None:
    (here / "a.py").write_text("x = 'prod_key'")

    assert main(["lint", "a.py", "--format", "github", "--report", "json=a.json"]) == 1

    assert capsys.readouterr().out.startswith("::error file=a.py,")
    assert json.loads((here / "a.json").read_bytes())["status"] == 1


def test_a_file_is_replaced_and_keeps_its_mode(here: Path) -> None:
    file = here / "a.json"
    file.write_text("what was there before " * 1000)
    file.chmod(0o600)

    assert write(CLEAN, [Output("json", file)]) == 0

    assert json.loads(file.read_bytes())["files"] == 12
    assert os.name != "posix" or file.stat().st_mode & 0o777 == 0o600


def test_an_interrupted_report_leaves_what_was_there(here: Path) -> None:
    file = here / "a.txt"
    file.write_text("before")

    def lines() -> Iterator[str]:
        yield "half"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        writing.replace(file, lines())

    assert file.read_text() == "before"
    assert list(here.iterdir()) == [file]


@POSIX
def test_a_link_is_followed(here: Path) -> None:
    (here / "real.json").write_text("")
    (here / "link.json").symlink_to("real.json")

    write(CLEAN, [Output("json", here / "link.json")])

    assert (here / "link.json").is_symlink()
    assert json.loads((here / "real.json").read_bytes())["files"] == 12


@pytest.mark.parametrize(
    ("before", "kept"), [("", ""), ("# Others\n", "# Others\n\n"), ("# Others", "# Others\n\n")]
)
def test_a_job_summary_is_added_to_what_others_wrote(here: Path, before: str, kept: str) -> None:
    file = here / "summary.md"
    file.write_bytes(before.encode())

    write(CLEAN, [Output("markdown", file)], {"GITHUB_STEP_SUMMARY": str(file)})

    assert file.read_bytes().decode().startswith(f"{kept}## julep-secrets: Nothing found\n\n")


def test_another_file_is_no_job_summary(here: Path) -> None:
    file = here / "other.md"
    file.write_text("before")

    write(CLEAN, [Output("markdown", file)], {"GITHUB_STEP_SUMMARY": str(here / "summary.md")})

    assert "before" not in file.read_text()


def test_what_the_terminal_cannot_show_is_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = io.TextIOWrapper(io.BytesIO(), encoding="ascii", newline="")
    monkeypatch.setattr(sys, "stdout", terminal)

    assert write(Report((leak(path="ü.log"),), 1), outputs([])) == 1

    terminal.seek(0)
    assert "  \\xfc.log:3:14: plain\n" in terminal.read()


@LINUX
def test_one_that_cannot_be_written_keeps_no_other(here: Path, capsys: Capture) -> None:
    to = outputs(["json=/dev/full", f"html={here / 'a.html'}"])

    assert write(LINT, to) == 2
    assert write(CLEAN, to) == 2
    assert write(INERT, to) == 2

    assert (here / "a.html").exists()
    assert capsys.readouterr().err.splitlines()[0] == (
        "The report did not get to '/dev/full': No space left on device. "
        "Name another place with --report FORMAT=FILE"
    )


@POSIX
@pytest.mark.parametrize(
    ("to", "why"),
    [
        (">&-", "it is closed"),
        (">&- 2>&-", None),
        pytest.param(">/dev/full", "No space left on device", marks=LINUX),
        pytest.param(">/dev/full 2>/dev/full", None, marks=LINUX),
        ("| true", "its reader has gone"),
    ],
)
def test_a_standard_output_that_takes_nothing(here: Path, to: str, why: str | None) -> None:
    # More than a pipe holds, so that it is noticed.
    (here / "a.py").write_text("x = 'prod_key'\n" * 2000)
    program = Path(sys.executable).with_name("julep-secrets")
    shell = f"('{program}' lint a.py; echo $? > status) {to}"
    if "2>" not in to and "|" not in to:
        shell = f"'{program}' lint a.py {to}; echo $? > status"

    done = subprocess.run(  # noqa: S602 - it is this package
        shell, shell=True, capture_output=True, text=True, check=False, cwd=here
    )

    assert (here / "status").read_text() == "2\n"
    expected = (
        f"The report did not get to standard output: {why}. "
        "Name another place with --report FORMAT=FILE\n"
    )
    assert done.stderr == (expected if why else "")
