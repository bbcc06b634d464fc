"""What to do next, by the kind of what was found."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from typing import Final

from pytest_julep_secrets.reports.entry import Entry
from pytest_julep_secrets.reports.shown import shown

PLAIN: Final = "Have the code log the secret's name instead of its value."
CREDENTIALS: Final = (
    "If one of them is real, revoke it with its provider: it has left the place where it was safe.",
    "If it is made up, make it look so, as in sk-fake-1f9c27d4.",
)
UNREADABLE: Final = (
    "Mend these files, or leave them out of what is scanned and uploaded; then run it again.",
)

# By a word of the form's name, the first that is in it. docs/reference/forms.md has the forms.
_BY_FORM: Final = {
    "a start": "A part was cut off, the rest still tells most of it: have the code log none of it.",
    "an end": "A part was cut off, the rest still tells most of it: have the code log none of it.",
    "a line": "One line of the value is there: look for what splits it, or prints a part of it.",
    "base64": "Look for a header such as 'Authorization: Basic', or a body, that is logged whole.",
    "base": "Look for what encodes the value before it is logged or stored.",
    "ascii85": "Look for what encodes the value before it is logged or stored.",
    "hex": "Look for bytes that are logged, such as a dump of a request.",
    "URL": "Send the value in a header or body, or log the URL without its query and user.",
    "JSON": "Look for a request, response or settings that are logged whole: log their ids.",
    "repr": "Look for an object or arguments that are logged whole: keep it out of their repr.",
    "listed": "Look for a collection that is logged whole: log how many it has.",
    "shell": "Look for a command that is echoed, as by set -x: pass the value in the environment.",
    "HTML": "Look for a page or report that shows the value: show the secret's name.",
}  # fmt: skip


def for_leaks(entries: Iterable[Entry]) -> dict[str, list[str]]:
    """Say how to keep a secret out of what code writes: what to do, and for which forms."""
    advice: dict[str, list[str]] = {}
    for form in dict.fromkeys(entry.form for entry in entries):
        advice.setdefault(_for_form(form), []).append(form)
    return advice


def _for_form(form: str) -> str:
    return next((said for word, said in _BY_FORM.items() if word in form), PLAIN)


def redact(entries: Iterable[Entry], most: int = 5) -> str:
    """Give the command that takes the values out of the files of some entries."""
    files = list(dict.fromkeys(outer(entry.path) for entry in entries))
    # What looks different when it is shown cannot be pasted.
    named = [shlex.quote(file) for file in files if shown(file) == file]
    if not named or len(named) > most or len(named) < len(files):
        return "julep-secrets redact PATH..."
    # A name may begin as an option does.
    dashes = "-- " if any(file.startswith("-") for file in files) else ""
    return f"julep-secrets redact {dashes}{' '.join(named)}"


def outer(path: str) -> str:
    """Give the file that is on disk: of what is in an archive, the archive."""
    return path.partition("!/")[0] or path
