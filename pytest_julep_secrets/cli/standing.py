"""The fake that `julep-secrets serve` stands for: what it holds, lets in, and answers beside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from pytest_julep_secrets.circumstances import Alone
from pytest_julep_secrets.errors import ConfigurationError, SecretsError, Violation
from pytest_julep_secrets.fake.api import FakeServer
from pytest_julep_secrets.fake.call import Call, Reply
from pytest_julep_secrets.fake.gate import Gate
from pytest_julep_secrets.fake.rules import replies
from pytest_julep_secrets.fake.rules.access import SYSTEM_DEVELOPER
from pytest_julep_secrets.fake.store import Store
from pytest_julep_secrets.leaks.watch import Watch
from pytest_julep_secrets.operations import Operations
from pytest_julep_secrets.run import Run
from pytest_julep_secrets.seed import read_seed

HEALTH: Final = "/healthz"
_OK: Final = {"status": "ok"}
# How many of the values that have arrived are known at most, so that no message shows one.
_MOST_VALUES: Final = 10_000


@dataclass(frozen=True, slots=True)
class Setup:
    """How the fake is set up.

    Attributes:
        seed: Secrets to start with, and to go back to.
        api_key: The only key accepted; None accepts any, and none.
        multi_tenant: Whether developers are separated.
        developer: Whose requests are that name nobody, and whose the seed is.
        allowed: Names to let in although they look like production.
        reset_path: Where a POST goes back to the seed; None for nowhere.
    """

    seed: Mapping[str, Any] = field(default_factory=dict, repr=False)
    api_key: str | None = field(default=None, repr=False)
    multi_tenant: bool = False
    developer: UUID | None = None
    allowed: frozenset[str] = frozenset()
    reset_path: str | None = None


class Standing:
    """Answers as long as the command runs.

    Args:
        setup: As above.
        complain: Is told of every violation: nobody else here fails for it.

    Raises:
        ConfigurationError: If the seed cannot be stored.
    """

    def __init__(self, setup: Setup, complain: Callable[[str], None]) -> None:
        self._run = Run(_Circumstances())
        store = Store(gate=_Gate(self._run, setup))
        self._complain = complain
        self._reset_path = setup.reset_path
        self._plant(setup, store)
        self._store = store
        self._seeded = store.snapshot()
        self._server = FakeServer(
            store,
            api_key=setup.api_key,
            multi_tenant=setup.multi_tenant,
            developer=setup.developer,
        )

    def answer(self, call: Call) -> Reply:
        """Answer a request, to the fake or about it.

        Raises:
            Violation: As from the fake's gate.
        """
        if call.path == HEALTH:
            return _at("GET", call)
        if call.path == self._reset_path:
            return self._reset(call)
        try:
            return self._server.answer(call)
        except Violation as violation:
            self._run.record.settle(violation)
            self._complain(str(violation))
            raise
        finally:
            # Nobody reads it, and the command may run for days.
            self._server.journal.clear()
            if len(self._run.watch) > _MOST_VALUES:
                self._run.watch = Watch()

    def _reset(self, call: Call) -> Reply:
        reply = _at("POST", call)
        if reply.status == 200:
            self._store.restore(self._seeded)
        return reply

    def _plant(self, setup: Setup, store: Store) -> None:
        operations = Operations(store, setup.developer or SYSTEM_DEVELOPER)
        try:
            for secret in read_seed(setup.seed, "The seed").values():
                operations.create(**secret)
        except (SecretsError, Violation) as error:
            raise ConfigurationError(f"The seed cannot be used. {error}") from None


class _Circumstances(Alone):
    """Those of a server: what a client does is in no line of this process."""

    remedy = "start the server with --allow-name {}"

    def violation(self, check: str, message: str, place: str) -> Violation:  # noqa: ARG002
        """Make a plain one."""
        return Violation(check, message)


def _at(method: str, call: Call) -> Reply:
    """Say that all is well, or what the only method is."""
    if call.method == method or (call.method, method) == ("HEAD", "GET"):
        return replies.json_reply(200, _OK)
    reply = replies.router_error(405, "Method Not Allowed")
    reply.headers.append(("allow", method))
    return reply


class _Gate(Gate):
    """Asks the guards as any fake does."""

    def __init__(self, run: Run, setup: Setup) -> None:
        self._run = run
        self._setup = setup

    def arrived(self, name: object, value: object) -> None:
        """Know values, so that no message shows one."""
        self._run.arrived(name, value)

    def admit(self, name: str, value: str) -> None:
        """Keep out what looks like production or like a real credential."""
        self._run.admit(name, value, self._setup.allowed)

    def admit_key(self, key: str) -> None:
        """Keep out what looks like a real key, unless it is the one asked for."""
        if key.rpartition(" ")[2] != self._setup.api_key:
            self._run.admit_key(key)
