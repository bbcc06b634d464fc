"""How a violation and a leak show in pytest: as failures with our message, without a traceback."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

import pytest

from pytest_julep_secrets.errors import Violation

TITLE: Final = "julep secrets"


class JulepSecretsViolation(Violation, pytest.fail.Exception):  # type: ignore[name-defined,misc]
    """A violation that pytest shows like `pytest.fail(message, pytrace=False)`."""

    # As pytest does for its own: the summary shows the name alone.
    __module__ = "builtins"

    def __init__(self, check: str, message: str, place: str = "") -> None:
        super().__init__(check, message, place)
        self.msg: str = str(self)
        self.pytrace = False


class JulepSecretsLeak(pytest.fail.Exception):  # type: ignore[name-defined,misc]
    """A secret's value in what a test printed, logged or raised, or no way to see one there."""

    __module__ = "builtins"


class JulepSecretsUnusedFault(pytest.fail.Exception):  # type: ignore[name-defined,misc]
    """A fault that a test has planned and that never acted."""

    __module__ = "builtins"


class Trouble(NamedTuple):
    """What a test has to be failed for, beside what failed it by itself.

    Attributes:
        fail: Makes the exception that pytest is to show, from the text.
        text: Sentences on what happened and what to do; never a value.
    """

    fail: Callable[[str], BaseException]
    text: str


def swallowed(check: str, text: str, count: int) -> Trouble:
    """Describe a violation that did not come out of the code, and how often it was made."""
    times = f" ({count} times)" if count > 1 else ""
    text = f"{text}\nThe code went on after this violation{times}; it counts all the same."
    return Trouble(partial(JulepSecretsViolation, check), text)


def leaked(text: str) -> Trouble:
    """Describe leaks."""
    return Trouble(partial(JulepSecretsLeak, pytrace=False), text)


def blinded(texts: Sequence[str]) -> Trouble:
    """Describe what the leak check could not have seen."""
    text = "\n".join(f"This test's leak check could not have seen a leak: {one}" for one in texts)
    return Trouble(partial(JulepSecretsLeak, pytrace=False), text)


def unused(text: str) -> Trouble:
    """Describe a fault that never acted."""
    return Trouble(partial(JulepSecretsUnusedFault, pytrace=False), text)


def join(troubles: Sequence[Trouble]) -> str:
    """Return all there is to tell."""
    return "\n\n".join(one.text for one in troubles)


def representation(troubles: Sequence[Trouble]) -> Any:
    """Return what `report.longrepr` has to be where nothing else has failed."""
    try:
        raise troubles[0].fail(join(troubles))
    except (JulepSecretsViolation, JulepSecretsLeak, JulepSecretsUnusedFault) as error:
        return pytest.ExceptionInfo.from_exception(error).getrepr(style="value")


def place(longrepr: Any, item: pytest.Item) -> None:
    """Let a representation point at a test, as `--tb=line` shows it."""
    if longrepr.reprcrash is not None:
        path, line, _ = item.reportinfo()
        longrepr.reprcrash.path = str(path)
        longrepr.reprcrash.lineno = (line or 0) + 1


def add(report: Any, text: str) -> None:
    """Add a section to why a report has failed."""
    if hasattr(report.longrepr, "addsection"):
        report.longrepr.addsection(TITLE, text)
    else:
        report.longrepr = f"{report.longrepr}\n\n{TITLE}: {text}"
