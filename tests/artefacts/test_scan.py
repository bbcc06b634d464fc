"""From paths and values to a report."""

from __future__ import annotations

import base64
import gzip
import json
import os
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pytest

from pytest_julep_secrets.artefacts import canary
from pytest_julep_secrets.artefacts.scan import DEFAULTS, Settings, scan
from pytest_julep_secrets.artefacts.values import manifest
from pytest_julep_secrets.leaks.watch import Watch
from pytest_julep_secrets.reports.entry import Entry, Report

VALUE: Final = "sk-fake-1f9c27d4"
# As GitHub's are, but for the checksum's sake made up by nobody.
TOKEN: Final = "postgres://app:Zq7CaNx81LmQwT5r@db.internal.acme.io/app"
JUNIT: Final = """\
<?xml version="1.0" encoding="utf-8"?><testsuites><testsuite name="pytest">
<testcase classname="tests.test_a.TestPay" name="test_b"><system-out>
key {value}
</system-out></testcase></testsuite></testsuites>
"""


def watch(value: str = VALUE) -> Watch:
    made = Watch()
    made.add("stripe_key", value, "")
    return made


def found(*paths: Path, settings: Settings = DEFAULTS) -> list[tuple[str, int, int, str, str]]:
    report = scan(paths, watch(), settings)
    assert report.inert == ""
    return [
        (Path(one.path).name, one.line, one.column, one.form, one.test) for one in report.entries
    ]


def test_a_finding_has_its_place_form_and_secret(tmp_path: Path) -> None:
    text = f"é\n  {base64.b64encode(VALUE.encode()).decode()}"
    (tmp_path / "a.log").write_text(text, encoding="utf-8")

    report = scan([tmp_path], watch())

    path = (tmp_path / "a.log").as_posix()
    message = "Secret 'stripe_key' is here."
    assert report == Report(
        (Entry(path, 2, 3, "leaks", message, name="stripe_key", form="base64"),), 1
    )
    assert report.status == 1


def test_a_finding_has_its_test(tmp_path: Path) -> None:
    (tmp_path / "junit.xml").write_text(JUNIT.format(value=VALUE))

    (entry,) = scan([tmp_path], watch()).entries

    assert (entry.line, entry.column) == (3, 5)
    assert entry.test.endswith("TestPay::test_b")


def test_what_is_packed_is_found(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("b/c.log.gz", gzip.compress(f"x\n\n{VALUE}".encode()))

    assert [entry[:3] for entry in found(tmp_path)] == [("c.log.gz", 3, 1)]


def test_clean(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_text("nothing")

    assert scan([tmp_path], watch()) == Report((), 1)


def test_a_value_in_a_name_is_found_and_not_shown(tmp_path: Path) -> None:
    (tmp_path / f"{VALUE}.log").write_text(VALUE)

    report = scan([tmp_path], watch())

    assert {entry.message for entry in report.entries} == {
        "Secret 'stripe_key' is here.",
        "Secret 'stripe_key' is in the name of a file.",
    }
    assert VALUE not in repr(report)


def test_a_value_in_a_test_id_is_not_shown(tmp_path: Path) -> None:
    text = JUNIT.format(value=VALUE).replace("test_b", f"test_b[{VALUE}]")
    (tmp_path / "junit.xml").write_text(text)

    assert VALUE not in repr(scan([tmp_path], watch()))


def test_a_manifest_is_left_out_and_what_only_begins_like_one_is_not(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    manifest.write(path, [("stripe_key", VALUE)])
    (tmp_path / "a.log").write_text("nothing")
    whole = scan([tmp_path], watch())
    path.write_text(f"{path.read_text()}{VALUE}")

    assert whole == Report((), 1)
    assert scan([tmp_path], watch()).found == 2


def test_what_cannot_be_read_is_told_beside_what_is_found(tmp_path: Path) -> None:
    packed = gzip.compress(b"%b\n%b" % (VALUE.encode(), os.urandom(5000)))
    (tmp_path / "cut.gz").write_bytes(packed[:-2000])

    report = scan([tmp_path, tmp_path / "missing"], watch())

    assert report.status == 2
    told = {(Path(one.path).name, one.check, one.line) for one in report.entries}
    assert told == {
        ("cut.gz", "leaks", 1),
        ("cut.gz", "unreadable", 1),
        ("missing", "unreadable", 1),
    }


def test_a_test_is_named_without_the_credential_in_its_name(tmp_path: Path) -> None:
    line = json.dumps({"nodeid": f"test_a.py::test_b[{TOKEN}]", "longrepr": TOKEN})
    (tmp_path / "log.jsonl").write_text(line, encoding="utf-8")

    report = scan([tmp_path], watch(), Settings(credentials=0.0))

    assert {one.test for one in report.entries} == {"test_a.py::test_b[REDACTED:database-url/app]"}


def test_a_short_file_that_cannot_be_read_is_told_too(tmp_path: Path) -> None:
    """One that ends before the place where it could no longer be a manifest."""
    (tmp_path / "cut.gz").write_bytes(gzip.compress(b"text")[:-9])

    report = scan([tmp_path], watch())

    assert (report.status, report.unreadable) == (2, 1)


def test_credentials_are_a_tier_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_text(f"x\nurl={TOKEN}\n{VALUE}")

    report = scan([tmp_path], watch(), Settings(credentials=0.0))

    assert [(one.check, one.line, one.name) for one in report.entries] == [
        ("credentials", 2, ""),
        ("leaks", 3, "stripe_key"),
    ]
    assert len(scan([tmp_path], watch()).entries) == 1
    assert TOKEN not in repr(report)


def test_what_is_excluded_is_not_looked_at(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_text(VALUE)
    (tmp_path / "b.txt").write_text("nothing")

    assert found(tmp_path, settings=Settings(exclude=("*.log",))) == []


def test_reading_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_bytes(b"." * 3_000_000)
    counts: list[int] = []

    scan([tmp_path / "a.log"], watch(), Settings(on_read=counts.append))

    assert {1 << 21, 3_000_000 - (1 << 21)} <= set(counts)


@pytest.mark.parametrize("what", ["no value", "no file"])
def test_a_scan_that_could_find_nothing_is_inert(tmp_path: Path, what: str) -> None:
    if what == "no value":
        (tmp_path / "a.log").write_text(VALUE)

    report = scan([tmp_path], Watch() if what == "no value" else watch())

    assert (report.status, report.found) == (3, 0)
    assert report.inert.startswith("No value" if what == "no value" else "There is no file")


def test_the_canary_goes_all_the_way() -> None:
    made = watch()
    planted = canary.plant(made)

    def misses(paths: Iterable[Path]) -> list[Entry]:
        assert all(path.exists() for path in paths)
        return []

    assert not canary.is_told(planted, misses)
    assert scan([Path(__file__)], made).inert == ""


def test_a_scan_that_misses_its_canary_is_inert(tmp_path: Path) -> None:
    """As of a name that redaction takes for a value: what is reported is not what was planted."""
    (tmp_path / "a.log").write_text("nothing")

    report = scan([tmp_path], watch("canary.zip!"))

    assert report.status == 3
    assert report.inert.startswith("A value that this scan planted itself was not found")


def test_values_in_json_lines_of_a_report_log(tmp_path: Path) -> None:
    lines = [
        {
            "$report_type": "TestReport",
            "nodeid": f"test_a.py::test_{name}",
            "sections": [["out", text]],
        }
        for name, text in (("a", "nothing"), ("b", VALUE))
    ]
    (tmp_path / "log.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))

    assert [entry[4] for entry in found(tmp_path)] == ["test_a.py::test_b"]
