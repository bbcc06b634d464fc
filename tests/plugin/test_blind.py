"""Leak checks that could not have seen a leak: each says so, where one by hand passes."""

from __future__ import annotations

import pytest

VALUE = "sk-fake-8d1c07b35e"

HEAD = """
import contextlib, io, logging, logging.config, sys
import pytest
from pytest_julep_secrets import LeakError

VALUE = "sk-fake-" + "8d1c07b35e"
log = logging.getLogger("billing.keys")

@pytest.fixture
def stored(mock_secrets):
    mock_secrets.create(name="key", value=VALUE)

@pytest.fixture(autouse=True)
def as_it_was():
    root, billing = logging.getLogger(), logging.getLogger("billing")
    handlers, level = root.handlers[:], root.level
    # dictConfig disables those of the tests around this one too.
    every = [one for one in root.manager.loggerDict.values() if isinstance(one, logging.Logger)]
    were = [one.disabled for one in every]
    yield
    for one, was in zip(every, were):
        one.disabled = was
    root.handlers[:], root.level = handlers, level
    logging.disable(logging.NOTSET)
    for logger in (log, billing):
        logger.disabled, logger.propagate, logger.filters[:] = False, True, []
        logger.setLevel(logging.NOTSET)
"""


def run(pytester: pytest.Pytester, code: str, *args: str) -> pytest.RunResult:
    pytester.makepyfile(test_it=HEAD + code)
    return pytester.runpytest("-p", "no:randomly", *args)


# --- a log that is not seen

LOGS = """
def test_by_hand(stored, caplog):
    {act}
    assert VALUE not in caplog.text

def test_ours(stored, secret_leaks, caplog):
    {act}
    secret_leaks.assert_none(caplog)
"""

LEAK = 'log.error("key %s", VALUE)'
LEAK_INFO = 'log.info("key %s", VALUE)'
CONFIG = 'dict(version=1, disable_existing_loggers=False, root={"handlers": []})'


