"""What pytest's configuration file says for lint."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_julep_secrets.errors import ConfigurationError
from pytest_julep_secrets.lint.configuration import read_configuration, read_rules


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pyproject.toml", '[tool.pytest.ini_options]\njulep_secrets_allow_names = ["a", "b"]'),
        ("pyproject.toml", '[tool.pytest.ini_options]\njulep_secrets_allow_names = "a\\nb"'),
        ("pyproject.toml", '[tool.pytest]\njulep_secrets_allow_names = ["a", "b"]'),
        ("pytest.toml", '[pytest]\njulep_secrets_allow_names = ["a", "b"]'),
        ("pytest.ini", "[pytest]\njulep_secrets_allow_names =\n  a\n  b\naddopts = 100%\n"),
        (".pytest.ini", "[pytest]\njulep_secrets_allow_names: a\n  b\n"),
        ("tox.ini", "[tox]\n[pytest]\njulep_secrets_allow_names = a\n  b\n"),
        ("setup.cfg", "[tool:pytest]\njulep_secrets_allow_names = a\n  b\n"),
    ],
)
def test_each_file_that_pytest_reads(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    (tmp_path / "below").mkdir()

    assert read_configuration(tmp_path / "below")["julep_secrets_allow_names"] == ["a", "b"]


def test_the_nearest_counts_and_of_one_folder_the_first(tmp_path: Path) -> None:
    below = tmp_path / "below"
    below.mkdir()
    (tmp_path / "pytest.ini").write_text("[pytest]\nx = far\n")
    (below / "setup.cfg").write_text("[tool:pytest]\nx = last\n")
    (below / "pyproject.toml").write_text("[project]\nname = 'no pytest here'\n")
    (below / "tox.ini").write_text("[pytest]\nx = near\n")

    assert read_configuration(below) == {"x": ["near"]}


def test_the_command_line_adds_to_it(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text(
        "[pytest]\njulep_secrets_allow_names = a\njulep_secrets_name_patterns = ^x\n"
    )

    rules = read_rules(tmp_path, ["b"], ["^y"], 7.0)

    assert rules.allow_names == {"a", "b"}
    assert [pattern.pattern for pattern in rules.patterns] == ["^y", "^x"]
    assert rules.now == 7.0


def test_what_cannot_be_read_is_said_without_a_word_of_it(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("sk_live_1 = = 2")

    with pytest.raises(ConfigurationError) as caught:
        read_configuration(tmp_path)

    assert str(caught.value) == (
        f"'{tmp_path / 'pyproject.toml'}' cannot be read.\n"
        "It is where options such as julep_secrets_allow_names are."
    )


def test_a_pattern_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]\njulep_secrets_name_patterns = prod[\n")

    with pytest.raises(ConfigurationError, match="The ini option julep_secrets_name_patterns"):
        read_rules(tmp_path, [], [], 0.0)

    with pytest.raises(ConfigurationError, match="--name-pattern has 'x\\('"):
        read_rules(tmp_path, [], ["x("], 0.0)
