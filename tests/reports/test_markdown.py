"""The job summary."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings

from pytest_julep_secrets.reports import markdown
from pytest_julep_secrets.reports.entry import Report
from reports.samples import CLEAN, HOSTILES, INERT, REPORTS, SCAN, leak

# A code span: a fence that the text does not have, the text, the same fence.
SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")


def test_a_scan() -> None:
    assert (
        "\n".join(markdown.render(SCAN))
        == """\
## julep-secrets: 2 secrets leaked in 3 places

4 findings in 12 files. Could not be read: 1. Keep these files where they are: redact them before \
anybody uploads them. What could not be read is not known to be clean.

### Secrets

| Secret | Form | Where | Test |
| --- | --- | --- | --- |
| `key` | `plain` | `a.log:3:14` | `tests/test_a.py::test_one` |
| `key` | `plain` | `a.log:4:14` |  |
| `other` | `base64 of JSON` | `out/a.zip!/b.log:7:14` |  |

To upload these files, redact them: `julep-secrets redact a.log out/a.zip`

### What looks like a credential

| Rule | Where | What | Test |
| --- | --- | --- | --- |
| `github-token` | `b.log:9:1` | It looks real. | `tests/test_a.py::test_two` |

### What could not be read

| Where | Why |
| --- | --- |
| `c.gz:1:1` | It ends too early. Upload it again, or leave it out. |"""
    )


def test_nothing_to_show_is_said() -> None:
    assert list(markdown.render(CLEAN)) == [
        "## julep-secrets: Nothing found",
        "",
        "0 findings in 12 files. Nothing that was looked for is in these files.",
    ]
    first, *_, last = markdown.render(INERT)
    assert first == "## julep-secrets: Nothing could have been found"
    assert last.startswith("Nothing could have been found: No value")


def check_rows(report: Report) -> None:
    lines = list(markdown.render(report))

    rows = [line for line in lines if line.startswith("| `")]
    assert len(rows) == len(report.entries)
    for row in rows:
        assert row.isprintable()
        # What is left is ours: nothing in it is Markdown but the cells' ends.
        left = SPAN.sub("", row)
        assert left.count("|") in {3, 4, 5}
        assert not re.search(r"[`<>\[\]*_\\!~]|@(?!&#8203;)|www\.|://", left)
        assert "|" not in "".join(text for _, text in SPAN.findall(row))


def test_hostile_names_break_no_row() -> None:
    check_rows(HOSTILES)


@given(REPORTS)
@settings(max_examples=50, deadline=None)
def test_one_row_for_each_entry(report: Report) -> None:
    check_rows(report)


def test_too_much_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "MOST", 5_000)
    many = Report(tuple(leak(line=line, test="x" * 400) for line in range(1, 100)), 1)

    text = "\n".join(markdown.render(many))

    assert len(text.encode()) < 5_500
    rows = text.count("\n| `")
    assert text.endswith(f"\n\n**{99 - rows} more entries** did not fit.")
