"""The database: secrets of each developer, one transaction at a time."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from pytest_julep_secrets.fake.clock import Clock, NewId, ServerClock, Uuid7
from pytest_julep_secrets.fake.gate import Gate
from pytest_julep_secrets.fake.refusals import (
    InvalidData,
    InvalidName,
    NameTaken,
    NameTooLong,
    TooDeep,
    UnknownId,
)
from pytest_julep_secrets.fake.rules import jsonb, names
from pytest_julep_secrets.fake.rules.fields import Fields
from pytest_julep_secrets.fake.secret import Secret
from pytest_julep_secrets.fake.timeline import Key, Timeline


def clean(fields: Fields) -> Fields:
    """Return the fields as the database keeps them: without NUL, metadata as JSONB.

    Raises:
        InvalidData: If the database cannot store one of them.
        TooDeep: If metadata nests too deep.
    """
    metadata = fields.metadata
    if metadata is not None:
        if jsonb.depth(metadata) > jsonb.MAX_STORED:
            raise TooDeep
        metadata = jsonb.store_object(metadata)
    description = fields.description
    return Fields(
        _text(fields.name),
        _text(fields.value),
        None if description is None else _text(description),
        metadata,
    )


def _text(text: str) -> str:
    text = text.replace(jsonb.NUL, "")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise InvalidData from None
    return text


class _Tenant:
    """The secrets of one developer."""

    def __init__(self) -> None:
        self.by_id: dict[str, Secret] = {}
        self.by_name: dict[str, Secret] = {}
        self.timeline = Timeline()

    def put(self, secret: Secret, old: Secret | None) -> None:
        if old is None:
            self.timeline.add(_key(secret))
        else:
            del self.by_name[old.name]
        self.by_id[secret.id] = self.by_name[secret.name] = secret

    def drop(self, secret: Secret) -> None:
        del self.by_id[secret.id], self.by_name[secret.name]
        self.timeline.remove(_key(secret))

    def check_name(self, name: str, old: Secret | None) -> None:
        if not names.is_valid(name):
            raise InvalidName
        if not names.fits_index(name):
            raise NameTooLong
        if self.by_name.get(name, old) is not old:
            raise NameTaken

    def copy(self) -> _Tenant:
        other = _Tenant()
        other.by_id, other.by_name = self.by_id.copy(), self.by_name.copy()
        other.timeline = self.timeline.copy()
        return other


def _key(secret: Secret) -> Key:
    return secret.created_at, secret.id


class Snapshot:
    """What a store held at one moment. Opaque; goes back in by `Store.restore`."""

    def __init__(self, tenants: Mapping[UUID, _Tenant]) -> None:
        self._tenants = {developer: tenant.copy() for developer, tenant in tenants.items()}

    def tenants(self) -> dict[UUID, _Tenant]:
        """Return copies of their own, so that a snapshot can be restored again."""
        return {developer: tenant.copy() for developer, tenant in self._tenants.items()}


class Store:
    """Secrets by developer. Each method is one transaction; safe to use from many threads.

    What it returns is immutable but for metadata, which belongs to the store.

    Args:
        clock: Gives the time of a transaction, never the same twice.
        new_id: Gives the id of a new secret for the time it is made at.
        gate: Asked before a secret is stored.

    Attributes:
        gate: As above; who else lets something in tells it of that.
    """

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        new_id: NewId | None = None,
        gate: Gate | None = None,
    ) -> None:
        self.gate: Gate = gate or Gate()
        self._clock = clock or ServerClock()
        self._new_id = new_id or Uuid7()
        self._tenants: dict[UUID, _Tenant] = {}
        self._lock = threading.Lock()

    def now(self) -> datetime:
        """Return the time, aware, in UTC."""
        return self._clock()

    def create(self, developer: UUID, fields: Fields) -> Secret:
        """Store a new secret.

        Raises:
            InvalidData, TooDeep, InvalidName, NameTooLong, NameTaken: In this order. What the
                gate raises comes behind TooDeep.
        """
        fields = clean(fields)
        self.gate.admit(fields.name, fields.value)
        with self._lock:
            tenant = self._tenants.setdefault(developer, _Tenant())
            tenant.check_name(fields.name, None)
            now = self._clock()
            secret = Secret(
                str(self._new_id(now)),
                fields.name,
                fields.value,
                fields.description,
                fields.metadata,
                created_at=now,
                updated_at=now,
            )
            tenant.put(secret, None)
        return secret

    def update(self, developer: UUID, secret_id: str, fields: Fields) -> Secret:
        """Overwrite name and value, and those of description and metadata that are not None.

        Raises:
            InvalidData, TooDeep, UnknownId, InvalidName, NameTooLong, NameTaken: In this
                order. What the gate raises comes behind TooDeep.
        """
        fields = clean(fields)
        self.gate.admit(fields.name, fields.value)
        with self._lock:
            tenant, old = self._find(developer, secret_id)
            tenant.check_name(fields.name, old)
            secret = Secret(
                old.id,
                fields.name,
                fields.value,
                old.description if fields.description is None else fields.description,
                old.metadata if fields.metadata is None else fields.metadata,
                created_at=old.created_at,
                updated_at=self._clock(),
            )
            tenant.put(secret, old)
        return secret

    def delete(self, developer: UUID, secret_id: str) -> tuple[Secret, datetime]:
        """Remove a secret; returns it and the time.

        Raises:
            UnknownId: If the developer has no such secret.
        """
        with self._lock:
            tenant, secret = self._find(developer, secret_id)
            tenant.drop(secret)
            return secret, self._clock()

    def page(self, developer: UUID, limit: int, offset: int) -> list[Secret]:
        """List secrets, newest first; creation counts, an update moves nothing."""
        with self._lock:
            tenant = self._tenants.get(developer)
            if tenant is None:
                return []
            return [tenant.by_id[id_] for _, id_ in tenant.timeline.newest(limit, offset)]

    def by_name(self, developer: UUID, name: str) -> Secret | None:
        """Find a secret by its exact name."""
        tenant = self._tenants.get(developer)
        return tenant.by_name.get(name) if tenant else None

    def by_id(self, developer: UUID, secret_id: str) -> Secret | None:
        """Find a secret by its id."""
        tenant = self._tenants.get(developer)
        return tenant.by_id.get(secret_id) if tenant else None

    def of_anyone(self, secret_id: str) -> Secret | None:
        """Find a secret by its id, whosever it is."""
        found = (tenant.by_id.get(secret_id) for tenant in self._tenants.copy().values())
        return next((secret for secret in found if secret is not None), None)

    def count(self, developer: UUID) -> int:
        """Count a developer's secrets."""
        tenant = self._tenants.get(developer)
        return len(tenant.by_id) if tenant else 0

    def clear(self) -> None:
        """Remove every secret of every developer."""
        with self._lock:
            self._tenants = {}

    def snapshot(self) -> Snapshot:
        """Keep what is stored now."""
        with self._lock:
            return Snapshot(self._tenants)

    def restore(self, snapshot: Snapshot) -> None:
        """Go back to what a snapshot kept."""
        with self._lock:
            self._tenants = snapshot.tenants()

    def _find(self, developer: UUID, secret_id: str) -> tuple[_Tenant, Secret]:
        tenant = self._tenants.get(developer)
        secret = tenant.by_id.get(secret_id) if tenant else None
        if tenant is None or secret is None:
            raise UnknownId
        return tenant, secret
