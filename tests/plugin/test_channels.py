"""Every place where a run of pytest puts text: no value is left in any of them."""

from __future__ import annotations

import base64
import hashlib
import sys
import threading
from pathlib import Path

import pytest

from plugin import search

VALUE = "Zq7CaNaRy0fAkE-93xW"

# One test each; each puts the value where its name says.
CHANNELS = {
    "stdout": "print(VALUE)",
    "stderr": "print(VALUE, file=sys.stderr)",
    "log": "log.error(VALUE)",
    "log args": "log.error('%s', VALUE)",
    "log extra": "log.error('extra', extra={'key': VALUE})",
    "log exc_info": """
        try:
            raise LookupError(VALUE)
        except LookupError:
            log.exception('failed')
    """,
    "child process": "subprocess.run([sys.executable, '-c', f'print({VALUE!r})'], check=True)",
    "unread capsys": "request.getfixturevalue('capsys'); print(VALUE)",
    "capsys disabled": """
        with request.getfixturevalue('capsys').disabled():
            print(VALUE)
    """,
    "section": "request.node.add_report_section('call', 'notes', VALUE); assert 0",
    "exception": "raise LookupError(VALUE)",
    "cause": "raise LookupError('no') from ValueError(VALUE)",
    "context": """
        try:
            raise ValueError(VALUE)
        except ValueError:
            raise LookupError('no')
    """,
    "note": "error = LookupError('no'); error.add_note(VALUE); raise error",
    "group": "raise ExceptionGroup('several', [LookupError(VALUE)])",
    "base exception": "raise BaseException(VALUE)",
    "system exit": "raise SystemExit(VALUE)",
    "compare strings": "assert VALUE == 'another'",
    "compare long strings": "assert 'x' * 300 + VALUE + 'y' * 300 == 'x' * 600",
    "compare lists": "assert ['a', VALUE] == ['a', 'b']",
    "compare dicts": "assert {'a' * 20: VALUE} == {'a' * 20: 'b', 'c': 1}",
    "compare nested": "assert {'a': [{'b': (VALUE,)}]} == {'a': [{'b': ('c',)}]}",
    "compare bytes": "assert VALUE.encode() == b'another'",
    "compare dataclasses": "assert Holder(VALUE) == Holder('another')",
    "compare objects": "assert Plain(VALUE) == Plain('another')",
    "contained": "assert 'another' in VALUE",
    "truth": "assert not VALUE",
    "call": "assert len(VALUE) == 0",
    "assertion message": "assert 0, VALUE",
    "locals": "copy = {'key': VALUE}; assert 0",
    "arguments": "inner(VALUE)",
    "pytest.fail": "pytest.fail(VALUE)",
    "pytest.fail without traceback": "pytest.fail(VALUE, pytrace=False)",
    "raises match": """
        with pytest.raises(LookupError, match='another'):
            raise LookupError(VALUE)
    """,
    "skip": "pytest.skip(VALUE)",
    "imperative xfail": "pytest.xfail(VALUE)",
    "xfail mark": "request.node.add_marker(pytest.mark.xfail(reason=VALUE)); assert 0",
    "warning": "warnings.warn(VALUE)",
    "thread": """
        def fail(): raise LookupError(VALUE)
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
    """,
    "unraisable": """
        class Left:
            def __del__(self): raise LookupError(VALUE)
        Left()
    """,
    "property": "request.getfixturevalue('record_property')('key', VALUE)",
    "nested property": "request.getfixturevalue('record_property')('key', ['a', {'b': VALUE}])",
    "suite property": "request.getfixturevalue('record_testsuite_property')('key', VALUE)",
    "xml attribute": "request.getfixturevalue('record_xml_attribute')('key', VALUE)",
    "cache": "request.config.cache.set('billing/key', {'a': [VALUE]})",
    "sdk": "julep.Julep(max_retries=0).secrets.create(name='key', value=VALUE)",
    "sdk debug": "request.getfixturevalue('caplog').set_level(logging.DEBUG, 'julep'); "
    "julep.Julep().secrets.create(name='new', value=VALUE)",
    "html extra": "extras = request.getfixturevalue('extras'); "
    "extras.append(pytest_html.extras.text(VALUE)); assert 0",
    "json metadata": "request.getfixturevalue('json_metadata')['key'] = VALUE; assert 0",
}

