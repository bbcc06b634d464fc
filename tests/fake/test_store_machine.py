"""The server and a plain dict, driven side by side."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from fake.asking import ask, parsed
from pytest_julep_secrets.fake.api import FakeServer

DEVELOPERS = st.sampled_from([f"0195a000-0000-7000-8000-00000000000{letter}" for letter in "ab"])
NAMES = st.sampled_from(["a", "b", "B", "c_1", "bad-name", ""])
VALUES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=5)
DESCRIPTIONS = st.none() | st.just("") | st.just("text")
METADATA = st.none() | st.dictionaries(st.sampled_from("ab"), st.integers(0, 9), max_size=2)


class Machine(RuleBasedStateMachine):
    """The model: developers mapped to secrets, oldest first, as dicts with their value."""

    ids: Bundle[str] = Bundle("ids")

    def __init__(self) -> None:
        super().__init__()
        self.server = FakeServer(multi_tenant=True)
        self.model: dict[str, list[dict[str, Any]]] = {}
        self.kept: tuple[Any, dict[str, list[dict[str, Any]]]] | None = None

    def mine(self, developer: str) -> list[dict[str, Any]]:
        return self.model.setdefault(developer, [])

    def status_for(self, developer: str, name: str, but: str | None = None) -> int:
        if name in ("", "bad-name"):
            return 400
        taken = [s for s in self.mine(developer) if s["name"] == name and s["id"] != but]
        return 409 if taken else 200

    def send(self, request: str, developer: str, content: object = None, query: str = "") -> Any:
        headers = {"x-developer-id": developer}
        return ask(self.server, request, content, query=query, headers=headers)

    @rule(
        target=ids,
        developer=DEVELOPERS,
        name=NAMES,
        value=VALUES,
        description=DESCRIPTIONS,
        metadata=METADATA,
    )
    def create(self, developer: str, name: str, value: str, description: Any, metadata: Any) -> str:
        expected = {200: 201}.get(
            self.status_for(developer, name), self.status_for(developer, name)
        )
        fields = {"name": name, "value": value, "description": description, "metadata": metadata}

        reply = self.send("POST /secrets", developer, fields)

        assert reply.status == expected
        if expected != 201:
            return "0195a000-1111-7222-8333-444455556666"
        shown = parsed(reply)
        self.mine(developer).append({**shown, "value": value})
        assert {key: shown[key] for key in fields} == {**fields, "value": "ENCRYPTED"}
        return str(shown["id"])

    @rule(
        id_=ids,
        developer=DEVELOPERS,
        name=NAMES,
        value=VALUES,
        changes=st.fixed_dictionaries(
            {}, optional={"description": DESCRIPTIONS, "metadata": METADATA}
        ),
    )
    def update(
        self, id_: str, developer: str, name: str, value: str, changes: dict[str, Any]
    ) -> None:
        old = next((s for s in self.mine(developer) if s["id"] == id_), None)
        expected = self.status_for(developer, name, id_) if old else 404

        reply = self.send(
            f"PUT /secrets/{id_}", developer, {"name": name, "value": value, **changes}
        )

        assert reply.status == expected
        if old and expected == 200:
            given = {key: value for key, value in changes.items() if value is not None}
            shown = parsed(reply)
            assert shown["updated_at"] > old["updated_at"]
            old |= {"name": name, "value": value, **given, "updated_at": shown["updated_at"]}

    @rule(id_=consumes(ids), developer=DEVELOPERS)
    def delete(self, id_: str, developer: str) -> None:
        known = [s for s in self.mine(developer) if s["id"] == id_]

        reply = self.send(f"DELETE /secrets/{id_}", developer)

        assert reply.status == (202 if known else 404)
        self.model[developer] = [s for s in self.mine(developer) if s["id"] != id_]

    @rule(developer=DEVELOPERS, limit=st.integers(0, 5), offset=st.integers(0, 5))
    def page(self, developer: str, limit: int, offset: int) -> None:
        reply = self.send("GET /secrets", developer, query=f"limit={limit}&offset={offset}")

        newest = self.mine(developer)[::-1]
        expected = [{**s, "value": "ENCRYPTED"} for s in newest[offset : offset + limit]]
        assert parsed(reply) == expected

    @rule()
    def keep(self) -> None:
        model = {who: [dict(s) for s in secrets] for who, secrets in self.model.items()}
        self.kept = self.server.store.snapshot(), model

    @rule()
    def go_back(self) -> None:
        if self.kept is not None:
            snapshot, model = self.kept
            self.server.store.restore(snapshot)
            self.model = {who: [dict(s) for s in secrets] for who, secrets in model.items()}

    @invariant()
    def values_are_kept(self) -> None:
        for who, secrets in self.model.items():
            stored = self.server.store.page(UUID(who), 100, 0)
            assert [s.value for s in stored] == [s["value"] for s in secrets[::-1]]


TestMachine = Machine.TestCase
TestMachine.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
