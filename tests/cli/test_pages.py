"""What the pages show of `scan` is what it prints."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pytest

from pytest_julep_secrets.artefacts.opening.limits import Limits
from pytest_julep_secrets.cli import main

ROOT: Final = Path(__file__).parent.parent.parent
PAGE: Final = (ROOT / "docs/reference/command.md").read_text()
SCAN: Final = PAGE.partition("## `julep-secrets scan")[2].partition("\n## `")[0]
COMMAND: Final = re.compile(r"^```text\n\$ julep-secrets (scan .*?)\n(.*?)^```", re.M | re.S)
EXIT: Final = re.compile(r"^\| (\d) \| .* \| `julep-secrets (scan .*)` \|$", re.MULTILINE)
Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _in_the_example(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT / "examples/scan")


def shown() -> Iterable[tuple[str, str]]:
    """Give the commands of all pages with what they print."""
    for page in ("README.md", "docs/how-to/upload.md", "docs/reference/command.md"):
        found = COMMAND.findall((ROOT / page).read_text())
        assert found
        yield from found


@pytest.mark.parametrize(("command", "output"), dict.fromkeys(shown()))
def test_the_pages_show_what_is_printed(command: str, output: str, capsys: Capture) -> None:
    main(command.split())

    assert capsys.readouterr().out == output


def test_the_page_shows_a_result_in_sarif(capsys: Capture) -> None:
    found = re.search(r"`julep-secrets (scan [^`]*sarif)`:\n\n<.*>\n```json\n(.*?)```", SCAN, re.S)
    assert found is not None

    main(found[1].split())

    (run,) = json.loads(capsys.readouterr().out)["runs"]
    assert run["results"] == [json.loads(found[2])]


def test_there_is_a_command_for_each_exit_status() -> None:
    commands = EXIT.findall(SCAN)

    assert [status for status, _ in commands] == ["0", "1", "2", "3"]
    assert [str(main(command.split())) for _, command in commands] == ["0", "1", "2", "3"]


def test_the_page_has_the_limits() -> None:
    rows = re.findall(r"^\| .* \| ([\d,]+)(?: ([GM])iB)? \|$", SCAN, re.MULTILINE)

    units = {"": 1, "M": 1 << 20, "G": 1 << 30}
    limits = Limits()
    assert [int(number.replace(",", "")) * units[unit] for number, unit in rows] == [
        limits.depth, limits.deep, limits.size, limits.ratio, limits.members, limits.directory
    ]  # fmt: skip
    assert f"beyond the first {limits.harmless >> 20} MiB" in SCAN
