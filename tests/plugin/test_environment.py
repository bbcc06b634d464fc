"""Real keys in the environment: replaced for a run, and what becomes of what is not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

# Of which no file of these runs holds the whole.
VALUE = "sk-fake-8d1c07b35e"
OTHER = "sk-fake-94ba2f6d17"
FAKE = "fake-julep-api-key"
NAME = "JULEP_API_KEY"

HEADER = (
    "JULEP_API_KEY is replaced by a fake value for this run; keep it with --julep-secrets "
    "environment=off, or --julep-secrets-live"
)
BACK = (
    "environment: code of the tests gave JULEP_API_KEY a real value, as load_dotenv(override=True) "
    "does; it was replaced before the next test. Have the code leave that out, or keep it with "
    "--julep-secrets environment=off, or --julep-secrets-live"
)
REFUSED = [
    "A request carries the real value of JULEP_API_KEY. It was refused.",
    (
        "Build the client with what JULEP_API_KEY holds while tests run, and load no file over "
        "it, as load_dotenv(override=True) does; or keep the real value with --julep-secrets "
        "environment=off."
    ),
]

BOTH = pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["serial", "n2"])


@pytest.fixture
def real_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, VALUE)


def run(
    pytester: pytest.Pytester, code: str, *args: str, conftest: str = "", ini: str = ""
) -> pytest.RunResult:
    """Run a test module; it and the conftest begin with what they mostly need."""
    head = f'import os\nimport julep, pytest\nREAL = "sk-fake-" + "{VALUE[8:]}"\n'
    pytester.makeconftest(head + conftest)
    pytester.makepyfile(test_it=head + code)
    pytester.makeini(f"[pytest]\n{ini}")
    return pytester.runpytest("-p", "no:randomly", *args)


def holds(expected: str) -> str:
    return f'def test_it(): assert os.environ.get("JULEP_API_KEY") == {expected}\n'


SEES_IT = 'assert os.environ["JULEP_API_KEY"] == REAL'
FAKED, KEPT = holds(repr(FAKE)), holds("REAL")


PAGE = Path(__file__).parents[2] / "docs/how-to/real-keys.md"


@pytest.mark.parametrize(
    ("name", "text"), [("header", HEADER), ("back", BACK), ("refused", "\n".join(REFUSED))]
)
def test_the_page_shows_what_the_tests_below_see(name: str, text: str) -> None:
    assert f"<!-- {name} -->\n```text\n{text}\n```\n" in PAGE.read_text()


# --- replaced


EVERYWHERE = """
at_import = os.environ["JULEP_API_KEY"]

def test_it(mock_secrets):
    assert at_import == os.environ["JULEP_API_KEY"] == "fake-julep-api-key"
    assert julep.Julep().api_key == "fake-julep-api-key"
    julep.Julep().secrets.list()

@pytest.mark.skipif(not os.environ.get("JULEP_API_KEY"), reason="no key")
def test_after_a_fake():
    assert os.environ["JULEP_API_KEY"] == "fake-julep-api-key"

@pytest.mark.julep_secrets(api_key="key-of-the-fake-7e1c")
def test_a_fake_with_a_key_of_its_own(mock_secrets):
    assert julep.Julep().secrets.list() == []
"""


@BOTH
@pytest.mark.usefixtures("real_key")
def test_a_real_key_is_replaced_before_the_first_conftest(
    pytester: pytest.Pytester, workers: tuple[str, ...]
) -> None:
    conftest = 'assert os.environ["JULEP_API_KEY"] == "fake-julep-api-key"'

    result = run(pytester, EVERYWHERE, *workers, conftest=conftest)

    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines([HEADER])
    assert os.environ[NAME] == VALUE


@pytest.mark.parametrize("value", [None, "", "test-key"])
def test_what_is_not_set_or_not_real_is_left_alone(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    if value is not None:
        monkeypatch.setenv(NAME, value)

    result = run(pytester, holds(repr(value)) + 'print("test-key")')

    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*JULEP_API_KEY*")
    assert os.environ.get(NAME) == value


def test_a_value_that_a_conftest_sets_for_the_tests_is_not_taken_for_real(
    pytester: pytest.Pytester,
) -> None:
    conftest = 'os.environ.setdefault("JULEP_API_KEY", "test-key")'

    try:
        result = run(pytester, holds('"test-key"'), conftest=conftest)
    finally:
        os.environ.pop(NAME)

    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*JULEP_API_KEY*")


def test_further_names_are_those_of_ini(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("STRIPE_KEY", "STRIPE_OTHER", "MY_STRIPE_KEY", "TOKEN"):
        monkeypatch.setenv(name, f"{name}-{VALUE}")
    names = '["STRIPE_KEY", "STRIPE_OTHER", "TOKEN", "MY_STRIPE_KEY", "STRIPE_NEW"]'
    code = f"""
