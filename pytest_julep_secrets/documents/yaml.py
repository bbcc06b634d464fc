"""YAML, by PyYAML; the only module that knows it."""

from __future__ import annotations

from typing import Any

from pytest_julep_secrets.documents.lines import Places
from pytest_julep_secrets.documents.placed import Builder, Placed
from pytest_julep_secrets.documents.unreadable import NoLibraryError, UnreadableError

try:
    import yaml
except ImportError:  # pragma: no cover
    yaml = None  # type: ignore[assignment]


def load(text: str) -> list[Any]:
    """Parse YAML; an alias is the very object that it stands for.

    Raises:
        NoLibraryError: If PyYAML is not installed.
        UnreadableError: If it is not YAML.
    """
    if yaml is None:
        raise NoLibraryError(
            "It takes PyYAML to read YAML: pip install 'pytest-julep-secrets[yaml]'"
        )
    reader = _Reader(text)
    # That of libyaml is thirty times as fast.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        for event in yaml.parse(text, loader):
            reader.take(event)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = reader.places.of(mark.index) if mark else (1, 1)
        raise UnreadableError("It is not YAML.", *place) from None
    return reader.builder.documents


class _Reader:
    def __init__(self, text: str) -> None:
        self.builder = Builder()
        self.places = Places(text)
        self._anchors: dict[str, Any] = {}

    def take(self, event: yaml.Event) -> None:
        # Its own line counts line ends that only YAML 1.1 knows.
        mark: Any = event.start_mark
        line, column = self.places.of(mark.index)
        match event:
            case yaml.ScalarEvent(value=value):
                made: Any = Placed(value, line, column)
                self.builder.add(made, line, column)
            case yaml.MappingStartEvent():
                self.builder.open(made := {}, line, column)
            case yaml.SequenceStartEvent():
                self.builder.open(made := [], line, column)
            case yaml.AliasEvent(anchor=anchor):
                if anchor not in self._anchors:
                    raise UnreadableError("It has an alias of nothing.", line, column)
                self.builder.add(self._anchors[anchor], line, column)
                return
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self.builder.close()
                return
            case _:
                return
        if event.anchor is not None:
            self._anchors[event.anchor] = made