@pytest.mark.parametrize(
    ("act", "what", "remedy"),
    [
        pytest.param(
            f"logging.disable(logging.CRITICAL); {LEAK}",
            "logging.disable(CRITICAL) is in force, and the logger 'billing.keys' logs at ERROR",
            "Call logging.disable(logging.NOTSET) before the code runs.",
            id="logging.disable",
        ),
        pytest.param(
            f"logging.disable(logging.CRITICAL); {LEAK}; logging.disable(logging.NOTSET)",
            "logging.disable(CRITICAL) is in force, and the logger 'billing.keys' logs at ERROR",
            "Call logging.disable(logging.NOTSET) before the code runs.",
            id="logging.disable for a while",
        ),
        pytest.param(
            f"log.disabled = True; {LEAK}",
            "the logger 'billing.keys' is disabled, and the logger 'billing.keys' logs at ERROR",
            'Set logging.getLogger("billing.keys").disabled = False before the code runs, *',
            id="disabled",
        ),
        pytest.param(
            f"logging.config.dictConfig(dict(version=1)); {LEAK}",
            "the logger 'billing.keys' is disabled, *",
            '*tell dictConfig "disable_existing_loggers": False.',
            id="disabled by dictConfig",
        ),
        pytest.param(
            LEAK_INFO,
            "the logger 'billing.keys' logs at INFO, and the level of the root logger is WARNING",
            'Call caplog.set_level("INFO", logger="billing.keys") before the code runs.',
            id="level of the root",
        ),
        pytest.param(
            'logging.info("key %s", VALUE)',
            "the root logger logs at INFO, and the level of the root logger is WARNING",
            'Call caplog.set_level("INFO") before the code runs.',
            id="root logger",
        ),
        pytest.param(
            f'logging.getLogger("billing").setLevel("CRITICAL"); {LEAK}',
            "*logs at ERROR, and the level of the logger 'billing' is CRITICAL",
            'Call caplog.set_level("ERROR", logger="billing.keys") before the code runs.',
            id="level of a logger",
        ),
        pytest.param(
            f'caplog.set_level("CRITICAL"); {LEAK}',
            "*logs at ERROR, and the level of the root logger is CRITICAL",
            'Call caplog.set_level("ERROR", logger="billing.keys") before the code runs.',
            id="caplog.set_level",
        ),
        pytest.param(
            f'caplog.set_level("CRITICAL", logger="other"); {LEAK}',
            "*logs at ERROR, and the capture was set to CRITICAL by caplog.set_level or log_level",
            'Call caplog.set_level("ERROR") before the code runs.',
            id="caplog.set_level of another logger",
        ),
        pytest.param(
            f"log.addFilter(lambda record: False); {LEAK}",
            "a filter drops what is logged, and the logger 'billing.keys' logs at ERROR",
            'Take it off in the test: logging.getLogger("billing.keys").filters.clear(), *',
            id="filter of a logger",
        ),
        pytest.param(
            f"caplog.handler.addFilter(lambda record: False); {LEAK}; caplog.text",
            "a filter drops what is logged, *",
            "*, caplog.handler.filters.clear().",
            id="filter of the capture",
        ),
        pytest.param(
            f'logging.getLogger("billing").propagate = False; {LEAK}',
            "the logger 'billing' has propagate=False, and the logger 'billing.keys' logs at ERROR",
            'Set logging.getLogger("billing").propagate = True in the test, or *',
            id="propagate",
        ),
        pytest.param(
            f"logging.config.dictConfig({CONFIG}); {LEAK}",
            "pytest's handlers are gone from the root logger, as after dictConfig, *",
            "*put the handler back: logging.getLogger().addHandler(caplog.handler).",
            id="dictConfig",
        ),
        pytest.param(
            f"logging.basicConfig(force=True, stream=io.StringIO()); {LEAK}",
            "pytest's handlers are gone from the root logger, as after dictConfig, *",
            "*put the handler back: logging.getLogger().addHandler(caplog.handler).",
            id="basicConfig",
        ),
        pytest.param(
            f"logging.getLogger().handlers.clear(); {LEAK}",
            "pytest's handlers are gone from the root logger, as after dictConfig, *",
            "*put the handler back: logging.getLogger().addHandler(caplog.handler).",
            id="handlers.clear",
        ),
    ],
)
def test_a_log(pytester: pytest.Pytester, act: str, what: str, remedy: str) -> None:
    result = run(pytester, LOGS.format(act=act), "--julep-secrets", "leaks=off")

    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [f"E*LeakError: This leak check could not have seen a leak: {what}.", f"E*{remedy}"]
    )
    result.stdout.fnmatch_lines(["FAILED test_it.py::test_ours*"])
    assert VALUE not in result.stdout.str()


def test_a_log_that_is_seen(pytester: pytest.Pytester) -> None:
    code = """
@pytest.mark.parametrize("level", ["DEBUG", "INFO", "WARNING"])
def test_set_level(stored, secret_leaks, caplog, level):
    caplog.set_level(level)
    log.log(getattr(logging, level), "nothing")
    assert secret_leaks.find(caplog) == []
    log.log(getattr(logging, level), VALUE)
    assert len(secret_leaks.find(caplog)) == 1

def test_a_level_for_a_while(stored, secret_leaks, caplog):
    with caplog.at_level("INFO"):
        log.info("nothing")
    secret_leaks.assert_none(caplog)

def test_nothing_logged(stored, secret_leaks, caplog):
    secret_leaks.assert_none(caplog)

def test_an_explicit_empty_text(stored, secret_leaks):
    secret_leaks.assert_none("")
    secret_leaks.assert_none("", [b""])

def test_what_libraries_do_not_log(stored, secret_leaks, caplog, julep_client):
    julep_client.secrets.list()
    secret_leaks.assert_none(caplog)

def test_a_capture_of_its_own(stored, secret_leaks, caplog):
    log.propagate = False
    log.addHandler(caplog.handler)
    log.error("nothing")
    secret_leaks.assert_none(caplog)
    log.removeHandler(caplog.handler)
"""

    run(pytester, code, "--julep-secrets", "leaks=off").assert_outcomes(passed=8)


