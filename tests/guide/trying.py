"""Runs a sample as a script would be, and says what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import julep
import pytest

from pytest_julep_secrets import MockSecrets

# As in a project that has chosen what pytest-asyncio asks for. Faker is slow to load.
ARGS = (
    *("-p", "no:randomly", "-p", "no:faker"),
    *("-o", "asyncio_default_fixture_loop_scope=function"),
)


@dataclass(frozen=True)
class Outcome:
    """What came of a sample.

    Attributes:
        error: The exception that ended it, as a traceback's last line has it; None if none did.
        printed: The lines it has printed.
        requests: What reached the server: "create 201".
    """

    error: str | None = None
    printed: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Trying:
    """Runs samples on a fake.

    Attributes:
        secrets: The fake.
        output: The test's capture.
    """

    secrets: MockSecrets
    output: pytest.CaptureFixture[str]

    def __call__(self, code: str, *, name: str = "<sample>", **given: Any) -> Outcome:
        """Run code, and say what came of it.

        Args:
            code: Python. What a sample takes for granted is there: `client`.
            name: The file it is from.
            given: Further names that are there.
        """
        self.secrets.calls.clear()
        self.output.readouterr()
        error = None
        scope = {"__name__": "__main__", "client": julep.Julep(api_key="your_api_key"), **given}
        try:
            exec(compile(code, name, "exec"), scope)  # noqa: S102 - that is what it is for
        except Exception as raised:  # noqa: BLE001 - whatever it is, it is told
            error = f"{type(raised).__name__}: {getattr(raised, 'msg', raised)}"
        requests = [f"{call.operation} {call.status}" for call in self.secrets.calls]
        return Outcome(error, self.output.readouterr().out.splitlines(), requests)
