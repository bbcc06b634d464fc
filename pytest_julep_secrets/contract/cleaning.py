"""Deletion of what a run has made, and of what runs that crashed have left."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any, Final

import httpx

from pytest_julep_secrets.contract.listing import every_secret, is_secret
from pytest_julep_secrets.contract.names import is_ours
from pytest_julep_secrets.contract.target import Target
from pytest_julep_secrets.errors import ConfigurationError

_DELETED: Final = frozenset({200, 202, 204, 404})
# What is said by what stands before a server that is not there, or will not be asked.
GONE: Final = frozenset({429, 502, 503, 504})
# Seconds to wait before each further look for what a server may make after nobody waits for it.
_LATE: Final = (0.5, 1.0, 2.0)


def delete(target: Target, secret_id: str) -> bool:
    """Delete a secret; tells whether it is gone."""
    try:
        response = target.http.delete(
            f"{target.url}/secrets/{secret_id}", headers=dict(target.headers)
        )
    except httpx.RequestError:
        target.renew()
        return False
    if response.status_code not in _DELETED:
        return False
    target.noted.discard(secret_id)
    return True


def why_gone(target: Target) -> str:
    """Ask a target for one secret, and say why it no longer answers; "" if it does."""
    target.renew()
    try:
        response = target.http.get(f"{target.url}/secrets?limit=1", headers=dict(target.headers))
    except httpx.RequestError as error:
        return type(error).__name__
    return str(response.status_code) if response.status_code in GONE else ""


def clean(target: Target) -> list[str]:
    """Delete everything that a run has made.

    By what is known of it, and by name, for want of an answer that said it was made.

    Returns:
        The ids of what could not be deleted, or may not have been.

    Raises:
        ConfigurationError: If the list cannot be read, so that more may be left.
    """
    left = {secret_id for secret_id in sorted(target.noted) if not delete(target, secret_id)}
    left |= _clean_named(target)
    for pause in _LATE:
        if not target.unanswered:
            break
        time.sleep(pause)
        left |= _clean_named(target)
    target.unanswered.clear()
    return sorted(left)


def _clean_named(target: Target) -> set[str]:
    """Delete what is in the list by the name of this run; returns what could not be."""
    named = list(find(target, target.has_named, target.since))
    return {secret["id"] for secret in named if not delete(target, secret["id"])}


def stays(target: Target) -> bool:
    """Tell whether something of a run is in the list still, and after some seconds, too.

    Raises:
        ConfigurationError: If the list cannot be read.
    """
    for pause in (0.0, *_LATE):
        time.sleep(pause)
        if not any(find(target, target.has_named, target.since)):
            return False
    return True


def newest(target: Target) -> str:
    """Return when the newest secret was made; "" if there is none, or it cannot be found out."""
    try:
        page = _page(target, "limit=1")
    except ConfigurationError:
        return ""
    return str(page[0]["created_at"]) if page else ""


def sweep(target: Target) -> Iterator[tuple[str, bool]]:
    """Delete what earlier runs have left; yields each name, and whether it is gone.

    Raises:
        ConfigurationError: If the list cannot be read.
    """
    # The whole list first: deleting moves what is behind.
    for secret in list(find(target, is_ours)):
        yield secret["name"], delete(target, secret["id"])


def find(
    target: Target, wanted: Callable[[object], bool], since: str = ""
) -> Iterator[dict[str, Any]]:
    """Yield the secrets whose names are wanted, of those made since a time.

    Raises:
        ConfigurationError: If the list cannot be read.
    """
    for secret in every_secret(lambda query: _page(target, query), since):
        if wanted(secret.get("name")):
            yield secret


def _page(target: Target, query: str) -> list[dict[str, Any]]:
    response: httpx.Response | None = None
    try:
        response = target.http.get(f"{target.url}/secrets?{query}", headers=dict(target.headers))
        return _checked(response.raise_for_status().json())
    except (httpx.HTTPError, ValueError, RecursionError, TypeError) as error:
        reason = type(error).__name__ if response is None else str(response.status_code)
        raise ConfigurationError(
            f"The secrets of '{target.url}' could not be listed ({reason}).\n"
            f"When it answers again: julep-secrets sweep {target.url}"
        ) from None


def _checked(page: Any) -> list[dict[str, Any]]:
    if not all(map(is_secret, page)):
        raise TypeError("no secrets")
    secrets: list[dict[str, Any]] = page
    return secrets
