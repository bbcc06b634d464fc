"""What pages of other origins are told (CORS)."""

from __future__ import annotations

import pytest

from pytest_julep_secrets.contract.caller import UNKNOWN_ID, Caller, item

_ORIGIN = "http://app.example"
_METHODS = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT"
_ASKED = {"Origin": _ORIGIN, "Access-Control-Request-Method": "POST"}


class OriginPromises:
    """Requests with an Origin."""

    @pytest.mark.parametrize("path", ["/secrets", "/no/such/path", f"/secrets/{UNKNOWN_ID}"])
    def test_a_preflight(self, api: Caller, path: str) -> None:
        """A preflight needs no key and no route: 200, any method of seven, for an hour.

        Source: recording `options-preflight`.
        """
        api.needs("cors")
        headers = {**_ASKED, "Access-Control-Request-Headers": "authorization,x-a"}

        response = api.send("OPTIONS", path, headers={**headers, api.target.key_header: None})

        expected = {
            "access-control-allow-origin": _ORIGIN,
            "access-control-allow-credentials": "true",
            "access-control-allow-methods": _METHODS,
            "access-control-allow-headers": "authorization,x-a",
            "access-control-max-age": "3600",
            "vary": "Origin",
            "content-type": "text/plain; charset=utf-8",
        }
        assert (response.status_code, response.text) == (200, "OK")
        assert {name: response.headers.get(name) for name in expected} == expected

    @pytest.mark.parametrize("method", ["TRACE", "post", ""])
    def test_a_preflight_for_another_method(self, api: Caller, method: str) -> None:
        """A preflight for a method that there is not is a 400.

        Source: recording `options-preflight-bad-method`.
        """
        api.needs("cors")
        headers = {**_ASKED, "Access-Control-Request-Method": method}

        response = api.send("OPTIONS", headers=headers)

        assert (response.status_code, response.text) == (400, "Disallowed CORS method")
        assert response.headers["access-control-allow-methods"] == _METHODS
        assert "access-control-allow-headers" not in response.headers

    @pytest.mark.parametrize(
        ("method", "path", "status"),
        [
            ("GET", "/secrets", 200),
            ("OPTIONS", "/secrets", 405),
            ("DELETE", item(UNKNOWN_ID), 404),
            ("DELETE", item("nope"), 422),
            ("GET", "/secrets/", 307),
        ],
    )
    def test_any_origin(self, api: Caller, method: str, path: str, status: int) -> None:
        """Any origin may read any answer, also one that refuses.

        Source: recordings `cors-get`, `cors-error`, `options-origin-only`.
        """
        api.needs("cors")

        response = api.send(method, path, headers={"Origin": _ORIGIN})

        assert response.status_code == status
        assert response.headers["access-control-allow-origin"] == "*"
        assert response.headers["access-control-allow-credentials"] == "true"

    def test_with_a_cookie(self, api: Caller) -> None:
        """With a cookie the origin itself is named.

        Source: measured; Starlette's CORSMiddleware.
        """
        api.needs("cors")

        response = api.send("GET", query="limit=1", headers={"Origin": _ORIGIN, "Cookie": "a=b"})

        assert response.headers["access-control-allow-origin"] == _ORIGIN
        assert response.headers["vary"] == "Origin"

    def test_without_an_origin(self, api: Caller) -> None:
        """A request without an origin is told nothing of them.

        Source: recordings `list-one`, `options-collection`.
        """
        response = api.send("GET", query="limit=1")

        told = [name for name in response.headers if name.startswith("access-control-")]
        assert told == []
