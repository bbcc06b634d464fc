"""How a fault that never acts shows in pytest."""

from __future__ import annotations

import pytest

HEAD = """
import julep
import pytest
from pytest_julep_secrets import MockSecrets, PermissionDeniedError

def plan(secrets, **options):
    return secrets.faults.add("create", status=503, **options)

"""

SENTENCE = "The fault faults.add('create', status=503) never acted: no request came that it is for."
ADVICE = (
    "Let the code make such a request once the fault is there, or take it back with "
    "mock_secrets.faults.clear()."
)


def run(pytester: pytest.Pytester, code: str) -> pytest.RunResult:
    pytester.makepyfile(test_it=HEAD + code)
    return pytester.runpytest("-p", "no:randomly")


def test_the_test_fails_with_what_to_do_and_the_users_line(pytester: pytest.Pytester) -> None:
    result = run(pytester, "def test_it(mock_secrets): plan(mock_secrets)")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["*_ test_it _*", SENTENCE, ADVICE, "At test_it.py:6, in plan.", "*short test summary*"],
        consecutive=True,
    )


FINE = {
    "acted": """
def test_it(mock_secrets, julep_client):
    plan(mock_secrets)
    with pytest.raises(julep.InternalServerError):
        julep_client.secrets.create(name="a", value="sk-fake-1")
""",
    "taken back": """
def test_it(mock_secrets):
    plan(mock_secrets)
    mock_secrets.faults.clear()
""",
    "acted less often": """
def test_it(mock_secrets, julep_client):
    plan(mock_secrets, times=5)
    with pytest.raises(julep.InternalServerError):
        julep_client.secrets.create(name="a", value="sk-fake-1")
""",
    "denied": """
def test_it(mock_secrets):
    mock_secrets.faults.deny("a")
    with pytest.raises(PermissionDeniedError):
        mock_secrets.get(name="a")
""",
    "of a fixture": """
@pytest.fixture
def down(mock_secrets):
    return plan(mock_secrets)

def test_it(down):
    julep.Julep().secrets.create(name="a", value="sk-fake-1")
    assert down.fired == 1
""",
    "each test anew": """
def test_one(mock_secrets, julep_client):
    mock_secrets.clock.set(5)
    mock_secrets.faults.deny("a")
    with pytest.raises(julep.PermissionDeniedError):
        julep_client.secrets.create(name="a", value="sk-fake-1")

def test_two(mock_secrets):
    assert mock_secrets.faults.pending == []
    assert mock_secrets.clock.now().year > 2000
""",
}


@pytest.mark.parametrize("code", FINE.values(), ids=FINE)
def test_what_is_used_or_taken_back_is_fine(pytester: pytest.Pytester, code: str) -> None:
    result = run(pytester, code)

    assert list(result.parseoutcomes()) == ["passed"]


def test_a_request_that_was_let_pass_is_counted(pytester: pytest.Pytester) -> None:
    code = (
        "def test_it(mock_secrets, julep_client):\n"
        "    plan(mock_secrets, skip=2)\n"
        "    julep_client.secrets.create(name='a', value='sk-fake-1')"
    )
    result = run(pytester, code)

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["*never acted: of the requests it is for, 1 came, and it lets 2 pass."]
    )


def test_a_failure_of_the_tests_own_is_kept_beside_it(pytester: pytest.Pytester) -> None:
    result = run(pytester, "def test_it(mock_secrets):\n    plan(mock_secrets)\n    assert 1 == 2")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*assert 1 == 2", "*- julep secrets -*", SENTENCE])


@pytest.mark.parametrize(
    ("end", "outcome"),
    [("pytest.skip('x')", "skipped"), ("pytest.xfail('x')", "xfailed")],
)
def test_a_test_that_did_not_come_that_far_stays_what_it_is(
    pytester: pytest.Pytester, end: str, outcome: str
) -> None:
    result = run(pytester, f"def test_it(mock_secrets):\n    plan(mock_secrets)\n    {end}")

    assert list(result.parseoutcomes()) == [outcome]


def test_a_fake_of_the_tests_own_says_so_at_its_end(pytester: pytest.Pytester) -> None:
    code = "def test_it():\n    with MockSecrets() as secrets:\n        plan(secrets)"
    result = run(pytester, code)

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([f"E *UnusedFaultError: {SENTENCE}"])
    result.stdout.no_fnmatch_line("*- julep secrets -*")


def test_a_wider_fixtures_fault_may_act_in_any_test(pytester: pytest.Pytester) -> None:
    fixture = """
@pytest.fixture(scope="module")
def shared():
    with MockSecrets() as secrets:
        plan(secrets)
        yield secrets

def test_one(shared): pass
"""
    used = "def test_two(shared):\n    julep.Julep().secrets.create(name='a', value='sk-fake-1')"

    run(pytester, fixture).assert_outcomes(passed=1, errors=1)
    run(pytester, fixture + used).assert_outcomes(passed=2)


def test_a_test_answers_for_what_it_plans_in_a_shared_fake(pytester: pytest.Pytester) -> None:
    code = """
@pytest.fixture(scope="module")
def shared():
    with MockSecrets() as secrets:
        yield secrets

def test_one(shared): plan(shared)
def test_two(shared): pass
"""
    result = run(pytester, code)

    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["FAILED test_it.py::test_one*"])


def test_ids_follow_from_the_markers_seed(pytester: pytest.Pytester) -> None:
    code = """
@pytest.mark.julep_secrets(id_seed=1)
@pytest.mark.parametrize("n", range(2))
def test_it(mock_secrets, n):
    mock_secrets.clock.set(1_800_000_000)
    made = julep.Julep().secrets.create(name="a", value="sk-fake-1")
    assert made.id == "06b49d20-0000-7000-8001-91b72265b1f5"
"""
    run(pytester, code).assert_outcomes(passed=2)


def test_what_a_fault_keeps_out_is_watched_all_the_same(pytester: pytest.Pytester) -> None:
    code = """
VALUE = "sk-fake-" + "8d1c07b35e"

def test_it(mock_secrets, julep_client):
    plan(mock_secrets)
    with pytest.raises(julep.InternalServerError):
        julep_client.secrets.create(name="a", value=VALUE)
    print(VALUE)
"""
    result = run(pytester, code)

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["Secret 'a' reached the captured stdout *", "REDACTED:a"])


def test_a_production_name_is_stopped_all_the_same(pytester: pytest.Pytester) -> None:
    code = """
def test_it(mock_secrets, julep_client):
    plan(mock_secrets)
    julep_client.secrets.create(name="prod_key", value="sk-fake-1")
"""
    result = run(pytester, code)

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["Secret name 'prod_key' looks like production: *"])
