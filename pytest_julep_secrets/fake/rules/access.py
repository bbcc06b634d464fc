"""Who may call: the API key, the developer's id and the developer's account.

Source: agents_api `dependencies/auth.py` (key), `dependencies/developer_id.py` (tenant),
`web.py` `usage_check_middleware` (account), `queries/usage/get_user_cost.py`; recordings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from pytest_julep_secrets.fake.call import Call, Reply
from pytest_julep_secrets.fake.rules.replies import account_error, http_error

# Whose secrets a single-tenant server keeps.
SYSTEM_DEVELOPER: Final = UUID(int=0)

# In US dollars a month.
FREE_LIMIT: Final = 2.0


@dataclass(frozen=True, slots=True)
class Account:
    """A developer as the server's database knows one.

    Attributes:
        active: False for a closed account.
        has_usage: Whether there are usage rows. Without any, the server takes the
            account for active, free of cost and without tags.
        cost: This month's cost in US dollars.
        paid: Whether the account has the tag "paid".
    """

    active: bool = True
    has_usage: bool = True
    cost: float = 0.0
    paid: bool = False


_UNKNOWN: Final = Account(has_usage=False)

WRONG_KEY: Final = http_error(403, "Could not validate API KEY")
INVALID_DEVELOPER: Final = account_error(400, "Invalid developer ID", "invalid_developer_id")
INVALID_ACCOUNT: Final = account_error(403, "Invalid user account", "invalid_user_account")
OVER_LIMIT: Final = account_error(403, "Cost limit exceeded", "cost_limit_exceeded")


def refuse_key(header: str | None, key: str | None) -> Reply | None:
    """Compare the key header with the server's key; None as key accepts anything.

    Accepted: `Bearer K`, `K`, `Bearer   K`. Refused: `bearer K`, `Token K`, `BearerK`.
    """
    # A missing or empty header is compared as the text "None".
    given = str(header or None).replace("Bearer ", "").strip()
    return None if key is None or given == key else WRONG_KEY


def refuse_account(call: Call, accounts: Mapping[UUID, Account]) -> Reply | None:
    """Check the account that a non-empty X-Developer-Id names; before routing and key."""
    header = call.headers.get("x-developer-id")
    if not header:
        return None
    account = _account(header, accounts)
    if account is None:
        return INVALID_DEVELOPER
    if not account.active:
        return INVALID_ACCOUNT
    if call.method == "GET" or account.paid or account.cost <= FREE_LIMIT:
        return None
    return OVER_LIMIT


def blames_developer_id(call: Call, accounts: Mapping[UUID, Account]) -> bool:
    """Tell whether an answer that cannot be encoded is reported as a bad developer id.

    For GET, and for paid accounts, the middleware runs the request inside the `try` that
    takes every ValueError (as a failed encoding is) for a malformed id.
    """
    header = call.headers.get("x-developer-id")
    account = _account(header, accounts) if header else None
    return account is not None and (call.method == "GET" or account.paid)


def _account(header: str, accounts: Mapping[UUID, Account]) -> Account | None:
    try:
        # Python's own reading, looser than that of the header's validation later on.
        developer = UUID(header)
    except ValueError:
        return None
    account = accounts.get(developer, _UNKNOWN)
    return account if account.has_usage else _UNKNOWN
