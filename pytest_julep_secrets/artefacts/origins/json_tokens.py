"""The tokens of JSON with their places, chunk by chunk, however long its strings are.

What stands in an attribute of HTML has another quote, `&#34;`, and is JSON otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

# So long may a string be that is given with its text.
_LONGEST: Final = 1 << 16

STRING: Final = b'"'
# A line that begins with "{": in a file of one document a line, the next one.
LINE: Final = b"\n"
# A line break in a string, which no JSON has.
BROKEN: Final = b"\\"


class Token(NamedTuple):
    """A part of a text in JSON.

    Attributes:
        start: Where it begins, in bytes.
        kind: One of `{}[],:`, or one of the above.
        text: What stands between the quotes of a string, escaped; b"" if it is too long.
    """

    start: int
    kind: bytes
    text: bytes = b""


class Quote:
    """How strings are quoted.

    Args:
        quote: Its bytes.
    """

    def __init__(self, quote: bytes) -> None:
        first, rest = re.escape(quote[:1]), re.escape(quote[1:])
        plain = rb"[^%b\\\n]" % first + (rb"|%b(?!%b)" % (first, rest) if rest else b"")
        whole = first + rest
        self.size: Final = len(quote)
        self.token: Final = re.compile(
            rb"%b(?P<text>(?:%b|\\[^\n])*+)(?:%b|(?P<broken>\\?\n))|(?P<open>%b)|[{}\[\],:]|\n(?=\{)"
            % (whole, plain, whole, whole)
        )
        # Of a string that is too long to wait for its end.
        self.rest: Final = re.compile(rb"(?P<escape>\\[^\n])|%b|\n" % whole)


def tokens(chunks: Iterable[bytes], quote: Quote, start: int = 0) -> Iterator[Token]:
    """Give the tokens of a text in order. What is none of JSON is passed over.

    Args:
        chunks: The text.
        quote: How its strings are quoted.
        start: Where it begins, in bytes.
    """
    buffer, skipping = b"", False
    for chunk in chunks:
        buffer += chunk
        done = 0
        while match := (quote.rest if skipping else quote.token).search(buffer, done):
            done = match.end()
            if skipping:
                skipping = match["escape"] is not None
                if match[0] == b"\n":
                    yield Token(start + match.start(), BROKEN)
            elif match["open"] is None:
                yield _token(match, start)
            elif len(buffer) - match.start() > _LONGEST:
                yield Token(start + match.start(), STRING)
                skipping = True
            else:
                done = match.start()
                break
        else:
            # The rest may be the beginning of a quote or of an escape.
            done = max(done, len(buffer) - quote.size)
        start += done
        buffer = buffer[done:]


def _token(match: re.Match[bytes], start: int) -> Token:
    if match["broken"] is not None:
        return Token(start + match.end(), BROKEN)
    text = match["text"]
    if text is None:
        return Token(start + match.start(), match[0])
    return Token(start + match.start(), STRING, text if len(text) <= _LONGEST else b"")
