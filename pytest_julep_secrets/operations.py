"""Operations on secrets by name, as a test does them: real values, no HTTP."""

from __future__ import annotations

import builtins
import json
from collections.abc import Iterator, KeysView, Mapping
from copy import deepcopy
from typing import Any, Final, Never
from uuid import UUID

from pytest_julep_secrets.documented import canonical
from pytest_julep_secrets.errors import (
    PermissionDeniedError,
    SecretAlreadyExistsError,
    SecretNotFoundError,
    SecretsError,
    ValidationError,
)
from pytest_julep_secrets.fake.faults import Faults
from pytest_julep_secrets.fake.refusals import (
    InvalidData,
    NameTaken,
    NameTooLong,
    Refused,
    TooDeep,
)
from pytest_julep_secrets.fake.rules.fields import Fields
from pytest_julep_secrets.fake.secret import Secret
from pytest_julep_secrets.fake.store import Store
from pytest_julep_secrets.llm_keys import NAMES, make_up, needed_for

# No limit of a list; PostgreSQL's largest number.
_ALL: Final = (1 << 63) - 1


class Operations:
    """One developer's secrets by name. Of a mapping it has what reads, names to values.

    Args:
        store: Where they are kept.
        developer: Whose they are.
        faults: Say which secrets are denied; nothing if None.

    Attributes:
        faults: As above.
    """

    def __init__(self, store: Store, developer: UUID, faults: Faults | None = None) -> None:
        self.faults: Faults = faults or Faults()
        self._store = store
        self._developer = developer

    def create(
        self,
        *,
        name: str,
        value: str,
        description: str | None = None,
        metadata: Mapping[str, object] | None = None,
    ) -> Secret:
        """Store a new secret and return it, with its real value.

        Args:
            name: An ASCII letter, then ASCII letters, digits or underscores. Unique; upper
                and lower case distinct.
            value: The text to keep secret; may be empty.
            description: Free text, or None for none.
            metadata: A JSON object, or None for none.

        Raises:
            SecretAlreadyExistsError: If there is a secret of that name.
            ValidationError: If the server would refuse one of the arguments.
            PermissionDeniedError: After `faults.deny(name)`; likewise of get, update and delete.

        Source:
            The guide's operations; the rules are the server's.
        """
        self._store.gate.arrived(name, value)
        self._refuse_denied(name)
        fields = _fields(name, value, description, metadata)
        try:
            return deepcopy(self._store.create(self._developer, fields))
        except Refused as refused:
            raise _explain(refused, name) from None

    def create_llm_keys(self, *wanted: str) -> builtins.list[Secret]:
        """Store the keys that Julep looks up for LLM models, with made-up values.

            mock_secrets.create_llm_keys("gpt-4o", "anthropic")

        Args:
            wanted: Models ("gpt-4o"), providers ("openai") or the secrets themselves
                ("OPENAI_API_KEY"); none for all that the server looks up.

        Returns:
            One secret for each name, in the order of the arguments; those that were there already
            keep their values. None for a model that needs no key.

        Raises:
            ValueError: If there is no such model or provider; nothing is stored then.

        Source:
            The server's table of models, in `llm_keys`.
        """
        names = dict.fromkeys([needed_for(one) for one in wanted] or NAMES)
        needed = [name for name in names if name]
        for name in needed:
            if name not in self:
                self.create(name=name, value=make_up(name), description="Made up for a test")
        return [self.get(name=name) for name in needed]

    # The name has a default so that a call like a mapping's gets as far as our sentence.
    def get(self, *args: Never, name: str = "") -> Secret:
        """Return a secret with its real value, which no HTTP request ever gives.

        Raises:
            SecretNotFoundError: If there is no secret of that name.
        """
        if args:
            raise TypeError(
                "get() takes the name as a keyword and returns a Secret: get(name='x').\n"
                "For the value use mock_secrets['x']."
            )
        self._refuse_denied(name)
        return deepcopy(self._find(name))

    def list(
        self,
        *,
        metadata: Mapping[str, object] | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Secret]:
        """Return the secrets, newest first, with their real values.

        Args:
            metadata: Only secrets whose metadata has exactly these values at these keys.
            limit: At most so many; None for all.
            offset: Skip so many.

        Raises:
            ValidationError: If limit or offset is negative, or metadata is no JSON object.
        """
        if min(offset, limit or 0) < 0:
            raise ValidationError("A limit and an offset have to be 0 or more.")
        every = self._every()
        wanted = canonical(_json_object(metadata) or {})
        found = [secret for secret in every if wanted <= canonical(secret.metadata or {})]
        end = None if limit is None else offset + limit
        return deepcopy(found[offset:end])

    def update(
        self,
        *,
        name: str,
        value: str | None = None,
        description: str | None = None,
        metadata: Mapping[str, object] | None = None,
        new_name: str | None = None,
    ) -> Secret:
        """Change a secret and return it; what is None is kept.

        Args:
            name: Which secret.
            value: Its new value.
            description: Its new description.
            metadata: Its new metadata, replacing the old one whole.
            new_name: Its new name.

        Raises:
            SecretNotFoundError: If there is no secret of that name.
            SecretAlreadyExistsError: If another secret has the new name.
            ValidationError: If the server would refuse one of the arguments.
        """
        wanted = name if new_name is None else new_name
        self._store.gate.arrived(wanted, value)
        self._refuse_denied(name, wanted)
        old = self._find(name)
        fields = _fields(wanted, old.value if value is None else value, description, metadata)
        try:
            return deepcopy(self._store.update(self._developer, old.id, fields))
        except Refused as refused:
            raise _explain(refused, wanted) from None

    def delete(self, *, name: str) -> None:
        """Remove a secret.

        Raises:
            SecretNotFoundError: If there is no secret of that name.
        """
        self._refuse_denied(name)
        self._store.delete(self._developer, self._find(name).id)

    def clear(self) -> None:
        """Remove all secrets."""
        self._store.clear()

    # --- names mapped to values, to read

    def __getitem__(self, name: str) -> str:
        """Return the value of a secret."""
        return self._find(name).value

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._look_up(name) is not None

    def __iter__(self) -> Iterator[str]:
        return iter([secret.name for secret in self._every()])

    def __len__(self) -> int:
        return self._store.count(self._developer)

    def keys(self) -> KeysView[str]:
        """Return the names, newest first."""
        return dict.fromkeys(self).keys()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self)} secrets>"

    # --- inside

    def _every(self) -> builtins.list[Secret]:
        return self._store.page(self._developer, _ALL, 0)

    def _look_up(self, name: str) -> Secret | None:
        return self._store.by_name(self._developer, name)

    def _refuse_denied(self, *names: str) -> None:
        for name in names if self.faults.pending else ():
            if self.faults.denies(name):
                raise PermissionDeniedError(
                    f"The secret '{name}' is denied: faults.deny('{name}') says so.\n"
                    f"Read its value with mock_secrets['{name}'], or call faults.clear() first."
                )

    def _find(self, name: str) -> Secret:
        secret = self._look_up(name) if isinstance(name, str) else None
        if secret is None:
            raise SecretNotFoundError(f"There is no secret '{name}'.\n{_known(list(self))}")
        return secret


