"""Compare how other plugins' test suites end without our plugin, and with it.

Usage: python -m neighbours FOLDER, with `tests` on the path. `FOLDER/alone` has one report log of
each suite, and every other folder beside it those that have to tell the same.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from neighbours.report_log import Seen, counts, differences, seen


def _read(log: Path) -> Counter[Seen]:
    with log.open(encoding="utf-8") as lines:
        return seen(lines)


def _compared(log: Path, others: list[Path]) -> Iterator[str]:
    """Print what each run of a suite has told, and yield what differs."""
    alone = _read(log)
    print(f"{log.stem} alone: {counts(alone)}")  # noqa: T201 - it is a command
    for other in others:
        run = _read(other / log.name)
        print(f"{log.stem} {other.name}: {counts(run)}")  # noqa: T201
        yield from (f"{log.stem} {other.name}: {one}" for one in differences(alone, run))


def main(folder: Path) -> str | None:
    """Compare all runs of all suites, and return what differs."""
    logs = sorted((folder / "alone").glob("*.jsonl"))
    others = sorted(path for path in folder.iterdir() if path.name != "alone")
    if not logs or not others:
        return f"'{folder}' has nothing to compare; `nox -s neighbours` writes it."
    return "\n".join(line for log in logs for line in _compared(log, others)) or None


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
