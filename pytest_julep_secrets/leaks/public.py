"""What of a value is no secret: how it begins, and how it ends."""

from __future__ import annotations

import re
from typing import Final

# The one table. Of a URL with a password in it the host is behind the "@".
_PREFIX: Final = re.compile(
    rb"""(?x)
    -----BEGIN\ [A-Z0-9 ]{1,40}-----\s*
    | eyJ[A-Za-z0-9_-]+\.                                     # the first segment of a JWT
    | [A-Za-z][A-Za-z0-9+.-]*://(?:[^/?\#\s@:]*:(?=[^/?\#\s@]*@)|(?![^/?\#\s]*@)[^/?\#\s]*/?)
    | (?:Bearer|Basic|Token)\ +
    | [sr]k_(?:live|test)_ | pk_(?:live|test)_ | whsec_ | sk-(?:proj|ant-api\d\d|ant|fake|test)-
    | sk[-_](?:fake[-_])? | gh[pousr]_ | github_pat_ | glpat- | xox[abeoprs]- | xapp-\d-
    | AKIA | ASIA | AIza | ya29\. | SG\. | npm_ | pypi- | hf_ | dckr_pat_ | dop_v1_ | shp(?:at|ss)_
    | sq0(?:atp|csp)- | lin_api_ | key- | rubygems_ | gsk_ | xai- | tfp_
    """
)
_SUFFIX: Final = re.compile(rb"\s*-----END [A-Z0-9 ]{1,40}-----\s*$|(?<=[^/])@[^@/\s]+(?:/\S*)?$")
_SHOWS_HOST: Final = re.compile(rb"[A-Za-z][A-Za-z0-9+.-]*://")


def prefix(value: bytes) -> int:
    """Return how many bytes at a value's start are public."""
    match = _PREFIX.match(value)
    return match.end() if match else 0


def suffix(value: bytes) -> int:
    """Return how many bytes at a value's end are public."""
    match = _SUFFIX.search(value)
    if match is None or (match[0].startswith(b"@") and not _SHOWS_HOST.match(value)):
        return 0
    return len(match[0])
