"""Where a database is, and by which password."""

from __future__ import annotations

import pytest

from pytest_julep_secrets.guards.databases import is_local, leads_to_a_real_database


@pytest.mark.parametrize(
    "host",
    [
        "",
        "localhost",
        "LOCALHOST",
        "localhost.",
        "app.localhost",
        "db",
        "my-postgres",
        "127.0.0.1",
        "127.1.2.3",
        "0.0.0.0",  # noqa: S104
        "::1",
        "[::1]",
        "::",
        "192.0.2.1",
        "198.51.100.9",
        "203.0.113.200",
        "2001:db8::9",
        "db.local",
        "db.prod.svc.cluster.local",
        "db.test",
        "db.example",
        "db.invalid",
        "example.com",
        "db.example.com",
        "db.example.net",
        "host.docker.internal",
        "host.containers.internal",
        "your-db.acme.io",
        "hostname.acme.io",
        "{host}.acme.io",
        "$HOST.acme.io",
    ],
)
def test_this_computer_a_container_and_nowhere_are_local(host: str) -> None:
    assert is_local(host)
    assert not leads_to_a_real_database("app", "k7Tq-1zPw", host)


@pytest.mark.parametrize(
    "host",
    [
        "db.acme.io",
        "DB.ACME.IO.",
        "10.0.0.1",
        "172.17.0.2",
        "192.168.1.1",
        "8.8.8.8",
        "2a01:4f8::1",
        "[2a01:4f8::1]",
        "fd00::1",
        "db.internal",
        "latest.acme.io",
        "localhost.acme.io",
        "test.acme.io",
    ],
)
def test_other_hosts_are_not(host: str) -> None:
    assert not is_local(host)
    assert leads_to_a_real_database("app", "k7Tq-1zPw", host)


def test_a_password_counts_as_it_is_when_decoded() -> None:
    assert leads_to_a_real_database("app", "%6B7Tq-1zPw", "db.acme.io")
    assert not leads_to_a_real_database("app", "%70assword", "db.acme.io")
    assert not leads_to_a_real_database("%61pp", "app", "db.acme.io")