def test_no_canary_is_emitted(pytester: pytest.Pytester) -> None:
    code = """
class Handler(logging.Handler):
    def __init__(self):
        super().__init__()
        self.records = []
    def emit(self, record): self.records.append(record)

class Odd(Handler):
    def handle(self, record): self.records.append(record)

@pytest.mark.parametrize("kind", [Handler, Odd])
def test_it(stored, secret_leaks, caplog, capsys, kind):
    handler = kind()
    log.addHandler(handler)
    log.error("one")
    print("two")
    for _ in range(3):
        secret_leaks.assert_none(caplog, capsys)
    assert [record.getMessage() for record in handler.records] == ["one"]
    assert caplog.messages == ["one"]
    assert capsys.readouterr() == ("two\\n", "")
    log.removeHandler(handler)
"""

    result = run(pytester, code, "--log-file", "log.txt", "-o", "log_cli=1", "-rA")

    result.assert_outcomes(passed=2)
    assert "A canary" not in result.stdout.str() + (pytester.path / "log.txt").read_text()


def test_a_log_of_an_earlier_phase(pytester: pytest.Pytester) -> None:
    code = """
@pytest.fixture
def by_hand(caplog):
    yield
    assert VALUE not in caplog.text

@pytest.fixture
def ours(secret_leaks, caplog):
    yield
    secret_leaks.assert_none(caplog)

def test_by_hand(stored, by_hand): log.error(VALUE)

def test_ours(stored, ours): log.error(VALUE)
"""

    code += """
@pytest.fixture
def started():
    log.info("of the setup")
    log.error("of the setup")

def test_of_the_setup(stored, started, secret_leaks, caplog):
    secret_leaks.assert_none(caplog)
"""
    result = run(pytester, code, "--julep-secrets", "leaks=off")

    result.assert_outcomes(passed=3, errors=1)
    result.stdout.fnmatch_lines(["E*caplog holds the log of the teardown alone by now, *"])


# --- what is printed and not seen


def test_a_buffer_that_was_read_before(pytester: pytest.Pytester) -> None:
    code = """
@pytest.mark.parametrize("name", ["capsys", "capfd", "capsysbinary", "capfdbinary"])
@pytest.mark.parametrize("whole", [True, False])
def test_ours(stored, secret_leaks, request, name, whole):
    capture = request.getfixturevalue(name)
    print(VALUE)
    capture.readouterr()
    secret_leaks.assert_none(capture if whole else capture.readouterr())

def test_by_hand(stored, capsys):
    print(VALUE)
    capsys.readouterr()
    assert VALUE not in capsys.readouterr().out

def test_read_to_begin_anew(stored, secret_leaks, capsys):
    print("noise")
    capsys.readouterr()
    secret_leaks.assert_none(capsys)
"""

    result = run(pytester, code, "--julep-secrets", "leaks=off")

    result.assert_outcomes(failed=8, passed=2)
    result.stdout.fnmatch_lines(
        [
            "E*the capture was read before, and what was read then holds secret 'key'.",
            "E*Hand over what was read: captured = capsys.readouterr(), *",
        ]
    )


@pytest.mark.parametrize("name", ["capsys", "capfd"])
def test_a_stream_that_was_replaced(pytester: pytest.Pytester, name: str) -> None:
    code = f"""
def test_by_hand(stored, {name}, monkeypatch):
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    print(VALUE)
    assert VALUE not in {name}.readouterr().out

@pytest.mark.parametrize("whole", [True, False])
def test_ours(stored, secret_leaks, {name}, monkeypatch, whole):
    monkeypatch.setattr(sys, "stdout", buffer := io.StringIO())
    print(VALUE)
    try:
        secret_leaks.assert_none({name} if whole else {name}.readouterr())
    finally:
        assert buffer.getvalue() == VALUE + "\\n"

def test_one_that_hands_on(stored, secret_leaks, {name}, monkeypatch):
    class Wrapper:
        def __init__(self, stream): self.stream = stream
        def write(self, text): return self.stream.write(text)
        def flush(self): self.stream.flush()

    monkeypatch.setattr(sys, "stdout", Wrapper(sys.stdout))
    print("one")
    secret_leaks.assert_none({name})
    assert {name}.readouterr().out == "one\\n"
"""

    result = run(pytester, code, "--julep-secrets", "leaks=off")

    result.assert_outcomes(failed=2, passed=2)
    result.stdout.fnmatch_lines(
        [
            "E*something has replaced sys.stdout, and what is printed goes there.",
            "E*Put sys.stdout back before the code runs, *",
        ]
    )


