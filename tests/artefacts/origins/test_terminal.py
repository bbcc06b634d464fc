"""Output of pytest, and what looks like it."""

from __future__ import annotations

import pytest

from artefacts.origins.telling import told


def rule(kind: str, title: str, width: int = 80) -> str:
    """As pytest writes it."""
    fill = kind * max((width - len(title) - 2) // 2, 1)
    text = f"{fill} {title} {fill}"
    return text + kind if len(text) < width else text


def section(title: str, *lines: str) -> list[str]:
    return [rule("=", title), *lines]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param(
            section("FAILURES", rule("_", "TestX.test_b"), "PLANT"), ["TestX.test_b"], id="no file"
        ),
        pytest.param(
            [
                *section("FAILURES", rule("_", "test_b"), "a.py:1: Error", "c.py:2: ", "PLANT"),
                *section("short test summary info", "FAILED a.py::test_b", "FAILED c.py::test_b"),
            ],
            ["a.py::test_b"],
            id="one of two files, by the traceback",
        ),
        pytest.param(
            [
                *section("FAILURES", rule("_", "test_b"), "PLANT"),
                *section("short test summary info", "FAILED a.py::test_b", "FAILED c.py::test_b"),
            ],
            ["test_b"],
            id="one of two files, unknown",
        ),
        pytest.param(
            ["a.py::test_b FAILED   [ 50%]", *section("FAILURES", rule("_", "test_b"), "PLANT")],
            ["a.py::test_b"],
            id="known from -v",
        ),
        pytest.param(
            [
                *section("FAILURES", rule("_", f"test_b[{'x' * 99} y]"), "PLANT"),
                *section("short test summary info", f"FAILED a.py::test_b[{'x' * 99} y] - PLANT"),
            ],
            [f"a.py::test_b[{'x' * 99} y]"] * 2,
            id="wider than the terminal",
        ),
        pytest.param(
            [
                *section("FAILURES", rule("_", "Case.test_b [a b] (i=1)"), "PLANT"),
                *section(
                    "short test summary info", "SUBFAILED[a b] (i=1) a.py::Case::test_b - PLANT"
                ),
                "FAILED a.py::Case::test_b",
            ],
            ["a.py::Case::test_b"] * 2,
            id="a subtest",
        ),
        pytest.param(
            [
                *section("FAILURES", rule("_", "[doctest] mod.func"), "PLANT"),
                *section("short test summary info", "FAILED src/mod.py::mod.func"),
            ],
            ["src/mod.py::mod.func"],
            id="a doctest",
        ),
        pytest.param(
            section(
                "FAILURES",
                *(rule("_", "test_b"), rule("=", "reply", 40), rule("_", "x", 40), "PLANT"),
                *(rule("=", "warnings summary"), "a.py::test_c", "  PLANT", "", "PLANT"),
            ),
            ["test_b", "a.py::test_c", ""],
            id="what is printed, what ends it",
        ),
        pytest.param(
            ["a.py::test_b PLANT", "PLANT", "PASSED  [ 10%]", "PLANT", "b.py::test_c PLANTPASSED"],
            ["a.py::test_b", "a.py::test_b", "", "b.py::test_c"],
            id="-s",
        ),
        pytest.param(
            [
                "scheduling tests via LoadScheduling",
                *("a.py::test_b ", "PLANT", "[gw0] [ 50%] FAILED a.py::test_b[PLANT]", "PLANT"),
                *("[gw1] PASSED a.py::test_b[PLANT x]", "PLANT"),
            ],
            ["", "a.py::test_b[PLANT]", "", "a.py::test_b[PLANT x]", ""],
            id="xdist",
        ),
        pytest.param(
            section(
                "short test summary info",
                *("FAILED a.py::test_b - PLANT", "a.b is::c PLANT", "ERROR c.py - PLANT"),
                *("SKIPPED [1] a.py:3: PLANT", rule("=", "2 failed in 0.01s"), "PLANT"),
            ),
            ["a.py::test_b", "a.py::test_b", "c.py", "", ""],
            id="the summary",
        ),
        pytest.param(
            [
                "2024-01-02T03:04:05.1234567Z " + line
                for line in section("FAILURES", rule("_", "test_b"), "PLANT")
            ],
            ["test_b"],
            id="GitHub's log",
        ),
        pytest.param(
            [f"\x1b[1m{rule('=', 'FAILURES')}\x1b[0m", f"\x1b[31m{rule('_', 'b')}\x1b[0m", "PLANT"],
            ["b"],
            id="colours",
        ),
        pytest.param(["[1] PLANT", "ERROR PLANT", "ERROR a.py:3 PLANT"], [""] * 3, id="a log"),
        pytest.param(["std::vector PLANT", "FAILED std::x PLANT"], [""] * 2, id="no Python"),
    ],
)
def test_places_and_their_tests(lines: list[str], expected: list[str]) -> None:
    assert expected == told("\n".join(lines))
    assert expected == told("\r\n".join([*lines, ""]))


@pytest.mark.parametrize("data", [bytes(range(256)) * 40 + b"PLANT", b"PLANT" + b"=" * 99_999, b""])
def test_anything_may_come(data: bytes) -> None:
    assert set(told(data)) <= {""}


def test_a_long_line_is_its_tests_to_its_end() -> None:
    text = "a.py::test_b PASSED " + "x" * 99_999 + " FAILED a.py::test_c PLANT\nPLANT"

    assert told(text) == ["a.py::test_b", ""]
