from __future__ import annotations

import names
import pytest


def test_a_name_that_is_valid_gets_a_prefix() -> None:
    assert names.assign(["db", "Mail_2"], {}) == ({"db": "aws_db", "Mail_2": "aws_Mail_2"}, {})


def test_a_name_may_be_chosen() -> None:
    assert names.assign(["test/db"], {"test/db": "test_db"}) == ({"test/db": "test_db"}, {})


def test_what_is_not_valid_is_told_with_a_name_that_is() -> None:
    chosen = {"a@b.example": "1st", "x": "-"}
    given, reasons = names.assign(["a@b.example", "test/db", "x"], chosen)

    assert given == {}
    assert reasons == {
        "a@b.example": "'1st' is not valid in Julep; 'aws_1st' is",
        "test/db": "'aws_test/db' is not valid in Julep; 'aws_test_db' is",
        "x": "'-' is not valid in Julep; 'aws' is",
    }


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("/app/db", "aws_app_db"),
        ("app/", "aws_app"),
        ("a+=.@-b", "aws_a_b"),
        ("a__b/", "aws_a_b"),
        ("/", "aws"),
    ],
)
def test_the_name_that_is_offered_is_near(name: str, offered: str) -> None:
    _, reasons = names.assign([name], {})

    assert reasons[name].endswith(f"; '{offered}' is")


def test_no_name_is_offered_twice() -> None:
    given, reasons = names.assign(["test-db", "test/db", "test_db"], {})

    assert given == {"test_db": "aws_test_db"}
    assert reasons == {
        "test-db": "'aws_test-db' is not valid in Julep; 'aws_test_db_2' is",
        "test/db": "'aws_test/db' is not valid in Julep; 'aws_test_db_3' is",
    }


def test_of_two_with_the_same_name_none_gets_it() -> None:
    given, reasons = names.assign(["test_db", "test/db", "x"], {"test/db": "aws_test_db"})

    assert given == {"x": "aws_x"}
    assert set(reasons) == {"test_db", "test/db"}
    assert set(reasons.values()) == {"'aws_test_db' would be the name of 2 secrets"}


def test_upper_and_lower_case_are_distinct_in_both() -> None:
    assert names.assign(["DB", "db"], {}) == ({"DB": "aws_DB", "db": "aws_db"}, {})