def test_it():
    assert [os.environ.get(name) for name in {names}] == [
        "fake-stripe-key", "fake-stripe-other", "fake-token", "MY_STRIPE_KEY-" + REAL, None
    ]
"""

    result = run(pytester, code, ini="julep_secrets_replace_env =\n  STRIPE_*\n  TOKEN\n  UNSET")

    result.assert_outcomes(passed=1)
    (line,) = [line for line in result.outlines if "replaced" in line]
    names, _, rest = line.partition(" are ")
    assert set(names.split(", ")) == {"STRIPE_KEY", "STRIPE_OTHER", "TOKEN"}
    assert rest == HEADER.partition(" is ")[2].replace("a fake value", "fake values").replace(
        "keep it", "keep them"
    )


# --- who says it, one rung a test


@pytest.mark.usefixtures("real_key")
def test_the_default_is_error(pytester: pytest.Pytester) -> None:
    run(pytester, FAKED).assert_outcomes(passed=1)


@pytest.mark.usefixtures("real_key")
def test_ini_over_the_default(pytester: pytest.Pytester) -> None:
    result = run(pytester, KEPT, ini="julep_secrets = environment=off", conftest=SEES_IT)

    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*JULEP_API_KEY*")


@pytest.mark.usefixtures("real_key")
def test_the_command_line_over_ini(pytester: pytest.Pytester) -> None:
    args = "--julep-secrets", "environment=off"
    ini = "julep_secrets = environment=error"

    run(pytester, KEPT, *args, ini=ini, conftest=SEES_IT).assert_outcomes(passed=1)


@pytest.mark.parametrize(("level", "code"), [("off", KEPT), ("error", FAKED)])
@pytest.mark.usefixtures("real_key")
def test_the_marker_over_the_command_line_for_its_test(
    pytester: pytest.Pytester, level: str, code: str
) -> None:
    of_run = {"off": "error", "error": "off"}[level]
    marked = f'@pytest.mark.julep_secrets(environment="{level}")\n{code}'
    other = {KEPT: FAKED, FAKED: KEPT}[code].replace("test_it", "test_other")

    result = run(pytester, marked + other, "--julep-secrets", f"environment={of_run}")

    result.assert_outcomes(passed=2)
    assert os.environ[NAME] == VALUE


@pytest.mark.usefixtures("real_key")
def test_a_live_run_over_all(pytester: pytest.Pytester) -> None:
    marked = f'@pytest.mark.julep_secrets(environment="error")\n{KEPT}'

    args = "--julep-secrets-live", "--julep-secrets", "environment=error"

    result = run(pytester, marked, *args, conftest=SEES_IT)

    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*JULEP_API_KEY*")


@pytest.mark.usefixtures("real_key")
def test_warn_leaves_it_and_says_so(pytester: pytest.Pytester) -> None:
    client = "def test_client(mock_secrets): julep.Julep().secrets.list()"

    result = run(pytester, KEPT + client, "--julep-secrets", "environment=warn")

    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(
        [
            (
                "JULEP_API_KEY holds a real value in this run: --julep-secrets environment=error "
                "replaces it"
            ),
            (
                "environment: A request carries the real value of JULEP_API_KEY. "
                "(test_it.py::test_client)"
            ),
        ]
    )


@pytest.mark.usefixtures("real_key")
def test_a_marker_that_warns_says_so_in_the_summary(pytester: pytest.Pytester) -> None:
    marked = f'@pytest.mark.julep_secrets(environment="warn")\n{KEPT}'

    result = run(pytester, marked)

    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(
        [HEADER, "environment: JULEP_API_KEY holds a real value (test_it.py::test_it)"]
    )


@pytest.mark.parametrize(
    ("args", "ini", "sentences"),
    [
        (("--julep-secrets", "environment=on"), "", ["Levels: error, warn, off"]),
        ((), "julep_secrets = environment", ["Write it like this: names=warn"]),
        ((), "julep_secrets_replace_env = *", ["says '*'", "Write it like this: STRIPE_*"]),
        ((), "julep_secrets_replace_env = .env:KEY", ["says '.env:KEY'"]),
    ],
)
@pytest.mark.usefixtures("real_key")
def test_what_cannot_be_used_is_said_before_a_conftest_is_loaded(
    pytester: pytest.Pytester, args: tuple[str, ...], ini: str, sentences: list[str]
) -> None:
    result = run(pytester, FAKED, *args, ini=ini, conftest="assert False")

    text = result.stderr.str() + result.stdout.str()
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert all(sentence in text for sentence in sentences)
    assert "Traceback" not in text
    assert os.environ[NAME] == VALUE


# --- tests that are live


LIVE = """
@pytest.fixture(autouse=True)
def around():
    before = os.environ["JULEP_API_KEY"]
    yield
    assert os.environ["JULEP_API_KEY"] == before

