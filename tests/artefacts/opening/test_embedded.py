"""Compressed bodies in recordings of HTTP."""

from __future__ import annotations

import base64
import gzip
import io
import json
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_julep_secrets.artefacts.opening.embedded import bodies
from pytest_julep_secrets.artefacts.scan import scan
from pytest_julep_secrets.leaks.watch import Watch

VALUE: Final = "sk-fake-1f9c27d4"
ANSWER: Final = json.dumps({"items": [{"name": "stripe_key", "value": VALUE}]}).encode()


def packed(text: bytes, *, wrapped: bool = False) -> str:
    encode = base64.encodebytes if wrapped else base64.b64encode
    return encode(gzip.compress(text, mtime=0)).decode()


def cassette(text: bytes) -> str:
    """Give it as VCR.py writes it: wrapped, and indented."""
    lines = "\n".join(f"      {line}" for line in packed(text, wrapped=True).split())
    return f"interactions:\n- response:\n    string: !!binary |\n{lines}\n    headers: {{}}\n"


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("a.yaml", cassette(ANSWER), 4),
        ("a.yml", cassette(ANSWER).replace("\n", "\r\n"), 4),
        ("a.json", json.dumps({"body": packed(ANSWER)}), 1),
        ("a.har", json.dumps({"body": packed(ANSWER, wrapped=True)}), 1),
    ],
    ids=["wrapped", "wrapped, with CRLF", "in one line", "with escaped line breaks"],
)
def test_a_value_in_a_compressed_body_is_found(
    tmp_path: Path, name: str, text: str, line: int
) -> None:
    (tmp_path / name).write_text(text)
    watch = Watch()
    watch.add("stripe_key", VALUE, "")

    (entry,) = scan([tmp_path], watch).entries

    assert entry.path.endswith(f"{name}!/line-{line}.gz")
    assert (entry.line, entry.column) == (1, ANSWER.decode().index(VALUE) + 1)


def test_what_only_looks_like_a_body_is_no_problem(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(["H4sIAAAAAAAAA" + "A" * 50, "H4sI"]))
    watch = Watch()
    watch.add("stripe_key", VALUE, "")

    assert scan([tmp_path], watch).entries == ()


@settings(deadline=None)
@given(st.lists(st.binary(min_size=1, max_size=60), max_size=4), st.integers(1, 200))
def test_bodies_are_found_wherever_a_text_is_cut(texts: list[bytes], size: int) -> None:
    class Cut(io.BytesIO):
        def read(self, _: int | None = -1, /) -> bytes:
            return super().read(size)

    content = "".join(f"- {packed(text)}\n" for text in texts).encode()

    assert list(bodies(Cut(content))) == list(enumerate(texts, 1))
