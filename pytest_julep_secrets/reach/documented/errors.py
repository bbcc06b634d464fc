"""`julep.exceptions`: the documented errors, each a subclass of the SDK's own for the same answer.

Their texts hold no value: the server echoes what it refuses, so nothing of its answer is in them.

Source: the guide "Common Secrets Patterns", section Error Handling, for names and codes;
`fake.rules` for what the server says with which status.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import httpx

from pytest_julep_secrets import errors
from pytest_julep_secrets.documented import ERRORS, EXCEPTIONS
from pytest_julep_secrets.fake.rules import names

NAME_RULE: Final = "A name is an ASCII letter, then ASCII letters, digits or underscores."

_BAD_FIELD: Final = (
    "a field is missing, or of the wrong type.\nA real server needs the value in every update."
)
_BY_STATUS: Final[Mapping[int, tuple[str, str]]] = {
    400: ("ValidationError", f"The server refuses {{}}.\n{NAME_RULE}"),
    403: ("PermissionDeniedError", "There is no access to {} with this key."),
    404: ("SecretNotFoundError", "There is no such secret: {}."),
    409: ("SecretAlreadyExistsError", "There is a secret of that name already: {}."),
    422: ("ValidationError", f"The server refuses {{}}: {_BAD_FIELD}"),
}


class Errors:
    """The documented errors for one SDK.

    Args:
        julep: The SDK.
        raised: Called for each that is made to be raised.

    Attributes:
        classes: By name.
        of_status: What the SDK raises for an answer that is an error.
    """

    def __init__(self, julep: Any, raised: Callable[[], None]) -> None:
        self._raised = raised
        self.of_status: type[Exception] = julep.APIStatusError
        self.classes: dict[str, Any] = {
            name: _subclass(name, tuple(getattr(julep, base) for base in bases))
            for name, bases in ERRORS.items()
        }

    def explain(self, error: Any, name: object) -> Exception | None:
        """Return the documented error for one of the SDK's; None where there is none.

        Args:
            error: The SDK's.
            name: Which secret the call was about; "" for none.
        """
        kind, text = _BY_STATUS.get(error.status_code, ("", ""))
        if not kind:
            return None
        return self._make(kind, text.format(_shown(name)), error.response, error.body)

    def not_found(self, name: str, url: object) -> Exception:
        """Return what is raised where no list has a secret; no server was asked for it alone."""
        return self._own("SecretNotFoundError", 404, f"There is no such secret: '{name}'.", url)

    def invalid(self, text: str, url: object) -> Exception:
        """Return what is raised before anything is sent."""
        return self._own("ValidationError", 400, text, url)

    def _own(self, kind: str, status: int, text: str, url: object) -> Exception:
        response = httpx.Response(status, request=httpx.Request("GET", str(url)))
        return self._make(kind, text, response, None)

    def _make(self, kind: str, text: str, response: Any, body: object) -> Exception:
        self._raised()
        made: Exception = self.classes[kind](text, response=response, body=body)
        return made


def _subclass(name: str, bases: tuple[type, ...]) -> type:
    what = f"Documented, and not in the SDK, which raises {' or '.join(b.__name__ for b in bases)}."
    # Those of `MockSecrets` have the same names.
    code = getattr(errors, name).code
    return type(name, bases, {"code": code, "__module__": EXCEPTIONS, "__doc__": what})


def _shown(name: object) -> str:
    # What is no name may be a value in the wrong place.
    return f"'{name}'" if isinstance(name, str) and names.is_valid(name) else "this secret"
