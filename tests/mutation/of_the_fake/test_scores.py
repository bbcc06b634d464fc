"""What is said of the fake's mutants."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from mutation.of_the_fake.scores import Inside, inside, judges, survivors, table, too_few
from mutation.survivors import Survivor, known

PROJECT: Final = Path(__file__).parents[3]
LIST: Final = Path(__file__).with_name("survivors.toml").read_text(encoding="utf-8")
SEEN: Final = Survivor("fake/a.py", "answer", "- 1\n+ 2")
FAULT: Final = Survivor("fake/fault.py", "spoil", "- 1\n+ 2")
LISTED: Final = [
    Inside("fake/fault.py"),
    Inside("fake/a.py", frozenset({"ask"})),
    Inside("fake/a.py", about=frozenset({"repr=False"})),
]


def test_a_mutant_is_shown_to_those_that_can_see_it() -> None:
    assert judges(SEEN, LISTED) == ("recordings", "contract")
    for one in FAULT, SEEN._replace(function="ask"), SEEN._replace(change="- field(repr=False)"):
        assert judges(one, LISTED) == ("own tests",)


def test_what_is_listed_is_there() -> None:
    listed = inside(LIST)
    files = {one.file for one in listed} | {one.file for one in known(LIST)}

    assert [file for file in files if not (PROJECT / file).is_file()] == []
    for one in listed:
        text = (PROJECT / one.file).read_text(encoding="utf-8")
        assert [part for part in one.about if part not in text] == []
        assert [name for name in one.functions if name.rpartition(".")[2] not in text] == []


def test_the_table() -> None:
    other = SEEN._replace(change="- 1\n+ 3")
    noticed = {
        SEEN: {"recordings": True, "contract": False},
        other: {"recordings": False, "contract": False},
        FAULT: {"own tests": True},
    }

    lines = [line.split() for line in "\n".join(table(noticed)).splitlines()]

    row = ["2", "1", "50.0%", "0", "0.0%", "1", "50.0%"]
    assert lines[1:3] == [["fake/a.py", *row], ["all", *row]]
    assert lines[5:] == [[name, "1", "1", "100.0%"] for name in ("fake/fault.py", "all")]


def test_too_few() -> None:
    alone = {"recordings": False, "contract": True}

    assert [*too_few({SEEN: alone, FAULT: {"own tests": False}})] == []
    assert [*too_few({SEEN: dict.fromkeys(alone, False)})] == [
        "Fewer than 95 % were noticed by recordings and contract."
    ]


def test_survivors_are_those_that_could_have_been_seen() -> None:
    neither = {"recordings": False, "contract": False}

    assert survivors({SEEN: neither, FAULT: {"own tests": False}}) == {SEEN}
    assert survivors({SEEN: neither | {"contract": True}}) == set()