HEAD = f"""
import logging, subprocess, sys, threading, warnings
from dataclasses import dataclass
import julep, pytest, pytest_html

VALUE = {VALUE[:7]!r} + {VALUE[7:]!r}
log = logging.getLogger("billing")

@dataclass
class Holder:
    key: str

class Plain:
    def __init__(self, key): self.key = key

    def __repr__(self): return f"Plain({{self.key}})"

def inner(key):
    assert 0

@pytest.fixture(autouse=True)
def stored(mock_secrets):
    mock_secrets.create(name="key", value=VALUE)

@pytest.fixture
def in_setup(): raise LookupError(VALUE)

@pytest.fixture
def in_teardown():
    yield
    raise LookupError(VALUE)

def test_setup_error(in_setup): pass

def test_teardown_error(in_teardown): pass

"""

ARGS = (
    "-rA", "-l", "-vv", "-p", "no:randomly", "--junitxml=junit.xml", "-o", "junit_logging=all",
    "--report-log=report.log", "--html=report.html", "--self-contained-html", "--json-report",
    "--json-report-file=report.json", "--log-file=run.log", "--log-file-level=DEBUG",
    "--basetemp=base",
)  # fmt: skip


def test_name(channel: str) -> str:
    return channel.replace(" ", "_").replace(".", "_")


test_name.__test__ = False  # type: ignore[attr-defined]


def module() -> str:
    tests = []
    for name, body in CHANNELS.items():
        lines = body.strip("\n").splitlines()
        indent = len(lines[0]) - len(lines[0].lstrip())
        code = "\n".join("    " + line[indent:] for line in lines if line.strip())
        tests.append(f"def test_{test_name(name)}(request):\n{code}\n")
    return HEAD + "\n".join(tests)


@pytest.mark.parametrize(
    "args",
    [
        pytest.param((), id="serial"),
        pytest.param(("-n", "2"), id="n2"),
        pytest.param(("-s",), id="no capture"),
        pytest.param(("--capture=tee-sys",), id="tee-sys"),
        pytest.param(("-o", "log_cli=true", "-o", "log_cli_level=DEBUG"), id="live log"),
    ],
)
def test_no_value_is_left_in_any_writer(pytester: pytest.Pytester, args: tuple[str, ...]) -> None:
    pytester.makepyfile(test_it=module())

    result = pytester.runpytest_subprocess(*ARGS, *args)

    texts = search.texts(pytester, result)
    assert {"junit.xml", "report.log", "report.html", "report.json", "run.log"} <= set(texts)
    if args in (("-s",), ("--capture=tee-sys",)):
        # A child process writes past Python.
        texts["stdout"] = texts["stdout"].replace(VALUE.encode(), b"", 1)
    assert search.places(VALUE, texts) == []
    outcomes = result.parseoutcomes()
    assert sum(outcomes.get(key, 0) for key in ("passed", "failed", "skipped", "xfailed")) >= len(
        CHANNELS
    )
    for name in ("stdout", "junit.xml", "report.log", "report.html", "report.json"):
        assert b"REDACTED:key" in texts[name], name
    assert b"INTERNALERROR" not in texts["stdout"]


def test_no_fragment_is_left_of_a_comparison(pytester: pytest.Pytester) -> None:
    """pytest shortens the two sides; it must not shorten a value to its ends."""
    compared = [name for name in CHANNELS if name.startswith("compare")]
    pytester.makepyfile(test_it=module())

    result = pytester.runpytest("-k", "compare", "-p", "no:randomly")

    result.assert_outcomes(failed=len(compared))
    text = result.stdout.str().replace(repr(VALUE[:7]), "").replace(repr(VALUE[7:]), "")
    assert [VALUE[at : at + 6] for at in range(len(VALUE) - 5) if VALUE[at : at + 6] in text] == []


