"""The table."""

from __future__ import annotations

from bench.result import Goal, Line

_ROW = "{:<46} {:>10}  {:<28} {:>10} {:>6} {:>11}  {:<17} {}"


def head() -> str:
    """Return the table's first line."""
    return _ROW.format("what", "ours", "peer", "theirs", "ratio", "more", "goal", "reached")


def row(line: Line) -> str:
    """Return a line of the table."""
    pairs = line.pairs
    return _ROW.format(
        line.what,
        _amount(pairs.ours, line.unit),
        line.peer,
        _amount(pairs.theirs, line.unit),
        f"{pairs.ratio:.2f}",
        _amount(pairs.more, line.unit, "+"),
        "-" if line.goal is None else _goal(line.goal, line.unit),
        {None: "-", True: "yes", False: "no"}[line.reached],
    )


def _goal(goal: Goal, unit: str) -> str:
    limit = f"{goal.limit:g}" if goal.of == "ratio" else _amount(goal.limit, unit)
    return f"{goal.of} <= {limit}"


def _amount(amount: float, unit: str, sign: str = "") -> str:
    """Write a number with its unit; a time with the unit that fits its size."""
    if unit != "s":
        return f"{amount:{sign}.0f} {unit}"
    for name, size in (("s", 1.0), ("ms", 1e-3)):
        if abs(amount) >= size:
            return f"{amount / size:{sign}.3g} {name}"
    return f"{amount * 1e6:{sign}.3g} us"
