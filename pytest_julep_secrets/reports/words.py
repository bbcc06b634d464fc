"""What all formats say in the same words."""

from __future__ import annotations

from typing import Final

from pytest_julep_secrets.reports.entry import Entry, Report
from pytest_julep_secrets.reports.shown import shown
from pytest_julep_secrets.reports.tiers import Tiers

INERT: Final = "Nothing could have been found"


def inert(report: Report) -> str:
    """Say why nothing, or not all, could have been found, and what to do; "" if it could."""
    if not report.inert:
        return ""
    begin = "Not all could have been found" if report.found else INERT
    return f"{begin}: {shown(report.inert, 4000)}"


def many(count: int, what: str) -> str:
    """Say how many: "1 file", "2 files"."""
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def counts(report: Report) -> str:
    """Say how many findings and files there are, in a sentence or two."""
    found = f"{many(report.found, 'finding')} in {many(report.files, 'file')}."
    if report.unreadable:
        found += f" Could not be read: {report.unreadable:,}."
    return found


def verdict(report: Report, sorted_: Tiers) -> str:
    """Say how it ended, without a full stop."""
    if not report.found:
        if report.inert:
            return INERT
        return "Nothing found, but not all could be read" if report.unreadable else "Nothing found"
    if not sorted_.secrets:
        return many(report.found, "finding")
    of_them = many(len(sorted_.secrets), "secret")
    return f"{of_them} leaked in {many(len(sorted_.leaked), 'place')}"


def meaning(report: Report, sorted_: Tiers) -> str:
    """Say what the verdict means for who reads it, in a sentence or two."""
    said = ["This is no proof that the files are clean."] if report.inert else []
    if sorted_.secrets:
        said.append("Keep these files where they are: redact them before anybody uploads them.")
    elif report.found:
        said.append("What to do stands beside each of them.")
    if report.unreadable:
        said.append("What could not be read is not known to be clean.")
    return " ".join(said) or "Nothing that was looked for is in these files."


def sentence(entry: Entry) -> str:
    """Say all that is known of an entry but its place."""
    parts = [shown(entry.message)]
    if entry.form:
        parts.append(f"Form: {shown(entry.form)}.")
    if entry.test:
        parts.append(f"Test: {shown(entry.test, 300)}")
    return " ".join(parts)


def place(entry: Entry) -> str:
    """Give the place of an entry as editors know it: `path:line:column`."""
    # Twice: a path of one colon would begin a command.
    return shown(f"{shown(entry.path)}:{entry.line}:{entry.column}", 20_000)
