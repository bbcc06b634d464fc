"""What a leak check has found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """A secret's value in a place where it should not be. Never holds the value.

    Attributes:
        place: Where, such as "the captured log of the call phase, line 12".
        name: Which secret, as redacted text shows it.
        form: The shape the value has there: "plain", or as `docs/reference/forms.md` calls it.
    """

    place: str
    name: str
    form: str = "plain"

    def __str__(self) -> str:
        form = "" if self.form == "plain" else f", as {self.form}"
        return f"Secret '{self.name}' reached {self.place}{form}."
