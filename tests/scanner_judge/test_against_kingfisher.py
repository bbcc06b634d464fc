"""Our rules against the examples of a scanner that nobody here has written: Kingfisher.

Runs in the nox session `scanner`, which installs it; elsewhere it is skipped. Prints hits and
misses by rule, never an example.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from pytest_julep_secrets.guards.credentials import RULES, credential_rule

kingfisher = pytest.importorskip("kingfisher")
yaml = pytest.importorskip("yaml")

# Before tokens in the examples expire.
NOW: Final = 1_600_000_000.0

# Which of its rules are for the kinds of ours.
SAME: Final[dict[str, str]] = {
    "stripe-live-key": "stripe.2",
    "aws-access-key-id": "aws.1",
    "github-token": "github.2 github.3 github.4 github.5 github.6 github.9",
    "github-fine-grained-token": "github.1",
    "gitlab-token": " ".join(f"gitlab.{number}" for number in range(1, 15)),
    "slack-token": "slack.2",
    "slack-app-token": "slack.1",
    "slack-webhook": "slack.4",
    "openai-key": "openai.1 openai.2 openai.3",
    "anthropic-key": "anthropic.1 anthropic.2",
    "google-api-key": "google.7 youtube.1",
    "google-oauth-secret": "google.2 google.4 google.6 google.oauth2.1",
    "private-key": "pem.1 privkey.1 privkey.2",
    "private-key-base64": "pem.2",
    "jwt": "jwt.1",
    "database-url": "jdbc.1 mongodb.3 mysql.1 oracle.1 postgres.1 rabbitmq.1 redis.1 redshift.1",
}
# Of other services, whose keys are of one of our kinds all the same.
ALSO: Final = (
    "aws.2 carto.1 coinbase.2 drone.1 highnote.1 lemonsqueezy.1 scalr.1 temporal.1 workos.1"
)

FOUND_AT_LEAST: Final = 0.7


def rules() -> Iterator[tuple[str, list[str], list[str]]]:
    """Give id, examples and negative examples of each of its rules, as its program holds them."""
    (program,) = Path(kingfisher.__file__).parent.glob("bin/kingfisher")
    data = program.read_bytes()
    begins = [found.start() for found in re.finditer(rb"rules:\n(?:\s*#.*\n)*\s*- ", data)]
    for begin, end in zip(begins, [*begins[1:], len(data)], strict=True):
        for rule in read(data[begin : min(end, begin + 50_000)]):
            yield (
                rule["id"].removeprefix("kingfisher."),
                [str(one) for one in rule.get("examples") or []],
                [str(one) for one in rule.get("negative_examples") or []],
            )


def read(data: bytes) -> list[dict[str, Any]]:
    """Read YAML that is followed by something else."""
    lines = data.partition(b"\0")[0].decode(errors="ignore").splitlines()
    while lines:
        try:
            return [rule for rule in yaml.safe_load("\n".join(lines))["rules"] if "id" in rule]
        except (yaml.YAMLError, TypeError, KeyError):
            lines.pop()
    return []


@pytest.fixture(scope="module")
def theirs() -> list[tuple[str, list[str], list[str]]]:
    return list(rules())


def test_what_it_takes_for_a_credential_we_do_mostly(theirs: list[Any]) -> None:
    of = {id_: name for name, ids in SAME.items() for id_ in ids.split()}
    hits, misses, missed = Counter[str](), Counter[str](), Counter[str]()
    for id_, examples, _ in theirs:
        for example in examples if id_ in of else []:
            is_hit = credential_rule(example, NOW) is not None
            (hits if is_hit else misses)[of[id_]] += 1
            missed[id_] += not is_hit

    print(f"\n{'rule':28}{'hits':>5}{'misses':>8}  of")
    for name, ids in SAME.items():
        which = ", ".join(f"{id_} ({missed[id_]})" for id_ in ids.split() if missed[id_])
        print(f"{name:28}{hits[name]:5}{misses[name]:8}  {which}")
    print(f"{'all':28}{hits.total():5}{misses.total():8}")
    assert {rule.name for rule in RULES} == set(SAME)
    assert all(hits[name] for name in SAME)
    assert hits.total() >= FOUND_AT_LEAST * (hits.total() + misses.total())


def test_nothing_else_of_it_looks_real_to_us(theirs: list[Any]) -> None:
    ours = {*" ".join(SAME.values()).split(), *ALSO.split()}
    alarms: list[str] = []
    count = 0
    for id_, examples, negative in theirs:
        for example in [*negative, *(examples if id_ not in ours else [])]:
            count += 1
            if credential_rule(example, NOW) is not None and id_ not in ours:
                alarms.append(id_)

    print(f"\nfalse alarms: {len(alarms)} of {count}")
    assert count > 500
    assert alarms == []
