"""Names the database takes."""

from __future__ import annotations

import random
from string import ascii_letters, digits

import pytest

from pytest_julep_secrets.fake.rules.names import fits_index, is_valid


@pytest.mark.parametrize("name", ["k", "API_KEY", "a__b", "prod_x", "class", "a1", "k" * 10_000])
def test_valid(name: str) -> None:
    assert is_valid(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "1a",
        "_a",
        "a-b",
        "a.b",
        "a b",
        " a",
        "a\n",
        "na\xefve",
        "\u0438",
        "a\u0663",
        "\u0131d",
        "a$",
    ],
)
def test_invalid(name: str) -> None:
    assert not is_valid(name)


def incompressible(length: int) -> str:
    return "n" + "".join(random.Random(1).choices(ascii_letters + digits, k=length - 1))


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        pytest.param(incompressible(2676), True, id="the longest that needs no luck"),
        pytest.param(incompressible(2677), False, id="one more"),
        pytest.param("k" * 10_000, True, id="equal letters"),
        pytest.param("k" * 200_000, True, id="very many equal letters"),
        pytest.param(incompressible(40) * 250, True, id="a repeated block"),
        # pglz gives up if it has saved nothing after 1024 bytes.
        pytest.param(incompressible(1200) + "k" * 9000, False, id="compressible too late"),
        pytest.param(incompressible(900) + "k" * 9000, True, id="compressible in time"),
    ],
)
def test_a_long_name_fits_if_it_compresses(name: str, fits: bool) -> None:
    assert fits_index(name) is fits
