"""What a proxy is asked for, by clients of the standard library."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator

import pytest

from pytest_julep_secrets.reach import http_client

pytestmark = pytest.mark.usefixtures("outside_of_pytest")


@pytest.fixture
def asked() -> Iterator[list[tuple[str, int | None]]]:
    """The hosts and ports that a guard would be asked about."""
    places: list[tuple[str, int | None]] = []
    undo = http_client.patch(http.client, lambda *place: places.append(place))
    yield places
    for step in undo:
        step()


Use = Callable[[http.client.HTTPConnection], object]


@pytest.mark.parametrize(
    ("use", "places"),
    [
        pytest.param(lambda c: c.set_tunnel("a.com"), [("a.com", None)], id="tunnel"),
        pytest.param(lambda c: c.set_tunnel("a.com:8443"), [("a.com", 8443)], id="with port"),
        pytest.param(lambda c: c.set_tunnel("a.com", 443), [("a.com", 443)], id="port apart"),
        pytest.param(lambda c: c.set_tunnel("[::1]:443"), [("::1", 443)], id="IPv6"),
        pytest.param(
            lambda c: c.putrequest("GET", "http://a.com:81/x"), [("a.com", 81)], id="whole URL"
        ),
        pytest.param(
            lambda c: c.putrequest("GET", "HTTP://u:p@A.com/"), [("a.com", None)], id="loud URL"
        ),
        pytest.param(lambda c: c.putrequest("GET", "/x?u=http://a.com"), [], id="a path alone"),
        pytest.param(lambda c: c.putrequest("GET", None), [], id="no path"),
    ],
)
def test_the_host_behind_the_proxy_is_asked_about(
    use: Use, places: list[tuple[str, int | None]], asked: list[tuple[str, int | None]]
) -> None:
    use(http.client.HTTPConnection("127.0.0.1", 1))

    assert asked == places


def test_what_is_no_address_is_left_to_the_library(asked: list[tuple[str, int | None]]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", 1)

    with pytest.raises(http.client.InvalidURL):
        connection.set_tunnel("a.com:port")

    assert asked == [("", None)]
