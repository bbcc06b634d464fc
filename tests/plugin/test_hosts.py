"""Real hosts of Julep are not reached: how strictly, who says so, and what is told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import resolver

from pytest_julep_secrets.fake.rules import routes

LOOK_UP = "import socket; socket.getaddrinfo('api.julep.ai', 443)"
TEST = f"""
import pytest

{{module}}

{{mark}}
def test_it():
    {LOOK_UP}
"""

REFUSED = "A request to 'api.julep.ai' is not answered by anything in this test."
HERE = "A request to 'api.julep.ai' is not answered by anything here."
ROUTES = (
    f"The fake (ask for mock_secrets) answers httpx clients at {routes.describe()}; mock "
    "anything else, with respx for example, or "
)


@pytest.fixture(autouse=True)
def looked_up() -> Iterator[list[str]]:
    """What is really looked up is found at this machine."""
    with resolver.counted({"api.julep.ai": "127.0.0.1", "example.com": "127.0.0.1"}) as hosts:
        yield hosts


def run(
    pytester: pytest.Pytester, *args: str, mark: str = "", module: str = "", ini: str = ""
) -> pytest.RunResult:
    pytester.makeini(f"[pytest]\n{ini}")
    pytester.makepyfile(test_it=TEST.format(mark=mark, module=module))
    return pytester.runpytest(*args)


MARK = "@pytest.mark.julep_secrets(hosts='{}')"
LIVE = "@pytest.mark.julep_live"
OFF, WARN = "hosts=off", "hosts=warn"


# --- precedence, one rung a test


def test_the_default_is_error(pytester: pytest.Pytester, looked_up: list[str]) -> None:
    run(pytester).assert_outcomes(failed=1)

    assert looked_up == []


def test_ini_over_the_default(pytester: pytest.Pytester, looked_up: list[str]) -> None:
    run(pytester, ini=f"julep_secrets = {OFF}").assert_outcomes(passed=1)

    assert looked_up == ["api.julep.ai"]


def test_the_command_line_over_ini(pytester: pytest.Pytester) -> None:
    result = run(pytester, "--julep-secrets", "hosts=error", ini=f"julep_secrets = {OFF}")

    result.assert_outcomes(failed=1)


def test_the_marker_over_the_command_line(pytester: pytest.Pytester) -> None:
    result = run(pytester, "--julep-secrets", OFF, mark=MARK.format("error"))

    result.assert_outcomes(failed=1)


def test_a_nearer_marker_over_a_wider_one(pytester: pytest.Pytester) -> None:
    module = "pytestmark = pytest.mark.julep_secrets(hosts='error')"

    run(pytester, mark=MARK.format("off"), module=module).assert_outcomes(passed=1)


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["serial", "n2"])
def test_warn_lets_the_request_pass_and_tells_in_the_summary(
    pytester: pytest.Pytester, workers: tuple[str, ...]
) -> None:
    pytester.makepyfile(
        test_it="""
        import httpx, pytest, socket

        def find_nothing(*args, **kwargs):
            raise socket.gaierror(socket.EAI_NONAME, "no such name")

        def test_it(monkeypatch):
            # A worker is another process, with the resolver of the machine.
            monkeypatch.setattr(socket, "getaddrinfo", find_nothing)
            for _ in range(2):
                with pytest.raises(httpx.ConnectError):
                    httpx.get("http://api.julep.ai:1/api/agents")
        """
    )

    result = pytester.runpytest("--julep-secrets", WARN, *workers)

    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(
        [
            "*= julep secrets =*",
            (
                "hosts: 'GET http://api.julep.ai:1/api/agents' is not answered by anything in this "
                "test. (test_it.py::test_it)"
            ),
        ]
    )


# --- live


def test_a_live_test_reaches_them(pytester: pytest.Pytester, looked_up: list[str]) -> None:
    run(pytester, mark=LIVE).assert_outcomes(passed=1)

    assert looked_up == ["api.julep.ai"]


def test_so_does_a_live_run(pytester: pytest.Pytester) -> None:
    run(pytester, "--julep-secrets-live").assert_outcomes(passed=1)


def test_live_over_a_level(pytester: pytest.Pytester) -> None:
    mark = f"{LIVE}\n{MARK.format('error')}"

    run(pytester, mark=mark).assert_outcomes(passed=1)


def test_the_next_test_is_not_live(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        f"""
        import pytest

        @pytest.mark.julep_live
        def test_live(): {LOOK_UP}

        def test_after_it(): {LOOK_UP}
        """
    )

    pytester.runpytest("-p", "no:randomly").assert_outcomes(passed=1, failed=1)


@pytest.mark.parametrize(
    ("scope", "outcomes"),
    [
        pytest.param("module", {"passed": 1}, id="of a live module"),
        pytest.param("session", {"errors": 1}, id="of the session"),
    ],
)
def test_a_wider_fixture_is_live_where_it_belongs(
    pytester: pytest.Pytester, scope: str, outcomes: dict[str, int]
) -> None:
    """Its first test must not decide for the others."""
    pytester.makepyfile(
        f"""
        import pytest

        pytestmark = pytest.mark.julep_live

        @pytest.fixture(scope="{scope}")
        def client(): {LOOK_UP}

        def test_it(client): pass
        """
    )

    result = pytester.runpytest()

    result.assert_outcomes(**outcomes)
    if "errors" in outcomes:
        result.stdout.fnmatch_lines(
            [f"{ROUTES}run pytest with --julep-secrets-live if it means to reach Julep."]
        )


# --- what is told


def test_the_message(pytester: pytest.Pytester) -> None:
    result = run(pytester)

    result.stdout.fnmatch_lines(
        [
            REFUSED,
            f"{ROUTES}mark the test with @pytest.mark.julep_live if it means to reach Julep.",
            "At test_it.py:7, in test_it.",
        ],
        consecutive=True,
    )


def test_it_can_be_expected(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        f"""
        def test_it(mock_secrets):
            with mock_secrets.expect_violation("hosts") as violation:
                {LOOK_UP}
            assert violation.value.check == "hosts"
        """
    )

    pytester.runpytest("--julep-secrets", OFF).assert_outcomes(passed=1)


# --- outside of tests


def test_at_the_import_of_a_test_module(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(LOOK_UP)

    result = pytester.runpytest()

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([HERE, f"{ROUTES}run pytest with --julep-secrets-live if *"])


@pytest.mark.parametrize(
    "args", [("--julep-secrets-live",), ("--julep-secrets", OFF)], ids=["live", "off"]
)
def test_the_command_line_counts_in_a_conftest(
    pytester: pytest.Pytester, args: tuple[str, ...]
) -> None:
    pytester.makeconftest(LOOK_UP)
    pytester.makepyfile("def test_it(): pass")

    pytester.runpytest(*args).assert_outcomes(passed=1)
    assert pytester.runpytest().ret == pytest.ExitCode.USAGE_ERROR


@pytest.mark.parametrize(
    "hook", ["pytest_configure(config)", "pytest_sessionstart()", "pytest_collection_finish()"]
)
def test_before_the_first_test_the_run_ends(pytester: pytest.Pytester, hook: str) -> None:
    pytester.makeconftest(f"def {hook}: {LOOK_UP}")
    pytester.makepyfile("def test_it(): pass")

    result = pytester.runpytest()

    assert HERE in result.stdout.str() + result.stderr.str()
    assert result.ret != pytest.ExitCode.OK


@pytest.mark.parametrize("swallow", ["", "contextlib.suppress(BaseException)"])
def test_when_the_session_finishes_the_run_fails(pytester: pytest.Pytester, swallow: str) -> None:
    block = f"with {swallow}: {LOOK_UP}" if swallow else LOOK_UP
    pytester.makeconftest(f"import contextlib\ndef pytest_sessionfinish():\n    {block}")
    pytester.makepyfile("def test_it(): pass")

    result = pytester.runpytest()

    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["*= julep secrets =*", HERE])
    assert result.ret == pytest.ExitCode.TESTS_FAILED


AT_EXIT = f"""
import atexit, threading

