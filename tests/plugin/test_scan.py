"""`--julep-secrets-scan`: what a run leaves behind fails it, if it holds a value."""

from __future__ import annotations

import pytest

VALUE = "sk-fake-8d1c07b35e"

# Pytest's own files and those of reporters hold the value, and are redacted: it is known late.
LATE = """
import logging
VALUE = "sk-fake-" + "8d1c07b35e"

def test_a():
    print("printed", VALUE)
    logging.getLogger("app").warning("logged %s", VALUE)

def test_b(mock_secrets):
    mock_secrets.create(name="key", value=VALUE)
"""

REPORTS = (
    *("--junitxml=out/junit.xml", "-o", "junit_logging=all", "--log-file=out/run.log"),
    *("--report-log=out/log.jsonl", "--json-report", "--json-report-file=out/report.json"),
    *("--html=out/page.html", "--self-contained-html"),
)

# After all that a session does.
UNCONFIGURE = """
import pathlib
def pytest_unconfigure(config):
    if not hasattr(config, "workerinput"):
        pathlib.Path("out/late.txt").write_text("one\\n  sk-fake-" + "8d1c07b35e\\n")
"""


def run(pytester: pytest.Pytester, *args: str) -> pytest.RunResult:
    pytester.mkdir("out")
    return pytester.runpytest("-p", "no:randomly", "-p", "no:cacheprovider", *args)


def section(result: pytest.RunResult) -> list[str]:
    lines = result.outlines
    return lines[
        next(at for at, line in enumerate(lines) if "= julep secrets scan =" in line) + 1 :
    ]


@pytest.mark.parametrize("workers", [(), ("-n", "2")], ids=["serial", "n2"])
def test_what_is_redacted_is_no_leak_and_what_comes_last_is_one(
    pytester: pytest.Pytester, workers: tuple[str, ...]
) -> None:
    pytester.makepyfile(test_it=LATE)
    pytester.makeconftest(UNCONFIGURE)
    names = ["junit.xml", "run.log", "log.jsonl", "report.json", "page.html", "late.txt", "lost"]
    scans = [f"--julep-secrets-scan=out/{name}" for name in names]

    result = run(pytester, *REPORTS, *scans, *workers)

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.assert_outcomes(passed=2)
    told = section(result)
    places = [line.strip().partition(": ")[0] for line in told if line.startswith("  ")]
    assert places == ["out/late.txt:2:3", "out/lost:1:1"]
    assert "'key'" in told[0]
    assert told[-1] == "1 finding in 6 files. Could not be read: 1."
    assert VALUE not in result.stdout.str()


def test_a_clean_run_passes_with_its_manifest_beside(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_it=LATE)

    result = run(
        pytester,
        *("--junitxml=out/j.xml", "--julep-secrets-manifest=out/m.json"),
        "--julep-secrets-scan=out",
    )

    assert result.ret == pytest.ExitCode.OK
    assert VALUE in (pytester.path / "out" / "m.json").read_text()
    assert section(result)[-1].startswith("0 findings in ")


def test_a_scan_that_could_not_have_found_anything_fails(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The real key is looked for, and by no means what the scan is for.
    monkeypatch.setenv("JULEP_API_KEY", "the-real-julep-key")
    pytester.makepyfile("def test_it(): pass")

    result = run(pytester, "--julep-secrets-scan=out")

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    assert section(result)[0].startswith("Nothing could have been found: no test has stored")


@pytest.mark.parametrize("arguments", [("--collect-only",), ("nowhere.py",), ("--version",)])
def test_where_nothing_is_run_nothing_is_scanned(
    pytester: pytest.Pytester, arguments: tuple[str, ...]
) -> None:
    pytester.makepyfile("def test_it(): pass")

    result = run(pytester, "--julep-secrets-scan=out", *arguments)

    assert "julep secrets scan" not in result.stdout.str()


def test_another_status_is_kept(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pathlib, pytest
        def test_it(mock_secrets):
            mock_secrets.create(name="key", value="sk-fake-" + "8d1c07b35e")
            pathlib.Path("out/log").write_text("sk-fake-" + "8d1c07b35e")
            pytest.exit("enough", returncode=7)
        """
    )

    result = run(pytester, "--julep-secrets-scan=out/log", "-p", "no:terminal")

    assert result.ret == 7
    assert "out/log:1:1: plain" in result.stderr.str()
