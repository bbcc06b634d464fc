"""What ties promises to a target: the fixture they speak through, and the end of what they make."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pytest_julep_secrets.contract.caller import Caller
from pytest_julep_secrets.contract.cleaning import clean, newest
from pytest_julep_secrets.contract.target import Target
from pytest_julep_secrets.errors import ConfigurationError


class Held:
    """Gives promises the fixture `api`; a subclass gives it a `target`."""

    @pytest.fixture
    def api(self, request: pytest.FixtureRequest) -> Iterator[Caller]:
        """Give a promise what it speaks through."""
        target = getattr(type(self), "target", None)
        if not isinstance(target, Target):
            target = _from_fixture(request)
        if not target.in_use:
            target.in_use = True
            target.since = target.latest = newest(target)
            # When the last promise of the class has ended, or the run is interrupted.
            request.node.getparent(pytest.Class).addfinalizer(
                lambda: _finish(target, request.session)
            )
        caller = Caller(target)
        yield caller
        caller.clean()


def _from_fixture(request: pytest.FixtureRequest) -> Target:
    try:
        target: Target = request.getfixturevalue("target")
    except pytest.FixtureLookupError as error:
        if error.argname != "target":
            raise
        pytest.fail(
            f"'{request.cls.__name__}' has nothing to hold to the contract.\n"
            "Give it an attribute, target = Target('http://localhost:8080'), or a fixture of "
            "that name.",
            pytrace=False,
        )
    return target


def _finish(target: Target, session: pytest.Session) -> None:
    text = ""
    try:
        left = clean(target)
    except ConfigurationError as error:
        text = str(error)
    else:
        if left:
            text = (
                f"{len(left)} secrets could not be deleted: {', '.join(left)}.\n"
                f"When the target answers again: julep-secrets sweep {target.url}"
            )
    finally:
        target.in_use = False
        target.close()
    if text:
        _tell(text, session)


def _tell(text: str, session: pytest.Session) -> None:
    """Fail the last promise; say it where a run was interrupted, and has none that could fail."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or session.exitstatus != pytest.ExitCode.INTERRUPTED:
        pytest.fail(text, pytrace=False)
    reporter.ensure_newline()
    reporter.write_line(text)
