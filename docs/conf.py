"""How Sphinx builds the site, by `nox -s docs`. The pages are plain Markdown, for GitHub, too."""

from __future__ import annotations

import re
from importlib.metadata import version as installed
from pathlib import Path
from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx.addnodes import pending_xref

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "pytest-julep-secrets"
author = "The pytest-julep-secrets developers"
copyright = author  # noqa: A001 - what Sphinx calls it
version = release = installed(project)

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
html_theme = "furo"
html_title = project
html_static_path = ["_static"]
html_css_files = ["site.css"]
# Sources are on GitHub; no page needs them a second time.
html_copy_source = False

# `page.md#a-heading`, as GitHub makes them; one that is not there is an error.
myst_heading_anchors = 4

# Furo's own underlines the names of modules, as if they led somewhere.
pygments_dark_style = "github-dark"
# Of a block that names no language: it is no Python, as Sphinx would think.
highlight_language = "none"
# An argument a line where they do not fit into one.
maximum_signature_line_length = 80
# Quotes are what somebody types, mostly.
smartquotes = False

autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
napoleon_custom_sections = ["Source", "Sources"]
# Else an attribute of a dataclass is described twice.
napoleon_use_ivar = True
# What docstrings have between single backticks is code.
default_role = "literal"

nitpicky = True
nitpick_ignore_regex = [
    # Of the standard library and others: where they are described is on the network.
    (r"py:\w+", r"(collections|contextlib|datetime|httpx|pathlib|re|respx|uuid)\..+"),
    # What is given on or handed in, and nobody has to know.
    ("py:class", r"pytest_julep_secrets\.migration\.Secrets"),
    # Imported for type checkers only.
    ("py:class", "JulepServer|Traits"),
]

LINKS: Final = re.compile(r"\]\(([^):#]+)\.md\)")


def add_side_bar(app: Sphinx, docname: str, source: list[str]) -> None:
    """Give the index its tables of contents: one for each heading, of the pages that it lists.

    Sphinx wants a directive for that, which GitHub would show as code.
    """
    if docname != app.config.root_doc:
        return
    _, *sections = source[0].split("\n## ")
    for section in sections:
        caption, _, body = section.partition("\n")
        pages = "\n".join(LINKS.findall(body))
        source[0] += f"\n```{{toctree}}\n:hidden:\n:caption: '{caption}'\n{pages}\n```\n"


def unlink_folders(app: Sphinx, doctree: nodes.document) -> None:
    """Leave a link to a folder of the repository as its name: the site has no such folders."""
    page = Path(app.env.doc2path(app.env.docname))
    for link in list(doctree.findall(pending_xref)):
        target = link["reftarget"]
        if link["reftype"] == "myst" and (page.parent / target).is_dir():
            link.replace_self(nodes.literal(text=link.astext()))


def mark_examples(
    _app: Sphinx, _what: str, _name: str, _object: object, _options: object, lines: list[str]
) -> None:
    """Have an indented block of a docstring shown as code, unless it belongs to a section."""
    for at, line in reversed(list(enumerate(lines))):
        before = next((one for one in reversed(lines[:at]) if one), "")
        begins = line.startswith("    ") and at > 0 and not lines[at - 1]
        if begins and before[:1] != " " and not before.endswith(":"):
            lines[at:at] = [".. code-block:: python", ""]


def setup(app: Sphinx) -> None:
    """Tell Sphinx of all these."""
    app.connect("source-read", add_side_bar)
    app.connect("doctree-read", unlink_folders)
    # Before napoleon, at 500, makes its sections of it.
    app.connect("autodoc-process-docstring", mark_examples, priority=400)
