"""What to write instead, where code has failed by what only the documentation of Julep has.

An error is known by what it carries: an object that lacks something, a module that is not there,
the class of a call that was given wrong arguments. Only an empty list carries nothing: there the
function is looked at that wanted more of it. So code which has nothing to do with Julep gets no
hint, unless its classes and calls have the names of the SDK's.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from types import FrameType, ModuleType
from typing import Any, Final, NamedTuple

from pytest_julep_secrets.documented import (
    CLIENT,
    ERRORS,
    EXCEPTIONS,
    RESOURCES,
    RESOURCES_MODULE,
)


class Hint(NamedTuple):
    """What works instead of a documented call.

    Attributes:
        missing: What the SDK has not.
        instead: What works, ready to paste.
        remark: What else has to be known; "" for nothing.
        can_be_there: Whether opting into the documented surface puts it there.
    """

    missing: str
    instead: str
    remark: str = ""
    can_be_there: bool = True

    def awaited(self, is_async: object) -> Hint:
        """Return the same for an async client, if it is one."""
        if not is_async:
            return self
        return self._replace(instead=self.instead.replace("client.", "await client."))


_FOUND: Final = 'secret = next(s for s in client.secrets.list(limit=1000) if s.name == "NAME")'

GET: Final = Hint("secrets.get", _FOUND, "The value is not in it: no request gives one back.")
UPDATE: Final = Hint(
    "secrets.update by name, or without a value",
    f'{_FOUND}; client.secrets.update(secret.id, name=secret.name, value="VALUE")',
    "Name and value are needed each time; description and metadata are kept.",
)
DELETE: Final = Hint("secrets.delete by name", f"{_FOUND}; client.secrets.delete(secret.id)")
FILTER: Final = Hint(
    "filter in secrets.list",
    '[s for s in client.secrets.list(limit=1000) if (s.metadata or {}).get("KEY") == "VALUE"]',
)
CREATE: Final = Hint(
    "such argument of secrets.create",
    'client.secrets.create(name="NAME", value="VALUE", description="...", metadata={})',
    can_be_there=False,
)
ITEMS: Final = Hint("items in what secrets.list returns", "for s in client.secrets.list(): ...")
IMPORT_ERRORS: Final = Hint(
    f"module {EXCEPTIONS}",
    f"from julep import {', '.join(nearest for nearest, *_ in ERRORS.values())}",
)
IMPORT_CLIENT: Final = Hint(
    f"module {CLIENT}",
    f'@patch("{RESOURCES_MODULE}.{RESOURCES["Secrets"]}.list"), or mock_secrets and no mock',
)

# Nobody documents it; who guesses it looks for the errors.
_GUESSED: Final = "julep.errors"

_BY_METHOD: Final = {"update": UPDATE, "delete": DELETE, "list": FILTER, "create": CREATE}
_BY_MODULE: Final = {
    EXCEPTIONS: IMPORT_ERRORS,
    CLIENT: IMPORT_CLIENT,
    _GUESSED: IMPORT_ERRORS._replace(missing=f"module {_GUESSED}", can_be_there=False),
}


def hint_for(error: BaseException) -> Hint | None:
    """Return what works instead of what has failed; None if that is nothing of Julep's.

    Args:
        error: What was raised, with the traceback that it came with.
    """
    if not hasattr(sys.modules.get("julep"), "Julep"):
        # No SDK of ours: then it cannot be the SDK's.
        return None
    return next(filter(None, (known(error) for known in _KNOWN)), None)


# --- attributes

# What `unittest.mock` and `monkeypatch` say, who keep the object to themselves.
_MOCKED: Final = re.compile(
    rf"{re.escape(RESOURCES_MODULE)}\.(Async)?SecretsResource\b.* "
    "(?:does not have the attribute|has no attribute) 'get'"
)


def _no_get(error: BaseException) -> Hint | None:
    if not isinstance(error, AttributeError):
        return None
    mocked = _MOCKED.search(str(error))
    if mocked:
        return GET.awaited(mocked[1])
    kind: Any = error.obj if isinstance(error.obj, type) else type(error.obj)
    if error.name != "get" or kind.__module__ != RESOURCES_MODULE:
        return None
    return GET.awaited(kind.__name__.startswith("Async"))


def _no_items(error: BaseException) -> Hint | None:
    if not isinstance(error, AttributeError) or error.name != "items":
        return None
    if type(error.obj) is not list:
        return None
    # Of an empty list nothing can be said but where it was asked.
    is_ours = all(map(_is_secret, error.obj)) if error.obj else _has_listed(_last_frame(error))
    return ITEMS if is_ours else None


def _is_secret(thing: object) -> bool:
    kind = type(thing)
    return (kind.__module__, kind.__name__) == ("julep.types.secret", "Secret")


def _last_frame(error: BaseException) -> FrameType | None:
    step = error.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    return step.tb_frame if step is not None else None


def _has_listed(frame: FrameType | None) -> bool:
    """Tell whether a function has `.secrets.list` in it, and something of the SDK's."""
    if frame is None or not {"secrets", "list"} <= set(frame.f_code.co_names):
        return False
    seen = [*frame.f_locals.values(), *frame.f_globals.values()]
    return any(map(_is_of_the_sdk, seen))


def _is_of_the_sdk(thing: object) -> bool:
    home = thing.__name__ if isinstance(thing, ModuleType) else type(thing).__module__
    if isinstance(thing, type):
        home = thing.__module__
    return str(home).partition(".")[0] == "julep"


def _no_module_in_julep(error: BaseException) -> Hint | None:
    if not isinstance(error, AttributeError) or error.obj is not sys.modules["julep"]:
        return None
    return _of_name(str(error.name))


def _of_name(name: str) -> Hint | None:
    """Return the hint for a name that is looked up in `julep` itself."""
    return IMPORT_ERRORS if name in ERRORS else _BY_MODULE.get(f"julep.{name}")


# --- arguments

_CALLED: Final = re.compile(
    r"(Async)?SecretsResource\.(create|list|update|delete)\(\) "
    r"(?:missing \d .*'(?:secret_id|name|value)'"
    r"|got an unexpected keyword argument '(?:name|metadata|new_name)')"
)


def _no_such_argument(error: BaseException) -> Hint | None:
    called = _CALLED.match(str(error)) if isinstance(error, TypeError) else None
    if called is None or (called[2] == "create" and " missing " in called[0]):
        return None
    return _BY_METHOD[called[2]].awaited(called[1])


# --- modules

_NOT_IN_JULEP: Final = re.compile(r"cannot import name '(\w+)' from 'julep'")


def _no_module(error: BaseException) -> Hint | None:
    if not isinstance(error, ImportError):
        return None
    name = _NOT_IN_JULEP.match(str(error))
    return _of_name(name[1]) if name else _BY_MODULE.get(error.name or "")


_KNOWN: Final[tuple[Callable[[BaseException], Hint | None], ...]] = (
    _no_get,
    _no_items,
    _no_module_in_julep,
    _no_such_argument,
    _no_module,
)
