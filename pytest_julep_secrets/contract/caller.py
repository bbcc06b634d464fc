"""What a promise speaks through: requests to a target, and the deletion of what they made."""

from __future__ import annotations

import json as json_module
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any, Final

import httpx
import pytest

from pytest_julep_secrets.contract.cleaning import GONE, delete, why_gone
from pytest_julep_secrets.contract.listing import every_secret
from pytest_julep_secrets.contract.replies import done, parsed
from pytest_julep_secrets.contract.target import Target

# Nobody has a secret of this id: the API makes ids of the time, and this one is of 2025.
UNKNOWN_ID: Final = "0195a000-1111-7222-8333-444455556666"
VALUE: Final = "made-up-for-the-contract"

_numbers = count(1)


class Caller:
    """Sends requests to a target, and deletes what they have made.

    Args:
        target: What is held to the contract.

    Attributes:
        target: As above.
    """

    def __init__(self, target: Target) -> None:
        self.target = target
        self._prefix = f"{target.prefix}{next(_numbers)}_"
        self._made: set[str] = set()
        # Nothing of ours is older.
        self._begun = target.latest

    # --- requests

    def name(self, tail: str = "key") -> str:
        """Make up the name of a secret; the same for the same tail."""
        return self._prefix + tail

    def body(self, tail: str = "key", **fields: Any) -> dict[str, Any]:
        """Return what makes a secret: a name, a value, and what else is given."""
        return {"name": self.name(tail), "value": VALUE, **fields}

    def send(
        self,
        method: str,
        path: str = "/secrets",
        *,
        json: Any = None,
        content: bytes | None = None,
        query: str = "",
        headers: Mapping[str, str | None] | None = None,
    ) -> httpx.Response:
        """Send a request with the target's key.

        Args:
            method: Such as "GET".
            path: Below the target's base, percent-encoded.
            json: The body, as JSON; None for none.
            content: The body, as it is; without a content type.
            query: Raw, without the question mark.
            headers: Beside or in place of the key; None as a value leaves one out.
        """
        given: dict[str, str | None] = {**self.target.headers}
        if json is not None:
            content = json_module.dumps(json).encode()
            given["Content-Type"] = "application/json"
        for name, value in (headers or {}).items():
            given = {known: kept for known, kept in given.items() if known.lower() != name.lower()}
            given[name] = value
        sent = {name: value for name, value in given.items() if value is not None}
        url = f"{self.target.url}{path}{'?' if query else ''}{query}"
        return self._answer(method, url, content, sent)

    def _answer(
        self, method: str, url: str, content: bytes | None, headers: dict[str, str]
    ) -> httpx.Response:
        __tracebackhide__ = True
        try:
            response = self.target.http.request(method, url, content=content, headers=headers)
        except httpx.RequestError as error:
            self._give_up_if_gone()
            raise AssertionError(f"{method} was not answered: {type(error).__name__}") from None
        if method in {"POST", "PUT"} and response.is_success:
            self._note(response)
        if response.is_server_error:
            self.target.renew()
        if response.status_code in GONE:
            self._give_up_if_gone()
        return response

    def _give_up_if_gone(self) -> None:
        """End the run if the target is no longer there: all that is left would fail for it."""
        __tracebackhide__ = True
        reason = why_gone(self.target)
        if reason:
            pytest.exit(
                f"The target '{self.target.url}' no longer answers ({reason}): "
                "the contract was given up.",
                returncode=pytest.ExitCode.INTERRUPTED,
            )

    def _note(self, response: httpx.Response) -> None:
        try:
            made = response.json()
        except (ValueError, RecursionError):
            return
        if isinstance(made, dict) and isinstance(made.get("id"), str):
            self.note(made["id"], str(made.get("created_at", "")))

    def note(self, secret_id: str, created_at: str = "") -> None:
        """Remember to delete a secret."""
        self.target.noted.add(secret_id)
        self.target.latest = created_at or self.target.latest
        self._made.add(secret_id)

    # --- what promises often do

    def create(self, tail: str = "key", **fields: Any) -> dict[str, Any]:
        """Make a secret, and return it as the API shows it."""
        __tracebackhide__ = True
        shown: dict[str, Any] = done(self.send("POST", json=self.body(tail, **fields)))
        return shown

    def update(self, secret: Mapping[str, Any], **fields: Any) -> dict[str, Any]:
        """Overwrite a secret, by default with its own name, and return what is shown."""
        __tracebackhide__ = True
        body = {"name": secret["name"], "value": VALUE, **fields}
        shown: dict[str, Any] = done(self.send("PUT", item(secret), json=body))
        return shown

    def delete(self, secret: Mapping[str, Any]) -> dict[str, Any]:
        """Delete a secret, and return what is shown."""
        __tracebackhide__ = True
        deleted: dict[str, Any] = done(self.send("DELETE", item(secret)))
        return deleted

    def page(self, query: str = "") -> list[dict[str, Any]]:
        """Return one page of the list."""
        __tracebackhide__ = True
        secrets: list[dict[str, Any]] = done(self.send("GET", query=query))
        return secrets

    def own(self) -> list[dict[str, Any]]:
        """Return this promise's own secrets, newest first, beside however many others."""
        return [
            secret
            for secret in every_secret(self.page, self._begun)
            if secret["id"] in self._made or str(secret["name"]).startswith(self._prefix)
        ]

    def find(self, secret: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return a secret as the list shows it now; None if it is not in the list."""
        pages = every_secret(self.page, self._begun)
        return next((shown for shown in pages if shown["id"] == secret["id"]), None)

    def steady(self, window: str, query: str) -> tuple[list[Any], list[Any]]:
        """Return two pages of a list that nobody else has changed between them."""
        for _ in range(30):
            before, asked, after = self.page(window), self.page(query), self.page(window)
            # Again, for what was there for the one request only: an id never comes back.
            if before == after and asked == self.page(query):
                return before, asked
        pytest.skip("others make and delete secrets all the time: pages cannot be compared")

    def in_parallel(self, calls: Sequence[Callable[[], httpx.Response]]) -> list[httpx.Response]:
        """Send requests at the same time."""
        with ThreadPoolExecutor(len(calls)) as pool:
            return list(pool.map(lambda call: call(), calls))

    def mistakes(self, response: httpx.Response) -> list[dict[str, str]]:
        """Return the details of a 422."""
        __tracebackhide__ = True
        told = parsed(response, 422)["error"]
        assert (told["message"], told["code"]) == ("Validation error", "validation_error")
        details: list[dict[str, str]] = told["details"]
        assert all(detail["msg"] for detail in details)
        return details

    # --- where deployments differ

    def needs(self, trait: str) -> None:
        """Skip a promise that depends on a deployment, if this one is different."""
        reason = "" if self.target.exact else getattr(self.target.traits, trait)
        # An exact target has no developers unless it was given one.
        if trait == "tenants":
            reason = self.target.traits.tenants
        if reason:
            pytest.skip(reason)

    def check_deployed(self, response: httpx.Response, status: int, otherwise: str) -> None:
        """Check a status that another version of what is below the server would change."""
        __tracebackhide__ = True
        if response.status_code != status and not self.target.exact and not response.is_success:
            pytest.skip(f"{otherwise}: {response.status_code}, not {status}")
        assert response.status_code == status

    def check_words(self, said: str, expected: str) -> None:
        """Check words that belong to a version of Python or pydantic."""
        __tracebackhide__ = True
        if said != expected and not self.target.exact:
            pytest.skip(f"another version words it otherwise: '{said}', not '{expected}'")
        assert said == expected

    # --- the end

    def clean(self) -> None:
        """Delete what was made; what is left is tried again at the target's own end."""
        for secret_id in sorted(self._made):
            delete(self.target, secret_id)


def item(secret: Mapping[str, Any] | str) -> str:
    """Return the path of one secret."""
    return f"/secrets/{secret if isinstance(secret, str) else secret['id']}"
