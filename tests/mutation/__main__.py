"""What `nox -s mutants` says when mutmut has run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

from mutation.survivors import complaints, known, outcomes, rates, survivor

LIST: Final = Path(__file__).with_name("survivors.toml")


def mutmut(*arguments: str) -> str:
    """Ask it about its last run, which it keeps in the folder `mutants`."""
    command = [sys.executable, "-m", "mutmut", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603


def main() -> int:
    """Print the rates, and what is wrong; return 1 if anything is."""
    results = outcomes(mutmut("results", "--all", "true"))
    found = [survivor(mutmut("show", one.mutant)) for one in results if not one.killed]
    listed = known(LIST.read_text(encoding="utf-8"))
    wrong = list(complaints(results, found, listed))
    print(*rates(results), *wrong, sep="\n")  # noqa: T201 - it is a command
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
