"""The fidelity certificate: what the fake was held to, as a file that ships."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from typing import Any, Final

from pytest_julep_secrets.contract.deviations import DEVIATIONS

FILE: Final = "fidelity.json"


def build(
    server: Mapping[str, Any], exchanges: Mapping[str, int], topics: Sequence[str]
) -> dict[str, Any]:
    """Put a certificate together.

    Args:
        server: What was recorded: its name, branch, commit, date, versions.
        exchanges: How many were recorded, by area.
        topics: The topic of each promise.
    """
    promises = Counter(topic.removesuffix("Promises").lower() for topic in topics)
    return {
        "server": {key: value for key, value in server.items() if key not in {"date", "sdk"}},
        "recorded": {
            "date": server["date"],
            "sdk": server["sdk"],
            "exchanges": sum(exchanges.values()),
            "by_area": dict(exchanges),
        },
        "contract": {"promises": sum(promises.values()), "by_topic": dict(promises)},
        "deviations": [deviation._asdict() for deviation in DEVIATIONS],
    }


def text_of(certificate: Mapping[str, Any]) -> str:
    """Write a certificate as the file that ships."""
    return json.dumps(certificate, indent=2, ensure_ascii=False) + "\n"


def shipped() -> str:
    """Return the certificate that ships, as it stands in its file."""
    return resources.files(__package__).joinpath(FILE).read_text(encoding="utf-8")


def readable(certificate: Mapping[str, Any]) -> Iterator[str]:
    """Tell a certificate in lines for people."""
    server, recorded = certificate["server"], certificate["recorded"]
    contract = certificate["contract"]
    versions = ", ".join(f"{name} {version}" for name, version in server["versions"].items())
    yield f"Server: {server['name']}, branch {server['branch']}, commit {server['commit']}"
    yield f"        on {versions}"
    yield f"Recorded: {recorded['exchanges']} exchanges, {recorded['date']}, SDK {recorded['sdk']}"
    yield f"          {_counted(recorded['by_area'])}"
    yield f"Contract: {contract['promises']} promises"
    yield f"          {_counted(contract['by_topic'])}"
    yield f"Known deviations: {len(certificate['deviations'])}"
    for deviation in certificate["deviations"]:
        yield f"  {deviation['name']}: {deviation['what']}"
        yield f"    Why: {deviation['why']}"


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())
