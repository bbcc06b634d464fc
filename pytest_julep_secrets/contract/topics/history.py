"""Long histories: whatever came before, each answer is the one of a simple model."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_julep_secrets.contract.caller import Caller


class HistoryPromises:
    """Random requests, one after the other, to the target and to a model of it."""

    def test_any_history(self, api: Caller) -> None:
        """Creates, lists, updates, renames and deletes, in any order, are answered as by a model.

        Source: recordings `scenario-random-*`.
        """
        pytest.importorskip("hypothesis", reason="hypothesis is not installed: pip install it")
        from pytest_julep_secrets.contract.machine import run

        run(api)

    def test_a_rotation(self, api: Caller) -> None:
        """A secret is rotated by way of a second one that takes over its name.

        Source: recording `scenario-rotation`.
        """
        old = api.create("key", metadata={"a": 1})
        new = api.create("key_new")
        api.delete(old)

        shown: dict[str, Any] = api.update(new, name=old["name"])

        assert (shown["id"], shown["name"], shown["metadata"]) == (new["id"], old["name"], None)
        assert [secret["id"] for secret in api.own()] == [new["id"]]
