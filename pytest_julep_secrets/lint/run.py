"""From paths to a report."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pytest_julep_secrets.documents.unreadable import NoLibraryError, UnreadableError
from pytest_julep_secrets.lint.files import find_files, read_file
from pytest_julep_secrets.lint.judge import Rules, judge
from pytest_julep_secrets.reports.entry import UNREADABLE, Entry, Report


def lint(paths: Iterable[Path], rules: Rules, exclude: Iterable[str] = ()) -> Report:
    """Look through files, and those in directories, for what the guards are against.

    A file that cannot be read is an entry, too, and the others are looked at all the same. Of
    those that a library is missing for, the first is an entry for all.

    Args:
        paths: Files and directories.
        rules: What to judge by.
        exclude: Patterns for paths in directories that are left out.
    """
    entries: set[Entry] = set()
    missing: set[str] = set()

    def cannot_list(error: OSError) -> None:
        reason = f"It cannot be read: {error.strerror}."
        entries.add(Entry(str(error.filename), 1, 1, UNREADABLE, reason))

    files = dict.fromkeys(find_files(paths, exclude, cannot_list))
    for path in files:
        try:
            text, mentions = read_file(path)
        except UnreadableError as error:
            if error.reason not in missing:
                entries.add(_unreadable(path.as_posix(), error))
            if isinstance(error, NoLibraryError):
                missing.add(error.reason)
        else:
            entries.update(judge(path.as_posix(), text, mentions, rules))
    return Report(tuple(sorted(entries)), len(files))


def _unreadable(path: str, error: UnreadableError) -> Entry:
    return Entry(path, error.line, error.column, UNREADABLE, error.reason)
