"""Two fresh virtual environments: what a user of Julep has for testing, without and with us."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import processes

CHECKOUT = Path(__file__).resolve().parent.parent

# Without these, and with the caches that pytest writes deleted, a module is compiled anew.
NO_BYTECODE = {"PYTHONDONTWRITEBYTECODE": "1"}


@dataclass(frozen=True)
class Environment:
    """A virtual environment.

    Attributes:
        folder: Where it is.
    """

    folder: Path

    @cached_property
    def python(self) -> Path:
        """Return its interpreter."""
        windows = self.folder / "Scripts" / "python.exe"
        return windows if windows.exists() else self.folder / "bin" / "python"

    def forget_rewritten(self) -> None:
        """Delete the bytecode that pytest keeps of plugins, as where it may keep none."""
        for compiled in self.folder.rglob("*-pytest-*.pyc"):
            compiled.unlink()


def _make(folder: Path, *packages: str) -> Environment:
    processes.run([sys.executable, "-m", "venv", folder], folder.parent)
    environment = Environment(folder)
    install: list[str | Path] = [environment.python, "-m", "pip", "install", "--quiet"]
    processes.run([*install, "pytest", "julep>=2,<3", *packages], folder.parent)
    return environment


@contextmanager
def without_and_with() -> Iterator[tuple[Environment, Environment]]:
    """Make both; ours is installed as a wheel, as pytest treats that differently."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        yield _make(folder / "without"), _make(folder / "with", str(CHECKOUT))