ended = threading.Event()

def look_up():
    try:
        {LOOK_UP}
    except BaseException as error:
        print("REFUSED" if "api.julep.ai" in str(error) else repr(error), flush=True)

def wait_and_look_up():
    threading.main_thread().join()
    look_up()

def test_it():
    atexit.register(look_up)
    threading.Thread(target=wait_and_look_up).start()
"""


def test_it_lasts_as_long_as_the_process(pytester: pytest.Pytester) -> None:
    """For threads that outlive the run, and what is called at exit."""
    pytester.makepyfile(AT_EXIT)

    result = pytester.runpytest_subprocess("-s")

    result.assert_outcomes(passed=1)
    assert result.outlines.count("REFUSED") == 2


# --- beside others, and nested


@pytest.mark.parametrize("args", [(), ("--disable-socket",), ("--allow-hosts", "127.0.0.1")])
def test_beside_pytest_socket(pytester: pytest.Pytester, args: tuple[str, ...]) -> None:
    pytester.makepyfile(
        """
        import _socket, socket
        import httpx, pytest

        @pytest.mark.parametrize("number", range(2))
        def test_raw(number): _socket.getaddrinfo("api.julep.ai", 443)

        @pytest.mark.parametrize("number", range(2))
        def test_client(number): httpx.get("https://api.julep.ai/api/agents")

        def test_fake(mock_secrets):
            assert httpx.get("https://api.julep.ai/api/secrets").json() == []
        """
    )

    result = pytester.runpytest(*args)

    result.assert_outcomes(failed=4, passed=1)
    assert result.stdout.str().count("is not answered by anything in this test.") == 4


NESTED = f"""
pytest_plugins = ["pytester"]

def test_it(pytester):
    pytester.makepyfile("def test_inner(): {LOOK_UP}")
    pytester.runpytest().assert_outcomes(failed=1)
    pytester.runpytest("--julep-secrets", "hosts=off").assert_outcomes(passed=1)
    pytester.runpytest("-p", "no:julep_secrets").assert_outcomes(failed=1)
    {LOOK_UP}
"""


def test_the_inner_run_decides_for_itself_and_the_outer_one_is_back(
    pytester: pytest.Pytester, looked_up: list[str]
) -> None:
    pytester.makepyfile(NESTED)

    result = pytester.runpytest()

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([REFUSED, "At *test_the_inner_*.py:8, in test_it."])
    assert looked_up == ["api.julep.ai"]