def _known(names: list[str]) -> str:
    if not names:
        return "The fake holds no secrets; store one with mock_secrets.create(name=..., value=...)."
    shown = ", ".join(f"'{name}'" for name in names[:10])
    return f"There are: {shown}{', ...' if len(names) > 10 else ''}"


def _fields(name: object, value: object, description: object, metadata: object) -> Fields:
    """Check the types as the API would, after the SDK has made JSON of them."""
    for key, given in (("name", name), ("value", value), ("description", description)):
        if not isinstance(given, str) and not (key == "description" and given is None):
            kind = type(given).__name__
            raise ValidationError(f"A secret's {key} has to be a string; this is a {kind}.")
    return Fields(str(name), str(value), description, _json_object(metadata))  # type: ignore[arg-type]


def _json_object(metadata: object) -> dict[str, Any] | None:
    if metadata is None:
        return None
    try:
        copied = json.loads(json.dumps(metadata))
    except (TypeError, ValueError, RecursionError):
        copied = None
    if not isinstance(copied, dict):
        raise ValidationError(
            "A secret's metadata has to be a JSON object.\n"
            "Use a dict of strings, numbers, booleans, None, lists and dicts."
        )
    return copied


_WHY: Final[dict[type[Refused], str]] = {
    InvalidData: "holds something the database cannot store.\n"
    "It takes no NaN, no infinity, no lone surrogate, and no NUL in a metadata key.",
    NameTooLong: "has a name too long for the database's index.\nUse at most 2676 characters.",
    TooDeep: "has metadata that nests too deep for the server.\nUse at most 255 levels.",
}


def _explain(refused: Refused, name: str) -> SecretsError:
    if isinstance(refused, NameTaken):
        return SecretAlreadyExistsError(
            f"There is a secret '{name}' already.\n"
            f"Change it with mock_secrets.update(name='{name}', ...)."
        )
    why = _WHY.get(
        type(refused),
        "has a name that the server refuses.\n"
        "A name is an ASCII letter, then ASCII letters, digits or underscores.",
    )
    return ValidationError(f"Secret '{name}' {why}")
