"""Whatever the package consists of has its place in the design."""

from __future__ import annotations

import pytest

from docs.pages import ROOT, code, table

DESIGN = "explanation/design.md"
PACKAGE = ROOT / "pytest_julep_secrets"


@pytest.mark.parametrize(
    ("header", "folder"),
    [("layer, the lowest first | what it is", ""), ("in `fake`, likewise | what it is", "fake")],
)
def test_every_module_is_in_the_design(header: str, folder: str) -> None:
    told = [name.rstrip("/") for row in table(DESIGN, header) for name in code(row[0])]
    there = {
        path.stem
        for path in (PACKAGE / folder).iterdir()
        if (path.suffix == ".py" or (path / "__init__.py").exists()) and path.stem != "__init__"
    }

    assert sorted(told) == sorted(there)
