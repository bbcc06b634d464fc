"""The channels of a sweep, under their rows in the docs, and the test that leaks through each.

This file is copied into the sweep's run, as its test module.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

import pytest

pytest.register_assert_rewrite("plugin.sweep.leaking")

from plugin.sweep import leaking as by  # noqa: E402 - once it is to be rewritten
from plugin.sweep.cases import Case, plan  # noqa: E402
from pytest_julep_secrets import current  # noqa: E402

Leak = Callable[[by.Texts, pytest.FixtureRequest], None]


class Channel(NamedTuple):
    """A way for a test to leak texts.

    Attributes:
        leak: Does it.
        phase: When.
    """

    leak: Leak
    phase: str = "call"

    @property
    def name(self) -> str:
        name = self.leak.__name__.replace("_", " ")
        return name if self.phase == "call" else f"{name} in {self.phase}"

    @property
    def id(self) -> str:
        return self.name.replace(" ", "_")


PHASES: Final = ("setup", "call", "teardown")

# Under their row in docs/reference/channels.md.
CHANNELS: Final[dict[str, list[Channel]]] = {
    "captured stdout, stderr, log: setup, call, teardown": [
        *[
            Channel(leak, phase)
            for leak in (by.stdout, by.stderr, by.log_lines)
            for phase in PHASES
        ],
        Channel(by.unread_capsys),
    ],
    "records' args and `exc_info`": [Channel(by.log_args), Channel(by.log_exc_info)],
    "records' `extra` in pytest-json-report": [Channel(by.log_extra)],
    "child processes under `--capture=fd`": [Channel(by.child)],
    "sections added by others": [Channel(by.section)],
    "sub-tests: output, log, exceptions": [
        Channel(by.subtest_output), Channel(by.subtest_exception),
    ],
    "exceptions: text, cause, context, groups, notes": [
        *map(Channel, (by.exception, by.cause, by.context, by.note, by.group, by.exit_code)),
        Channel(by.exception, "setup"), Channel(by.exception, "teardown"),
    ],
    "skip and imperative xfail reasons": [Channel(by.skip), Channel(by.xfail)],
    "reasons in `xfail` marks": [Channel(by.xfail_mark)],
    "assertions: both sides, diffs, messages": [
        *map(Channel, (by.compare_texts, by.compare_lists, by.compare_dicts)),
        *map(Channel, (by.contained, by.assertion_message)),
    ],
    "`pytest.fail`, `pytest.raises(match=)`": [
        *map(Channel, (by.fail, by.fail_without_traceback, by.raises_match)),
    ],
    "tracebacks: source lines, locals, arguments, the SDK's frames": [
        *map(Channel, (by.source_lines, by.local_variables, by.arguments)),
    ],
    "`record_property`": [Channel(by.properties)],
    "warnings": [Channel(by.warning)],
    "exceptions in threads and in destructors": [Channel(by.thread), Channel(by.destructor)],
    "`-s`, `--capture=tee-sys`, `capsys.disabled()`, `log_cli`": [Channel(by.capsys_disabled)],
    "the cache: `cache.set`, `--lf`": [Channel(by.cache)],
    "`--junitxml`, with suite properties and attributes": [
        Channel(by.suite_properties), Channel(by.xml_attribute),
    ],
    "`--report-log`, `--html`, `--json-report`": [
        Channel(by.html_extra), Channel(by.json_metadata),
    ],
}  # fmt: skip

ALL: Final = [channel for some in CHANNELS.values() for channel in some]

# Where no test leaks, likewise; what `outside.py` does.
OUTSIDE: Final[dict[str, list[str]]] = {
    "setup, teardown and collection errors": ["session teardown", "import", "collection error"],
    "ids, names of tests": ["ids"],
    "progress, header, short summary, other plugins' summaries": ["header", "summary"],
    "conftest, usage and internal errors, interrupts": [
        "conftest import", "usage error", "internal error", "interrupt",
    ],
}  # fmt: skip

NAMES: Final = [
    *[channel.name for channel in ALL],
    *[name for some in OUTSIDE.values() for name in some],
]


def tag(number: int) -> str:
    """What stands before each text of a channel, so that a search tells the channel."""
    return f"channel{number}x"


def text_of(case: Case, number: int) -> str:
    return f"{tag(number)} key: {case.shown} done"


def texts_of(number: int, batch: int) -> by.Texts:
    """Make a batch's texts, and tell the run of their values, as a fake does when they arrive."""
    run = current.innermost()
    texts = by.Texts()
    for case in plan().batches(number)[batch]:
        if run is not None:
            run.arrived(case.shape, case.value)
        texts.append(text_of(case, number))
    return texts


@pytest.fixture
def leak(
    number: int, batch: int, request: pytest.FixtureRequest
) -> Iterator[Callable[[str], None]]:
    texts = texts_of(number, batch)

    def leak_in(phase: str) -> None:
        if phase == ALL[number].phase:
            ALL[number].leak(texts, request)

    leak_in("setup")
    yield leak_in
    leak_in("teardown")


@pytest.mark.parametrize("number", range(len(ALL)), ids=[channel.id for channel in ALL])
@pytest.mark.parametrize("batch", range(len(plan().batches(0))), ids="batch{}".format)
def test_leak(leak: Any, number: int, batch: int) -> None:
    leak("call")
