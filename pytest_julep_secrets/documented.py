"""What Julep's documentation has and no released SDK: by what a call asks, and what works instead.

Source: the guide "Common Secrets Patterns" and the pages of the Python SDK on secrets (branch v1),
beside the SDK itself, 2.0.0 to 2.21.0.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import metadata
from typing import Final

# Modules that the documentation imports from; the last one has nothing in it that is documented.
EXCEPTIONS: Final = "julep.exceptions"
CLIENT: Final = "julep.client"
MODULES: Final = (EXCEPTIONS, CLIENT, "julep.errors")

# What such a module has, and where the SDK has the like.
ERRORS: Final[Mapping[str, str]] = {
    "SecretNotFoundError": "NotFoundError",
    "SecretAlreadyExistsError": "ConflictError",
    "ValidationError": "BadRequestError",
    "PermissionDeniedError": "PermissionDeniedError",
}
RESOURCES: Final[Mapping[str, str]] = {
    "Secrets": "SecretsResource",
    "AsyncSecrets": "AsyncSecretsResource",
}

# The SDK's module in which those are.
RESOURCES_MODULE: Final = "julep.resources.secrets"

# What a documented call asks of a fake beyond the API, in a header: a server knows nothing of it.
HEADER: Final = "x-julep-secrets-documented"
# That a list is about one secret: "find NAME".
FIND: Final = "find"
# Likewise, and to be given its value: "get NAME".
GET: Final = "get"
# That the value is to be kept, as the body has none.
KEEP: Final = "keep"


def name_in(headers: Mapping[str, str]) -> str:
    """Return the name of the secret that a documented call looks for; "" where there is none."""
    wish, _, name = headers.get(HEADER, "").partition(" ")
    return name if wish in (FIND, GET) else ""


def canonical(fields: Mapping[str, object]) -> set[tuple[str, str]]:
    """Metadata as keys with JSON texts: to Python 1 and True are equal, in JSON they are not."""
    return {(key, json.dumps(value, sort_keys=True)) for key, value in fields.items()}


def sdk_version() -> str:
    """Return the version of the SDK that is installed, as its distribution has it."""
    try:
        return metadata.version("julep")
    except metadata.PackageNotFoundError:
        # A folder of that name.
        return "(of unknown version)"
