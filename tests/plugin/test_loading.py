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


def test_an_idle_run_loads_little(pytester: pytest.Pytester) -> None:
    """What guards the hosts is there; the library that is imported later is guarded then."""
    pytester.makepyfile(
        """
        import sys

        def ours():
            names = [name.split(".", 1) for name in sys.modules]
            return {name[1] for name in names if name[0] == "pytest_julep_secrets" and name[1:]}

        def test_idle():
            idle = ours()
            assert not idle & {"mock", "run", "guards.allowed", "reach.audit", "guards.environment"}
            assert {name for name in idle if name.startswith("reach.")} == {
                "reach.imports", "reach.lookups", "reach.network", "reach.patch"
            }
            import httpx
            assert ours() - idle <= {
                "guards", "guards.hosts", "reach.http_client", "reach.httpx", "sdk"
            }
        """
    )

    result = pytester.runpytest_subprocess("-p", "no:respx", "-p", "no:pytest_httpx")

    result.assert_outcomes(passed=1)


def test_a_run_leaves_nothing_behind(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        test_it="""
        import julep

        def test_it(mock_secrets):
            julep.Julep().secrets.list()
        """,
        script="""
        import _socket, os, socket, sys, httpx, http.client, pytest

        def state():
            keys = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
            look_ups = _socket.getaddrinfo, socket.gethostbyname, socket.gethostbyname_ex
            proxies = http.client.HTTPConnection.set_tunnel, http.client.HTTPConnection.putrequest
            sends = httpx.Client.send, httpx.AsyncClient.send, socket.socket.connect
            return sends, look_ups, proxies, keys, [type(one) for one in sys.meta_path]

        before = state()
        assert pytest.main(["-q", "test_it.py"]) == 0
        assert pytest.main(["-q", "test_it.py", "-o", "julep_secrets_allow_hosts=a.com"]) == 0
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


STATE = """
import _socket, json, logging, os, signal, socket, ssl, sys, threading, warnings

def test_state():
    modules = [name for name in sys.modules if name.startswith("pytest_julep_secrets")]
    print("STATE", json.dumps({
        "modules": modules,
        "environment": {key: os.environ[key] for key in sorted(os.environ) if "PYTEST" not in key},
        "handlers": [repr(type(handler)) for handler in logging.root.handlers],
        "logging": [logging.root.level, logging.root.manager.disable, logging.raiseExceptions,
                    logging.getLogRecordFactory().__module__, logging.Handler.handle.__module__],
        "sockets": [f"{module.__name__}.{name} {getattr(module, name).__module__}"
                    for module in (_socket, socket) for name in dir(module)
                    if callable(getattr(module, name))],
        "streams": [repr(type(stream)) for stream in (sys.stdout, sys.stderr, sys.__stdout__)],
        "hooks": [sys.excepthook.__module__, threading.excepthook.__module__,
                  sys.unraisablehook.__module__],
    }))
"""


def test_switched_off_it_is_as_if_not_installed(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Environment, handlers, sockets, streams and hooks: nothing is other than without us."""
    pytester.makepyfile(STATE)

    def state(*args: str) -> str:
        result = pytester.runpytest_subprocess("-s", "-p", "no:cacheprovider", *args)
        result.assert_outcomes(passed=1)
        (line,) = [line for line in result.outlines if "STATE " in line]
        return line.partition("STATE ")[2]

    off = state("-p", "no:julep_secrets")
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTEST_ADDOPTS", "")
    without = state("-p", "asyncio", "-p", "respx", "-p", "anyio")

    assert '"modules": []' in off
    assert off == without
