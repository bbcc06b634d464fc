"""A whole task definition: a mapping, a text or a file, within limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path as File
from typing import Any, Final, NamedTuple

from pytest_julep_secrets.documents import json, yaml
from pytest_julep_secrets.documents.unreadable import NoLibraryError, UnreadableError, decode
from pytest_julep_secrets.errors import ConfigurationError
from pytest_julep_secrets.tasks.reference import Reference, is_definition, references_at
from pytest_julep_secrets.tasks.steps import Path

Task = Mapping[str, Any] | list[Any] | str | File

# More than any task that people write; a text within them is read in a second or two.
_LARGEST: Final = 1_000_000
_LONGEST: Final = 100_000
_DEEPEST: Final = 100
_MOST: Final = 100_000


class Place(NamedTuple):
    """A string of a definition.

    Attributes:
        path: Where it is.
        base: What to put before the path, if it is that of a part of a definition.
        text: The string.
    """

    path: Path
    base: Path
    text: str


def references(task: Task) -> list[Reference]:
    """Return every reference to a secret in a task definition, in its order.

    Nothing is evaluated. A step, or a list of steps, will do as well.

    Args:
        task: A mapping or list, as YAML or JSON is parsed; a text of YAML or JSON; or the
            `pathlib.Path` of a file of either. Of a text each reference has its line and column.

    Raises:
        ConfigurationError: If it is no task, or larger, deeper or longer than anybody writes; the
            text says which and where.
    """
    return references_of(read(task))


def references_of(places: list[Place]) -> list[Reference]:
    """Return the references in strings that have been read already."""
    return [one for path, base, text in places for one in references_at(path, text, base)]


def read(task: Task) -> list[Place]:
    """Return the strings of a task definition, each wherever an alias has it.

    Raises:
        ConfigurationError: As for `references`.
    """
    what = f"The task file '{task.name}'" if isinstance(task, File) else "The task"
    try:
        document = _document(task)
        base: Path = ()
        if not is_definition(document):
            base = ("main",) if isinstance(document, list) else ("main", 0)
        return [Place(path, base, text) for path, text in _strings(document)]
    except NoLibraryError as error:
        raise ConfigurationError(f"{what} cannot be read. {error.reason}") from None
    except UnreadableError as error:
        is_placed = isinstance(task, str | File) and (error.line, error.column) != (1, 1)
        place = f" at line {error.line}, column {error.column}" if is_placed else ""
        raise ConfigurationError(f"{what} cannot be read{place}.\n{error.reason}") from None


def _document(task: object) -> object:
    if isinstance(task, File):
        task = _text_of(task)
    if isinstance(task, str):
        task = _parse(task)
    if not isinstance(task, Mapping | list):
        kind = "text" if isinstance(task, str) else type(task).__name__
        raise UnreadableError(
            f"A task is a mapping, or a list of steps; this is a {kind}. A file is given as a "
            "pathlib.Path."
        )
    return task


def _text_of(file: File) -> str:
    try:
        if not file.is_file():
            raise UnreadableError("There is no such file.")
        if file.stat().st_size > 4 * _LARGEST:
            raise _too_large()
        return decode(file.read_bytes())
    except OSError as error:
        raise UnreadableError(f"It cannot be read: {error.strerror}.") from None


def _parse(text: str) -> object:
    if len(text) > _LARGEST:
        raise _too_large()
    try:
        text.encode()
    except UnicodeEncodeError:
        raise UnreadableError("It has half of a character, a lone surrogate.") from None
    documents = _load(text)
    if len(documents) != 1:
        raise UnreadableError(f"It has {len(documents)} documents; a task is one.")
    return documents[0]


def _load(text: str) -> list[Any]:
    if not text.lstrip().startswith(("{", "[")):
        return yaml.load(text)
    try:
        return [json.load(text)]
    except UnreadableError as error:
        try:
            # It may be YAML in braces.
            return yaml.load(text)
        except UnreadableError:
            raise error from None


def _too_large() -> UnreadableError:
    return UnreadableError(f"It is larger than {_LARGEST:,} characters.")


def _strings(document: object) -> Iterator[tuple[Path, str]]:
    waiting: list[tuple[Path, object]] = [((), document)]
    for _ in range(_MOST):
        if not waiting:
            return
        path, value = waiting.pop()
        if isinstance(value, str):
            if len(value) > _LONGEST and "secrets" in value:
                raise _refuse(value, f"It has a string longer than {_LONGEST:,} characters.")
            yield path, value
        elif isinstance(value, Mapping | list):
            if len(path) == _DEEPEST:
                raise UnreadableError(f"It nests deeper than {_DEEPEST}, or holds itself.")
            if len(value) + len(waiting) > _MOST:
                break
            items = list(value.items() if isinstance(value, Mapping) else enumerate(value))
            waiting.extend(((*path, _part(key)), item) for key, item in reversed(items))
    raise UnreadableError(f"It has more than {_MOST:,} parts, with what YAML's aliases repeat.")


def _part(key: object) -> str | int:
    return key if isinstance(key, str | int) else str(key)


def _refuse(text: str, reason: str) -> UnreadableError:
    return UnreadableError(reason, getattr(text, "line", 1), getattr(text, "column", 1))
