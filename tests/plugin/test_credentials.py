"""Values and keys that look real: where they are asked for, and who says how strictly."""

from __future__ import annotations

import time

import pytest
from guards.credentials import jwt, some

# Made up when the tests are, and nowhere written: pytest shows source lines.
REAL = "rk_live_" + some(24)
TEST = """
import os, pytest

{module}

{mark}
def test_it(mock_secrets):
    mock_secrets.create(name="stripe_key", value=os.environ["REAL"])
"""

TOLD = "Secret 'stripe_key' holds what looks like a real credential: rule 'stripe-live-key'."
SWITCH = "or set credentials='off' in the julep_secrets marker."
MARK = "@pytest.mark.julep_secrets(credentials='{}')"
OFF, WARN = "credentials=off", "credentials=warn"
WORKERS = pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["serial", "n2"])


@pytest.fixture(autouse=True)
def real(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REAL", REAL)
    monkeypatch.setenv("REAL_KEY", jwt({"exp": int(time.time()) + 100_000}))


def run(
    pytester: pytest.Pytester, *args: str, mark: str = "", module: str = "", ini: str = ""
) -> pytest.RunResult:
    pytester.makeini(f"[pytest]\n{ini}")
    pytester.makepyfile(test_it=TEST.format(mark=mark, module=module))
    result = pytester.runpytest(*args)
    assert REAL not in result.stdout.str() + result.stderr.str()
    return result


# --- precedence, one rung a test


@WORKERS
def test_the_default_is_error(pytester: pytest.Pytester, workers: tuple[str, ...]) -> None:
    result = run(pytester, *workers)

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            f"{TOLD} It never gets into the fake.",
            f"Use a made-up value, one that begins with 'fake' for example, {SWITCH}",
            "At test_it.py:7, in test_it.",
        ],
        consecutive=True,
    )


def test_ini_over_the_default(pytester: pytest.Pytester) -> None:
    run(pytester, ini=f"julep_secrets = {OFF}").assert_outcomes(passed=1)


def test_the_command_line_over_ini(pytester: pytest.Pytester) -> None:
    result = run(pytester, "--julep-secrets", "credentials=error", ini=f"julep_secrets = {OFF}")

    result.assert_outcomes(failed=1)


def test_the_marker_over_the_command_line(pytester: pytest.Pytester) -> None:
    result = run(pytester, "--julep-secrets", OFF, mark=MARK.format("error"))

    result.assert_outcomes(failed=1)


def test_a_nearer_marker_over_a_wider_one(pytester: pytest.Pytester) -> None:
    module = "pytestmark = pytest.mark.julep_secrets(credentials='error')"

    run(pytester, mark=MARK.format("off"), module=module).assert_outcomes(passed=1)


def test_other_checks_are_left_alone(pytester: pytest.Pytester) -> None:
    run(pytester, "--julep-secrets", "names=off").assert_outcomes(failed=1)


@WORKERS
def test_warn_lets_the_value_in_and_tells_in_the_summary(
    pytester: pytest.Pytester, workers: tuple[str, ...]
) -> None:
    result = run(pytester, "--julep-secrets", WARN, *workers)

    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["*= julep secrets =*", f"credentials: {TOLD} (test_it.py::*)"])


