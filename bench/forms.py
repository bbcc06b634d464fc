"""A large text, many values, all forms: one search beside a loop, and beside a regex."""

from __future__ import annotations

import base64
import html
import json
import random
import re
import string
import urllib.parse
from collections.abc import Iterator
from functools import partial

from bench.result import Goal, Line
from bench.timing import Effort, always, compare, loop
from pytest_julep_secrets.leaks.ahocorasick_rs import FastMatcher
from pytest_julep_secrets.leaks.engine import Engine
from pytest_julep_secrets.leaks.matcher import Matcher
from pytest_julep_secrets.leaks.search import Search
from pytest_julep_secrets.leaks.watch import Watch

_LINE = (
    "2026-01-02 03:04:%02d,567 INFO httpx HTTP Request: GET "
    'https://api.example.com/v1/charges/ch_%06d?limit=20 "HTTP/1.1 200 OK" user=%s took %d ms'
)


def run(effort: Effort) -> Iterator[Line]:
    """Compare searches of 1 MB for 1,000 values, and of 4 KB for one."""
    chance = random.Random(3)  # noqa: S311 - the same text in every run
    text = _log(chance, effort.number(1_000_000))
    values = [_value(chance) for _ in range(effort.number(1000))]
    needles = list(dict.fromkeys(needle for value in values for needle in _needles(value)))
    for name, engine, goal in (("[fast]", FastMatcher, 1 / 100), ("alone", Matcher, 1 / 20)):
        made = _filled(engine(), values)
        pairs = compare(
            loop(always(partial(made.find, text)), 1),
            loop(always(lambda: [needle in text for needle in needles]), 1),
            effort.rounds(2),
        )
        what = f"find {len(values)} values in {len(text) // 1000} KB, {name}"
        yield Line("forms", what, f"`in`, {len(needles)} needles", pairs, Goal("ratio", goal))
    yield _beside_a_regex(text[: len(text) // 10], values[: len(values) // 100 or 1], effort)
    watch = Watch()
    watch.add("key", values[0], "test")
    small = text[:4096]
    pairs = compare(
        loop(always(lambda: watch.find(small, tuple)), effort.number(200)),
        loop(always(lambda: values[0] in small), effort.number(200)),
        effort.rounds(25),
    )
    yield Line("forms", "find 1 value in 4 KB", "`in`, plain only", pairs, Goal("ours", 0.3e-3))


def _beside_a_regex(text: str, values: list[str], effort: Effort) -> Line:
    # Few values in a shorter text: with all of them it takes half an hour. It is made as
    # pytest-mask-secrets makes it, which does so in a hook and cannot be called by itself.
    needles = dict.fromkeys(needle for value in values for needle in _needles(value))
    mask = re.compile(f"({'|'.join(map(re.escape, needles))})")
    made = _filled(FastMatcher(), values)
    pairs = compare(
        loop(always(partial(made.find, text)), 1),
        loop(always(lambda: mask.sub("*****", text)), 1),
        effort.rounds(3),
    )
    what = f"find {len(values)} values in {len(text) / 1000:g} KB, [fast]"
    return Line("forms", what, "regex of pytest-mask-secrets", pairs, Goal("ratio", 1 / 10))


def _filled(engine: Engine, values: list[str]) -> Search:
    made = Search(engine=engine)
    for value in values:
        made.add(value)
    return made


def _log(chance: random.Random, size: int) -> str:
    lines = (
        _LINE % (number % 60, number, "".join(chance.choices(string.ascii_letters, k=8)), number)
        for number in range(size // 100 + 1)
    )
    return "\n".join(lines)[:size]


def _value(chance: random.Random) -> str:
    # With something in it that every escape has to escape.
    return f'sk_live_{"".join(chance.choices(string.ascii_letters, k=24))}"/<é'


def _needles(value: str) -> Iterator[str]:
    """Give the value in each form that can be listed; mixes of escapes cannot."""
    data = value.encode()
    yield from _escaped(value)
    for inner in {value, *_escaped(value)}:
        yield from _base64(inner.encode())
        yield inner.encode().hex()
    yield from (data.hex(by) for by in ":- ")
    yield data.hex().upper()
    yield ", ".join(f"0x{code:02x}" for code in data)
    yield base64.b64encode(data).hex()
    yield base64.b64encode(base64.b64encode(data)).decode()
    yield from (base64.b32encode(b"x" * shift + data).decode()[8:-8] for shift in range(5))
    yield base64.b85encode(data).decode()
    yield base64.a85encode(data).decode()
    yield str(list(data))
    yield str(list(value))
    yield json.dumps(list(value))
    yield " ".join(value)
    yield from ("\0".join(value), repr(value.encode("utf-16-le")), repr(value.encode("utf-16-be")))
    yield from (value[8:20], value[-12:])


def _escaped(value: str) -> Iterator[str]:
    yield value
    yield json.dumps(value)[1:-1]
    yield json.dumps(json.dumps(value))[3:-3]
    yield repr(value)[1:-1]
    yield ascii(value)[1:-1]
    yield repr(value.encode())[2:-1]
    for safe in ("/", ""):
        yield urllib.parse.quote(value, safe)
        yield urllib.parse.quote(value, safe).lower()
    yield html.escape(value)
    yield html.escape(value, quote=False)


def _base64(data: bytes) -> Iterator[str]:
    for shift in range(3):
        whole = base64.b64encode(b"x" * shift + data + b"x" * (-(shift + len(data)) % 3)).decode()
        yield whole[4 if shift else 0 : -4]
        yield whole[4 if shift else 0 : -4].replace("+", "-").replace("/", "_")
