"""The formats that are lines, and that of programs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings

from pytest_julep_secrets.reports import github, text
from pytest_julep_secrets.reports import json as as_json
from pytest_julep_secrets.reports.entry import Entry, Report
from pytest_julep_secrets.reports.formats import FORMATS
from reports.samples import (
    ALL,
    HOSTILE,
    INERT,
    LINT,
    NAMED,
    REPORTS,
    SCAN,
    credential,
    leak,
    unreadable,
)

FOUND = Entry("a,b:c.py", 3, 7, "names", "100% wrong:\r\nit, too.")
UNREADABLE = Entry("x\n\x1by.py", 1, 1, "unreadable", "It is not Python.")


def test_the_formats_there_are() -> None:
    assert list(FORMATS) == ["text", "json", "sarif", "github", "markdown", "html"]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("report", ALL.values(), ids=ALL)
def test_every_report_can_be_told_in_every_format(name: str, report: Report) -> None:
    lines = list(FORMATS[name](report))

    # No annotation is what GitHub is told of a clean scan.
    assert lines or (name == "github" and not report.status)
    # A surrogate could not be written into a file.
    "\n".join(lines).encode()


def test_a_format_is_loaded_when_it_is_asked_for() -> None:
    code = (
        "import sys; import pytest_julep_secrets.reports.formats;"
        "print([m for m in sys.modules if m.startswith('pytest_julep_secrets.reports.')])"
    )

    done = subprocess.run(  # noqa: S603 - it is this package
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    loaded = [f"pytest_julep_secrets.reports.{name}" for name in ("formats", "entry")]
    assert sorted(json.loads(done.stdout.replace("'", '"'))) == sorted(loaded)


def test_text() -> None:
    assert list(text.render(Report((FOUND, UNREADABLE), 2))) == [
        r"a,b:c.py:3:7: names: 100% wrong:\x0d\x0ait, too.",
        r"x\x0a\x1by.py:1:1: unreadable: It is not Python.",
        "1 finding in 2 files. Could not be read: 1.",
    ]


@pytest.mark.parametrize(
    ("report", "counts"),
    [
        (Report((), 0), "0 findings in 0 files."),
        (Report((FOUND,), 1), "1 finding in 1 file."),
        (Report((FOUND, FOUND), 2), "2 findings in 2 files."),
    ],
)
def test_text_counts(report: Report, counts: str) -> None:
    assert list(text.render(report))[-1] == counts


def test_the_page_shows_the_text_of_a_scan() -> None:
    page = (Path(__file__).parents[2] / "docs/reference/reports.md").read_text(encoding="utf-8")

    shown = "\n".join(text.render(SCAN))
    assert f"<!-- text of a scan -->\n```text\n{shown}\n```" in page


def test_text_of_a_scan_is_by_secret_and_tier() -> None:
    assert list(text.render(SCAN)) == [
        "Secret 'key': 2 findings",
        "  a.log:3:14: plain, tests/test_a.py::test_one",
        "  a.log:4:14: plain",
        "Secret 'other': 1 finding",
        "  out/a.zip!/b.log:7:14: base64 of JSON",
        "Look like credentials: 1",
        "  b.log:9:1: github-token, tests/test_a.py::test_two",
        "Could not be read: 1",
        "  c.gz:1:1: It ends too early. Upload it again, or leave it out.",
        "4 findings in 12 files. Could not be read: 1.",
    ]


def test_a_path_of_one_colon_begins_no_command() -> None:
    first, *_ = text.render(Report((Entry(":", 1, 2, "names", "It is wrong."),), 1))

    assert first == r"\x3a:1:2: names: It is wrong."


def test_text_says_why_nothing_could_have_been_found() -> None:
    assert list(text.render(INERT)) == [
        "0 findings in 0 files.",
        "Nothing could have been found: No value was given. Give some with --env NAME.",
    ]
    *_, line = text.render(ALL["found and inert"])
    assert line == "Not all could have been found: The canary was not found."


@given(REPORTS)
@settings(max_examples=50, deadline=None)
def test_text_has_a_line_for_each_entry(report: Report) -> None:
    lines = list(text.render(report))

    assert all(line.isprintable() for line in lines)
    places = [f":{entry.line}:{entry.column}:" for entry in report.entries]
    assert len(lines) >= len(places) + 1
    assert all(any(place in line for line in lines) for place in places)
    assert not any(line.lstrip().startswith("::") for line in lines)


def test_json() -> None:
    (line,) = as_json.render(Report((FOUND, UNREADABLE), 2))

    assert json.loads(line) == {
        "status": 2,
        "inert": "",
        "files": 2,
        "found": 1,
        "unreadable": 1,
        "entries": [
            {
                "path": "a,b:c.py",
                "line": 3,
                "column": 7,
                "check": "names",
                "message": "100% wrong:\r\nit, too.",
                "fingerprint": FOUND.fingerprint,
            },
            {
                "path": "x\n\x1by.py",
                "line": 1,
                "column": 1,
                "check": "unreadable",
                "message": "It is not Python.",
            },
        ],
    }


def test_json_of_a_leak_has_all_that_is_known() -> None:
    found = leak(test="tests/test_a.py::test_one")
    (line,) = as_json.render(Report((found,), 1))

    (entry,) = json.loads(line)["entries"]
    assert (entry["name"], entry["form"], entry["test"]) == ("key", "plain", found.test)
    assert entry["fingerprint"] == found.fingerprint


@given(REPORTS)
@settings(max_examples=50, deadline=None)
def test_json_is_what_was_found(report: Report) -> None:
    (line,) = as_json.render(report)

    told = json.loads(line)
    assert (told["status"], told["inert"]) == (report.status, report.inert)
    assert [(entry["path"], entry.get("test", "")) for entry in told["entries"]] == [
        (entry.path, entry.test) for entry in report.entries
    ]


def test_github() -> None:
    assert list(github.render(Report((FOUND, UNREADABLE), 2))) == [
        (
            "::error file=a%2Cb%3Ac.py,line=3,col=7,title=julep-secrets names"
            r"::100%25 wrong:\x0d\x0ait, too."
        ),
        (
            r"::error file=x\x0a\x1by.py,line=1,col=1,title=julep-secrets unreadable"
            "::It is not Python."
        ),
    ]


def test_github_shows_a_member_at_its_archive() -> None:
    found = leak(path="out/a.zip!/b.log", form="hex", test="tests/test_a.py::test_one")

    assert list(github.render(Report((found,), 1))) == [
        (
            "::error file=out/a.zip,title=julep-secrets leaks::out/a.zip!/b.log:3:14: "
            "Secret 'key' is here. Form: hex. Test: tests/test_a.py::test_one"
        )
    ]


def test_github_is_told_the_most_important_first() -> None:
    entries = [leak(line=line) for line in range(1, 20)]
    entries += [leak("other"), NAMED, credential(), unreadable()]

    first, *lines = github.render(Report(tuple(entries), 9))

    assert first == (
        "::warning title=julep-secrets::GitHub shows 10 errors of a step. "
        "13 more are in the log of this step."
    )
    assert len(lines) == len(entries)
    shown = "\n".join(lines[:5])
    for one in ("'key'", "'other'", "keys.py", "b.log", "c.gz"):
        assert one in shown


def test_github_is_told_of_an_inert_scan() -> None:
    assert list(github.render(INERT)) == [
        (
            "::error title=julep-secrets inert::Nothing could have been found: "
            "No value was given. Give some with --env NAME."
        )
    ]
    assert not any("\n" in line for line in github.render(Report((), 1, HOSTILE)))


@given(REPORTS)
@settings(max_examples=50, deadline=None)
def test_github_has_a_command_a_line(report: Report) -> None:
    lines = list(github.render(report))

    assert len(lines) == len(report.entries) + bool(report.inert)
    assert all(line.startswith("::error ") and line.isprintable() for line in lines)
    assert all(line.count("file=") >= 1 for line in lines[bool(report.inert) :])


def test_lint_stays_as_it_was() -> None:
    assert next(text.render(LINT)).startswith("keys.py:6:27: names: Secret name 'prod_key'")