def test_a_capture_fixture_is_read_without_loss(pytester: pytest.Pytester) -> None:
    code = """
@pytest.mark.parametrize("name", ["capsys", "capfd", "capsysbinary", "capfdbinary", "capteesys"])
def test_it(stored, secret_leaks, request, name):
    capture = request.getfixturevalue(name)
    empty = capture.readouterr().out
    def text(whole): return whole.encode() if isinstance(empty, bytes) else whole
    print("one é")
    secret_leaks.assert_none(capture)
    print("two")
    print("three", file=sys.stderr)
    secret_leaks.assert_none(capture)
    assert capture.readouterr() == (text("one é\\ntwo\\n"), text("three\\n"))
    print("four", VALUE)
    with pytest.raises(LeakError) as caught:
        secret_leaks.assert_none(capture)
    assert str(caught.value) == "Secret 'key' reached the captured stdout, line 1."
    assert capture.readouterr().out == text(f"four {VALUE}\\n")
"""
    if not hasattr(pytest, "RaisesGroup"):  # 8.4 has capteesys too
        code = code.replace(', "capteesys"', "")

    result = run(pytester, code, "--julep-secrets", "leaks=off")

    assert set(result.parseoutcomes()) == {"passed"}


# --- other libraries


STRUCTLOG = """
import structlog

@pytest.fixture(autouse=True)
def default():
    structlog.reset_defaults()
    yield
    structlog.reset_defaults()
"""


def test_structlog(pytester: pytest.Pytester) -> None:
    code = """
def test_by_hand(stored, caplog):
    structlog.get_logger().error("key", value=VALUE)
    assert VALUE not in caplog.text

def test_ours(stored, secret_leaks, caplog):
    structlog.get_logger().error("key", value=VALUE)
    secret_leaks.assert_none(caplog)

def test_with_what_it_prints_to(stored, secret_leaks, caplog, capsys):
    structlog.get_logger().error("key", value="nothing")
    secret_leaks.assert_none(caplog, capsys)
    structlog.get_logger().error("key", value=VALUE)
    assert len(secret_leaks.find(caplog, capsys)) == 1

def test_on_logging(stored, secret_leaks, caplog):
    structlog.configure(logger_factory=structlog.stdlib.LoggerFactory())
    structlog.get_logger("billing").error("key", value="nothing")
    secret_leaks.assert_none(caplog)

def test_on_logging_below_its_level(stored, secret_leaks, caplog):
    structlog.configure(logger_factory=structlog.stdlib.LoggerFactory())
    structlog.get_logger("billing").info("key", value=VALUE)
    with pytest.raises(LeakError, match="logs at INFO, and the level of the root logger is"):
        secret_leaks.assert_none(caplog)
"""

    result = run(pytester, STRUCTLOG + code, "--julep-secrets", "leaks=off")

    result.assert_outcomes(failed=1, passed=4)
    result.stdout.fnmatch_lines(
        [
            "E*: structlog does not use the standard library's logging, and prints past *",
            "E*Configure it with logger_factory=structlog.stdlib.LoggerFactory() in the tests, *",
        ]
    )


LOGURU = """
import loguru

# As at its import, in a run of its own.
loguru.logger.remove()
loguru.logger.add(sys.stderr)

@pytest.fixture(scope="module", autouse=True)
def no_sink():
    yield
    loguru.logger.remove()
"""


