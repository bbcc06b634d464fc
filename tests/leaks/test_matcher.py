"""Many needles in one pass: held against a search for one after the other."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import pytest
from counting import at_each_line, lines
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pytest_julep_secrets.leaks.ahocorasick_rs import FastMatcher
from pytest_julep_secrets.leaks.matcher import SHORTEST, Match, Matcher

VALUE: Final = "sk-fake-must-not-be-shown"


def raw(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


Engine = Matcher | FastMatcher
ENGINES: Final = [Matcher, FastMatcher]


def filled(made: Engine, *needles: str) -> Engine:
    for needle in needles:
        made.add(raw(needle))
    return made


def matcher(*needles: str) -> Engine:
    return filled(Matcher(), *needles)


def find(made: Engine, text: str) -> list[Match]:
    return sorted(made.find(raw(text)))


# --- by example


@pytest.mark.parametrize(
    ("needles", "text", "found"),
    [
        pytest.param(["abcdef"], "abcdef", [(0, 6, 0)], id="all of it"),
        pytest.param(["abcd"], "xabcdx", [(1, 5, 0)], id="the shortest"),
        pytest.param(["abcdef"], "xabcdefx", [(1, 7, 0)], id="inside"),
        pytest.param(["abcdef"], "abcdefabcdef", [(0, 6, 0), (6, 12, 0)], id="side by side"),
        pytest.param(["abcdef", "abcdefgh"], "abcdefgh", [(0, 6, 0), (0, 8, 1)], id="a longer"),
        pytest.param(["abcdefgh", "abcdef"], "abcdef", [(0, 6, 1)], id="no room for the longer"),
        pytest.param(["abcdef", "efghij"], "abcdefghij", [(0, 6, 0), (4, 10, 1)], id="over one"),
        pytest.param(["aaaaaa"], "a" * 8, [(0, 6, 0), (1, 7, 0), (2, 8, 0)], id="over itself"),
        pytest.param(["abcdef"], "ABCDEF", [], id="another case"),
        pytest.param(["abcdef"], "", [], id="no text"),
        pytest.param(["abcdef"], "abcde", [], id="too short a text"),
        pytest.param([], "abcdef", [], id="no needle"),
        pytest.param(["\ud800" * 2], "x" + "\ud800" * 2, [(1, 7, 0)], id="half surrogates"),
    ],
)
@pytest.mark.parametrize("engine", ENGINES)
def test_where_needles_stand(
    engine: type[Engine], needles: list[str], text: str, found: list[tuple[int, int, int]]
) -> None:
    assert find(filled(engine(), *needles), text) == found


@pytest.mark.parametrize("length", range(SHORTEST, 40))
@pytest.mark.parametrize("before", range(9))
def test_a_needle_is_found_wherever_it_begins(length: int, before: int) -> None:
    needle = "".join(chr(ord("a") + place % 26) for place in range(length))

    assert find(matcher(needle), "-" * before + needle) == [(before, before + length, 0)]


def test_a_needle_added_again_keeps_its_number() -> None:
    made = Matcher()

    assert [made.add(needle) for needle in (b"abcdef", b"ghijkl", b"abcdef")] == [0, 1, 0]
    assert (made.number(b"ghijkl"), made.number(b"nobody"), len(made)) == (1, None, 2)


def test_a_needle_added_after_a_search_is_found_by_the_next() -> None:
    made = matcher("abcdef")

    assert made.find(b"ghijkl") == []
    made.add(b"ghijkl")
    assert made.find(b"ghijkl") == [(0, 6, 1)]


def test_neither_a_matcher_nor_a_match_shows_a_needle() -> None:
    made = matcher(VALUE)

    assert VALUE not in f"{made!r} {made} {find(made, VALUE)!r}"


# --- whatever is looked for, wherever


def naive(needles: list[str], text: str) -> list[Match]:
    """What `find` says, by looking for every needle at every place."""
    data = raw(text)
    return sorted(
        Match(start, start + len(raw(needle)), number)
        for number, needle in enumerate(dict.fromkeys(needles))
        for start in range(len(data))
        if data.startswith(raw(needle), start)
    )


# Few letters, so that needles are often in each other and over each other.
LETTERS: Final = "abé\ud800😀"
RANDOM: Final = st.lists(st.text("ab", min_size=SHORTEST, max_size=20), min_size=1, max_size=6)
RARE: Final = st.lists(st.text(LETTERS, min_size=SHORTEST, max_size=20), min_size=1, max_size=6)
# The ends of one text: each is in the next, and over its slices.
OF_ONE: Final = st.text(LETTERS, min_size=SHORTEST, max_size=30).flatmap(
    lambda base: st.lists(
        st.integers(0, len(base) - SHORTEST).flatmap(
            lambda start: st.integers(start + SHORTEST, len(base)).map(lambda end: base[start:end])
        ),
        min_size=1,
        max_size=6,
    )
)
ALIKE: Final = st.tuples(
    st.text("ab", min_size=5, max_size=14),
    st.lists(st.text("ab", min_size=1, max_size=8), min_size=1, max_size=6),
).map(lambda parts: [parts[0] + end for end in parts[1]])
NEEDLES: Final = st.one_of(RANDOM, RARE, OF_ONE, ALIKE)


def texts_about(needles: list[str]) -> st.SearchStrategy[tuple[list[str], str]]:
    """Texts of needles, of parts of them and of anything."""
    needle = st.sampled_from(needles)
    part = st.tuples(needle, st.integers(0, 10), st.integers(1, 20)).map(
        lambda cut: cut[0][cut[1] : cut[2]]
    )
    pieces = st.lists(st.one_of(needle, needle, part, st.text("abx", max_size=9)), max_size=12)
    return pieces.map("".join).map(lambda text: (needles, text))


@settings(max_examples=300, deadline=None)
@given(NEEDLES.flatmap(texts_about))
@example((["abcdefgh", "abcdef"], "abcdef"))
def test_it_finds_what_a_search_for_each_needle_finds(case: tuple[list[str], str]) -> None:
    needles, text = case

    assert find(matcher(*needles), text) == naive(needles, text)


@settings(max_examples=100, deadline=None)
@given(NEEDLES.flatmap(texts_about), st.integers(0, 200))
def test_the_fast_one_finds_the_same(case: tuple[list[str], str], others: int) -> None:
    """With so many others before them that some are in an automaton and some wait."""
    needles, text = case
    everything = [*(f"other-{number:04}" for number in range(others)), *needles]

    assert find(filled(FastMatcher(), *everything), text) == find(matcher(*everything), text)


@settings(deadline=None)
@given(NEEDLES, st.text("xyz\n" + LETTERS[2:]))
def test_in_a_text_without_any_needle_it_finds_nothing(needles: list[str], text: str) -> None:
    absent = [f"{needle}-" for needle in needles]

    assert find(matcher(*absent), text) == []


@settings(deadline=None)
@given(st.lists(st.text(min_size=SHORTEST), min_size=1, max_size=4), st.text(), st.text())
def test_any_characters_are_found(needles: list[str], before: str, after: str) -> None:
    text = after.join([before, *needles])

    assert find(matcher(*needles), text) == naive(needles, text)


# --- what it costs


@pytest.mark.parametrize(
    "shape", ["k-{:04}", "sk-fake-{:04}", "{:04}-sk-fake-of-a-service", "sk-{0:04}-fake-" * 20]
)
def test_a_thousand_needles_of_one_shape_cost_no_more_than_a_hundred(shape: str) -> None:
    """A few are compared one by one; from there on it is the text alone that costs."""
    hundred = matcher(*(shape.format(number) for number in range(100)))
    thousand = matcher(*(shape.format(number) for number in range(1000)))
    text = f"Nothing to see here. {shape.format(0)} {shape.format(0)}\n" * 50

    assert len(find(thousand, text)) == 100
    assert lines(lambda: find(thousand, text)) == lines(lambda: find(hundred, text))


def test_the_measure_sees_a_search_for_each() -> None:
    needles = [f"sk-fake-{number:04}" for number in range(1000)]

    assert lines(lambda: naive(needles, VALUE)) > 1000


# --- threads


def test_whenever_a_thread_adds_one_a_search_ends_and_finds_what_was_there() -> None:
    made = matcher("abcdef", "needle-of-12-and-more")
    text = "abcdef needle-of-12-and-more " * 3

    with at_each_line(lambda: made.add(b"needle-%d" % len(made._numbers))):
        found = find(made, text)

    assert found == naive(["abcdef", "needle-of-12-and-more"], text)
    assert len(made._numbers) > 20


def test_what_is_added_while_others_search_is_found_afterwards() -> None:
    made = Matcher()
    needles = [f"sk-fake-{number:05}" for number in range(3000)]
    text = "\n".join(needles)
    done = threading.Event()

    def search() -> None:
        while not done.is_set():
            find(made, text)

    with ThreadPoolExecutor(2) as pool:
        searching = [pool.submit(search) for _ in range(2)]
        for needle in needles:
            made.add(raw(needle))
        done.set()

    assert [thread.result() for thread in searching] == [None, None]
    assert len(find(made, text)) == len(needles)
