"""Formats of reports, and the keys of the one for programs."""

from __future__ import annotations

import json
import re
from typing import Final

from reports.samples import SCAN

from docs.pages import code, section, table
from pytest_julep_secrets.reports.formats import FORMATS

PAGE: Final = "reference/reports.md"


def test_formats() -> None:
    rows = [code(row[0])[0] for row in table(PAGE, "`--report` | for | what it is")]

    assert rows == list(FORMATS)
    assert [name for name in re.findall("^## (.*)$", section(PAGE), re.M) if name in rows] == rows


def test_keys_for_programs() -> None:
    report = json.loads("\n".join(FORMATS["json"](SCAN)))
    keys = {name for row in table(PAGE, "key of an entry | what it is") for name in code(row[0])}

    assert [code(row[0])[0] for row in table(PAGE, "key | what it is")] == list(report)
    assert keys == {key for entry in report["entries"] for key in entry}
