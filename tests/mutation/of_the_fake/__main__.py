"""`python -m mutation.of_the_fake [FILE ...]`: what `nox -s mutants_of_the_fake` runs."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pytest

from mutation.of_the_fake.judging import Job, Judging
from mutation.of_the_fake.mutants import mutants_of
from mutation.of_the_fake.scores import (
    FROM_OUTSIDE,
    ITS_OWN,
    Noticed,
    inside,
    judges,
    survivors,
    table,
    too_few,
)
from mutation.survivors import Survivor, differences, known

PROJECT: Final = Path(__file__).parents[3]
FAKE: Final = PROJECT / "pytest_julep_secrets/fake"
LIST: Final = Path(__file__).with_name("survivors.toml")
RECORDINGS: Final = "tests/test_recordings.py"
# In this process: its server has threads, which do not come along into a fork.
CONTRACT: Final = [f"tests/contract/test_fake.py::Test{name}" for name in ("Fake", "Developers")]
# Those with an opinion on what is inside; the others of `tests/fake` take half a minute.
OWN: Final = [
    *(f"tests/fake/test_{name}.py" for name in ("clock", "faults", "gate", "journal", "timeline")),
    *(
        f"tests/fake/test_{name}.py"
        for name in ("access", "api", "jsonb", "names", "request", "secret", "store")
    ),
]
SLOW: Final = [
    "tests/fake/test_store.py::test_in_a_store_of_100000_operations_take_the_steps_they_take_in_one_of_100",
    "tests/fake/test_secret.py::test_an_inequality_is_explained_without_values",
]
OPTIONS: Final = [
    *("-q", "--capture=no", "-p", "no:randomly", "-p", "no:xdist", "-p", "no:cacheprovider"),
    # Nobody reads why a test fails on a mutant; to write it down takes longer than to fail.
    *("--tb=native", "--assert=plain"),
    "--hypothesis-profile=ci",
    *(f"--deselect={test}" for test in SLOW),
]


def judge_of(file: Path) -> str:
    """Say which judge the tests of a file belong to."""
    recordings, contract = FROM_OUTSIDE
    if file == PROJECT / RECORDINGS:
        return recordings
    return ITS_OWN if file.is_relative_to(PROJECT / "tests/fake") else contract


def jobs(files: Iterable[Path]) -> Iterator[Job]:
    """Make the mutants, each with the judges that it is shown to."""
    listed = inside(LIST.read_text(encoding="utf-8"))
    for file in files:
        for mutant in mutants_of(PROJECT, file):
            for judge in judges(mutant.known_as, listed):
                yield mutant, judge


def main(names: list[str]) -> int:
    """Judge the mutants of all files, or of those named; return 1 if anything is wrong."""
    files = [Path(name).resolve() for name in names] or sorted(FAKE.rglob("*.py"))
    judging = Judging("pytest_julep_secrets.fake", PROJECT, jobs(files), judge_of)
    status = pytest.main([*OPTIONS, RECORDINGS, *CONTRACT, *OWN], plugins=[judging])
    if status or not judging.noticed:
        return int(status) or 1
    noticed: dict[Survivor, dict[str, bool]] = defaultdict(dict)
    for (mutant, judge), was in judging.noticed.items():
        noticed[mutant.known_as][judge] = was
    wrong = [*too_few(noticed), *_unlisted(noticed, files)]
    print(*table(noticed), "", *wrong, sep="\n")  # noqa: T201 - it is a command
    return 1 if wrong else 0


def _unlisted(noticed: Noticed, files: Iterable[Path]) -> Iterator[str]:
    """Complain of survivors that are not listed, and of those listed that are none."""
    looked_at = {file.relative_to(PROJECT).as_posix() for file in files}
    listed = known(LIST.read_text(encoding="utf-8"))
    return differences(survivors(noticed), {one for one in listed if one.file in looked_at})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
