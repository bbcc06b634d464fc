"""Every promise says what holds, and where that is known from."""

from __future__ import annotations

import re
from collections import Counter
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from replay import load_cases

import pytest_julep_secrets.fake.rules as rules_package
from pytest_julep_secrets.contract import SecretsContract
from pytest_julep_secrets.contract.promises import promises_of

PROMISES: Final = promises_of(SecretsContract)
CASES: Final = {case["id"] for case in load_cases()}
RECORDING: Final = re.compile(r"`([a-z][^`.]*-[^`]+)`")
# Which topics hold which file of the fake's rules to its word.
TOPICS: Final = {
    "access": {"KeyPromises", "DeveloperPromises"},
    "body": {"BodyPromises"},
    "cors": {"OriginPromises"},
    "fields": {"FieldPromises"},
    "jsonb": {"MetadataPromises"},
    "names": {"CreatePromises", "UpdatePromises"},
    "params": {"ListPromises", "FieldPromises"},
    "replies": {"FieldPromises", "CreatePromises"},
    "routes": {"RoutePromises"},
}


def test_a_promise_says_what_holds_and_why() -> None:
    silent = [
        promise.name
        for promise in PROMISES
        if not promise.text.endswith(".") or not promise.source.endswith(".")
    ]

    assert silent == []


def test_no_promise_hides_another() -> None:
    names = Counter(promise.name for promise in PROMISES)

    assert [name for name, times in names.items() if times > 1] == []


def test_the_recordings_that_are_named_are_there() -> None:
    named = {name for promise in PROMISES for name in RECORDING.findall(promise.source)}
    named = {name for name in named if name.split("-")[0] in {case.split("-")[0] for case in CASES}}

    assert len(named) > 150
    assert [name for name in named if not _recorded(name)] == []


def test_every_file_of_rules_is_held_to_its_word() -> None:
    files = {path.stem for path in Path(rules_package.__path__[0]).glob("[a-z]*.py")}

    # What a test plans to go wrong is nothing that a server promises.
    assert set(TOPICS) == files - {"failures"}
    assert set().union(*TOPICS.values()) <= {promise.topic for promise in PROMISES}


def _recorded(name: str) -> bool:
    # A bracket stands for itself in a recording's name.
    pattern = name.replace("[", "[[]")
    return any(fnmatchcase(case, pattern) for case in CASES)
