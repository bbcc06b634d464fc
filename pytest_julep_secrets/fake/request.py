"""From a call to checked parameters: body, id, paging, fields.

Source: FastAPI 0.115.11 (all mistakes at once: header, path, query, body); recordings.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl
from uuid import UUID

from pytest_julep_secrets.fake.call import Call, Reply
from pytest_julep_secrets.fake.rules import access, body, names, params, replies
from pytest_julep_secrets.fake.rules.fields import Fields, read_fields
from pytest_julep_secrets.fake.rules.replies import Detail, detail

DEFAULT_LIMIT: Final = 100


class Answered(Exception):
    """A check has answered the call; the checks behind it are not asked."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.status)
        self.reply = reply


@dataclass(slots=True)
class Exchange:
    """A call on its way through the server, and what was learned about it.

    Attributes:
        call: The request.
        operation: "create", "list", "update" or "delete"; None until routed.
        developer: Whose secrets it is about.
        name: The secret's name, once it is known to be one.
        id: The secret's id, lower-case with hyphens.
        limit: Of a list.
        offset: Of a list.
        body: The parsed body.
        fields: The checked body of a create or update.
    """

    call: Call
    operation: str | None = None
    developer: UUID = access.SYSTEM_DEVELOPER
    name: str | None = None
    id: str = ""
    limit: int = DEFAULT_LIMIT
    offset: int = 0
    body: object = field(default=None, repr=False)
    fields: Fields = field(default_factory=lambda: Fields("", ""), repr=False)


def read_body(exchange: Exchange) -> None:
    """Parse the body.

    Raises:
        Answered: 422 or 400, if that fails.
    """
    call = exchange.call
    try:
        exchange.body = body.parse(call.body, call.headers.get("content-type"))
    except body.InvalidJson as error:
        mistake = detail("json_invalid", "JSON decode error", f"[{error.offset}]", {})
        raise Answered(replies.invalid([mistake])) from None
    except body.Unparseable:
        text = "There was an error parsing the body"
        raise Answered(replies.router_error(400, text)) from None


def read_parameters(exchange: Exchange, secret_id: str, details: list[Detail]) -> None:
    """Check path, query and fields; mistakes are added to the details in this order."""
    if secret_id:
        exchange.id = str(read_uuid(secret_id, "path.secret_id", details) or "")
    if exchange.operation == "list" and exchange.call.query:
        query = dict(parse_qsl(exchange.call.query, keep_blank_values=True))
        exchange.limit = _read_int(query, "limit", DEFAULT_LIMIT, details)
        exchange.offset = _read_int(query, "offset", 0, details)
    if exchange.operation in ("create", "update"):
        exchange.fields = read_fields(exchange.body, details) or exchange.fields
        name = exchange.fields.name
        exchange.name = name if names.is_valid(name) else None


def read_uuid(text: str, loc: str, details: list[Detail]) -> UUID | None:
    """Read a UUID, or add the mistake to the details."""
    try:
        return params.parse_uuid(text)
    except params.Invalid as error:
        details.append(detail(error.type, error.msg, loc, text))
        return None


def _read_int(query: dict[str, str], key: str, default: int, details: list[Detail]) -> int:
    if key not in query:
        return default
    try:
        return params.parse_int(query[key])
    except params.Invalid as error:
        details.append(detail(error.type, error.msg, f"query.{key}", query[key]))
        return default