def test_loguru(pytester: pytest.Pytester) -> None:
    code = """
@pytest.mark.parametrize("name", ["caplog", "capsys", "capfd"])
def test_by_hand(stored, request, name):
    capture = request.getfixturevalue(name)
    loguru.logger.error(VALUE)
    assert VALUE not in str(capture.text if name == "caplog" else capture.readouterr())

@pytest.mark.parametrize("name", ["caplog", "capsys", "capfd"])
def test_ours(stored, secret_leaks, request, name):
    capture = request.getfixturevalue(name)
    loguru.logger.error(VALUE)
    secret_leaks.assert_none(capture)

def test_not_used(stored, secret_leaks, caplog):
    secret_leaks.assert_none(caplog)

def test_led_to_the_test(stored, secret_leaks, caplog):
    loguru.logger.remove()
    loguru.logger.add(caplog.handler, format="{message}")
    loguru.logger.error("nothing")
    secret_leaks.assert_none(caplog)
    loguru.logger.error(VALUE)
    assert len(secret_leaks.find(caplog)) == 1
"""

    result = run(pytester, LOGURU + code, "--julep-secrets", "leaks=off")

    result.assert_outcomes(failed=3, passed=5)
    result.stdout.fnmatch_lines(
        [
            "E*: loguru writes to the sys.stderr of its import, which reaches no capture fixture.",
            "E*Lead it to the test: loguru.logger.remove(), *",
        ]
    )


# --- the end of a test


def test_what_a_test_has_read_leaks_too(pytester: pytest.Pytester) -> None:
    code = """
@pytest.mark.parametrize("name", ["capsys", "capfd", "capsysbinary", "capfdbinary"])
def test_late(request, name, mock_secrets):
    capture = request.getfixturevalue(name)
    print("nothing")
    print(VALUE, file=sys.stderr)
    assert len(capture.readouterr().out) == 8
    mock_secrets.create(name="key", value=VALUE)

def test_nothing_read(stored, capsys):
    print("nothing")
    assert capsys.readouterr() == ("nothing\\n", "")
"""

    result = run(pytester, code)

    result.assert_outcomes(failed=4, passed=1)
    result.stdout.fnmatch_lines(["Secret 'key' reached the stderr that the test has read, line 1."])
    assert VALUE not in result.stdout.str()


def test_what_was_read_is_told_once(pytester: pytest.Pytester) -> None:
    code = """
@pytest.fixture
def one_more_at_the_end(mock_secrets):
    yield
    mock_secrets.create(name="other", value="sk-fake-another")

def test_it(stored, one_more_at_the_end, capsys):
    print(VALUE)
    capsys.readouterr()
"""

    result = run(pytester, code)

    result.assert_outcomes(failed=1)
    lines = [line for line in result.outlines if line.startswith("Secret 'key' reached")]
    assert len(lines) == 1


def test_of_a_capture_that_began_before_the_first_fake(pytester: pytest.Pytester) -> None:
    code = """
def test_it(capsys, mock_secrets):
    mock_secrets.create(name="key", value=VALUE)
    print(VALUE)
    capsys.readouterr()
"""

    result = run(pytester, code)

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["Secret 'key' reached the stdout that the test has read, line 1."])


SWEEP = """
def test_it(stored):
    {act}
"""

INFO = "the logger 'billing.keys' logs at INFO, and the level of the root logger is WARNING"


@pytest.mark.parametrize(
    ("act", "args", "what"),
    [
        pytest.param(LEAK_INFO, (), INFO, id="level"),
        pytest.param(
            f"logging.getLogger().handlers[:] = [logging.NullHandler()]; {LEAK}",
            (),
            "pytest's handlers are gone from the root logger*",
            id="handlers",
        ),
        pytest.param(
            f"log.addFilter(lambda record: False); {LEAK}",
            (),
            "a filter drops what is logged, and the logger 'billing.keys' logs at ERROR",
            id="filter",
        ),
        pytest.param(
            LEAK_INFO,
            ("-p", "no:logging"),
            "the log is not captured, as pytest runs with -p no:logging",
            id="no:logging",
        ),
        pytest.param(
            "sys.stdout = io.StringIO(); print(VALUE)",
            (),
            "something has replaced sys.stdout, and what is printed goes there",
            id="stdout replaced",
        ),
    ],
)
def test_the_summary_tells_what_could_not_be_seen(
    pytester: pytest.Pytester, act: str, args: tuple[str, ...], what: str
) -> None:
    result = run(pytester, SWEEP.format(act=act), *args)

    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["*= julep secrets =*", f"blind: {what}. * (test_it.py::test_it)"])
    assert VALUE not in result.stdout.str()


