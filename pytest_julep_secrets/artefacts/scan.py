"""From paths and values to a report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from operator import attrgetter
from pathlib import Path
from typing import Final, NamedTuple

from pytest_julep_secrets.artefacts.artefact import Artefact, Problem, UnreadableError
from pytest_julep_secrets.artefacts.helpers import Helpers
from pytest_julep_secrets.artefacts.opening import artefacts
from pytest_julep_secrets.artefacts.values.manifest import is_whole_manifest
from pytest_julep_secrets.leaks.chunks import Finder
from pytest_julep_secrets.leaks.watch import Watch
from pytest_julep_secrets.reports.entry import UNREADABLE, Entry, Report

_CHUNK: Final = 1 << 21
_NO_VALUES: Final = (
    "No value was looked for, so none could be found. Say which: --env NAME, --values FILE, or "
    "--manifest FILE of a test run."
)
_NO_FILES: Final = "There is no file in what was to be scanned. Check the paths."
_BLIND: Final = (
    "A value that this scan planted itself was not found, so others may not have been. "
    "Please report this as a bug, with the output of julep-secrets --version."
)


class Settings(NamedTuple):
    """What a scan may be told, besides where to look and what for.

    Attributes:
        credentials: To look for real credentials, too: what time it is, in seconds since 1970.
        exclude: Patterns for paths in folders that are left out, such as "*/fixtures/*".
        on_read: Is told how many bytes were read, each time.
        helpers: How many processes may help.
    """

    credentials: float | None = None
    exclude: tuple[str, ...] = ()
    on_read: Callable[[int], object] = lambda _: None
    helpers: int = 0


DEFAULTS: Final = Settings()


def scan(paths: Iterable[Path], watch: Watch, settings: Settings = DEFAULTS) -> Report:
    """Look through files, those in folders and in archives, for values in any form.

    A manifest is left out: it holds nothing but values. Whether the scan could have found
    anything is tried out with a value of its own.

    Args:
        paths: Files and folders.
        watch: The values. One is added.
        settings: What else to do.
    """
    if not len(watch):
        return Report((), 0, _NO_VALUES)
    from pytest_julep_secrets.artefacts import canary

    planted = canary.plant(watch)
    with closing(Helpers(settings.helpers)) as helpers:
        scanning = _Scan(watch, settings, Finder(watch, share=helpers))
        entries, files = scanning.of(paths), scanning.files
        if not files and not entries:
            return Report((), 0, _NO_FILES)
        is_told = canary.is_told(planted, scanning.of)
    return Report(tuple(sorted(entries)), files, "" if is_told else _BLIND)


class _Scan:
    """Passes over paths, all with the same values.

    Args:
        watch: The values.
        settings: As above.
        finder: Finds them.

    Attributes:
        files: How many were looked at so far.
    """

    def __init__(self, watch: Watch, settings: Settings, finder: Finder) -> None:
        self._watch, self._settings, self._finder = watch, settings, finder
        self._problems: list[Problem] = []
        self.files = 0

    def of(self, paths: Iterable[Path]) -> list[Entry]:
        """Return what is found, in no order."""
        self._problems.clear()
        entries: list[Entry] = []
        for artefact in artefacts(paths, self._problems.append, exclude=self._settings.exclude):
            if not _is_manifest(artefact):
                self.files += not artefact.is_names
                entries += self._in(artefact)
        return entries + [
            Entry(self._shown(one.path), 1, 1, UNREADABLE, one.reason) for one in self._problems
        ]

    def _in(self, artefact: Artefact) -> list[Entry]:
        places = [*self._leaks(artefact), *self._credentials(artefact)]
        places.sort(key=attrgetter("start"))
        starts = [place.start for place in places]
        if not starts:
            return []
        path = self._shown(artefact.path)
        if artefact.is_names:
            # Its lines are names, and none of a file.
            return [Entry(path, 1, 1, *place[1:]) for place in places]
        from pytest_julep_secrets.artefacts.lines import lines_at
        from pytest_julep_secrets.artefacts.origins import tests_at

        artefact.file.seek(0)
        lines = lines_at(artefact.file, starts)
        artefact.file.seek(0)
        tests = tests_at(artefact.file, starts)
        return [
            Entry(
                path, *line, place.check, place.message, place.name, place.form, self._shown(test)
            )
            for place, line, test in zip(places, lines, tests, strict=True)
        ]

    def _leaks(self, artefact: Artefact) -> Iterator[_Place]:
        where = "in the name of a file" if artefact.is_names else "here"
        for hit in self._finder.find_in(self._chunks(artefact)):
            message = f"Secret '{hit.label}' is {where}."
            yield _Place(hit.start, "leaks", message, hit.label, hit.form)

    def _credentials(self, artefact: Artefact) -> Iterator[_Place]:
        if self._settings.credentials is not None:
            from pytest_julep_secrets.artefacts.credentials import find_credentials

            for one in find_credentials(self._chunks(artefact), self._settings.credentials):
                message = f"What is here looks like a real credential ({one.rule})."
                yield _Place(one.start, "credentials", message, "", one.rule)

    def _chunks(self, artefact: Artefact) -> Iterator[bytes]:
        """Read a file, to its end or as far as it can be read."""
        artefact.file.seek(0)
        try:
            while chunk := artefact.file.read(_CHUNK):
                self._settings.on_read(len(chunk))
                yield chunk
        except UnreadableError as error:
            problem = Problem(artefact.path, error.reason)
            if problem not in self._problems:
                self._problems.append(problem)

    def _shown(self, text: str) -> str:
        """Return what may be shown of a path, or of a test's name."""
        if self._settings.credentials is not None:
            from pytest_julep_secrets.artefacts.credentials import without_credentials

            text = without_credentials(text, self._settings.credentials)
        return self._watch.redact(text)


def _is_manifest(artefact: Artefact) -> bool:
    try:
        return is_whole_manifest(artefact.file)
    except UnreadableError:
        # Told when it is read to its end.
        return False


class _Place(NamedTuple):
    """A finding in one file.

    Attributes:
        start: Where, in bytes.
        check: "leaks" or "credentials".
        message: As an entry has it, as the next two.
        name: Which secret, or "".
        form: What it looks like, or which rule tells it.
    """

    start: int
    check: str
    message: str
    name: str
    form: str
