"""From paths to a report."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pytest_julep_secrets.documents import yaml
from pytest_julep_secrets.lint.judge import Rules
from pytest_julep_secrets.lint.run import lint

RULES = Rules(now=0.0)


def test_all_files_are_looked_at_and_told_in_order(tmp_path: Path) -> None:
    (tmp_path / "b.py").write_text("x = 'prod_b'\ny = 'prod_a'")
    (tmp_path / "a.env").write_text("PROD_KEY=x")
    (tmp_path / "bad.json").write_text("{")
    (tmp_path / "fine.py").write_text("")

    report = lint([tmp_path / "b.py", tmp_path, tmp_path / "none.py"], RULES)

    assert [(Path(one.path).name, one.line, one.check) for one in report.entries] == [
        ("a.env", 1, "names"),
        ("b.py", 1, "names"),
        ("b.py", 2, "names"),
        ("bad.json", 1, "unreadable"),
        ("none.py", 1, "unreadable"),
    ]
    assert (report.files, report.found, report.unreadable, report.status) == (5, 3, 2, 2)


def test_nothing_found(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 'key'")

    assert lint([tmp_path], RULES).status == 0


def test_a_missing_library_is_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml, "yaml", None)
    for name in ("a.yaml", "b.yml", "c.yml"):
        (tmp_path / name).touch()

    report = lint([tmp_path], RULES)

    assert [Path(one.path).name for one in report.entries] == ["a.yaml"]
    assert report.status == 2


def test_a_directory_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refuse)

    report = lint([tmp_path], RULES)

    (entry,) = report.entries
    assert (entry.path, entry.message) == (str(tmp_path), "It cannot be read: Permission denied.")
    assert report.status == 2
