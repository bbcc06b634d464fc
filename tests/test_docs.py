"""Every Python block of the docs is run: each page is one test module."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = sorted((ROOT / "docs").rglob("*.md"))
PYTHON = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize(
    "page", [page for page in PAGES if "```python" in page.read_text()], ids=name
)
def test_the_code_of_a_page_runs(page: Path, pytester: pytest.Pytester) -> None:
    code = "\n".join(PYTHON.findall(page.read_text()))
    pytester.makepyfile(code)

    # To load Faker takes a fifth of a second.
    without = [] if "faker" in code else ["-p", "no:faker"]
    asyncio = ["-o", "asyncio_default_fixture_loop_scope=function"]
    result = pytester.runpytest_subprocess("-p", "no:randomly", "-W", "error", *asyncio, *without)

    outcomes = result.parseoutcomes()
    assert list(outcomes) == ["passed"]
    assert outcomes["passed"] >= code.count("def test_")


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


@pytest.mark.parametrize("page", [*PAGES, *ROOT.glob("*.md")], ids=name)
def test_prose_is_no_wider_than_an_editor(page: Path) -> None:
    prose = CODE.sub("", page.read_text())

    assert [
        line for line in prose.splitlines() if len(line) > 120 and not line.startswith("|")
    ] == []


@pytest.mark.parametrize("page", [*PAGES, *ROOT.glob("*.md")], ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    missing = [link for link in LINK.findall(page.read_text()) if not (page.parent / link).exists()]

    assert missing == []


def test_every_page_is_in_the_index() -> None:
    index = (ROOT / "docs/index.md").read_text()
    pages = [page.relative_to(ROOT / "docs").as_posix() for page in PAGES]

    assert [page for page in pages if page != "index.md" and f"({page})" not in index] == []
