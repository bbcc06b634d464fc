"""What the leak check adds to each test, and whether it grows with the values it knows."""

from __future__ import annotations

from collections.abc import Iterator

from bench import runs
from bench.result import Goal, Line
from bench.timing import Effort, Pairs

# 4 KB of what an HTTP client logs.
_HEAD = """\
LINES = "\\n".join(
    f'HTTP Request: GET https://api.example.com/v1/charges/ch_{n:06} "HTTP/1.1 200 OK" key=value'
    for n in range(50)
)[:4096]

"""

_TEST = """\
def test_{kind}_{place}(mock_secrets):
    mock_secrets.create(name="key", value="{value}")
    print(LINES)

"""


def run(effort: Effort) -> Iterator[Line]:
    """Compare tests that store a value and print 4 KB."""
    number = effort.number(1000)
    tests = [
        _TEST.format(kind="same", place=place, value="sk-fake-1f9c27d4")
        for place in range(2 * number)
    ]
    # In every second test nobody looks: the fixture is there, our hooks are not.
    took = runs.seconds_of_tests(
        _HEAD + "".join(tests), ["julep_secrets"], left_out="julep_secrets_hooks"
    )
    pairs = Pairs(list(zip(took[::2], took[1::2], strict=True)))
    what = "a test with 1 value that prints 4 KB"
    yield Line("leaks", what, "without our hooks", pairs, Goal("more", 0.3e-3))
    tests = [
        _TEST.format(kind="new", place=place, value=f"sk-fake-{place:08}-1f9c27d4")
        for place in range(number)
    ]
    took = runs.seconds_of_tests(_HEAD + "".join(tests), ["julep_secrets"])
    some = max(number // 10, 2)
    growth = Pairs(list(zip(took[-some:], took[:some], strict=True)))
    what = f"the last {some} of {number} tests, each a new value"
    yield Line("leaks", what, f"the first {some}", growth, Goal("ratio", 1.2))
