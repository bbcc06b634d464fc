"""The forms, one a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from pytest_julep_secrets.leaks.forms.codecs import CODECS, Codec
from pytest_julep_secrets.leaks.forms.escapes import ESCAPES, mail_lines, quoted_printable, unescape
from pytest_julep_secrets.leaks.forms.noise import GAPS, JOINTS, LITERALS, STRIPPED, strip
from pytest_julep_secrets.leaks.forms.view import Span, View
from pytest_julep_secrets.leaks.needles import ENCODERS, PARTS

_MAIL: Final = "quoted-printable"


class Form(NamedTuple):
    """What a value may look like.

    Attributes:
        name: As a finding tells it.
        view: How it is found: what belongs to the row in the table of its kind; None for parts.
    """

    name: str
    view: object


FORMS: Final = (
    *(
        Form(name, view)
        for kind in (ESCAPES, STRIPPED, JOINTS, GAPS, CODECS, ENCODERS)
        for name, view in kind.items()
    ),
    Form(_MAIL, quoted_printable),
    *(Form(name, None) for name in PARTS),
)


class Views:
    """What is done to texts to find these forms.

    Args:
        forms: Some of the table.

    Attributes:
        unescape: A view with escapes decoded; None if there is none.
        unescape_one: Those with one kind of escapes decoded.
        strip: One without noise; likewise.
        mail: One of a mail's text; likewise.
        mail_lines: Gives the lines that may be of a mail.
        joints: What may stand in values, by its name.
        gaps: What may stand between their characters, by its name.
        codecs: Each gives views of all that a text may encode.
    """

    def __init__(self, forms: tuple[Form, ...]) -> None:
        names = {form.name for form in forms}

        def some(kind: Mapping[str, bytes]) -> dict[str, bytes]:
            return {name: view for name, view in kind.items() if name in names}

        self.unescape: Callable[[bytes], View | None] = unescape(some(ESCAPES))
        self.unescape_one: list[Callable[[bytes], View | None]] = [
            unescape({name: view}) for name, view in some(ESCAPES).items()
        ]
        self.strip: Callable[[bytes], View | None] = strip(
            some(STRIPPED), literals=LITERALS in names
        )
        self.mail: Callable[[bytes], View | None] = (
            quoted_printable if _MAIL in names else lambda _: None
        )
        self.mail_lines: Callable[[bytes], list[Span]] = (
            mail_lines if _MAIL in names else lambda _: []
        )
        self.joints: dict[str, bytes] = some(JOINTS)
        self.gaps: dict[str, bytes] = some(GAPS)
        self.codecs: list[Codec] = [
            codec for name, codecs in CODECS.items() if name in names for codec in codecs
        ]
