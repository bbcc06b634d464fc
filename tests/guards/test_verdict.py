"""Violations on record: which are answered for, and which somebody swallowed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from counting import at_each_line

from pytest_julep_secrets.errors import Violation
from pytest_julep_secrets.guards.verdict import Record, reach


def violation(check: str = "names") -> Violation:
    return Violation(check, "Something was refused.", "At a.py:1, in f.")


def raised(raise_: Callable[[Violation], object], made: Violation) -> BaseException:
    """What comes out of code that a violation was made in."""
    with pytest.raises(BaseException) as caught:  # noqa: PT011 - whatever it is
        raise_(made)
    return caught.value


def as_it_is(made: Violation) -> None:
    raise made


def converted(made: Violation) -> None:
    raise ValueError from made


def while_handling_it(made: Violation) -> None:
    try:
        raise made
    except Violation:
        raise ValueError  # noqa: B904 - what is tested


def two_steps_behind(made: Violation) -> None:
    try:
        converted(made)
    except ValueError:
        raise KeyError  # noqa: B904 - what is tested


def in_a_group(made: Violation) -> None:
    raise BaseExceptionGroup("", [ValueError(), made])


def in_a_nested_group(made: Violation) -> None:
    raise BaseExceptionGroup("", [BaseExceptionGroup("", [made]), ValueError()])


def as_the_cause_of_one_in_a_group(made: Violation) -> None:
    raise BaseExceptionGroup("", [raised(converted, made)])


def not_shown(made: Violation) -> None:
    try:
        raise made
    except Violation:
        raise ValueError from None


def behind_another_cause(made: Violation) -> None:
    try:
        raise made
    except Violation:
        raise ValueError from KeyError()


def in_its_arguments_only(made: Violation) -> None:
    raise ValueError(made)


def swallowed(made: Violation) -> None:
    with suppress(Violation):
        raise made


SHOWN = [
    as_it_is,
    converted,
    while_handling_it,
    two_steps_behind,
    in_a_group,
    in_a_nested_group,
    as_the_cause_of_one_in_a_group,
]
HIDDEN = [not_shown, behind_another_cause, in_its_arguments_only]


# --- settling


@pytest.mark.parametrize("raise_", SHOWN)
def test_what_came_out_was_not_swallowed(raise_: Callable[[Violation], object]) -> None:
    record, made = Record(), violation()
    record.add(made)
    error = raised(raise_, made)

    assert record.settle(error) == []


@pytest.mark.parametrize("raise_", HIDDEN)
def test_what_no_traceback_shows_was_swallowed(raise_: Callable[[Violation], object]) -> None:
    record, made = Record(), violation()
    record.add(made)
    error = raised(raise_, made)

    assert record.settle(error) == [made]


def test_without_any_error_all_were_swallowed_in_the_order_they_were_made() -> None:
    record, made = Record(), [violation() for _ in range(3)]
    for one in made:
        record.add(one)

    assert record.settle(None) == made
    assert record.settle(None) == []


def test_an_equal_text_is_not_the_same_violation() -> None:
    record, made = Record(), violation()
    record.add(made)

    assert record.settle(violation()) == [made]


def test_only_those_that_came_out_are_taken() -> None:
    record, first, second = Record(), violation(), violation()
    record.add(first)
    record.add(second)

    assert record.take_seen(first)
    assert not record.take_seen(first)
    assert record.settle(None) == [second]


@pytest.mark.parametrize("raise_", [*SHOWN, *HIDDEN])
def test_taking_tells_whether_there_was_one(raise_: Callable[[Violation], object]) -> None:
    record, made = Record(), violation()
    record.add(made)

    assert record.take_seen(raised(raise_, made)) == (raise_ in SHOWN)
    assert not record.take_seen(None)


# --- what a traceback shows


def test_all_that_is_shown_with_an_error_is_given_once() -> None:
    shared = KeyError()
    first, second = ValueError(), TypeError()
    first.__cause__ = second.__context__ = shared
    group = ExceptionGroup("", [first, second])

    found = list(reach(group))

    assert found[0] is group
    assert {id(error) for error in found} == {id(one) for one in (group, first, second, shared)}
    assert len(found) == 4


def test_a_circle_ends() -> None:
    first, second = ValueError(), KeyError()
    first.__context__, second.__context__ = second, first

    assert list(reach(first)) == [first, second]


def test_a_long_chain_is_followed_to_its_end() -> None:
    made = violation()
    error: BaseException = made
    for _ in range(5000):
        outer = ValueError()
        outer.__cause__ = error
        error = outer

    assert list(reach(error))[-1] is made


def test_no_error_shows_nothing() -> None:
    assert list(reach(None)) == []


# --- a violation that is expected


def make(record: Record, check: str = "names") -> Violation:
    made = violation(check)
    record.add(made)
    return made


def expecting(
    record: Record, do: Callable[[Violation], object], check: str = "names"
) -> tuple[Violation, Violation]:
    """Expect one while something is done with one made there; gives the latter and the former."""
    with record.expect("names") as expected:
        made = make(record, check)
        do(made)
    return made, expected.value


@pytest.mark.parametrize(
    "raise_",
    [
        pytest.param(as_it_is, id="raised"),
        pytest.param(swallowed, id="swallowed"),
    ],
)
def test_an_expected_violation_comes_no_further(raise_: Callable[[Violation], object]) -> None:
    record = Record()

    made, expected = expecting(record, raise_)

    assert expected is made
    assert record.settle(None) == []


def test_its_text_is_there_to_look_at() -> None:
    _, expected = expecting(Record(), as_it_is)

    assert str(expected) == "Something was refused.\nAt a.py:1, in f."


def test_one_made_in_a_thread_is_expected_too() -> None:
    record = Record()

    with record.expect("hosts") as expected, ThreadPoolExecutor(1) as pool:
        made = pool.submit(make, record, "hosts").result()

    assert expected.value is made
    assert record.settle(None) == []


def test_alone_in_a_group_it_takes_the_group_with_it() -> None:
    def raise_(made: Violation) -> None:
        raise BaseExceptionGroup("", [BaseExceptionGroup("", [made])])

    made, expected = expecting(Record(), raise_)

    assert expected is made


def test_of_a_group_the_other_errors_are_raised() -> None:
    record, cause, other = Record(), KeyError(), ValueError()

    def raise_(made: Violation) -> None:
        raise BaseExceptionGroup("some", [other, BaseExceptionGroup("", [made])]) from cause

    with pytest.raises(ExceptionGroup, match="some") as caught:
        expecting(record, raise_)

    assert caught.value.exceptions == (other,)
    # Nothing shown with them tells of it.
    assert list(reach(caught.value)) == [caught.value, other, cause]
    assert record.settle(None) == []


@pytest.mark.parametrize("raise_", [converted, while_handling_it, not_shown])
def test_what_it_was_converted_to_is_raised_as_it_is(
    raise_: Callable[[Violation], object],
) -> None:
    record = Record()

    with pytest.raises(ValueError, match=r"^$") as caught:
        expecting(record, raise_)

    shown = [type(error) for error in reach(caught.value)]
    assert shown == [ValueError, Violation][: 1 + (raise_ in SHOWN)]
    assert record.settle(None) == []


def test_a_group_without_it_is_raised_as_it_is() -> None:
    cause, group = KeyError(), ExceptionGroup("", [ValueError()])

    def raise_(_: Violation) -> None:
        raise group from cause

    with pytest.raises(ExceptionGroup) as caught:
        expecting(Record(), raise_)

    assert caught.value is group
    assert group.__cause__ is cause


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, StopIteration, GeneratorExit])
def test_what_ends_a_program_or_a_loop_comes_through(error: type[BaseException]) -> None:
    def raise_(_: Violation) -> None:
        raise error

    with pytest.raises(error):
        expecting(Record(), raise_)


def test_a_violation_of_another_check_is_raised_and_stays_on_record() -> None:
    record = Record()

    with pytest.raises(Violation) as caught:
        expecting(record, as_it_is, check="hosts")

    assert record.settle(None) == [caught.value]


def test_no_violation_is_a_failure() -> None:
    with pytest.raises(AssertionError) as caught, Record().expect("names"):
        pass

    assert str(caught.value) == "Nothing violated the check 'names' here."


def test_one_of_another_check_alone_is_a_failure_too() -> None:
    record = Record()

    with pytest.raises(AssertionError, match="'names'"):
        expecting(record, lambda _: None, check="hosts")

    assert [made.check for made in record.settle(None)] == ["hosts"]


def test_one_made_before_is_not_the_expected_one() -> None:
    record = Record()
    before = make(record)

    with pytest.raises(AssertionError, match="'names'"), record.expect("names"):
        pass

    assert record.settle(None) == [before]


def test_without_a_violation_an_error_is_raised_as_it_is() -> None:
    error = KeyError()

    with pytest.raises(KeyError) as caught, Record().expect("names"):
        raise error

    assert caught.value is error


@pytest.mark.parametrize("check", ["", "leaks", "Names"])
def test_an_unknown_check_is_refused_before_anything_is_done(check: str) -> None:
    done = []

    with pytest.raises(ValueError, match=f"There is no check '{check}'") as caught:  # noqa: SIM117
        with Record().expect(check):
            done.append(check)

    assert str(caught.value).endswith("There are: names, credentials, hosts, environment, naming")
    assert done == []


def test_of_two_one_stays_on_record() -> None:
    record = Record()

    with record.expect("names") as expected:
        first, second = make(record), make(record)

    assert expected.value is first
    assert record.settle(None) == [second]


def test_expectations_inside_of_each_other_take_one_each() -> None:
    record = Record()

    with record.expect("names") as outer:
        first = make(record)
        with record.expect("names") as inner:
            second = make(record)

    assert (inner.value, outer.value) == (second, first)
    assert record.settle(None) == []


def test_one_expectation_after_the_other() -> None:
    record = Record()

    pairs = [expecting(record, as_it_is) for _ in range(2)]

    assert all(made is expected for made, expected in pairs)
    assert record.settle(None) == []


# --- threads


def test_whenever_a_thread_adds_one_nothing_is_lost() -> None:
    record, came_out = Record(), [violation() for _ in range(3)]
    made: list[Violation] = []
    settled: list[Violation] = []
    for one in came_out:
        record.add(one)

    with at_each_line(lambda: made.append(make(record))):
        for one in came_out:
            record.take_seen(one)
        settled = record.settle(None)

    assert len(made) > 10
    assert settled + record.settle(None) == made


def test_what_many_threads_add_is_all_there() -> None:
    record = Record()

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: make(record), range(800)))

    assert {id(one) for one in record.settle(None)} == {id(one) for one in made}
