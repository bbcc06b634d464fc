"""`MockSecrets`, the object users hold: the fake, and what leads their clients to it."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any, NoReturn, Self
from uuid import UUID

from pytest_julep_secrets import arguments, current
from pytest_julep_secrets.circumstances import Alone
from pytest_julep_secrets.errors import ConfigurationError, SecretsError, UnusedFaultError
from pytest_julep_secrets.fake.api import FakeServer
from pytest_julep_secrets.fake.clock import ServerClock
from pytest_julep_secrets.fake.fault import Fault
from pytest_julep_secrets.fake.faults import Faults
from pytest_julep_secrets.fake.gate import Gate
from pytest_julep_secrets.fake.journal import Journal
from pytest_julep_secrets.fake.rules.access import SYSTEM_DEVELOPER
from pytest_julep_secrets.fake.store import Snapshot, Store
from pytest_julep_secrets.guards.hosts import Hosts
from pytest_julep_secrets.guards.place import user_line
from pytest_julep_secrets.guards.verdict import Expected
from pytest_julep_secrets.operations import Operations
from pytest_julep_secrets.planned import Plan
from pytest_julep_secrets.reach import interception, network
from pytest_julep_secrets.reach.environment import FAKE_KEY, set_key
from pytest_julep_secrets.reach.httpx import describe_request
from pytest_julep_secrets.reach.transport import GatewayTransport
from pytest_julep_secrets.run import Run
from pytest_julep_secrets.seed import Seed, read_seed
from pytest_julep_secrets.wishes import granting

if TYPE_CHECKING:
    import httpx
    import respx

    from pytest_julep_secrets.reach.served import JulepServer


class MockSecrets(Operations):
    """An in-memory Julep secrets server that your code's own clients talk to.

    As a context manager it leads every Julep client of this process to itself, whenever the
    client was built; of two, the inner one wins. The methods below are for your test: they
    work by name, see real values, and are not HTTP requests.

        with MockSecrets({"stripe_api_key": "sk-fake-1"}) as secrets:
            rotate_stripe_key()
            assert secrets["stripe_api_key"] != "sk-fake-1"

    Args:
        seed: Secrets to start with: names mapped to values, or to mappings with `value`,
            `description`, `metadata`.
        api_key: The only key accepted, as `JULEP_API_KEY` or by a client; None accepts any.
        developer: A developer's id. The server is then a multi-tenant one: requests are this
            developer's, unless they name another in `X-Developer-Id`.
        exact_headers: True leaves out `retry-after-ms: 1`, with which the SDK's retries (of a
            409, for example) do not wait. They then take about 20 seconds, as they really do.
        base_urls: Where your API is, beside the SDK's own bases and `JULEP_BASE_URL`.
        allow_names: Names to let in although they look like production.
        id_seed: A number from which ids follow: of the same times, always the same ids. None
            for ids that nobody can know.

    Attributes:
        faults: What is to go wrong.
        clock: The server's time.
        transport: For clients of your own.

    Raises:
        ConfigurationError: If an argument cannot be used.
        Violation: If a name of the seed looks like production, or a value like a real one.
    """

    def __init__(
        self,
        seed: Seed | None = None,
        /,
        *,
        api_key: str | None = None,
        developer: UUID | str | None = None,
        exact_headers: bool = False,
        base_urls: Iterable[str] = (),
        allow_names: Collection[str] = (),
        id_seed: int | None = None,
    ) -> None:
        tenant = arguments.read_developer(developer)
        run = current.innermost()
        self._is_alone = run is None
        self._run = run or Run(Alone())
        self._owner = self._run.owner()
        self._key = api_key or FAKE_KEY
        gate = _OwnGate(self._run, self._owner, arguments.read_names(allow_names), self._key)
        self.clock: ServerClock = ServerClock()
        store = Store(clock=self.clock, new_id=arguments.read_id_seed(id_seed), gate=gate)
        super().__init__(store, tenant or SYSTEM_DEVELOPER, Faults(self._planned))
        self._server = FakeServer(
            store,
            api_key=api_key,
            multi_tenant=tenant is not None,
            developer=tenant,
            exact_headers=exact_headers,
            faults=self.faults,
        )
        self._answer = granting(self._server)
        self._target = interception.Target(self._answer, arguments.read_base_urls(base_urls))
        self._hosts = Hosts(self._run.keep_in)
        self._restore_key: list[Callable[[], None]] = []
        self.transport: GatewayTransport = GatewayTransport(
            self._answer, self._target.bases, self._refuse
        )
        for secret in read_seed({} if seed is None else seed, "The seed").values():
            self._plant(secret, "The seed")

    # --- as a context manager

    def __enter__(self) -> Self:
        """Start leading clients here."""
        owner = self._run.owner()
        if owner != self._owner:
            # Whoever starts it answers for what it holds.
            self._owner = owner
            for secret in self._every():
                self._run.arrived(secret.name, secret.value)
        if self._is_alone:
            network.begin(self._guard)
        interception.start(self._target)
        self._restore_key.append(set_key(self._key))
        return self

    def __exit__(self, kind: object, raised: BaseException | None, traceback: object) -> None:
        """Stop; whatever was there before is there again.

        Raises:
            Violation: Outside of pytest, if one was made inside and swallowed.
            UnusedFaultError: If a fault never acted that no test has been failed for.
        """
        self._restore_key.pop()()
        interception.stop(self._target)
        if self._is_alone:
            network.end(self._guard)
        if self._restore_key:
            return
        if self._is_alone:
            swallowed = self._run.record.settle(raised)
            if swallowed:
                for another in swallowed[1:]:
                    swallowed[0].add_note(str(another))
                raise swallowed[0]
        if raised is None:
            self._refuse_unused_faults()

    # --- what happened, and going back

    @property
    def calls(self) -> Journal:
        """The requests that were answered, oldest first; never a value."""
        return self._server.journal

    def clear(self) -> None:
        """Remove all secrets and forget all calls."""
        super().clear()
        self.calls.clear()

    def snapshot(self) -> Snapshot:
        """Keep what is stored now, for `restore`."""
        return self._store.snapshot()

    def restore(self, snapshot: Snapshot) -> None:
        """Go back to a snapshot; it can be used again."""
        self._store.restore(snapshot)

    # --- other ways in

    @property
    def api_key(self) -> str:
        """A key that this server accepts."""
        return self._key

    def mount(self, router: respx.Router) -> respx.Route:
        """Answer from a respx router, which then stands instead of the interception.

        Args:
            router: The `respx_mock` fixture, or any router.

        Returns:
            The route added, for its `calls`.
        """
        from pytest_julep_secrets.reach.respx import mount  # noqa: PLC0415 - an extra

        self._target.takes_requests = False
        return mount(router, self._answer, self._target.bases())

    @contextmanager
    def serve(self, *, host: str = "127.0.0.1", port: int = 0) -> Iterator[JulepServer]:
        """Answer over HTTP too, for other processes and languages, during a block.

            with secrets.serve() as server:
                subprocess.run(["npm", "test"], env={**os.environ, **server.env}, check=True)

        Args:
            host: Where to listen; nobody but this machine reaches the default.
            port: 0 for any that is free.

        Raises:
            OSError: If nothing can listen there.
        """
        from pytest_julep_secrets.reach.served import served  # noqa: PLC0415 - few need it
        from pytest_julep_secrets.reach.server import Server  # noqa: PLC0415 - asyncio is large

        with Server(self._answer, host=host, port=port) as server:
            yield served(server.url, self._key, os.environ)

    def expect_violation(self, check: str) -> AbstractContextManager[Expected]:
        """Expect a block to violate a check, once; it then does not fail the test.

            with mock_secrets.expect_violation("names") as violation:
                mock_secrets.create(name="prod_key", value="sk-fake-1")
            assert "'prod_key'" in str(violation.value)

        Args:
            check: "names", "naming", "credentials", "hosts" or "environment".

        Raises:
            AssertionError: If the block did not.
            ValueError: If there is no such check.
        """
        return self._run.record.expect(check)

    def _planned(self, fault: Fault) -> None:
        self._run.planned.add(Plan(fault, self._run.owner(), self, user_line()))

    def _refuse_unused_faults(self) -> None:
        unused = self._run.planned.take_unused(lambda plan: plan.fake is self)
        if unused:
            raise UnusedFaultError(self._run.watch.redact("\n\n".join(unused)))

    def _guard(self) -> Hosts:
        return self._hosts

    def _refuse(self, request: httpx.Request) -> NoReturn:
        what = describe_request(request, request.url)
        raise self._run.violate("hosts", self._run.unanswered(what))

    def _plant(self, secret: Mapping[str, Any], where: str) -> None:
        try:
            self.create(**secret)
        except SecretsError as error:
            raise ConfigurationError(f"{where} cannot be used. {error}") from None


class _OwnGate(Gate):
    """The gate of a run, with an owner, exemptions and a key of one fake's own.

    Who has made the fake answers for what is in it, too: a wider fixture, for what a test puts
    in and another one finds there.
    """

    def __init__(self, run: Run, maker: Hashable, allowed: frozenset[str], key: str) -> None:
        self._run = run
        self._maker = maker
        self._allowed = allowed
        self._key = key
        run.may_need(allowed)

    def arrived(self, name: object, value: object) -> None:
        """Tell the run."""
        self._run.arrived(name, value)
        if self._maker is not None and self._maker != self._run.owner():
            self._run.watch_for(name, value, self._maker)

    def admit(self, name: str, value: str) -> None:
        """Ask the run, which knows whether exemptions count."""
        self._run.admit(name, value, self._allowed)

    def admit_key(self, key: str) -> None:
        """Ask the run, unless it is the fake's own."""
        if key.rpartition(" ")[2] != self._key:
            self._run.admit_key(key)
