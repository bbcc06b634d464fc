"""A target and a model, driven side by side. The one file that needs Hypothesis."""

from __future__ import annotations

from typing import Any, Final, cast

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    multiple,
    rule,
    run_state_machine_as_test,
)

from pytest_julep_secrets.contract.caller import UNKNOWN_ID, VALUE, Caller, item
from pytest_julep_secrets.contract.model import Model
from pytest_julep_secrets.contract.replies import in_order, parsed
from pytest_julep_secrets.contract.target import Target

# Few enough that names meet; some are none, some are the same but for a NUL.
_TAILS: Final = st.sampled_from(
    ["a", "b", "A", "a\0", "c_1", "x" * 300, "bad-name", "ä", "b\n", "key 🔑"]
)
_TEXTS: Final = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
_DESCRIPTIONS: Final = st.none() | _TEXTS
# A NUL in a key is refused.
_KEYS: Final = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=3)
_JSON: Final = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | _TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(_KEYS, inner, max_size=3),
    max_leaves=5,
)
_METADATA: Final = st.none() | st.dictionaries(_KEYS, _JSON, max_size=3)
_FIELDS: Final = st.fixed_dictionaries(
    {}, optional={"description": _DESCRIPTIONS, "metadata": _METADATA}
)
# More is gentle on nobody but a fake.
_EXAMPLES: Final = {True: (25, 20), False: (8, 20)}


def run(api: Caller) -> None:
    """Drive a target through random histories; raises what is answered otherwise."""
    examples, steps = _EXAMPLES[api.target.exact]
    run_state_machine_as_test(
        # A factory will do, although it is not said.
        cast("type[Machine]", lambda: Machine(api.target)),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            report_multiple_bugs=False,
            phases=[Phase.generate, Phase.shrink] if api.target.exact else [Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


class Machine(RuleBasedStateMachine):
    """One history, with names of its own: what another has left does not change it.

    Args:
        target: Is driven.
    """

    ids: Bundle[str] = Bundle("ids")

    def __init__(self, target: Target) -> None:
        super().__init__()
        self._api = Caller(target)
        self._model = Model()

    def _given(self, tail: str, fields: dict[str, Any]) -> dict[str, Any]:
        return {"name": self._api.name(tail), "value": VALUE, **fields}

    def _keep(self, shown: dict[str, Any], expected: dict[str, Any]) -> None:
        """Compare what is shown with what should be, but for what only the server can know."""
        own = {key: shown[key] for key in ("id", "created_at", "updated_at")}
        assert in_order(shown, {**own, **{key: expected[key] for key in shown if key not in own}})
        self._model.put(shown)

    @rule(target=ids, tail=_TAILS, fields=_FIELDS)
    def create(self, tail: str, fields: dict[str, Any]) -> Any:
        """Make a secret."""
        given = self._given(tail, fields)
        status, expected = self._model.create(given)

        shown = parsed(self._api.send("POST", json=given), status)

        if expected is None:
            return multiple()
        self._keep(shown, expected)
        return shown["id"]

    @rule(secret_id=ids | st.just(UNKNOWN_ID), tail=_TAILS, fields=_FIELDS)
    def update(self, secret_id: str, tail: str, fields: dict[str, Any]) -> None:
        """Overwrite a secret, and perhaps rename it."""
        given = self._given(tail, fields)
        old = self._model.find(secret_id)
        status, expected = self._model.update(secret_id, given)

        shown = parsed(self._api.send("PUT", item(secret_id), json=given), status)

        if old is not None and expected is not None:
            assert (shown["id"], shown["created_at"]) == (old["id"], old["created_at"])
            assert shown["updated_at"] != old["updated_at"]
            self._keep(shown, expected)

    @rule(secret_id=consumes(ids))
    def delete(self, secret_id: str) -> None:
        """Delete a secret."""
        status = self._model.delete(secret_id)

        assert parsed(self._api.send("DELETE", item(secret_id)), status)

    @rule(limit=st.integers(0, 12), offset=st.integers(0, 12))
    def page(self, limit: int, offset: int) -> None:
        """Read a page, and compare it with the same piece of a longer one."""
        window, page = self._api.steady("limit=24", f"limit={limit}&offset={offset}")

        assert in_order(page, window[offset : offset + limit])

    @rule()
    def look(self) -> None:
        """Read the whole list."""
        assert in_order(self._api.own(), self._model.secrets[::-1])

    def teardown(self) -> None:
        """Delete what is left, also of a history that has failed."""
        self._api.clean()
