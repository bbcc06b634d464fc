"""The provider for Faker."""

from __future__ import annotations

import pytest
from faker import Faker

from pytest_julep_secrets import MockSecrets
from pytest_julep_secrets.fake.rules.names import is_valid
from pytest_julep_secrets.faker import JulepSecretsProvider
from pytest_julep_secrets.guards.names import production_reason
from pytest_julep_secrets.made_up import KINDS, LABEL
from pytest_julep_secrets.tasks import check, references


@pytest.fixture
def fake() -> Faker:
    made = Faker()
    made.add_provider(JulepSecretsProvider)
    made.seed_instance(4)
    return made


def all_of(fake: Faker) -> list[object]:
    return [
        fake.julep_secret_kind(),
        fake.julep_secret_name(),
        fake.julep_secret_value(),
        fake.julep_secret_metadata(),
        fake.julep_secret(),
        fake.julep_secrets(),
        fake.julep_task(),
    ]


def test_the_same_seed_gives_the_same(fake: Faker) -> None:
    first = all_of(fake)
    fake.seed_instance(4)
    again = all_of(fake)
    fake.seed_instance(5)

    assert first == again
    assert all_of(fake) != first


def test_what_others_give_next_depends_on_the_calls_only(fake: Faker) -> None:
    def after(kind: str, count: int) -> str:
        fake.seed_instance(4)
        fake.julep_secret_value(kind)
        fake.julep_secrets(count)
        return str(fake.name())

    assert after("password", 0) == after("anthropic", 9)


def test_names_are_valid_and_never_of_production(fake: Faker) -> None:
    names = {fake.julep_secret_name() for _ in range(2000)}

    assert len(names) > 700
    assert [name for name in names if not is_valid(name) or production_reason(name)] == []


def test_names_follow_the_conventions(fake: Faker) -> None:
    names = {fake.julep_secret_name("stripe") for _ in range(200)}

    assert {fake.julep_secret_name("openai") for _ in range(20)} == {"OPENAI_API_KEY"}
    assert {"stripe_secret_key", "staging_stripe_secret_key_billing"} <= names
    assert [name for name in names if name != name.lower()] == []


def test_a_whole_secret_is_what_create_takes(fake: Faker) -> None:
    with MockSecrets() as secrets:
        made = secrets.create(**fake.julep_secret("github"))

        assert made.value.startswith("ghp_")
        assert made.description is not None
        assert set(made.metadata or {}) == {"environment", "owner", "rotated_at", "rotation_days"}


def test_several_are_a_seed(fake: Faker) -> None:
    seed = fake.julep_secrets(50)

    with MockSecrets(seed) as secrets:
        assert set(secrets) == set(seed)
        assert len(secrets) == 50


def test_the_most_there_are(fake: Faker) -> None:
    assert len(fake.julep_secrets(1000)) == 1000
    assert fake.julep_secrets(0) == {}


@pytest.mark.parametrize("count", [-1, 1001])
def test_more_names_than_there_are(fake: Faker, count: int) -> None:
    with pytest.raises(ValueError, match=r"names for 0 to 1,000 secrets\. Ask for fewer"):
        fake.julep_secrets(count)


def test_a_task_refers_to_the_names_it_is_given(fake: Faker) -> None:
    task = fake.julep_task("stripe_key", "OPENAI_API_KEY")

    assert [one.name for one in references(task)] == ["stripe_key", "OPENAI_API_KEY"]
    assert {step["tool"] for step in task["main"]} == {tool["name"] for tool in task["tools"]}
    assert len(references(fake.julep_task())) == 1
    check(task, ["stripe_key", "OPENAI_API_KEY"])


def test_an_unknown_kind_names_those_there_are(fake: Faker) -> None:
    with pytest.raises(ValueError, match=r"no kind 'acme' of secrets\. Kinds: openai, anthropic"):
        fake.julep_secret_value("acme")


def test_a_kind_is_one_of_the_kinds(fake: Faker) -> None:
    assert {fake.julep_secret_kind() for _ in range(500)} == {*KINDS}


@pytest.mark.usefixtures("outside_of_pytest")
def test_without_a_run_nobody_is_told(fake: Faker) -> None:
    assert LABEL not in fake.julep_secret_value()
