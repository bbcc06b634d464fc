"""Names against the convention, and those that are only nearly what Julep looks up."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_julep_secrets.guards.naming import naming_fault
from pytest_julep_secrets.llm_keys import DOCUMENTED, NAMES

PAGE = Path(__file__).parents[2] / "docs/how-to/names.md"


@pytest.mark.parametrize(
    "name",
    [
        "stripe_secret_key",
        "token",
        "key2",
        "s3_key",
        "a_1",
        "anthropic_api_key",
        *NAMES,
        *DOCUMENTED,
    ],
)
def test_a_name_as_the_guide_wants_it(name: str) -> None:
    assert naming_fault(name) is None


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("StripeKey", "stripe_key"),
        ("stripeKey2", "stripe_key2"),
        ("AWSAccessKey", "aws_access_key"),
        ("STRIPE_SECRET_KEY", "stripe_secret_key"),
        ("stripe__key", "stripe_key"),
        ("stripe_key_", "stripe_key"),
        ("A", "a"),
    ],
)
def test_any_other_is_told_a_better_one(name: str, better: str) -> None:
    fault = naming_fault(name)

    assert fault == ("off", f"Secret name '{name}' is not in snake_case: that is '{better}'.")


@pytest.mark.parametrize("name", ["openai_api_key", "OpenAI_API_Key", "Gemini_api_key"])
def test_a_key_in_the_wrong_case_is_told_by_default(name: str) -> None:
    message = f"Secret name '{name}' is not the one that Julep looks up for models: "

    assert naming_fault(name) == ("warn", f"{message}that is '{name.upper()}'.")


@given(st.text("abyzAPIKey019__", max_size=20).map("k{}".format))
def test_a_better_name_is_a_good_one(name: str) -> None:
    fault = naming_fault(name)

    if fault is not None:
        *_, better = re.findall("'([^']*)'", fault.message)
        assert naming_fault(better) is None or better.upper() in NAMES


def test_the_page_tells_what_is_told() -> None:
    rows = re.findall(
        r"^\|.*\| (`.*`) \| `(.*)` \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )

    assert len(rows) == 4
    for names, better in rows:
        for name in re.findall("`(.+?)`", names):
            fault = naming_fault(name)
            assert fault is not None
            assert f"'{better}'" in fault.message
