"""What deployments of one server do differently: found out before promises are made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import httpx

from pytest_julep_secrets import sdk

if TYPE_CHECKING:
    from pytest_julep_secrets.contract.target import Target

_WRONG: Final = "not-the-key"


@dataclass(frozen=True, slots=True)
class Traits:
    """Why promises that depend on a deployment do not hold at this one; "" where they do.

    Attributes:
        keys: The server itself compares the key.
        developers: The server itself reads X-Developer-Id.
        cors: It answers pages of other origins.
        root: No gateway with a prefix is in front: the base has none, and /api leads nowhere.
        tenants: It keeps secrets of several developers apart.
    """

    keys: str
    developers: str
    cors: str
    root: str
    tenants: str


def find_out(target: Target) -> Traits:
    """Ask a target for what it does where deployments differ."""
    return Traits(
        _keys(target),
        _developers(target),
        _cors(target),
        _root(target),
        "" if target.developer else "no developer was given",
    )


def _keys(target: Target) -> str:
    headers = {**target.headers, target.key_header: _WRONG}
    response = _get(target, headers)
    if response is None or response.is_success:
        return "this server takes any key"
    # By its words: with another status it is the server all the same, and breaks promises.
    if "API KEY" not in response.text:
        return f"keys are not compared by Julep's server here: {response.status_code}"
    return ""


def _developers(target: Target) -> str:
    response = _get(target, {**target.headers, "X-Developer-Id": "none"})
    if response is None or "invalid_developer_id" not in response.text:
        return "X-Developer-Id is not read by Julep's server here"
    return ""


def _cors(target: Target) -> str:
    asked = {"Origin": "http://app.example", "Access-Control-Request-Method": "POST"}
    response = _get(target, asked, "OPTIONS")
    if response is None or "access-control-allow-origin" not in response.headers:
        return "this server answers no pages of other origins (CORS)"
    return ""


def _root(target: Target) -> str:
    if sdk.base_of(target.url).prefix:
        return "there is a gateway: the base URL has a path"
    response = _get(target, dict(target.headers), path="/api/secrets")
    if response is None or not response.is_success or not response.content.startswith(b"["):
        return ""
    return "there is a gateway: it lists secrets at /api, too"


def _get(
    target: Target, headers: dict[str, str], method: str = "GET", path: str = "/secrets"
) -> httpx.Response | None:
    try:
        return target.http.request(method, f"{target.url}{path}?limit=1", headers=headers)
    except httpx.RequestError:
        target.renew()
        return None
