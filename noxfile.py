"""The one front door: `nox` runs all that has to be true; `nox -s NAME` one of it."""

from __future__ import annotations

from pathlib import Path

import nox

nox.needs_version = ">=2024.10.9"
nox.options.default_venv_backend = "uv|venv"
nox.options.download_python = "never"
nox.options.sessions = [
    "lint",
    "types",
    "layers",
    "wheel",
    "pydantic",
    "examples",
    "tests",
    "lowest",
]

PYTHONS = ["3.11", "3.12", "3.13"]
TESTS = ["-e", ".[all]", "-r", "tests/requirements.txt"]


@nox.session
def lint(session: nox.Session) -> None:
    session.install("ruff>=0.17,<0.18")
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    session.install(*TESTS, "mypy>=1.18", "nox", "boto3-stubs[secretsmanager]")
    session.run("mypy")
    session.run("mypy", "examples/billing", env={"MYPYPATH": "examples/billing"})


@nox.session
def layers(session: nox.Session) -> None:
    session.install("-e", ".[all]", "import-linter>=2.5")
    session.run("lint-imports")


@nox.session
def wheel(session: nox.Session) -> None:
    """Use the built wheel from outside the checkout, where nothing else can be imported."""
    session.install("build", "pyright[nodejs]>=1.1.400")
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


@nox.session(python="3.12")
def pydantic(session: nox.Session) -> None:
    """Compare our texts with those of the pydantic that the recorded server ran on."""
    session.install("-e", ".", "hypothesis", "pydantic==2.10.6")
    # Without the project's settings, which name options of plugins that are not needed here.
    session.run("pytest", "-c", "/dev/null", "--rootdir", ".", "tests/pydantic_judge")


@nox.session
def examples(session: nox.Session) -> None:
    session.install("-e", ".[julep]")
    session.run("pytest", "examples/billing")


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
def bench(session: nox.Session) -> None:
    """Print ratios against named peers; not among the defaults, as it judges nothing."""
    session.install(*TESTS, "uv", "pytest-socket>=0.7")
    session.run("python", "-m", "bench", *session.posargs)
