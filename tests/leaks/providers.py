"""Values as providers make them, to search texts that hold none of them."""

from __future__ import annotations

import random
import string

from pytest_julep_secrets.leaks.engine import Engine
from pytest_julep_secrets.leaks.search import Search


def generated(count: int) -> list[str]:
    """Make values, the same in every run."""
    chance = random.Random(27)
    word = string.ascii_letters + string.digits

    def some(length: int, of: str = word) -> str:
        return "".join(chance.choices(of, k=length))

    shapes = [
        lambda: f"sk_live_{some(24)}",
        lambda: f"ghp_{some(36)}",
        lambda: f"AKIA{some(16, string.ascii_uppercase + string.digits)}",
        lambda: some(40, word + "+/"),
        lambda: some(32, "0123456789abcdef"),
        lambda: f"eyJhbGciOiJIUzI1NiJ9.{some(40)}.{some(43, word + '-_')}",
        lambda: f"postgres://app:{some(12)}@db.example.com:5432/app",
        lambda: f"xoxb-{some(12, string.digits)}-{some(24)}",
        lambda: "-".join(some(4, "0123456789abcdef") for _ in range(8)),
        lambda: some(20, word + string.punctuation),
    ]
    return [shapes[number % len(shapes)]() for number in range(count)]


def search_for_a_thousand(engine: Engine | None = None) -> Search:
    made = Search(engine=engine)
    for value in generated(1000):
        made.add(value)
    return made