COMPARED = """
import base64, hashlib
import pytest

digests = [hashlib.sha512(bytes([number])).digest() for number in range(SIZE)]
VALUE = base64.b64encode(b"".join(digests)).decode()

@pytest.fixture(autouse=True)
def stored(mock_secrets):
    mock_secrets.create(name="key", value=VALUE)

@pytest.mark.parametrize("sides", [
    lambda: (VALUE, "another"),
    lambda: (VALUE[:-9], VALUE),
    lambda: ("x" * 300 + VALUE + "y" * 300, "x" * 600),
    lambda: ([1, VALUE, 3], [1, 2, 3]),
    lambda: ([[VALUE]] * 9, []),
    lambda: ({"a": VALUE, "b": [VALUE]}, {"a": 1}),
    lambda: ({VALUE: 1}, {}),
    lambda: ({VALUE}, {1}),
    lambda: ((VALUE.encode(),), (b"x",)),
], ids=str)
def test_compare(sides):
    left, right = sides()
    assert left == right
"""


@pytest.mark.parametrize("size", [1, 12])
@pytest.mark.parametrize("args", [(), ("-v",), ("-vv",)], ids=["short", "v", "vv"])
def test_no_fragment_is_left_of_a_long_value(
    pytester: pytest.Pytester, args: tuple[str, ...], size: int
) -> None:
    digests = [hashlib.sha512(bytes([number])).digest() for number in range(size)]
    value = base64.b64encode(b"".join(digests)).decode()
    pytester.makepyfile(test_it=COMPARED.replace("SIZE", str(size)))

    result = pytester.runpytest("-p", "no:randomly", *args)

    result.assert_outcomes(failed=9)
    text = result.stdout.str()
    assert [value[at : at + 6] for at in range(len(value) - 5) if value[at : at + 6] in text] == []


def test_no_fragment_is_left_of_what_goes_over_several_lines(pytester: pytest.Pytester) -> None:
    """Of neither line enough is there to tell the value."""
    pytester.makepyfile(
        f"""
        import base64

        def test_raised(mock_secrets):
            value = {VALUE[:7]!r} + {VALUE[7:]!r}
            mock_secrets.create(name="key", value=value)
            raise LookupError(base64.encodebytes(f"{{'x' * 46}}{{value}}".encode()).decode())
        """
    )

    result = pytester.runpytest("-p", "no:randomly")

    encoded = base64.encodebytes(f"{'x' * 46}{VALUE}".encode()).decode().split()
    assert len(encoded) == 2
    assert [line for line in encoded if line in result.stdout.str()] == []


def test_the_debug_file_is_redacted_and_whole(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_it=module())

    result = pytester.runpytest_subprocess(
        "-p", "no:randomly", "-k", "compare_strings", "--debug=debug.log"
    )

    texts = search.texts(pytester, result)
    assert search.places(VALUE, texts) == []
    assert b"REDACTED:key" in texts["debug.log"]
    assert b"pytest_unconfigure" in texts["debug.log"]


def test_an_exception_in_a_thread_of_the_teardown_is_found(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        f"""
        import threading
        import pytest

        VALUE = {VALUE[:7]!r} + {VALUE[7:]!r}

        def fail():
            raise LookupError(VALUE)

        @pytest.fixture
        def ends_badly(mock_secrets):
            mock_secrets.create(name="key", value=VALUE)
            yield
            thread = threading.Thread(target=fail)
            thread.start()
            thread.join()

        def test_it(ends_badly): pass

        def test_next(mock_secrets): pass
        """
    )
    hooks = threading.excepthook, sys.unraisablehook

    result = pytester.runpytest("-p", "no:randomly", "-W", "default")

    result.assert_outcomes(passed=2, errors=1, warnings=1)
    result.stdout.fnmatch_lines(["*Secret 'key' reached the text of LookupError*"])
    assert (threading.excepthook, sys.unraisablehook) == hooks


