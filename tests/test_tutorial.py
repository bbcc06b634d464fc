"""The tutorial is followed: files are written as it says; commands print what it shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parent.parent
PAGE: Final = (ROOT / "docs/tutorial.md").read_text()
# What stands before a block, its language, what is in it.
BLOCK: Final = re.compile(r"(.*?)^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SAYS: Final = re.compile(
    r"(?P<how>Write|Add to the end of|In) `(?P<file>[\w.]+)`(, replace|[^`]*:)$"
)
# Other on each machine, and some are not there with the plugins of this environment.
HEADER: Final = ("platform ", "rootdir: ", "plugins: ")
# pytest as a project has it that has installed this plugin and no other; each would cost time.
ENVIRONMENT: Final = {
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    "PYTEST_PLUGINS": "pytest_julep_secrets.plugin",
    "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    "COLUMNS": "80",
    "PYTEST_ADDOPTS": "",
}
# pytest does not shorten its summary where it thinks it is in CI.
CI: Final = {"CI", "BUILD_NUMBER"}


class Follower:
    """Does what the page says, in a folder.

    Args:
        folder: An empty one.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._replace: tuple[Path, str] | None = None
        self._status = 0

    def do(self, said: str, language: str, body: str) -> None:
        """Do one block of the page, which stands behind what was said."""
        if language == "console":
            self._console(body)
        elif said == "with":
            assert self._replace is not None
            path, old = self._replace
            assert path.read_text().count(old) == 1
            path.write_text(path.read_text().replace(old, body))
        else:
            self._file(said, body)

    def _file(self, said: str, body: str) -> None:
        told = SAYS.search(said)
        assert told is not None, f"Nothing says what is to be done with:\n{body}"
        path = self._folder / told["file"]
        if told["how"] == "Write":
            path.write_text(body)
        elif told["how"] == "In":
            self._replace = path, body
        else:
            gap = "" if body.startswith(" ") else "\n\n"
            path.write_text(path.read_text() + gap + body)

    def _console(self, body: str) -> None:
        for block in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
            command, _, shown = block.partition("\n")
            printed = self._run(command)
            assert as_shown(shown).fullmatch(comparable(printed)), f"$ {command}\n{printed}"

    def _run(self, command: str) -> str:
        environment = {name: value for name, value in os.environ.items() if name not in CI}
        done = subprocess.run(  # noqa: S603
            ["bash", "-c", f"(exit {self._status}); {command}"],  # noqa: S607
            cwd=self._folder, env=environment | ENVIRONMENT, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        self._status = done.returncode
        return done.stdout


def comparable(text: str) -> str:
    """Leave out what is another one on each machine."""
    lines = [line for line in text.strip().splitlines() if not line.startswith(HEADER)]
    # A time of more digits takes from the rule around it.
    return re.sub(r"=+ (.* in )[\d.]+s =+", r"== \1s ==", "\n".join(lines))


def as_shown(shown: str) -> re.Pattern[str]:
    """Return what matches the output: a line of three dots stands for any lines."""
    lines = comparable(shown).splitlines()
    return re.compile(
        "\n".join(".*" if line == "..." else re.escape(line) for line in lines), re.DOTALL
    )


def paragraph(prose: str) -> str:
    """Return what is said right before a block, in one line."""
    return " ".join(prose.strip().rpartition("\n\n")[2].split())


@pytest.mark.skipif(os.name == "nt", reason="needs a bash that runs programs of this environment")
def test_each_step_does_what_the_page_says(tmp_path: Path) -> None:
    install, *steps = BLOCK.findall(PAGE)
    assert "pip install" in install[2]
    follower = Follower(tmp_path)

    for prose, language, body in steps:
        follower.do(paragraph(prose), language, body)

    clean = [path.read_text() for path in (tmp_path / "clean").rglob("*") if path.is_file()]
    assert "REDACTED:" in "".join(clean)
    assert "sk-fake" not in "".join(clean)


def test_what_is_installed_is_what_the_project_says_of_itself() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    told = re.search(r"pip install '([\w-]+)\[(\w+)\]'", PAGE)

    assert told is not None
    assert told[1] == project["name"]
    assert told[2] in project["optional-dependencies"]
    assert f"Python {project['requires-python'].removeprefix('>=')} or\nnewer" in PAGE


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("1 passed", "1 passed", True),
        ("1 passed", "2 passed", False),
        ("...\n1 passed", "a\nb\n1 passed", True),
        ("...\n1 passed", "a\nb\n1 passed\nb", False),
        ("== 1 passed in 0.42s ==", "= 1 passed in 10.42s =", True),
        ("== 1 passed in 0.42s ==", "= 1 failed in 0.42s =", False),
        ("rootdir: /home/you\nx", "rootdir: /tmp\nx", True),
    ],
)
def test_output_is_compared(shown: str, printed: str, same: bool) -> None:
    assert bool(as_shown(shown).fullmatch(comparable(printed))) is same
