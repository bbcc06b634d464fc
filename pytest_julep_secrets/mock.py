"""`MockSecrets`, the object users hold: the fake, and what leads their clients to it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, KeysView, Mapping
from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final, Never, NoReturn, Self
from uuid import UUID

from pytest_julep_secrets.errors import (
    ConfigurationError,
    SecretAlreadyExistsError,
    SecretNotFoundError,
    SecretsError,
    ValidationError,
    Violation,
)
from pytest_julep_secrets.fake.api import FakeServer
from pytest_julep_secrets.fake.journal import Journal
from pytest_julep_secrets.fake.refusals import (
    InvalidData,
    NameTaken,
    NameTooLong,
    Refused,
    TooDeep,
)
from pytest_julep_secrets.fake.rules.access import SYSTEM_DEVELOPER
from pytest_julep_secrets.fake.rules.fields import Fields
from pytest_julep_secrets.fake.store import Secret, Snapshot
from pytest_julep_secrets.reach import interception
from pytest_julep_secrets.reach.environment import FAKE_KEY, set_key
from pytest_julep_secrets.reach.transport import GatewayTransport
from pytest_julep_secrets.sdk import base_of
from pytest_julep_secrets.seed import Seed, read_seed

if TYPE_CHECKING:
    import httpx
    import respx

# No limit of a list; PostgreSQL's largest number.
_ALL: Final = (1 << 63) - 1


class MockSecrets:
    """An in-memory Julep secrets server that your code's own clients talk to.

    As a context manager it leads every Julep client of this process to itself, whenever the
    client was built; of two, the inner one wins. The methods below are for your test: they
    work by name, see real values, and are not HTTP requests.

        with MockSecrets({"stripe_api_key": "sk-fake-1"}) as secrets:
            rotate_stripe_key()
            assert secrets["stripe_api_key"] != "sk-fake-1"

    Args:
        seed: Secrets to start with: names mapped to values, or to mappings with `value`,
            `description`, `metadata`.
        api_key: The only key accepted, as `JULEP_API_KEY` or by a client; None accepts any.
        developer: A developer's id. The server is then a multi-tenant one: requests are this
            developer's, unless they name another in `X-Developer-Id`.
        exact_headers: True leaves out `retry-after-ms: 1`, with which the SDK's retries (of a
            409, for example) do not wait. They then take about 20 seconds, as they really do.
        base_urls: Where your API is, beside the SDK's own bases and `JULEP_BASE_URL`.
        violation: Makes the exception that stops a test; pytest has its own.

    Raises:
        ConfigurationError: If an argument cannot be used.
    """

    def __init__(
        self,
        seed: Seed | None = None,
        /,
        *,
        api_key: str | None = None,
        developer: UUID | str | None = None,
        exact_headers: bool = False,
        base_urls: Iterable[str] = (),
        violation: interception.Violate = Violation,
    ) -> None:
        tenant = _read_developer(developer)
        self._developer = tenant or SYSTEM_DEVELOPER
        self._key = api_key or FAKE_KEY
        self._server = FakeServer(
            api_key=api_key,
            multi_tenant=tenant is not None,
            developer=tenant,
            exact_headers=exact_headers,
        )
        self._violation = violation
        self._target = interception.Target(
            self._server.answer, _read_base_urls(base_urls), violation
        )
        self._restore_key: list[Callable[[], None]] = []
        self.transport: GatewayTransport = GatewayTransport(
            self._server.answer, self._target.bases, self._refuse
        )
        for secret in read_seed({} if seed is None else seed, "The seed").values():
            self._plant(secret, "The seed")

    # --- as a context manager

    def __enter__(self) -> Self:
        """Start leading clients here."""
        interception.start(self._target)
        self._restore_key.append(set_key(self._key))
        return self

    def __exit__(self, *exception: object) -> None:
        """Stop; whatever was there before is there again."""
        self._restore_key.pop()()
        interception.stop(self._target)

    # --- operations by name

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

        Source:
            The guide's operations; the rules are the server's.
        """
        fields = _fields(name, value, description, metadata)
        try:
            return deepcopy(self._server.store.create(self._developer, fields))
        except Refused as refused:
            raise _explain(refused, name) from None

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
        every = self._server.store.page(self._developer, _ALL, 0)
        wanted = _canonical(_json_object(metadata) or {})
        found = [secret for secret in every if wanted <= _canonical(secret.metadata or {})]
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
        old = self._find(name)
        wanted = name if new_name is None else new_name
        fields = _fields(wanted, old.value if value is None else value, description, metadata)
        try:
            return deepcopy(self._server.store.update(self._developer, old.id, fields))
        except Refused as refused:
            raise _explain(refused, wanted) from None

    def delete(self, *, name: str) -> None:
        """Remove a secret.

        Raises:
            SecretNotFoundError: If there is no secret of that name.
        """
        self._server.store.delete(self._developer, self._find(name).id)

    def clear(self) -> None:
        """Remove all secrets and forget all calls."""
        self._server.store.clear()
        self.calls.clear()

    # --- names mapped to values, to read

    def __getitem__(self, name: str) -> str:
        """Return the value of a secret."""
        return self._find(name).value

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._look_up(name) is not None

    def __iter__(self) -> Iterator[str]:
        page = self._server.store.page(self._developer, _ALL, 0)
        return iter([secret.name for secret in page])

    def __len__(self) -> int:
        return self._server.store.count(self._developer)

    def keys(self) -> KeysView[str]:
        """Return the names, newest first."""
        return dict.fromkeys(self).keys()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self)} secrets>"

    # --- what happened, and going back

    @property
    def calls(self) -> Journal:
        """The requests that were answered, oldest first; never a value."""
        return self._server.journal

    def snapshot(self) -> Snapshot:
        """Keep what is stored now, for `restore`."""
        return self._server.store.snapshot()

    def restore(self, snapshot: Snapshot) -> None:
        """Go back to a snapshot; it can be used again."""
        self._server.store.restore(snapshot)

    # --- other ways in

    @property
    def api_key(self) -> str:
        """A key that this server accepts."""
        return self._key

    def mount(self, router: respx.Router) -> respx.Route:
        """Answer from a respx router, which then stands instead of the interception.

        Args:
            router: The `respx_mock` fixture, or any router.

        Returns:
            The route added, for its `calls`.
        """
        from pytest_julep_secrets.reach.respx import mount  # noqa: PLC0415 - an extra

        self._target.takes_requests = False
        return mount(router, self._server.answer, self._target.bases())

    def _refuse(self, request: httpx.Request) -> NoReturn:
        interception.refuse(self._violation, request)

    # --- inside

    def _look_up(self, name: str) -> Secret | None:
        return self._server.store.by_name(self._developer, name)

    def _find(self, name: str) -> Secret:
        secret = self._look_up(name) if isinstance(name, str) else None
        if secret is None:
            raise SecretNotFoundError(f"There is no secret '{name}'.\n{_known(list(self))}")
        return secret

    def _plant(self, secret: Mapping[str, Any], where: str) -> None:
        try:
            self.create(**secret)
        except SecretsError as error:
            raise ConfigurationError(f"{where} cannot be used. {error}") from None


def _canonical(metadata: Mapping[str, object]) -> set[tuple[str, str]]:
    """Metadata as keys with JSON texts: to Python 1 and True are equal, in JSON they are not."""
    return {(key, json.dumps(value, sort_keys=True)) for key, value in metadata.items()}


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


def _read_developer(developer: UUID | str | None) -> UUID | None:
    if developer is None or isinstance(developer, UUID):
        return developer
    try:
        return UUID(developer)
    except (ValueError, AttributeError, TypeError):
        raise ConfigurationError(
            "The developer is not a UUID.\n"
            "Write it like this: developer='0195a000-0000-7000-8000-00000000000a'"
        ) from None


def _read_base_urls(urls: Iterable[str]) -> tuple[str, ...]:
    urls = tuple(urls)
    for url in urls:
        try:
            base_of(url)
        except ValueError:
            raise ConfigurationError(
                f"The base URL '{url}' is not an absolute http or https URL.\n"
                "Write it like this: https://julep.example.com/api"
            ) from None
    return urls
