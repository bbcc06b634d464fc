"""The search for false alarms would tell of one, and never shows a value."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from leaks import recorded
from leaks.providers import generated

VALUE = generated(1)[0]


@pytest.mark.parametrize("engine", recorded.ENGINES)
def test_a_finding_is_told_by_place_form_and_number(
    tmp_path: Path, engine: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "log.txt"
    encoded = base64.b64encode(VALUE.encode()).decode()
    file.write_text(f"one\ntwo {VALUE}\n\n{encoded}\n")

    told = recorded.searched(engine, [file])

    assert told == [f"{file}:2: value 0, as plain", f"{file}:4: value 0, as base64"]
    printed = capsys.readouterr().out
    assert printed.startswith(f"{engine}: 2 findings")
    assert VALUE not in printed


def test_lines_are_counted_over_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorded, "_PIECE", 10)
    file = tmp_path / "log.txt"
    file.write_text("12345\n67890\nabcdef\nghijkl\n")

    assert [(piece.line, piece.text) for piece in recorded.pieces(file)] == [
        (1, "12345\n67890\n"),
        (3, "abcdef\nghijkl\n"),
    ]


def test_too_little_text_shows_nothing(tmp_path: Path) -> None:
    (tmp_path / "log.txt").write_text("nothing here")

    assert recorded.main(tmp_path) == (
        "Only 12 bytes are recorded, which shows little; give 50,000,000."
    )
