"""The methods of the SDK's resource, sync or async, with the documented calls beside its own.

A call that the SDK has is the SDK's, to the letter: one with an id, one by `with_raw_response`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial, update_wrapper
from inspect import getattr_static
from types import FunctionType, MethodType
from typing import TYPE_CHECKING, Any, Final

from pytest_julep_secrets.reach.documented.calls import Calls
from pytest_julep_secrets.reach.documented.listed import SecretList
from pytest_julep_secrets.reach.documented.signatures import documented, of_get
from pytest_julep_secrets.reach.documented.steps import Steps, take, take_async
from pytest_julep_secrets.reach.patch import Undo, replace

if TYPE_CHECKING:
    from pytest_julep_secrets.reach.documented.surface import Surface

_METHODS: Final = ("create", "list", "update", "delete")
# What the SDK adds to a request of `with_raw_response` and `with_streaming_response`.
_RAW: Final = "X-Stainless-Raw-Response"


def patch(resource: Any, surface: Surface) -> list[Undo]:
    """Put the documented calls into a class of the SDK's.

    Args:
        resource: `SecretsResource` or `AsyncSecretsResource`.
        surface: Knows whether they are to be there, and is told which is used.
    """
    make = _call_async if resource.__name__.startswith("Async") else _call
    own = {name: getattr(resource, name) for name in _METHODS}
    both = _Both(own, surface)
    undo = [replace(resource, name, partial(make, both, name)) for name in _METHODS]
    there = getattr_static(resource, "get", None)
    # An SDK that has it keeps it; ours may be left by a mock that has put it back.
    if there is None or type(there) is _Told:
        function: Any = make(both, "get", _no_get)
        function.__signature__ = of_get(own["list"])
        undo.append(_add_get(resource, function, surface))
    return undo


class _Both:
    """Tells a documented call from one of the SDK's.

    Args:
        methods: The SDK's own.
        surface: As above.
    """

    def __init__(self, methods: dict[str, Callable[..., Any]], surface: Surface) -> None:
        self._methods = methods
        self._surface = surface

    def steps(self, name: str, arguments: tuple[Any, ...], options: dict[str, Any]) -> Steps | None:
        """Return what a documented call does; None for one of the SDK's.

        Args:
            name: The method's.
            arguments: The resource, and what else is given by place.
            options: What is given by keyword.
        """
        is_raw = _RAW in (options.get("extra_headers") or {})
        # Somebody may have kept a method for longer than it is there.
        if is_raw or not self._surface.is_on or not _is_documented(name, arguments, options):
            return None
        if name in _SIGNS:
            self._surface.told(f"secrets.{name}({_SIGNS[name]}=)")
        julep = sys.modules["julep"]
        omit = getattr(julep, "omit", julep.NOT_GIVEN)
        calls = Calls(self._methods, self._surface.errors(), omit)
        steps: Steps = getattr(calls, name)(*arguments, **options)
        return steps

    def shown(self, answer: Any) -> Any:
        """Return what one of the SDK's calls gives, with `items` if it is a list."""
        if type(answer) is not list or not self._surface.is_on:
            return answer
        return SecretList(answer, partial(self._surface.told, "secrets.list().items"))


# By which keyword a call is none of the SDK's.
_SIGNS: Final = {"list": "metadata", "update": "name", "delete": "name"}


def _is_documented(name: str, arguments: tuple[Any, ...], options: dict[str, Any]) -> bool:
    if name == "get":
        return True
    # With the resource alone. Of `create` only the errors are others.
    by_name = len(arguments) == 1 and "secret_id" not in options
    return by_name and (name == "create" or _SIGNS[name] in options)


def _call(both: _Both, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    def call(*arguments: Any, **options: Any) -> Any:
        __tracebackhide__ = True
        steps = both.steps(name, arguments, options)
        if steps is None:
            return both.shown(original(*arguments, **options))
        return both.shown(take(steps))

    call.__signature__ = documented(name, original)  # type: ignore[attr-defined]
    return call


def _call_async(both: _Both, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    async def call(*arguments: Any, **options: Any) -> Any:
        __tracebackhide__ = True
        steps = both.steps(name, arguments, options)
        if steps is None:
            return both.shown(await original(*arguments, **options))
        return both.shown(await take_async(steps))

    call.__signature__ = documented(name, original)  # type: ignore[attr-defined]
    return call


# --- get, which the SDK has not


def _no_get(resource: Any, **_: Any) -> Any:
    """Get a secret by its name."""
    if isinstance(resource, type):
        text = f"type object {resource.__name__!r} has no attribute 'get'"
    else:
        text = f"{type(resource).__name__!r} object has no attribute 'get'"
    raise AttributeError(text, name="get", obj=resource)


def _add_get(resource: Any, function: Callable[..., Any], surface: Surface) -> Undo:
    ours = _Told(function, surface)
    resource.get = ours

    def undo() -> None:
        if vars(resource).get("get") is ours:
            del resource.get

    return undo


class _Told:
    """A method that tells when somebody takes it: a mock that stands in for it never calls it.

    Args:
        function: What it is.
        surface: Is told then, if it is on; else there is no such method, wherever this was kept.
    """

    # A mock with `autospec` takes a method for one only if it is a function.
    __class__ = FunctionType  # type: ignore[assignment]

    def __init__(self, function: Any, surface: Surface) -> None:
        update_wrapper(self, _no_get)
        self.__name__ = self.__qualname__ = "get"
        self.__signature__ = function.__signature__
        self.__code__ = function.__code__
        self._function = function
        self._surface = surface

    @property
    def __func__(self) -> Any:
        """The function, at which `unittest.mock` sees whether it is async."""
        # That it takes it out of the class without us.
        self._surface.told("secrets.get")
        return self._function

    def __get__(self, resource: Any, owner: Any = None) -> Any:
        if not self._surface.is_on:
            _no_get(resource if resource is not None else owner)
        self._surface.told("secrets.get")
        return self._function if resource is None else MethodType(self._function, resource)

    def __call__(self, resource: Any, **options: Any) -> Any:
        """Get a secret by its name."""
        return self._function(resource, **options)