def test_a_wider_fixture_goes_by_the_run_not_by_the_test(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import os, pytest
        from pytest_julep_secrets import MockSecrets

        @pytest.fixture(scope="module")
        def shared():
            with MockSecrets({"stripe_key": os.environ["REAL"]}) as secrets:
                yield secrets

        @pytest.mark.julep_secrets(credentials="off")
        def test_it(shared): pass
        """
    )

    refused = pytester.runpytest()
    allowed = pytester.runpytest("-o", f"julep_secrets={OFF}")

    refused.assert_outcomes(errors=1)
    refused.stdout.fnmatch_lines(
        ["Use a made-up *, or add 'credentials=off' to the ini option julep_secrets."]
    )
    allowed.assert_outcomes(passed=1)


# --- wherever a value or a key enters


WAYS_IN = """
import os
import httpx, julep, pytest
from pytest_julep_secrets import MockSecrets

client = julep.Julep(api_key="fake")
VALUE = os.environ["REAL"]

@pytest.fixture(params=["create", "update", "operation", "new_value", "object"])
def enter(request, mock_secrets):
    def create(): client.secrets.create(name="other", value=VALUE)

    def update():
        made = client.secrets.create(name="key", value="sk-fake-1")
        client.secrets.update(made.id, name="key", value=VALUE)

    def operation(): mock_secrets.create(name="other", value=f"Bearer {VALUE}")

    def new_value():
        mock_secrets.create(name="key", value="sk-fake-1")
        mock_secrets.update(name="key", value=VALUE)

    def object(): MockSecrets({"other": {"value": VALUE}})

    return locals()[request.param]

def test_it(enter, mock_secrets):
    with mock_secrets.expect_violation("credentials") as violation:
        enter()
    assert "'stripe-live-key'" in str(violation.value)
    assert VALUE not in str(violation.value)
    assert "other" not in mock_secrets
    assert "key" not in mock_secrets or mock_secrets["key"] == "sk-fake-1"

@pytest.mark.julep_secrets({"key": VALUE})
def test_seed_of_the_marker(mock_secrets): pass

def test_seed_of_ini(mock_secrets): pass
"""


def test_every_way_in_is_asked(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(WAYS_IN)
    pytester.makefile(".toml", seed=f'key = "{REAL}"')

    without = pytester.runpytest("-k", "not ini")
    with_ini = pytester.runpytest("-k", "ini", "-o", "julep_secrets_seed=seed.toml")

    without.assert_outcomes(passed=5, errors=1)
    with_ini.assert_outcomes(errors=1)
    assert REAL not in without.stdout.str() + with_ini.stdout.str()


KEYS = """
import os
import httpx, julep, pytest

KEY = os.environ["REAL_KEY"]

@pytest.fixture(params=["interception", "transport", "plain", "respx"])
def ask(request, mock_secrets):
    def interception(): julep.Julep(api_key=KEY).secrets.list()

    def transport():
        http = httpx.Client(transport=mock_secrets.transport)
        julep.Julep(api_key=KEY, http_client=http).secrets.list()

    def plain():
        httpx.get("https://api.julep.ai/api/secrets", headers={"Authorization": KEY})

    def respx():
        import respx
        with respx.mock as router:
            mock_secrets.mount(router)
            julep.Julep(api_key=KEY).secrets.list()

    return locals()[request.param]

def test_it(ask, mock_secrets):
    with mock_secrets.expect_violation("credentials") as violation:
        ask()
    assert "'jwt'" in str(violation.value)
    assert KEY not in str(violation.value)

def test_shown(mock_secrets):
    print("key:", KEY)
    julep.Julep(api_key=KEY).secrets.list()

@pytest.mark.julep_secrets(credentials="off")
def test_off(mock_secrets):
    julep.Julep(api_key=KEY).secrets.list()

def test_the_fakes_own_and_others(mock_secrets):
    for key in (mock_secrets.api_key, "fake", "sk-fake-1", "x.y.z"):
        julep.Julep(api_key=key).secrets.list()

@pytest.mark.julep_secrets(api_key=KEY)
def test_the_one_that_the_test_gives_the_fake(mock_secrets):
    julep.Julep(api_key=KEY).secrets.list()
"""


@WORKERS
def test_so_is_every_request(pytester: pytest.Pytester, workers: tuple[str, ...]) -> None:
    pytester.makepyfile(KEYS)

    result = pytester.runpytest("--tb=long", *workers)

    result.assert_outcomes(passed=7, failed=1)
    result.stdout.fnmatch_lines(
        [
            "*A request's API key looks like a real credential: rule 'jwt'. It never gets to *",
            f"*Give the client a made-up key such as 'fake', {SWITCH}",
        ]
    )
    assert "eyJ" not in result.stdout.str()


def test_a_value_that_was_refused_is_looked_for(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import os

        def test_it(mock_secrets):
            with mock_secrets.expect_violation("credentials"):
                mock_secrets.create(name="stripe_key", value=os.environ["REAL"])
            print("storing", os.environ["REAL"])
        """
    )

    result = pytester.runpytest()

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*storing REDACTED:stripe_key*"])
    assert REAL not in result.stdout.str()


# --- patterns of names


def test_patterns_of_ini_are_names_too(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\njulep_secrets_name_patterns =\n    ^acme_main_\n    (?i)gold$")
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.parametrize("name", ["acme_main_db", "db_GOLD"])
        def test_refused(mock_secrets, name):
            with mock_secrets.expect_violation("names") as violation:
                mock_secrets.create(name=name, value="sk-fake-1")
            assert "it matches the pattern '" in str(violation.value)

        @pytest.mark.julep_secrets({"acme_main_db": "sk-fake-1"}, allow_names=["acme_main_db"])
        def test_allowed(mock_secrets): pass

        def test_others(mock_secrets):
            mock_secrets.create(name="golden_acme_main_db", value="sk-fake-1")
        """
    )

    pytester.runpytest().assert_outcomes(passed=4)
