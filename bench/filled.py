"""A fake server that holds so many secrets, and goes back to that number after each measure."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from random import Random

from bench import calls
from pytest_julep_secrets.fake.api import FakeServer
from pytest_julep_secrets.fake.call import Call

Answer = Callable[[], object]


class Filled:
    """A server with secrets in it.

    Args:
        size: How many.
        number: How many operations a measure will make; at most `size` for update and delete.
    """

    def __init__(self, size: int, number: int) -> None:
        self._server = FakeServer()
        self._number = number
        self._names = count()
        # The same secrets in every run.
        self._random = Random(0)  # noqa: S311
        self._ids = [self._add() for _ in range(size)]

    @contextmanager
    def create(self) -> Iterator[Answer]:
        """Create secrets; they are deleted afterwards."""
        new = [calls.create(self._name()) for _ in range(self._number)]
        made: list[bytes] = []
        waiting = iter(new)
        yield lambda: made.append(self._server.answer(next(waiting)).body)
        for body in made:
            self._server.answer(calls.delete(json.loads(body)["id"]))
        self._forget()

    @contextmanager
    def update(self) -> Iterator[Answer]:
        """Update secrets here and there."""
        some = self._random.sample(self._ids, self._number)
        yield self._each(calls.update(secret_id, self._name()) for secret_id in some)

    @contextmanager
    def delete(self) -> Iterator[Answer]:
        """Delete secrets here and there; others take their place afterwards."""
        self._random.shuffle(self._ids)
        gone = [self._ids.pop() for _ in range(self._number)]
        yield self._each(calls.delete(secret_id) for secret_id in gone)
        self._ids += [self._add() for _ in gone]

    @contextmanager
    def list(self) -> Iterator[Answer]:
        """List as the SDK does when it is not told how many."""
        call = calls.everything()
        yield lambda: self._server.answer(call)
        self._forget()

    @contextmanager
    def page(self) -> Iterator[Answer]:
        """List fifty from the middle."""
        call = calls.page(50, len(self._ids) // 2)
        yield lambda: self._server.answer(call)
        self._forget()

    def _each(self, prepared: Iterator[Call]) -> Answer:
        waiting = iter(list(prepared))
        return lambda: self._server.answer(next(waiting))

    def _add(self) -> str:
        made = json.loads(self._server.answer(calls.create(self._name())).body)
        secret_id: str = made["id"]
        return secret_id

    def _name(self) -> str:
        return f"secret_{next(self._names)}"

    def _forget(self) -> None:
        # A journal of a million entries is not what is measured.
        self._server.journal.clear()
