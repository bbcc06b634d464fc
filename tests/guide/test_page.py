"""Page, samples and tests agree: none is without the others."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import yaml

from guide import page
from guide.guide import HERE, SAMPLES, SECTIONS
from pytest_julep_secrets.tasks import check

OF_ALL = {"test_page.py", "test_samples.py", "test_other_pages.py"}
ROWS = [row for row in page.rows() if "tests" in row.cells]
ANCHOR = re.compile(r"\]\(([^)#:]*)#([^)]+)\)")


def found_in(path: Path) -> set[page.Link]:
    """Return the tests of a file, as pytest would find them."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [str(getattr(node, "name", "")) for node in tree.body]
    return {page.Link(name, path) for name in names if name.startswith(("test", "Test"))}


def test_each_test_that_it_names_is_there_and_each_of_a_section_is_named() -> None:
    named = {link for row in ROWS for link in row.links("tests")}
    of_sections = {path for path in HERE.glob("test_*.py") if path.name not in OF_ALL}

    files = of_sections | {link.path for link in named}
    there = set().union(*map(found_in, files))

    assert named - there == set()
    assert {link for link in there if link.path in of_sections} - named == set()


def test_each_row_names_a_test() -> None:
    assert [row.cells for row in ROWS if not row.links("tests")] == []


def test_each_section_has_its_rows_in_the_guides_order() -> None:
    sections = list(dict.fromkeys(row.section for row in page.rows()))

    assert sections[: len(SECTIONS)] == SECTIONS


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_each_sample_has_a_row(path: Path) -> None:
    assert page.told(path, "what happens")


def test_links_into_pages_lead_to_their_headings() -> None:
    missing = [
        f"{target}#{anchor}"
        for target, anchor in ANCHOR.findall(page.TEXT)
        if anchor not in _anchors(page.PAGE.parent / target if target else page.PAGE)
    ]

    assert missing == []


def test_yaml_to_write_instead_gets_its_secrets() -> None:
    (task,) = page.blocks("yaml")

    check(yaml.safe_load(task), names=["api_key_secret_name", "auth_token_secret_name"])


def _anchors(path: Path) -> list[str]:
    """Return what a browser calls the headings of a page."""
    headings = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return [re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings]
