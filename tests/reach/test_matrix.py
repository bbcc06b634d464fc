"""Whenever a client is built, of whatever kind and for whatever base: it reaches the fake."""

from __future__ import annotations

import importlib.util
import itertools
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pytest_julep_secrets import MockSecrets
from reach.clients import BASES, KINDS, NAME, Kind

Build = Callable[[], Any]


def before(build: Build, use: Callable[[Any], None], secrets: MockSecrets) -> None:
    client = build()
    with secrets:
        use(client)


def during(build: Build, use: Callable[[Any], None], secrets: MockSecrets) -> None:
    with secrets:
        use(build())


def used_before(build: Build, use: Callable[[Any], None], secrets: MockSecrets) -> None:
    """As in a session fixture: an earlier test, with a fake of its own, has used it too."""
    client = build()
    with MockSecrets():
        use(client)
    with secrets:
        use(client)


def in_a_thread(build: Build, use: Callable[[Any], None], secrets: MockSecrets) -> None:
    failures: list[BaseException] = []

    def run() -> None:
        try:
            use(build())
        except BaseException as error:  # noqa: BLE001 - a thread would keep it to itself
            failures.append(error)

    with secrets:
        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
    assert failures == []


def at_import(build: Build, use: Callable[[Any], None], secrets: MockSecrets) -> None:
    source = Path(__file__).with_name("built_at_import.py")
    spec = importlib.util.spec_from_file_location("built_at_import", source)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    module.__dict__["build"] = build
    spec.loader.exec_module(module)
    with secrets:
        use(module.CLIENT)


MOMENTS = (before, during, used_before, in_a_thread, at_import)

# None is impossible: every kind takes every base, at any moment.
CELLS = list(itertools.product(MOMENTS, KINDS, BASES))


@pytest.mark.parametrize(
    ("moment", "kind", "base"),
    [
        pytest.param(moment, kind, base, id=f"{moment.__name__}-{kind.name}-{base}")
        for moment, kind, base in CELLS
    ],
)
def test_it_reaches_the_fake(
    moment: Callable[..., None], kind: Kind, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    options, variable = BASES[base]
    monkeypatch.delenv("JULEP_BASE_URL", raising=False)
    if variable:
        monkeypatch.setenv("JULEP_BASE_URL", variable)
    secrets = MockSecrets()

    moment(lambda: kind.build(api_key="sk-fake-key", **options), kind.use, secrets)

    # A conflict with default retries: six requests, none of which slept.
    asked = [(call.operation, call.attempt) for call in secrets.calls]
    conflict = [("create", attempt) for attempt in (1, 2, 3, 4, 5, 6)]
    assert asked == [("create", 1), *conflict, ("list", 1), ("update", 1), ("delete", 1)]
    assert [call.status for call in secrets.calls] == [201, *[409] * 6, 200, 200, 202]
    assert NAME not in secrets


def test_the_matrix_has_all_its_cells() -> None:
    assert len(CELLS) == 5 * 5 * 8
