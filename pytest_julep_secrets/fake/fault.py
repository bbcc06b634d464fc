"""One fault: which requests it is for, and what becomes of their answers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Final, Literal

from pytest_julep_secrets.fake.call import Delivery, Reply
from pytest_julep_secrets.fake.rules.failures import failure

Drop = Literal["before", "during", "after"]

ANY: Final = "any"


@dataclass(slots=True, eq=False, repr=False)
class Fault:
    """A failure that a test has planned. What it answers with never shows.

    Attributes:
        operation: "create", "list", "update", "delete" or "any".
        name: Only requests about the secret of this name; None for all.
        status: What is answered instead of the server; None lets it answer.
        headers: Replace those of the answer; lower-case names.
        body: Replaces the answer's; None keeps it.
        delay_s: Seconds before the answer.
        drop: Where the connection is closed: before the server has the request, during the answer,
            or after the server is done and before the answer.
        skip: So many requests are let pass first.
        times: It acts so often; None always.
        denies: Whether it stands for a secret that nobody may use.
        seen: How many requests it was for, those let pass among them.
        fired: How often it has acted.
        is_taken_back: Whether it was taken back.
    """

    operation: str
    name: str | None = None
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    delay_s: float = 0.0
    drop: Drop | None = None
    skip: int = 0
    times: int | None = 1
    denies: bool = False
    seen: int = 0
    fired: int = 0
    is_taken_back: bool = False

    def is_for(self, operation: str, names: Collection[str]) -> bool:
        """Tell whether a request is one that this fault is for."""
        return self.operation in (ANY, operation) and (self.name is None or self.name in names)

    @property
    def is_over(self) -> bool:
        """Whether it has acted as often as it should."""
        return self.times is not None and self.fired >= self.times

    @property
    def keeps_out(self) -> bool:
        """Whether the request never gets to the server, so that nothing changes."""
        return self.status is not None or self.drop == "before"

    def reply(self, operation: str) -> Reply:
        """Answer a request that was kept out; nobody reads it if the connection is dropped."""
        return failure(self.status or 503, operation)

    def spoil(self, reply: Reply, retries_wait: bool) -> None:
        """Change an answer, whoever gave it, and say how it travels.

        Args:
            reply: Changed in place.
            retries_wait: Whether the SDK is left to wait before it tries again.
        """
        if self.body is not None:
            reply.body = self.body
        changed = {"content-length": str(len(reply.body)), **self.headers}
        if self.body is not None and self.body.lstrip().startswith(b"<"):
            changed.setdefault("content-type", "text/html; charset=utf-8")
        if self.headers.get("x-should-retry") == "true" and not retries_wait:
            # The SDK then sends it again whatever the status.
            changed.setdefault("retry-after-ms", "1")
        reply.headers = [header for header in reply.headers if header[0] not in changed]
        reply.headers += changed.items()
        cut_at = len(reply.body) // 2 if self.drop == "during" else None
        drops = self.drop in ("before", "after")
        if self.delay_s or self.drop:
            reply.delivery = Delivery(self.delay_s, drops, cut_at, retries_wait)

    def __str__(self) -> str:
        """Write it as a test does, without what it answers."""
        if self.denies:
            return f"faults.deny('{self.name}')"
        shown = [f"'{self.operation}'"]
        shown += [] if self.status is None else [f"status={self.status}"]
        shown += ["headers=..."] if self.headers else []
        shown += [] if self.body is None else ["body=..."]
        shown += [f"delay_s={self.delay_s:g}"] if self.delay_s else []
        shown += [f"drop='{self.drop}'"] if self.drop else []
        shown += [f"name='{self.name}'"] if self.name else []
        shown += [f"skip={self.skip}"] if self.skip else []
        shown += [] if self.times == 1 else [f"times={self.times}"]
        return f"faults.add({', '.join(shown)})"

    def __repr__(self) -> str:
        return f"<{self}: fired {self.fired} times>"
