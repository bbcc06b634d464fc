"""The formats of a report."""

from __future__ import annotations

import json

import pytest

from pytest_julep_secrets.reports import github, text
from pytest_julep_secrets.reports import json as as_json
from pytest_julep_secrets.reports.entry import Entry, Report

FOUND = Entry("a,b:c.py", 3, 7, "names", "100% wrong:\r\nit, too.")
UNREADABLE = Entry("x\n\x1by.py", 1, 1, "unreadable", "It is not Python.")


def test_text() -> None:
    assert list(text.render(Report((FOUND, UNREADABLE), 2))) == [
        "a,b:c.py:3:7: names: 100% wrong:\r\nit, too.",
        "x\\x0a\\x1by.py:1:1: unreadable: It is not Python.",
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


def test_json() -> None:
    (line,) = as_json.render(Report((FOUND, UNREADABLE), 2))

    assert json.loads(line) == {
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


def test_github() -> None:
    assert list(github.render(Report((FOUND, UNREADABLE), 2))) == [
        (
            "::error file=a%2Cb%3Ac.py,line=3,col=7,title=julep-secrets names"
            "::100%25 wrong:%0D%0Ait, too."
        ),
        "::error file=x%0A\x1by.py,line=1,col=1,title=julep-secrets unreadable::It is not Python.",
    ]
