"""The marker and the ini options, used and misused."""

from __future__ import annotations

import pytest


def test_markers_of_module_class_and_test_add_up_and_the_nearest_wins(
    pytester: pytest.Pytester,
) -> None:
    pytester.makeini("[pytest]\njulep_secrets_seed = seed.toml")
    pytester.makefile(".toml", seed='far = "ini"\nnear = "ini"')
    pytester.makepyfile(
        """
        import pytest

        pytestmark = pytest.mark.julep_secrets({"module": "m", "near": "module"}, api_key="m")

        @pytest.mark.julep_secrets({"class_": "c", "near": "class"})
        class TestIt:
            @pytest.mark.julep_secrets({"near": "test"}, api_key="t")
            def test_all(self, mock_secrets):
                seen = {name: mock_secrets[name] for name in mock_secrets}
                assert seen == {"far": "ini", "module": "m", "class_": "c", "near": "test"}
                assert mock_secrets.api_key == "t"

            def test_without_its_own(self, mock_secrets):
                assert mock_secrets["near"] == "class"
                assert mock_secrets.api_key == "m"
        """
    )

    result = pytester.runpytest()

    result.assert_outcomes(passed=2)


def test_what_the_keywords_do(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import julep, pytest

        @pytest.mark.julep_secrets(api_key="the-key")
        def test_api_key(mock_secrets):
            assert julep.Julep().secrets.list() == []
            with pytest.raises(julep.PermissionDeniedError):
                julep.Julep(api_key="another").secrets.list()

        @pytest.mark.julep_secrets({"a": "b"}, developer="0195a000-0000-7000-8000-00000000000a")
        def test_developer(mock_secrets):
            assert len(julep.Julep().secrets.list()) == 1
            other = {"X-Developer-Id": "0195a000-0000-7000-8000-00000000000b"}
            assert julep.Julep(default_headers=other).secrets.list() == []

        @pytest.mark.julep_secrets({"a": "b"}, exact_headers=True)
        def test_exact_headers(julep_client):
            with pytest.raises(julep.ConflictError) as caught:
                julep_client.secrets.create(name="a", value="sk-fake-1")
            assert "retry-after-ms" not in caught.value.response.headers
        """
    )

    result = pytester.runpytest()

    result.assert_outcomes(passed=3)


def test_a_json_seed_file_and_base_urls(pytester: pytest.Pytester) -> None:
    pytester.makeini(
        """
        [pytest]
        julep_secrets_seed = secrets/seed.json
        julep_secrets_base_urls = https://julep.example.com/gateway
        """
    )
    folder = pytester.mkdir("secrets")
    (folder / "seed.json").write_text('{"a": {"value": "b", "metadata": {"team": "pay"}}}')
    pytester.makepyfile(
        """
        import httpx

        def test_it(mock_secrets):
            reply = httpx.get("https://julep.example.com/gateway/secrets")
            assert [secret["metadata"] for secret in reply.json()] == [{"team": "pay"}]
        """
    )

    result = pytester.runpytest()

    result.assert_outcomes(passed=1)


VALUE = "sk-fake-must-not-be-shown"


@pytest.mark.parametrize(
    ("marker", "sentences"),
    [
        pytest.param(
            "seeds={}",
            [
                "The julep_secrets marker has no option 'seeds'.",
                (
                    "Known: allow_names, allow_leaks, api_key, developer, exact_headers, id_seed, "
                    "documented_api, names, credentials, hosts, environment, leaks, blind, naming"
                ),
            ],
            id="unknown keyword",
        ),
        pytest.param(
            f"[{VALUE!r}]",
            ["The julep_secrets marker's seed is a list; it has to be a mapping*"],
            id="seed is a list",
        ),
        pytest.param(
            f"{{'a': ['{VALUE}']}}",
            ["The julep_secrets marker's seed gives 'a' a list; *"],
            id="value is a list",
        ),
        pytest.param(
            f"{{'a': {{'value': '{VALUE}', 'meta': 1}}}}",
            [
                "The julep_secrets marker's seed gives 'a' the unknown key 'meta'.",
                "Known keys: value, description, metadata; *",
            ],
            id="unknown key",
        ),
        pytest.param(
            f"{{'a-b': '{VALUE}'}}",
            [
                "The seed cannot be used. Secret 'a-b' has a name that the server refuses.",
                "A name is an ASCII letter, then *",
            ],
            id="name the server refuses",
        ),
        pytest.param(
            f"{{'a': '{VALUE}'}}, {{}}",
            ["The julep_secrets marker was given 2 arguments; it takes one seed."],
            id="two seeds",
        ),
        pytest.param(
            "developer='nobody'",
            ["The developer is not a UUID.", "Write it like this: developer='*'"],
            id="developer",
        ),
        pytest.param(
            "api_key=5",
            ["The julep_secrets marker's 'api_key' is a int."],
            id="key is a number",
        ),
        pytest.param(
            "documented_api='yes'",
            ["The julep_secrets marker's 'documented_api' is a str.", "It has to be a bool."],
            id="opt-in is a string",
        ),
        pytest.param(
            "exact_headers='yes'",
            ["The julep_secrets marker's 'exact_headers' is a str."],
            id="flag is a string",
        ),
    ],
)
def test_a_bad_marker_is_a_clear_sentence_at_its_test(
    pytester: pytest.Pytester, marker: str, sentences: list[str]
) -> None:
    pytester.makepyfile(
        f"""
        import pytest

        @pytest.mark.julep_secrets({marker})
        def test_bad(mock_secrets): pass

        def test_good(mock_secrets): pass
        """
    )

    result = pytester.runpytest("-p", "no:randomly")

    result.assert_outcomes(errors=1, passed=1)
    result.stdout.fnmatch_lines(["*ERROR at setup of test_bad*", *sentences])
    # The test's source is never shown, nor ours, nor where the message comes from.
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*During handling*")
    result.stdout.no_fnmatch_line(f"*{VALUE}*")


def test_a_bad_marker_is_told_where_no_fixture_of_ours_is_used(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("import pytest\n@pytest.mark.julep_secrets(sed=1)\ndef test(): pass")

    result = pytester.runpytest()

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["The julep_secrets marker has no option 'sed'."])


@pytest.mark.parametrize(
    ("ini", "sentences"),
    [
        pytest.param(
            "julep_secrets_seed = missing.toml",
            ["The seed file 'missing.toml' cannot be read: No such file or directory."],
            id="missing seed file",
        ),
        pytest.param(
            "julep_secrets_seed = broken.toml",
            ["The seed file 'broken.toml' is not TOML (at line 1, *"],
            id="broken TOML",
        ),
        pytest.param(
            "julep_secrets_seed = broken.json",
            ["The seed file 'broken.json' is not JSON (line 1, column *"],
            id="broken JSON",
        ),
        pytest.param(
            "julep_secrets_seed = seed.yaml",
            ["The seed file 'seed.yaml' ends in neither .toml nor .json."],
            id="another ending",
        ),
        pytest.param(
            "julep_secrets_base_urls = julep.example.com",
            ["The base URL 'julep.example.com' is not an absolute http or https URL."],
            id="base URL",
        ),
    ],
)
def test_a_bad_ini_option_is_a_clear_sentence_at_each_test_it_is_for(
    pytester: pytest.Pytester, ini: str, sentences: list[str]
) -> None:
    pytester.makeini(f"[pytest]\n{ini}")
    pytester.makefile(".toml", broken=f"a = {VALUE}")
    pytester.makefile(".json", broken=f'{{"a": {VALUE}')
    pytester.makefile(".yaml", seed=f"a: {VALUE}")
    pytester.makepyfile("def test_bad(mock_secrets): pass\n\ndef test_other(): pass")

    result = pytester.runpytest()

    result.assert_outcomes(errors=1, passed=1)
    result.stdout.fnmatch_lines(sentences)
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line(f"*{VALUE}*")
