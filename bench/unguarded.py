"""A plugin of pytest that keeps ours from guarding hosts. It is copied beside the tests."""

from __future__ import annotations

from pytest_julep_secrets.plugin import hosts

hosts.begin = lambda state: None  # noqa: ARG005 - its name
