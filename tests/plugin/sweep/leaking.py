"""Ways for a test to leak texts, each one function."""

from __future__ import annotations

import contextlib
import logging
import subprocess
import sys
import threading
import warnings
from typing import Final

import pytest

log: Final = logging.getLogger("billing")


class Texts(list[str]):
    """Texts that a traceback does not show with the locals of a frame."""

    def __repr__(self) -> str:
        return f"<{len(self)} texts>"

    def all(self) -> str:
        return "\n".join(self)


Request = pytest.FixtureRequest


def stdout(texts: Texts, _: Request) -> None:
    print(texts.all())


def stderr(texts: Texts, _: Request) -> None:
    print(texts.all(), file=sys.stderr)


def log_lines(texts: Texts, _: Request) -> None:
    for text in texts:
        log.error(text)


def log_args(texts: Texts, _: Request) -> None:
    for text in texts:
        log.error("%s", text)


def log_extra(texts: Texts, _: Request) -> None:
    log.error("extra", extra={"key": list(texts)})


def log_exc_info(texts: Texts, _: Request) -> None:
    try:
        raise LookupError(texts.all())
    except LookupError:
        log.exception("failed")


def child(texts: Texts, _: Request) -> None:
    copy = "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read())"
    data = texts.all().encode("utf-8", "replace")
    subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-S", "-E", "-c", copy], input=data, check=True
    )


def section(texts: Texts, request: Request) -> None:
    request.node.add_report_section("call", "notes", texts.all())
    raise LookupError


def unread_capsys(texts: Texts, request: Request) -> None:
    request.getfixturevalue("capsys")
    _print_each(texts)


def capsys_disabled(texts: Texts, request: Request) -> None:
    with request.getfixturevalue("capsys").disabled():
        _print_each(texts)


def _print_each(texts: Texts) -> None:
    # These streams refuse a lone surrogate.
    for text in texts:
        with contextlib.suppress(UnicodeEncodeError):
            print(text)


def subtest_output(texts: Texts, request: Request) -> None:
    with request.getfixturevalue("subtests").test("leaks"):
        print(texts.all())


def subtest_exception(texts: Texts, request: Request) -> None:
    with request.getfixturevalue("subtests").test("leaks"):
        raise LookupError(texts.all())


def exception(texts: Texts, _: Request) -> None:
    raise LookupError(texts.all())


def cause(texts: Texts, _: Request) -> None:
    raise LookupError("no") from ValueError(texts.all())


def context(texts: Texts, _: Request) -> None:
    try:
        raise ValueError(texts.all())
    except ValueError:
        raise LookupError("no")  # noqa: B904 - that is what it is about


def note(texts: Texts, _: Request) -> None:
    error = LookupError("no")
    for text in texts:
        error.add_note(text)
    raise error


def group(texts: Texts, _: Request) -> None:
    raise ExceptionGroup("several", [LookupError(text) for text in texts])


def exit_code(texts: Texts, _: Request) -> None:
    raise SystemExit(texts.all())


def skip(texts: Texts, _: Request) -> None:
    pytest.skip(texts.all())


def xfail(texts: Texts, _: Request) -> None:
    pytest.xfail(texts.all())


def xfail_mark(texts: Texts, request: Request) -> None:
    request.node.add_marker(pytest.mark.xfail(reason=texts.all()))
    raise LookupError


def compare_texts(texts: Texts, _: Request) -> None:
    assert texts.all() == "another"


def compare_lists(texts: Texts, _: Request) -> None:
    assert list(texts) == ["another"]


def compare_dicts(texts: Texts, _: Request) -> None:
    assert {"key": list(texts), "other": 1} == {"key": ["another"]}


def contained(texts: Texts, _: Request) -> None:
    assert "another" in texts.all()


def assertion_message(texts: Texts, _: Request) -> None:
    raise AssertionError(texts.all())


def fail(texts: Texts, _: Request) -> None:
    pytest.fail(texts.all())


def fail_without_traceback(texts: Texts, _: Request) -> None:
    pytest.fail(texts.all(), pytrace=False)


def raises_match(texts: Texts, _: Request) -> None:
    with pytest.raises(LookupError, match="another"):
        raise LookupError(texts.all())


def local_variables(texts: Texts, _: Request) -> None:
    def inner(at: int) -> None:
        text = texts[at]
        if at + 1 < len(texts):
            inner(at + 1)
        raise LookupError(len(text))

    inner(0)


def arguments(texts: Texts, _: Request) -> None:
    def inner(key: str, rest: Texts) -> None:
        if rest:
            inner(rest[0], Texts(rest[1:]))
        raise LookupError(len(key))

    inner(texts[0], Texts(texts[1:]))


def source_lines(texts: Texts, request: Request) -> None:
    path = request.getfixturevalue("tmp_path") / "source.py"
    code = "".join(f"{text!r},\n" for text in texts)
    path.write_text(f"raise LookupError(len([\n{code}]))\n", "utf-8")
    exec(compile(path.read_text("utf-8"), str(path), "exec"), {})  # noqa: S102


def warning(texts: Texts, _: Request) -> None:
    for text in texts:
        warnings.warn(text, stacklevel=2)


def thread(texts: Texts, _: Request) -> None:
    def run() -> None:
        raise LookupError(texts.all())

    started = threading.Thread(target=run)
    started.start()
    started.join()


def destructor(texts: Texts, _: Request) -> None:
    class Left:
        def __del__(self) -> None:
            raise LookupError(texts.all())

    Left()


def properties(texts: Texts, request: Request) -> None:
    for text in texts:
        request.getfixturevalue("record_property")("key", text)


def suite_properties(texts: Texts, request: Request) -> None:
    for text in texts:
        request.getfixturevalue("record_testsuite_property")("key", text)


def xml_attribute(texts: Texts, request: Request) -> None:
    request.getfixturevalue("record_xml_attribute")("key", texts.all())


def cache(texts: Texts, request: Request) -> None:
    request.config.cache.set(f"sweep/{request.node.name}", {"a": list(texts)})


def html_extra(texts: Texts, request: Request) -> None:
    import pytest_html  # type: ignore[import-untyped]

    extras = request.getfixturevalue("extras")
    for text in texts:
        # It cannot write a lone surrogate, which would end the run.
        safe = text.encode("utf-8", "replace").decode()
        extras.append(pytest_html.extras.text(safe))
    raise LookupError


def json_metadata(texts: Texts, request: Request) -> None:
    request.getfixturevalue("json_metadata")["key"] = list(texts)
    raise LookupError
