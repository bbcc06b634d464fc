"""The guard that is asked, and what is left behind when there is none any more."""

from __future__ import annotations

import _socket
import http.client
import pickle
import socket
import sys
from collections.abc import Iterable

import aiohttp
import httpx
import httpx2
import pytest

from pytest_julep_secrets import MockSecrets
from pytest_julep_secrets.guards.hosts import Hosts
from pytest_julep_secrets.reach import network

pytestmark = pytest.mark.usefixtures("outside_of_pytest")


class Listening(Hosts):
    """A guard that lets everything pass."""

    def __init__(self) -> None:
        super().__init__(lambda *_: None)
        self.asked: list[str] = []

    def __call__(self) -> Hosts:
        return self

    def check(self, host: str, port: int | None = None, request: str = "") -> None:
        del port, request
        self.asked.append(host)

    def found(self, host: str, addresses: Iterable[str]) -> None:
        self.asked.append(f"{host}: {', '.join(addresses)}")


class Named(str):
    """A host that calls itself otherwise, as those of an enum do."""

    __slots__ = ()

    def __str__(self) -> str:
        return "Named.HERE"


def state() -> list[object]:
    """All that is ever patched, and where it is looked for."""
    look_ups = ("gethostbyname", "gethostbyname_ex", "gethostbyaddr")
    return [
        *(getattr(module, name) for module in (_socket, socket) for name in look_ups),
        _socket.getaddrinfo,
        socket.getaddrinfo,
        *(vars(socket.socket).get(name) for name in ("connect", "connect_ex", "sendto")),
        *(library.Client.send for library in (httpx, httpx2)),
        *(library.AsyncClient.send for library in (httpx, httpx2)),
        aiohttp.BaseConnector.connect,
        http.client.HTTPConnection.putrequest,
        http.client.HTTPConnection.set_tunnel,
        list(sys.meta_path),
    ]


def test_the_innermost_is_asked_and_the_outer_one_is_back() -> None:
    outer, inner = Listening(), Listening()

    network.begin(outer)
    socket.gethostbyname("127.0.0.1")
    network.begin(inner)
    socket.gethostbyname("127.0.0.2")
    network.end(inner)
    socket.gethostbyname("127.0.0.3")
    network.end(outer)

    assert inner.asked == ["127.0.0.2", "127.0.0.2: 127.0.0.2"]
    assert outer.asked[::2] == ["127.0.0.1", "127.0.0.3"]


def test_every_look_up_tells_what_it_has_found() -> None:
    guard = Listening()
    network.begin(guard)

    socket.getaddrinfo("127.0.0.1", 80, type=socket.SOCK_STREAM)
    socket.gethostbyname_ex("127.0.0.1")
    socket.getaddrinfo(None, 80, type=socket.SOCK_STREAM, family=socket.AF_INET)
    network.end(guard)

    assert guard.asked[::2] == ["127.0.0.1", "127.0.0.1", ""]
    assert guard.asked[1::2] == ["127.0.0.1: 127.0.0.1"] * 2 + [": 127.0.0.1"]


def test_with_the_last_guard_everything_is_as_it_was() -> None:
    before = state()
    first, second = MockSecrets(), MockSecrets()

    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    while_active = state()
    second.__exit__(None, None, None)

    changed = [one is not other for one, other in zip(before, while_active, strict=True)]
    # socket.getaddrinfo, which asks the one in _socket.
    assert [place for place, is_changed in enumerate(changed) if not is_changed] == [7]
    assert state() == before


def test_a_patch_of_others_on_top_of_ours_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    guard = Listening()
    network.begin(guard)
    ours = httpx.Client.send

    def theirs(self: httpx.Client, request: httpx.Request, **options: object) -> httpx.Response:
        return ours(self, request, **options)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(httpx.Client, "send", theirs)
        network.end(guard)
        stayed = httpx.Client.send
    # It has put ours back; the next one to begin finds it there.
    left = httpx.Client.send
    network.begin(guard)
    network.end(guard)

    assert stayed is theirs
    assert left is ours
    assert httpx.Client.send is not ours
    assert httpx.Client.send.__globals__["__name__"] == "httpx._client"


def test_a_host_is_what_it_holds_not_what_it_calls_itself() -> None:
    guard = Listening()
    network.begin(guard)

    socket.getaddrinfo(Named("127.0.0.1"), 80, type=socket.SOCK_STREAM)
    network.end(guard)

    assert guard.asked[0] == "127.0.0.1"


@pytest.mark.parametrize("name", ["gethostbyname", "gethostbyname_ex", "gethostbyaddr"])
def test_a_look_up_can_be_sent_to_another_process(name: str) -> None:
    guard = Listening()
    network.begin(guard)
    ours = getattr(socket, name)

    sent = pickle.loads(pickle.dumps(ours))  # noqa: S301 - our own
    network.end(guard)

    assert sent is ours


@pytest.mark.parametrize("address", [(), ("127.0.0.1",)])
def test_what_is_no_place_is_left_to_the_socket(address: tuple[str, ...]) -> None:
    guard = Listening()
    network.begin(guard)

    with socket.socket() as sock, pytest.raises(TypeError):
        sock.connect(address)
    network.end(guard)

    assert guard.asked == []
