"""The README says what is so."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()


def block(kind: str, after: str = "") -> str:
    found = re.search(
        rf"{re.escape(after)}\n```{kind}\n(.*?)^```", README, re.MULTILINE | re.DOTALL
    )
    assert found is not None
    return found[1]


def without_times(line: str) -> str:
    return re.sub(r"=+|in \d+\.\d+s", "", line).strip()


def test_the_example_has_twelve_lines_and_its_output_is_as_shown(
    pytester: pytest.Pytester,
) -> None:
    example = block("python")
    pytester.makepyfile(test_rotation=example)

    result = pytester.runpytest("-p", "no:randomly")

    assert len([line for line in example.splitlines() if line]) <= 12
    shown = [without_times(line) for line in block("text", "<!-- output -->").splitlines()[1:]]
    assert [line for line in shown if line] <= [without_times(line) for line in result.outlines]
    result.stdout.fnmatch_lines([f"*{line}*".replace("[", "[[]") for line in shown if line])


def test_the_refusal_is_as_shown(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        test_agents="""
        import julep

        def test_agents(mock_secrets):
            julep.Julep().agents.list()
        """
    )

    result = pytester.runpytest("-p", "no:randomly")

    shown = block("text", "<!-- refusal -->").splitlines()
    assert [line for line in shown if line not in result.outlines] == []


def test_ci_runs_the_test_command_of_the_readme() -> None:
    script = ROOT / ".ci/run"
    command = block("bash", "<!-- test command -->").strip()

    assert "<!-- test command -->" in script.read_text()
    assert script.stat().st_mode & stat.S_IXUSR
    assert command.endswith(".venv/bin/python -m pytest -n 2")
