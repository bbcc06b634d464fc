"""Runs tests on each mutant: those that reach it, until one fails."""

from __future__ import annotations

import gc
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, Final

import pytest

from mutation.of_the_fake.grafting import Package
from mutation.of_the_fake.mutants import Mutant

# How many mutants are looked at at the same time.
_CHILDREN: Final = 2
# Some never come to an end, wait for it, or fill the memory.
_WAIT_S, _MEMORY = 300, 4 << 30

# How a process ends: whether the mutant was noticed, or that the process itself went wrong.
_SAID: Final = {0, 1}
_BROKEN: Final = 2

Job = tuple[Mutant, str]


@dataclass(frozen=True, slots=True, eq=False)
class Test:
    """One test.

    Attributes:
        item: What pytest runs.
        judge: The judge that it belongs to.
        seconds: How long it takes.
        reached: The functions that it calls, each with its file.
    """

    item: pytest.Item
    judge: str
    seconds: float
    reached: frozenset[tuple[str, str]]


@dataclass(eq=False)
class Judging:
    """A plugin of pytest: collects as ever, but runs the tests once for each mutant.

    Args:
        package: What the mutants are of.
        project: The folder that files are told from.
        jobs: The mutants, each with the judges it is shown to.
        judge_of: Says which judge a test belongs to, by its file.

    Attributes:
        noticed: Whether a judge has noticed a mutant.
    """

    package: str
    project: Path
    jobs: Iterable[Job]
    judge_of: Callable[[Path], str]
    noticed: dict[Job, bool] = field(default_factory=dict)
    _failed: bool = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """See whether a test fails."""
        self._failed |= report.failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests as they are, then on each mutant."""
        tests = [*self._unchanged(session.items)]
        if self._failed:
            raise session.Failed("A test fails without any mutant.")
        package = Package(self.package)
        # Or each process would copy most of the memory, to see what can be freed.
        gc.collect()
        gc.freeze()
        running: dict[int, Job] = {}
        for done, job in enumerate(self.jobs):
            if len(running) == _CHILDREN:
                self._wait(running)
            pid = forked(lambda job=job: self._notices(job, package, tests))  # type: ignore[misc]
            running[pid] = job
            if done % 200 == 0:
                sys.stderr.write(f"{done} ...\n")
        while running:
            self._wait(running)
        return True

    def _unchanged(self, items: list[pytest.Item]) -> Iterator[Test]:
        for item in items:
            start = time.process_time()
            codes = _called(lambda item=item: self._run([item]))  # type: ignore[misc]
            places = (_place(code, self.project) for code in codes)
            seconds = time.process_time() - start
            judge = self.judge_of(item.path)
            yield Test(item, judge, seconds, frozenset(place for place in places if place))

    def _notices(self, job: Job, package: Package, tests: Iterable[Test]) -> bool:
        mutant, judge = job
        try:
            everywhere = package.graft(mutant.known_as.file, mutant.at, mutant.code)
        except Exception:  # noqa: BLE001 - the module could not be imported
            return True
        place = mutant.known_as.file, mutant.known_as.function
        able = [test for test in tests if test.judge == judge]
        able = [test for test in able if everywhere or place in test.reached]
        seconds = 2 + 2 * ceil(sum(test.seconds for test in able))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        return self._run([test.item for test in sorted(able, key=lambda test: test.seconds)])

    def _run(self, items: list[pytest.Item]) -> bool:
        """Run tests until one fails; returns whether one did."""
        for item, following in zip(items, [*items[1:], None], strict=False):
            try:
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            except (pytest.exit.Exception, KeyboardInterrupt, MemoryError):
                return True
            if self._failed:
                return True
        return False

    def _wait(self, running: dict[int, Job]) -> None:
        pid, status = os.wait()
        # A limit counts as noticed; anything else is a mistake of ours.
        if os.WIFEXITED(status) and os.WEXITSTATUS(status) not in _SAID:
            raise RuntimeError(f"Judging {running[pid]} has failed.")
        self.noticed[running.pop(pid)] = status != 0


def forked(work: Callable[[], bool]) -> int:
    """Do something in a process of its own, which ends with the status that it returns."""
    pid = os.fork()
    if pid:
        return pid
    code = _BROKEN
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        signal.alarm(_WAIT_S)
        code = int(work())
    finally:
        # Nothing of the parent's is to be ended, or written twice.
        os._exit(code)


def _called(work: Callable[[], object]) -> set[CodeType]:
    codes = set()

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call":
            codes.add(frame.f_code)

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
    return codes


def _place(code: CodeType, project: Path) -> tuple[str, str] | None:
    file = Path(code.co_filename)
    if not file.is_relative_to(project):
        return None
    return file.relative_to(project).as_posix(), code.co_qualname.partition(".<locals>")[0]
