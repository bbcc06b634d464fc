"""Values from the environment and from texts, and what a user is told of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_julep_secrets.artefacts.values import Given, Values, merge, usable
from pytest_julep_secrets.artefacts.values.formats import from_text
from pytest_julep_secrets.artefacts.values.variables import from_environment
from pytest_julep_secrets.errors import ConfigurationError

ONE = "sk-fake-1f9c27d4"
TWO = "sk-fake-77aa88bb"

ENVIRON = {"STRIPE_KEY": ONE, "DB_PASSWORD": TWO, "DB_PORT": "5432", "EMPTY": "", "COPY": ONE}


def read(text: str, name: str = "values") -> Values:
    return from_text(text, name, f"The file '{name}'")


# --- the environment


def test_variables_are_taken_by_name_and_by_glob() -> None:
    values = from_environment(["STRIPE_KEY", "DB_*"], ENVIRON)

    assert values.pairs == (("STRIPE_KEY", ONE), ("DB_PASSWORD", TWO))
    assert values.notes == ("The environment: not looked for (under 6 characters): 'DB_PORT'.",)


def test_a_name_that_is_not_set_is_an_error_and_an_empty_glob_a_note() -> None:
    with pytest.raises(ConfigurationError, match="variable 'STRIPE_KYE' is not set"):
        from_environment(["STRIPE_KYE"], ENVIRON)

    values = from_environment(["NONE_*", "EMPTY"], ENVIRON)

    assert values.pairs == ()
    assert values.notes == (
        "The environment: no variable matches 'NONE_*'.",
        "The environment: not looked for (empty): 'EMPTY'.",
        "The environment gives no value that can be looked for.",
    )


@pytest.mark.parametrize("value", ["sk_fake_1f9c27d4", "with a space", "-----BEGIN"])
def test_a_value_in_place_of_a_name_is_not_shown(value: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        from_environment(["STRIPE_KEY", value], {**ENVIRON, "OTHER": value})

    assert value not in str(raised.value)
    assert "the 2. time, is no name" in str(raised.value)


def test_what_nobody_calls_a_variable_is_not_shown() -> None:
    with pytest.raises(ConfigurationError, match="variable number 2 is not set") as raised:
        from_environment(["STRIPE_KEY", "hunter_fake_2291"], ENVIRON)

    assert "hunter" not in str(raised.value)


# --- formats


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.json", f'{{"db": {{"password": "{ONE}", "keys": ["{TWO}", 5]}}}}'),
        ("x", f'{{"db": {{"password": "{ONE}", "keys": ["{TWO}", 5]}}}}'),
        ("x.toml", f'[db]\npassword = "{ONE}"\nkeys = ["{TWO}", true]'),
        ("x", f'[db]\npassword = "{ONE}"\nkeys = ["{TWO}", 2020-01-01]'),
    ],
)
def test_nested_values_are_named_by_their_path(name: str, text: str) -> None:
    values = read(text, name)

    assert values.pairs == (("db.password", ONE), ("db.keys.0", TWO))
    assert values.notes == (f"The file '{name}': not looked for (not a text): 'db.keys.1'.",)


@pytest.mark.parametrize("name", [".env", "prod.env", ".env.local", "x", "x.txt"])
def test_dotenv_is_told_by_the_name_or_by_the_text(name: str) -> None:
    values = read(f"# all\nexport A={ONE} # one\n\nB='{TWO}'\nPIN=1234_5\n", name)

    assert values.pairs == (("A", ONE), ("B", TWO), ("PIN", "1234_5"))


def test_escapes_of_a_dotenv_value_are_read_as_a_program_reads_them() -> None:
    values = read('A="-----\\nline \\"two\\""\nB=\'it\\\'s \\n fake\'\nC=as\\nit-is', ".env")

    assert [value for _, value in values.pairs] == [
        '-----\nline "two"',
        "it's \\n fake",
        "as\\nit-is",
    ]


def test_seeds_and_lists_of_the_api_are_understood() -> None:
    seed = f'{{"a": "{ONE}", "b": {{"value": "{TWO}", "metadata": {{"team": "pay-and-bill"}}}}}}'
    listed = f'{{"items": [{{"name": "a", "value": "{ONE}", "description": "not looked for"}}]}}'

    assert read(seed).pairs == (("a", ONE), ("b", TWO))
    assert read(listed).pairs == (("a", ONE),)
    # But not where there is more than a secret has.
    assert read('{"b": {"value": "fake-1f9c", "user": "fake-user"}}').pairs == (
        ("b.value", "fake-1f9c"),
        ("b.user", "fake-user"),
    )


def test_a_value_alone_is_no_dotenv_file_and_not_shown() -> None:
    for text in (ONE, f"A={ONE}\n{TWO}", "c2stZmFrZQ==", f'"{ONE}"'):
        with pytest.raises(ConfigurationError) as raised:
            read(text)

        assert "is not NAME=value.\nWrite NAME=value" in str(raised.value)
        assert "fake" not in str(raised.value)
        assert "c2st" not in str(raised.value)
    # Nor where it looks like a name without a value.
    assert "line 1" in "".join(read("c2stZmFrZTEyMw=").notes)
    assert "c2st" not in "".join(read("c2stZmFrZTEyMw=").notes)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("x.json", f'{{"a": "{ONE}",\n oops}}', "is not JSON (line 2, column 2)."),
        ("x", f'{{"a": "{ONE}"', "is not JSON (line 1, column "),
        ("x", f"[db]\npassword = {ONE}", "is not TOML (line 2, column 12)."),
        ("x.json", "[" * 200_000, "is not JSON that can be read (nested too deeply)."),
        ("x.toml", f'a = "{ONE}"\nb = {TWO}', "is not TOML (line 2, column 5)."),
        ("x.toml", f'a = "{ONE}', "is not TOML (end of document)."),
        ("x.toml", "a = 1" + "0" * 5000, "is not TOML (somewhere)."),
        (".env", f"A={ONE}\r\nB='{TWO}\r\n", "cannot be used: line 2 is not NAME=value."),
    ],
)
def test_a_broken_text_is_told_with_its_place_only(name: str, text: str, told: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        read(text, name)

    assert told in str(raised.value)
    assert "\n" in str(raised.value)
    assert "fake" not in str(raised.value)


def test_long_numbers_of_json_are_no_error() -> None:
    assert read(f'{{"a": {"1" * 5000}, "b": "{ONE}"}}').pairs == (("b", ONE),)


# --- notes


def test_everything_that_is_not_looked_for_is_noted_once() -> None:
    values = read(
        '{"short": "abc", "port": "123456", "word": "password", "line": "-------", "none": "", '
        '"null": null, "fake-same-1": "fake-same-1", "u": {"fake-user-1": "fake-user-1"}}'
    )

    assert values.pairs == ()
    assert values.notes == (
        "The file 'values': not looked for (under 6 characters): 'short'.",
        "The file 'values': not looked for (all digits): 'port'.",
        "The file 'values': not looked for (a common word): 'word'.",
        "The file 'values': not looked for (punctuation only): 'line'.",
        "The file 'values': not looked for (empty): 'none'.",
        "The file 'values': not looked for (not a text): 'null'.",
        "The file 'values': not looked for (equal to its name): (unnamed).",
        "The file 'values' gives no value that can be looked for.",
    )


@pytest.mark.parametrize(
    "text", [f"A={ONE}\nB={ONE}\nA={TWO}", f'{{"A": "{ONE}", "B": "{ONE}", "A": "{TWO}"}}']
)
def test_duplicates_are_noted_and_all_looked_for(text: str) -> None:
    values = read(text)

    assert values.pairs == (("A", ONE), ("A", TWO))
    assert values.notes == (
        "The file 'values': 'A' has 2 values; all of them are looked for.",
        "The file 'values': 'A', 'B' have the same value; findings name 'A'.",
    )


def test_sources_add_up() -> None:
    values = merge(
        [Values((("A", ONE),), ("a note.",)), Values((("A", ONE), ("b", TWO)), ("a note.",))]
    )

    assert values == Values((("A", ONE), ("b", TWO)), ("a note.",))
    assert merge([Values((("A", ONE),)), Values((("b", ONE),))]).notes == (
        "What is given: 'A', 'b' have the same value; findings name 'A'.",
    )
    assert ONE not in repr(values)
    assert ONE not in repr(Given("A", ONE))


def test_a_note_is_one_line() -> None:
    assert read('{"a\\n::error::b": "abc"}').notes[0].endswith("'a\\x0a::error::b'.")


def test_spaces_around_a_value_are_not_looked_for() -> None:
    assert read(f'{{"key": "{ONE}\\n"}}').pairs == (("key", ONE),)


_texts = st.one_of(st.sampled_from([ONE, TWO, "", "12345678", "secret"]), st.text(max_size=12))


@given(st.lists(st.tuples(st.sampled_from(["a", "b.c", f"x{ONE}", TWO]), _texts | st.none())))
def test_no_note_shows_a_value_that_is_looked_for(pairs: list[tuple[str, str | None]]) -> None:
    values = usable([Given(name, value) for name, value in pairs], "It")

    told = " ".join(merge([values, Values((("z", TWO),))]).notes)
    looked_for = [value for _, value in values.pairs]
    assert len(set(looked_for)) == len(looked_for)
    assert ONE not in told or ONE not in looked_for
    assert TWO not in told
    # What is not looked for is told.
    kept = set(looked_for)
    for name, value in pairs:
        if value is None or value.strip() not in kept:
            assert f"'{name}'" in told or "(unnamed)" in told or "(hidden)" in told
