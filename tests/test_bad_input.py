"""Whatever is wrong with the input is said as the page on bad input says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from bad_input import KEY, OUT, REDACT, SCAN, VALUE, VALUES, Maker

from pytest_julep_secrets.artefacts.redaction import content
from pytest_julep_secrets.cli import main
from pytest_julep_secrets.cli.progress import Progress

PAGE: Final = Path(__file__).parent.parent / "docs/reference/bad-input.md"
Capture = pytest.CaptureFixture[str]


def rows(section: str) -> dict[str, tuple[str, int]]:
    """Return what is said, and the exit status, by input."""
    _, _, rest = PAGE.read_text().partition(f"\n## {section}\n")
    table = re.findall(r"^\| (.+) \| (.+) \| (\d) \|$", rest.partition("\n## ")[0], re.MULTILINE)
    return {name: (said, int(status)) for name, said, status in table}


TABLES: Final = {"scan": rows("scan"), "redact": rows("redact"), "Values": rows("Values")}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("key.env").write_text(f"KEY={VALUE}\n")
    Path("out").mkdir()
    Path("out/a.log").write_text("2 tests passed\n")


def check(row: tuple[str, int], status: int, printed: str) -> None:
    said, expected = row
    told = " ".join(printed.split())
    assert status == expected, printed
    assert VALUE not in printed
    assert "Traceback" not in printed
    if said.startswith("nothing"):
        assert "Secret 'KEY': 1 finding" in told
        assert "unreadable" not in told
    else:
        assert told.count(said) == 1, printed


def run(command: str, arguments: list[str], capture: Capture) -> tuple[int, str]:
    status = main([command, *arguments])
    printed = capture.readouterr()
    return status, printed.out + printed.err


@pytest.mark.parametrize("name", SCAN)
def test_scan(name: str, capsys: Capture) -> None:
    check(TABLES["scan"][name], *run("scan", [*SCAN[name](), *KEY], capsys))


@pytest.mark.parametrize("name", REDACT)
def test_redact(name: str, capsys: Capture) -> None:
    arguments = [*REDACT[name](), *KEY]
    before = contents()

    check(TABLES["redact"][name], *run("redact", arguments, capsys))

    if TABLES["redact"][name][1]:
        assert contents() == before


@pytest.mark.parametrize("command", ["scan", "redact"])
def test_no_values(command: str, capsys: Capture) -> None:
    check(TABLES[command]["no values"], *run(command, OUT, capsys))


@pytest.mark.parametrize("command", ["scan", "redact"])
@pytest.mark.parametrize("name", VALUES)
def test_values(command: str, name: str, capsys: Capture) -> None:
    check(TABLES["Values"][name], *run(command, VALUES[name](), capsys))


def contents() -> dict[Path, bytes]:
    files = (Path(folder, name) for folder, _, names in os.walk(".") for name in names)
    return {path: path.read_bytes() for path in files if path.is_file() and not path.is_symlink()}


def grow() -> None:
    os.truncate("out/a.log", 80 << 20)


def cut() -> None:
    os.truncate("out/a.log", 1)


def vanish() -> None:
    Path("out/b.log").unlink(missing_ok=True)


MEANWHILE: Final = {
    "a file that grows by more than 64 MiB while it is read": grow,
    "a file that is cut while it is read": cut,
    "a file that vanishes before it is read": vanish,
}


@pytest.mark.parametrize("name", MEANWHILE)
def test_what_happens_meanwhile(
    name: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("out/a.log").write_bytes(bytes(4 << 20))
    Path("out/b.log").write_text("fine")
    monkeypatch.setattr(Progress, "add", lambda _, count: count > 1 << 20 and MEANWHILE[name]())

    check(TABLES["scan"][name], *run("scan", [*OUT, *KEY], capsys))


def test_what_is_written_while_it_is_redacted(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("out/a.log").write_text(VALUE)
    monkeypatch.setattr(content, "redacted", after(lambda: grow_by_a_line("out/a.log")))

    row = TABLES["redact"]["a file that is written to meanwhile"]
    check(row, *run("redact", [*OUT, *KEY], capsys))

    assert Path("out/a.log").read_text().startswith(f"{VALUE}more\n")


def grow_by_a_line(path: str) -> None:
    with Path(path).open("a") as log:
        log.write("more\n")


def after(act: Callable[[], None]) -> Callable[..., object]:
    real = content.redacted

    def redacted(*arguments: object) -> object:
        result = real(*arguments)  # type: ignore[arg-type]
        act()
        return result

    return redacted


@pytest.mark.parametrize("command", ["scan", "redact"])
def test_a_closed_standard_output(command: str) -> None:
    program = Path(sys.executable).with_name("julep-secrets")

    done = subprocess.run(  # noqa: S603 - it is this package
        ["sh", "-c", '"$@" >&-', "-", program, command, *OUT, *KEY],  # noqa: S607
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    check(TABLES[command]["a standard output that is closed"], done.returncode, done.stderr)


def test_every_row_is_tried() -> None:
    def tried() -> Iterator[tuple[str, str]]:
        made: dict[str, dict[str, Maker]] = {
            "scan": dict(SCAN), "redact": dict(REDACT), "Values": dict(VALUES)
        }  # fmt: skip
        yield from ((table, name) for table, names in made.items() for name in names)
        yield from (("scan", name) for name in MEANWHILE)
        for command in ("scan", "redact"):
            yield command, "no values"
            yield command, "a standard output that is closed"
        yield "redact", "a file that is written to meanwhile"

    listed = {(table, name) for table, names in TABLES.items() for name in names}
    assert listed == set(tried())
