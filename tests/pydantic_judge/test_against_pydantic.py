"""Our texts against those of the pydantic that the recorded server ran on.

Runs in the nox session `pydantic`; elsewhere it is skipped, as the texts change by version.
"""

from __future__ import annotations

import itertools
import uuid
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_julep_secrets.fake.rules.fields import Fields, read_fields
from pytest_julep_secrets.fake.rules.params import Invalid, parse_int, parse_uuid
from pytest_julep_secrets.fake.rules.replies import Detail

pydantic = pytest.importorskip("pydantic")
if pydantic.VERSION != "2.10.6":
    reason = f"The recorded server ran on pydantic 2.10.6; this is {pydantic.VERSION}."
    pytest.skip(reason, allow_module_level=True)

UUIDS = pydantic.TypeAdapter(uuid.UUID)
INTEGERS = pydantic.TypeAdapter(int)
PLAIN = "0195a000-1111-7222-8333-444455556666"


class Body(pydantic.BaseModel):  # type: ignore[misc, name-defined]
    metadata: dict[str, Any] | None = None
    name: str
    description: str | None = None
    value: str


def theirs(adapter: Any, text: str) -> object:
    try:
        return adapter.validate_python(text)
    except pydantic.ValidationError as error:
        (mistake,) = error.errors()
        return mistake["type"], mistake["msg"]


def ours(parse: Any, text: str) -> object:
    try:
        return parse(text)
    except Invalid as error:
        return error.type, error.msg


@st.composite
def nearly_uuids(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from([PLAIN, PLAIN.replace("-", ""), PLAIN.upper()]))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(text)))
        text = (
            text[:at]
            + draw(st.text("0aF-gé🔑 \0{}", max_size=2))
            + text[at + draw(st.integers(0, 2)) :]
        )
    return draw(st.sampled_from(["{}", "{{{}}}", "urn:uuid:{}", "{{{}", "URN:UUID:{}"])).format(
        text
    )


@settings(max_examples=3000, deadline=None)
@given(nearly_uuids() | st.text("0a-{}urnid:é"))
def test_uuids(text: str) -> None:
    assert ours(parse_uuid, text) == theirs(UUIDS, text)


SPACE = " \t\n\r\v\f\x1c\x1f\x85\xa0\u2003\u200b\u3000\ufeff"


@settings(max_examples=3000, deadline=None)
@given(st.text("0123456789__..+-eExX,\u0663\xb2" + SPACE, max_size=9))
def test_integers(text: str) -> None:
    assert ours(parse_int, text) == theirs(INTEGERS, text)


def test_every_short_integer() -> None:
    short = ("".join(text) for n in range(7) for text in itertools.product("01_+-.", repeat=n))

    assert [text for text in short if ours(parse_int, text) != theirs(INTEGERS, text)] == []


@pytest.mark.parametrize("digits", range(4297, 4304))
@pytest.mark.parametrize(
    "template", ["{}", "-{}", "+{}", "0{}", "-0{}", "{}.0", "{}x", "{}_1", " {}", "{} "]
)
def test_long_integers(template: str, digits: int) -> None:
    text = template.format("9" * digits)

    assert ours(parse_int, text) == theirs(INTEGERS, text)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)
KEYS = st.sampled_from(["metadata", "name", "description", "value", "x"])


def told(error: Any) -> list[tuple[str, str, str, str]]:
    """What pydantic tells of a body; FastAPI calls the model's own type of mistake otherwise."""
    mistakes = []
    for mistake in error.errors():
        kind, text = mistake["type"], mistake["msg"]
        if kind == "model_type":
            kind = "model_attributes_type"
            text = "Input should be a valid dictionary or object to extract fields from"
        mistakes.append((kind, text, ".".join(mistake["loc"]) or "body", str(mistake["input"])))
    return mistakes


@settings(max_examples=2000, deadline=None)
@given(st.dictionaries(KEYS, VALUES) | VALUES.filter(lambda body: body is not None))
def test_bodies(body: object) -> None:
    details: list[Detail] = []
    read = read_fields(body, details)

    try:
        parsed = Body.model_validate(body)
    except pydantic.ValidationError as error:
        mistakes = told(error)
        assert [(d["type"], d["msg"], d["loc"], d["received"]) for d in details] == mistakes
    else:
        assert read == Fields(parsed.name, parsed.value, parsed.description, parsed.metadata)
