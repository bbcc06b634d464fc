"""Which secrets a string refers to: the server's evaluator, seen from outside."""

from __future__ import annotations

import pytest

from pytest_julep_secrets.tasks.expressions import names_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("$ secrets.a", ["a"], id="attribute"),
        pytest.param("  $ secrets.a ", ["a"], id="blanks around"),
        pytest.param("$ secrets['a']", ["a"], id="key"),
        pytest.param("$ secrets.get('a', 'b')", ["a"], id="get"),
        pytest.param("$ 'a' in secrets", ["a"], id="in"),
        pytest.param("$ 'a' not in secrets", ["a"], id="not in"),
        pytest.param("$ f'Bearer {secrets.api_token}'", ["api_token"], id="the guide's"),
        pytest.param("$ secrets.a + secrets.b", ["a", "b"], id="two"),
        pytest.param("$ True or secrets.a", ["a"], id="an upper bound"),
        pytest.param("$ secrets['items']", ["items"], id="a method's name as a key"),
        pytest.param("$ x = secrets.a", ["a"], id="assignment"),
        pytest.param("Bearer {secrets.a}", ["a"], id="plain text"),
        pytest.param("Bearer ${secrets.a}", ["a"], id="plain text with a dollar"),
        pytest.param("{{secrets.a}}", ["a"], id="double braces"),
        pytest.param("{{ secrets['a'] }}", ["a"], id="double braces and a key"),
        pytest.param("[secrets.a]", ["a"], id="a list"),
        pytest.param("_.x + secrets.a", ["a"], id="begins with the input"),
        pytest.param("outputs[0] + secrets.a", ["a"], id="has outputs"),
        pytest.param("$ secrets", ["{}"], id="all"),
        pytest.param("$ secrets[key]", ["{}"], id="any"),
        pytest.param("$ secrets[f'prod_{key}']", ["prod_{}"], id="one of some"),
        pytest.param("$ secrets.items()", ["{}"], id="a method"),
        pytest.param("$ [k for k in secrets]", ["{}"], id="a loop"),
        pytest.param("$ f'{secrets['a']}'", ["a"], id="Python 3.12's quotes"),
        pytest.param("{secrets.a} }", ["a"], id="braces that do not match"),
        pytest.param("$ steps[0].output.secrets.a", [], id="another object's"),
        pytest.param("$ _.secrets.a", [], id="the input's"),
        pytest.param("$ 'secrets.a'", [], id="a string"),
        pytest.param("secrets.a", [], id="no code"),
        pytest.param("$secrets.a", [], id="no blank after the dollar"),
        pytest.param("Bearer $ secrets.a", [], id="dollar in the middle"),
        pytest.param("secret://a", [], id="a URL"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_names(text: str, names: list[str]) -> None:
    assert list(names_in(text)) == names