@pytest.mark.julep_live
class TestLive:
    def test_one(self): assert os.environ["JULEP_API_KEY"] == REAL

    def test_shows(self):
        print(os.environ["JULEP_API_KEY"])

def test_not_live(): assert os.environ["JULEP_API_KEY"] == "fake-julep-api-key"

@pytest.mark.julep_live
def test_with_a_fake(mock_secrets):
    assert julep.Julep().api_key == REAL
    julep.Julep().secrets.list()
"""

AT_THE_END = """
def pytest_sessionfinish():
    assert os.environ["JULEP_API_KEY"] == "fake-julep-api-key"
"""


@BOTH
@pytest.mark.usefixtures("real_key")
def test_a_live_test_has_the_real_value_and_must_not_show_it(
    pytester: pytest.Pytester, workers: tuple[str, ...]
) -> None:
    result = run(pytester, LIVE, *workers, conftest=AT_THE_END)

    result.assert_outcomes(passed=3, failed=1)
    result.stdout.fnmatch_lines(
        ["Secret 'JULEP_API_KEY' reached the captured stdout of the call phase, line 1."]
    )
    assert VALUE not in result.stdout.str() + result.stderr.str()


@pytest.mark.usefixtures("real_key")
def test_a_live_run_must_not_show_it_either(pytester: pytest.Pytester) -> None:
    code = "def test_it(): print(REAL)"

    result = run(pytester, code, "--julep-secrets-live")

    result.assert_outcomes(failed=1)
    assert VALUE not in result.stdout.str()


@pytest.mark.parametrize("marker", ["julep_live", "julep_secrets(environment='error')"])
@pytest.mark.usefixtures("real_key")
def test_what_a_run_may_show_does_not_depend_on_the_tests_before(
    pytester: pytest.Pytester, marker: str
) -> None:
    code = f"""
@pytest.mark.{marker}
def test_first(): pass

def test_shows(): print(os.environ["JULEP_API_KEY"])
"""

    result = run(pytester, code, "-s", "--julep-secrets", "environment=off")

    result.assert_outcomes(passed=2)
    assert VALUE in result.stdout.str()


@pytest.mark.usefixtures("real_key")
@pytest.mark.parametrize(("live", "outcome"), [("module", "passed"), ("test", "errors")])
def test_a_fixture_of_a_live_module_may_send_it(
    pytester: pytest.Pytester, live: str, outcome: str
) -> None:
    """Of a live test alone it may not: in another order a test that is not would set it up."""
    marks = {"module": "pytestmark = pytest.mark.julep_live", "test": ""}
    code = f"""
from pytest_julep_secrets import MockSecrets
{marks[live]}

@pytest.fixture(scope="module")
def stored():
    with MockSecrets():
        return julep.Julep().secrets.list()

