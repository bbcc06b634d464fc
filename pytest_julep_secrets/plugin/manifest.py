"""`--julep-secrets-manifest`: the run's made-up values, written for a later scan.

Somebody may upload it with the rest. So what may be real stays out: what the environment has or
had, what is watched by name, what somebody else than a fake was given, what a guard has refused.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest

from pytest_julep_secrets.plugin.summary import Note

if TYPE_CHECKING:
    from pytest_julep_secrets.plugin.state import State


class Manifest:
    """The manifest of one run.

    Args:
        state: Of the run, before its first conftest: code may take a variable away.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._name: str = state.config.known_args_namespace.julep_secrets_manifest
        self._path = state.config.invocation_params.dir / self._name
        self._environment = set(os.environ.values())

    @property
    def _is_worker(self) -> bool:
        return hasattr(self._state.config, "workerinput")

    def check(self) -> None:
        """Refuse to begin if it cannot be written where it should be.

        Raises:
            pytest.UsageError: If so.
        """
        if self._is_worker:
            return
        folder = self._path.parent
        if self._path.exists() and not self._path.is_file():
            # To take its place would take /dev/null from everybody, where it is root's run.
            what = "a folder" if self._path.is_dir() else "a device or a pipe"
            reason = f"it is {what}.\nGive the name of a file, such as "
            raise pytest.UsageError(f"{self._told} cannot be written: {reason}'manifest.json'.")
        if not folder.is_dir() or not os.access(folder, os.W_OK):
            reason = "is not there" if not folder.is_dir() else "cannot be written to"
            raise pytest.UsageError(
                f"{self._told} cannot be written: its folder {reason}.\n"
                "Make it before the run, or give another one."
            )

    @property
    def _told(self) -> str:
        return f"The manifest '{self._name}'"

    def finish(self, session: pytest.Session) -> None:
        """Write it; a worker of xdist only says what may be real."""
        run = self._state.run
        if run is not None:
            # Of the environment, only what came to a fake goes on to other processes.
            known = {value for _, value in run.watch.made_up()}
            for value in self._environment.union(os.environ.values()):
                for text in {value, value.strip()} & known:
                    run.watch.may_be_real(text)
        if not self._is_worker:
            self._write(session)

    def _write(self, session: pytest.Session) -> None:
        from pytest_julep_secrets.artefacts.values import manifest

        secrets = self._secrets()
        try:
            manifest.write(self._path, secrets)
        except OSError as error:
            text = f"{self._told} could not be written: {error.strerror}."
            if session.exitstatus == pytest.ExitCode.OK:
                session.exitstatus = pytest.ExitCode.TESTS_FAILED
        else:
            count = len(secrets)
            text = f"Manifest '{self._name}': {count} value{'' if count == 1 else 's'}"
            left_out = len(self._state.run.watch) - count if self._state.run else 0
            text += f", without {left_out} that may be real" if left_out else ""
        self._state.notes.append(Note("manifest", text))

    def _secrets(self) -> list[tuple[str, str]]:
        if self._state.run is None:
            return []
        from pytest_julep_secrets.guards.credentials import credential_rule

        now = time.time()
        made_up = self._state.run.watch.made_up()
        return [(name, value) for name, value in made_up if credential_rule(value, now) is None]
