"""What PostgreSQL's JSONB makes of metadata on the way in and out.

Source: PostgreSQL 15 `jsonb` (key order, numeric, no NUL), the server's codec (Python's
`json.dumps` and `json.loads`), the server's removal of NUL from strings; recordings.
"""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any, Final

from pytest_julep_secrets.fake.refusals import InvalidData

NUL: Final = "\0"

# Metadata that nests deeper is stored, but pydantic can no longer show it.
MAX_SHOWN: Final = 255
# Deeper still, and the server's own recursion over it ends before anything is stored.
MAX_STORED: Final = 966


def store_object(metadata: dict[str, Any]) -> dict[str, Any]:
    """Return metadata as the database gives it back: a copy of its own.

    Raises:
        InvalidData: If the database refuses it.
    """
    keys = {_text(key): key for key in metadata}
    if any(NUL in key for key in keys):
        raise InvalidData
    return {key: _store(metadata[keys[key]]) for key in sorted(keys, key=_key_order)}


def _key_order(key: str) -> tuple[int, bytes]:
    encoded = key.encode()
    return len(encoded), encoded


def _store(value: Any) -> Any:
    if isinstance(value, str):
        return _text(value.replace(NUL, ""))
    if isinstance(value, dict):
        return store_object(value)
    if isinstance(value, list):
        return [_store(item) for item in value]
    return _number(value) if isinstance(value, float) else value


def _text(text: str) -> str:
    if text.isascii():
        return text
    try:
        # Two halves of a pair become one character, as in the server's escaped JSON.
        return text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        raise InvalidData from None


def _number(number: float) -> float | int:
    if not math.isfinite(number):
        raise InvalidData
    # Written as 1e+16 the number comes back from `numeric` as digits, without a point.
    text = repr(number)
    return int(Decimal(text)) if "e+" in text else number + 0.0  # -0.0 becomes 0.0


def depth(metadata: dict[str, Any]) -> int:
    """Count how deep objects and lists nest; 1 for a flat object. Without recursion."""
    level: list[Any] = [metadata]
    deep = 0
    while level:
        deep += 1
        level = [
            child
            for container in level
            for child in (container.values() if isinstance(container, dict) else container)
            if isinstance(child, dict | list)
        ]
    return deep
