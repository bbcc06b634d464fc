"""What becomes of violations: recorded when they happen, so that swallowing one does not help."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from pytest_julep_secrets.errors import Violation

# What can be violated.
CHECKS: Final = ("names", "credentials", "hosts", "environment", "naming")


class Expected:
    """The violation that a block was expected to make.

    Attributes:
        value: The violation, once the block has ended; its text is `str(value)`.
    """

    value: Violation


class Record:
    """Violations that nobody has answered for yet. Threads may add to it."""

    def __init__(self) -> None:
        self._violations: list[Violation] = []
        self._expected: list[str] = []

    def expects(self, check: str) -> bool:
        """Tell whether a violation of a check is expected now."""
        return check in self._expected

    def add(self, violation: Violation) -> None:
        """Remember a violation."""
        self._violations.append(violation)

    def settle(self, raised: BaseException | None) -> list[Violation]:
        """Empty the record.

        Args:
            raised: What came out of the code, if anything.

        Returns:
            The violations that did not come out: somebody swallowed them.
        """
        self.take_seen(raised)
        swallowed = self._violations.copy()
        del self._violations[: len(swallowed)]
        return swallowed

    def take_seen(self, raised: BaseException | None) -> bool:
        """Take those off the record that came out: what they came out of tells of them.

        Returns:
            Whether there was one.
        """
        came_out = {id(error) for error in reach(raised)}
        # A copy, and one by one, as another thread may be adding to them.
        seen = [one for one in self._violations.copy() if id(one) in came_out]
        for one in seen:
            self._violations.remove(one)
        return bool(seen)

    @contextmanager
    def expect(self, check: str) -> Iterator[Expected]:
        """Take one violation of a check, made in a block, off the record.

        Raises:
            AssertionError: If the block made none.
            ValueError: If there is no such check.
        """
        if check not in CHECKS:
            known = ", ".join(CHECKS)
            raise ValueError(f"There is no check '{check}' to violate.\nThere are: {known}")
        expected, before = Expected(), list(self._violations)
        self._expected.append(check)
        try:
            yield expected
        except BaseException as error:
            found = self._take(check, before)
            if found is None:
                raise
            expected.value = found
            rest = _without(error, found)
            if rest is error:
                raise
            if rest is not None:
                raise rest from rest.__cause__
        else:
            found = self._take(check, before)
            if found is None:
                raise AssertionError(f"Nothing violated the check '{check}' here.")
            expected.value = found
        finally:
            self._expected.remove(check)

    def _take(self, check: str, before: list[Violation]) -> Violation | None:
        for violation in self._violations.copy():
            if violation.check == check and not any(violation is old for old in before):
                self._violations.remove(violation)
                return violation
        return None


def reach(raised: BaseException | None) -> Iterator[BaseException]:
    """Give an exception and all that a traceback shows with it: causes, contexts, members."""
    seen: set[int] = set()
    waiting = [raised]
    while waiting:
        error = waiting.pop()
        if error is None or id(error) in seen:
            continue
        seen.add(id(error))
        yield error
        waiting.append(error.__cause__)
        if not error.__suppress_context__:
            waiting.append(error.__context__)
        if isinstance(error, BaseExceptionGroup):
            waiting.extend(error.exceptions)


def _without(error: BaseException, found: Violation) -> BaseException | None:
    """Return what is left of an exception without the violation in it."""
    if error is found:
        return None
    if isinstance(error, BaseExceptionGroup):
        taken, rest = error.split(lambda one: one is found)
        # It copies a group, also where there is nothing to take.
        return error if taken is None else rest
    return error
