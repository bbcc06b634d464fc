"""Variables of the environment become secrets in Julep; running it again changes nothing."""

from __future__ import annotations

import os
from collections.abc import Mapping

from julep import Julep

# Which secret each variable becomes. Keys of models keep their name, as Julep looks that up.
SECRETS = {
    "OPENAI_API_KEY": "OPENAI_API_KEY",
    "STRIPE_SECRET_KEY": "stripe_secret_key",
    "DATABASE_URL": "database_url",
    "AUTH_TOKEN": "auth_token",
}


def migrate(environ: Mapping[str, str], secrets: Mapping[str, str] = SECRETS) -> list[str]:
    """Create or update the secrets; return the variables that are not set.

    Raises:
        julep.APIError: If one is refused. Those before it are there; run it again.
    """
    client = Julep()
    ids = {secret.name: secret.id for secret in client.secrets.list(limit=1000)}
    for variable, name in secrets.items():
        value = environ.get(variable)
        if not value:
            continue
        description = f"Migrated from environment variable {variable}"
        if name in ids:
            client.secrets.update(ids[name], name=name, value=value, description=description)
        else:
            client.secrets.create(name=name, value=value, description=description)
    return [variable for variable in secrets if not environ.get(variable)]


if __name__ == "__main__":
    for missing in migrate(os.environ):
        print(f"Environment variable {missing} is not set")
