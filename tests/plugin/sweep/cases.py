"""What the sweep leaks: every form of every shape, cut into batches that show each shape once.

Each test leaks one batch through one channel; a finding names the shape, so it tells the form.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import Final, NamedTuple

from leaks.corpus import ENCODERS, MIXED, Encoder, raw
from leaks.corpus import VALUES as CORPUS

from pytest_julep_secrets.leaks import public
from pytest_julep_secrets.leaks.watch import why_not

# What is looked for: not what has punctuation only.
SHAPES: Final = {
    shape.replace("-", ""): value for shape, value in CORPUS.items() if not why_not(shape, value)
}


HUGE: Final = "".join(f"{number:x}-{number * number:x}/" for number in range(9000))[:100_000]


class Case(NamedTuple):
    """One value in one form.

    Attributes:
        form: As the docs call it, or "mixed": what JSON, repr, a shell, a URL, HTML and mail
            leave of a value that they need not escape.
        shape: What is odd about the value; its secret's name, too.
        value: The value.
        shown: The value in this form.
    """

    form: str
    shape: str
    value: str
    shown: str


def _apart(value: str) -> str:
    middle = len(value) // 2
    return f"{value[:middle]!r} + {value[middle:]!r}"


def _wrapped(value: str) -> str:
    return "\n      ".join(value[place : place + 20] for place in range(0, len(value), 20))


def _is_cut(value: str) -> bool:
    """Whether three quarters of a value are at least 12 characters, of those that tell it."""
    plain = raw(value)
    return len(plain) - public.prefix(plain) - public.suffix(plain) >= 20


FORMS: Final[Mapping[str, list[Encoder]]] = {
    "plain": [str],
    **ENCODERS,
    "mixed": MIXED[1:],
    "wrapped text": [_wrapped],
    "concatenated literals": [_apart],
    "a start": [lambda value: value[: len(value) * 3 // 4] if _is_cut(value) else value],
    "an end": [lambda value: value[len(value) // 4 :] if _is_cut(value) else value],
    "a line": [lambda value: max([value, *filter(_is_long, value.split("\n")[1:-2])], key=_rank)],
}


def _is_long(line: str) -> bool:
    return len(line) >= 12


def _rank(text: str) -> tuple[bool, int]:
    return "\n" not in text, len(text)


class Plan(NamedTuple):
    """How much of the product one run leaks.

    Attributes:
        turn: Which shape goes with which form; as many turns as shapes are the product.
        whole: All ways to write a form; else one, another one for each channel.
        encodable: Without lone surrogates: pytest-xdist's messages carry none, and its workers
            end at one, also without us.
        short: The first batch only, which shows each shape once.
        huge: Nothing but 100 KB, plain.
    """

    turn: int = 0
    whole: bool = False
    encodable: bool = False
    short: bool = False
    huge: bool = False

    def batches(self, channel: int) -> list[list[Case]]:
        """Give what a channel leaks: in a batch each shape once, in all of them each form."""
        if self.huge:
            return [[Case("plain", "huge", HUGE, HUGE)]]
        encoders = [
            (form, encode)
            for form, some in FORMS.items()
            for encode in (some if self.whole else [some[channel % len(some)]])
        ]
        shapes = list(SHAPES.items())
        if self.encodable:
            shapes.remove(("surrogates", SHAPES["surrogates"]))
        batches = []
        for first in range(0, len(encoders), len(shapes)):
            batch = []
            for place, (form, encode) in enumerate(encoders[first : first + len(shapes)]):
                shape, value = shapes[(first + place + self.turn) % len(shapes)]
                batch.append(Case(form, shape, value, encode(value)))
            batches.append(batch)
        return batches[:1] if self.short else batches


def plan() -> Plan:
    """Return the one of this run, which its environment says."""
    return Plan(*json.loads(os.environ.get("SWEEP_PLAN", "[]")))
