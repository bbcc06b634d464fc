"""What a run has seen, whatever its circumstances."""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable
from typing import Final

import pytest
from guards.credentials import NOW, jwt, some

from pytest_julep_secrets.circumstances import Alone
from pytest_julep_secrets.errors import Violation
from pytest_julep_secrets.fake.rules import routes
from pytest_julep_secrets.guards.levels import DEFAULTS, Level
from pytest_julep_secrets.leaks.watch import Hit
from pytest_julep_secrets.run import Run

VALUE: Final = "sk-fake-must-not-be-shown"
OTHER: Final = "sk-fake-another-value"


class Told:
    """Circumstances that a test sets, and what they were told."""

    remedy = 'allow it like this: ["{}"]'
    where = "there"
    way_out = "let it out"

    def __init__(self) -> None:
        self.owner_now: Hashable = "test"
        self.check = "names"
        self.level_now: Level = "error"
        self.name_patterns: list[re.Pattern[str]] = []
        self.allowed: list[str] = []
        self.needed: list[str] = []
        self.warnings: list[tuple[str, str]] = []

    def owner(self) -> Hashable:
        return self.owner_now

    def level(self, check: str, default: Level | None = None) -> Level:
        return self.level_now if check == self.check else default or DEFAULTS[check]

    def may_need(self, names: Collection[str]) -> None:
        self.needed += names

    def allows_name(self, name: str, of_fake: Collection[str]) -> bool:
        return name in self.allowed or name in of_fake

    def way_off(self, check: str) -> str:
        return f", or switch {check} off"

    def warn(self, check: str, message: str) -> None:
        self.warnings.append((check, message))

    def violation(self, check: str, message: str, place: str) -> Violation:
        return Violation(check, message, place)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def run(told: Told) -> Run:
    return Run(told)


def labels(run: Run, *values: str) -> list[str]:
    """What is shown for these values."""
    return [hit.label for hit in run.watch.find(" ".join(values), lambda: ["test"])]


# --- what arrives


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        pytest.param("key", VALUE, ["key"], id="a string"),
        pytest.param("key", [VALUE], ["key"], id="in a list"),
        pytest.param("key", (VALUE,), ["key"], id="in a tuple"),
        pytest.param("key", {"a": {"b": [5, None, [VALUE]]}}, ["key"], id="deep inside"),
        pytest.param(None, VALUE, ["1"], id="without a name"),
        pytest.param(["key"], VALUE, ["1"], id="with a name that is none"),
        pytest.param("k y", VALUE, ["1"], id="with a name that is not shown"),
        pytest.param("key", None, [], id="nothing"),
        pytest.param("key", 1.5, [], id="a number"),
        pytest.param("key", {VALUE: 1}, [], id="a key"),
        pytest.param("key", VALUE[:5], [], id="a short one"),
    ],
)
def test_every_text_in_a_value_is_looked_for(
    run: Run, name: object, value: object, shown: list[str]
) -> None:
    run.arrived(name, value)

    assert labels(run, VALUE) == shown


def test_of_a_value_with_nul_both_forms_are_looked_for(run: Run) -> None:
    """The database keeps it without; a 422 shows it as it was sent."""
    run.arrived("key", "sk-\0-fake-\0")

    assert "fake" not in run.watch.redact("sk-\0-fake-\0 and sk--fake-")


def test_a_value_that_nests_deeper_than_the_stack_is_looked_through(run: Run) -> None:
    value: object = VALUE
    for _ in range(100_000):
        value = [value]

    run.arrived("key", value)

    assert labels(run, VALUE) == ["key"]


def test_a_value_belongs_to_who_answers_when_it_arrives(run: Run, told: Told) -> None:
    run.arrived("key", VALUE)
    told.owner_now = "another test"
    run.arrived("other", OTHER)

    assert run.watch.find(f"{VALUE} {OTHER}", lambda: ["another test"]) == [
        Hit("key", 1, False),
        Hit("other", 1, True),
    ]


# --- names that look like production


def test_other_names_are_let_in(run: Run) -> None:
    run.admit("product_key", VALUE)

    assert run.record.settle(None) == []


