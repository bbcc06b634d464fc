"""From a call to checked parameters."""

from __future__ import annotations

import pytest

from fake.asking import UNKNOWN_ID
from pytest_julep_secrets.fake.call import Call
from pytest_julep_secrets.fake.request import Exchange, read_body, read_parameters
from pytest_julep_secrets.fake.rules.replies import Detail

VALUE = "sk-fake-1f9c27d4"


def read(call: Call, operation: str, secret_id: str = "") -> tuple[Exchange, list[Detail]]:
    exchange = Exchange(call, operation)
    details: list[Detail] = []
    if call.body:
        read_body(exchange)
    read_parameters(exchange, secret_id, details)
    return exchange, details


@pytest.mark.parametrize(
    ("query", "limit", "offset"),
    [
        pytest.param("", 100, 0, id="defaults"),
        pytest.param("limit=5", 5, 0, id="limit"),
        pytest.param("limit=5&limit=6&offset=1&offset=2", 6, 2, id="the last one wins"),
        pytest.param("limit=%2B7&offset=%208%20", 7, 8, id="percent-encoded"),
        pytest.param("limit=+7", 7, 0, id="a plus is a space"),
        pytest.param("Limit=5&metadata=x&sort_by=name", 100, 0, id="others are ignored"),
        pytest.param("limit=-1&offset=1_0", -1, 10, id="left to the database"),
    ],
)
def test_paging(query: str, limit: int, offset: int) -> None:
    exchange, details = read(Call("GET", "/secrets", query), "list")

    assert details == []
    assert (limit, offset) == (exchange.limit, exchange.offset)


def test_mistakes_in_paging_come_all_at_once_with_what_was_sent() -> None:
    _, details = read(Call("GET", "/secrets", "offset=&limit=a%20b"), "list")

    assert [(detail["loc"], detail["received"]) for detail in details] == [
        ("query.limit", "a b"),
        ("query.offset", ""),
    ]


@pytest.mark.parametrize("operation", ["create", "update", "delete"])
def test_only_a_list_has_paging(operation: str) -> None:
    body = f'{{"name": "k", "value": "{VALUE}"}}'.encode()

    _, details = read(Call("POST", "/secrets", "limit=x", {}, body), operation)

    assert details == []


def test_an_id_is_kept_as_the_server_writes_it() -> None:
    exchange, _ = read(Call("DELETE", "/"), "delete", UNKNOWN_ID.upper().replace("-", ""))

    assert exchange.id == UNKNOWN_ID


def test_a_name_is_known_only_if_it_is_one() -> None:
    """What is no name may be a value in the wrong place."""
    right, _ = read(Call("POST", "/", "", {}, b'{"name": "k", "value": "v"}'), "create")
    wrong, _ = read(Call("POST", "/", "", {}, b'{"name": "sk-fake", "value": "v"}'), "create")

    assert (right.name, wrong.name) == ("k", None)


def test_the_repr_of_an_exchange_holds_no_value() -> None:
    body = f'{{"name": "k", "value": "{VALUE}", "metadata": {{"a": "{VALUE}"}}}}'.encode()
    call = Call("POST", "/secrets", VALUE, {"authorization": VALUE}, body)

    exchange, _ = read(call, "create")

    assert exchange.fields.value == VALUE
    assert VALUE not in repr(exchange)
