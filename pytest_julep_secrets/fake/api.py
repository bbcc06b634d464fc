"""The server: one call in, one reply out, every check in the server's order."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final
from uuid import UUID

from pytest_julep_secrets import sdk
from pytest_julep_secrets.fake.call import Call, Reply
from pytest_julep_secrets.fake.fault import Fault
from pytest_julep_secrets.fake.faults import Faults
from pytest_julep_secrets.fake.gate import named_values
from pytest_julep_secrets.fake.journal import Entry, Journal
from pytest_julep_secrets.fake.refusals import InvalidData, Refused, Unexpected
from pytest_julep_secrets.fake.request import (
    Answered,
    Exchange,
    read_body,
    read_parameters,
    read_uuid,
)
from pytest_julep_secrets.fake.rules import access, cors, replies, routes
from pytest_julep_secrets.fake.rules.replies import Crash, Detail, Unencodable
from pytest_julep_secrets.fake.secret import timestamp
from pytest_julep_secrets.fake.store import Store
from pytest_julep_secrets.fake.subject import subject_of

# What PostgreSQL takes as LIMIT and OFFSET.
_COUNTS: Final = range(1 << 63)
_CRASHED: Final = replies.text_reply(500, "Internal Server Error")


class FakeServer:
    """An in-memory Julep secrets server.

    Args:
        store: Where secrets are kept; a new one if None.
        api_key: The key the server was set up with; None accepts any, and none.
        key_header: The header that carries it: "Authorization", as every compose file of the
            server sets it, or "X-Auth-Key", the server's own default.
        multi_tenant: Whether `X-Developer-Id` is required and separates developers.
        developer: Whom the gateway in front names where a request names nobody.
        accounts: What the server's database knows of developers.
        exact_headers: False adds `retry-after-ms: 1` to replies that the SDK sends again, so
            that it does so without waiting. The real server sends no such header.
        faults: What is to go wrong; nothing if None.

    Attributes:
        store: The secrets.
        journal: The requests answered.
        faults: As above.

    Source:
        Recorded exchanges with the real server; each rule names its own.
    """

    def __init__(
        self,
        store: Store | None = None,
        *,
        api_key: str | None = None,
        key_header: str = "Authorization",
        multi_tenant: bool = False,
        developer: UUID | None = None,
        accounts: Mapping[UUID, access.Account] | None = None,
        exact_headers: bool = False,
        faults: Faults | None = None,
    ) -> None:
        self.store: Store = store or Store()
        self.faults: Faults = faults or Faults()
        self.journal: Journal = Journal()
        self._api_key = api_key
        self._key_header = key_header.lower()
        self._multi_tenant = multi_tenant
        self._developer = developer
        self._accounts = accounts or {}
        self._exact_headers = exact_headers
        self._operations: dict[str | None, Callable[[Exchange], Reply]] = {
            "create": self._create,
            "list": self._list,
            "update": self._update,
            "delete": self._delete,
        }

    def answer(self, call: Call) -> Reply:
        """Answer a request as the server would; raises only what the store's gate raises."""
        exchange = Exchange(call)
        fault = self._take_fault(exchange) if self.faults.pending else None
        if fault is not None and fault.keeps_out:
            reply = self._keep_out(exchange, fault)
        else:
            reply = cors.preflight(call) or self._answer(exchange)
        if call.body and exchange.body is None:
            # It was refused before anybody looked.
            self._tell_gate(call.body)
        now = self.store.now()
        if call.method == "HEAD":
            reply.body = b""
        reply.headers[:0] = [("date", _http_date(int(now.timestamp()))), ("server", "uvicorn")]
        if not self._exact_headers and sdk.is_retried(reply.status):
            reply.headers.append(("retry-after-ms", "1"))
        if fault is not None:
            fault.spoil(reply, retries_wait=self._exact_headers)
        self.journal.add(
            Entry(
                exchange.operation,
                exchange.name,
                exchange.id or None,
                None if reply.delivery is not None and reply.delivery.drops else reply.status,
                _attempt(call),
                now,
                fault is not None,
            )
        )
        return reply

    def _take_fault(self, exchange: Exchange) -> Fault | None:
        """Give the fault that a call runs into; what it is about is noted if nobody else will."""
        subject = subject_of(
            exchange.call, self.store, self._developer, multi_tenant=self._multi_tenant
        )
        if subject is None:
            return None
        fault = self.faults.take(subject.operation, subject.names)
        if fault is not None and fault.keeps_out:
            exchange.operation, exchange.id = subject.operation, subject.id
            exchange.name = next(iter(subject.names), None)
        return fault

    def _keep_out(self, exchange: Exchange, fault: Fault) -> Reply:
        """Answer a call that never gets to the server; it was sent, so the gate is asked."""
        call = exchange.call
        gate = self.store.gate
        if exchange.operation in ("create", "update"):
            self._tell_gate(call.body)
            for name, value in named_values(call.body):
                if isinstance(name, str) and isinstance(value, str):
                    gate.admit(name, value)
        gate.admit_key(call.headers.get(self._key_header, ""))
        return fault.reply(exchange.operation or "")

    def _answer(self, exchange: Exchange) -> Reply:
        call = exchange.call
        try:
            reply = self._checked(exchange)
        except Answered as answered:
            reply = answered.reply
        except Unencodable:
            if not access.blames_developer_id(call, self._accounts):
                return _copy(_CRASHED)
            reply = access.INVALID_DEVELOPER
        except (Crash, Unexpected, RecursionError):
            # Above the handler of unhandled errors nothing adds headers.
            return _copy(_CRASHED)
        except Refused as refused:
            message = refused.message.format(exchange.operation)
            reply = replies.http_error(refused.status, message)
        reply = _copy(reply)
        cors.allow_origin(call, reply)
        return reply

    def _checked(self, exchange: Exchange) -> Reply:
        """Ask one check after the other, in the server's order, then do the operation."""
        call = exchange.call
        _stop_at(access.refuse_account(call, self._accounts))
        secret_id = _route(exchange)
        if exchange.operation in ("create", "update"):
            read_body(exchange)
            self._tell_gate(exchange.body)
        key = call.headers.get(self._key_header)
        self.store.gate.admit_key(key or "")
        _stop_at(access.refuse_key(key, self._api_key))
        details: list[Detail] = []
        self._read_developer(exchange, details)
        read_parameters(exchange, secret_id, details)
        if details:
            return replies.invalid(details)
        return self._operations[exchange.operation](exchange)

    def _tell_gate(self, body: object) -> None:
        """Tell of the names and values in a body, whatever is answered."""
        for name, value in named_values(body):
            self.store.gate.arrived(name, value)

    def _read_developer(self, exchange: Exchange, details: list[Detail]) -> None:
        header = exchange.call.headers.get("x-developer-id")
        developer = self._developer
        if header is not None:
            developer = read_uuid(header, "header.x-developer-id", details)
        elif self._multi_tenant and developer is None:
            raise Crash
        if self._multi_tenant and developer is not None:
            exchange.developer = developer

    def _create(self, exchange: Exchange) -> Reply:
        secret = self.store.create(exchange.developer, exchange.fields)
        exchange.id = secret.id
        return _show(201, secret.shown)

    def _list(self, exchange: Exchange) -> Reply:
        if exchange.limit not in _COUNTS or exchange.offset not in _COUNTS:
            raise InvalidData
        page = self.store.page(exchange.developer, exchange.limit, exchange.offset)
        shown = [secret.shown for secret in page if secret.shown is not None]
        return _show(200, f"[{','.join(shown)}]" if len(shown) == len(page) else None)

    def _update(self, exchange: Exchange) -> Reply:
        secret = self.store.update(exchange.developer, exchange.id, exchange.fields)
        return _show(200, secret.shown)

    def _delete(self, exchange: Exchange) -> Reply:
        secret, now = self.store.delete(exchange.developer, exchange.id)
        exchange.name = secret.name
        deleted = {"id": secret.id, "deleted_at": timestamp(now), "jobs": []}
        return replies.json_reply(202, deleted)


def _route(exchange: Exchange) -> str:
    """Find the operation; returns the id in the path, "" where there is none."""
    call = exchange.call
    found = routes.match(call.path)
    if found is None:
        raise Answered(routes.unrouted(call))
    template, secret_id = found
    exchange.operation = routes.operation(template, call.method)
    if exchange.operation is None:
        raise Answered(routes.not_allowed(template))
    return secret_id


def _stop_at(reply: Reply | None) -> None:
    if reply is not None:
        raise Answered(reply)


def _copy(reply: Reply) -> Reply:
    # Some replies are shared; headers are added to each.
    return Reply(reply.status, reply.headers.copy(), reply.body)


def _show(status: int, shown: str | None) -> Reply:
    if shown is None:
        raise Unencodable
    return replies.reply(status, shown)


def _attempt(call: Call) -> int:
    retries = call.headers.get("x-stainless-retry-count", "")
    return int(retries) + 1 if len(retries) < 5 and retries.isdecimal() else 1


@lru_cache(maxsize=1)
def _http_date(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
