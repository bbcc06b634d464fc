"""What Python code mentions."""

from __future__ import annotations

import pytest

from lint.reading import mentioned, placed
from pytest_julep_secrets.documents.unreadable import UnreadableError
from pytest_julep_secrets.lint.python import read


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("'prod_key'", [], id="a docstring"),
        pytest.param("x = 'prod_key'", ["string prod_key"], id="snake case"),
        pytest.param("x = 'ProdKey'", ["string ProdKey"], id="camel case"),
        pytest.param("x = 'PROD_KEY'", ["string PROD_KEY"], id="upper case"),
        pytest.param("x = 'cluster-prd'", ["string cluster-prd"], id="hyphens"),
        pytest.param("x = 'prod7'", ["string prod7"], id="digits"),
        pytest.param("x = f'prod_{y}'", ["string prod_{}"], id="f-string"),
        pytest.param("x = 'prod_' + y + 'k'", ["string prod_{}k"], id="sum"),
        pytest.param("x = f('prod_a' * 2)", ["string prod_a"], id="product"),
        pytest.param("x = {'prod_a': 1}['prod_b']", ["string prod_a", "string prod_b"], id="keys"),
        pytest.param("x = '$ secrets.prod_key'", ["name prod_key"], id="a task's expression"),
        pytest.param("x = 'production'", [], id="a single word"),
        pytest.param("x = 'Production'", [], id="a single word, capitalised"),
        pytest.param("x = 'PROD'", [], id="a single word in upper case"),
        pytest.param("x = 'Do not use prod_key.'", [], id="prose"),
        pytest.param("x = 'https://prod_key'", [], id="URL"),
        pytest.param("x = 'etc/prod_key'", [], id="path"),
        pytest.param("x = 'a.prod_key'", [], id="module"),
        pytest.param("x = 'prod_%s'", [], id="format"),
        pytest.param("x = '{prod_key}'", [], id="format with braces"),
        pytest.param("x = '--prod_key'", [], id="option"),
        pytest.param("x = b'prod_key'", [], id="bytes"),
        pytest.param(f"x = 'prod_{'k' * 99}'", [], id="longer than any name"),
        pytest.param("x: 'ProdKey' = 1", [], id="type"),
        pytest.param("def f(x: 'ProdKey') -> 'ProdKey': 'prod_key'", [], id="types of a function"),
        pytest.param("__all__ = ['prod_key']\n__all__ += ['prod_b']", [], id="exports"),
        pytest.param("class A:\n  x = 1\n  'prod_key'", [], id="an attribute's docstring"),
    ],
)
def test_strings_that_could_be_names(source: str, expected: list[str]) -> None:
    assert mentioned(read, source) == expected


