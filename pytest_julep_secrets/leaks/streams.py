"""pytest's capture fixtures themselves: read without taking anything out, and tried out."""

from __future__ import annotations

import io
import sys
from typing import Any, Final, NamedTuple

from pytest_julep_secrets.leaks import blinding
from pytest_julep_secrets.leaks.blinding import Blinding

_CANARY: Final = "A canary of pytest-julep-secrets.\n"
_NAMES: Final = ("stdout", "stderr")


class Held(NamedTuple):
    """What a capture holds, text or bytes."""

    out: Any
    err: Any


def is_capture(source: object) -> bool:
    """Tell whether something is `capsys`, `capfd` or one of their kin; no mock of them is."""
    kind = type(source)
    return kind.__module__ == "_pytest.capture" and hasattr(kind, "readouterr")


def is_captured_by(stream: object, capture: Any) -> bool:
    """Tell whether a stream is one that a capture fixture has put in place."""
    return any(stream is file for file in _files(capture))


def peek(capture: Any) -> Held:
    """Read a capture fixture; whoever reads it next reads the same."""
    # Of the class: the object's own may be one that tells of each reading.
    held = Held(*type(capture).readouterr(capture))
    for file, text in zip(_files(capture), held, strict=False):
        put_back(file, text)
    return held


def try_out(capture: Any) -> list[Blinding]:
    """Print a canary to stdout and stderr; tell of each whose capture has not seen it."""
    files = _files(capture)
    held = peek(capture)
    sent = [_send(getattr(sys, name), capture) for name in _NAMES]
    seen = type(capture).readouterr(capture)
    lost = [
        blinding.replaced(name)
        for name, was_sent, text in zip(_NAMES, sent, seen, strict=False)
        if not was_sent or _canary(text) not in text
    ]
    for file, text in zip(files, held, strict=False):
        put_back(file, text)
    return lost


def put_back(file: Any, text: str | bytes) -> None:
    """Give a capture's file what was read from it."""
    # Not through sys.stdout, which may be another by now, and of capteesys shows it again.
    if text:
        file.buffer.write(text.encode("utf-8", "replace") if isinstance(text, str) else text)


def leads_away(stream: object, capture: object = None) -> bool:
    """Tell whether a stream keeps to itself what is written to it: a buffer, a file.

    Args:
        stream: Any.
        capture: The fixture in use; one of descriptors sees files that are written to those.
    """
    if isinstance(stream, io.StringIO | io.BytesIO):
        return True
    try:
        number = stream.fileno()  # type: ignore[attr-defined]
    except Exception:  # noqa: BLE001 - whatever a stream of others does
        return False
    return number not in (1, 2) or not _is_of_descriptors(capture)


def _is_of_descriptors(capture: Any) -> bool:
    return hasattr(getattr(getattr(capture, "_capture", None), "out", None), "targetfd")


def _send(stream: Any, capture: Any) -> bool:
    """Write a canary where printed text goes; tell whether there is any use in it."""
    if is_captured_by(stream, capture):
        # Of capteesys, what is written to the text stream shows.
        stream.flush()
        stream.buffer.write(_CANARY.encode())
        return True
    if leads_away(stream, capture):
        return False
    # It may hand on what it is given, as colorama's does.
    stream.write(_CANARY)
    stream.flush()
    return True


def _canary(text: str | bytes) -> Any:
    sign = _CANARY.rstrip()
    return sign if isinstance(text, str) else sign.encode()


def _files(capture: Any) -> list[Any]:
    # Private to pytest (8.0 to 9.2); nothing else tells them from what code has put there.
    both = getattr(capture, "_capture", None)
    return [] if both is None else [both.out.tmpfile, both.err.tmpfile]
