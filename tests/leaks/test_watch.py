"""The values that are looked for: by whom, under which name, and what of them is shown."""

from __future__ import annotations

import threading
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import pytest
from counting import at_each_line, lines
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_julep_secrets.leaks.watch import SHORTEST, Hit, Watch, why_not

VALUE: Final = "sk-fake-must-not-be-shown"
OTHER: Final = "sk-fake-another-value"


def watch(**values: str) -> Watch:
    """Values by their names, put in by "test"."""
    made = Watch()
    for name, value in values.items():
        made.add(name, value, "test")
    return made


# --- what is looked for at all


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("k", "", "under 6 characters"),
        ("k", "abcde", "under 6 characters"),
        ("k", "12345", "under 6 characters"),
        ("abcde", "abcde", "under 6 characters"),
        ("k", "12345678", "all digits"),
        ("k", "\u0661" * 6, "all digits"),
        ("12345678", "12345678", "all digits"),
        ("api_key", "api_key", "equal to its name"),
        ("secret", "secret", "equal to its name"),
        ("k", "secret", "a common word"),
        ("k", "PassWord", "a common word"),
        ("k", "ENCRYPTED", "a common word"),
        ("k", "abcdef", None),
        ("k", "12345a", None),
        ("k", "      ", "punctuation only"),
        ("k", "-----\n", "punctuation only"),
        ("k", "-12345", None),
        ("k", "-----a", None),
        ("api_key", "API_KEY", None),
        ("api_key", "api_key ", None),
        ("k", "secret1", None),
        ("k", "passwords", None),
        ("", "abcdef", None),
        ("k", "\ud800" * 6, None),
    ],
)
def test_what_proves_nothing_is_not_looked_for(name: str, value: str, reason: str | None) -> None:
    made = watch(**{name: value})

    assert why_not(name, value) == reason
    assert len(made) == (reason is None)
    assert made.redact(value) == value or reason is None


def test_what_is_not_looked_for_is_noted_with_the_last_reason() -> None:
    made = watch(short="abcde", number="12345678", word="secret", twice="abcde", fine=VALUE)
    made.add("twice", "12345678", "test")

    assert made.ignored == {
        "short": "under 6 characters",
        "number": "all digits",
        "word": "a common word",
        "twice": "all digits",
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("abcdef", "abcdef", id="the value itself"),
        pytest.param("k y", "abcde", id="not safe to show"),
        pytest.param("", "abcde", id="none"),
        pytest.param(f"of-{VALUE}", "abcde", id="with another value in it"),
    ],
)
def test_it_is_noted_without_a_name_that_tells_too_much(name: str, value: str) -> None:
    made = watch(known=VALUE)
    made.add(name, value, "test")

    assert list(made.ignored) == ["(unnamed)"]


# --- what is found, and whose it is


def test_a_value_is_found_under_its_name_in_its_line() -> None:
    made = watch(key=VALUE, other=OTHER)
    text = f"{VALUE}\n\n- {OTHER} {VALUE}\r\n{OTHER}\n"

    assert made.find(text, lambda: ["test"]) == [
        Hit("key", 1, True),
        Hit("other", 3, True),
        Hit("key", 3, True),
        Hit("other", 4, True),
    ]


def test_a_value_with_breaks_is_found_where_it_begins() -> None:
    assert watch(pem="-----\nabc\n-----").find("\n-----\nabc\n-----", lambda: ["test"]) == [
        Hit("pem", 2, True)
    ]


def test_what_somebody_else_put_in_is_found_and_not_owned() -> None:
    made = watch(key=VALUE)
    made.add("other", OTHER, "module")

    assert made.find(f"{VALUE} {OTHER}", lambda: ["test"]) == [
        Hit("key", 1, True),
        Hit("other", 1, False),
    ]


def test_a_value_of_many_has_the_name_it_has_with_who_is_asked_about() -> None:
    made = watch(first=VALUE)
    made.add("second", VALUE, "module")

    assert made.find(VALUE, lambda: ["test"]) == [Hit("first", 1, True)]
    assert made.find(VALUE, lambda: {"module"}) == [Hit("second", 1, True)]
    assert made.find(VALUE, lambda: ["module", "test"]) == [Hit("first", 1, True)]
    assert made.find(VALUE, tuple) == [Hit("first", 1, False)]
    assert made.redact(VALUE, lambda: ["module"]) == "REDACTED:second"
    assert len(made) == 1