@pytest.mark.parametrize(
    "call",
    [
        "client.secrets.create(name='a', value='v')",
        "client.secrets.update(id, name='a', value='v')",
        "self.client.secrets.create(value='v', name='a')",
        "client.secrets.with_raw_response.create(name='a', value='v')",
        "client().secrets.create(name='a', value='v')",
        "await client.secrets.create(name='a', value='v')",
        "mock_secrets.create(name='a', value='v')",
        "self.mock_secrets.update(name='a', value='v')",
        "secrets.create(**{'name': 'a', 'value': 'v'})",
        "MockSecrets({'a': 'v'})",
        "pytest_julep_secrets.MockSecrets({'a': {'value': 'v', 'metadata': {'prod': 'x'}}})",
        "pytest.mark.julep_secrets({'a': 'v'})",
        "pytest.mark.julep_secrets({**{'a': 'v'}})",
        "MockSecrets(SEED)\nSEED = {'a': 'v'}",
        "secrets.create(name=NAME, value=VALUE)\nNAME: str = 'a'\nVALUE = 'v'",
    ],
)
def test_a_name_and_a_value(call: str) -> None:
    found = mentioned(read, call)

    assert {"name a"} <= set(found)
    assert {"value v of a", "value v"} & set(found)
    assert len(found) == 2


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("mock_secrets['a']", ["name a"]),
        ("'a' in mock_secrets", ["name a"]),
        ("mock_secrets.get(name='a')", ["name a"]),
        ("mock_secrets.update(name='a', new_name='b')", ["name a", "name b"]),
        ("client.secrets.create(name=f'a_{x}')", ["name a_{}"]),
        ("client.secrets.create(name='a %s' % x)", ["name a %s"]),
        ("client.secrets.create(name='a' if x else 'b')", ["name a", "name b"]),
        ("client.secrets.create(name=x or (y := 'b'))", ["name b"]),
        ("client.secrets.create(name=x, value='a' + y)", ["value a{}"]),
        ("[s for s in client.secrets.list() if s.name == 'a_b']", ["name a_b"]),
        ("[s for s in found if s.name in ('a_b', 'b_c')]", ["name a_b", "name b_c"]),
        ("environment.name == 'production'", []),
        ("other.create(name='a', value='v')", []),
        ("client.secrets.list(name='a')", []),
        ("client.secrets.create(**given, name='a')", ["name a"]),
        ("client.secrets.create(**{**given, 'name': 'a', key: 'b'})", ["name a"]),
        ("MockSecrets({key: 'v', 'a': {'description': 'd'}})", ["value v", "name a"]),
        (
            "MockSecrets({'a': {'value': 'v'}, 'b': {'metadata': {}}})",
            ["name a", "value v of a", "name b"],
        ),
        ("s.value == 'a'", []),
        ("1 < x", []),
        ("with open('a'):\n  x", []),
        ("with mock_secrets.expect_violation('hosts'):\n  x = 'a_b'", ["string a_b"]),
        ("async with x:\n  secrets.get(name='a')", ["name a"]),
        ("X = 'a'\nsecrets.create(name=X, value=X)", ["name a", "value a"]),
        ("X = 'a'\nsecrets.update(i, value=X)\nsecrets.get(name=X)", ["value a", "name a"]),
        ("MockSecrets(seed)", []),
        ("MockSecrets()", []),
    ],
)
def test_other_places_of_names_and_values(source: str, expected: list[str]) -> None:
    assert mentioned(read, source) == expected


def test_a_look_up_over_a_list_which_the_fake_cannot_see() -> None:
    source = """
        def stripe_key(client):
            for secret in client.secrets.list():
                if secret.name == "prod_stripe_key":
                    return secret
    """

    assert mentioned(read, source) == ["name prod_stripe_key"]


def test_a_value_is_no_string_that_could_be_a_name() -> None:
    source = "V = 'prod_value'\nmock_secrets.create(name='a', value=V)"

    assert mentioned(read, source) == ["name a", "value prod_value of a"]


@pytest.mark.parametrize(
    "source",
    [
        "@pytest.mark.julep_secrets(allow_names=['prod_a'])\ndef f(): secrets.get(name='prod_a')",
        "MockSecrets({'prod_a': x}, allow_names=('prod_a',))",
        """
        with mock_secrets.expect_violation("names"):
            store("prod_a")
        assert "prod_a" not in mock_secrets
        """,
    ],
)
def test_names_that_the_test_itself_allows_or_expects(source: str) -> None:
    assert [one for one in mentioned(read, source) if "prod_a" in one] == []


def test_variables_that_are_each_other() -> None:
    assert mentioned(read, "a = b\nb = a\nsecrets.create(name=a, value=b)") == []
    assert mentioned(read, "a = {**a, 'x': a}\nMockSecrets(a)") == ["name x"]


def test_columns_are_characters() -> None:
    assert placed(read, "é = 'ü'; mock_secrets['ä']; x = 'a_b'") == [("ä", 1, 23), ("a_b", 1, 33)]
    assert placed(read, "\n\nx = ('a_b'\n'c')") == [("a_bc", 3, 6)]
    assert placed(read, "x = 1\r\ny = 'a_b'\rz = '\u2028', 'a_c'") == [
        ("a_b", 2, 5),
        ("a_c", 3, 10),
    ]


def test_a_file_says_its_encoding() -> None:
    text, mentions = read("# coding: latin-1\nx = 'é', 'a_b'\n".encode("latin-1"))

    assert "é" in text
    assert [(one.line, one.column) for one in mentions] == [(2, 10)]


@pytest.mark.parametrize(
    "raw",
    [
        b"x = (",
        b"print 'x'",
        b"\xff",
        b"# coding: nonsense\n",
        b"# coding: hex\n",
        b"x = '\0'",
        b"(" * 5000,
        b"-" * 100_000 + b"1",
    ],
)
def test_what_is_not_python_is_said_so_without_a_word_of_it(raw: bytes) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(raw)

    assert caught.value.reason.startswith(("It is not Python 3.", "It is not in the encoding"))
    assert caught.value.line >= 1
    assert caught.value.column >= 1
