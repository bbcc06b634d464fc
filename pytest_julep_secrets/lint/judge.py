"""What a file mentions, judged by the guards' rules."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pytest_julep_secrets.documents.lines import Places
from pytest_julep_secrets.guards.credentials import credential_rule
from pytest_julep_secrets.guards.names import production_reason
from pytest_julep_secrets.guards.showing import Names
from pytest_julep_secrets.lint.mention import Mention
from pytest_julep_secrets.reports.entry import Entry
from pytest_julep_secrets.tasks.constants import GAP

_ALLOW: Final = re.compile(r"#\s*julep-secrets:\s*allow\b")


@dataclass(frozen=True, slots=True)
class Rules:
    """What is taken for a finding.

    Attributes:
        now: The time, in seconds since 1970; a credential that has expired is none.
        allow_names: Names that may look like production.
        patterns: What else a production name looks like.
    """

    now: float
    allow_names: frozenset[str] = frozenset()
    patterns: tuple[re.Pattern[str], ...] = ()


def judge(path: str, text: str, mentions: Iterable[Mention], rules: Rules) -> Iterator[Entry]:
    """Give an entry for each name or value of a file that a rule is against.

    A comment `# julep-secrets: allow` lets its line pass.

    Args:
        path: The file, as the entries are to call it.
        text: What is in it.
        mentions: What it says.
        rules: What to judge by.
    """
    mentions, allowed = list(mentions), _allowed_lines(text)
    names = Names(one.text for one in mentions if one.kind == "value")
    for one in mentions:
        if one.kind in {"value", "text"}:
            check, message = "credentials", _value_message(one, rules, names)
        else:
            check, message = "names", _name_message(one, rules, names)
        if message and one.line not in allowed:
            yield Entry(path, one.line, one.column, check, message)


def _allowed_lines(text: str) -> set[int]:
    places = Places(text)
    return {places.of(comment.start())[0] for comment in _ALLOW.finditer(text)}


def _name_message(one: Mention, rules: Rules, names: Names) -> str | None:
    reason = None if one.text in rules.allow_names else production_reason(one.text, rules.patterns)
    if reason is None:
        return None
    if one.kind == "string":
        # It is not shown, as it might be a value as well.
        text = f"This string looks like a production secret's name: {reason}."
        return f"{text} Rename it, or end the line with # julep-secrets: allow"
    if not names.may_be_shown(one.text):
        return f"This secret's name looks like production: {reason}. Rename it."
    text = f"Secret name '{one.text}' looks like production: {reason}."
    return f"{text} Rename it, or allow it with --allow-name {shlex.quote(one.text)}"


def _value_message(one: Mention, rules: Rules, names: Names) -> str | None:
    # In what of it is written out.
    found = (credential_rule(part, rules.now) for part in one.text.split(GAP))
    rule = next(filter(None, found), None)
    if rule is None:
        return None
    named = one.name and names.may_be_shown(one.name)
    what = f"The value of secret '{one.name}'" if named else "A value here"
    return f"{what} looks like a real credential ({rule}). Make one up."
