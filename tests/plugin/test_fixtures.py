"""The fixtures in the kinds of tests that people write."""

from __future__ import annotations

import pytest

# What a downstream project's code does, deep inside.
APP = """
    import julep

    EARLY = julep.Julep(api_key="built-at-import")

    def store(value):
        return julep.Julep().secrets.create(name="stripe_api_key", value=value)

    def names():
        return [secret.name for secret in EARLY.secrets.list()]

    async def store_async(value):
        async with julep.AsyncJulep() as client:
            return await client.secrets.create(name="stripe_api_key", value=value)
"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makepyfile(app=APP)
    return pytester


def run(project: pytest.Pytester, test: str, *args: str, **outcome: int) -> pytest.RunResult:
    project.makepyfile(test)
    result = project.runpytest("-p", "no:randomly", *args)
    result.assert_outcomes(**(outcome or {"passed": 1}))
    return result


PLAIN = """
    import app, os

    def test_code_that_builds_its_own_client(mock_secrets):
        app.store("sk-fake-1")
        assert mock_secrets["stripe_api_key"] == "sk-fake-1"
        assert app.names() == ["stripe_api_key"]

    def test_each_test_has_its_own(mock_secrets):
        assert app.names() == []
"""


@pytest.mark.parametrize(
    "args",
    [
        pytest.param([], id="in process"),
        pytest.param(["-n", "2"], id="two workers"),
        pytest.param(["-p", "randomly"], id="shuffled"),
        pytest.param(["--setup-show"], id="setup shown"),
        pytest.param(["--import-mode=importlib", "-p", "no:cacheprovider"], id="importlib"),
    ],
)
def test_plain_tests(project: pytest.Pytester, args: list[str]) -> None:
    project.makepyfile(PLAIN)
    project.makeini("[pytest]\npythonpath = .")

    result = project.runpytest(*args)

    result.assert_outcomes(passed=2)


@pytest.mark.parametrize(
    "plugin",
    [
        "cacheprovider",
        "capture",
        "debugging",
        "doctest",
        "faulthandler",
        "junitxml",
        "legacypath",
        "logging",
        "monkeypatch",
        "nose",
        "pastebin",
        "recwarn",
        "skipping",
        "stepwise",
        "threadexception",
        "tmpdir",
        "unittest",
        "unraisableexception",
        "warnings",
    ],
)
def test_without_one_of_pytests_own_plugins(project: pytest.Pytester, plugin: str) -> None:
    # pytest-asyncio and Hypothesis do not work without some of them, whoever else is there.
    without = ["-p", "no:asyncio", "-p", "no:hypothesispytest", "-p", f"no:{plugin}"]

    run(project, PLAIN, *without, passed=2)


def test_without_the_terminal(project: pytest.Pytester) -> None:
    project.makepyfile(PLAIN)

    result = project.runpytest_subprocess("-p", "no:terminal")

    assert result.ret == pytest.ExitCode.OK


def test_collect_only_starts_nothing(project: pytest.Pytester) -> None:
    project.makepyfile(PLAIN)

    result = project.runpytest("--collect-only", "-q")

    result.stdout.fnmatch_lines(["2 tests collected*"])


ASYNC = """
    import app, pytest
    {mark}
    async def test_async(mock_secrets, async_julep_client):
        await app.store_async("sk-fake-1")
        assert mock_secrets["stripe_api_key"] == "sk-fake-1"
        assert len(await async_julep_client.secrets.list()) == 1
