"""Which paths and methods there are, and what is said of others."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from pytest_julep_secrets.contract.caller import UNKNOWN_ID, Caller, item
from pytest_julep_secrets.contract.replies import parsed, same

_NOT_FOUND = {"detail": "Not Found"}
_NOT_ALLOWED = {"detail": "Method Not Allowed"}


class RoutePromises:
    """Four operations, and nothing else."""

    @pytest.mark.parametrize("method", ["GET", "PATCH", "POST", "OPTIONS"])
    def test_a_secret_cannot_be_read(self, api: Caller, method: str) -> None:
        """There is no read of one secret, nor another method than PUT and DELETE: 405.

        Source: recordings `get-by-id`, `get-by-name`, `patch-by-id`, `post-by-id`,
        `options-by-id`.
        """
        response = api.send(method, item(api.create()))

        assert same(parsed(response, 405), _NOT_ALLOWED)
        assert response.headers["allow"] == "DELETE"

    @pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
    def test_the_list_has_two_methods(self, api: Caller, method: str) -> None:
        """Of all secrets there are POST and GET; any other method is a 405 that names POST.

        Source: recordings `put-collection`, `delete-collection`, `options-collection`.
        """
        secret = api.create()

        response = api.send(method)

        assert same(parsed(response, 405), _NOT_ALLOWED)
        assert response.headers["allow"] == "POST"
        assert same(api.own(), [secret])

    @pytest.mark.parametrize("path", ["/secrets", f"/secrets/{UNKNOWN_ID}"])
    def test_head_is_not_there(self, api: Caller, path: str) -> None:
        """HEAD is a 405 without a body.

        Source: recording `head-collection`.
        """
        response = api.send("HEAD", path)

        assert (response.status_code, response.content) == (405, b"")

    @pytest.mark.parametrize(
        "path",
        [
            *("/secrets/a/b", "/secrets/by-name/key", "/Secrets", "/secrets/a%2Fb"),
            "/secrets/a/b/",
        ],
    )
    def test_other_paths(self, api: Caller, path: str) -> None:
        """Other paths are a 404, an encoded slash is a slash, and case counts.

        Source: recordings `subpath`, `get-by-name-subpath`, `case-sensitive-path`,
        `encoded-slash-id`.
        """
        assert same(parsed(api.send("GET", path), 404), _NOT_FOUND)

    @pytest.mark.parametrize("path", ["/api/secrets", "//secrets", "/agents/{}/secrets"])
    def test_other_places(self, api: Caller, path: str) -> None:
        """The server knows no prefix, and no secrets of agents.

        Source: recordings `api-prefix`, `double-slash`, `agent-secrets`.
        """
        api.needs("root")

        assert same(parsed(api.send("GET", path.format(UNKNOWN_ID)), 404), _NOT_FOUND)

    @pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH"])
    @pytest.mark.parametrize("path", ["/secrets", f"/secrets/{UNKNOWN_ID}"])
    def test_a_slash_at_the_end(self, api: Caller, method: str, path: str) -> None:
        """With a slash at its end, any path leads to the one without: a 307 that keeps the query.

        Source: recordings `slash-get`, `slash-post`, `slash-put-id`, `slash-delete-collection`.
        """
        response = api.send(method, f"{path}/", query="limit=1&a=%20b")

        place = urlsplit(response.headers["location"])
        assert (response.status_code, response.content) == (307, b"")
        assert place.path.endswith(path)
        assert place.query == "limit=1&a=%20b"
        assert place.netloc

    def test_an_encoded_letter(self, api: Caller) -> None:
        """A letter of the path may be percent-encoded.

        Source: recording `percent-encoded-path`.
        """
        assert isinstance(parsed(api.send("GET", "/%73ecrets", query="limit=1"), 200), list)
