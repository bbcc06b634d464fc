"""What is to go wrong: faults in the order they were planned."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping
from typing import Any, Never

from pytest_julep_secrets.fake import fault_arguments as check
from pytest_julep_secrets.fake.fault import ANY, Drop, Fault


class Faults:
    """Failures that a test plans, over HTTP: what the test itself does by name is not touched.

    Args:
        planned: Told of each fault.

    Attributes:
        pending: The faults that may still act, in the order they were added.
    """

    def __init__(self, planned: Callable[[Fault], None] | None = None) -> None:
        # Asked at each request: as long as nothing is planned, that is all it costs.
        self.pending: list[Fault] = []
        self._planned = planned
        self._lock = threading.Lock()

    def add(
        self,
        operation: str,
        *,
        status: int | None = None,
        headers: Mapping[str, str | float] | None = None,
        body: bytes | str | dict[str, Any] | list[Any] | None = None,
        delay_s: float = 0,
        drop: Drop | None = None,
        name: str | None = None,
        skip: int = 0,
        times: int | None = 1,
        **unknown: Never,
    ) -> Fault:
        """Let a request fail.

        Of several faults, the first that is for a request takes it; those behind do not see it.
        A fault that never acts fails the test.

        Args:
            operation: "create", "list", "update", "delete" or "any".
            status: From 400 to 599. It is answered instead of the server, and nothing changes.
            headers: Added to the answer.
            body: Bytes, a text, or JSON, instead of the answer's. Without a status the server has
                done its part.
            delay_s: Seconds before the answer. A client whose read time-out is shorter has it at
                once.
            drop: The connection is closed "before" the server has the request, "during" the body
                of the answer, or "after" the server is done, without an answer.
            name: Only requests about the secret of this name: its old or its new one.
            skip: So many of these requests pass first.
            times: It acts so often; None always.
            unknown: Refused, by naming the arguments that there are.

        Returns:
            The fault; `fired` counts how often it has acted.

        Raises:
            ValueError: If an argument cannot be used.
            TypeError: If there is no such argument.
        """
        check.nothing_else(unknown)
        known = check.operation(operation)
        arguments: dict[str, Any] = {
            "status": check.status(status),
            "headers": check.headers(headers),
            "body": check.body(body),
            "delay_s": check.seconds(delay_s),
            "drop": check.drop(drop),
            "name": check.name(name, known),
            "skip": check.skip(skip),
            "times": check.times(times),
        }
        check.agree(arguments)
        return self._plan(Fault(known, **arguments))

    def deny(self, name: str) -> Fault:
        """Refuse every request about a secret with a 403, and the test's own operations on it.

        Raises:
            ValueError: If this is not the name of a secret.
        """
        known = check.name("" if name is None else name)
        return self._plan(Fault(ANY, known, status=403, times=None, denies=True))

    def clear(self) -> None:
        """Take all faults back, those that never acted too."""
        with self._lock:
            for fault in self.pending:
                fault.is_taken_back = True
            self.pending = []

    def take(self, operation: str, names: Collection[str]) -> Fault | None:
        """Give the fault that a request runs into, if any.

        Args:
            operation: "create", "list", "update" or "delete".
            names: The secret's, and the one that it is to get.
        """
        with self._lock:
            for fault in self.pending:
                if not fault.is_for(operation, names):
                    continue
                fault.seen += 1
                if fault.seen > fault.skip:
                    return self._fire(fault)
        return None

    def denies(self, name: str) -> bool:
        """Tell whether a secret is denied to the test's own operations; it then has been."""
        with self._lock:
            for fault in self.pending:
                if fault.denies and fault.name == name:
                    fault.seen += 1
                    self._fire(fault)
                    return True
        return False

    def _fire(self, fault: Fault) -> Fault:
        fault.fired += 1
        if fault.is_over:
            self.pending.remove(fault)
        return fault

    def _plan(self, fault: Fault) -> Fault:
        with self._lock:
            self.pending.append(fault)
        if self._planned is not None:
            self._planned(fault)
        return fault

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self.pending)} pending>"
