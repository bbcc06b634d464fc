"""The README says what is so."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest
import test_examples

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()


def block(kind: str, after: str = "") -> str:
    found = re.search(
        rf"{re.escape(after)}\n```{kind}\n(.*?)^```", README, re.MULTILINE | re.DOTALL
    )
    assert found is not None
    return found[1]


# As in a project that has chosen what pytest-asyncio asks everybody to choose.
ARGS = ("-p", "no:randomly", "-o", "asyncio_default_fixture_loop_scope=function")


def test_the_example_has_twelve_lines_and_its_output_is_as_shown(
    pytester: pytest.Pytester,
) -> None:
    example = block("python")
    pytester.makepyfile(test_rotation=example)

    result = pytester.runpytest(*ARGS)

    shown = [line for line in block("text", "<!-- output -->").splitlines()[1:-1] if line]
    assert len([line for line in example.splitlines() if line]) <= 12
    assert [line for line in shown if line not in result.outlines] == []
    result.assert_outcomes(passed=1)


def test_the_refusal_is_as_shown(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    # pytest does not shorten its summary where it thinks it is in CI.
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("BUILD_NUMBER", raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    pytester.makepyfile(
        test_agents="""
        import julep

        def test_agents(mock_secrets):
            julep.Julep().agents.list()
        """
    )

    result = pytester.runpytest(*ARGS)

    shown = block("text", "<!-- refusal -->").splitlines()
    assert [line for line in shown if line not in result.outlines] == []


def test_the_failing_examples_and_what_is_shown_of_them() -> None:
    done = test_examples.run(test_examples.EXAMPLES / "failing", "-p", "no:randomly")

    shown = block("text", "<!-- failing -->")
    # In one piece: from the first failure to the last.
    assert shown in done.stdout
    source = (test_examples.EXAMPLES / "failing/test_failing.py").read_text()
    for line in block("python", 'is run instead." -->').splitlines():
        # The README leaves out the types.
        assert line.replace("(mock_secrets)", "(mock_secrets: MockSecrets) -> None") in source


def test_ci_runs_the_test_command_of_the_readme() -> None:
    script = ROOT / ".ci/run"
    command = block("bash", "<!-- test command -->").strip()

    assert "<!-- test command -->" in script.read_text()
    assert script.stat().st_mode & stat.S_IXUSR
    assert command.endswith(".venv/bin/python -m pytest -n 2")
