"""Faker's fixture has our provider, and nothing of it is there for those who do not ask."""

from __future__ import annotations

import pytest

from pytest_julep_secrets.made_up import TAG


@pytest.fixture(autouse=True)
def with_its_plugin(quiet_asyncio: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other runs do without, as to load it takes a fifth of a second."""
    del quiet_asyncio  # It leaves the plugin out.
    monkeypatch.setenv("PYTEST_ADDOPTS", "-o asyncio_default_fixture_loop_scope=function")


FIXTURE = """
import pytest

SEEN = []

@pytest.mark.parametrize("number", [1, 2])
def test_each_test_begins_anew(faker, mock_secrets, number):
    secret = mock_secrets.create(**faker.julep_secret())
    SEEN.append((secret.name, secret.value, faker.name()))
    assert len(set(SEEN)) == 1
    assert [type(one).__name__ for one in faker.get_providers()].count("JulepSecretsProvider") == 1

def test_a_seed_of_the_users_own(own_seed):
    assert own_seed != SEEN[0][1]

@pytest.fixture
def own_seed(faker_seed, faker):
    return faker.julep_secret()["value"]

@pytest.fixture
def faker_seed():
    return 7

@pytest.mark.parametrize("faker_locale", [["de_DE", "ja_JP"]], indirect=True)
def test_several_locales(faker_locale, faker):
    assert faker.julep_secret_value("github").startswith("ghp_")
    assert faker["ja_JP"].julep_secret_value("github").startswith("ghp_")

@pytest.fixture
def faker_locale(request):
    return request.param
"""


def test_the_fixture_has_it(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(FIXTURE)

    pytester.runpytest("-p", "no:randomly").assert_outcomes(passed=4)


def test_a_fixture_of_the_users_own_stands(pytester: pytest.Pytester) -> None:
    pytester.makeconftest("import pytest\n@pytest.fixture\ndef faker(): return 'theirs'\n")
    pytester.makepyfile("def test_it(faker): assert faker == 'theirs'")

    pytester.runpytest().assert_outcomes(passed=1)


def test_without_its_plugin_there_is_none_and_nobody_imports_it(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import sys

        def test_the_fake_does_without(mock_secrets):
            mock_secrets.create(name="stripe_key", value="sk-fake-1f9c27d4")
            assert not {"faker", "pytest_julep_secrets.faker"} & set(sys.modules)

        def test_the_fixture(faker): pass
        """
    )

    result = pytester.runpytest_subprocess("-p", "no:faker", "-p", "no:randomly")

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*fixture 'faker' not found*"])


LEAKS = """
import pytest

def test_one_that_came_to_no_fake(faker):
    print("Authorization: Bearer " + faker.julep_secret_value("openai"))

def test_one_that_did(faker, mock_secrets):
    print(mock_secrets.create(**faker.julep_secret("openai")).value)

@pytest.mark.julep_secrets(allow_leaks=["made_up_by_faker"])
def test_one_that_may_show(faker):
    print(faker.julep_secret_value("openai"))

def test_one_that_shows_nothing(faker):
    print(faker.name())
"""


def test_what_a_test_prints_of_it_is_a_leak(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(LEAKS)

    result = pytester.runpytest("-p", "no:randomly", "--julep-secrets-manifest=run.json")

    result.assert_outcomes(failed=2, passed=2)
    text = result.stdout.str()
    assert "Secret 'made_up_by_faker' reached the captured stdout" in text
    assert "Secret 'OPENAI_API_KEY' reached the captured stdout" in text
    assert TAG not in text
    assert TAG in (pytester.path / "run.json").read_text()
