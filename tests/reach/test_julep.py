"""The SDK's clients on a fake, and what is said where there is no SDK of the right version.

What is not installed is tried in processes of their own: this one has imported the SDK.
"""

from __future__ import annotations

import asyncio
import textwrap
from pathlib import Path

import httpx
import julep
import pytest

from pytest_julep_secrets import MockSecrets
from pytest_julep_secrets.reach.julep import async_client, client


def test_a_client_does_not_retry_and_patches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = MockSecrets({"taken": "sk-fake-1"}, api_key="the-key")
    # Not used: neither decides where the client goes, nor with which key.
    monkeypatch.setenv("JULEP_BASE_URL", "https://julep.example.com")
    monkeypatch.setenv("JULEP_API_KEY", "another-key")
    send = httpx.Client.send

    with (
        client(secrets.transport, secrets.api_key) as made,
        pytest.raises(julep.ConflictError),
    ):
        made.secrets.create(name="taken", value="sk-fake-2")

    assert isinstance(made, julep.Julep)
    assert [(call.status, call.attempt) for call in secrets.calls] == [(409, 1)]
    assert httpx.Client.send is send


def test_nor_does_an_async_one() -> None:
    secrets = MockSecrets({"taken": "sk-fake-1"}, api_key="the-key")

    async def use() -> julep.AsyncJulep:
        async with async_client(secrets.transport, secrets.api_key) as made:
            with pytest.raises(julep.ConflictError):
                await made.secrets.create(name="taken", value="sk-fake-2")
        return made

    assert isinstance(asyncio.run(use()), julep.AsyncJulep)
    assert [(call.status, call.attempt) for call in secrets.calls] == [(409, 1)]


def test_a_client_needs_no_active_fake_and_leaves_an_active_one_alone() -> None:
    secrets = MockSecrets({"mine": "sk-fake-1"})

    with MockSecrets() as active, client(secrets.transport, secrets.api_key) as made:
        listed = made.secrets.list()

    assert [secret.name for secret in listed] == ["mine"]
    assert active.calls == []


NOT_INSTALLED = "import sys; sys.modules['julep'] = None"

# As if the SDK's own distribution were not there either.
NO_DISTRIBUTION = """
from importlib import metadata

real = metadata.version

def version(name):
    if name == "julep":
        raise metadata.PackageNotFoundError(name)
    return real(name)

metadata.version = version
"""

TRY = """
from pytest_julep_secrets import MockSecrets
from pytest_julep_secrets.errors import ConfigurationError
from pytest_julep_secrets.reach.julep import async_client, client

secrets = MockSecrets({"a": "sk-fake-1"})
for make in client, async_client:
    try:
        make(secrets.transport, secrets.api_key)
    except ConfigurationError as error:
        print(error, error.__cause__, error.__suppress_context__ or error.__context__ is None)

import httpx

with secrets:
    print(httpx.get("https://api.julep.ai/api/secrets").status_code)
"""


def run(pytester: pytest.Pytester, before: str = "") -> list[str]:
    result = pytester.runpython(pytester.makepyfile(script=textwrap.dedent(before) + TRY))

    assert result.ret == 0
    assert result.errlines == []
    return result.outlines


def install(folder: Path, version: str) -> None:
    """Put a package `julep` of another version there: one client, called otherwise."""
    (folder / "julep").mkdir()
    (folder / "julep" / "__init__.py").write_text("class Client: ...\n")
    about = folder / f"julep-{version}.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: julep\nVersion: {version}\n")


INSTALL = "Install it with: pip install 'pytest-julep-secrets[julep]' None True"


def test_without_the_sdk(pytester: pytest.Pytester) -> None:
    lines = run(pytester, NOT_INSTALLED)

    assert lines == ["The Julep SDK is not installed.", INSTALL] * 2 + ["200"]


def test_with_julep_3(pytester: pytest.Pytester) -> None:
    # The script's own folder comes first on sys.path.
    install(pytester.path, "3.1.4")

    lines = run(pytester)

    assert lines == [
        "The installed julep 3.1.4 has no 'Julep'; secrets are in julep 2.x.",
        INSTALL,
        "The installed julep 3.1.4 has no 'AsyncJulep'; secrets are in julep 2.x.",
        INSTALL,
        "200",
    ]


def test_with_a_folder_of_that_name_and_no_sdk(pytester: pytest.Pytester) -> None:
    """A project keeps its workflows in `julep/`: Python takes the folder for a package."""
    (pytester.path / "julep").mkdir()
    (pytester.path / "julep" / "__init__.py").touch()

    lines = run(pytester, NO_DISTRIBUTION)

    assert len(lines) == 5
    assert lines[1::2] == [INSTALL] * 2
    assert lines[-1] == "200"
