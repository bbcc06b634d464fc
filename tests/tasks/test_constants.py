"""What of an expression is written out."""

from __future__ import annotations

import ast

import pytest

from pytest_julep_secrets.tasks.constants import parse, spelled_out


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("'prod_key'", "prod_key"),
        ("'prod' '_key'", "prod_key"),
        ("'prod' + '_' + 'key'", "prod_key"),
        ("'prod_' + ('a' + region)", "prod_a{}"),
        ("f'prod_{region}_key'", "prod_{}_key"),
        ("f'{region}'", "{}"),
        ("f'a' f'{b:>{width}}'", "a{}"),
        ("'prod_{}'.format(region)", "prod_{}"),
        ("'prod_%s' % region", "prod_%s"),
        ("region", "{}"),
        ("b'prod'", "{}"),
        ("'a' * 3", "{}"),
    ],
)
def test_what_is_spelled_out(source: str, text: str) -> None:
    assert spelled_out(ast.parse(source, mode="eval").body) == text


def test_a_long_sum_is_no_deep_one() -> None:
    source = "+".join(["'a'"] * 900)

    assert spelled_out(ast.parse(source, mode="eval").body) == "a" * 900


@pytest.mark.parametrize(
    "source",
    ["x = (", "x\0", "(" * 5000, "-" * 100_000 + "1", "a." * 100_000 + "a", "lambda:" * 9000 + "1"],
    ids=["syntax", "NUL", "parentheses", "signs", "attributes", "lambdas"],
)
def test_what_is_not_python_or_too_much_is_a_syntax_error(source: str) -> None:
    with pytest.raises(SyntaxError):
        parse(source)


def test_warnings_of_the_parser_are_nobodys() -> None:
    assert parse("'\\d'; 1 is 1").body
