"""The pages can be read, on GitHub and in an editor, and lead to one another."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.pages import PAGES, ROOT, name

CODE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")


@pytest.mark.parametrize("page", [*PAGES, *ROOT.glob("*.md")], ids=name)
def test_prose_is_no_wider_than_an_editor(page: Path) -> None:
    prose = CODE.sub("", page.read_text())

    assert [
        line for line in prose.splitlines() if len(line) > 120 and not line.startswith("|")
    ] == []


@pytest.mark.parametrize("page", [*PAGES, *ROOT.glob("*.md")], ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    """Those to headings, `page.md#heading`, are looked at when the site is built."""
    missing = [link for link in LINK.findall(page.read_text()) if not (page.parent / link).exists()]

    assert missing == []


def test_every_page_is_in_the_index_below_a_heading() -> None:
    """The site's side bar is made of it."""
    _, _, headings = (ROOT / "docs/index.md").read_text().partition("\n## ")
    pages = [page.relative_to(ROOT / "docs").as_posix() for page in PAGES]

    times = {page: headings.count(f"({page})") for page in pages if page != "index.md"}
    assert {page: count for page, count in times.items() if count != 1} == {}


def test_ci_cannot_lose_the_plugin_silently(pytester: pytest.Pytester) -> None:
    page = (ROOT / "docs/how-to/ci.md").read_text()
    toml = re.search(r"<!-- required -->\n```toml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    line = re.search(r"<!-- missing -->\n```text\n(.*?)\n```", page)
    assert toml is not None
    assert line is not None
    pytester.makepyprojecttoml(toml[1])
    pytester.makepyfile("def test_it(): pass")

    with_it = pytester.runpytest_subprocess()
    without = pytester.runpytest_subprocess("-p", "no:julep_secrets")

    assert with_it.ret == 0
    assert without.ret == pytest.ExitCode.USAGE_ERROR
    without.stderr.fnmatch_lines([line[1]])