def test_a_name_that_looks_like_production_is_kept_out(run: Run) -> None:
    with pytest.raises(Violation) as caught:
        run.admit("prod_key", VALUE)

    first, second, third = str(caught.value).splitlines()
    assert first == (
        "Secret name 'prod_key' looks like production: it contains the word 'prod'. "
        "It never gets into the fake."
    )
    assert second == 'Rename it, or allow it like this: ["prod_key"].'
    assert third.startswith("At ")
    assert third.endswith(", in test_a_name_that_looks_like_production_is_kept_out.")
    assert caught.value.check == "names"


def test_that_is_on_record_though_somebody_swallows_it(run: Run) -> None:
    with pytest.raises(Violation) as caught:
        run.admit("prod_key", VALUE)

    assert run.record.settle(None) == [caught.value]


def test_an_allowed_name_is_let_in(run: Run, told: Told) -> None:
    told.allowed = ["prod_key"]

    run.admit("prod_key", VALUE)

    with pytest.raises(Violation):
        run.admit("prod_key_2", VALUE)


def test_at_the_level_off_every_name_is_let_in(run: Run, told: Told) -> None:
    told.level_now = "off"

    run.admit("prod_key", VALUE)

    assert (run.record.settle(None), told.warnings) == ([], [])


def test_at_the_level_warn_it_is_told_and_let_in(run: Run, told: Told) -> None:
    told.level_now = "warn"
    told.allowed = ["prod_allowed"]

    run.admit("prod_key", VALUE)
    run.admit("prod_allowed", VALUE)

    assert told.warnings == [
        ("names", "Secret name 'prod_key' looks like production: it contains the word 'prod'.")
    ]
    assert run.record.settle(None) == []


@pytest.mark.parametrize("name", ["prod-sk-fake-1", "of-prod-sk-fake-1", "prod-sk-fake-1_key"])
def test_a_value_in_the_place_of_a_name_is_not_told(run: Run, told: Told, name: str) -> None:
    run.arrived("key", "prod-sk-fake-1")

    with pytest.raises(Violation) as caught:
        run.admit(name, VALUE)
    told.level_now = "warn"
    run.admit(name, VALUE)

    shown = f"{caught.value} {caught.value!r} {told.warnings}"
    assert "prod-sk-fake-1" not in shown
    assert shown.count("REDACTED:key") >= 3


def test_a_name_with_braces_is_told_as_it_is(run: Run) -> None:
    with pytest.raises(Violation, match=r'allow it like this: \["\{prod\}"\]'):
        run.admit("{prod}", VALUE)


def test_patterns_of_ones_own_count_too(run: Run, told: Told) -> None:
    told.name_patterns = [re.compile("^acme_main")]

    with pytest.raises(Violation, match=r"production: it matches the pattern '\^acme_main'\. It"):
        run.admit("acme_main_db", VALUE)


# --- values that look real

REAL: Final = "sk_live_" + some(24)
ADVICE: Final = "Use a made-up value, one that begins with 'fake' for example"
KEY: Final = "Bearer " + jwt({"exp": NOW + 1})


@pytest.fixture
def clock() -> list[float]:
    return [NOW]


@pytest.fixture
def timed(told: Told, clock: list[float]) -> Run:
    told.check = "credentials"
    return Run(told, lambda: clock[0])


def test_a_value_that_looks_real_is_kept_out(timed: Run) -> None:
    with pytest.raises(Violation) as caught:
        timed.admit("stripe_key", REAL)

    first, second, third = str(caught.value).splitlines()
    assert first == (
        "Secret 'stripe_key' holds what looks like a real credential: rule 'stripe-live-key'. "
        "It never gets into the fake."
    )
    assert second == f"{ADVICE}, or switch credentials off."
    assert third.startswith("At ")
    assert caught.value.check == "credentials"
    assert timed.record.settle(None) == [caught.value]


def test_of_a_name_and_a_value_the_name_is_told(timed: Run) -> None:
    with pytest.raises(Violation, match="Secret name 'prod_key'"):
        timed.admit("prod_key", REAL)


def test_an_allowed_name_does_not_allow_its_value(timed: Run, told: Told) -> None:
    told.allowed = ["prod_key"]

    with pytest.raises(Violation, match="Secret 'prod_key' holds"):
        timed.admit("prod_key", REAL)


