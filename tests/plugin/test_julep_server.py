"""The test's fake over HTTP: shared with the other fixtures, guarded, looked through."""

from __future__ import annotations

import pytest

# Sends as code in another language would: nothing here is intercepted.
APP = """
    import json, urllib.request
    from urllib.error import HTTPError

    def create(server, name, value="sk-fake-1f9c27d4", key="fake"):
        body = json.dumps({"name": name, "value": value}).encode()
        headers = {"content-type": "application/json", "authorization": f"Bearer {key}"}
        request = urllib.request.Request(f"{server.url}/secrets", body, headers)
        try:
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as got:
                return got.status
        except HTTPError as error:
            with error:
                return error.code
"""

PASSING = """
    import os, subprocess, sys, threading
    import pytest
    from app import create

    def test_alone(julep_server):
        assert create(julep_server, "stripe_key") == 201
        assert create(julep_server, "stripe_key") == 409

    def test_it_is_the_tests_own_fake(julep_server, mock_secrets, julep_client):
        assert create(julep_server, "stripe_key") == 201
        assert mock_secrets["stripe_key"] == "sk-fake-1f9c27d4"
        assert [secret.name for secret in julep_client.secrets.list()] == ["stripe_key"]
        assert len(mock_secrets.calls) == 2

    @pytest.mark.julep_secrets({"seeded": "sk-fake-5"}, api_key="fake-key-of-this-test")
    def test_the_marker_counts(julep_server):
        assert julep_server.env["JULEP_API_KEY"] == "fake-key-of-this-test"
        assert create(julep_server, "a", key="fake") == 403
        assert create(julep_server, "seeded", key="fake-key-of-this-test") == 409
        assert "fake-key-of-this-test" not in repr(julep_server)

    def test_proxies_are_kept_out(julep_server, monkeypatch):
        assert julep_server.env["NO_PROXY"] == julep_server.env["no_proxy"] == "a.example,127.0.0.1"

    def test_a_violation_can_be_expected(julep_server, mock_secrets):
        with mock_secrets.expect_violation("names"):
            assert create(julep_server, "prod_key") == 403
        assert create(julep_server, "stripe_key") == 201

    def test_nothing_is_left():
        assert "julep_server" not in [thread.name for thread in threading.enumerate()]
"""

FAILING = """
    from app import create

    def test_name(julep_server):
        create(julep_server, "prod_key")

    def test_value(julep_server):
        create(julep_server, "db", "postgres://admin:kJ8-vQ2xT9z@db.internal/app")

    def test_leak(julep_server):
        create(julep_server, "stripe_key")
        print("stored sk-fake-1f9c27d4")
"""


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setenv("NO_PROXY", "a.example")
    pytester.makepyfile(app=APP)
    return pytester


@pytest.mark.parametrize(
    "options", [[], ["--override-ini=julep_secrets_allow_hosts=example.com"]], ids=["", "hosts"]
)
def test_other_processes_share_the_tests_fake(project: pytest.Pytester, options: list[str]) -> None:
    project.makepyfile(PASSING)

    result = project.runpytest("-p", "no:randomly", "-W", "error", *options)

    result.assert_outcomes(passed=6)


def test_what_arrives_is_guarded_and_looked_for(project: pytest.Pytester) -> None:
    project.makepyfile(FAILING)

    result = project.runpytest("-p", "no:randomly")

    result.assert_outcomes(failed=3)
    result.stdout.fnmatch_lines(
        [
            "Secret name 'prod_key' looks like production: it contains the word 'prod'.*",
            "It happened in the thread 'julep_server'.",
            "Secret 'db' holds what looks like a real credential: rule 'database-url'.*",
            "Secret 'stripe_key' reached the captured stdout of the call phase, line 1.",
            "stored REDACTED:stripe_key",
        ]
    )
    result.stdout.no_fnmatch_line("*sk-fake-1f9c27d4*")


def test_a_child_process_finds_it_in_its_environment(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import os, subprocess, sys

        def test_child(julep_server, mock_secrets):
            code = "import julep; julep.Julep().secrets.create(name='a', value='sk-fake-77')"
            env = {**os.environ, "HTTP_PROXY": "http://127.0.0.1:9", **julep_server.env}
            subprocess.run([sys.executable, "-c", code], env=env, check=True)
            assert mock_secrets["a"] == "sk-fake-77"
        """
    )

    pytester.runpytest().assert_outcomes(passed=1)
