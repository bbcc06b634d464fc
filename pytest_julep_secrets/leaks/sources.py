"""What a test hands over to be looked into: texts, and what pytest's capture fixtures give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pytest_julep_secrets.leaks import streams


class Text(NamedTuple):
    """A text and what to call it in a finding, such as "the captured stdout"."""

    place: str
    text: str


def texts(sources: Sequence[object]) -> Iterator[Text]:
    """Give the texts in what was handed over.

    Args:
        sources: Each a string or bytes, an exception, `caplog`, `capsys` or one of its kin,
            the result of `capsys.readouterr()`, or a list of those.

    Raises:
        TypeError: For anything else, as what cannot be looked into must not pass.
    """
    if not sources:
        raise TypeError("There is nothing to look into.\nHand over a text: assert_none(caplog)")
    for place, source in enumerate(sources, 1):
        yield from _texts(source, f"text {place}" if len(sources) > 1 else "the text")


def _texts(source: object, place: str) -> Iterator[Text]:
    if isinstance(source, str):
        yield Text(place, source)
    elif isinstance(source, bytes | bytearray):
        yield Text(place, source.decode("utf-8", "replace"))
    elif isinstance(source, BaseException):
        yield Text(f"the text of {type(source).__name__}", exception_text(source))
    elif hasattr(source, "records") and isinstance(log := getattr(source, "text", None), str):
        yield Text("the captured log", log)
    elif (captured := _captured(source)) is not None:
        yield from _texts(captured[0], "the captured stdout")
        yield from _texts(captured[1], "the captured stderr")
    elif isinstance(source, list | tuple):
        for number, inner in enumerate(source, 1):
            yield from _texts(inner, f"{place}, item {number}")
    else:
        kind = type(source).__name__
        raise TypeError(
            f"A {kind} cannot be looked into.\n"
            "Hand over text: a string or bytes, an exception, caplog, capsys, "
            "capsys.readouterr(), or a list of those."
        )


def _captured(source: object) -> tuple[object, object] | None:
    if streams.is_capture(source):
        return streams.peek(source)
    # By what they are, too: a mock has every attribute, and nothing would be found in it.
    out, err = getattr(source, "out", None), getattr(source, "err", None)
    return (out, err) if isinstance(out, str | bytes) and isinstance(err, str | bytes) else None


def exception_text(error: BaseException) -> str:
    """Return what an exception says, with its notes; "" for what fails to say anything."""
    # Anybody may set its notes, to anything.
    notes = getattr(error, "__notes__", ())
    return "\n".join(map(_say, [error, *(notes if isinstance(notes, list | tuple) else [notes])]))


def _say(thing: object) -> str:
    try:
        return str(thing)
    except Exception:  # noqa: BLE001 - code of others, whatever it does
        return ""
