"""The whole contract, to be held to a target."""

from __future__ import annotations

from pytest_julep_secrets.contract.holding import Held
from pytest_julep_secrets.contract.topics.bodies import BodyPromises
from pytest_julep_secrets.contract.topics.create import CreatePromises
from pytest_julep_secrets.contract.topics.delete import DeletePromises
from pytest_julep_secrets.contract.topics.developers import DeveloperPromises
from pytest_julep_secrets.contract.topics.edges import EdgePromises
from pytest_julep_secrets.contract.topics.fields import FieldPromises
from pytest_julep_secrets.contract.topics.history import HistoryPromises
from pytest_julep_secrets.contract.topics.keys import KeyPromises
from pytest_julep_secrets.contract.topics.lists import ListPromises
from pytest_julep_secrets.contract.topics.metadata import MetadataPromises
from pytest_julep_secrets.contract.topics.origins import OriginPromises
from pytest_julep_secrets.contract.topics.routes import RoutePromises
from pytest_julep_secrets.contract.topics.sdk import SdkPromises
from pytest_julep_secrets.contract.topics.update import UpdatePromises


# pytest runs the promises of the last topic first.
class SecretsContract(
    HistoryPromises,
    EdgePromises,
    SdkPromises,
    OriginPromises,
    RoutePromises,
    DeveloperPromises,
    KeyPromises,
    MetadataPromises,
    BodyPromises,
    FieldPromises,
    DeletePromises,
    UpdatePromises,
    ListPromises,
    CreatePromises,
    Held,
):
    """What the secrets API promises. Subclass it, and give it a `target`.

    Either an attribute of the class, `target = Target("http://localhost:8080")`, or a fixture of
    that name, best of the scope "module".

    Each test is a promise; its docstring says what holds, and where that is known from. What it
    makes is deleted when it ends.
    """
