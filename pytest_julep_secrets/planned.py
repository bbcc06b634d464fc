"""The faults planned in a run: one that never acts fails the test that planned it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import NamedTuple

from pytest_julep_secrets.fake.fault import Fault


class Plan(NamedTuple):
    """A fault that somebody has planned.

    Attributes:
        fault: What is to go wrong.
        owner: Who has planned it: a test, a wider fixture.
        fake: Where it is to go wrong.
        place: A sentence that names the line; "" if it is not known.
    """

    fault: Fault
    owner: Hashable
    fake: object
    place: str


class Planned:
    """The plans that nobody has looked at since."""

    def __init__(self) -> None:
        self._plans: list[Plan] = []

    def add(self, plan: Plan) -> None:
        """Remember a plan."""
        self._plans.append(plan)

    def take_unused(self, is_wanted: Callable[[Plan], bool]) -> list[str]:
        """Forget some plans, and tell of each whose fault has never acted."""
        # A copy, and one by one, as another thread may be adding to them.
        wanted = [plan for plan in self._plans.copy() if is_wanted(plan)]
        for plan in wanted:
            self._plans.remove(plan)
        return [_tell(plan) for plan in wanted if _is_unused(plan.fault)]


def _is_unused(fault: Fault) -> bool:
    return not fault.fired and not fault.is_taken_back


def _tell(plan: Plan) -> str:
    seen = plan.fault.seen
    why = "no request came that it is for"
    if seen:
        why = f"of the requests it is for, {seen} came, and it lets {plan.fault.skip} pass"
    return (
        f"The fault {plan.fault} never acted: {why}.\n"
        "Let the code make such a request once the fault is there, or take it back with "
        f"mock_secrets.faults.clear().\n{plan.place}"
    ).rstrip()