OUTSIDE = f"""
import pytest
from pytest_julep_secrets import MockSecrets

VALUE = {VALUE[:7]!r} + {VALUE[7:]!r}
secrets = MockSecrets({{"key": VALUE}})

def pytest_report_header():
    return f"using {{VALUE}}"

def pytest_terminal_summary(terminalreporter):
    terminalreporter.write_line(f"used {{VALUE}}")

@pytest.fixture(scope="session", autouse=True)
def session_property(record_testsuite_property, request):
    record_testsuite_property("key", VALUE)
    yield
    raise LookupError(VALUE)

@pytest.fixture(params=[VALUE])
def parametrized(request): return request.param
"""

IDS = """
import pytest
from conftest import VALUE

print("imported with", VALUE)

@pytest.mark.parametrize("key", [VALUE], ids=[VALUE])
def test_id(key): assert key == VALUE

@pytest.mark.parametrize("key", [VALUE, pytest.param(VALUE, id="x" + VALUE)])
def test_value(key): assert 0

def test_fixture(parametrized): assert 0

class TestClass:
    @pytest.mark.parametrize("key", [VALUE])
    @pytest.mark.xfail(reason=VALUE)
    def test_method(self, key): assert 0

    @pytest.mark.skipif(True, reason=VALUE)
    def test_skipped(self): pass
"""


@pytest.mark.parametrize(
    "args", [pytest.param((), id="serial"), pytest.param(("-n", "2"), id="n2")]
)
def test_no_value_is_left_of_what_is_outside_of_tests(
    pytester: pytest.Pytester, args: tuple[str, ...]
) -> None:
    pytester.makeconftest(OUTSIDE)
    pytester.makepyfile(
        test_ids=IDS, test_broken="from conftest import VALUE\nraise LookupError(VALUE)"
    )

    result = pytester.runpytest_subprocess(
        *ARGS, "--durations=0", "--durations-min=0", "--continue-on-collection-errors", *args
    )

    texts = search.texts(pytester, result)
    assert search.places(VALUE, texts) == []
    assert b"test_id[REDACTED:key]" in texts["stdout"]
    assert b"INTERNALERROR" not in texts["stdout"]
    again = pytester.runpytest_subprocess("--lf", "-p", "no:randomly", "-v")
    assert search.places(VALUE, search.texts(pytester, again)) == []
    assert "run-last-failure: rerun previous" in again.stdout.str()


@pytest.mark.parametrize("option", ["--collect-only", "--setup-show", "--setup-plan", "--fixtures"])
def test_no_value_is_left_of_what_only_shows(pytester: pytest.Pytester, option: str) -> None:
    pytester.makeconftest(OUTSIDE)
    pytester.makepyfile(test_ids=IDS)

    result = pytester.runpytest_subprocess(option)

    assert search.places(VALUE, search.texts(pytester, result)) == []


@pytest.mark.parametrize(
    "at",
    ["import", "configure", "usage", "late usage", "sessionstart", "collection", "interrupt"],
)
def test_no_value_is_left_of_what_ends_the_run(pytester: pytest.Pytester, at: str) -> None:
    ends = {
        "import": "raise LookupError(VALUE)",
        "configure": "def pytest_configure(): raise LookupError(VALUE)",
        "usage": "def pytest_configure(): raise pytest.UsageError(VALUE)",
        "late usage": "def pytest_collection_modifyitems(): raise pytest.UsageError(VALUE)",
        "sessionstart": "def pytest_sessionstart(): raise LookupError(VALUE)",
        "collection": "def pytest_collection_modifyitems(): raise LookupError(VALUE)",
        "interrupt": "def pytest_runtest_call(): raise KeyboardInterrupt(VALUE)",
    }
    pytester.makeconftest(OUTSIDE + ends[at])
    pytester.makepyfile(test_ids=IDS)

    result = pytester.runpytest_subprocess("--full-trace")

    assert result.ret != 0
    assert search.places(VALUE, search.texts(pytester, result)) == []


