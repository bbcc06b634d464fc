"""What Julep's documentation has and no released SDK: by what a call asks, and what works instead.

Source: the guide "Common Secrets Patterns" and the pages of the Python SDK on secrets (branch v1),
beside the SDK itself, 2.0.0 to 2.21.0.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final

# Modules that the documentation imports from.
EXCEPTIONS: Final = "julep.exceptions"
CLIENT: Final = "julep.client"

# What such a module has, and where the SDK has the like.
ERRORS: Final[Mapping[str, tuple[str, ...]]] = {
    "SecretNotFoundError": ("NotFoundError",),
    "SecretAlreadyExistsError": ("ConflictError",),
    # The API says 400 to a bad name, and 422 to a field that is missing.
    "ValidationError": ("BadRequestError", "UnprocessableEntityError"),
    "PermissionDeniedError": ("PermissionDeniedError",),
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
