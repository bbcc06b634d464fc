"""What looks like a real credential, in texts of any size."""

from __future__ import annotations

import json

import pytest
from guards.credentials import NEGATIVE, NOW, POSITIVE, some
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_julep_secrets.artefacts.credentials import (
    Credential,
    find_credentials,
    without_credentials,
)
from pytest_julep_secrets.guards.credentials import credential_rule

EXAMPLES = [
    pytest.param(rule, text, id=f"{rule} {number}")
    for rule, texts in POSITIVE.items()
    for number, text in enumerate(texts())
]


def found(text: str | bytes, size: int = 1 << 16) -> list[Credential]:
    data = text.encode() if isinstance(text, str) else text
    return list(find_credentials((data[at : at + size] for at in range(0, len(data), size)), NOW))


def rules(text: str | bytes) -> list[str]:
    return [one.rule for one in found(text)]


@pytest.mark.parametrize(("rule", "text"), EXAMPLES)
def test_what_looks_real_is_found_wherever_a_value_stands(rule: str, text: str) -> None:
    around = ["{}", "key={}\n", "key: '{}',", "<a b='{}'/>", "{}\n{}", "\x1b[31m{}\x1b[0m", "é {}."]
    for one in around:
        assert set(rules(one.replace("{}", text))) == {rule}
    for escaped in (json.dumps(f"é\n{text}\n"), repr({"a": f"b\t{text}"}), json.dumps([text])):
        assert rule in rules(escaped)


@pytest.mark.parametrize("rule", NEGATIVE)
def test_what_does_not_is_not(rule: str) -> None:
    texts = NEGATIVE[rule]()

    assert rules("\n".join(texts)) == []
    assert [text for text in texts if rules(f'"{text}"')] == []


def test_what_redaction_writes_is_none() -> None:
    url = "postgres://app:{}@db.acme.io/app"

    assert rules(url.format("k7Tq-1zPw")) == ["database-url"]
    assert rules(url.format("REDACTED:db_password")) == []


def test_the_place() -> None:
    key = "sk_live_" + some(24)
    text = f"é\r\n€ a={key} {key}\n\n  {key}"
    starts = [at for at in range(len(text)) if text.startswith(key, at)]

    assert [(one.start, one.end) for one in found(text)] == [
        (len(text[:at].encode()), len(text[:at].encode()) + len(key)) for at in starts
    ]


def test_a_name_is_shown_without_them() -> None:
    key, url = "sk_live_" + some(24), "postgres://app:k7Tq-1zPw@db.acme.io"

    assert without_credentials(f"a.py::é\ud800[{key}-{url},x]", NOW) == (
        "a.py::é\ud800[REDACTED:stripe-live-key-REDACTED:database-url,x]"
    )
    assert without_credentials("a.py::test_b[sk_live_fake]", NOW) == "a.py::test_b[sk_live_fake]"


def test_what_overlaps_is_told_once() -> None:
    key, url = "sk_live_" + some(24), "postgres://app:{}@db.acme.io/app"

    assert rules(url.format(key)) == ["database-url"]
    assert rules(f"{key},{key}") == ["stripe-live-key"] * 2


LONG = {rule: texts()[-1] for rule, texts in POSITIVE.items()}


@pytest.mark.parametrize("rule", LONG)
def test_the_border_of_a_window_does_not_matter(rule: str) -> None:
    text, window = LONG[rule], 1 << 10
    for before in range(window - len(text) - 3, window + 3, max(len(text) // 6, 1)):
        data = f"é\n{'.' * before} {text} {' ' * (1 << 15)}{text}".encode()
        chunks = [data[at : at + 100] for at in range(0, len(data), 100)]

        assert list(find_credentials(chunks, NOW, window=window)) == found(data)
        assert [one.rule for one in found(data)] == [rule] * 2


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.sampled_from([*LONG.values(), "é", " ", "\n", "http://a.b/", '"']), max_size=9),
    st.integers(1, 300),
)
def test_chunks_change_nothing(parts: list[str], size: int) -> None:
    text = " ".join(parts)

    assert found(text, size) == found(text)
    assert bool(found(text)) == bool(credential_rule(text, NOW))


@pytest.mark.parametrize(
    "unit", ["eyJ", "://", "PRIVATE ", "-----BEGIN PRIVATE KEY-----", "x", "glpat-", "\\n", "@:"]
)
def test_in_a_long_line_of_marks_nothing_is_lost(unit: str) -> None:
    key = "sk_live_" + some(24)
    text = f"{unit * (99_999 // len(unit))} {key}"

    assert rules(text) == ["stripe-live-key"]


def test_a_token_in_a_long_run_without_an_end_is_found() -> None:
    key = "sk_live_" + some(24)

    assert rules(f",{key}" + "," * 99_999 + key + "," * 32_740 + key) == ["stripe-live-key"] * 3


def test_bytes_of_any_kind_have_none() -> None:
    assert rules(bytes(range(256)) * 999) == []
