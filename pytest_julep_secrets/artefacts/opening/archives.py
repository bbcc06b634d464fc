"""What is in archives, of whichever kind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext

from pytest_julep_secrets.artefacts.opening.kinds import Kind
from pytest_julep_secrets.artefacts.opening.layer import File
from pytest_julep_secrets.artefacts.opening.limits import Budget
from pytest_julep_secrets.artefacts.opening.member import Member
from pytest_julep_secrets.artefacts.opening.spool import copy_of
from pytest_julep_secrets.artefacts.opening.tar_archive import tar_members
from pytest_julep_secrets.artefacts.opening.zip_archive import zip_members


def members_of(file: File, kind: Kind, budget: Budget) -> Iterator[Member]:
    """Give what is in an archive, one after the other.

    Args:
        file: The archive.
        kind: TAR or ZIP.
        budget: What unpacking counts for.

    Raises:
        UnreadableError: If it is broken.
    """
    if kind is Kind.TAR:
        yield from tar_members(file, budget.limits)
        return
    # The directory of a zip archive is at its end.
    with nullcontext(file) if file.seekable() else copy_of(file) as whole:
        yield from zip_members(whole, budget)
