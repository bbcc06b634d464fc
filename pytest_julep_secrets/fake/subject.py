"""What a request is about, for faults: before anything in it is checked."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from pytest_julep_secrets.documented import name_in
from pytest_julep_secrets.fake.call import Call
from pytest_julep_secrets.fake.gate import named_values
from pytest_julep_secrets.fake.rules import access, names, params, routes
from pytest_julep_secrets.fake.store import Store


class Subject(NamedTuple):
    """What a request is about.

    Attributes:
        operation: "create", "list", "update" or "delete".
        id: The secret's in the path, lower-case with hyphens; "" for none.
        names: The name in the body, and that of the secret with this id, as far as there are.
    """

    operation: str
    id: str
    names: tuple[str, ...]


def subject_of(
    call: Call, store: Store, developer: UUID | None, *, multi_tenant: bool
) -> Subject | None:
    """Look what a request is about; None for what the server does not have.

    Args:
        call: The request.
        store: Knows the names of ids.
        developer: Whose secret it is where the request names nobody.
        multi_tenant: Whether there is more than one developer.
    """
    template, path_id = routes.match(call.path) or ("", "")
    operation = routes.operation(template, call.method)
    if operation is None:
        return None
    # A documented call looks one secret up in a list, and says which.
    looked_up = name_in(call.headers) if operation == "list" else ""
    found = [looked_up] if looked_up else []
    if operation in ("create", "update"):
        found += [
            name
            for name, _ in named_values(call.body)
            if isinstance(name, str) and names.is_valid(name)
        ]
    secret_id = _uuid(path_id)
    if secret_id is not None:
        header = call.headers.get("x-developer-id", "") if multi_tenant else ""
        whose = _uuid(header) or developer or access.SYSTEM_DEVELOPER
        secret = store.by_id(whose, str(secret_id))
        found += [secret.name] if secret else []
    return Subject(operation, str(secret_id or ""), tuple(found))


def _uuid(text: str) -> UUID | None:
    try:
        return params.parse_uuid(text)
    except params.Invalid:
        return None
