"""Variables of the environment become secrets in Julep; running it again changes nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from typing import Literal

import julep
from julep.types import Secret

Done = Literal["created", "overwritten", "there already", "not set"]

# Which secret each variable becomes. Keys of models keep their name, as Julep looks that up.
SECRETS = {
    "OPENAI_API_KEY": "OPENAI_API_KEY",
    "STRIPE_SECRET_KEY": "stripe_secret_key",
    "DATABASE_URL": "database_url",
    "AUTH_TOKEN": "auth_token",
}


def migrate(
    environ: Mapping[str, str], secrets: Mapping[str, str] = SECRETS, *, overwrite: bool = False
) -> dict[str, Done]:
    """Create the secrets; say what was done, by variable.

    Args:
        environ: The variables.
        secrets: The names of secrets, by variable.
        overwrite: Give secrets that are there the variable's value. It may be an older one: Julep
            shows none, so nobody can tell whether a secret was rotated since.

    Raises:
        julep.APIError: If one is refused. Those before it are there; run it again.
    """
    client = julep.Julep()
    ids = {secret.name: secret.id for secret in _every(client)}
    done: dict[str, Done] = {}
    for variable, name in secrets.items():
        value = environ.get(variable)
        if not value:
            done[variable] = "not set"
        elif name not in ids:
            _create(client, name, value, f"Migrated from environment variable {variable}")
            done[variable] = "created"
        elif overwrite:
            client.secrets.update(ids[name], name=name, value=value)
            done[variable] = "overwritten"
        else:
            done[variable] = "there already"
    return done


def _create(client: julep.Julep, name: str, value: str, description: str) -> None:
    try:
        client.secrets.create(name=name, value=value, description=description)
    except julep.ConflictError:
        # Made just now, and the reply was lost; or by somebody else, since the list was made.
        if not any(one.name == name and one.description == description for one in _every(client)):
            raise


def _every(client: julep.Julep) -> Iterator[Secret]:
    """Give all secrets, page by page: of a list without a limit there are only the newest 100."""
    offset = 0
    while page := _page(client, offset):
        yield from page
        offset += len(page)


def _page(client: julep.Julep, offset: int) -> list[Secret]:
    page: object = client.secrets.list(limit=100, offset=offset)
    if not isinstance(page, list):
        # The SDK hands on what is no JSON, such as a gateway's page; it would never end.
        raise TypeError("Julep's answer is no list of secrets.")
    return page


if __name__ == "__main__":
    for variable, done in migrate(os.environ, overwrite="--overwrite" in sys.argv).items():
        print(f"{variable}: {done}")
