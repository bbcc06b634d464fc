"""The same two operations on moto, which does for AWS what the fake does for Julep."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import TYPE_CHECKING

import boto3
from moto import mock_aws

from bench.clients import creating, intercepted, listing
from bench.result import Goal, Line
from bench.timing import Effort, always, compare, loop

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

_TWICE_AS_FAST = Goal("ratio", 0.5)


def run(effort: Effort) -> Iterator[Line]:
    """Compare intercepted clients of the SDK with boto3's under `mock_aws`."""
    for name, operation, peer, theirs, held in (
        ("list() of 1", listing, "list_secrets()", _list_secrets, 1),
        ("list() of 100", listing, "list_secrets()", _list_secrets, 100),
        ("create()", creating, "create_secret()", _create_secret, 1),
    ):
        with mock_aws():
            call = theirs(_client(held))
            number = effort.number(20)
            pairs = compare(
                loop(intercepted(operation, held), number),
                loop(always(call), number),
                effort.rounds(25),
            )
        yield Line("aws", f"{name}, interception", f"moto {peer}", pairs, _TWICE_AS_FAST)


def _client(held: int) -> SecretsManagerClient:
    client = boto3.client(
        "secretsmanager",
        region_name="us-east-1",
        aws_access_key_id="fake",
        aws_secret_access_key="fake",  # noqa: S106
    )
    for place in range(held):
        client.create_secret(Name=f"seeded_{place}", SecretString="sk-fake-1f9c27d4")
    return client


def _list_secrets(client: SecretsManagerClient) -> Callable[[], object]:
    return lambda: client.list_secrets(MaxResults=100)


def _create_secret(client: SecretsManagerClient) -> Callable[[], object]:
    names = count()
    return lambda: client.create_secret(
        Name=f"secret_{next(names)}", SecretString="sk-fake-1f9c27d4"
    )
