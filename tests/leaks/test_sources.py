"""What can be looked into, and what each is called."""

from __future__ import annotations

import sys
from collections import namedtuple
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final
from unittest.mock import MagicMock, Mock

import pytest

from pytest_julep_secrets.leaks.sources import exception_text, texts

VALUE: Final = "sk-fake-must-not-be-shown"
Captured = namedtuple("Captured", ["out", "err"])


def with_notes(error: BaseException, *notes: str) -> BaseException:
    for note in notes:
        error.add_note(note)
    return error


def with_odd_notes(notes: object) -> BaseException:
    error: Any = ValueError("said")
    error.__notes__ = notes
    made: BaseException = error
    return made


class Mute(Exception):
    def __str__(self) -> str:
        raise RuntimeError


LOG: Final = SimpleNamespace(records=[], text="a log")


@pytest.mark.parametrize(
    ("source", "found"),
    [
        pytest.param("a", [("the text", "a")], id="str"),
        pytest.param("", [("the text", "")], id="empty"),
        pytest.param(b"a", [("the text", "a")], id="bytes"),
        pytest.param(bytearray("é".encode()), [("the text", "é")], id="bytearray"),
        pytest.param(b"a\xffb", [("the text", "a\ufffdb")], id="bytes that are no UTF-8"),
        pytest.param(ValueError("a"), [("the text of ValueError", "a")], id="exception"),
        pytest.param(KeyError("a"), [("the text of KeyError", "'a'")], id="that shows a repr"),
        pytest.param(KeyboardInterrupt(), [("the text of KeyboardInterrupt", "")], id="silent"),
        pytest.param(
            with_notes(ValueError("a"), "b", "c"),
            [("the text of ValueError", "a\nb\nc")],
            id="exception with notes",
        ),
        pytest.param(
            with_notes(Mute(), "b"), [("the text of Mute", "\nb")], id="that fails to say it"
        ),
        pytest.param(LOG, [("the captured log", "a log")], id="caplog"),
        pytest.param(
            Captured("a", "b"),
            [("the captured stdout", "a"), ("the captured stderr", "b")],
            id="capsys result",
        ),
        pytest.param(
            SimpleNamespace(out=b"a", err=b"b"),
            [("the captured stdout", "a"), ("the captured stderr", "b")],
            id="capsysbinary result",
        ),
        pytest.param([], [], id="empty list"),
        pytest.param(
            ["a", b"b"], [("the text, item 1", "a"), ("the text, item 2", "b")], id="list"
        ),
        pytest.param(
            ("a", [["b"], LOG]),
            [
                ("the text, item 1", "a"),
                ("the text, item 2, item 1, item 1", "b"),
                ("the captured log", "a log"),
            ],
            id="nested",
        ),
    ],
)
def test_the_texts_of_a_source(source: object, found: list[tuple[str, str]]) -> None:
    assert list(texts([source])) == found


def test_of_many_sources_the_texts_are_numbered() -> None:
    assert list(texts(["a", b"b"])) == [("text 1", "a"), ("text 2", "b")]
    assert list(texts(["a", LOG, ["b"]])) == [
        ("text 1", "a"),
        ("the captured log", "a log"),
        ("text 3, item 1", "b"),
    ]


def test_what_capture_fixtures_of_pytest_give_can_be_looked_into(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    found = list(texts([caplog, capsys.readouterr()]))

    assert [place for place, _ in found] == [
        "the captured log",
        "the captured stdout",
        "the captured stderr",
    ]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param({"key": VALUE}, id="dict"),
        pytest.param(None, id="None"),
        pytest.param(5, id="int"),
        pytest.param({VALUE}, id="set"),
        pytest.param((text for text in [VALUE]), id="generator"),
        pytest.param(memoryview(VALUE.encode()), id="memoryview"),
        pytest.param(Path(VALUE), id="path"),
        pytest.param(ValueError, id="class of an exception"),
        pytest.param(SimpleNamespace(text=VALUE), id="text without records"),
        pytest.param(SimpleNamespace(records=[VALUE], text=[VALUE]), id="text that is none"),
        pytest.param(SimpleNamespace(out=VALUE), id="out without err"),
        pytest.param(SimpleNamespace(out=VALUE, err=None), id="err that is no text"),
        pytest.param(SimpleNamespace(readouterr=lambda: (VALUE, "")), id="capsys"),
        pytest.param(Mock(name="logger"), id="mock"),
        pytest.param(MagicMock(name="logger"), id="mock of everything"),
    ],
)
def test_what_cannot_be_looked_into_does_not_pass(source: object) -> None:
    for sources in ([source], ["a", source], [["a", source]]):
        with pytest.raises(TypeError) as caught:
            list(texts(sources))

        first, second = str(caught.value).splitlines()
        assert first == f"A {type(source).__name__} cannot be looked into."
        assert second.startswith("Hand over text: ")
        assert VALUE not in str(caught.value)


def test_the_fixture_itself_is_read_without_loss(capsys: pytest.CaptureFixture[str]) -> None:
    sys.stdout.write("one\n")

    assert list(texts([capsys])) == [("the captured stdout", "one\n"), ("the captured stderr", "")]
    assert capsys.readouterr() == ("one\n", "")


def test_nothing_at_all_does_not_pass() -> None:
    with pytest.raises(TypeError, match=r"^There is nothing to look into\.\nHand over a text: "):
        list(texts([]))


@pytest.mark.parametrize(
    ("error", "text"),
    [
        pytest.param(Mute(), "", id="it fails to say anything"),
        pytest.param(with_odd_notes(None), "said\nNone", id="None for notes"),
        pytest.param(with_odd_notes("a note"), "said\na note", id="a string for notes"),
        pytest.param(with_odd_notes(("a", "b")), "said\na\nb", id="a tuple of notes"),
        pytest.param(with_odd_notes([1, Mute(), "b"]), "said\n1\n\nb", id="notes of any kind"),
    ],
)
def test_whatever_an_exception_does_it_has_a_text(error: BaseException, text: str) -> None:
    assert exception_text(error) == text
