"""A provider for Faker: names, values, whole secrets and tasks, all made up."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any, Final

from faker.providers import BaseProvider

from pytest_julep_secrets import current
from pytest_julep_secrets.made_up import KINDS, LABEL, TAG, Kind

# Never production: such names do not get into a fake.
_ENVIRONMENTS: Final = ("dev", "test", "staging")
_PARTS: Final = (
    *("accounting", "alerts", "billing", "checkout", "crm", "exports", "imports", "mail", "orders"),
    *("reports", "search", "shipping", "signup", "support", "surveys", "sync", "uploads"),
)
_DAY_0: Final = date(2024, 1, 1)


class JulepSecretsProvider(BaseProvider):
    """What code that keeps secrets in Julep is given in tests.

    The same seed gives the same. Each call takes one number of Faker's random ones, however much
    it makes, so what other providers give next does not depend on kinds or lengths.
    """

    __provider__ = "julep_secrets"

    def julep_secret_kind(self) -> str:
        """Give a kind, such as "openai": what the argument `kind` of the others may be."""
        return self._random().choice([*KINDS])

    def julep_secret_name(self, kind: str | None = None) -> str:
        """Give a name by the conventions.

        Args:
            kind: What the secret is for; None for any.

        Returns:
            A provider's exact name where that is looked up, such as "OPENAI_API_KEY"; else one in
            snake_case, with the service, perhaps an environment before it and what uses it after
            it, such as "staging_stripe_secret_key_billing".
        """
        random = self._random()
        return _name(random, _kind(random, kind))

    def julep_secret_value(self, kind: str | None = None) -> str:
        """Give a value that looks as those of a kind do, and is never real.

        Args:
            kind: As above.
        """
        random = self._random()
        return _value(random, _kind(random, kind))

    def julep_secret_metadata(self) -> dict[str, Any]:
        """Give metadata: an environment, who owns it, when it was rotated, and how often it is."""
        return _metadata(self._random())

    def julep_secret(self, kind: str | None = None) -> dict[str, Any]:
        """Give a whole secret: the keyword arguments of `create`.

        Args:
            kind: As above.

        Returns:
            `name`, `value`, `description` and `metadata`.
        """
        random = self._random()
        return _secret(random, _kind(random, kind))

    def julep_secrets(self, count: int = 3) -> dict[str, dict[str, Any]]:
        """Give several secrets as a seed: `MockSecrets(fake.julep_secrets())`.

        Args:
            count: How many, each with another name: at most 1,000.

        Returns:
            Names mapped to `value`, `description` and `metadata`.

        Raises:
            ValueError: If there are not so many names.
        """
        if not 0 <= count <= _MOST:
            raise ValueError(f"There are names for 0 to {_MOST:,} secrets. Ask for fewer.")
        random = self._random()
        secrets: dict[str, dict[str, Any]] = {}
        while len(secrets) < count:
            secret = _secret(random, _kind(random, None))
            secrets.setdefault(secret.pop("name"), secret)
        return secrets

    def julep_task(self, *names: str) -> dict[str, Any]:
        """Give a task's definition that refers to secrets.

        Args:
            names: Their names, one tool for each; none: a name is made up.

        Returns:
            What `tasks.create` takes: `name`, `description`, `tools`, `main`.
        """
        random = self._random()
        return _task(random, names or (_name(random, _kind(random, None)),))

    def _random(self) -> Random:
        return Random(self.generator.random.getrandbits(64))  # noqa: S311 - to be repeated


_MOST: Final = 1000


def _kind(random: Random, name: str | None) -> Kind:
    if name is None:
        return random.choice([*KINDS.values()])
    try:
        return KINDS[name]
    except KeyError:
        raise ValueError(
            f"There is no kind '{name}' of secrets. Kinds: {', '.join(KINDS)}."
        ) from None


def _name(random: Random, kind: Kind) -> str:
    if kind.name.isupper():
        return kind.name
    before = random.choice(("", *(f"{one}_" for one in _ENVIRONMENTS)))
    after = random.choice(("", *(f"_{one}" for one in _PARTS)))
    return f"{before}{kind.name}{after}"


def _value(random: Random, kind: Kind) -> str:
    run = current.innermost()
    if run is not None:
        # Whether it comes to a fake or not, nothing should print it.
        run.watch.add(LABEL, TAG, run.owner(), made_up=True)
    return kind.make(random)


def _metadata(random: Random) -> dict[str, Any]:
    rotated = _DAY_0 + timedelta(days=random.randrange(365))
    return {
        "environment": random.choice(_ENVIRONMENTS),
        "owner": random.choice(_PARTS),
        "rotated_at": rotated.isoformat(),
        "rotation_days": random.choice((30, 60, 90)),
    }


def _secret(random: Random, kind: Kind) -> dict[str, Any]:
    return {
        "name": _name(random, kind),
        "value": _value(random, kind),
        "description": f"{kind.service}, for {random.choice(_PARTS)}; made up",
        "metadata": _metadata(random),
    }


def _task(random: Random, names: tuple[str, ...]) -> dict[str, Any]:
    part = random.choice(_PARTS)
    tools = [f"call_{number}" for number in range(1, len(names) + 1)]
    return {
        "name": f"{part} task",
        "description": f"Calls {len(names)} services for {part}; made up",
        "tools": [
            {
                "name": tool,
                "type": "api_call",
                "api_call": {
                    "method": "POST",
                    "url": f"https://{part}.example.com/{tool}",
                    "headers": {"Authorization": f"Bearer {{secrets.{name}}}"},
                },
            }
            for tool, name in zip(tools, names, strict=True)
        ],
        "main": [{"tool": tool, "arguments": {}} for tool in tools],
    }
