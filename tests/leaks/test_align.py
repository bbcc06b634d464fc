"""Whether a value stands where something of it does."""

from __future__ import annotations

import pytest

from pytest_julep_secrets.leaks.align import Aligned, Aligner
from pytest_julep_secrets.leaks.forms.noise import GAPS, JOINTS
from pytest_julep_secrets.leaks.needles import Use


@pytest.mark.parametrize(
    ("value", "text", "place", "found"),
    [
        (b"ab-cd", b"x ab-cd", 2, (2, 7, "plain")),
        (b"'ab-cd", b"x 'ab-cd", 3, (2, 8, "plain")),
        (b"ab-cd", b"ab-\n   cd", 0, (0, 9, "wrapped text")),
        (b"ab cd", b"ab\n   cd", 0, (0, 8, "wrapped text")),
        (b"ab cd", b"ab+cd", 0, (0, 5, "URL")),
        (b"ab-cd", b"'ab' + '-cd'", 1, (1, 11, "concatenated literals")),
        (b"ab'cd", b"['a', 'b', \"'\", 'c', 'd']", 2, (2, 23, "listed characters")),
        (b"ab c", b"a b   c", 0, (0, 7, "spaced characters")),
        (b"abcd", b"a\0b\0c\0d\0", 0, (0, 7, "UTF-16")),
        (b"ab-cd", b"abcd", 0, None),
        (b"abcd", b"ab cd", 0, None),
        (b"ab-cd", b"ab-c", 0, None),
    ],
)
def test_a_value_and_a_text(
    value: bytes, text: bytes, place: int, found: tuple[int, int, str] | None
) -> None:
    use = Use(0, value, 0, len(value), "plain")

    aligned = Aligner(JOINTS, GAPS).align(use, text, place)

    assert aligned == (found and Aligned(*found, whole=True))


def test_a_part_is_found_as_far_as_it_goes() -> None:
    use = Use(0, b"0123456789abcdefghijkl", 0, 12, "a start")

    aligned = Aligner(JOINTS, GAPS).align(use, b"0123456789abcdef...", 0)

    assert aligned == Aligned(0, 16, "a start", whole=False)
