"""Files of environment variables, whatever is in them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pytest_julep_secrets.dotenv import entries

TEXT = """\
# A comment.
export A=one two # three
no entry at all

B="x \\" y"
'C' = 'z'
"""


def test_every_line_is_an_entry_nothing_or_bad() -> None:
    bad: list[int] = []

    found = list(entries(TEXT, bad.append))

    assert [(entry.name, entry.value) for entry in found] == [
        ("A", "one two"),
        ("B", 'x \\" y'),
        ("C", "z"),
    ]
    assert [entry.decoded for entry in found] == ["one two", 'x " y', "z"]
    assert bad == [TEXT.index("no entry")]
    assert [TEXT[entry.name_at] for entry in found] == ["A", "B", "C"]
    assert [TEXT[entry.value_at] for entry in found] == ["o", '"', "'"]


@given(st.text(alphabet="AB=\"'#\\ \r\n$"))
def test_any_text_is_read_to_its_end(text: str) -> None:
    bad: list[int] = []

    found = list(entries(text, bad.append))

    places = [entry.name_at for entry in found]
    assert places == sorted(set(places))
    assert bad == sorted(set(bad))
    assert not set(places) & set(bad)


def test_no_repr_shows_a_value() -> None:
    (entry,) = entries("A=sk-fake-1", print)

    assert "sk-fake-1" not in repr(entry)
