"""Why a server that answers cannot be held to the contract, told from what it answers."""

from __future__ import annotations

from typing import Final

import httpx

from pytest_julep_secrets.contract.address import shown
from pytest_julep_secrets.contract.target import Target

# What happened, and what to do.
Explanation = tuple[str, str]

_OTHER: Final = "Is it Julep's server?"
_KEY_OPTION: Final = "--julep-secrets-target-header"
_DEVELOPER_OPTION: Final = "--julep-secrets-target-developer"

# By the codes of the usage middleware, which stands before the key.
_ACCOUNTS: Final[dict[str, Explanation]] = {
    "cost_limit_exceeded": (
        "lets this developer only read (403): the account is over its limit",
        "Use the account of another developer.",
    ),
    "invalid_user_account": (
        "refuses this developer (403): the account is closed",
        "Use the account of another developer.",
    ),
    "invalid_developer_id": (
        "takes no such developer id (400)",
        f"Give a UUID: {_DEVELOPER_OPTION}",
    ),
}

_STATUSES: Final[dict[int, Explanation]] = {
    404: (
        "has no /secrets (404)",
        "Give its base, as to the SDK: behind a gateway it ends in /api",
    ),
    429: ("limits how often it is asked (429)", "Try again later."),
}


def explain(response: httpx.Response, target: Target) -> Explanation:
    """Say why an answer to a list or a create is not the one that there should be.

    Returns:
        What the target does, without its name, and what to do. Nothing of the answer but its
        status and where it redirects to: it may show what was sent.
    """
    status = response.status_code
    if response.has_redirect_location:
        place = shown(str(response.request.url.join(response.headers["location"])))
        base = place.removesuffix("/secrets")
        return f"redirects to '{base}' ({status})", "Give the URL that it really has."
    code = _code(response)
    if code in _ACCOUNTS:
        return _ACCOUNTS[code]
    if status in {401, 403, 407}:
        return _refused(status, target)
    if status >= httpx.codes.INTERNAL_SERVER_ERROR:
        return _failed(status, target)
    return _unexpected(status, response.request.method)


def _unexpected(status: int, method: str) -> Explanation:
    if status in _STATUSES:
        return _STATUSES[status]
    if method == "GET":
        return f"answers {status} to a list", _OTHER
    return f"lists secrets, and answers {status} to a new one", "Is it there to read only?"


def _refused(status: int, target: Target) -> Explanation:
    if not target.key:
        return f"wants a key ({status})", "Set JULEP_CONTRACT_KEY."
    sent = " ".join(part for part in (f"{target.key_header}:", target.scheme, "KEY") if part)
    return (
        f"refuses the key ({status})",
        f"Set another JULEP_CONTRACT_KEY. It was sent as '{sent}'; another way: {_KEY_OPTION}",
    )


def _failed(status: int, target: Target) -> Explanation:
    if status == httpx.codes.INTERNAL_SERVER_ERROR and target.developer is None:
        advice = f"Look into its log. One for many developers needs {_DEVELOPER_OPTION} UUID"
        return f"fails ({status})", advice
    return f"fails ({status})", "Is its database up? Look into its log."


def _code(response: httpx.Response) -> str:
    try:
        code = response.json()["error"]["code"]
    except (ValueError, RecursionError, KeyError, TypeError):
        return ""
    return str(code)
