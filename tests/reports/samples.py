"""Reports to render: a scan's, lint's, and with names that mean harm."""

from __future__ import annotations

from typing import Final

from hypothesis import strategies as st

from pytest_julep_secrets.reports.entry import Entry, Report

HOSTILE = (
    "<script>alert(1)</script>\n::error::x`|[a](http://e.test) ##[group] {0}\r\n\x1b[31m"
    "\u202e\udcff</code></td> www.x.test a@b.test @all #1 \x85\u2028\\| ``` <!-- $x %s & &amp; \0"
)
REASON = "It ends too early. Upload it again, or leave it out."


def leak(
    name: str = "key", path: str = "a.log", line: int = 3, form: str = "plain", test: str = ""
) -> Entry:
    return Entry(path, line, 14, "leaks", f"Secret '{name}' is here.", name, form, test)


def credential(path: str = "b.log", test: str = "") -> Entry:
    return Entry(path, 9, 1, "credentials", "It looks real.", form="github-token", test=test)


def unreadable(path: str = "c.gz") -> Entry:
    return Entry(path, 1, 1, "unreadable", REASON)


NAMED = Entry("keys.py", 6, 27, "names", "Secret name 'prod_key' looks like production. Rename it.")
SCAN = Report(
    (
        leak(test="tests/test_a.py::test_one"),
        leak("other", "out/a.zip!/b.log", 7, "base64 of JSON"),
        leak(line=4),
        credential(test="tests/test_a.py::test_two"),
        unreadable(),
    ),
    12,
)
LINT = Report((NAMED, unreadable("broken.json")), 2)
CLEAN = Report((), 12)
INERT = Report((), 0, "No value was given. Give some with --env NAME.")
HOSTILES = Report(
    (
        Entry(HOSTILE, 1, 2, "leaks", HOSTILE, HOSTILE, HOSTILE, HOSTILE),
        Entry(HOSTILE, 1, 3, "names", HOSTILE),
        Entry(HOSTILE, 1, 4, "credentials", HOSTILE, form=HOSTILE, test=HOSTILE),
        Entry(HOSTILE, 1, 5, "unreadable", HOSTILE),
    ),
    1,
    HOSTILE,
)
ALL = {
    "scan": SCAN,
    "lint": LINT,
    "clean": CLEAN,
    "inert": INERT,
    "hostile": HOSTILES,
    "found and inert": Report((leak(),), 1, "The canary was not found."),
}

_WORDS: Final = st.one_of(
    st.text(st.characters(), max_size=40),
    st.text("|`\\ ", max_size=8),
    st.sampled_from([HOSTILE, "a.zip!/b.log", "C:/a.log", "//a/b", "-x", "a::b[c|d]"]),
)
_PLACES: Final = st.integers(1, 10**6)
_OTHERS: Final = st.sampled_from(["names", "credentials", "unreadable"])
ENTRIES: Final = st.one_of(
    st.builds(
        Entry,
        path=_WORDS,
        line=_PLACES,
        column=_PLACES,
        check=st.just("leaks"),
        message=_WORDS,
        name=_WORDS.filter(bool),
        form=_WORDS,
        test=_WORDS,
    ),
    st.builds(Entry, _WORDS, _PLACES, _PLACES, _OTHERS, _WORDS),
)
REPORTS: Final = st.builds(
    Report, st.lists(ENTRIES, max_size=5).map(tuple), st.integers(0, 99), st.just("") | _WORDS
)
