"""What the SDK's methods take once the documented calls are among them; autospec goes by it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import Parameter, Signature, signature
from typing import Any, Final

# What a documented call takes beside what the SDK's method does, and what it may leave out.
_ADDED: Final[Mapping[str, str]] = {"list": "metadata", "update": "new_name", "delete": "name"}
_LEFT_OUT: Final = ("secret_id", "value")
# What a list takes, and a `get` does not.
_OF_LISTS: Final = ("limit", "offset")


def documented(name: str, original: Callable[..., Any]) -> Signature:
    """Return what a method takes, by the SDK or by its documentation.

    Args:
        name: Of the method.
        original: The SDK's own.
    """
    own = signature(original)
    takes_any = any(one.kind is Parameter.VAR_KEYWORD for one in own.parameters.values())
    if name not in _ADDED or takes_any:
        return own
    taken = [
        one.replace(default=None) if one.name in _LEFT_OUT else one
        for one in own.parameters.values()
    ]
    if _ADDED[name] not in own.parameters:
        taken.append(Parameter(_ADDED[name], Parameter.KEYWORD_ONLY, default=None))
    return own.replace(parameters=taken)


def of_get(own_list: Callable[..., Any]) -> Signature:
    """Return what `get` takes: a name, and the options of each request.

    Args:
        own_list: The SDK's own `list`.
    """
    resource, *options = signature(own_list).parameters.values()
    name = Parameter("name", Parameter.KEYWORD_ONLY)
    taken = [one for one in options if one.name not in _OF_LISTS]
    return Signature([resource, name, *taken])
