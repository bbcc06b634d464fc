"""The benchmarks run and report; what they measure is not judged here."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent


_FORMS = [*["`in`, 1560 needles"] * 2, "regex of pytest-mask-secrets", "`in`, plain only"]

# A peer that is not installed is left out.
_LOADED = ["http.server, canned bytes"]
if find_spec("uvicorn"):
    _LOADED.append("uvicorn + starlette, canned bytes")


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-m", "bench", *arguments],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("name", "peers"),
    [
        pytest.param("fixture", ["respx_mock", "one with a yield fixture"], id="fixture"),
        pytest.param("sdk", ["SDK on canned bytes"] * 6, id="SDK"),
        pytest.param("answer", ["SDK list() on canned bytes"] * 5, id="answer"),
        pytest.param("idle", ["without it"] * 2, id="idle"),
        pytest.param("growth", ["among 100"] * 4, id="growth"),
        pytest.param("blind", ["its logging unwatched", "the same by hand"], id="blind"),
        pytest.param("leaks", ["without our hooks", "the first 2"], id="leaks"),
        pytest.param("forms", _FORMS, id="forms"),
        pytest.param("hosts", ["unguarded"] * 4, id="hosts"),
        pytest.param("load", _LOADED, id="load"),
    ],
)
def test_every_line_names_ours_theirs_and_the_goal(
    tmp_path: Path, name: str, peers: list[str]
) -> None:
    file = tmp_path / "bench.json"

    done = bench(name, "--quick", "--json", str(file))

    assert done.returncode == 0, done.stderr
    report = json.loads(file.read_text(encoding="utf-8"))
    assert report["quick"] is True
    lines = report["lines"]
    assert peers == [line["peer"] for line in lines]
    for line, row in zip(lines, done.stdout.splitlines()[1:], strict=True):
        assert row.startswith(line["what"])
        assert row.endswith({None: "-", True: "yes", False: "no"}[line["reached"]])
        assert line["bench"] == name
        goal = line["goal"]
        assert line["reached"] is (goal and line[goal["of"]] <= goal["limit"])
        assert len(line["rounds"]) >= 2


def test_an_unknown_bench_is_refused_with_the_known_ones() -> None:
    done = bench("speed")

    assert done.returncode == 2
    assert "no bench 'speed'; there are start, idle, fixture," in done.stderr