def test_a_run_without_logging_ends_like_any_other(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_it(mock_secrets): pass")

    result = pytester.runpytest_subprocess("-p", "no:logging")

    assert result.ret == 0
    assert "Traceback" not in result.stderr.str()


def test_without_a_capture(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_it=HEAD + SWEEP.format(act="pass"))

    result = pytester.runpytest_subprocess("-s")

    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(
        ["blind: stdout and stderr are not captured, as pytest runs with -s *. Run it without -s.*"]
    )


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["serial", "n2"])
def test_each_blinding_is_told_once(pytester: pytest.Pytester, workers: tuple[str, ...]) -> None:
    code = """
@pytest.mark.parametrize("number", range(3))
def test_it(stored, number):
    log.info("one")
    log.info("two")

@pytest.mark.parametrize("number", range(6))
def test_many(stored, number):
    logging.getLogger(f"of{number}").info("one")

def test_without_a_secret():
    logging.getLogger("nobody").info("one")
"""

    result = run(pytester, code, *workers)

    result.assert_outcomes(passed=10)
    lines = [line for line in result.outlines if line.startswith("blind: ")]
    assert len(lines) == 6
    assert lines[-1] == "blind: 2 more such; set --julep-secrets blind=error to see them"
    assert len([line for line in lines if INFO in line and line.endswith(" and 2 more)")]) <= 1
    assert "nobody" not in result.stdout.str()


def test_what_is_seen_is_not_told(pytester: pytest.Pytester) -> None:
    code = """
def test_it(stored, capsys):
    log.error("nothing")
    print("nothing")
    with contextlib.redirect_stdout(io.StringIO()):
        print("nothing")

def test_a_capture_asked_for_late(stored, request):
    request.getfixturevalue("capfd")
"""

    result = run(pytester, code)

    result.assert_outcomes(passed=2)
    result.stdout.no_fnmatch_line("*julep secrets*")


# --- how strictly: one rung a test


BOTH = """
{mark}
def test_asks(stored, secret_leaks, caplog):
    log.info("nothing")
    secret_leaks.assert_none(caplog)

{mark}
def test_asks_not(stored):
    log.info("nothing")
"""


def outcomes(pytester: pytest.Pytester, *args: str, mark: str = "", ini: str = "") -> list[object]:
    pytester.makeini(f"[pytest]\n{ini}")
    result = run(pytester, BOTH.format(mark=mark), *args)
    told = [line for line in result.outlines if line.startswith("blind: ")]
    return [*result.parseoutcomes().items(), len(told)]


def test_by_default_an_assertion_fails_and_a_sweep_warns(pytester: pytest.Pytester) -> None:
    assert outcomes(pytester) == [("failed", 1), ("passed", 1), 1]


def test_ini_over_the_default(pytester: pytest.Pytester) -> None:
    assert outcomes(pytester, ini="julep_secrets = blind=error") == [("failed", 2), 0]


def test_the_command_line_over_ini(pytester: pytest.Pytester) -> None:
    args = ("--julep-secrets", "blind=off")

    assert outcomes(pytester, *args, ini="julep_secrets = blind=error") == [("passed", 2), 0]


def test_the_marker_over_the_command_line(pytester: pytest.Pytester) -> None:
    mark = '@pytest.mark.julep_secrets(blind="warn")'

    assert outcomes(pytester, "--julep-secrets", "blind=error", mark=mark) == [("passed", 2), 2]


def test_a_sweep_at_error_fails_the_test(pytester: pytest.Pytester) -> None:
    result = run(pytester, SWEEP.format(act=LEAK_INFO), "--julep-secrets", "blind=error")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [f"This test's leak check could not have seen a leak: {INFO}. Call caplog.set_level*"]
    )
    assert VALUE not in result.stdout.str()


# --- what is left behind


def test_a_run_puts_everything_back(pytester: pytest.Pytester) -> None:
    import logging

    import loguru
    import structlog

    def state() -> list[object]:
        sink = vars(loguru._simple_sinks.StreamSink)["write"]  # type: ignore[attr-defined]
        printer = dict(vars(structlog.PrintLogger))
        return [logging.Logger.isEnabledFor, logging.Handler.handle, sink, printer]

    before = state()
    run(pytester, "import loguru, structlog\n" + BOTH.format(mark=""))

    assert state() == before
