"""What the contract calls its secrets, so that they can be told from everybody else's."""

from __future__ import annotations

import re
import secrets
from hashlib import sha256
from typing import Final

_OURS: Final = re.compile("contract_[0-9a-f]{12}_")


def new_prefix() -> str:
    """Make up how the names of one run begin: `contract_1f9c27d40a3b_`."""
    return f"contract_{secrets.token_hex(6)}_"


def is_ours(name: object) -> bool:
    """Tell whether a run of the contract has given this name."""
    return isinstance(name, str) and _OURS.match(name) is not None


def incompressible(length: int) -> str:
    """Return letters and digits that a database cannot store in fewer."""
    blocks = (sha256(str(number).encode()).hexdigest() for number in range(length // 64 + 1))
    return "".join(blocks)[:length]
