"""What a run has to tell at its end, beside its failures. Notes travel there on reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from pytest_julep_secrets import sdk
from pytest_julep_secrets.plugin.environment import KEEP

if TYPE_CHECKING:
    import pytest

# On a report, and in what a worker of xdist sends when it is done. Plain lists: xdist sends no
# other kind.
ATTRIBUTE: Final = "_julep_secrets"

# So many blindings are told, as an application has many loggers.
_BLIND: Final = 5


class Note(NamedTuple):
    """One thing to tell. Never holds a value.

    Attributes:
        kind: "violation": made where no report could tell; "warned": a check at level "warn";
            "elsewhere": a value in the text of a test that has not put it in; "ignored": a
            value that is not looked for; "blind": what a leak check could not have seen;
            "replaced": a variable that was given a real value during the run; "allowed": an
            exemption; "used": one that was needed; "documented": what of the documented surface
            was used; "opened": what has opted into that; "manifest": what was written.
        text: A sentence, or a secret's name.
        where: The test, a reason, or who depends on the documented surface.
    """

    kind: Literal[
        "violation", "warned", "elsewhere", "ignored", "blind", "replaced", "allowed", "used",
        "documented", "opened", "manifest",
    ]  # fmt: skip
    text: str
    where: str = ""


def attach(report: Any, notes: Iterable[Note]) -> None:
    """Put notes on a report."""
    sent = [list(note) for note in notes]
    if sent:
        setattr(report, ATTRIBUTE, sent)


def read(carrier: dict[str, Any]) -> list[Note]:
    """Take notes off a report's attributes or a worker's output."""
    return [Note(*note) for note in carrier.pop(ATTRIBUTE, ())]


def write(reporter: pytest.TerminalReporter, notes: Iterable[Note]) -> None:
    """Write the section, if there is anything to tell."""
    told = list(notes)
    lines = [*_lines(told), *_documented(told, _without_pass(reporter))]
    if lines:
        # Begins a line of its own; `section` leaves that to the first line below it.
        reporter.write_sep("=", "julep secrets")
        for line in lines:
            reporter.write_line(line)


def _lines(notes: list[Note]) -> Iterator[str]:
    yield from dict.fromkeys(note.text for note in notes if note.kind == "violation")
    warned = dict.fromkeys(note for note in notes if note.kind == "warned")
    yield from (f"{note.text} ({note.where or 'outside of a test'})" for note in warned)
    yield from _replaced(notes)
    elsewhere = list(dict.fromkeys(note.text for note in notes if note.kind == "elsewhere"))
    if elsewhere:
        yield f"Redacted in text of tests that have not stored them: {_some(elsewhere)}"
    ignored: dict[str, list[str]] = {}
    for note in dict.fromkeys(note for note in notes if note.kind == "ignored"):
        ignored.setdefault(note.where, []).append(note.text)
    if ignored:
        groups = [f"{why} ({_some(names)})" for why, names in sorted(ignored.items())]
        yield f"Not looked for by the leak check: values {', '.join(groups)}"
    yield from _blind(notes)
    yield from _exemptions(notes)
    yield from (note.text for note in notes if note.kind == "manifest")


def _replaced(notes: list[Note]) -> Iterator[str]:
    names = dict.fromkeys(note.text for note in notes if note.kind == "replaced")
    if names:
        yield (
            f"environment: code of the tests gave {', '.join(names)} a real value, as "
            "load_dotenv(override=True) does; it was replaced before the next test. "
            f"Have the code leave that out, or keep it with {KEEP}"
        )


def _blind(notes: list[Note]) -> Iterator[str]:
    blind: dict[str, list[str]] = {}
    for note in dict.fromkeys(note for note in notes if note.kind == "blind"):
        blind.setdefault(note.text, []).append(note.where)
    for text, where in list(blind.items())[:_BLIND]:
        more = f" and {len(where) - 1} more" if len(where) > 1 else ""
        yield f"blind: {text} ({where[0]}{more})"
    if len(blind) > _BLIND:
        yield f"blind: {len(blind) - _BLIND} more such; set --julep-secrets blind=error to see them"


def _some(names: list[str]) -> str:
    shown = ", ".join(f"'{name}'" for name in names[:3])
    return f"{shown} and {len(names) - 3} more" if len(names) > 3 else shown


def _exemptions(notes: list[Note]) -> Iterator[str]:
    used = {note.text for note in notes if note.kind == "used"}
    needed = used | {note.text for note in notes if note.kind == "opened"}
    unused = dict.fromkeys(
        note.text for note in notes if note.kind == "allowed" and note.text not in needed
    )
    if used:
        yield f"Exemptions: {len(used)} used ({', '.join(sorted(used))})"
    if unused:
        yield f"Exemptions that nothing needed: {', '.join(unused)}"


def _without_pass(reporter: pytest.TerminalReporter) -> set[str]:
    kinds = ("failed", "error", "skipped", "xfailed")
    return {report.nodeid for kind in kinds for report in reporter.stats.get(kind, ())}


def _documented(notes: list[Note], without_pass: set[str]) -> Iterator[str]:
    used: dict[str, list[str]] = {}
    for note in sorted({note for note in notes if note.kind == "documented"}):
        used.setdefault(note.where, []).append(note.text)
    for where, things in sorted(used.items()):
        passes = "uses" if where in without_pass else "passes only with"
        yield (
            f"{where} {passes} the documented surface; "
            f"julep {sdk.version()} has no {', '.join(things)}"
        )
