"""Clients that ask a real Julep host, directly or through a proxy. Copied beside the tests."""

from __future__ import annotations

import _socket
import asyncio
import os
import socket
import ssl
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import aiohttp
import httpx
import httpx2
import julep
import requests

Client = Callable[[str, Any], Any]

HOST = "api.julep.ai"
# Each client would spend longer on making its own than on everything else.
TLS = ssl.create_default_context()
PROXY = os.environ.get("STANDS_FOR_A_PROXY", "")


def by_urllib(url: str, proxy: str | None) -> None:
    handlers: list[Any] = [urllib.request.HTTPSHandler(context=TLS)]
    if proxy:
        handlers.append(urllib.request.ProxyHandler({"http": proxy, "https": proxy}))
    urllib.request.build_opener(*handlers).open(url, timeout=5)


def by_requests(url: str, proxy: str | None) -> None:
    proxies = {"http": proxy, "https": proxy} if proxy else None
    requests.get(url, proxies=proxies, timeout=5)


def by_httpx(url: str, proxy: str | None) -> None:
    with httpx.Client(proxy=proxy, verify=TLS) as client:
        client.get(url)


def by_httpx2(url: str, proxy: str | None) -> None:
    with httpx2.Client(proxy=proxy, verify=TLS) as client:
        client.get(url)


def by_sdk(url: str, proxy: str | None) -> None:
    with julep.Julep(api_key="k", http_client=httpx.Client(proxy=proxy, verify=TLS)) as client:
        client.get(url, cast_to=object)


async def by_httpx_async(url: str, proxy: str | None) -> None:
    async with httpx.AsyncClient(proxy=proxy, verify=TLS) as client:
        await client.get(url)


async def by_aiohttp(url: str, proxy: str | None) -> None:
    session = aiohttp.ClientSession(trust_env=True)
    async with session, session.get(url, proxy=proxy):
        pass


async def by_sdk_on_aiohttp(url: str, proxy: str | None) -> None:
    http_client = julep.DefaultAioHttpClient(proxy=proxy, verify=TLS)
    async with julep.AsyncJulep(api_key="k", http_client=http_client) as client:
        await client.get(url, cast_to=object)


async def by_asyncio(_url: str, _proxy: None) -> None:
    _, writer = await asyncio.open_connection(HOST, 443)
    writer.close()


def by_raw_look_up(_url: str, _proxy: None) -> None:
    _socket.getaddrinfo(HOST, 443)


def by_connection(_url: str, _proxy: None) -> None:
    socket.create_connection((HOST, 443))


def by_connecting_to_a_name(_url: str, _proxy: None) -> None:
    with socket.socket() as sock:
        sock.connect((HOST, 443))


CLIENTS: list[Client] = [
    by_urllib, by_requests, by_httpx, by_httpx2, by_sdk, by_httpx_async, by_aiohttp,
    by_sdk_on_aiohttp,
]  # fmt: skip
WITHOUT_PROXY: list[Client] = [by_asyncio, by_raw_look_up, by_connection, by_connecting_to_a_name]
ROUTES = ["direct", "HTTPS_PROXY", "HTTP_PROXY", "explicit"]


def every_way() -> Iterator[tuple[str, Callable[[], Any]]]:
    """Give each way with its name; called, it is gone, or is to be awaited."""
    ways = [(client, route) for client in CLIENTS for route in ROUTES]
    for client, route in [*ways, *((client, "direct") for client in WITHOUT_PROXY)]:
        yield f"{client.__name__}, {route}", partial(send, client, route)


def send(client: Client, route: str) -> Any:
    """Send one request; what an async client returns is to be awaited."""
    url = f"{'http' if route == 'HTTP_PROXY' else 'https'}://{HOST}/api/agents"
    proxy = PROXY if route == "explicit" else None
    if asyncio.iscoroutinefunction(client):
        return awaited(client, url, proxy, route)
    with variable(route):
        client(url, proxy)
    return None


async def awaited(client: Any, url: str, proxy: str | None, route: str) -> None:
    with variable(route):
        await client(url, proxy)


@contextmanager
def variable(route: str) -> Iterator[None]:
    """Have the variable that a route is named after."""
    if route.endswith("PROXY"):
        os.environ[route] = PROXY
    try:
        yield
    finally:
        os.environ.pop(route, None)


def finish(way: Callable[[], Any]) -> None:
    """Go a way to its end, where there is no event loop."""
    waiting = way()
    if waiting is not None:
        asyncio.run(waiting)
