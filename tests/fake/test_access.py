"""Who may call."""

from __future__ import annotations

from uuid import UUID

import pytest

from pytest_julep_secrets.fake.call import Call
from pytest_julep_secrets.fake.rules.access import (
    INVALID_ACCOUNT,
    INVALID_DEVELOPER,
    OVER_LIMIT,
    Account,
    refuse_account,
    refuse_key,
)

ID = UUID("0195a000-0000-7000-8000-00000000000a")


@pytest.mark.parametrize(
    ("header", "accepted"),
    [
        ("Bearer K", True),
        ("K", True),
        ("Bearer   K", True),
        ("Bearer Bearer K", True),
        (" K ", True),
        (None, False),
        ("", False),
        ("bearer K", False),
        ("BEARER K", False),
        ("BearerK", False),
        ("Token K", False),
        ("Basic K", False),
        ("KK", False),
    ],
)
def test_key_headers(header: str | None, accepted: bool) -> None:
    assert (refuse_key(header, "K") is None) is accepted


def test_a_missing_header_is_compared_as_the_text_none() -> None:
    assert refuse_key(None, "None") is None
    assert refuse_key("", "None") is None


@pytest.mark.parametrize("header", [None, "", "anything"])
def test_without_a_key_of_its_own_the_server_takes_any(header: str | None) -> None:
    assert refuse_key(header, None) is None


@pytest.mark.parametrize(
    ("account", "method", "reply"),
    [
        (Account(), "POST", None),
        (Account(cost=2.0), "POST", None),
        (Account(cost=2.1), "POST", OVER_LIMIT),
        (Account(cost=2.1), "DELETE", OVER_LIMIT),
        (Account(cost=2.1), "GET", None),
        (Account(cost=2.1, paid=True), "POST", None),
        (Account(active=False), "GET", INVALID_ACCOUNT),
        (Account(active=False, paid=True), "POST", INVALID_ACCOUNT),
        (Account(active=False, has_usage=False), "POST", None),
        (Account(cost=9.0, has_usage=False), "POST", None),
    ],
)
def test_accounts(account: Account, method: str, reply: object) -> None:
    call = Call(method, "/nope", headers={"x-developer-id": str(ID)})

    assert refuse_account(call, {ID: account}) is reply


@pytest.mark.parametrize(
    ("header", "reply"),
    [
        ("nope", INVALID_DEVELOPER),
        (" ", INVALID_DEVELOPER),
        ("", None),
        # Python reads ids that validation refuses later on.
        ("0195a00000007000800000000000-000a", None),
        (f"{{{ID}}}", None),
        ("0195a000-0000-7000-8000-0000000000ff", None),
    ],
)
def test_the_developers_id(header: str, reply: object) -> None:
    assert refuse_account(Call("POST", "/", headers={"x-developer-id": header}), {}) is reply
