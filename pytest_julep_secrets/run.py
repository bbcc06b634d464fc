"""What one run has seen: the violations made, and the values that arrived at its fakes.

A run is one of pytest's, or one `MockSecrets` where there is no pytest.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Hashable, Iterator

from pytest_julep_secrets.circumstances import Circumstances
from pytest_julep_secrets.errors import Violation
from pytest_julep_secrets.fake.gate import Gate
from pytest_julep_secrets.fake.rules import routes
from pytest_julep_secrets.guards.credentials import credential_rule
from pytest_julep_secrets.guards.levels import Level
from pytest_julep_secrets.guards.names import production_reason
from pytest_julep_secrets.guards.naming import naming_fault
from pytest_julep_secrets.guards.place import user_line
from pytest_julep_secrets.guards.verdict import Record
from pytest_julep_secrets.leaks.watch import Watch
from pytest_julep_secrets.planned import Planned


class Run(Gate):
    """The gate of every fake of a run.

    Args:
        circumstances: As above.
        now: Gives the time, in seconds since the epoch.

    Attributes:
        record: Its violations.
        watch: Its values.
        planned: The faults of its fakes.
    """

    def __init__(self, circumstances: Circumstances, now: Callable[[], float] = time.time) -> None:
        self._circumstances = circumstances
        self._now = now
        self.record: Record = Record()
        self.watch: Watch = Watch()
        self.planned: Planned = Planned()
        # Those of the environment that no request may carry, with their variables.
        self._real_keys: dict[str, str] = {}

    def owner(self) -> Hashable:
        """Return who answers for what arrives now."""
        return self._circumstances.owner()

    def arrived(self, name: object, value: object) -> None:
        """Watch a value, and every text in it if it is none itself."""
        self.watch_for(name, value, self._circumstances.owner())

    def watch_for(self, name: object, value: object, owner: Hashable) -> None:
        """Watch a value for whom it is."""
        known = name if isinstance(name, str) else ""
        for text in _texts(value):
            self.watch.add(known, text, owner, made_up=True)

    def may_need(self, names: Collection[str]) -> None:
        """Take note of the names that a fake allows."""
        self._circumstances.may_need(names)

    def admit(self, name: str, value: str, allowed: Collection[str] = ()) -> None:
        """Keep a secret out by its name, or because its value looks real.

        Args:
            name: A secret's.
            value: Its value.
            allowed: Names that the fake allows.

        Raises:
            Violation: If one does and nothing allows it.
        """
        try:
            self._admit_name(name, allowed)
            self._admit_value(name, value)
        except Violation:
            self.watch.may_be_real(value)
            raise
        self._admit_naming(name, allowed)

    def _admit_name(self, name: str, allowed: Collection[str]) -> None:
        """Keep a name out that looks like production."""
        ask = self._circumstances
        reason = production_reason(name, ask.name_patterns)
        if reason is None or self._level("names") == "off" or ask.allows_name(name, allowed):
            return
        self._refuse(
            "names",
            f"Secret name '{name}' looks like production: {reason}.",
            f" It never gets into the fake.\nRename it, or {ask.remedy.format(name)}.",
        )

    def _admit_naming(self, name: str, allowed: Collection[str]) -> None:
        """Keep a name out that is against the naming convention, if that is asked for."""
        ask, fault = self._circumstances, naming_fault(name)
        if fault is None or self._level("naming", fault.level) == "off":
            return
        if not ask.allows_name(name, allowed):
            advice = f" It never gets into the fake.\nRename it, or {ask.remedy.format(name)}."
            self._refuse("naming", fault.message, advice, fault.level)

    def _admit_value(self, name: str, value: str) -> None:
        """Keep a value out that looks like a real credential."""
        rule = credential_rule(value, self._now())
        if rule is not None:
            self._refuse(
                "credentials",
                f"Secret '{name}' holds what looks like a real credential: rule '{rule}'.",
                " It never gets into the fake.\n"
                "Use a made-up value, one that begins with 'fake' for example"
                f"{self._circumstances.way_off('credentials')}.",
            )

    def keep_key_in(self, variable: str, value: str) -> None:
        """Let no request carry the value of a variable, as code strips it."""
        # Of the line break that a file of one line ends with.
        key = value.strip().removeprefix("Bearer ")
        self._real_keys[key] = variable
        self.watch.may_be_real(key)

    def admit_key(self, key: str) -> None:
        """Keep a request out whose API key is real, or looks so, and watch the key.

        Args:
            key: The header that holds it, as it was sent.

        Raises:
            Violation: If it is and that is not left to the test.
        """
        key = key.rpartition(" ")[2]
        variable = self._real_keys.get(key)
        if variable is not None:
            self._refuse(
                "environment",
                f"A request carries the real value of {variable}.",
                f" It was refused.\nBuild the client with what {variable} holds while tests run, "
                "and load no file over it, as load_dotenv(override=True) does; or keep the real "
                "value with --julep-secrets environment=off.",
            )
            return
        rule = credential_rule(key, self._now())
        if rule is None or self._level("environment") == "off":
            # Who keeps real keys in the environment means to use them.
            return
        if self._level("credentials") != "off":
            self.watch.add("JULEP_API_KEY", key, self._circumstances.owner())
            self._refuse(
                "credentials",
                f"A request's API key looks like a real credential: rule '{rule}'.",
                " It never gets to the fake.\n"
                "Give the client a made-up key such as 'fake'"
                f"{self._circumstances.way_off('credentials')}.",
            )

    def _level(self, check: str, default: Level | None = None) -> Level:
        # Who expects a violation wants one, however strictly it is taken otherwise.
        return "error" if self.record.expects(check) else self._circumstances.level(check, default)

    def _refuse(self, check: str, message: str, advice: str, default: Level | None = None) -> None:
        level = self._level(check, default)
        if level == "warn":
            self._circumstances.warn(check, self.watch.redact(message))
        elif level == "error":
            raise self.violate(check, f"{message}{advice}")

    def keep_in(self, what: str, unlisted: bool) -> None:
        """Keep a request in, as strictly as hosts are taken now.

        Args:
            what: The request, such as "A request to 'api.julep.ai'".
            unlisted: True if an allow list lacks its host; False for one of Julep's own.

        Raises:
            Violation: Unless hosts are not that strict.
        """
        message = self._not_allowed(what) if unlisted else self.unanswered(what)
        first, line_break, advice = message.partition("\n")
        self._refuse("hosts", first, line_break + advice)

    def unanswered(self, what: str) -> str:
        """Say that nothing answers a request, and what the fake does answer."""
        ask = self._circumstances
        fake = "The fake (ask for mock_secrets)" if ask.way_out else "The fake"
        live = f", or {ask.way_out} if it means to reach Julep" if ask.way_out else ""
        return (
            f"{what} is not answered by anything {ask.where}.\n"
            f"{fake} answers httpx clients at {routes.describe()}; "
            f"mock anything else, with respx for example{live}."
        )

    def _not_allowed(self, what: str) -> str:
        return (
            f"{what} is not allowed: it is neither local nor in julep_secrets_allow_hosts.\n"
            f"Add it there, mock it, or {self._circumstances.way_out}."
        )

    def violate(self, check: str, message: str) -> Violation:
        """Make a violation and put it on the record; the caller raises it.

        Args:
            check: The guard that fires.
            message: One sentence on what happened and one on what to do.
        """
        # A name in it may be a value in the wrong place.
        safe = self.watch.redact(message)
        violation = self._circumstances.violation(check, safe, user_line())
        self.record.add(violation)
        return violation


def _texts(value: object) -> Iterator[str]:
    """Give every text in a JSON value: the server echoes one of the wrong type whole."""
    waiting = [value]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, str):
            yield inner
        elif isinstance(inner, dict):
            waiting.extend(inner.values())
        elif isinstance(inner, list | tuple):
            waiting.extend(inner)
