"""Files of values, as they are and as they should not be; standard input."""

from __future__ import annotations

import argparse
import io
from pathlib import Path

import pytest

from pytest_julep_secrets.artefacts.values import Values, manifest
from pytest_julep_secrets.artefacts.values.files import from_file, from_stream
from pytest_julep_secrets.cli.values import add_to, read
from pytest_julep_secrets.errors import ConfigurationError

ONE = "sk-fake-1f9c27d4"
TWO = "sk-fäke-77aa88bb"


def command(*arguments: str, stdin: bytes = b"", **environ: str) -> Values:
    parser = argparse.ArgumentParser()
    add_to(parser)
    return read(parser.parse_args(arguments), io.BytesIO(stdin), environ)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_of_any_unicode_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "values.env"
    path.write_bytes(f"A={TWO}\n".encode(encoding))

    assert from_file(path).pairs == (("A", TWO),)
    assert from_stream(io.BytesIO(path.read_bytes())).pairs == (("A", TWO),)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "cannot be read: No such file or directory."),
        (b"A=sk-f\xe4ke-1f9c27d4", "is not UTF-8, nor UTF-16 with a byte order mark."),
        (b"\xff\xfeA", "is not UTF-8, nor UTF-16 with a byte order mark."),
        (b"A=" + b"x" * 10_000_000, "has more than 8 MB, which no list of values has."),
    ],
)
def test_a_bad_file_is_one_clear_error(tmp_path: Path, content: bytes | None, told: str) -> None:
    path = tmp_path / "bad.env"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(ConfigurationError) as raised:
        from_file(path)

    first, _, advice = str(raised.value).partition("\n")
    assert first == f"The file '{path}' {told}"
    assert advice
    assert "1f9c27d4" not in str(raised.value)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read"):
        from_file(tmp_path)


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "e.json").write_text("{}")

    assert from_file(tmp_path / "e.json").notes == (
        f"The file '{tmp_path / 'e.json'}' gives no value that can be looked for.",
    )


def test_all_options_add_up(tmp_path: Path) -> None:
    (tmp_path / "v.toml").write_text('[db]\npassword = "fake-of-the-file"')
    manifest.write(tmp_path / "m.json", [("made_up", "fake-of-the-run")])

    values = command(
        *("--env", "K*", "--values", "-", "--values", str(tmp_path / "v.toml")),
        *("--manifest", str(tmp_path / "m.json")),
        stdin=b"IN=fake-of-the-stream",
        KEY=ONE,
    )

    assert values.pairs == (
        ("KEY", ONE),
        ("IN", "fake-of-the-stream"),
        ("db.password", "fake-of-the-file"),
        ("made_up", "fake-of-the-run"),
    )
    assert values.notes == ()
    assert command() == Values(())


def test_a_value_in_place_of_a_file_is_not_shown() -> None:
    for option in ("--values", "--manifest"):
        with pytest.raises(ConfigurationError) as raised:
            command(option, ONE, KEY=ONE)

        assert str(raised.value) == (
            f"There is no file of the name that KEY holds, which {option} was given.\n"
            "If its value is what to look for, write --env KEY."
        )
    long = "x" * 5000
    with pytest.raises(ConfigurationError, match="that KEY holds"):
        command("--values", long, KEY=long)


def test_standard_input_is_read_once() -> None:
    with pytest.raises(ConfigurationError, match="only once"):
        command("--values", "-", "--values", "-")
