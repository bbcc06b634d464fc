"""Makes what the page on bad input lists, in the current folder; gives the arguments that name it.

There is a folder `out` with a file that is fine. `VALUE` is the value of `KEY` in `key.env`, which
is looked for wherever a row has no values of its own.
"""

from __future__ import annotations

import gzip
import os
import socket
import sqlite3
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pytest
from artefacts.opening.making import tarred, zipped

from pytest_julep_secrets.artefacts.values import manifest

VALUE: Final = "hunter-fake-77xq0d4c"
OUT: Final = ["out"]
KEY: Final = ["--values", "key.env"]

Maker = Callable[[], list[str]]


def file(name: str, content: bytes | str) -> Maker:
    """A file in `out`, or elsewhere if the name says so."""

    def make() -> list[str]:
        path = Path("out", name)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return OUT

    return make


def link(name: str, to: str) -> Maker:
    def make() -> list[str]:
        Path("out", name).symlink_to(to)
        return OUT

    return make


def values(name: str, content: bytes | str, *arguments: str) -> Maker:
    """A file of values."""

    def make() -> list[str]:
        file(f"../{name}", content)()
        return [*OUT, *(arguments or ("--values", name))]

    return make


def arguments(*given: str) -> Maker:
    return lambda: [*given]


def empty_folder() -> list[str]:
    Path("empty").mkdir()
    return ["empty"]


def forbidden() -> list[str]:
    Path("out/a.log").chmod(0)
    if os.access("out/a.log", os.R_OK):
        pytest.skip("this user may read everything")
    return OUT


def failing() -> list[str]:
    # The memory of this process, which begins where nothing is.
    if not Path("/proc/self/mem").exists():
        pytest.skip("no file here fails for sure")
    return link("mem", "/proc/self/mem")()


def special() -> list[str]:
    if not hasattr(socket, "AF_UNIX"):
        pytest.skip("no file here is a socket")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("out/s")
    return OUT


def encrypted() -> bytes:
    data = bytearray(zipped({"a.log": b"text"}))
    for header, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(header) + flags] |= 1
    return bytes(data)


def overlapping() -> bytes:
    # Twice the same entry in the directory.
    data = zipped({"a.log": b"text"})
    at = data.index(b"PK\1\2")
    end = data.index(b"PK\5\6")
    entry, rest = data[at:end], bytearray(data[end:])
    rest[8:12] = b"\2\0\2\0"
    rest[12:16] = (2 * len(entry)).to_bytes(4, "little")
    return data[:at] + entry + entry + bytes(rest)


def packed(times: int) -> bytes:
    data = b"text"
    for _ in range(times):
        data = gzip.compress(data)
    return data


def database() -> list[str]:
    base = sqlite3.connect("out/a.db")
    base.execute("create table t (a)")
    base.execute("insert into t values (?)", [VALUE])
    base.commit()
    base.close()
    return OUT


def a_manifest(name: str, secrets: list[tuple[str, str]], *more: str) -> Maker:
    def make() -> list[str]:
        manifest.write(Path(name), secrets)
        return [*OUT, *more]

    return make


def read_only() -> list[str]:
    file("b.log", VALUE)()
    Path("out/b.log").chmod(0o444)
    return OUT


def two_names() -> list[str]:
    file("b.log", VALUE)()
    Path("out/c.log").hardlink_to("out/b.log")
    return ["out/b.log"]


def full_output() -> list[str]:
    Path("full").mkdir()
    Path("full/a").touch()
    return [*OUT, "--output", "full"]


# 10 MiB of nothing, as one stream; so many of them that they are not harmless any more.
_STREAM: Final = gzip.compress(bytes(10 << 20))

BOTH: Final[Mapping[str, Maker]] = {
    "a path that is not there": arguments("none.log"),
    "a file that the system fails to read": failing,
    "a pipe, a socket or a device": special,
    "a link to a folder that it is in": link("loop", "."),
    "a link to nothing": link("lost", "none"),
    "gzip, bzip2 or xz data that is cut off": file("a.gz", gzip.compress(b"text")[:-9]),
    "a zip archive that is cut off or damaged": file("a.zip", zipped({"a.log": b"text"})[:-30]),
    "a tar archive that is cut off": file("a.tar", tarred({"a.log": bytes(5000)})[:2000]),
    "an encrypted zip archive": file("a.zip", encrypted()),
    "what is packed five times over": file("a.gz", packed(5)),
    "what unpacks to 1,000 times its size": file("a.gz", _STREAM * 11),
    "XML that is not well-formed": file("a.xml", f"<testsuites><testcase>{VALUE}</out>"),
    "XML with a DOCTYPE": file("a.xml", f'<!DOCTYPE a [<!ENTITY b "{VALUE}">]><a>{"&b;" * 3}</a>'),
    "JSON that is cut off": file("a.json", f'{{"tests": ["{VALUE}"'),
}

SCAN: Final[Mapping[str, Maker]] = {
    **BOTH,
    "a folder without a file": empty_folder,
    "a file that may not be read": forbidden,
    "a link to itself": link("self", "self"),
    "gzip, bzip2 or xz data that is damaged": file(
        "a.gz", gzip.compress(b"text")[:-8] + zlib.crc32(b"other").to_bytes(8, "little")
    ),
    "7z, rar, lz4 or .Z data": file("a.7z", b"7z\xbc\xaf\x27\x1c" + bytes(99)),
    "a zip archive whose files overlap": file("a.zip", overlapping()),
    "a line of 10 MB": file("a.log", "-" * (10 << 20) + VALUE),
}

REDACT: Final[Mapping[str, Maker]] = {
    **BOTH,
    "SQLite with a value in it": database,
    "a value in the name of a file": file(f"{VALUE}.log", VALUE),
    "a manifest": a_manifest("out/run.json", [("KEY", VALUE)]),
    "the file of --values": arguments("out", "key.env"),
    "a read-only file": read_only,
    "a file with two names": two_names,
    "an --output that is not empty": full_output,
    "an --output with a value in its name": arguments("out", "--output", VALUE),
    "an --output in what is redacted": arguments("out", "--output", "out/new"),
}

VALUES: Final[Mapping[str, Maker]] = {
    "a name that has two values": values("v.env", "KEY=fake-one-1122\nKEY=fake-two-3344\n"),
    "two names for one value": values("v.env", "KEY=fake-one-1122\nOTHER=fake-one-1122\n"),
    "an empty value among others": values("v.env", "KEY=fake-one-1122\nEMPTY=\n"),
    "a short value among others": values("v.env", "KEY=fake-one-1122\nSHORT=abc\n"),
    "nothing but empty and short values": values("v.env", "EMPTY=\nSHORT=abc\n"),
    "a dotenv file with another line": values("v.env", f"the key is {VALUE}\n"),
    "a JSON file that is none": values("v.json", f'{{"KEY": "{VALUE}" "OTHER"}}'),
    "a TOML file that is none": values("v.toml", f"KEY = {VALUE}\n[a]\n"),
    "a file that is no text": values("v.env", b"KEY=\xff\xfe"),
    "a file that is not there": arguments("out", "--values", "none.env"),
    "a manifest that is not there": arguments("out", "--manifest", "none.json"),
    "a manifest that is none": values("v.json", "{}", "--manifest", "v.json"),
    "a manifest without a value": a_manifest("run.json", [], "--manifest", "run.json"),
    "a variable that is not set": arguments("out", "--env", "NOT_SET"),
    "a glob that fits no variable": arguments("out", "--env", "NOT_SET_*"),
    "a value in place of a variable's name": arguments("out", "--env", "fake one 1122"),
}
