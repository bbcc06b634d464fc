"""Whether there is a Julep server that can be held to the contract; one sentence if not."""

from __future__ import annotations

import ssl
import time
from contextlib import suppress
from typing import Any, Final, NoReturn

import httpx

from pytest_julep_secrets.contract.address import is_loopback, shown
from pytest_julep_secrets.contract.cleaning import clean, delete, newest, stays
from pytest_julep_secrets.contract.explaining import explain
from pytest_julep_secrets.contract.listing import is_secret
from pytest_julep_secrets.contract.target import Target
from pytest_julep_secrets.errors import ConfigurationError
from pytest_julep_secrets.reports.shown import shown as readable

_CUT: Final = 60
# More, and a run would take an hour.
_SLOW_S: Final = 2.0
# What an answer is judged by, beside its status and its body.
_TOLD: Final = ("content-type", "location")


def look(target: Target) -> None:
    """Read the list.

    Raises:
        ConfigurationError: If that does not work; the text says why, and what to do.
    """
    begun = time.monotonic()
    response = _send(target, "GET", "?limit=1")
    seconds = time.monotonic() - begun
    if response.status_code != httpx.codes.OK:
        _refuse(target, response)
    _check_list(target, response)
    if seconds > _SLOW_S:
        what = f"takes {seconds:.1f} seconds to list one secret"
        _fail(target, what, "The contract makes about 2,200 requests. Is something in its way?")


def probe(target: Target) -> None:
    """Read the list, make a secret and delete it.

    Raises:
        ConfigurationError: If that does not work; the text says why, and what to do.
    """
    look(target)
    target.since = newest(target)
    try:
        _make_and_delete(target)
    except BaseException:
        # Ctrl-C, too, and an answer that does not say what was made.
        with suppress(ConfigurationError):
            clean(target)
        raise


def _make_and_delete(target: Target) -> None:
    body = {"name": f"{target.prefix}probe", "value": "made-up-for-the-probe"}
    response = _send(target, "POST", json=body)
    if not response.is_success:
        _refuse(target, response)
    made = _json(response)
    if not isinstance(made, dict) or not isinstance(made.get("id"), str):
        _fail(target, "has made a secret, and answered with none", "Is it Julep's server?")
    target.noted.add(made["id"])
    if not delete(target, made["id"]) or stays(target):
        _fail(
            target,
            f"does not delete what it has made, the secret '{body['name']}'",
            "Delete it by hand. The contract would leave many more.",
        )


def _send(target: Target, method: str, query: str = "", **options: Any) -> httpx.Response:
    url = f"{target.url}/secrets{query}"
    try:
        with target.http.stream(method, url, headers=dict(target.headers), **options) as response:
            return _read(response, target)
    except httpx.TimeoutException:
        _fail(target, "does not answer in time", "Is it up? Is that the right port?")
    except httpx.ProxyError:
        _fail(target, "cannot be reached through the proxy", "Name its host in NO_PROXY.")
    except httpx.DecodingError:
        _fail(target, "compresses its answers in a broken way", "Is something in its way?")
    except httpx.ConnectError as error:
        _explain_connection(target, error)
    except httpx.TransportError as error:
        what = f"does not speak HTTP here ({type(error).__name__})"
        _fail(target, what, "Is that the right port? https or http?")


def _read(response: httpx.Response, target: Target) -> httpx.Response:
    """Read an answer that may come in drops, of which each is in time."""
    begun = time.monotonic()
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if time.monotonic() - begun > target.timeout_s:
            raise httpx.ReadTimeout("")
    headers = {name: response.headers[name] for name in _TOLD if name in response.headers}
    status, request = response.status_code, response.request
    return httpx.Response(status, headers=headers, content=bytes(body), request=request)


def _explain_connection(target: Target, error: httpx.ConnectError) -> NoReturn:
    certificate = _certificate_error(error)
    if certificate:
        what = f"has a certificate that is not trusted: {certificate}"
        _fail(target, what, "Name the file of its authority: SSL_CERT_FILE=ca.pem")
    if "SSL" in str(error):
        _fail(target, "does not speak TLS here", "Begin its URL with http:// instead of https://")
    at_home = "Start it first." if is_loopback(target.url) else "Is it up? Is the name right?"
    _fail(target, "cannot be reached", at_home)


def _certificate_error(error: BaseException | None) -> str:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return error.verify_message
        error = error.__cause__ or error.__context__
    return ""


def _check_list(target: Target, response: httpx.Response) -> None:
    content = _json(response)
    if content is None:
        kind = response.headers.get("content-type", "no type").partition(";")[0]
        what = f"answers a list with no JSON but {readable(kind, _CUT)}"
        _fail(target, what, "Is it Julep's server?")
    if not isinstance(content, list):
        _fail(target, "answers a list with other JSON", "Is it Julep's server?")
    if not all(map(is_secret, content)):
        _fail(target, "lists what are no secrets of Julep's", "Is it Julep's server?")


def _json(response: httpx.Response) -> Any:
    try:
        return response.json()
    except (ValueError, RecursionError):
        return None


def _refuse(target: Target, response: httpx.Response) -> NoReturn:
    what, advice = explain(response, target)
    _fail(target, what, advice)


def _fail(target: Target, what: str, advice: str) -> NoReturn:
    raise ConfigurationError(f"The target '{shown(target.url)}' {what}.\n{advice}")