def test_at_other_levels_it_is_let_in(timed: Run, told: Told) -> None:
    told.level_now = "off"
    timed.admit("stripe_key", REAL)
    timed.admit_key(KEY)
    assert told.warnings == []

    told.level_now = "warn"
    timed.admit("stripe_key", REAL)
    timed.admit_key(KEY)
    assert told.warnings == [
        (
            "credentials",
            "Secret 'stripe_key' holds what looks like a real credential: rule 'stripe-live-key'.",
        ),
        ("credentials", "A request's API key looks like a real credential: rule 'jwt'."),
    ]
    assert timed.record.settle(None) == []


def test_whoever_expects_it_gets_it_at_any_level(timed: Run, told: Told) -> None:
    told.level_now = "off"

    with timed.record.expect("credentials") as violation:
        timed.admit("stripe_key", REAL)

    assert "'stripe_key'" in str(violation.value)


def test_a_key_that_looks_real_is_kept_out_and_looked_for(timed: Run) -> None:
    with pytest.raises(Violation) as caught:
        timed.admit_key(KEY)

    first, second, _ = str(caught.value).splitlines()
    assert first == (
        "A request's API key looks like a real credential: rule 'jwt'. It never gets to the fake."
    )
    assert second == "Give the client a made-up key such as 'fake', or switch credentials off."
    assert timed.watch.redact(KEY) == "Bearer REDACTED:JULEP_API_KEY"


def test_one_is_let_in_where_the_environment_keeps_real_keys(timed: Run, told: Told) -> None:
    told.check, told.level_now = "environment", "off"

    timed.admit_key(KEY)

    assert len(timed.watch) == 0


def test_one_that_has_expired_is_let_in(timed: Run, clock: list[float]) -> None:
    clock[0] += 10

    timed.admit_key(KEY)
    timed.admit("token", KEY)

    assert len(timed.watch) == 0


@pytest.mark.parametrize("key", ["", "Bearer fake", "fake-julep-api-key", "Bearer sk-fake-1"])
def test_other_keys_are_let_in(timed: Run, key: str) -> None:
    timed.admit_key(key)

    assert len(timed.watch) == 0


def test_no_message_shows_a_value_that_is_also_in_the_name(timed: Run) -> None:
    timed.arrived("key", REAL)

    with pytest.raises(Violation) as caught:
        timed.admit(f"x_{REAL}", REAL)

    assert REAL not in f"{caught.value} {caught.value!r}"


# --- what goes out


def test_a_request_is_kept_in(run: Run) -> None:
    with pytest.raises(Violation) as caught:
        run.keep_in("A request to 'api.julep.ai'", False)

    first, second, _ = str(caught.value).splitlines()
    assert first == "A request to 'api.julep.ai' is not answered by anything there."
    assert second == (
        f"The fake (ask for mock_secrets) answers httpx clients at {routes.describe()}; mock "
        "anything else, with respx for example, or let it out if it means to reach Julep."
    )
    assert run.record.settle(None) == [caught.value]


def test_so_is_one_that_no_entry_allows(run: Run) -> None:
    with pytest.raises(Violation) as caught:
        run.keep_in("A request to 'example.com'", True)

    first, second, _ = str(caught.value).splitlines()
    assert first == (
        "A request to 'example.com' is not allowed: it is neither local nor in "
        "julep_secrets_allow_hosts."
    )
    assert second == "Add it there, mock it, or let it out."


def test_a_value_in_it_is_not_told(run: Run, told: Told) -> None:
    run.arrived("key", VALUE)
    told.check, told.level_now = "hosts", "warn"

    run.keep_in(f"'GET https://api.julep.ai/{VALUE}'", False)

    assert told.warnings == [
        ("hosts", "'GET https://api.julep.ai/REDACTED:key' is not answered by anything there.")
    ]


def test_off_lets_it_out_unless_it_is_expected_not_to(run: Run, told: Told) -> None:
    told.check, told.level_now = "hosts", "off"

    run.keep_in("A request to 'api.julep.ai'", False)
    with run.record.expect("hosts"):
        run.keep_in("A request to 'api.julep.ai'", False)

    assert told.warnings == []


# --- violations


def test_a_violation_is_made_put_on_record_and_returned(run: Run) -> None:
    run.arrived("key", VALUE)

    made = run.violate("hosts", f"A request to '{VALUE}' was refused.\nMock it.")

    first, second, third = str(made).splitlines()
    assert (first, second) == ("A request to 'REDACTED:key' was refused.", "Mock it.")
    assert third.startswith("At ")
    assert run.record.settle(None) == [made]


