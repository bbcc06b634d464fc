"""JUnit XML, of pytest and of others."""

from __future__ import annotations

import pytest

from artefacts.origins.telling import told
from pytest_julep_secrets.artefacts.origins.junit import node_id


@pytest.mark.parametrize(
    ("classname", "name", "file", "expected"),
    [
        ("tests.test_a", "test_b", "", "tests/test_a.py::test_b"),
        ("tests.test_a.TestX", "test_b[a.b::c]", "", "tests/test_a.py::TestX::test_b[a.b::c]"),
        ("tests.test_a.TestX.Inner", "test_b", "", "tests/test_a.py::TestX::Inner::test_b"),
        ("tests.test_all.a_test", "test_b", "", "tests/test_all/a_test.py::test_b"),
        ("test_a", "test_b", "", "test_a.py::test_b"),
        ("", "tests.test_a", "", "tests/test_a.py"),
        # It could be otherwise.
        ("tests.test_a.test_class", "test_b", "", "tests/test_a/test_class.py::test_b"),
        ("tests.checks", "test_b", "", "tests.checks::test_b"),
        ("v1.2.test_a", "test_b", "", "v1.2.test_a::test_b"),
        ("com.acme.FooTest", "it works", "", "com.acme.FooTest::it works"),
        ("Button shows", "Button shows a label", "", "Button shows::Button shows a label"),
        ("", "it works", "", "it works"),
        ("", "", "", ""),
        # Told by the file.
        ("tests.checks.lower", "b", "tests/checks.py", "tests/checks.py::lower::b"),
        ("v1.2.test_a", "test_b", "v1.2/test_a.py", "v1.2/test_a.py::test_b"),
        ("tests.test_a.TestX", "test_b", "tests\\test_a.py", "tests/test_a.py::TestX::test_b"),
        ("", "tests.test_a", "tests/test_a.py", "tests/test_a.py"),
        # A test that is inherited is defined elsewhere.
        ("tests.test_a.TestX", "test_b", "tests/base.py", "tests/test_a.py::TestX::test_b"),
        ("tests.test_ab", "test_b", "tests/test_a.py", "tests/test_ab.py::test_b"),
    ],
)
def test_the_node_id(classname: str, name: str, file: str, expected: str) -> None:
    assert expected == node_id(classname, name, file)


def test_what_stands_in_a_testcase_is_its() -> None:
    text = (
        '<?xml version="1.0" encoding="utf-8"?><testsuites><testsuite name="PLANT">'
        '<properties><property name="a" value="PLANT"/></properties>'
        '<testcase classname="test_a" name="test_é[PLANT]" time="0"/>'
        "<testcase name='test_2' classname='test_a'><properties><property value='PLANT'/>"
        "</properties><system-out>é <![CDATA[PLANT]]></system-out></testcase>"
        "<system-out>PLANT</system-out></testsuite></testsuites>"
    )

    first, second = "test_a.py::test_é[PLANT]", "test_a.py::test_2"
    assert told(text) == ["", "", first, second, second, ""]


CASE = '<testsuite><testcase classname="test_a" name="test_b">PLANT</testcase>'
OPEN = '<testcase classname="test_a" name="test_c"><failure>PLANT'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(CASE + OPEN, ["test_a.py::test_b", "test_a.py::test_c"], id="cut"),
        pytest.param(
            CASE + OPEN + "</nonsense>PLANT",
            ["test_a.py::test_b", "test_a.py::test_c", ""],
            id="invalid",
        ),
        pytest.param(CASE + "\0PLANT", ["test_a.py::test_b", ""], id="a null byte"),
        pytest.param(
            f'<!DOCTYPE a [<!ENTITY b "PLANT">]>{CASE}</testsuite>', ["", ""], id="DOCTYPE"
        ),
        pytest.param("<a>" * 101 + CASE, [""], id="too deep"),
        pytest.param("<testcase name='a\nb\x85'>PLANT</testcase>", ["a b?"], id="odd names"),
        pytest.param("<svg>PLANT</svg>", [""], id="other XML"),
        pytest.param("<", [], id="next to nothing"),
    ],
)
def test_what_was_understood_counts(text: str, expected: list[str]) -> None:
    assert expected == told(text)


def test_a_declared_encoding_does_not_matter() -> None:
    data = b'<?xml version="1.0" encoding="utf-16"?><testcase name="b">\xff PLANT</testcase>'

    assert told(data) == ["b"]


def test_a_tag_without_an_end_is_not_waited_for() -> None:
    assert told(CASE + "<a b='" + "x" * (5 << 20)) == ["test_a.py::test_b"]