def test_whether_somebody_put_anything_in() -> None:
    made = watch(key=VALUE, short="abc")
    made.add("k", "abc", "module")

    assert made.has(["test"])
    assert made.has({"nobody", "test"})
    assert not made.has(["module"])
    assert not made.has([])


def test_what_nobody_has_stored_is_found_and_does_not_count() -> None:
    made = Watch()
    made.add("key", VALUE, "run", counts=False)

    assert made.find(VALUE, lambda: ["run"]) == [Hit("key", 1, True)]
    assert not made.has(["run"])


def test_what_came_since_can_be_told_to_another_process() -> None:
    made = watch(key=VALUE, short="abc")
    made.add("second", VALUE, "module")
    made.add("other", OTHER, "module")

    assert made.since(0) == [("key", VALUE), ("other", OTHER)]
    assert made.since(1) == [("other", OTHER)]
    assert made.since(len(made)) == []


# --- what is shown


def test_redacted_text_shows_names() -> None:
    made = watch(key=VALUE, other=OTHER)

    assert made.redact(f"a {VALUE}{OTHER}\n{VALUE}.") == (
        "a REDACTED:keyREDACTED:other\nREDACTED:key."
    )


def test_a_text_without_values_stays_the_same_object() -> None:
    text = "Nothing to see here."

    assert watch(key=VALUE).redact(text) is text


def test_values_over_each_other_are_redacted_as_one() -> None:
    made = watch(outer="abcdefghijkl", inner="defghi", over="jklmno")

    assert made.redact("-abcdefghijklmno-") == "-REDACTED:outer-"


def test_values_of_one_name_are_counted() -> None:
    made = watch(key="value-1")

    assert made.redact("value-1") == "REDACTED:key"
    made.add("key", "value-2", "test")
    assert made.redact("value-1 value-2") == "REDACTED:key#1 REDACTED:key#2"
    made.add("key", "value-1", "test")
    made.add("key", "value-3", "module")
    assert made.redact("value-1 value-2 value-3") == ("REDACTED:key#1 REDACTED:key#2 REDACTED:key")


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("", id="empty"),
        pytest.param("1k", id="a digit first"),
        pytest.param("k y", id="a space"),
        pytest.param("k<b>", id="markup"),
        pytest.param("k\n", id="a break"),
        pytest.param("ké", id="not ASCII"),
        pytest.param("k" * 101, id="too long"),
        pytest.param(OTHER, id="a value itself"),
        pytest.param(f"of-{VALUE}", id="its value in it"),
    ],
)
def test_a_name_that_is_not_safe_is_shown_as_a_number(name: str) -> None:
    made = watch(other=OTHER)
    made.add(name, VALUE, "test")

    assert made.redact(VALUE) == "REDACTED:2"
    assert made.find(VALUE, lambda: ["test"]) == [Hit("2", 1, True)]


def test_a_name_is_shown_until_it_is_known_for_a_value() -> None:
    made = Watch()
    made.add(OTHER, VALUE, "test")
    made.add("key", OTHER, "test")

    assert made.redact(f"{VALUE} {OTHER}") == "REDACTED:1 REDACTED:key"


def test_no_repr_shows_a_value() -> None:
    made = watch(key=VALUE, short="abc")

    assert repr(made) == "<Watch: 1 values>"
    assert VALUE not in f"{made} {made.find(VALUE, lambda: ['test'])!r} {made.ignored}"


# Values and names that have no letter in common, so that no name makes a value with its
# surroundings.
VALUES: Final = st.text("ab_é\ud800", min_size=SHORTEST, max_size=20)
SAFE_NAMES: Final = st.text("XYZ", min_size=1, max_size=3)
WATCHED: Final = st.lists(st.tuples(SAFE_NAMES, VALUES), min_size=1, max_size=6)


@settings(max_examples=300, deadline=None)
@given(WATCHED, st.data())
def test_in_redacted_text_nothing_is_left_to_find(
    watched: list[tuple[str, str]], data: st.DataObject
) -> None:
    made = Watch()
    for name, value in watched:
        made.add(name, value, "test")
    pieces = st.sampled_from([value for _, value in watched]) | st.text("ab_é\n", max_size=8)
    text = "".join(data.draw(st.lists(pieces, max_size=12)))

    redacted = made.redact(text)

    assert made.find(redacted, lambda: ["test"]) == []
    looked_for = [value for name, value in watched if why_not(name, value) is None]
    assert not any(value in redacted for value in looked_for)
    assert (redacted == text) == (made.find(text, lambda: ["test"]) == [])


