"""For code scanning: SARIF 2.1.0.

Sources: the standard (docs.oasis-open.org/sarif/sarif/v2.1.0), and what GitHub asks for beside it
("SARIF support for code scanning" in its documentation).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from importlib import metadata
from typing import Any, Final
from urllib.parse import quote

from pytest_julep_secrets.reports.entry import UNREADABLE, Entry, Report
from pytest_julep_secrets.reports.sarif_rules import notifications, rules
from pytest_julep_secrets.reports.shown import shown
from pytest_julep_secrets.reports.words import inert, sentence

SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
# GitHub refuses a file with more.
MOST: Final = 25_000


def render(report: Report) -> Iterator[str]:
    """Give one JSON object with one run."""
    found = [entry for entry in report.entries if entry.check != UNREADABLE]
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report, found)]}
    yield json.dumps(log, indent=2)


def _run(report: Report, found: list[Entry]) -> dict[str, Any]:
    described = rules(entry.check for entry in found)
    numbers = {rule["id"]: number for number, rule in enumerate(described)}
    return {
        "tool": {
            "driver": {
                "name": "julep-secrets",
                "version": metadata.version("pytest-julep-secrets"),
                "rules": described,
                "notifications": notifications(),
            }
        },
        "invocations": [
            {
                "executionSuccessful": report.status < 2,
                "exitCode": report.status,
                "toolExecutionNotifications": list(_notifications(report, len(found))),
            }
        ],
        "columnKind": "unicodeCodePoints",
        "results": [_result(entry, numbers[entry.check]) for entry in found[:MOST]],
    }


def _result(entry: Entry, rule: int) -> dict[str, Any]:
    prints = {"julepSecrets/v1": entry.fingerprint}
    if entry.form:
        # GitHub knows this one only. It makes its own for files of the repository, such as those
        # that lint reads; what a run leaves behind it does not have.
        prints["primaryLocationLineHash"] = entry.fingerprint
    properties = {"secret": entry.name, "form": entry.form, "test": entry.test}
    return {
        "ruleId": entry.check,
        "ruleIndex": rule,
        "level": "warning" if entry.check == "credentials" else "error",
        "message": {"text": _plain(sentence(entry))},
        "locations": [_location(entry)],
        "partialFingerprints": prints,
        "properties": {key: value for key, value in properties.items() if value},
    }


def _notifications(report: Report, found: int) -> Iterator[dict[str, Any]]:
    for entry in report.entries:
        if entry.check == UNREADABLE:
            yield _notification(UNREADABLE, shown(entry.message), [_location(entry)])
    if report.inert:
        yield _notification("inert", inert(report))
    if found > MOST:
        text = f"{found - MOST:,} more findings are left out, as GitHub takes {MOST:,}."
        yield _notification("cut", text, level="warning")


def _notification(
    identity: str, text: str, locations: Iterable[dict[str, Any]] = (), level: str = "error"
) -> dict[str, Any]:
    told = {"descriptor": {"id": identity}, "level": level, "message": {"text": _plain(text)}}
    return {**told, "locations": list(locations)} if locations else told


def _location(entry: Entry) -> dict[str, Any]:
    # Where it begins is known, not where it ends: a region of one character.
    region = {
        "startLine": entry.line,
        "startColumn": entry.column,
        "endLine": entry.line,
        "endColumn": entry.column + 1,
    }
    return {"physicalLocation": {"artifactLocation": {"uri": uri(entry.path)}, "region": region}}


def uri(path: str) -> str:
    """Give the URI reference of a path, relative if the path is."""
    quoted = quote(path.encode("utf-8", "surrogateescape"), safe="/!$&'()*+,;=@~")
    if re.match(r"[A-Za-z]:/", path):
        return f"file:///{quoted[0]}:{quoted[4:]}"
    if path.startswith("/"):
        return f"file:///{quoted.lstrip('/')}"
    return quoted


def _plain(text: str) -> str:
    # A message may hold links, "[text](target)", and places for arguments, "{0}". A test's id must
    # be neither; as it is, it stands among the properties.
    return re.sub(r"\{(?=\d)", "{ ", text.replace("](", "] ("))
