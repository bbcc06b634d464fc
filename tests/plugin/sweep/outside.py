"""The conftest of a sweep's run that leaks where no test does; copied into that run."""

from __future__ import annotations

import os
from typing import Final

import pytest

from plugin.sweep import channels
from plugin.sweep.cases import plan

END: Final = os.environ.get("SWEEP_END", "")


def texts_of(place: str) -> list[str]:
    number = channels.NAMES.index(place)
    batches = range(len(plan().batches(number)))
    return [text for batch in batches for text in channels.texts_of(number, batch)]


def end(place: str) -> None:
    if place == END:
        error = pytest.UsageError if place == "usage error" else LookupError
        raise error("\n".join(texts_of(place)))


end("conftest import")


def pytest_configure() -> None:
    end("usage error")


def pytest_collection_modifyitems() -> None:
    end("internal error")


def pytest_runtest_call() -> None:
    if END == "interrupt":
        raise KeyboardInterrupt("\n".join(texts_of(END)))


def pytest_report_header() -> list[str]:
    return texts_of("header")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.write_line("\n".join(texts_of("summary")))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "id_of" in metafunc.fixturenames:
        ids = texts_of("ids")
        metafunc.parametrize("id_of", range(len(ids)), ids=ids)


@pytest.fixture(scope="session", autouse=True)
def wider() -> object:
    yield
    raise LookupError("\n".join(texts_of("session teardown")))
