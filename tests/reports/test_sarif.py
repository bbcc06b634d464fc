"""SARIF, judged by its published schema."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from pytest_julep_secrets.reports import sarif
from pytest_julep_secrets.reports.entry import Report
from reports.samples import ALL, INERT, REPORTS, SCAN, leak

SCHEMA = json.loads((Path(__file__).parent / "schema/sarif-2.1.0.json").read_text())


@pytest.fixture(scope="module")
def schema() -> Any:
    judge: Any = import_module("jsonschema").Draft202012Validator
    assert "uri-reference" in judge.FORMAT_CHECKER.checkers
    return judge(SCHEMA, format_checker=judge.FORMAT_CHECKER)


def run_of(report: Report) -> dict[str, Any]:
    (line,) = sarif.render(report)
    (run,) = json.loads(line)["runs"]
    assert isinstance(run, dict)
    return run


@pytest.mark.parametrize("report", ALL.values(), ids=ALL)
def test_it_is_valid(report: Report, schema: Any) -> None:
    (line,) = sarif.render(report)

    assert [error.message for error in schema.iter_errors(json.loads(line))] == []


def test_the_schema_can_refuse(schema: Any) -> None:
    (line,) = sarif.render(SCAN)
    log = json.loads(line)
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    place["uri"] = "a b"
    log["runs"][0]["columnKind"] = "bytes"

    assert len(list(schema.iter_errors(log))) == 2


@given(report=REPORTS)
@settings(max_examples=50, deadline=None)
def test_any_report_is_valid(report: Report, schema: Any) -> None:
    (line,) = sarif.render(report)

    log = json.loads(line)
    assert [error.message for error in schema.iter_errors(log)] == []
    (run,) = log["runs"]
    told = len(run["results"]) + len(run["invocations"][0]["toolExecutionNotifications"])
    assert told == len(report.entries) + bool(report.inert)


def test_a_result_says_where_what_and_who() -> None:
    found = leak("key", "out/ä b.zip!/b:c%.log", 7, "hex", "tests/test_a.py::test[x](y) {0}")

    (result,) = run_of(Report((found,), 1))["results"]

    assert result["ruleId"] == "leaks"
    assert result["level"] == "error"
    assert result["message"]["text"] == (
        "Secret 'key' is here. Form: hex. Test: tests/test_a.py::test[x] (y) { 0}"
    )
    (location,) = result["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "out/%C3%A4%20b.zip!/b%3Ac%25.log"},
        "region": {"startLine": 7, "startColumn": 14, "endLine": 7, "endColumn": 15},
    }
    assert result["partialFingerprints"]["primaryLocationLineHash"] == found.fingerprint
    assert result["properties"] == {"secret": "key", "form": "hex", "test": found.test}


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a/b.log", "a/b.log"),
        ("a:b", "a%3Ab"),
        ("../a#b?", "../a%23b%3F"),
        ("/a/b c", "file:///a/b%20c"),
        ("//host/a", "file:///host/a"),
        ("C:/a b", "file:///C:/a%20b"),
        ("\udcff.log", "%FF.log"),
    ],
)
def test_uris(path: str, uri: str) -> None:
    assert sarif.uri(path) == uri


def test_rules_are_described_as_github_wants() -> None:
    driver = run_of(SCAN)["tool"]["driver"]

    assert driver["name"] == "julep-secrets"
    assert [rule["id"] for rule in driver["rules"]] == ["leaks", "credentials", "names"]
    for rule in [*driver["rules"], *driver["notifications"]]:
        assert rule["shortDescription"]["text"].endswith(".")
        assert rule["fullDescription"]["text"]
        assert rule["help"]["text"]
        assert 0 < float(rule["properties"]["security-severity"]) < 10


def test_what_could_not_be_read_is_no_result() -> None:
    run = run_of(SCAN)

    assert len(run["results"]) == 4
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["exitCode"] == 2
    (told,) = invocation["toolExecutionNotifications"]
    assert told["descriptor"] == {"id": "unreadable"}
    assert told["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "c.gz"


def test_an_inert_scan_is_no_success() -> None:
    (invocation,) = run_of(INERT)["invocations"]

    assert invocation["executionSuccessful"] is False
    (told,) = invocation["toolExecutionNotifications"]
    assert told["message"]["text"].startswith("Nothing could have been found: No value")


def test_no_more_results_than_github_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST", 2)

    run = run_of(Report(tuple(leak(line=line) for line in range(1, 6)), 1))

    assert len(run["results"]) == 2
    (told,) = run["invocations"][0]["toolExecutionNotifications"]
    assert told["message"]["text"].startswith("3 more findings")
    assert run["invocations"][0]["executionSuccessful"] is True
