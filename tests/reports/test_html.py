"""The page."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings

from pytest_julep_secrets.reports import html
from pytest_julep_secrets.reports.entry import Report
from pytest_julep_secrets.reports.shown import shown
from reports.samples import ALL, CLEAN, HOSTILE, HOSTILES, INERT, REPORTS, SCAN, leak

EMPTY = {"meta", "wbr"}


class Page(HTMLParser):
    """A page as a browser sees it; fails where tags do not match."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.source = "\n".join(html.render(report))
        self.feed(self.source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in EMPTY:
            self.open.append(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.links.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.text += data


def check(page: Page) -> None:
    assert page.open == []
    assert set(page.tags) <= {
        "html", "head", "meta", "title", "style", "body", "a", "header", "main", "footer", "nav",
        "section", "article", "div", "p", "h1", "h2", "h3", "dl", "dt", "dd", "ul", "li", "table",
        "thead", "tbody", "tr", "th", "td", "details", "summary", "code", "span", "b", "wbr",
    }  # fmt: skip
    assert page.attributes <= {
        "lang", "charset", "http-equiv", "content", "name", "class", "href", "id", "scope", "open",
        "aria-label", "aria-labelledby", "data-label",
    }  # fmt: skip
    assert len(set(page.ids)) == len(page.ids)
    assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
    assert page.tags.count("h1") == 1


@pytest.mark.parametrize("report", ALL.values(), ids=ALL)
def test_a_page_is_whole(report: Report) -> None:
    check(Page(report))


@given(REPORTS)
@settings(max_examples=50, deadline=None)
def test_any_text_is_shown_and_never_markup(report: Report) -> None:
    page = Page(report)

    check(page)
    for entry in report.entries:
        for text in (entry.path, entry.name, entry.test):
            assert shown(text, 160) in page.text


def test_hostile_names_are_text() -> None:
    page = Page(HOSTILES)

    assert "<script" not in page.source
    assert shown(HOSTILE) in page.text


def test_nothing_is_loaded_from_elsewhere() -> None:
    source = Page(SCAN).source

    assert "default-src 'none'; style-src 'unsafe-inline'" in source
    assert not re.search(r"url\(|@import|src=|https?:", source)


def test_a_secret_has_its_places_and_what_to_do() -> None:
    text = Page(SCAN).text

    assert "2 secrets leaked in 3 places" in text
    assert "base64 of JSON: Look for a header" in text
    assert "plain: Have the code log the secret's name instead of its value." in text
    assert "julep-secrets redact out/a.zip" in text
    assert "Look like credentials" in text
    assert "It ends too early." in text


def test_empty_pages_say_what_that_means() -> None:
    assert "12 files read to the end" in Page(CLEAN).text
    page = Page(INERT)
    assert "No value was given. Give some with --env NAME." in page.text
    assert "read to the end" not in page.text


def test_many_places_are_folded_and_cut() -> None:
    page = Page(Report(tuple(leak(line=line) for line in range(1, 171)), 1))

    assert "<details open>" not in page.source
    assert "70 more: the JSON report has all." in page.text


def test_of_many_secrets_tests_and_files_the_first_are_shown() -> None:
    found = [leak(f"key{n}", f"{n}.log", test=f"test_{n}") for n in range(130)]

    page = Page(Report((*found, leak("key129", "129.log", 4)), 130))

    check(page)
    assert page.text.count("30 more: the JSON report has all.") == 3
    # The most frequent first.
    assert "key129" in page.text


@pytest.mark.parametrize(
    ("path", "command"),
    [
        ("out/a b.log", "julep-secrets redact 'out/a b.log'"),
        ("-x.log", "julep-secrets redact -- -x.log"),
        ("a.zip!/b/c.gz!/d", "julep-secrets redact a.zip"),
        ("a\x1b.log", "julep-secrets redact PATH..."),
    ],
)
def test_the_command_can_be_pasted(path: str, command: str) -> None:
    assert f": {command}If the value" in Page(Report((leak(path=path),), 1)).text.replace("\n", "")
