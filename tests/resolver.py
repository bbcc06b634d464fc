"""A stand-in for the machine's resolver: it counts, and nothing reaches the network."""

from __future__ import annotations

import _socket
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from pytest_julep_secrets.reach import network

_OWN = {"127.0.0.1", "::1", "localhost", ""}


@contextmanager
def counted(answers: dict[str, str] | None = None) -> Iterator[list[str]]:
    """Count look-ups below the guard of this run, but for this machine's own addresses.

    Args:
        answers: The addresses of names; nothing else is found.
    """
    hosts: list[str] = []
    is_on = bool(network._undo)
    # The guard goes on top of what it finds, and must not find a function of a test later on.
    network._uninstall()
    with pytest.MonkeyPatch.context() as patch:
        for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr"):
            stand_in = _stand_in(name, hosts, answers or {})
            patch.setattr(_socket, name, stand_in)
            if name != "getaddrinfo":
                patch.setattr(socket, name, stand_in)
        if is_on:
            network._install()
        try:
            yield hosts
        finally:
            network._uninstall()
    if is_on:
        network._install()


def _stand_in(function: str, hosts: list[str], answers: dict[str, str]) -> Callable[..., Any]:
    original = getattr(_socket, function)

    def look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host or ""
        if name in _OWN:
            return original(host, *args, **kwargs)
        hosts.append(name)
        if name not in answers:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return _answer(function, answers[name], *args)

    return look_up


def _answer(function: str, address: str, port: object = None, *_: object) -> Any:
    if function == "getaddrinfo":
        return [(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (address, port))]
    return address if function == "gethostbyname" else (address, [], [address])
