"""`python -m bench`, from the checkout."""

from __future__ import annotations

import argparse
import json
import platform
import sys
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

from bench import printing
from bench.timing import Effort

# Each is the module of that name; it is imported when it is asked for, with the peers it needs.
BENCHES = (
    "start", "idle", "fixture", "sdk", "aws", "answer", "growth", "leaks", "blind", "forms",
    "scan", "hosts", "load", "violation",
)  # fmt: skip
# One installs packages, the other waits for retries.
_SLOW = ("start", "violation")
_PACKAGES = ("pytest", "httpx", "julep", "respx", "moto", "boto3")


def main(arguments: list[str] | None = None) -> None:
    """Run benches, print a line of each as it comes, keep all of it as JSON if asked to."""
    options = _parse(arguments)
    effort = Effort(options.quick)
    names = options.benches or [name for name in BENCHES if not effort.quick or name not in _SLOW]
    lines = []
    print(printing.head())
    for name in names:
        for line in import_module(f"bench.{name}").run(effort):
            print(printing.row(line), flush=True)
            lines.append(line.as_json())
    if options.json:
        report = {**_circumstances(), "quick": effort.quick, "lines": lines}
        options.json.write_text(json.dumps(report) + "\n", encoding="utf-8")


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("benches", nargs="*", metavar="BENCH", help=f"of {', '.join(BENCHES)}")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep every round")
    parser.add_argument(
        "--quick", action="store_true", help="see that it runs; the figures mean nothing"
    )
    options = parser.parse_args(arguments)
    unknown = [name for name in options.benches if name not in BENCHES]
    if unknown:
        parser.error(f"no bench '{unknown[0]}'; there are {', '.join(BENCHES)}")
    return options


def _circumstances() -> dict[str, Any]:
    return {
        "python": platform.python_version(),
        "implementation": sys.implementation.name,
        "platform": platform.platform(),
        "packages": {name: metadata.version(name) for name in _PACKAGES},
    }


if __name__ == "__main__":
    main()