def test_a_value_known_late_is_taken_out_of_the_files(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        f"""
        import logging, pytest

        VALUE = {VALUE[:7]!r} + {VALUE[7:]!r}

        def test_before(record_property, mock_secrets):
            mock_secrets.create(name="another", value="sk-fake-another")
            logging.getLogger("app").error(VALUE)
            record_property("key", VALUE)
            print(VALUE)

        def test_store(mock_secrets):
            mock_secrets.create(name="key", value=VALUE)
        """
    )

    result = pytester.runpytest_subprocess(*ARGS)

    result.assert_outcomes(passed=2)
    assert search.places(VALUE, search.texts(pytester, result)) == []


# --- the table of the docs

# Each row, and the tests above that put a value there; a test's name where it is a whole run.
ROWS: dict[str, list[str]] = {
    "captured stdout, stderr, log: setup, call, teardown": ["stdout", "stderr", "log"],
    "records' args and `exc_info`": ["log args", "log exc_info"],
    "records' `extra` in pytest-json-report": ["log extra"],
    "child processes under `--capture=fd`": ["child process"],
    "sections added by others": ["section"],
    "sub-tests: output, log, exceptions": ["test_verdict.py"],
    "exceptions: text, cause, context, groups, notes": [
        "exception", "cause", "context", "group", "note", "base exception", "system exit",
    ],
    "skip and imperative xfail reasons": ["skip", "imperative xfail"],
    "reasons in `xfail` marks": ["xfail mark"],
    "assertions: both sides, diffs, messages": [
        "compare strings", "compare long strings", "compare lists", "compare dicts",
        "compare nested", "compare bytes", "compare dataclasses", "compare objects",
        "contained", "truth", "call", "assertion message",
    ],
    "`pytest.fail`, `pytest.raises(match=)`": [
        "pytest.fail", "pytest.fail without traceback", "raises match",
    ],
    "tracebacks: source lines, locals, arguments, the SDK's frames": [
        "locals", "arguments", "sdk",
    ],
    "setup, teardown and collection errors": ["outside"],
    "`record_property`": ["property", "nested property"],
    "exceptions in threads and in destructors": ["thread", "unraisable"],
    "warnings": ["warning"],
    "ids, names of tests": ["outside"],
    "progress, header, short summary, other plugins' summaries": ["outside"],
    "`-s`, `--capture=tee-sys`, `capsys.disabled()`, `log_cli`": ["capsys disabled"],
    "conftest, usage and internal errors, interrupts": ["ends"],
    "`--log-file`": ["outside"],
    "`--debug`": ["debug"],
    "the cache: `cache.set`, `--lf`": ["cache"],
    "`--junitxml`, with suite properties and attributes": ["suite property", "xml attribute"],
    "`--report-log`, `--html`, `--json-report`": ["html extra", "json metadata"],
}  # fmt: skip


def documented() -> dict[str, bool]:
    """The rows of the table, and whether they are marked as searched."""
    page = Path(__file__).parents[2] / "docs/reference/channels.md"
    cells = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in page.read_text().splitlines()
        if line.startswith("| ")
    ]
    return {row[0]: row[1] == "yes" for row in cells[1:] if not row[0].startswith("---")}


def test_every_row_of_the_docs_is_tried_and_every_channel_is_in_the_docs() -> None:
    tried = [name for names in ROWS.values() for name in names]

    assert list(ROWS) == list(documented())
    # In the log at debug level, and in a capture that is read at the end: as above.
    assert set(CHANNELS) - set(tried) == {"sdk debug", "unread capsys"}


def test_the_docs_say_which_are_searched(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_it=module())

    runs = pytester.inline_run("-p", "no:randomly", "-q", "-W", "ignore")

    leaked = {
        report.nodeid.partition("::test_")[2]: " reached " in str(report.longrepr)
        for report in runs.getreports("pytest_runtest_logreport")
        if report.when == "call"
    }
    wrong = [
        name
        for row, searched in documented().items()
        for name in ROWS[row]
        if name in CHANNELS and leaked[test_name(name)] != searched
    ]
    if pytest.version_tuple < (8, 4):
        # It shows what was raised, too, and that is searched.
        wrong.remove("raises match")
    assert wrong == []
