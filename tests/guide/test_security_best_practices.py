"""Section "Security Best Practices": each of the seven can be tested."""

from __future__ import annotations

import base64
from datetime import timedelta

import julep
import pytest

from guide.trying import ARGS
from pytest_julep_secrets import LeakError, MockSecrets, SecretLeaks
from pytest_julep_secrets.tasks import references

VALUE = "sk-fake-1f9c27d4"
# Of runs inside of this one: what pytester prints of them is no leak of ours.
INNER = "sk-fake-c0ffee42"
ONE, OTHER = "0195a000-0000-7000-8000-00000000000a", "0195a000-0000-7000-8000-00000000000b"
SEED = pytest.mark.julep_secrets({"stripe_api_key": VALUE})


@pytest.mark.julep_secrets(api_key="fake-key")
@pytest.mark.usefixtures("mock_secrets")
def test_access_is_by_key() -> None:
    julep.Julep(api_key="fake-key").secrets.create(name="stripe_api_key", value=VALUE)

    with pytest.raises(julep.PermissionDeniedError):
        julep.Julep(api_key="another").secrets.list()


def test_a_value_that_is_logged_fails_the_test(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        f"""
        import logging
        import julep

        def test_it(mock_secrets):
            julep.Julep().secrets.create(name="stripe_api_key", value="{INNER}")
            logging.getLogger("billing").warning("stored {INNER}")
        """
    )

    result = pytester.runpytest(*ARGS)

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["Secret 'stripe_api_key' reached the captured log*'billing'."])
    result.stdout.no_fnmatch_line(f"*{INNER}*")


def test_the_sdk_itself_logs_what_it_sends(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        f"""
        import julep

        def test_it(mock_secrets, caplog):
            caplog.set_level("DEBUG", logger="julep")
            julep.Julep().secrets.create(name="stripe_api_key", value="{INNER}")
        """
    )

    result = pytester.runpytest(*ARGS)

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*reached the captured log*'julep._base_client'."])
    result.stdout.no_fnmatch_line(f"*{INNER}*")


@SEED
def test_a_rotation_that_fails_can_be_rehearsed(mock_secrets: MockSecrets) -> None:
    client = julep.Julep()
    (secret,) = client.secrets.list()
    mock_secrets.faults.add("update", status=503, times=None)

    with pytest.raises(julep.InternalServerError):
        client.secrets.update(secret.id, name=secret.name, value="sk-fake-8a3e55b0")

    assert mock_secrets["stripe_api_key"] == VALUE


@pytest.mark.julep_secrets({"stripe_api_key": VALUE}, developer=ONE)
@pytest.mark.usefixtures("mock_secrets")
def test_the_only_scope_is_the_developer() -> None:
    other = julep.Julep(default_headers={"X-Developer-Id": OTHER})

    assert [secret.name for secret in julep.Julep().secrets.list()] == ["stripe_api_key"]
    assert other.secrets.list() == []


def test_a_task_that_takes_all_secrets_is_told() -> None:
    (one,) = references({"main": [{"tool": "log", "arguments": {"all": "$ dump_json(secrets)"}}]})

    assert (one.kind, one.name) == ("dynamic", "{}")


@SEED
def test_what_code_asked_for_is_on_record(mock_secrets: MockSecrets) -> None:
    client = julep.Julep()
    (secret,) = client.secrets.list()
    client.secrets.update(secret.id, name="stripe_api_key", value="sk-fake-8a3e55b0")

    assert [(call.operation, call.name) for call in mock_secrets.calls] == [
        ("list", None),
        ("update", "stripe_api_key"),
    ]


def test_a_secrets_age_can_be_made_up(mock_secrets: MockSecrets) -> None:
    mock_secrets.clock.advance(timedelta(days=-91))
    mock_secrets.create(name="stripe_api_key", value=VALUE)
    mock_secrets.clock.advance(timedelta(days=91))
    (secret,) = julep.Julep().secrets.list()

    assert mock_secrets.clock.now() - secret.updated_at > timedelta(days=90)


def test_metadata_is_kept_and_found(mock_secrets: MockSecrets) -> None:
    julep.Julep().secrets.create(name="a", value=VALUE, metadata={"owner": "billing"})
    julep.Julep().secrets.create(name="b", value="sk-fake-8a3e55b0", metadata={"owner": "core"})

    assert [secret.name for secret in mock_secrets.list(metadata={"owner": "billing"})] == ["a"]


@SEED
@pytest.mark.usefixtures("mock_secrets")
def test_the_api_gives_no_value_for_a_backup() -> None:
    assert [secret.value for secret in julep.Julep().secrets.list()] == ["ENCRYPTED"]


@SEED
def test_a_backup_that_is_only_encoded_is_noticed(
    mock_secrets: MockSecrets, secret_leaks: SecretLeaks
) -> None:
    with pytest.raises(LeakError, match="base64"):
        secret_leaks.assert_none(base64.b64encode(str(dict(mock_secrets)).encode()))
