"""An independent and simple search: for values in all that a run printed and wrote."""

from __future__ import annotations

import base64
import html
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any

import pytest


def texts(pytester: pytest.Pytester, result: pytest.RunResult) -> dict[str, bytes]:
    """All that the run left, by name; the tests themselves hold the values."""
    written = {
        path.name: path.read_bytes()
        for path in pytester.path.rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc")
    }
    printed = {"stdout": result.stdout.str().encode(), "stderr": result.stderr.str().encode()}
    return written | printed


def places(value: str, within: dict[str, bytes]) -> list[str]:
    """Where a value stands as it is."""
    return [name for name, text in within.items() if value.encode() in text]


# --- texts as their readers see them


class Reading:
    """A text, as it is and with letters and digits only: wrapped, indented and quoted."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.squeezed = squeeze(text)


def squeeze(text: str) -> str:
    """Leave out what pytest, and a repr, may put into a text."""
    return re.sub(r"\W+|_", "", re.sub(r"(?m)^[E>] +", "", text))


def readings(name: str, text: str) -> Iterator[Reading]:
    """A file as it is written, and as what reads such files takes it."""
    yield Reading(text)
    # Of a text with half a surrogate pair pytest's terminal writes all as escapes.
    yield Reading(_ESCAPE.sub(_unescape, text))
    if name.endswith(".xml"):
        yield Reading("\n".join(_of_xml(text)))
    if name.endswith((".json", "report.log")):
        yield Reading("\n".join(_of_json_lines(text)))
    if name.endswith(".html"):
        yield Reading("\n".join(_of_html(text)))


_ESCAPE = re.compile(r"\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}|[nrt\\])")


def _unescape(match: re.Match[str]) -> str:
    plain = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\"}.get(match[0][1:])
    return plain or chr(int(match[0][2:], 16))


def _of_xml(text: str) -> Iterator[str]:
    for element in ET.fromstring(text).iter():  # noqa: S314 - pytest wrote it
        for part in (*element.attrib.values(), element.text or ""):
            yield re.sub(r"#x([0-9A-F]{2,4})", lambda match: chr(int(match[1], 16)), part)


def _of_json_lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        yield from _strings(json.loads(line))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (one for pair in value.items() for one in _strings(pair))
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _of_html(text: str) -> Iterator[str]:
    for blob in re.findall(r'data-jsonblob="([^"]*)"', text):
        for part in _strings(json.loads(html.unescape(blob))):
            yield html.unescape(part)
            for data in re.findall(r";base64,([\w+/=]+)", part):
                yield base64.b64decode(data).decode("utf-8", "replace")


# --- where needles stand

_SHORTEST = 8


def tags(needle: str, reading: Reading) -> Iterator[int]:
    """The numbers of the channels whose tag is the last before each place of a needle."""
    yield from _tags(needle, reading.text)
    squeezed = squeeze(needle)
    if len(squeezed) >= _SHORTEST:
        yield from _tags(squeezed, reading.squeezed)


def _tags(needle: str, text: str) -> Iterator[int]:
    place = text.find(needle)
    while place >= 0:
        tag = text.rfind("channel", 0, place)
        match = re.compile(r"channel(\d+)x").match(text, tag) if tag >= 0 else None
        yield int(match[1]) if match else -1
        place = text.find(needle, place + 1)
