"""Secrets that are there before a test starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_julep_secrets.errors import ConfigurationError
from pytest_julep_secrets.seed import load_seed, read_seed

VALUE = "sk-fake-must-not-be-shown"


def test_values_and_tables() -> None:
    seed = {"a": "v", "b": {"value": "w", "description": "d", "metadata": {"k": 1}}}

    assert read_seed(seed, "It") == {
        "a": {"name": "a", "value": "v"},
        "b": {"name": "b", "value": "w", "description": "d", "metadata": {"k": 1}},
    }


@pytest.mark.parametrize(
    ("seed", "sentence"),
    [
        ([VALUE], "It is a list; it has to be a mapping of names to values."),
        (VALUE, "It is a str; it has to be a mapping of names to values."),
        ({1: VALUE}, "It has a name that is a int; names have to be strings."),
        ({"a": 5}, "It gives 'a' a int; it has to be a string, or a mapping with 'value'."),
        ({"a": {"description": VALUE}}, "It gives 'a' no 'value'."),
        ({"a": {"value": VALUE, "name": "b"}}, "It gives 'a' the unknown key 'name'."),
    ],
)
def test_what_is_wrong_is_one_sentence_and_what_to_do_another(seed: object, sentence: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_seed(seed, "It")

    first, second = str(caught.value).splitlines()
    assert first == sentence
    assert second
    assert VALUE not in str(caught.value)


def test_files(tmp_path: Path) -> None:
    toml, json = tmp_path / "s.toml", tmp_path / "s.json"
    toml.write_text('a = "v"\n[b]\nvalue = "w"\n')
    json.write_text('{"a": "v", "b": {"value": "w"}}')

    assert load_seed(toml) == load_seed(json) == {"a": "v", "b": {"value": "w"}}


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("s.toml", f'a = "{VALUE}" x'.encode(), "The seed file 's.toml' is not TOML (at line 1, *"),
        ("s.json", f'{{"a": "{VALUE}"'.encode(), "The seed file 's.json' is not JSON (line 1, *"),
        ("s.json", b"[]", "The seed file 's.json' is a list; *"),
        ("s.json", b"\xff", "The seed file 's.json' cannot be read: not UTF-8."),
        ("s.yaml", VALUE.encode(), "The seed file 's.yaml' ends in neither .toml nor .json."),
    ],
)
def test_bad_files(tmp_path: Path, name: str, content: bytes, sentence: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(ConfigurationError) as caught:
        load_seed(path)

    first, _, second = str(caught.value).partition("\n")
    assert first.startswith(sentence.rstrip("*"))
    assert second
    assert VALUE not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("long.json", '{"a": ' + "9" * 5000 + "}"),
        ("deep.json", "[" * 100_000),
        ("long.toml", "a = " + "9" * 5000),
        ("deep.toml", "a = " + "[" * 20_000),
    ],
)
def test_what_no_parser_reads_to_its_end_is_told(tmp_path: Path, name: str, text: str) -> None:
    file = tmp_path / name
    file.write_text(text)

    with pytest.raises(ConfigurationError, match=f"The seed file '{name}' has a number that is"):
        load_seed(file)
