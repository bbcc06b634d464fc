"""The fake keeps every promise; so does its server; so do fakes for many developers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pytest_julep_secrets.contract import SecretsContract, Target
from pytest_julep_secrets.contract.chosen import Options, chosen
from pytest_julep_secrets.contract.holding import Held
from pytest_julep_secrets.contract.topics.bodies import BodyPromises
from pytest_julep_secrets.contract.topics.developers import DeveloperPromises
from pytest_julep_secrets.contract.topics.keys import KeyPromises
from pytest_julep_secrets.contract.topics.origins import OriginPromises
from pytest_julep_secrets.contract.topics.routes import RoutePromises
from pytest_julep_secrets.contract.topics.sdk import SdkPromises

DEVELOPER = "0195a000-0000-7000-8000-00000000000a"


@pytest.fixture(scope="module")
def fake() -> Iterator[Target]:
    with chosen(Options("fake")) as target:
        yield target


@pytest.fixture(scope="module")
def server() -> Iterator[Target]:
    with chosen(Options("server")) as target:
        yield target


@pytest.fixture(scope="module")
def developers_fake() -> Iterator[Target]:
    with chosen(Options("fake", header="X-Auth-Key", developer=DEVELOPER)) as target:
        yield target


class TestFake(SecretsContract):
    @pytest.fixture
    def target(self, fake: Target) -> Target:
        return fake


class TestServer(BodyPromises, KeyPromises, RoutePromises, OriginPromises, SdkPromises, Held):
    @pytest.fixture
    def target(self, server: Target) -> Target:
        return server


class TestDevelopers(KeyPromises, DeveloperPromises, SdkPromises, Held):
    @pytest.fixture
    def target(self, developers_fake: Target) -> Target:
        return developers_fake


def test_nothing_is_left_on_a_target(fake: Target) -> None:
    assert fake.noted == set()
    assert fake.http.get(f"{fake.url}/secrets", headers=dict(fake.headers)).json() == []
