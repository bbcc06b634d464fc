"""The jobs on the how-to pages do what the pages say: what they run is run here."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest

ROOT: Final = Path(__file__).parent.parent
MADE_UP: Final = "hunter-fake-77xq0d4c"
REAL: Final = "hunter-fake-real-2291"
# As much as the jobs need; each plugin costs time.
PLUGINS: Final = {
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    "PYTEST_PLUGINS": "pytest_julep_secrets.plugin",
    "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    "GITHUB_STEP_SUMMARY": "summary.md",
    "BILLING_STRIPE_KEY": REAL,
}
CLEAN: Final = f"""
from pytest_julep_secrets import MockSecrets

def test_charge():
    with MockSecrets({{"stripe_key": "{MADE_UP}"}}):
        print("charged")
"""
LEAKING: Final = f"""{CLEAN}
def test_debug():
    from pathlib import Path
    Path("out").mkdir(exist_ok=True)
    Path("out/debug.log").write_text("one {MADE_UP}, two {REAL.encode().hex()}")
"""


@dataclass
class Job:
    """A job that was run.

    Attributes:
        statuses: Of what was run, by the step's name.
        uploaded: What is in the files that were uploaded, by path.
    """

    statuses: dict[str, int] = field(default_factory=dict)
    uploaded: dict[str, str] = field(default_factory=dict)

    def run(self, name: str, script: str) -> None:
        # As both services do.
        done = subprocess.run(  # noqa: S603
            ["bash", "-e", "-c", script],  # noqa: S607
            env=os.environ | PLUGINS, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr
        self.statuses[name] = done.returncode

    def upload(self, paths: list[str]) -> None:
        for path in paths:
            # What is not there is not uploaded.
            files = [one for one in (Path(path), *Path(path).rglob("*")) if one.is_file()]
            self.uploaded |= {one.as_posix(): one.read_text() for one in files}


def job_of(page: str) -> dict[str, Any]:
    yaml = pytest.importorskip("yaml")
    text = (ROOT / "docs/how-to" / page).read_text()
    (block,) = re.findall(r"^```yaml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    document: dict[str, Any] = yaml.safe_load(block)
    return document


def github() -> Job:
    (described,) = job_of("github-actions.md")["jobs"].values()
    job = Job()
    for step in described["steps"]:
        if any(job.statuses.values()) and "!cancelled()" not in step.get("if", ""):
            continue
        if "run" in step and step["name"] != "Install":
            job.run(step["name"], step["run"])
        if step.get("uses", "").startswith("actions/upload-artifact@"):
            job.upload(step["with"]["path"].split())
    return job


def gitlab() -> Job:
    (described,) = job_of("gitlab-ci.md").values()
    job = Job()
    job.run("script", "\n".join(described["script"]))
    artifacts = described["artifacts"]
    assert artifacts["when"] == "always"
    job.upload([*artifacts["paths"], artifacts["reports"]["junit"]])
    return job


@pytest.fixture
def _project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.name == "nt":
        pytest.skip("needs a bash that runs programs of this environment")
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("_project")
def test_github_a_clean_run() -> None:
    Path("test_billing.py").write_text(CLEAN)

    job = github()

    assert job.statuses == {"Test": 0, "Scan": 0, "Redact": 0}
    assert set(job.uploaded) == {"clean/out/junit.xml", "leaks.html"}
    assert "0 findings" in Path("summary.md").read_text()


@pytest.mark.usefixtures("_project")
def test_github_a_leak() -> None:
    Path("test_billing.py").write_text(LEAKING)

    job = github()

    assert job.statuses == {"Test": 0, "Scan": 1, "Redact": 0}
    debug = job.uploaded["clean/out/debug.log"]
    assert debug == "one REDACTED:stripe_key, two REDACTED:BILLING_STRIPE_KEY"
    assert_without_values(job)
    assert "2 secrets leaked" in Path("summary.md").read_text()
    assert "BILLING_STRIPE_KEY" in Path("leaks.sarif").read_text()


@pytest.mark.usefixtures("_project")
def test_gitlab_a_clean_run() -> None:
    Path("test_billing.py").write_text(CLEAN)

    job = gitlab()

    assert job.statuses == {"script": 0}
    assert set(job.uploaded) == {"clean/out/junit.xml", "leaks.html"}


@pytest.mark.usefixtures("_project")
def test_gitlab_a_leak_in_a_run_that_fails() -> None:
    Path("test_billing.py").write_text(f"{LEAKING}    assert False\n")

    job = gitlab()

    assert job.statuses == {"script": 1}
    assert "REDACTED:stripe_key" in job.uploaded["clean/out/debug.log"]
    assert 'failures="1"' in job.uploaded["clean/out/junit.xml"]
    assert_without_values(job)


def assert_without_values(job: Job) -> None:
    for text in job.uploaded.values():
        for value in (MADE_UP, REAL, REAL.encode().hex()):
            assert value not in text
