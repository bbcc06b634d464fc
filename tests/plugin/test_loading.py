"""What an installed plugin costs those who do not use it."""

from __future__ import annotations

import pytest

# Modules that pytest, or a plugin of others, has not loaded before ours is.
NEW_MODULES = """
import sys
import pytest
before = set(sys.modules)
import pytest_julep_secrets.plugin
new = {name.partition(".")[0] for name in set(sys.modules) - before}
print(sorted(new - sys.stdlib_module_names))
"""


def test_loading_imports_nothing_of_others(pytester: pytest.Pytester) -> None:
    result = pytester.runpython_c(NEW_MODULES)

    result.stdout.fnmatch_lines(["['pytest_julep_secrets']"])


def test_an_idle_run_patches_and_loads_nothing(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import _socket, socket, sys

        def test_idle():
            assert "pytest_julep_secrets.mock" not in sys.modules
            assert "pytest_julep_secrets.reach.interception" not in sys.modules
            assert _socket.getaddrinfo.__module__ == "_socket"
            import httpx
            assert httpx.Client.send.__code__.co_filename == httpx._client.__file__
        """
    )

    result = pytester.runpytest_subprocess("-p", "no:respx")

    result.assert_outcomes(passed=1)


def test_a_run_leaves_nothing_behind(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        test_it="""
        import julep

        def test_it(mock_secrets):
            julep.Julep().secrets.list()
        """,
        script="""
        import _socket, os, socket, httpx, pytest

        def state():
            keys = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
            look_ups = _socket.getaddrinfo, socket.gethostbyname, socket.gethostbyname_ex
            return httpx.Client.send, httpx.AsyncClient.send, look_ups, keys

        before = state()
        assert pytest.main(["-q", "test_it.py"]) == 0
        print(before == state())
        """,
    )

    result = pytester.runpython(pytester.path / "script.py")

    result.stdout.fnmatch_lines(["True"])


@pytest.mark.parametrize(
    ("installed", "sentence"),
    [
        pytest.param("raise ModuleNotFoundError", "The Julep SDK is not installed.", id="none"),
        pytest.param("class Client: ...", "The installed julep * has no 'Julep'*", id="julep 3"),
    ],
)
def test_without_the_sdk(pytester: pytest.Pytester, installed: str, sentence: str) -> None:
    pytester.makepyfile(
        julep=installed,
        test_it="""
        import httpx

        def test_client(julep_client): pass

        def test_async_client(async_julep_client): pass

        def test_mock(mock_secrets):
            assert httpx.get("https://api.julep.ai/api/secrets").json() == []
        """,
    )
    pytester.makeini("[pytest]\npythonpath = .")

    result = pytester.runpytest_subprocess("-p", "no:randomly")

    result.assert_outcomes(errors=2, passed=1)
    result.stdout.fnmatch_lines([sentence, "Install it with: pip install *julep*"])
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*During handling*")
