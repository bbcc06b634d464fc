"""What being installed adds to the start of every run of pytest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import loading, processes
from bench.environments import NO_BYTECODE, Environment, without_and_with
from bench.result import Line
from bench.timing import Effort, Measure, compare

_OFF = ["-p", "no:julep_secrets"]


def run(effort: Effort) -> Iterator[Line]:
    """Compare empty runs, then loading alone."""
    with without_and_with() as (bare, ours), TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "test_empty.py").touch()
        for note, settings in (("", {}), (", no bytecode", NO_BYTECODE)):
            on = _empty_run(ours, folder, settings)
            off = _empty_run(ours, folder, settings, *_OFF)
            without = _empty_run(bare, folder, settings)
            rounds = effort.rounds(25)
            yield Line(
                "start",
                f"empty run, installed{note}",
                "pytest and the SDK alone",
                compare(on, without, rounds),
            )
            yield Line(
                "start",
                f"empty run, plugin on{note}",
                "-p no:julep_secrets",
                compare(on, off, rounds),
            )
        yield from loading.run(effort, ours, folder)


def _empty_run(
    environment: Environment, folder: Path, settings: dict[str, str], *options: str
) -> Measure:
    command: list[str | Path] = [
        environment.python,
        "-m",
        "pytest",
        "-q",
        *options,
        "test_empty.py",
    ]

    def measure() -> float:
        if settings:
            environment.forget_rewritten()
        return processes.seconds(command, folder, settings)

    return measure
