"""From paths and values to files without them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from pytest_julep_secrets.artefacts.artefact import Problem, UnreadableError
from pytest_julep_secrets.artefacts.helpers import Helpers, helpers_here
from pytest_julep_secrets.artefacts.redaction.finding import Item, items
from pytest_julep_secrets.artefacts.redaction.one_file import Tools, redact_file
from pytest_julep_secrets.artefacts.redaction.places import Place
from pytest_julep_secrets.artefacts.redaction.refusal import RefusedError
from pytest_julep_secrets.artefacts.redaction.saving import is_unfinished
from pytest_julep_secrets.leaks.chunks import Finder
from pytest_julep_secrets.leaks.watch import Watch


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done with a file, or would be.

    Attributes:
        path: As it may be shown: without values.
        replaced: How often each name was put in place of a value.
        refused: Why it was left as it is, though it holds a value or may hold one; or "".
        note: What else there is to say; or "".
    """

    path: str
    replaced: Mapping[str, int] = field(default_factory=dict)
    refused: str = ""
    note: str = ""


def redact(
    paths: Iterable[Path],
    watch: Watch,
    place: Place,
    exclude: Iterable[str] = (),
    sources: Iterable[Path] = (),
) -> Iterator[Outcome]:
    """Replace values in files, and those in folders, one after the other.

    Args:
        paths: Files and folders.
        watch: The values.
        place: Where redacted files go.
        exclude: Patterns for paths in folders that are left out.
        sources: Where the values come from: files that are never rewritten.
    """
    kept = {os.path.realpath(source) for source in sources}
    problems: list[Problem] = []
    seen: set[str] = set()
    with closing(Helpers(helpers_here())) as helpers:
        # Others cannot help with what is not always searched to its end.
        tools = Tools(Finder(watch, share=helpers), Finder(watch), place)
        for item in items(paths, exclude, problems.append):
            real = os.path.realpath(item.path)
            if real not in seen or place.takes_all:
                seen.add(real)
                yield _outcome(item, watch, tools, is_source=real in kept)
    for problem in problems:
        yield Outcome(watch.redact(problem.path), refused=problem.reason)


def _outcome(item: Item, watch: Watch, tools: Tools, *, is_source: bool) -> Outcome:
    shown = watch.redact(item.path.as_posix())
    if is_unfinished(item.path.name):
        return Outcome(shown, note="left out: of a run that was interrupted, or is still going on.")
    if shown != item.path.as_posix():
        return Outcome(shown, refused="Its name holds a value. Rename it.")
    if is_source:
        return Outcome(shown, refused="It is where the values come from. Never upload it.")
    try:
        return Outcome(shown, redact_file(item, tools))
    except (RefusedError, UnreadableError) as error:
        return Outcome(shown, refused=error.reason)
    except (OSError, ValueError) as error:
        return Outcome(shown, refused=_why(error))


def _why(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "There is no such file. Check the path."
    told = error.strerror if isinstance(error, OSError) else "there can be no such path"
    return (
        f"It cannot be read or written: {told}. Make that possible, or leave it out with --exclude."
    )
