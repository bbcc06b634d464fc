"""Pages are tests: the Python blocks of one are a module, which pytest collects as any other.

What fails is told with its page and line. Sybil finds the blocks, and runs them.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import ModuleType
from unittest import SkipTest

import pytest


class Page(pytest.Module):
    """A page whose Python blocks are a module."""

    def _getobj(self) -> ModuleType:
        # This file is read where no page is run, too, and Sybil is not there.
        from sybil.document import Document  # noqa: PLC0415
        from sybil.parsers.myst import PythonCodeBlockParser, SkipParser  # noqa: PLC0415

        document = Document.parse(str(self.path), PythonCodeBlockParser(), SkipParser())
        module = ModuleType(re.sub(r"\W", "_", self.nodeid))
        # Where dataclasses, for one, look for it.
        sys.modules[module.__name__] = module
        document.namespace = vars(module)
        for example in document.examples():
            try:
                example.evaluate()
            except SkipTest:
                # `<!-- skip: next "why" -->` stands above it.
                continue
        return module


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> Page | None:
    """Collect the pages that have Python blocks."""
    if file_path.suffix != ".md" or "```python\n" not in file_path.read_text(encoding="utf-8"):
        return None
    page: Page = Page.from_parent(parent, path=file_path)
    return page
