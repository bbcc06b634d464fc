"""Values on their way from a worker of xdist to the controller, inside of serialised reports.

The worker redacts its reports itself; but the controller prints more than those, and writes
the files. Nothing that reads reports sees the values: they are taken off before.
"""

from __future__ import annotations

import json
from typing import Any, Final, NamedTuple

from pytest_julep_secrets.leaks.watch import Watch

KEY: Final = "_julep_secrets_values"


class Sent(NamedTuple):
    """How much a worker has handed over.

    Attributes:
        values: How many values.
        real: How many of which it is known that they may be real.
    """

    values: int = 0
    real: int = 0


def add_values(data: dict[str, Any], watch: Watch, sent: Sent) -> Sent:
    """Add what has not been sent yet; returns how much has been by now."""
    values, real = watch.since(sent.values), watch.real_since(sent.real)
    if values or real:
        # As JSON, which is ASCII: half a surrogate pair would end the worker.
        data[KEY] = json.dumps([values, real])
    return Sent(sent.values + len(values), sent.real + len(real))


def take_values(data: dict[str, Any], watch: Watch) -> None:
    """Take the values off; nobody of this process answers for them."""
    values, real = json.loads(data.pop(KEY))
    for name, value in values:
        watch.add(name, value, None, made_up=True)
    for value in real:
        watch.may_be_real(value)
