"""What of a text in JSON tells where its objects are, and of which test; the rest is passed over.

Chunk by chunk, however long the strings are. What stands in an attribute of HTML has another
quote, `&#34;`, and is JSON otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

# The match of one; what it is says `lastgroup`: "begin" of an object or array, with its key as
# `name`; "close"; "nodeid", with its value as `test`; "line" that begins with "{", which is the
# next document in a file of one a line; "broken", a string with a line break, which no JSON has.
Token = re.Match[bytes]

# So long may a key or a node id be.
LONGEST: Final = 1 << 16
_UNTOLD: Final = frozenset({"long", "escape", "end"})


class Notation:
    """How strings are quoted.

    Args:
        quote: The quote.
        other: A pattern for what begins like a quote of several bytes, and is none whatever
            comes next.
    """

    def __init__(self, quote: bytes, other: bytes = rb"(?!)") -> None:
        parts = {b"q": re.escape(quote), b"first": re.escape(quote[:1]), b"other": other}
        parts[b"colon"] = rb"\s*+:\s*+"
        parts[b"text"] = rb"(?:[^%(first)b\\\n]++|\\[^\n]|(?!%(q)b)%(first)b)*+" % parts
        # A key that says nothing is passed over, but not as long as it may yet say something.
        parts[b"begins"] = rb"\s*+(?:\Z|:\s*+(?:\Z|[{\[]))"
        parts[b"names"] = rb"%(q)bnodeid%(q)b\s*+(?:\Z|:\s*+(?:\Z|%(first)b))" % parts
        self.size: Final = len(quote)
        self.passed: Final = re.compile(
            rb"(?:[^%(first)b{}\[\]\n]++|\n(?!\{|\Z)|%(other)b"
            rb"|(?!%(names)b)%(q)b%(text)b%(q)b(?!%(begins)b))*+" % parts
        )
        self.token: Final = re.compile(
            rb"(?P<begin>(?:%(q)b(?P<name>%(text)b)%(q)b%(colon)b)?[{\[])|(?P<close>[}\]])"
            rb"|(?P<nodeid>%(q)bnodeid%(q)b%(colon)b%(q)b(?P<test>%(text)b)%(q)b)"
            rb"|(?P<line>\n)(?=\{)|(?P<broken>%(q)b%(text)b\\?\n)" % parts
        )
        # Of a string that is too long to wait for its end.
        self.long: Final = re.compile(rb"(?P<long>%(q)b)" % parts)
        self.rest: Final = re.compile(rb"(?P<escape>\\[^\n])|(?P<end>%(q)b)|(?P<broken>\n)" % parts)


PLAIN: Final = Notation(b'"')
IN_HTML: Final = Notation(b"&#34;", rb"&(?!#34;|#?3?4?\Z)")


def tokens(
    chunks: Iterable[bytes], notation: Notation, start: int = 0
) -> Iterator[tuple[int, Token]]:
    """Give the tokens of a text in order, each with the place that its own places count from.

    Args:
        chunks: The text.
        notation: How its strings are quoted.
        start: Where it begins, in bytes.
    """
    buffer, skipping = b"", False
    for chunk in chunks:
        buffer += chunk
        done = 0
        while match := _next(buffer, done, notation, skipping=skipping):
            done = match.end()
            skipping = match.lastgroup in {"long", "escape"}
            if match.lastgroup not in _UNTOLD:
                yield start, match
        kept = len(buffer) - notation.size if skipping else _passed(buffer, done, notation)
        done = max(done, kept)
        start += done
        buffer = buffer[done:]


def _next(buffer: bytes, done: int, notation: Notation, *, skipping: bool) -> Token | None:
    if skipping:
        return notation.rest.search(buffer, done)
    done = _passed(buffer, done, notation)
    match = notation.token.match(buffer, done)
    if match is None and len(buffer) - done > LONGEST:
        return notation.long.match(buffer, done)
    return match


def _passed(buffer: bytes, done: int, notation: Notation) -> int:
    match = notation.passed.match(buffer, done)
    return match.end() if match else done
