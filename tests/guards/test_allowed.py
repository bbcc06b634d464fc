"""Entries of an allow list, and what needs none."""

from __future__ import annotations

from ipaddress import IPv4Network, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_julep_secrets.errors import ConfigurationError
from pytest_julep_secrets.guards.allowed import Allowed


@pytest.mark.parametrize(
    ("entry", "host", "port", "has"),
    [
        pytest.param("example.com", "example.com", None, True, id="a host"),
        pytest.param("example.com", "example.com", 8443, True, id="any port"),
        pytest.param("example.com", "EXAMPLE.com.", None, True, id="case and final dot"),
        pytest.param(" Example.COM. ", "example.com", None, True, id="of the entry"),
        pytest.param("example.com", "www.example.com", None, False, id="nothing below it"),
        pytest.param("example.com", "notexample.com", None, False, id="no longer name"),
        pytest.param("example.com:443", "example.com", 443, True, id="its port"),
        pytest.param("example.com:443", "example.com", 80, False, id="another port"),
        pytest.param("example.com:443", "example.com", None, True, id="a port not known yet"),
        pytest.param("*.example.com", "a.example.com", None, True, id="below a domain"),
        pytest.param("*.example.com", "a.b.example.com", None, True, id="far below"),
        pytest.param("*.example.com", "example.com", None, False, id="not the domain"),
        pytest.param("*.example.com", "badexample.com", None, False, id="only at a dot"),
        pytest.param("*.example.com:443", "a.example.com", 80, False, id="a domain's port"),
        pytest.param("10.1.2.3", "10.1.2.3", 5432, True, id="an address"),
        pytest.param("10.1.2.3", "10.1.2.4", 5432, False, id="another address"),
        pytest.param("10.1.2.3:5432", "10.1.2.3", 5433, False, id="an address's port"),
        pytest.param("10.1.2.3", "::ffff:10.1.2.3", None, True, id="as IPv6"),
        pytest.param("10.0.0.0/8", "10.200.0.1", 1, True, id="a network"),
        pytest.param("10.0.0.0/8", "11.0.0.1", 1, False, id="outside of it"),
        pytest.param("10.0.0.0/8", "10.example.com", 1, False, id="no name is in a network"),
        pytest.param("2001:db8::1", "2001:db8:0::1", None, True, id="an IPv6 address"),
        pytest.param("[2001:db8::1]:443", "2001:db8::1", 443, True, id="with a port"),
        pytest.param("[2001:db8::1]:443", "2001:db8::1", 80, False, id="and another"),
        pytest.param("2001:db8::/32", "2001:db8:5::1", 80, True, id="an IPv6 network"),
        pytest.param("2001:db8::/32", "10.0.0.1", 80, False, id="another kind of address"),
        pytest.param("bücher.example", "xn--bcher-kva.example", None, True, id="not ASCII"),
        pytest.param("xn--bcher-kva.example", "bücher.example", None, True, id="nor the host"),
        pytest.param("my_service", "my_service", 80, True, id="as compose names it"),
        pytest.param("api.julep.ai", "api.julep.ai", 443, True, id="a host of Julep's"),
        pytest.param("*.julep.ai", "api.julep.ai", 443, True, id="all of them"),
        pytest.param("*.ai", "api.julep.ai", 443, False, id="none by the way"),
        pytest.param("*.ai", "julep-fan.ai", 443, True, id="but others"),
    ],
)
def test_an_entry(entry: str, host: str, port: int | None, has: bool) -> None:
    assert Allowed([entry]).has(host, port) is has


@pytest.mark.parametrize(
    "host",
    [
        "", "localhost", "LOCALHOST.", "db.localhost", "ip6-localhost", "127.0.0.1", "127.1.2.3",
        "::1", "::ffff:127.0.0.1", "0.0.0.0", "::", "the-machine",  # noqa: S104 - not to bind to
    ],
)  # fmt: skip
def test_this_machine_needs_no_entry(host: str) -> None:
    assert Allowed(["example.com"], "The-Machine").has(host, 80)


@pytest.mark.parametrize(
    "host",
    ["10.0.0.1", "192.168.0.1", "169.254.169.254", "8.8.8.8", "255.255.255.255", "224.0.0.1",
     "fe80::1", "host.docker.internal", "notlocalhost", "127.0.0.1.example.com", "another"],
)  # fmt: skip
def test_all_else_does(host: str) -> None:
    assert not Allowed(["example.com"], "the-machine").has(host, 80)


@pytest.mark.parametrize(
    "entry",
    [
        "https://example.com", "example.com/path", "example.com:port", "example.com:0",
        "example.com:65536", "*", "*.", "a.*.com", "*example.com", "user@example.com",
        "10.0.0.1/8", "10.0.0.300", "10.0.0.0/33", "10.0.0.0/8:80", "[::1", "[example.com]",
        "*.10.0.0.1", "exa mple.com", "example..com", "-example.com", "a.com, b.com",
    ],
)  # fmt: skip
def test_anything_else_is_no_entry(entry: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Allowed(["example.org", entry])

    first, second = str(caught.value).splitlines()
    assert first == f"The ini option julep_secrets_allow_hosts has the entry '{entry}'."
    assert second == (
        "An entry is a host (example.com), all below a domain (*.example.com), an address or a "
        "network (10.0.0.0/8); a port may follow all but a network (example.com:443)."
    )


@given(st.ip_addresses(v=4), st.integers(0, 32))
def test_a_network_has_each_of_its_addresses(address: object, length: int) -> None:
    network = IPv4Network((int(address), length), strict=False)  # type: ignore[call-overload]
    allowed = Allowed([str(network)])

    assert allowed.has(str(address), 1)
    assert allowed.has(str(network[-1]), None)
    outside = ip_address((int(network[-1]) + 1) % 2**32)
    assert allowed.has(str(outside), 1) is (
        outside.is_loopback or outside.is_unspecified or length == 0
    )