"""


@pytest.mark.parametrize("mode", ["strict", "auto"])
def test_pytest_asyncio(project: pytest.Pytester, mode: str) -> None:
    mark = "@pytest.mark.asyncio" if mode == "strict" else ""
    loop = "asyncio_default_fixture_loop_scope=function"

    run(project, ASYNC.format(mark=mark), f"--asyncio-mode={mode}", "-o", loop)


def test_anyio_on_asyncio_and_trio(project: pytest.Pytester) -> None:
    run(project, ASYNC.format(mark="@pytest.mark.anyio"), "-p", "no:asyncio", passed=2)


def test_trio_run(project: pytest.Pytester) -> None:
    run(
        project,
        """
        import app, trio

        def test_trio(mock_secrets):
            trio.run(app.store_async, "sk-fake-1")
            assert "stripe_api_key" in mock_secrets
        """,
    )


def test_the_clients_share_the_tests_fake_and_patch_nothing(project: pytest.Pytester) -> None:
    run(
        project,
        """
        import httpx, julep, pytest

        send = httpx.Client.send

        def test_clients(julep_client, async_julep_client):
            julep_client.secrets.create(name="a", value="sk-fake-1")
            with pytest.raises(julep.ConflictError):
                julep_client.secrets.create(name="a", value="sk-fake-1")
            assert httpx.Client.send is send

        def test_shared(julep_client, mock_secrets):
            julep_client.secrets.create(name="a", value="sk-fake-1")
            assert mock_secrets["a"] == "sk-fake-1"
            assert len(mock_secrets.calls) == 1
        """,
        "-p",
        "no:respx",
        passed=2,
    )


def test_strict_response_validation_is_content(project: pytest.Pytester) -> None:
    """The SDK parses any answer by default; asked to check, it finds nothing wrong."""
    run(
        project,
        """
        import julep

        def test_strict(mock_secrets):
            client = julep.Julep(_strict_response_validation=True)
            made = client.secrets.create(name="a", value="sk-fake-1", metadata={"k": 1})
            client.secrets.update(made.id, name="b", value="sk-fake-2")
            assert [secret.name for secret in client.secrets.list()] == ["b"]
            assert client.secrets.delete(made.id).jobs == []
        """,
    )


def test_a_wider_fixture(project: pytest.Pytester) -> None:
    run(
        project,
        """
        import app, pytest
        from pytest_julep_secrets import MockSecrets

        @pytest.fixture(scope="module")
        def secrets():
            with MockSecrets({"shared": "sk-fake-1"}) as secrets:
                yield secrets

        def test_one(secrets):
            app.store("sk-fake-2")

        def test_two(secrets):
            assert app.names() == ["stripe_api_key", "shared"]

        def test_the_inner_one_wins(secrets, mock_secrets):
            assert app.names() == []

        def test_and_the_outer_one_is_back(secrets):
            assert len(app.names()) == 2
        """,
        passed=4,
    )


def test_unittest(project: pytest.Pytester) -> None:
    run(
        project,
        """
        import app, pytest, unittest
        from pytest_julep_secrets import MockSecrets

        class WithFixture(unittest.TestCase):
            @pytest.fixture(autouse=True)
            def _secrets(self, mock_secrets):
                self.secrets = mock_secrets

            def test_store(self):
                app.store("sk-fake-1")
                self.assertEqual(self.secrets["stripe_api_key"], "sk-fake-1")

        class WithoutPytest(unittest.TestCase):
            def setUp(self):
                self.secrets = self.enterContext(MockSecrets())

            def test_store(self):
                app.store("sk-fake-1")
                self.assertEqual(self.secrets["stripe_api_key"], "sk-fake-1")
        """,
        passed=2,
    )


def test_hypothesis(project: pytest.Pytester) -> None:
    run(
        project,
        """
        import app
        from hypothesis import given, settings, strategies as st
        from pytest_julep_secrets import MockSecrets

        @given(st.text(st.characters(exclude_characters="\\0", exclude_categories=["Cs"])))
        @settings(max_examples=10, deadline=None)
        def test_any_value(value):
            with MockSecrets() as secrets:
                app.store(value)
                assert secrets["stripe_api_key"] == value
        """,
    )


def test_doctest(project: pytest.Pytester) -> None:
    project.makepyfile(
        documented='''
        def store():
            """
            >>> secrets = getfixture("mock_secrets")
            >>> import app
            >>> app.store("sk-fake-1").value
            'ENCRYPTED'
            >>> secrets["stripe_api_key"]
            'sk-fake-1'
            """
        '''
    )

    result = project.runpytest("--doctest-modules", "documented.py", "-p", "no:randomly")

    result.assert_outcomes(passed=1)


def test_a_script_without_pytest(project: pytest.Pytester) -> None:
    script = project.makepyfile(
        script="""
        import sys
        import app
        from pytest_julep_secrets import MockSecrets

        with MockSecrets() as secrets:
            app.store("sk-fake-1")
            print(list(secrets), "pytest" in sys.modules)
        """
    )

    result = project.runpython(script)

    result.stdout.fnmatch_lines(["['stripe_api_key'] False"])


def test_switched_off_it_is_not_there(project: pytest.Pytester) -> None:
    project.makepyfile("def test_it(mock_secrets): pass")

    result = project.runpytest_subprocess("-p", "no:julep_secrets")

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*fixture 'mock_secrets' not found"])
