"""Which hosts are refused, and what a request is called."""

from __future__ import annotations

import pytest

from pytest_julep_secrets.guards.allowed import Allowed
from pytest_julep_secrets.guards.hosts import Hosts, describe


def refused(hosts: Hosts, host: str, port: int | None = None, request: str = "") -> object:
    """Return what is told of a host: the request, and whether an entry would help."""
    told: list[tuple[str, bool]] = []
    hosts._refuse = lambda what, unlisted: told.append((what, unlisted))
    hosts.check(host, port, request)
    return told[0] if told else None


def guard(*entries: str) -> Hosts:
    return Hosts(lambda *_: None, Allowed(entries, "the-machine") if entries else None)


@pytest.mark.parametrize("host", ["api.julep.ai", "julep.ai", "DEV.julep.ai."])
def test_without_a_list_only_real_hosts_of_julep_are_refused(host: str) -> None:
    assert refused(guard(), host, 443) == (f"A request to '{host}'", False)
    assert refused(guard(), "example.com", 443) is None
    assert refused(guard(), "93.184.216.34", 443) is None


def test_a_request_that_is_known_better_is_called_so() -> None:
    assert refused(guard(), "api.julep.ai", 443, "'GET it'") == ("'GET it'", False)


def test_with_a_list_all_others_are_refused_too() -> None:
    hosts = guard("example.com")

    assert refused(hosts, "example.com", 443) is None
    assert refused(hosts, "localhost", 443) is None
    assert refused(hosts, "example.org", 443) == ("A request to 'example.org'", True)
    assert refused(hosts, "8.8.8.8", 53) == ("A request to '8.8.8.8'", True)
    assert refused(hosts, "api.julep.ai", 443) == ("A request to 'api.julep.ai'", False)


def test_where_it_is_the_port_it_is_named() -> None:
    hosts = guard("example.com:443")

    assert refused(hosts, "example.com", 80) == ("A request to 'example.com:80'", True)


def test_an_address_is_as_allowed_as_the_name_it_was_found_under() -> None:
    hosts = guard("example.com:443", "10.0.0.0/8")
    hosts.found("example.com", ["93.184.216.34"])
    hosts.found("the-machine", ["192.168.0.2"])
    hosts.found("example.org", ["93.184.216.35", "10.0.0.1"])

    assert refused(hosts, "93.184.216.34", 443) is None
    assert refused(hosts, "93.184.216.34", 80) == ("A request to 'example.com:80'", True)
    assert refused(hosts, "192.168.0.2", 80) is None
    assert refused(hosts, "93.184.216.35", 443) == ("A request to 'example.org'", True)
    assert refused(hosts, "10.0.0.1", 443) is None


def test_of_several_names_one_is_enough() -> None:
    hosts = guard("example.com")
    hosts.found("example.org", ["93.184.216.34"])
    hosts.found("example.com", ["93.184.216.34"])

    assert refused(hosts, "93.184.216.34", 443) is None


def test_only_with_a_list_are_addresses_of_interest() -> None:
    hosts = guard()
    hosts.found("api.julep.ai", ["93.184.216.34"])

    assert refused(hosts, "93.184.216.34", 443) is None


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/api/agents", "/api/agents"),
        ("/api/secrets", "/api/secrets"),
        ("/api/secrets/sk-fake-1", "/api/secrets/..."),
        ("", ""),
    ],
)
def test_of_a_path_nothing_is_told_that_may_be_a_value(path: str, shown: str) -> None:
    assert describe("GET", "https", "a.com:1", path) == f"'GET https://a.com:1{shown}'"
    assert describe("", "https", "a.com:1", path) == f"'https://a.com:1{shown}'"
