"""Which name each secret of AWS has in Julep. Nothing is asked of either."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import count

# AWS takes "/", "-" and more; Julep does not.
_VALID = re.compile("[a-zA-Z][a-zA-Z0-9_]*")
_BETWEEN = re.compile("[^a-zA-Z0-9]+")


def assign(
    aws_names: Iterable[str], chosen: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Give each secret of AWS a name that is valid in Julep and no other's, or say why it has none.

    Args:
        aws_names: The names in AWS.
        chosen: The names in Julep that somebody has decided on, by names in AWS. All others are
            "aws_" and the name in AWS.

    Returns:
        The names in Julep, and the reasons of those that have none, both by names in AWS.
    """
    wanted = {name: chosen.get(name, f"aws_{name}") for name in sorted(aws_names)}
    uses = Counter(wanted.values())
    suggestions = _suggestions(wanted)
    names, reasons = {}, {}
    for aws_name, name in wanted.items():
        if not _VALID.fullmatch(name):
            reasons[aws_name] = f"'{name}' is not valid in Julep; '{suggestions[aws_name]}' is"
        elif uses[name] > 1:
            reasons[aws_name] = f"'{name}' would be the name of {uses[name]} secrets"
        else:
            names[aws_name] = name
    return names, reasons


def _suggestions(wanted: Mapping[str, str]) -> dict[str, str]:
    """Offer valid names for those that are not, each to one secret only."""
    taken, suggestions = set(wanted.values()), {}
    for aws_name, name in wanted.items():
        if not _VALID.fullmatch(name):
            suggestions[aws_name] = next(one for one in _readings(name) if one not in taken)
            taken.add(suggestions[aws_name])
    return suggestions


def _readings(name: str) -> Iterator[str]:
    """Give a valid name that is near, then the same with numbers, without an end."""
    base = _BETWEEN.sub("_", name).strip("_")
    if not _VALID.fullmatch(base):
        base = f"aws_{base}" if base else "aws"
    yield base
    yield from (f"{base}_{number}" for number in count(2))