@settings(deadline=None)
@given(st.lists(st.tuples(st.text("ab-"), st.text("ab-", min_size=SHORTEST)), min_size=1))
def test_nothing_that_is_shown_for_a_value_holds_one(watched: list[tuple[str, str]]) -> None:
    made = Watch()
    for name, value in watched:
        made.add(name, value, "test")
    looked_for = [value for name, value in watched if why_not(name, value) is None]

    labels = {hit.label for value in looked_for for hit in made.find(value, lambda: ["test"])}

    assert not any(value in label for value in looked_for for label in labels)


# --- what it costs


def test_a_thousand_values_cost_hardly_more_than_a_hundred() -> None:
    """An engine may have a few automata more, no text is gone through more often."""
    hundred, thousand = (
        watch(**{f"k{number}": f"sk-fake-{number:04}" for number in range(count)})
        for count in (100, 1000)
    )
    text = "Nothing to see here. sk-fake-0000\n" * 50

    assert lines(lambda: thousand.redact(text)) < 1.2 * lines(lambda: hundred.redact(text))
    assert lines(lambda: thousand.find(text, lambda: ["test"])) < 1.2 * lines(
        lambda: hundred.find(text, lambda: ["test"])
    )


def test_lines_are_counted_in_one_pass() -> None:
    counted = 0

    class Text(str):
        __slots__ = ()

        def count(self, sub: str, *places: Any) -> int:
            nonlocal counted
            start, end = places
            counted += end - start
            return super().count(sub, start, end)

    text = Text(f"{VALUE}\n" * 200)

    assert [hit.line for hit in watch(key=VALUE).find(text, lambda: ["test"])] == list(
        range(1, 201)
    )
    assert counted <= len(text)


# --- threads


class Busy(list[str]):
    """Owners; whoever asks for one lets another thread add a value first."""

    def __init__(self, made: Watch) -> None:
        super().__init__(["test"])
        self.made = made
        self.number = 0

    def __contains__(self, owner: object) -> bool:
        self.number += 1
        self.made.add("key", VALUE, self.number)
        return super().__contains__(owner)


def test_an_owner_may_come_while_a_name_is_chosen() -> None:
    made = Watch()
    made.add("key", VALUE, "module")
    owners: Collection[str] = Busy(made)

    assert made.redact(VALUE, lambda: owners) == "REDACTED:key"


def test_whenever_a_thread_adds_one_what_was_there_is_found() -> None:
    made = watch(key=VALUE, other=OTHER)

    def add() -> None:
        # The lock is held where another thread would have to wait.
        if not made._lock.locked():
            made.add("key", f"{VALUE}-{len(made)}", f"test {len(made)}")

    with at_each_line(add):
        found = made.find(f"{VALUE} {OTHER}", lambda: ["test"])
        redacted = made.redact(f"{VALUE} {OTHER}", lambda: ["test"])

    assert found == [Hit("key", 1, True), Hit("other", 1, True)]
    assert redacted == "REDACTED:key REDACTED:other"
    assert len(made) > 20


def test_what_threads_add_while_others_look_is_all_found() -> None:
    made = Watch()
    values = {f"k{number}": f"sk-fake-{number:05}" for number in range(1000)}
    text = "\n".join(values.values())
    done = threading.Event()

    def add(owner: int) -> None:
        for name, value in values.items():
            made.add(name, value, owner)

    def look() -> None:
        while not done.is_set():
            made.redact(text, lambda: [1, 2])

    with ThreadPoolExecutor(6) as pool:
        looking = [pool.submit(look) for _ in range(2)]
        adding = [pool.submit(add, owner) for owner in range(4)]
        failures = [thread.exception() for thread in adding]
        done.set()

    assert [*failures, *(thread.exception() for thread in looking)] == [None] * 6
    assert len(made) == len(values)
    assert [hit.label for hit in made.find(text, lambda: [3])] == list(values)
    assert made.redact(text) == "\n".join(f"REDACTED:{name}" for name in values)


def test_a_value_is_made_up_unless_anybody_else_knows_it_before_or_after() -> None:
    made = Watch()
    made.may_be_real(OTHER)
    made.add("other", OTHER, "a", made_up=True)
    made.add("key", VALUE, "a", made_up=True)
    made.add("kept", "fake-kept-1", "a", made_up=True)
    assert made.made_up() == [("key", VALUE), ("kept", "fake-kept-1")]

    made.add("key", VALUE, "b")
    made.add("key", VALUE, "b", made_up=True)

    assert made.made_up() == [("kept", "fake-kept-1")]
    assert made.real_since(0) == [OTHER, VALUE]
    assert made.real_since(1) == [VALUE]
