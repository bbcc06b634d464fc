"""The whole contract, to be held to a target."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pytest_julep_secrets.contract.caller import Caller
from pytest_julep_secrets.contract.cleaning import clean
from pytest_julep_secrets.contract.target import Target
from pytest_julep_secrets.contract.topics.bodies import BodyPromises
from pytest_julep_secrets.contract.topics.create import CreatePromises
from pytest_julep_secrets.contract.topics.delete import DeletePromises
from pytest_julep_secrets.contract.topics.developers import DeveloperPromises
from pytest_julep_secrets.contract.topics.fields import FieldPromises
from pytest_julep_secrets.contract.topics.history import HistoryPromises
from pytest_julep_secrets.contract.topics.keys import KeyPromises
from pytest_julep_secrets.contract.topics.lists import ListPromises
from pytest_julep_secrets.contract.topics.metadata import MetadataPromises
from pytest_julep_secrets.contract.topics.origins import OriginPromises
from pytest_julep_secrets.contract.topics.routes import RoutePromises
from pytest_julep_secrets.contract.topics.sdk import SdkPromises
from pytest_julep_secrets.contract.topics.update import UpdatePromises


class SecretsContract(
    CreatePromises,
    ListPromises,
    UpdatePromises,
    DeletePromises,
    FieldPromises,
    BodyPromises,
    MetadataPromises,
    KeyPromises,
    DeveloperPromises,
    RoutePromises,
    OriginPromises,
    SdkPromises,
    HistoryPromises,
):
    """What the secrets API promises. Subclass it, and give it a `target`.

    Either an attribute of the class, `target = Target("http://localhost:8080")`, or a fixture of
    that name, best of the scope "module".

    Each test is a promise; its docstring says what holds, and where that is known from. What it
    makes is deleted when it ends.
    """

    @pytest.fixture
    def api(self, request: pytest.FixtureRequest) -> Iterator[Caller]:
        """Give a promise what it speaks through."""
        target = getattr(type(self), "target", None)
        if not isinstance(target, Target):
            target = _from_fixture(request)
        if not target.in_use:
            target.in_use = True
            # When the last promise of the class has ended, or the run is interrupted.
            request.node.getparent(pytest.Class).addfinalizer(lambda: _finish(target))
        caller = Caller(target)
        yield caller
        caller.clean()


def _from_fixture(request: pytest.FixtureRequest) -> Target:
    try:
        target: Target = request.getfixturevalue("target")
    except pytest.FixtureLookupError as error:
        if error.argname != "target":
            raise
        pytest.fail(
            f"'{request.cls.__name__}' has nothing to hold to the contract.\n"
            "Give it an attribute, target = Target('http://localhost:8080'), or a fixture 'target'.",
            pytrace=False,
        )
    return target


def _finish(target: Target) -> None:
    left = clean(target)
    target.in_use = False
    target.close()
    if left:
        pytest.fail(
            f"{len(left)} secrets could not be deleted: {', '.join(left)}.\n"
            f"When the target answers again: julep-secrets sweep {target.url}",
            pytrace=False,
        )
