"""The fake as a route of a respx router."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pytest_julep_secrets import sdk
from pytest_julep_secrets.reach import delivery
from pytest_julep_secrets.reach.transport import (
    Answer,
    library_of,
    owned_prefix,
    to_call,
    to_response,
)

if TYPE_CHECKING:
    import httpx
    import respx


def mount(router: respx.Router, answer: Answer, bases: Iterable[sdk.Base]) -> respx.Route:
    """Add one route that answers the secrets of every base from the fake.

    Args:
        router: The `respx_mock` fixture, or any router.
        answer: `FakeServer.answer`.
        bases: The known bases.

    Returns:
        The route, for its `calls`.
    """
    known = list(bases)

    def respond(request: httpx.Request) -> httpx.Response:
        prefix = owned_prefix(request.url, request, known) or ""
        reply = answer(to_call(request, request.content, prefix))
        if reply.delivery is not None:
            delivery.wait(library_of(request), request, reply.delivery)
        return to_response(request, reply)

    origins = "|".join(_pattern(base) for base in known)
    route = router.route(url__regex=rf"^(?:{origins})/secrets(?:/[^/?]+)?/?(?:\?|$)")
    return route.mock(side_effect=respond)


def _pattern(base: sdk.Base) -> str:
    port = f":{base.port}"
    optional = "?" if base.port == sdk.DEFAULT_PORTS[base.scheme] else ""
    return rf"{base.scheme}://{re.escape(base.host)}(?:{port}){optional}{re.escape(base.prefix)}"
