"""Explicit leak checks, for a test to make."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence

from pytest_julep_secrets import current
from pytest_julep_secrets.errors import LeakError
from pytest_julep_secrets.leaks import proof
from pytest_julep_secrets.leaks.finding import Finding
from pytest_julep_secrets.leaks.sources import texts
from pytest_julep_secrets.leaks.watch import Watch, why_not

# Given what is to be looked into, makes sure that a leak would be there.
Prove = Callable[[Sequence[object]], None]

_NOBODY = "assert_no_leaks"


class SecretLeaks:
    """Looks for the values of a test: all that arrived at its fake, and those it names here.

    Args:
        watch: The values of the run.
        owner: Gives the test.
        owners: Gives the test and the wider fixtures it uses.
        prove: Raises if a capture could not have seen a leak.
    """

    def __init__(
        self,
        watch: Watch,
        owner: Callable[[], Hashable],
        owners: Callable[[], Collection[Hashable]],
        prove: Prove,
    ) -> None:
        self._watch = watch
        self._owner = owner
        self._owners = owners
        self._prove = prove

    def watch(self, name: str, value: str) -> None:
        """Look for one more value, here and at the end of the test.

        Args:
            name: What to call it.
            value: A text of at least 6 characters that is telling: not all digits, not its
                own name, not a common word.

        Raises:
            ValueError: If the value cannot be looked for.
        """
        _check(name, value, self._watch)
        self._watch.add(name, value, self._owner())

    def find(self, *sources: object) -> list[Finding]:
        """Find the values in texts.

        Args:
            sources: Each a string or bytes, an exception, `caplog`, `capsys` or one of its
                kin, the result of `capsys.readouterr()`, or a list of those.

        Raises:
            LeakError: If nothing could have been found: there is no value to look for yet, or
                a capture could not have seen one.
            TypeError: If a source cannot be looked into.
        """
        if not self._watch.has(self._owners()):
            raise LeakError(
                "This leak check could not have found anything: no value is looked for.\n"
                "Check after your code has stored a secret, or name one: "
                "secret_leaks.watch(name, value)."
            )
        self._prove(sources)
        return [
            Finding(f"{place}, line {hit.line}", hit.label, hit.form)
            for place, text in texts(sources)
            for hit in self._watch.find(text, self._owners)
            if hit.owned
        ]

    def assert_none(self, *sources: object) -> None:
        """Fail if one of the values is in a text.

        Args:
            sources: As for `find`.

        Raises:
            LeakError: If there is one, or none could have been found.
            TypeError: If a source cannot be looked into.
        """
        found = self.find(*sources)
        if found:
            raise LeakError("\n".join(map(str, found)), found)


def assert_no_leaks(*sources: object, secrets: Mapping[str, str]) -> None:
    """Fail if one of these secrets' values is in a text. Needs no pytest and no fake.

    Args:
        sources: Each a string or bytes, an exception, `caplog`, `capsys` or one of its kin,
            the result of `capsys.readouterr()`, or a list of those.
        secrets: Names mapped to values.

    Raises:
        LeakError: If there is one, or a capture sees nothing by now.
        TypeError: If a source cannot be looked into, or there are no secrets.
        ValueError: If a value cannot be looked for, being too short or too common.
    """
    if not isinstance(secrets, Mapping) or not secrets:
        raise TypeError(
            "There is nothing to look for: secrets has to be a mapping of names to values.\n"
            'Write it like this: assert_no_leaks(text, secrets={"stripe_api_key": value})'
        )
    leaks = SecretLeaks(Watch(), lambda: _NOBODY, lambda: (_NOBODY,), proof.prove)
    run = current.innermost()
    for name, value in secrets.items():
        leaks.watch(name, value)
        if run is not None:
            # Who names a value here has it from somewhere: a manifest must not hold it.
            run.watch.may_be_real(value)
    leaks.assert_none(*sources)


def _check(name: object, value: object, watch: Watch) -> None:
    if not isinstance(name, str) or not isinstance(value, str):
        kind = type(name if not isinstance(name, str) else value).__name__
        raise TypeError(f"A name and a value to look for have to be strings; this is a {kind}.")
    reason = why_not(name, value)
    if reason is not None:
        # Without the name, if that is the value; and it may hold another one.
        shown = "This secret" if value == name else f"Secret '{watch.redact(name)}'"
        raise ValueError(
            f"{shown} cannot be looked for: its value is {reason}, which proves nothing.\n"
            "Use a longer value of its own in this test."
        )