@pytest.mark.julep_live
def test_it(stored): pass
"""

    run(pytester, code).assert_outcomes(**{outcome: 1})


# --- real values that come back


WAYS_BACK = {
    "load_dotenv": "import dotenv; dotenv.load_dotenv(override=True)",
    "os.environ": 'os.environ["JULEP_API_KEY"] = "sk-fake-" + "94ba2f6d17"',
}


@pytest.fixture
def dotenv_file(pytester: pytest.Pytester) -> None:
    (pytester.path / ".env").write_text(f"{NAME}={OTHER}\n")


@pytest.mark.parametrize("way", WAYS_BACK.values(), ids=WAYS_BACK)
@pytest.mark.usefixtures("real_key", "dotenv_file")
def test_what_a_conftest_puts_back_is_replaced_before_test_modules_are_imported(
    pytester: pytest.Pytester, way: str
) -> None:
    code = f"assert os.environ['JULEP_API_KEY'] == '{FAKE}'\n{FAKED}"

    result = run(pytester, code, conftest=way)

    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines([HEADER])
    # As it would be without the plugin.
    assert os.environ[NAME] == OTHER


@BOTH
@pytest.mark.parametrize("before", [VALUE, None], ids=["set before", "not set before"])
@pytest.mark.usefixtures("dotenv_file")
def test_what_a_module_puts_back_is_replaced_and_told_and_looked_for(
    pytester: pytest.Pytester,
    monkeypatch: pytest.MonkeyPatch,
    before: str | None,
    workers: tuple[str, ...],
) -> None:
    monkeypatch.setenv(NAME, before or "")
    code = f"""
{WAYS_BACK["load_dotenv"]}
client = julep.Julep()
{FAKED}
def test_shows(): print(client.api_key)
def test_client(mock_secrets): client.secrets.list()
"""

    result = run(pytester, code, *workers)

    result.assert_outcomes(passed=1, failed=2)
    result.stdout.fnmatch_lines_random([*REFUSED, BACK])
    assert result.outlines.count(BACK) == 1
    assert OTHER not in result.stdout.str()


SENT = """
import asyncio
import httpx, respx

client = julep.Julep(api_key=REAL)

def test_swallowed(mock_secrets):
    try:
        client.secrets.list()
    except BaseException:
        pass

def test_expected(mock_secrets):
    with mock_secrets.expect_violation("environment"):
        client.secrets.list()
    assert len(mock_secrets.calls) == 0

def test_async(mock_secrets):
    asyncio.run(julep.AsyncJulep(api_key=REAL).secrets.list())

def test_transport(mock_secrets):
    with httpx.Client(transport=mock_secrets.transport) as own:
        own.get("https://api.julep.ai/api/secrets", headers={"Authorization": REAL})

def test_respx(mock_secrets):
    with respx.mock(using="httpx") as router:
        mock_secrets.mount(router)
        client.secrets.list()

@pytest.mark.julep_secrets(environment="off")
def test_off(mock_secrets): client.secrets.list()
"""


@pytest.mark.usefixtures("real_key")
def test_a_request_with_a_real_key_is_refused(pytester: pytest.Pytester) -> None:
    result = run(pytester, SENT)

    result.assert_outcomes(passed=2, failed=4)
    result.stdout.fnmatch_lines(REFUSED)
    assert VALUE not in result.stdout.str()


# --- values that are not real, set while tests run


SET = """
from pytest_julep_secrets import MockSecrets

@pytest.fixture(scope="module")
def shared():
    with MockSecrets(api_key="sk-fake-of-the-fake-94ba") as secrets:
        yield secrets

@pytest.mark.parametrize("number", range(2))
def test_a_wider_fake_keeps_its_key(shared, number):
    assert os.environ["JULEP_API_KEY"] == "sk-fake-of-the-fake-94ba"
    julep.Julep().secrets.list()

def test_in_a_test(monkeypatch, mock_secrets):
    monkeypatch.setenv("JULEP_API_KEY", "sk-fake-of-the-test-94ba")
    julep.Julep().secrets.list()

def test_none(monkeypatch, mock_secrets):
    monkeypatch.delenv("JULEP_API_KEY")
    with pytest.raises(julep.JulepError):
        julep.Julep()
