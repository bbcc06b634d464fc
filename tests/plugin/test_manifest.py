"""`--julep-secrets-manifest`: what a run has made up, and nothing that may be real."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from pytest_julep_secrets.artefacts.values import manifest

# Two files, so that two workers run at once.
STORES = """
import os
import pytest

@pytest.fixture(scope="module")
def late(request):
    from pytest_julep_secrets import MockSecrets
    yield
    MockSecrets({"teardown": "fake-of-a-teardown"})

def test_stores(mock_secrets, late):
    mock_secrets.create(name="stripe_key", value="sk-fake-1f9c27d4")
    mock_secrets.update(name="stripe_key", value="sk-fake-77aa88bb")
    mock_secrets.create(name="short", value="abc")

def test_stores_what_may_be_real(mock_secrets):
    for name in ("run_env", "own_env", "had_env", "watched_env", "leaks", "asserted"):
        mock_secrets.create(name=name, value=f"fake-{name}-value")
    mock_secrets.create(name="real_key", value="the-real-julep-key")

def test_is_refused(mock_secrets):
    with mock_secrets.expect_violation("names"):
        mock_secrets.create(name="prod_key", value="fake-refused-value")

@pytest.mark.julep_secrets(credentials="off")
def test_looks_real(mock_secrets):
    mock_secrets.create(name="url", value="postgres://app:{}@db.acme.io/app".format("Zk3mQ9xW7rT2vB8n"))
"""

WATCHES = """
import os
from pytest_julep_secrets import MockSecrets, assert_no_leaks

def test_watches(secret_leaks):
    secret_leaks.watch("other_name", "fake-leaks-value")

def test_asserts():
    assert_no_leaks("text", secrets={"other_name": "fake-asserted-value"})

def test_has_its_own():
    os.environ["OWN"] = "fake-own_env-value"
    MockSecrets({"other": "fake-own_env-value"})

def test_half_a_pair():
    try:
        MockSecrets({"half": "fake-\\ud800-half"})
    except Exception:
        pass
"""


@pytest.mark.parametrize("workers", [(), ("-n", "2", "--dist", "loadfile")], ids=["serial", "n2"])
def test_it_holds_what_only_fakes_know(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, workers: tuple[str, ...]
) -> None:
    monkeypatch.setenv("SOME_KEY", "fake-run_env-value")
    monkeypatch.setenv("HAD", "fake-had_env-value")
    monkeypatch.setenv("WATCHED", "fake-watched_env-value")
    monkeypatch.setenv("JULEP_API_KEY", "the-real-julep-key")
    monkeypatch.setenv("OWN", "")
    pytester.makeconftest("import os; os.environ.pop('HAD', None); os.environ.pop('WATCHED', None)")
    pytester.makepyfile(test_stores=STORES, test_watches=WATCHES)
    pytester.makeini("[pytest]\njulep_secrets_watch_env = WATCHED")

    result = pytester.runpytest(
        "--julep-secrets-manifest=m.json", "-p", "no:randomly", "-p", "no:cacheprovider", *workers
    )

    result.assert_outcomes(passed=8)
    assert sorted(manifest.read(pytester.path / "m.json").pairs) == [
        ("half", "fake-\ud800-half"),
        ("stripe_key", "sk-fake-1f9c27d4"),
        ("stripe_key", "sk-fake-77aa88bb"),
        ("teardown", "fake-of-a-teardown"),
    ]
    result.stdout.fnmatch_lines(["Manifest 'm.json': 4 values, without 9 that may be real"])
    if os.name != "nt":
        assert stat.S_IMODE((pytester.path / "m.json").stat().st_mode) == 0o600


def test_a_run_without_a_fake_writes_an_empty_one(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_it(): pass")
    pytester.mkdir("out")
    (pytester.path / "out" / "m.json").write_text("of the run before")

    result = pytester.runpytest("--julep-secrets-manifest", "out/m.json")

    result.stdout.fnmatch_lines(["Manifest 'out/m.json': 0 values"])
    assert manifest.read(pytester.path / "out" / "m.json").pairs == ()


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("nowhere/m.json", "its folder is not there."),
        (".", "it is a folder."),
        (os.devnull, "it is a device or a pipe."),
    ],
)
def test_where_it_cannot_be_is_told_before_anything_is_run(
    pytester: pytest.Pytester, path: str, told: str
) -> None:
    pytester.makepyfile("def test_it(): pass")

    result = pytester.runpytest("--julep-secrets-manifest", path)

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"ERROR: The manifest '{path}' cannot be written: {told}"])
    assert "1 passed" not in result.stdout.str()


def test_what_cannot_be_written_in_the_end_fails_the_run(pytester: pytest.Pytester) -> None:
    out: Path = pytester.mkdir("out")
    pytester.makepyfile("def test_it(): import os; os.rmdir('out')")

    result = pytester.runpytest("--julep-secrets-manifest", "out/m.json")

    assert not out.exists()
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["The manifest 'out/m.json' could not be written: No such file*"])
