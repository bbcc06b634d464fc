"""The four fields of a create or update body.

Source: agents_api `CreateSecretRequest`, `UpdateSecretRequest` (pydantic 2.10.6); recordings.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

from pytest_julep_secrets.fake.rules.replies import Detail, detail


@dataclass(slots=True)
class Fields:
    """What a create or an update sends.

    Attributes:
        name: The secret's name.
        value: The text to keep secret.
        description: Free text; None for none (create) or for unchanged (update).
        metadata: A JSON object; None likewise.
    """

    name: str
    value: str = field(repr=False)
    description: str | None = None
    metadata: dict[str, Any] | None = field(default=None, repr=False)


def read_fields(body: object, details: list[Detail]) -> Fields | None:
    """Check a parsed body; unknown keys are ignored, null counts as absent where allowed.

    Args:
        body: What `body.parse` returned.
        details: Mistakes are added here, in the order of the server's model.

    Returns:
        The fields, or None if there was a mistake.
    """
    if body is None:
        details.append(detail("missing", "Field required", "body", None))
        return None
    if not isinstance(body, dict):
        text = "Input should be a valid dictionary or object to extract fields from"
        details.append(detail("model_attributes_type", text, "body", body))
        return None
    before = len(details)
    _check_metadata(body, details)
    _check_text(body, "name", details)
    if body.get("description") is not None:
        _check_text(body, "description", details)
    _check_text(body, "value", details)
    if len(details) > before:
        return None
    fields = cast("dict[str, Any]", body)
    return Fields(
        fields["name"], fields["value"], fields.get("description"), fields.get("metadata")
    )


def _check_metadata(body: dict[str, object], details: list[Detail]) -> None:
    metadata = body.get("metadata")
    if metadata is not None and not isinstance(metadata, dict):
        text = "Input should be a valid dictionary"
        details.append(detail("dict_type", text, "metadata", metadata))


def _check_text(body: dict[str, object], key: str, details: list[Detail]) -> None:
    if key not in body:
        # The whole body is echoed, and with it any other field.
        details.append(detail("missing", "Field required", key, body))
    elif not isinstance(body[key], str):
        text = "Input should be a valid string"
        details.append(detail("string_type", text, key, body[key]))