"""


@pytest.mark.usefixtures("real_key")
def test_keys_that_fakes_and_tests_set_are_theirs(pytester: pytest.Pytester) -> None:
    result = run(pytester, SET)

    result.assert_outcomes(passed=4)
    result.stdout.no_fnmatch_line("*julep secrets =*")
    assert os.environ[NAME] == VALUE


@BOTH
@pytest.mark.usefixtures("real_key")
def test_the_fake_value_is_not_looked_for(
    pytester: pytest.Pytester, workers: tuple[str, ...]
) -> None:
    code = 'def test_it(): print(os.environ["JULEP_API_KEY"])'

    result = run(pytester, code, *workers, ini="julep_secrets_watch_env = JULEP_*")

    result.assert_outcomes(passed=1)


@pytest.mark.usefixtures("real_key")
def test_a_real_key_is_nothing_that_a_test_has_stored(pytester: pytest.Pytester) -> None:
    """Whether a check could have found something does not depend on where it is run."""
    code = """
def test_it(secret_leaks):
    with pytest.raises(AssertionError, match="no value is looked for"):
        secret_leaks.assert_none("text")
"""

    result = run(pytester, code, "-s")

    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*blind*")


# --- what is left when it is over


DELETES = 'def test_it(): del os.environ["JULEP_API_KEY"]'
SETS = 'def test_it(): os.environ["JULEP_API_KEY"] = "set-by-a-test"'


@pytest.mark.parametrize(("code", "left"), [(DELETES, None), (SETS, "set-by-a-test")])
@pytest.mark.usefixtures("real_key")
def test_what_a_run_has_changed_itself_stays_changed(
    pytester: pytest.Pytester, code: str, left: str | None
) -> None:
    run(pytester, code).assert_outcomes(passed=1)

    assert os.environ.get(NAME) == left


@pytest.mark.parametrize("args", [(), ("--no-such-option",)], ids=["conftest", "option"])
@pytest.mark.usefixtures("real_key")
def test_it_is_restored_after_a_run_that_did_not_begin(
    pytester: pytest.Pytester, args: tuple[str, ...]
) -> None:
    result = run(pytester, FAKED, *args, conftest="" if args else "raise OSError(REAL)")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert VALUE not in result.stdout.str() + result.stderr.str()
    assert os.environ[NAME] == VALUE


@pytest.mark.usefixtures("real_key")
def test_a_run_in_a_test_leaves_what_it_found(pytester: pytest.Pytester) -> None:
    code = f"""
pytest_plugins = ["pytester"]

@pytest.mark.parametrize("value", ["{FAKE}", "{OTHER}"])
def test_it(pytester, monkeypatch, value):
    monkeypatch.setenv("JULEP_API_KEY", value)
    inner = "import os\\ndef test_it(): assert os.environ['JULEP_API_KEY'] == '{FAKE}'"
    pytester.makepyfile(test_inner=inner)
    pytester.runpytest_inprocess("-p", "no:randomly").assert_outcomes(passed=1)
    assert os.environ["JULEP_API_KEY"] == value
"""

    run(pytester, code).assert_outcomes(passed=2)

    assert os.environ[NAME] == VALUE


def test_no_child_of_a_run_has_it(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NAME, VALUE)
    pytester.makepyfile(
        f"""
        import os, subprocess, sys

        def test_it():
            show = "import os; print(os.environ['JULEP_API_KEY'], end='')"
            assert subprocess.check_output([sys.executable, "-c", show]) == b"{FAKE}"
        """
    )

    pytester.runpytest_subprocess("-p", "no:randomly").assert_outcomes(passed=1)


@pytest.mark.usefixtures("real_key")
def test_a_bad_pattern_is_one_sentence_although_there_is_a_key(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\njulep_secrets_name_patterns = (acme")

    result = pytester.runpytest_subprocess()

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert result.stderr.lines[0].startswith("ERROR: The ini option julep_secrets_name_patterns")


def test_a_value_of_spaces_is_none(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NAME, " ")

    result = run(pytester, holds("' '"))

    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("JULEP_API_KEY *")
