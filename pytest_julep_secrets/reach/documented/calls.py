"""The documented calls, as steps that are requests of the SDK's own methods.

So whatever stands between a client and a server sees them as it sees any: interception, faults,
the journal, guards.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from pytest_julep_secrets.documented import FIND, GET, HEADER, KEEP, canonical
from pytest_julep_secrets.fake.rules import names
from pytest_julep_secrets.reach.documented.errors import NAME_RULE, Errors
from pytest_julep_secrets.reach.documented.steps import Steps

# Secrets to a page: the server's own default.
_PAGE: Final = 100


class Calls:
    """The calls of one resource, sync or async.

    Args:
        methods: The SDK's own `create`, `list`, `update` and `delete`, by name.
        errors: What they raise.
        omit: What the SDK takes for an argument that was not given.
    """

    def __init__(
        self, methods: Mapping[str, Callable[..., Any]], errors: Errors, omit: object
    ) -> None:
        self._methods = methods
        self._errors = errors
        self._omit = omit

    def create(self, resource: Any, **arguments: Any) -> Steps:
        """Create as the SDK does, and raise the documented errors."""
        return (yield from self._ask("create", arguments.get("name"), resource, **arguments))

    def get(self, resource: Any, *, name: str, **options: Any) -> Steps:
        """Look a secret up by its name, page by page; its value is given back by a fake alone."""
        return (yield from self._find(resource, name, GET, options))

    def update(
        self,
        resource: Any,
        *,
        name: str,
        value: Any = None,
        description: Any = None,
        metadata: Any = None,
        new_name: Any = None,
        **options: Any,
    ) -> Steps:
        """Look a secret up, and update it; what is None is kept."""
        found = yield from self._find(resource, name, FIND, options)
        given = {"value": value, "description": description, "metadata": metadata}
        fields = {key: field for key, field in given.items() if _is_given(field)}
        wanted = new_name if _is_given(new_name) else name
        if "value" not in fields:
            # No request ever gives a value back that could be sent again.
            fields["value"], options = self._omit, _wishing(options, KEEP)
        fields |= {"name": wanted, **options}
        return (yield from self._ask("update", wanted, resource, found.id, **fields))

    def delete(self, resource: Any, *, name: str, **options: Any) -> Steps:
        """Look a secret up, and delete it."""
        found = yield from self._find(resource, name, FIND, options)
        return (yield from self._ask("delete", name, resource, found.id, **options))

    def list(
        self, resource: Any, *, metadata: Any, limit: Any = None, offset: Any = 0, **options: Any
    ) -> Steps:
        """List the secrets whose metadata has exactly these values at these keys."""
        first, count = (number if _is_given(number) else 0 for number in (offset, limit))
        if min(first, count) < 0:
            raise self._invalid(resource, "A limit and an offset have to be 0 or more.")
        wanted = self._canonical(resource, metadata)
        every = yield from self._look_through(resource, "", options)
        found = [secret for secret in every.values() if wanted <= _metadata_of(secret)]
        return found[first : first + count if _is_given(limit) else None]

    # --- inside

    def _find(self, resource: Any, name: str, wish: str, options: dict[str, Any]) -> Steps:
        if not isinstance(name, str) or not names.is_valid(name):
            raise self._invalid(resource, f"This is not the name of a secret.\n{NAME_RULE}")
        asked = _wishing(options, f"{wish} {name}")
        # It belongs to what is done with the secret.
        asked.pop("extra_body", None)
        seen = yield from self._look_through(resource, name, asked)
        if name not in seen:
            raise self._errors.not_found(name, _url_of(resource))
        return seen[name]

    def _look_through(self, resource: Any, name: str, options: dict[str, Any]) -> Steps:
        """List page by page until there is a name, or all; returns secrets by their names."""
        seen: dict[str, Any] = {}
        start = 0
        while True:
            page = yield from self._ask(
                "list", name, resource, limit=_PAGE, offset=start, **options
            )
            before = len(seen)
            seen |= {secret.name: secret for secret in page}
            start += _PAGE
            # A mock may know nothing of pages, and give the same one for ever.
            if name in seen or len(page) < _PAGE or len(seen) == before:
                return seen

    def _ask(self, method: str, name: object, /, *arguments: Any, **options: Any) -> Steps:
        """Send one request by a method of the SDK's, about the secret of a name."""
        try:
            return (yield partial(self._methods[method], *arguments, **options))
        except self._errors.of_status as error:
            documented = self._errors.explain(error, name)
            if documented is None:
                raise
            # Not from the SDK's, of which the text may hold what the server echoes.
            raise documented from None

    def _canonical(self, resource: Any, metadata: object) -> set[tuple[str, str]]:
        text = "The metadata to look for has to be a JSON object.\nUse a dict."
        if not isinstance(metadata, dict):
            raise self._invalid(resource, text)
        try:
            return canonical(metadata)
        except (TypeError, ValueError, RecursionError):
            raise self._invalid(resource, text) from None

    def _invalid(self, resource: Any, text: str) -> Exception:
        return self._errors.invalid(text, _url_of(resource))


def _is_given(argument: object) -> bool:
    # The SDK's own marks for what is not.
    return argument is not None and type(argument).__name__ not in {"Omit", "NotGiven"}


def _wishing(options: dict[str, Any], wish: str) -> dict[str, Any]:
    return {**options, "extra_headers": {**(options.get("extra_headers") or {}), HEADER: wish}}


def _metadata_of(secret: Any) -> set[tuple[str, str]]:
    return canonical(secret.metadata) if isinstance(secret.metadata, dict) else set()


def _url_of(resource: Any) -> object:
    # Private to the SDK; an error without it would be no error of the SDK's.
    return getattr(getattr(resource, "_client", None), "base_url", "")
