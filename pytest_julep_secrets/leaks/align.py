"""Whether a value really stands where something of it was found, and how far."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from typing import Final, NamedTuple

from pytest_julep_secrets.leaks.forms.view import Span
from pytest_julep_secrets.leaks.needles import Use

# How much more room than the value its surroundings may take.
_ROOM: Final = 4
_MORE_ROOM: Final = 400
_STRIDE: Final = 64


class Aligned(NamedTuple):
    """A value in a text.

    Attributes:
        start: Where it begins in the text.
        end: Behind its last byte.
        form: What it looks like there.
        whole: Whether all of it is there.
    """

    start: int
    end: int
    form: str
    whole: bool


class Aligner:
    """Compares values with texts.

    Args:
        joints: What may stand anywhere in a value, by its name.
        gaps: What may stand between all of its characters, by its name.
    """

    def __init__(self, joints: Mapping[str, bytes], gaps: Mapping[str, bytes]) -> None:
        named = [b"(?P<_%d>%b)" % (place, kind) for place, kind in enumerate(joints.values())]
        self._joint = re.compile(b"|".join(named) or b"(?!)")
        self._names = list(joints)
        self._gaps = {name: re.compile(gap) for name, gap in gaps.items()}

    def align(self, use: Use, text: bytes, place: int) -> Aligned | None:
        """Compare.

        Args:
            use: What was found.
            text: Where.
            place: Where in it the first byte stands that is looked for.
        """
        value = use.spelling
        anchor = use.anchor
        start = place - anchor
        if start >= 0 and text.startswith(value, start):
            form = "plain" if use.is_part else use.form
            return Aligned(start, start + len(value), form, whole=True)
        joined = self._joined(use, text, place, anchor)
        return joined or self._spread(use, text, place, anchor)

    def _joined(self, use: Use, text: bytes, place: int, anchor: int) -> Aligned | None:
        value = use.spelling
        low = max(place - _ROOM * anchor - _MORE_ROOM, 0)
        high = place + _ROOM * (len(value) - anchor) + _MORE_ROOM
        window = text[low:high]
        joints = [
            (match.start(), match.end(), self._names[int((match.lastgroup or "_0")[1:])])
            for match in self._joint.finditer(window)
        ]
        middle = place - low
        after = _Walk(value[anchor:], window[middle:], _moved(joints, middle))
        before = _Walk(value[:anchor][::-1], window[:middle][::-1], _mirrored(joints, middle))
        if anchor - before.matched > use.first or anchor + after.matched < use.last:
            return None
        whole = before.matched + after.matched == len(value)
        names = list(dict.fromkeys([*before.names, *after.names]))
        part = [use.form] if use.is_part and not whole else []
        form = " in ".join([*part, *names]) or ("plain" if use.is_part else use.form)
        return Aligned(place - before.end, place + after.end, form, whole or not use.is_part)

    def _spread(self, use: Use, text: bytes, place: int, anchor: int) -> Aligned | None:
        value = use.spelling
        low = max(place - 8 * anchor - _MORE_ROOM, 0)
        for name, gap in self._gaps.items():
            after, end = _stride(value[anchor:], text, place, gap)
            if anchor + after < use.last:
                continue
            before, length = _stride(value[anchor::-1], text[low : place + 1][::-1], 0, gap)
            if anchor - (before - 1) <= use.first:
                return Aligned(place + 1 - length, end, name, not use.is_part)
        return None


Joint = tuple[int, int, str]


def _moved(joints: list[Joint], by: int) -> list[Joint]:
    return [(start - by, end - by, name) for start, end, name in joints if end > by]


def _mirrored(joints: list[Joint], at: int) -> list[Joint]:
    return [(at - end, at - start, name) for start, end, name in reversed(joints) if start < at]


class _Walk:
    """How far a value agrees with a text, joints left out.

    Attributes:
        matched: How many bytes of the value.
        end: Behind the last of them in the text.
        names: The joints that were left out.
    """

    def __init__(self, value: bytes, text: bytes, joints: list[Joint]) -> None:
        self.matched = self.end = 0
        self.names: list[str] = []
        starts = [joint[0] for joint in joints]
        place, waiting = 0, ""
        while self.matched < len(value):
            count = _alike(value, self.matched, text, place)
            if count:
                place += count
                self._took(count, place, waiting)
                waiting = ""
            elif (joint := _at(joints, starts, place)) is not None:
                _, place, waiting = joint
            elif value[self.matched] == 32 and (waiting or text[place : place + 1] == b"+"):
                # A space that a URL writes as a plus, or that was lost where a line was wrapped.
                lost = bool(waiting)
                place += not lost
                self.matched += 1
                if not lost:
                    self._took(0, place, "URL")
            else:
                break

    def _took(self, count: int, end: int, name: str) -> None:
        self.matched += count
        self.end = end
        if name and name not in self.names:
            self.names.append(name)


def _at(joints: list[Joint], starts: list[int], place: int) -> Joint | None:
    number = bisect_right(starts, place) - 1
    return joints[number] if number >= 0 and place < joints[number][1] else None


def _alike(one: bytes, start: int, other: bytes, begin: int) -> int:
    """Count how many bytes are the same from there on."""
    count, step = 0, _STRIDE
    while step:
        left = one[start + count : start + count + step]
        right = other[begin + count : begin + count + step]
        if left == right and len(left) == step:
            count += step
            step *= 2
        else:
            step //= 2
    return count


def _stride(value: bytes, text: bytes, place: int, gap: re.Pattern[bytes]) -> Span:
    """Return how many bytes agree with a gap between every two, and where they end."""
    for count, code in enumerate(value):
        here = place
        if count:
            match = gap.match(text, place)
            # A character may be several bytes.
            if match is None and (code < 0x80 or value[count - 1] < 0x80):
                return count, place
            here = match.end() if match else place
        if text[here : here + 1] != bytes([code]):
            return count, place
        place = here + 1
    return len(value), place
