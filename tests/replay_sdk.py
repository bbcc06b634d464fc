"""Replays what was recorded through the Python SDK."""

from __future__ import annotations

import asyncio
import inspect
import json
from operator import attrgetter
from typing import Any, Final

import httpx
import julep
from replay import Case, set_up
from replay_template import BASE_URL, Scene, dumps, settle

_HEADERS: Final = (
    "authorization",
    "content-type",
    "x-developer-id",
    "x-stainless-retry-count",
    "accept",
)


class Log(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Writes down what passes through.

    Args:
        server: Answers.
        hurry: Lets the SDK send again without waiting, as the recorded client did.
    """

    def __init__(self, server: httpx.BaseTransport, *, hurry: bool) -> None:
        self.entries: list[dict[str, Any]] = []
        self._server = server
        self._hurry = hurry

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Pass on a request of a sync client."""
        response = self._server.handle_request(request)
        body = request.read()
        self.entries.append(
            {
                "method": request.method,
                "path": request.url.raw_path.decode(),
                "request_json": json.loads(body) if body else None,
                "request_headers": {
                    name: request.headers[name] for name in _HEADERS if name in request.headers
                },
                "status": response.status_code,
            }
        )
        if self._hurry:
            response.headers["retry-after-ms"] = "1"
        return response

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Pass on a request of an async client."""
        await request.aread()
        return self.handle_request(request)


def replay_sdk(case: Case, transport: httpx.BaseTransport, api_key: str) -> None:
    """Make the calls of a case and compare their outcomes and their requests."""
    scene = Scene(api_key)
    with httpx.Client(transport=transport) as plain:
        set_up(case, plain, scene)
    options = scene.expand({"api_key": "{api_key}", **case["client"]})
    log = Log(transport, hurry=options.pop("no_backoff", False))
    client = _client(options, log)
    with asyncio.Runner() as runner:
        for call in case["calls"]:
            _replay_call(call, client, runner, log, scene)
        _settled(client.close(), runner)


def _client(options: dict[str, Any], log: Log) -> julep.Julep | julep.AsyncJulep:
    base_url = BASE_URL + options.pop("base_path", "")
    if options.pop("async", False):
        async_client = julep.DefaultAsyncHttpxClient(transport=log)
        return julep.AsyncJulep(base_url=base_url, http_client=async_client, **options)
    return julep.Julep(
        base_url=base_url, http_client=julep.DefaultHttpxClient(transport=log), **options
    )


def _replay_call(
    call: dict[str, Any],
    client: julep.Julep | julep.AsyncJulep,
    runner: asyncio.Runner,
    log: Log,
    scene: Scene,
) -> None:
    log.entries.clear()
    arguments, keywords = scene.expand(call["args"]), scene.expand(call["kwargs"])
    try:
        method = attrgetter(call["call"])(client)
        result = _settled(method(*arguments, **keywords), runner)
    except Exception as error:  # noqa: BLE001 - whatever the SDK raises is compared
        outcome: dict[str, Any] = {"raises": _describe_error(error)}
    else:
        returned = _plain(result)
        outcome = {"returns": {"type": _describe_type(result), "json": returned}}
        if "save_as" in call:
            scene.saved[call["save_as"]] = returned
    outcome["http"] = log.entries

    expected = settle(scene.expand(call["outcome"]), outcome)
    assert expected == outcome
    # Equal objects may still differ in the order of keys or the type of numbers.
    assert dumps(expected) == dumps(outcome)


def _settled(result: Any, runner: asyncio.Runner) -> Any:
    return runner.run(_wait(result)) if inspect.isawaitable(result) else result


async def _wait(awaitable: Any) -> Any:
    return await awaitable


def _plain(result: Any) -> Any:
    if isinstance(result, list):
        return [_plain(item) for item in result]
    if isinstance(result, julep.BaseModel):
        return result.model_dump(mode="json", exclude_unset=True)
    return result


def _describe_type(result: object) -> str:
    if isinstance(result, list):
        return f"list[{', '.join(sorted({_describe_type(item) for item in result}))}]"
    return _full_name(type(result))


def _full_name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")


def _describe_error(error: Exception) -> dict[str, Any]:
    described: dict[str, Any] = {
        "type": _full_name(type(error)),
        "bases": [_full_name(base) for base in type(error).__mro__[1:-1]],
        "str": str(error),
    }
    if isinstance(error, julep.APIStatusError):
        described |= {"status_code": error.status_code, "body": error.body}
    return described
