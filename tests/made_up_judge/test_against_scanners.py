"""What Faker makes up against scanners that nobody here has written; prints their hits by kind.

Runs in the nox session `made_up`, which installs them; elsewhere it is skipped.
"""

from __future__ import annotations

import json
from collections import Counter
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from random import Random
from typing import Final

import pytest
from guards.credentials import POSITIVE

from made_up_judge.scanners import SCANNERS, is_by_pattern
from pytest_julep_secrets.guards.credentials import credential_rule
from pytest_julep_secrets.made_up import KINDS

MANY: Final = 10_000
CONTROL: Final = "control.txt"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two files a kind: values as lines, and as what is set; one of what does look real."""
    folder = tmp_path_factory.mktemp("judge") / "files"
    folder.mkdir()
    for name, kind in KINDS.items():
        random = Random(name)
        made = [kind.make(random) for _ in range(MANY)]
        assert [value for value in made if credential_rule(value, 0)] == []
        (folder / f"{name}.lines.txt").write_text("\n".join(made))
        (folder / f"{name}.set.txt").write_text(
            "".join(f"value = {json.dumps(value)}\n" for value in made)
        )
    real = [text for texts in POSITIVE.values() for text in texts()]
    (folder / CONTROL).write_text("\n".join(real))
    return folder


@pytest.mark.parametrize("scanner", SCANNERS)
def test_no_scanner_knows_any(scanner: str, folder: Path) -> None:
    try:
        which = f"{scanner} {version(scanner)}"
    except PackageNotFoundError:
        pytest.skip(f"{scanner} is not installed")

    hits = SCANNERS[scanner](folder)

    control = sum(count for (_, file), count in hits.items() if file == CONTROL)
    patterns: Counter[str] = Counter()
    print(f"\n{which}: {control} in what looks real; of {MANY:,} a kind and a file")
    for (rule, file), count in sorted(hits.items()):
        if file != CONTROL:
            patterns[rule] += count if is_by_pattern(rule) else 0
            print(f"  {file:34}{rule:36}{count:7,}")
    print(f"  by a pattern: {patterns.total()}")
    assert control >= 10
    assert patterns.total() == 0
