"""What the list promises."""

from __future__ import annotations

import pytest

from pytest_julep_secrets.contract.caller import Caller
from pytest_julep_secrets.contract.replies import parsed, same, unstorable

_MOST = 2**63 - 1
_WINDOW = "limit=20"


class ListPromises:
    """`GET /secrets`."""

    def test_newest_first(self, api: Caller) -> None:
        """The list is in the order of creation, the newest first; names do not count.

        Source: recordings `list-order`, `list-order-not-by-name`.
        """
        made = [api.create(tail)["id"] for tail in ("b", "c", "a")]

        assert [secret["id"] for secret in api.own()] == made[::-1]

    def test_an_update_moves_nothing(self, api: Caller) -> None:
        """An updated secret stays where it is in the list.

        Source: recording `list-after-update`.
        """
        made = [api.create(tail) for tail in ("a", "b")]
        api.update(made[0])

        assert [secret["id"] for secret in api.own()] == [made[1]["id"], made[0]["id"]]

    def test_a_limit_and_an_offset_cut_a_page(self, api: Caller) -> None:
        """`limit` gives so many, `offset` leaves so many of the newest out.

        Source: recordings `list-query-limit_eq_1`, `list-query-offset_eq_1`,
        `list-query-limit_eq_1_and_offset_eq_1`, `sdk-list-paging`.
        """
        for tail in "abcde":
            api.create(tail)

        for limit, offset in ((1, 0), (2, 1), (3, 2), (5, 0), (1, 4)):
            window, page = api.steady(_WINDOW, f"limit={limit}&offset={offset}")
            assert same(page, window[offset : offset + limit])

    @pytest.mark.parametrize("query", ["limit=0", f"offset={_MOST}", f"limit=0&offset={_MOST}"])
    def test_an_empty_page(self, api: Caller, query: str) -> None:
        """A limit of 0, and an offset behind the end, give an empty list.

        Source: recordings `list-query-limit_eq_0`, `list-query-offset_eq_9223372036854775807`,
        `list-query-limit_eq_0_and_offset_eq_5`.
        """
        api.create()

        assert api.page(query) == []

    def test_a_page_has_a_hundred(self, api: Caller) -> None:
        """Without a limit a page has 100; a limit above that is honoured, and so is 2**63 - 1.

        Source: recordings `list-default-limit-100`, `list-105-limit-105`, `list-105-offset-100`,
        `list-query-limit_eq_9223372036854775807`.
        """
        for number in range(101 - len(api.page("limit=101"))):
            api.create(str(number))

        window, page = api.steady("limit=101", "")
        assert len(window) == 101
        assert same(page, window[:100])
        window, rest = api.steady("limit=101", "limit=1&offset=100")
        assert same(rest, window[100:])
        assert len(api.page(f"limit={_MOST}&offset=100")) > 0

    @pytest.mark.parametrize(
        "query",
        [
            *("limit=-1", "offset=-1", "limit=-1&offset=-1", "limit=9223372036854775808"),
            *("offset=9223372036854775808", "limit=-9223372036854775809"),
        ],
    )
    def test_numbers_that_the_database_cannot_take(self, api: Caller, query: str) -> None:
        """A limit or an offset below 0 or beyond 64 bits is a 400.

        Source: recordings `list-query-limit_eq_-1`, `list-query-offset_eq_-1`,
        `list-query-limit_eq_9223372036854775808`, `list-query-limit_eq_-1_and_offset_eq_-1`,
        `list-query-limit_eq_-9223372036854775809`, `sdk-list-negative`.
        """
        assert same(parsed(api.send("GET", query=query), 400), unstorable("list"))

    @pytest.mark.parametrize(
        "text",
        ["abc", "", "1.5", "1e2", "true", "0x10", "NaN", "%25", "1__0", "_1", "1_", "--1", "-"],
    )
    @pytest.mark.parametrize("key", ["limit", "offset"])
    def test_what_is_no_integer(self, api: Caller, key: str, text: str) -> None:
        """A limit or an offset that is no integer is a 422 of that place, and echoed.

        Source: recordings `list-query-limit_eq_abc`, `list-query-limit_eq_1.5`,
        `list-query-offset_eq_abc`, `list-query-limit_eq_`; pydantic-core 2.27.2.
        """
        (detail,) = api.mistakes(api.send("GET", query=f"{key}={text}"))

        assert detail["type"] == "int_parsing"
        assert detail["loc"] == f"query.{key}"
        assert detail["received"] == text.replace("%25", "%")

    def test_a_number_of_too_many_digits(self, api: Caller) -> None:
        """5,000 digits are a 422 of another type.

        Source: recording `list-query-limit-5000-digits`.
        """
        (detail,) = api.mistakes(api.send("GET", query=f"limit={'9' * 5000}"))

        assert detail["type"] == "int_parsing_size"

    def test_both_mistakes_are_told(self, api: Caller) -> None:
        """A bad limit and a bad offset are told together, the limit first.

        Source: recording `list-query-limit_eq_abc_and_offset_eq_xyz`.
        """
        details = api.mistakes(api.send("GET", query="offset=xyz&limit=abc"))

        assert [detail["loc"] for detail in details] == ["query.limit", "query.offset"]

    @pytest.mark.parametrize("text", ["1", "1.0", "01", "%2B1", "%201%20", "0_1", "+1+", "%0A1"])
    def test_ways_to_write_an_integer(self, api: Caller, text: str) -> None:
        """A plus, leading zeros, spaces around, and a fraction of zeros make no difference.

        Source: recordings `list-query-limit_eq_1.0`, `list-query-limit_eq_01`,
        `list-query-limit_eq_pct2B1`; pydantic-core 2.27.2.
        """
        api.create()

        assert len(api.page(f"limit={text}")) == 1

    def test_a_minus_before_zero(self, api: Caller) -> None:
        """-0 is 0.

        Source: recording `list-query-limit_eq_-0`.
        """
        assert api.page("limit=-0") == []

    def test_the_last_of_a_parameter_counts(self, api: Caller) -> None:
        """Of a parameter that is given twice, the last counts.

        Source: recording `list-query-limit_eq_1_and_limit_eq_2`.
        """
        for tail in "abc":
            api.create(tail)

        assert len(api.page("limit=1&limit=2")) == 2

    @pytest.mark.parametrize(
        "query",
        [
            *("name=no_such_name", "metadata=%7B%22a%22%3A1%7D", "metadata[a]=b", "decrypt=true"),
            *("sort_by=name&direction=asc", "Limit=1", "limit[]=1"),
        ],
    )
    def test_there_is_no_filter(self, api: Caller, query: str) -> None:
        """Names, metadata and orders in the query are ignored, as all that is not known.

        Source: recordings `list-query-name_eq_first`, `list-query-Limit_eq_1`,
        `list-query-metadata[environment]_eq_production`, `list-query-limit[]_eq_1`,
        `list-query-sort_by_eq_name_and_direction_eq_asc`.
        """
        for tail in "ab":
            api.create(tail)

        window, page = api.steady("limit=100", query)

        assert same(page, window)

    def test_a_body_is_ignored(self, api: Caller) -> None:
        """A list with a body is a list.

        Source: recording `list-body-ignored`.
        """
        response = api.send("GET", json={"limit": 0}, query="limit=1")

        assert isinstance(parsed(response, 200), list)
