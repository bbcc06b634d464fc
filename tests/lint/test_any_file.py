"""Whatever is in a file, it is read or said to be unreadable, and no credential is shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_julep_secrets.lint.judge import Rules
from pytest_julep_secrets.lint.run import lint
from pytest_julep_secrets.reports import github, json, text

# Put together, so that no scanner takes this file for a leak.
LIVE = "sk_live_" + "51HqLyjWDarjtT1zdp7dcKq9"
PIECES = [
    LIVE, "prod_", "prod_key", "'", '"', "\n", "  ", " ", ":", ": ", "- ", "=", "#", "# coding: ",
    ",", "(", ")", "[", "]", "{", "}", "f'", "{x}", "$ ", "${{ ", " }}", "secrets.", "secrets[",
    "mock_secrets", ".create(", "name=", "value=", "MockSecrets({", "env", "main", "steps",
    "secret_name", "export ", "&a ", "*a", "<<", "\\", "\\ud800", "\0", "é", "\u2028", "\r", "|",
    "if ", "with ", "x", "1", "None", "not in ", " == ", "\t", "*", "+", "%", "lambda: ", "---\n",
]  # fmt: skip
FILES = st.binary() | st.lists(st.sampled_from(PIECES) | st.text(max_size=3)).map(
    lambda pieces: "".join(pieces).encode("utf-8", "surrogatepass")
)
# Where what a value is can be told from the code around it.
SOURCES = st.sampled_from(
    [
        "mock_secrets.create(name='{name}', value='{value}')",
        "MockSecrets({{'{name}': '{value}'}})",
        "V = '{value}'; client.secrets.update(i, name=V, value=V)",
        "V = '{value}'; client.secrets.update(i, value=V, name=V)",
        "V = '{value}'\nN = '{name}'\nclient.secrets.update(i, name=N, value=V)\nx = '{value}'",
    ]
)
WORDS = st.text("abcXYZ019_", min_size=6, max_size=12)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("any")


def shown(path: Path) -> str:
    report = lint([path], Rules(now=0.0))
    assert report.status in {0, 1, 2}
    return "\n".join(line for format_ in (text, json, github) for line in format_.render(report))


@pytest.mark.parametrize("name", ["a.py", "a.yaml", "a.json", ".env"])
@given(content=FILES)
def test_anything(folder: Path, name: str, content: bytes) -> None:
    (folder / name).write_bytes(content)

    assert LIVE not in shown(folder / name)


@given(source=SOURCES, value=WORDS, before=WORDS, joined=st.booleans())
def test_no_value_is_shown_for_a_name(
    folder: Path, source: str, value: str, before: str, joined: bool
) -> None:
    value = f"prod_{value}"
    name = f"{before}_{value}" if joined else f"{before}_prod"
    (folder / "b.py").write_text(source.format(name=name, value=value))

    assert value not in shown(folder / "b.py")
