"""Which test is told where a text says `PLANT`."""

from __future__ import annotations

import io
import re

from pytest_julep_secrets.artefacts.origins import tests_at as origins_at


def told(text: str | bytes) -> list[str]:
    data = text.encode() if isinstance(text, str) else text
    return origins_at(io.BytesIO(data), [one.start() for one in re.finditer(b"PLANT", data)])
