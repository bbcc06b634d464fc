"""Every Python block of the pages is run, by the `conftest.py` above; what fails says where."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

import pytest
from sybil.document import Document
from sybil.parsers.myst import PythonCodeBlockParser

from docs.pages import PAGES, ROOT, name

WITH_BLOCKS = [
    page for page in [*PAGES, *ROOT.glob("*.md")] if "```python\n" in page.read_text("utf-8")
]
# Of blocks that a machine could run; `py` is the tutorial's, where files grow step by step.
LANGUAGES = {
    "python", "py", "bash", "console", "text", "toml", "yaml", "json", "js", "xml", "ini", "",
}  # fmt: skip
TESTS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
LEFT_OUT = {"README.md": 1, "docs/how-to/network.md": 1}


def blocks(page: Path) -> list[str]:
    """Return what Sybil finds on a page, without what it leaves out."""
    return [example.parsed for example in Document.parse(str(page), PythonCodeBlockParser())]


@pytest.mark.parametrize("page", WITH_BLOCKS, ids=name)
def test_no_block_is_overlooked(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    assert len(blocks(page)) == len(re.findall(r"^ *```python$", text, re.MULTILINE))
    assert text.count("<!-- skip") == LEFT_OUT.get(name(page), 0)
    assert len(re.findall(r'<!-- skip: next ".+" -->\n```python', text)) == text.count("<!-- skip")


@pytest.mark.parametrize("page", [*PAGES, *ROOT.glob("*.md")], ids=name)
def test_blocks_are_of_a_known_language(page: Path) -> None:
    found = set(re.findall(r"^ *```([^`\n]*)\n.*?^ *```$", page.read_text(), re.M | re.S))

    if name(page) == "docs/reference/api.md":
        found.remove("{eval-rst}")
    if name(page) != "docs/tutorial.md":
        found = {language if language != "py" else "py: not run" for language in found}
    assert found <= LANGUAGES


@pytest.mark.parametrize("page", WITH_BLOCKS, ids=name)
def test_no_test_of_a_page_hides_another_or_is_left_out(page: Path) -> None:
    source = "\n".join(blocks(page))
    names = Counter(node.name for node in ast.parse(source).body if isinstance(node, TESTS))

    assert [one for one, times in names.items() if times > 1] == []
    assert not re.search(r"importorskip|\.skip|\.xfail", source)


PAGE = """# A page

```python
VALUE = 1


def test_that_passes(tmp_path):
    assert tmp_path.exists()
```

Words.

```python
def test_that_fails():
    assert VALUE == 2
```

<!-- skip: next "It needs something." -->
```python
raise LookupError
```
"""


def test_what_fails_is_told_with_its_page_and_line(pytester: pytest.Pytester) -> None:
    pytester.makeconftest((ROOT / "conftest.py").read_text())
    pytester.makefile(".md", page=PAGE, words="# Another\n", broken="```python\nx = 1\n1 / 0\n```")

    asyncio = ("-o", "asyncio_default_fixture_loop_scope=function")
    result = pytester.runpytest("-p", "no:randomly", "--continue-on-collection-errors", *asyncio)

    result.assert_outcomes(passed=1, failed=1, errors=1)
    result.stdout.fnmatch_lines(
        [
            *("broken.md:3: in <module>", "E   ZeroDivisionError*"),
            *("page.md:15: AssertionError", "FAILED page.md::test_that_fails*"),
        ]
    )
