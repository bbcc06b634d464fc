"""What a SARIF file says of each rule, whatever was found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from pytest_julep_secrets.reports import advice


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule.

    Attributes:
        check: Its identifier, as levels and the other formats call it.
        name: One word, for programs.
        short: What happened, a sentence.
        full: What that is.
        remedy: What to do, in Markdown.
        severity: For GitHub, of 10: from 7 on it is high.
        precision: For GitHub: how sure it is.
        level: As SARIF has it.
    """

    check: str
    name: str
    short: str
    full: str
    remedy: str
    severity: str = "5.0"
    precision: str = "high"
    level: str = "error"


_LEAKS: Final = _Rule(
    "leaks",
    "LeakedSecret",
    "The value of a secret is in a file.",
    "A value that was looked for is in a file that a test run left behind, as it is or in another "
    "form.",
    f"{advice.PLAIN} To upload the file all the same, take the values out of it with "
    "`julep-secrets redact PATH`. A real value that has been uploaded has to be replaced.",
    severity="8.0",
    precision="very-high",
)
_CREDENTIALS: Final = _Rule(
    "credentials",
    "RealCredential",
    "A text looks like a real credential.",
    "A text is built as the keys of a provider are: by its checksum, structure or randomness.",
    " ".join(advice.CREDENTIALS),
    severity="6.0",
    precision="medium",
    level="warning",
)
_NAMES: Final = _Rule(
    "names",
    "ProductionName",
    "The name of a secret looks like production.",
    "Code, a task or a setting refers to a secret whose name says that production uses it.",
    "Rename the secret, or allow the name with `--allow-name NAME`.",
)

_NOTIFICATIONS: Final = (
    _Rule(
        "unreadable",
        "UnreadableFile",
        "Something could not be read.",
        "A file, or a part of it, was not searched.",
        " ".join(advice.UNREADABLE),
    ),
    _Rule(
        "inert",
        "InertScan",
        "Nothing could have been found.",
        "That nothing was found is no proof that the files are clean.",
        "Do what the message says, and run it again.",
    ),
    _Rule(
        "cut",
        "FindingsLeftOut",
        "Some findings are left out.",
        "GitHub refuses a file with more findings.",
        "See the JSON report for all.",
        level="warning",
    ),
)


def rules(checks: Iterable[str]) -> list[dict[str, Any]]:
    """Describe the rules that are known, and name those that are not."""
    known = {rule.check: rule for rule in (_LEAKS, _CREDENTIALS, _NAMES)}
    others = {check: _Rule(check, *[check] * 4) for check in checks if check not in known}
    return [_described(rule) for rule in (known | others).values()]


def notifications() -> list[dict[str, Any]]:
    """Describe what may be said beside the results."""
    return [_described(rule) for rule in _NOTIFICATIONS]


def _described(rule: _Rule) -> dict[str, Any]:
    return {
        "id": rule.check,
        "name": rule.name,
        "shortDescription": {"text": rule.short},
        "fullDescription": {"text": rule.full},
        "help": {"text": rule.remedy.replace("`", ""), "markdown": rule.remedy},
        "defaultConfiguration": {"level": rule.level},
        "properties": {
            "tags": ["security", "secrets"],
            "precision": rule.precision,
            "problem.severity": rule.level,
            "security-severity": rule.severity,
        },
    }
