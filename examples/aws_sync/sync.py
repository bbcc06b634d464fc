"""Secrets of AWS Secrets Manager are kept in Julep, too. It can be run again at any time.

What has failed in the middle is completed by the next run; what cannot be synced is told, by name.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import boto3
import julep
import names
from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from julep.types import Secret
    from mypy_boto3_secretsmanager import SecretsManagerClient
    from mypy_boto3_secretsmanager.type_defs import SecretListEntryTypeDef

Done = Literal["created", "updated", "unchanged"]

# What secrets are called in Julep where "aws_" and their name in AWS will not do.
CHOSEN: Mapping[str, str] = {}


class NotSyncedError(Exception):
    """A secret cannot be synced; says why, without its value."""


@dataclass
class Report:
    """What has come of each secret; no values.

    Attributes:
        done: What was done, by names in Julep.
        skipped: Why it could not be, by names in AWS.
        left: Names in Julep that an earlier run has synced and this one has not: the secret was
            deleted in AWS, or is skipped. Whether they are needed is for people to say.
    """

    done: dict[str, Done]
    skipped: dict[str, str]
    left: list[str]


def sync(chosen: Mapping[str, str] = CHOSEN) -> Report:
    """Create and update secrets in Julep until they are what they are in AWS.

    Args:
        chosen: Names in Julep by names in AWS; all others are "aws_" and the name in AWS.

    Raises:
        botocore.exceptions.ClientError: If AWS gives no list.
        julep.APIError: If Julep refuses, or cannot be reached. Run it again.
    """
    aws, client = boto3.client("secretsmanager"), julep.Julep()
    pages = aws.get_paginator("list_secrets").paginate()
    entries = {entry["Name"]: entry for page in pages for entry in page["SecretList"]}
    there = {secret.name: secret for secret in in_julep(client)}
    given, skipped = names.assign(entries, chosen)
    report = Report({}, skipped, [])
    for aws_name, name in given.items():
        try:
            report.done[name] = _sync(aws, client, entries[aws_name], name, there.get(name))
        except NotSyncedError as reason:
            report.skipped[aws_name] = str(reason)
    report.left = [
        name
        for name, secret in there.items()
        if name not in report.done and _is_from(secret, aws.meta.region_name)
    ]
    return report


def in_julep(client: julep.Julep) -> Iterator[Secret]:
    """Give all secrets, page by page: of a list without a limit there are only the newest 100."""
    offset = 0
    while page := _page(client, offset):
        yield from page
        offset += len(page)


def _page(client: julep.Julep, offset: int) -> list[Secret]:
    page: object = client.secrets.list(limit=100, offset=offset)
    if not isinstance(page, list):
        # The SDK hands on what is no JSON, such as a gateway's page; it would never end.
        raise TypeError("Julep's answer is no list of secrets.")
    return page


def _sync(
    aws: SecretsManagerClient,
    client: julep.Julep,
    entry: SecretListEntryTypeDef,
    name: str,
    old: Secret | None,
) -> Done:
    metadata = _metadata(old)
    if old is not None and not _is_copy(metadata, entry["ARN"]):
        raise NotSyncedError(f"'{name}' is in Julep, and is not its copy")
    # Julep shows no values, so which one it has can be told by the version only.
    if old is not None and metadata.get("version", "") == _version(entry):
        return "unchanged"
    value, version = _read(aws, entry["ARN"])
    mark = {"source": "aws", "arn": entry["ARN"], "version": version}
    if old is None:
        description = entry.get("Description") or f"Synced from AWS Secrets Manager: {name}"
        _create(client, name, value, description, mark)
        return "created"
    # Metadata is replaced whole, so what others have put there goes in again.
    client.secrets.update(old.id, name=name, value=value, metadata={**metadata, **mark})
    return "updated"


def _read(aws: SecretsManagerClient, arn: str) -> tuple[str, str]:
    """Return a secret's value and the version that it is of."""
    try:
        read = aws.get_secret_value(SecretId=arn)
    except ClientError as error:
        # It has no value yet, was deleted since it was listed, or may not be read.
        raise NotSyncedError(f"AWS gives no value: {error.response['Error']['Code']}") from None
    value = read.get("SecretString")
    if value is None:
        raise NotSyncedError("its value is binary, and Julep's are text")
    if "\0" in value:
        raise NotSyncedError("its value has a NUL in it, which Julep leaves out")
    return value, read["VersionId"]


def _create(
    client: julep.Julep, name: str, value: str, description: str, mark: Mapping[str, str]
) -> None:
    try:
        client.secrets.create(name=name, value=value, description=description, metadata=mark)
    except julep.ConflictError:
        # Made just now, and the reply was lost; or by somebody else, since the list was made.
        made = next((secret for secret in in_julep(client) if secret.name == name), None)
        if _metadata(made) != mark:
            raise NotSyncedError(f"'{name}' was created by somebody else; run it again") from None


def _version(entry: SecretListEntryTypeDef) -> str | None:
    versions = entry.get("SecretVersionsToStages", {})
    return next((one for one, stages in versions.items() if "AWSCURRENT" in stages), None)


def _metadata(secret: Secret | None) -> dict[str, object]:
    metadata = secret.metadata if secret is not None else None
    return metadata if isinstance(metadata, dict) else {}


def _is_copy(metadata: Mapping[str, object], arn: str) -> bool:
    """Tell whether it is of this secret, or of one of the same name that it has replaced."""
    # An ARN ends with "-" and six characters that are new whenever a secret is made again.
    return str(metadata.get("arn")).rpartition("-")[0] == arn.rpartition("-")[0]


def _is_from(secret: Secret, region: str) -> bool:
    return str(_metadata(secret).get("arn")).split(":")[2:4] == ["secretsmanager", region]


def main() -> int:
    """Sync, and print names; the status is 1 if there is anything left to do."""
    report = sync()
    for name, done in report.done.items():
        print(f"{name}: {done}")
    for aws_name, reason in report.skipped.items():
        print(f"{aws_name}: not synced, {reason}")
    for name in report.left:
        print(f"{name}: not synced any more")
    return 1 if report.skipped else 0


if __name__ == "__main__":
    sys.exit(main())