def test_the_circumstances_choose_its_class() -> None:
    class Ours(Violation):
        pass

    class Circumstances(Told):
        def violation(self, check: str, message: str, place: str) -> Violation:
            return Ours(check, message, place)

    assert type(Run(Circumstances()).violate("hosts", "No.")) is Ours


def test_a_fake_has_exemptions_of_its_own(told: Told, run: Run) -> None:
    run.may_need(["prod_key"])
    run.admit("prod_key", VALUE, ["prod_key"])

    assert told.needed == ["prod_key"]


def test_no_repr_shows_a_value(run: Run) -> None:
    run.arrived("key", VALUE)

    assert VALUE not in f"{run!r} {run.watch!r} {run.record!r} {run.watch.ignored}"


# --- real keys of the environment


@pytest.mark.parametrize("header", ["Bearer {}", "{}", "Bearer   {}"])
def test_a_request_with_a_real_key_is_refused_and_told_without_it(run: Run, header: str) -> None:
    run.keep_key_in("JULEP_API_KEY", VALUE)

    with pytest.raises(Violation) as caught:
        run.admit_key(header.format(VALUE))

    assert caught.value.check == "environment"
    assert str(caught.value).startswith("A request carries the real value of JULEP_API_KEY.")
    assert VALUE not in str(caught.value)
    assert run.record.settle(None) == [caught.value]


@pytest.mark.parametrize("held", [f"{VALUE}\n", f" {VALUE}", f"Bearer {VALUE}"])
def test_a_real_key_is_known_as_code_strips_it(run: Run, held: str) -> None:
    run.keep_key_in("JULEP_API_KEY", held)

    with run.record.expect("environment"):
        run.admit_key(f"Bearer {VALUE}")


@pytest.mark.parametrize("header", ["", "Bearer fake-julep-api-key", f"Bearer {VALUE}-2"])
def test_any_other_key_is_not(run: Run, header: str) -> None:
    run.keep_key_in("JULEP_API_KEY", VALUE)

    run.admit_key(header)


def test_a_real_key_is_told_or_not_as_the_level_says(told: Told, run: Run) -> None:
    run.keep_key_in("JULEP_API_KEY", VALUE)
    told.check = "environment"
    for told.level_now in ("off", "warn"):
        run.admit_key(f"Bearer {VALUE}")

    assert told.warnings == [("environment", "A request carries the real value of JULEP_API_KEY.")]


def test_who_expects_a_real_key_wants_one(told: Told, run: Run) -> None:
    told.check, told.level_now = "environment", "off"
    run.keep_key_in("JULEP_API_KEY", VALUE)

    with run.record.expect("environment"):
        run.admit_key(VALUE)


# --- without pytest


def test_alone_everything_is_an_error_and_nothing_is_allowed() -> None:
    run = Run(Alone())

    with pytest.raises(Violation) as caught:
        run.admit("prod_key", VALUE)

    assert type(caught.value) is Violation
    assert 'Rename it, or allow it with MockSecrets(allow_names=["prod_key"]).' in str(caught.value)


def test_alone_there_is_no_way_to_switch_a_check_off() -> None:
    run = Run(Alone())

    with pytest.raises(Violation, match=rf"\n{ADVICE}\.\n"):
        run.admit("stripe_key", REAL)


def test_alone_there_is_no_way_out() -> None:
    assert Run(Alone()).unanswered("It").splitlines() == [
        "It is not answered by anything in this test.",
        (
            f"The fake answers httpx clients at {routes.describe()}; "
            "mock anything else, with respx for example."
        ),
    ]


def test_alone_no_check_has_another_level() -> None:
    alone = Alone()

    assert [alone.level(check) for check in ("names", "leaks")] == ["error", "error"]
    assert alone.level("naming", "warn") == "off"
    assert not alone.allows_name("prod_key", ())
    assert alone.allows_name("prod_key", ("prod_key",))
    alone.may_need(("prod_key",))
    alone.warn("names", "Never told.")


def test_alone_all_values_are_one_owners() -> None:
    run = Run(Alone())
    run.arrived("key", VALUE)

    assert run.owner() is None
    assert run.watch.find(VALUE, lambda: [None]) == [Hit("key", 1, True)]
