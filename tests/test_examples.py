"""The examples do what they are for: one suite passes, one file fails."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"

PRODUCTION = "Secret name 'prod_stripe_key' looks like production: it contains the word 'prod'."

# What a user has to see of each test.
SENTENCES = {
    "test_a_production_name": [PRODUCTION, "At test_failing.py:17, in test_a_production_name."],
    "test_a_violation_that_the_code_swallows": [
        PRODUCTION,
        "At test_failing.py:22, in test_a_violation_that_the_code_swallows.",
        "The code went on after this violation; it counts all the same.",
    ],
    "test_a_value_in_the_log": [
        (
            "Secret 'stripe_key' reached the captured log of the call phase, line 1, "
            "from the logger 'billing'."
        ),
        "WARNING  billing:test_failing.py:29 stored REDACTED:stripe_key",
    ],
    "test_a_value_in_an_exception": [
        "E       RuntimeError: Stripe refused REDACTED:stripe_key",
        "Secret 'stripe_key' reached the text of RuntimeError, line 1.",
    ],
}


def run(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    # With the folder's own settings, not with ours.
    command = [sys.executable, "-m", "pytest", "-c", "/dev/null", "--rootdir", ".", *args]
    asyncio = ["-o", "asyncio_default_fixture_loop_scope=function", "-p", "no:cacheprovider"]
    return subprocess.run(  # noqa: S603 - ourselves
        [*command, *asyncio], cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_failing_tests_fail_each_with_its_own_sentences() -> None:
    done = run(EXAMPLES / "failing", "-p", "no:randomly")

    assert done.returncode == 1, done.stderr
    assert "4 failed" in done.stdout.splitlines()[-1]
    for name, sentences in SENTENCES.items():
        _, _, rest = done.stdout.partition(f" {name} _")
        section, _, _ = rest.partition("\n____")
        assert [sentence for sentence in sentences if sentence not in section] == []
    assert "sk-fake-1f9c27d4" not in done.stdout


def test_every_failing_example_is_looked_at() -> None:
    text = (EXAMPLES / "failing/test_failing.py").read_text()

    assert [
        line.split("(")[0].removeprefix("def ")
        for line in text.splitlines()
        if line.startswith("def test_")
    ] == list(SENTENCES)


@pytest.mark.parametrize("args", [(), ("-n", "2")], ids=["serial", "n2"])
def test_the_billing_suite_passes(args: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *args]

    done = subprocess.run(  # noqa: S603 - ourselves
        command, cwd=EXAMPLES / "billing", capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout
    assert "7 passed" in done.stdout.splitlines()[-1]
