"""The manifest: who can read it, what survives, and what is not taken for one."""

from __future__ import annotations

import io
import json
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_julep_secrets.artefacts.values import manifest
from pytest_julep_secrets.artefacts.values.files import from_file
from pytest_julep_secrets.errors import ConfigurationError

SECRETS = [("key", "sk-fake-1f9c27d4"), ("key", "sk-fake-77aa88bb")]


def whole(data: bytes) -> bool:
    return manifest.is_manifest(data[:64]) and manifest.is_whole_manifest(io.BytesIO(data))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_nobody_else_can_read_it_whatever_was_there(tmp_path: Path) -> None:
    path = tmp_path / "m.json"
    path.write_text("something longer " * 100)
    path.chmod(0o666)

    manifest.write(path, SECRETS)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert manifest.read(path).pairs == tuple(SECRETS)
    assert [other.name for other in tmp_path.iterdir()] == ["m.json"]


def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "m.json"
    manifest.write(path, SECRETS)
    with pytest.raises(TypeError):
        manifest.write(path, [("key", "sk-fake-1f9c27d4"), None])  # type: ignore[list-item]

    assert manifest.read(path).pairs == tuple(SECRETS)
    assert [other.name for other in tmp_path.iterdir()] == ["m.json"]


_any_text = st.text(st.characters(codec=None, exclude_categories=()), max_size=20)


@given(st.lists(st.tuples(_any_text, _any_text), max_size=4))
def test_any_text_survives_and_is_recognised(secrets: list[tuple[str, str]]) -> None:
    data = b"".join(manifest._lines(secrets))

    assert whole(data)
    document = json.loads(data)
    assert manifest.from_document(document, "It").pairs == tuple(secrets)


@given(st.integers(min_value=0), st.binary(min_size=1, max_size=8))
def test_anything_else_in_it_makes_it_a_file_like_any(place: int, more: bytes) -> None:
    data = b"".join(manifest._lines(SECRETS))
    place %= len(data) + 1
    changed = data[:place] + more + data[place:]

    # Of a text, a value may become longer.
    assert not whole(changed) or data.count(b"\n") == changed.count(b"\n")


@pytest.mark.parametrize(
    "tail",
    [
        b"a line of a log with sk-fake-1f9c27d4\n",
        b'{"name": "a", "value": "b", "log": "sk-fake-1f9c27d4"}\n]}\n',
        b'{"name": "a", "value": {"log": "sk-fake-1f9c27d4"}}\n]}\n',
        b'{"name": "a", "value": "b"},\n]}\n',
        b'{"name": "a", "value": "b"}\n],  "log": "sk-fake-1f9c27d4"}\n',
        b'{"name":  "a", "value": "b"}\n]}\n',
        b'{"value": "b"}\n]}\n',
        b"[" * 100_000,
        b"]}\n]}\n",
        b"]}",
        b"",
    ],
)
def test_a_file_that_begins_like_one_is_none(tail: bytes) -> None:
    data = manifest._FIRST + tail

    assert manifest.is_manifest(data[:64])
    assert not whole(data)


def test_a_file_is_at_its_start_again() -> None:
    for data in (b"".join(manifest._lines(SECRETS)), b"a log\n"):
        file = io.BytesIO(data)
        file.seek(3)
        manifest.is_whole_manifest(file)
        assert file.read() == data


def test_an_empty_one_says_so(tmp_path: Path) -> None:
    manifest.write(tmp_path / "m.json", [])

    assert whole((tmp_path / "m.json").read_bytes())
    assert manifest.read(tmp_path / "m.json").notes == (
        f"The manifest '{tmp_path / 'm.json'}' holds no value: the run has used no fake.",
    )


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "cannot be read: No such file or directory."),
        (b"\xff\xfe\x00", "is none: it is not JSON."),
        (b"[" * 200_000, "is none: it is not JSON."),
        (b'{"key": "sk-fake-1f9c27d4"}', "is none: it does not say so."),
        (b"[]", "is none: it does not say so."),
        (b'{"pytest-julep-secrets manifest": 2}', "is not of version 1, the one that is known"),
        (b'{"pytest-julep-secrets manifest": 1}', "is damaged"),
        (b'{"pytest-julep-secrets manifest": 1, "secrets": [{"name": 1, "value": "x"}]}', "damag"),
    ],
)
def test_a_bad_one_is_one_clear_error(tmp_path: Path, content: bytes | None, told: str) -> None:
    path = tmp_path / "m.json"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(ConfigurationError) as raised:
        manifest.read(path)

    assert told in str(raised.value)
    assert "1f9c27d4" not in str(raised.value)


def test_one_that_is_given_as_values_is_read_as_what_it_is(tmp_path: Path) -> None:
    manifest.write(tmp_path / "m.json", SECRETS)

    assert from_file(tmp_path / "m.json").pairs == tuple(SECRETS)
