"""A user's own fixture called `mock_secrets`."""

from __future__ import annotations

import pytest

SENTENCE = "*The fixture 'mock_secrets' in * returned a dict: Julep clients in its tests are not*"


def test_building_on_ours(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(
        """
        import pytest

        @pytest.fixture
        def mock_secrets(mock_secrets):
            mock_secrets.create(name="everywhere", value="sk-fake-1")
            return mock_secrets
        """
    )
    pytester.makepyfile(
        """
        import julep

        def test_it(mock_secrets, julep_client):
            assert julep.Julep().secrets.list()[0].name == "everywhere"
            assert julep_client.secrets.list()[0].name == "everywhere"
        """
    )

    result = pytester.runpytest("-W", "error")

    result.assert_outcomes(passed=1)


GUIDE = """
    import pytest

    @pytest.fixture
    def mock_secrets():
        return {"api_key": "mock-api-key-123"}
"""


def test_the_guides_own_dict_keeps_working_and_is_told_of(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(GUIDE)
    pytester.makepyfile('def test_it(mock_secrets): assert mock_secrets["api_key"]')

    result = pytester.runpytest("-W", "default")

    result.assert_outcomes(passed=1, warnings=1)
    result.stdout.fnmatch_lines([f"{SENTENCE}", "*Rename it, or build on ours: *"])
    result.stdout.no_fnmatch_line("*mock-api-key-123*")


def test_where_warnings_are_errors_the_sentence_is_all_there_is(
    pytester: pytest.Pytester,
) -> None:
    pytester.makeconftest(GUIDE)
    pytester.makepyfile("def test_it(mock_secrets): pass")

    result = pytester.runpytest("-W", "error")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([SENTENCE])
    result.stdout.no_fnmatch_line("*pytest_fixture_setup*")
    result.stdout.no_fnmatch_line("*mock-api-key-123*")


def test_together_with_a_client_of_ours_it_fails(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(GUIDE)
    pytester.makepyfile("def test_it(mock_secrets, julep_client): pass")

    result = pytester.runpytest("-W", "ignore")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([SENTENCE])
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*mock-api-key-123*")
