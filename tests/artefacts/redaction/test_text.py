"""Text, JSON, XML and HTML: all but the value stays, and what was well-formed is."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artefacts.redaction.redacting import FORMS, KEY, OTHER, VALUE, redacted, refusal, run, watched
from pytest_julep_secrets.artefacts.redaction import markup, text
from pytest_julep_secrets.artefacts.redaction.job import Job
from pytest_julep_secrets.artefacts.redaction.json import JsonText
from pytest_julep_secrets.artefacts.redaction.pieces import Piece, edits, replace
from pytest_julep_secrets.artefacts.redaction.refusal import RefusedError
from pytest_julep_secrets.leaks.chunks import Finder, Hit
from pytest_julep_secrets.leaks.watch import Watch

MARK = re.compile(r"REDACTED:(?:stripe_key|listed)")


def write(folder: Path, text: str | bytes, name: str = "a") -> Path:
    path = folder / name
    path.write_bytes(text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text)
    return path


@pytest.mark.parametrize("form", FORMS)
def test_plain_text_stays_byte_for_byte(form: str, tmp_path: Path) -> None:
    before, after = b"\xff\r\nGET /a?key='", b"' done\r\n\tand \xc3\xa9\xe9 more"
    path = write(tmp_path, before + FORMS[form](VALUE).encode() + after)

    assert MARK.sub("", redacted(path).decode("latin-1")).strip("[]") in {
        (before + after).decode("latin-1"),
        (before + b"[]" + after).decode("latin-1"),
        (before + b"[&#x27;&#x27;]" + after).decode("latin-1"),
    }


@pytest.mark.parametrize("form", FORMS)
def test_json_stays_json(form: str, tmp_path: Path) -> None:
    text = FORMS[form](VALUE)
    inner = text if form in {"JSON", "all escaped"} else json.dumps(text)[1:-1]
    document = f'{{"a\\n": [1.50, "x {inner} y"], "b": {{}},\r\n "c": null}}'

    changed = redacted(write(tmp_path, document)).decode()

    assert changed.startswith('{"a\\n": [1.50, "x ')
    assert changed.endswith(' y"], "b": {},\r\n "c": null}')
    assert MARK.search(json.loads(changed)["a\n"][1])


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (list(VALUE.encode()), [KEY.decode()]),
        ({"a": list(VALUE.encode()), "b": [1, 2]}, {"a": [KEY.decode()], "b": [1, 2]}),
        ([None, *OTHER.encode(), "2"], [None, "REDACTED:db_password", "2"]),
        (list(OTHER), ["REDACTED:db_password"]),
        ({"a": list(OTHER), "s": "k"}, {"a": ["REDACTED:db_password"], "s": "k"}),
        ({VALUE: 1}, {KEY.decode(): 1}),
        ([f"{VALUE}{VALUE}", [OTHER]], [KEY.decode() * 2, ["REDACTED:db_password"]]),
        (json.dumps([VALUE]), f'["{KEY.decode()}"]'),
    ],
)  # fmt: skip
def test_json_in_which_the_value_is_no_string(
    document: object, expected: object, tmp_path: Path
) -> None:
    for indent in (None, 2):
        path = write(tmp_path, json.dumps(document, indent=indent))

        assert json.loads(redacted(path)) == expected


def test_a_key_is_not_joined_with_the_value_before_it(tmp_path: Path) -> None:
    path = write(tmp_path, f'{{"a": "{OTHER[:9]}", "{OTHER[9:]}": 1, "b": "{OTHER}"}}')

    changed = json.loads(redacted(path))

    assert len(changed) == 3
    assert changed["b"] == "REDACTED:db_password"


@pytest.mark.parametrize(
    ("before", "covered", "after", "expected"),
    [
        (b'"a\\n', b"b", b'c"', b'"a\\nREDACTED:kc"'),
        (b'"a\\', b"nb", b'c"', b'"aREDACTED:kc"'),
        (b'"a\\\\', b"nb", b'c"', b'"a\\\\REDACTED:kc"'),
        (b'"a\\u00', b"e9b\\", b'"c"', b'"aREDACTED:kc"'),
        (b'"a', b"b\\u00e", b'9c"', b'"aREDACTED:kc"'),
        (b"[1", b"2", b"3]", b'["REDACTED:k"]'),
        (b"<a>&a", b"mp;b", b"</a>", b"<a>REDACTED:k</a>"),
        (b"<a>", b"b&a", b"mp;c</a>", b"<a>REDACTED:kc</a>"),
        (b"<a>b", b"c</a><a>d", b"e</a>", b"<a>bREDACTED:k</a><a>REDACTED:ke</a>"),
    ],
)
def test_no_half_of_anything_remains(
    before: bytes, covered: bytes, after: bytes, expected: bytes
) -> None:
    file, target = BytesIO(before + covered + after), BytesIO()
    hits = [Hit(len(before), len(before + covered), "k", "plain")]
    text = JsonText(file)
    found = markup.pieces(file, scripts=True) if before[:1] == b"<" else text.pieces(iter(hits))

    replace(file, target, edits(hits, found, lambda _parts: False))

    assert target.getvalue() == expected


def test_json_lines_stay_json_lines_among_lines_of_text(tmp_path: Path) -> None:
    numbers = list(OTHER.encode())
    lines = ["begin [1] {", json.dumps({"a": numbers}), f"text {numbers}", '["cut', "[", "1]"]

    changed = redacted(write(tmp_path, "\n".join(lines))).decode().split("\n")

    assert json.loads(changed[1]) == {"a": ["REDACTED:db_password"]}
    assert changed[2] == "text [REDACTED:db_password]"
    assert changed[:1] + changed[3:] == lines[:1] + lines[3:]


def merged(pieces: Iterator[Piece]) -> list[Piece]:
    found: list[Piece] = []
    for piece in pieces:
        if found and found[-1].end == piece.start and found[-1].kind is piece.kind:
            found[-1] = found[-1]._replace(data=found[-1].data + piece.data)
        else:
            found.append(piece)
    return found


JSON = st.recursive(
    st.none() | st.floats(allow_nan=False) | st.text('\\"\n\ud800é' + "x"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("é\n"), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=50, deadline=None)
@given(st.lists(JSON, min_size=1, max_size=3), st.sampled_from([None, 1]), st.integers(3, 16))
def test_it_does_not_matter_where_json_is_cut(
    documents: list[object], indent: int | None, longest: int
) -> None:
    data = "\n".join(json.dumps(one, indent=indent) for one in documents).encode()
    hits = [Hit(0, len(data), "k", "plain")]
    whole, cut = JsonText(BytesIO(data)), JsonText(BytesIO(data), longest)

    assert merged(cut.pieces(iter(hits))) == merged(whole.pieces(iter(hits)))
    assert (whole.faults, cut.faults) == (0, 0)


@pytest.mark.parametrize(
    "text",
    ["[1, 2", '{"a" 1}', "[1,]", '{"a"}', "01", "tru", '"a', '"\\x"', "[}", "1 2", "x", "1e"],
)
@pytest.mark.parametrize("longest", [3, 99])
def test_what_is_no_json(text: str, longest: int) -> None:
    found = JsonText(BytesIO(f"[1]\n{text}".encode()), longest)

    list(found.pieces(iter([Hit(0, 99, "k", "plain")])))

    assert found.faults == 1


TAGS = st.sampled_from(
    [
        "<a>", "</a>", "<b c='d&amp;\"' e=\"f>'\">", "x &lt; ü", "<!-- <x> -- -->",
        "<![CDATA[<y>]]]]>", "<?pi <z>?>", "<br/>", '<script>if(a<b)"</p>"</script>', "< 3",
        "<!doctype html>", "<input value=bare&amp;x>", "&#12", "<scripty>",
        "<STYLE x='y'>v</STYLE >", "<a href = 'x'  b= y>", f"<a {'n' * 99} \n= 'v>' >",
        f"<a b='c'{' ' * 99}/>", "<a ='b>' c=>", "<title><b></title>", "<!-->", "</ x>",
    ]
)  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(st.lists(TAGS, max_size=8), st.integers(1, 16), st.booleans())
def test_it_does_not_matter_where_markup_is_cut(words: list[str], size: int, scripts: bool) -> None:
    file = BytesIO("".join(words).encode())

    whole = merged(markup.pieces(file, scripts=scripts))

    assert merged(markup.pieces(file, scripts=scripts, size=size)) == whole


XML = """<?xml version='1.0' encoding='utf-8'?>\r
<!-- {0} --><testsuite name="{0}" n='{0}'><?pi {0}?>
<case a='1'>a &amp; {0} <![CDATA[<&{1}]]></case><é>{0}</é></testsuite>
"""


@pytest.mark.parametrize("form", sorted(set(FORMS) - {"JSON"}))
def test_xml_stays_well_formed(form: str, tmp_path: Path) -> None:
    text = FORMS[form](VALUE)
    path = write(tmp_path, XML.format(text, VALUE))

    changed = redacted(path).decode()

    before = [(one.tag, [*one.attrib]) for one in ElementTree.fromstring(XML.format("", ""))]  # noqa: S314
    assert [(one.tag, [*one.attrib]) for one in ElementTree.fromstring(changed)] == before  # noqa: S314
    expected = XML.format(text.partition("s")[0] and "[]" if form == "listed bytes" else "", "")
    assert MARK.sub("", changed).replace("[&#x27;&#x27;]", "") == expected


class Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[object] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, [name for name, _ in attrs]))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(tag)


HTML = """<!doctype html>
<html><head><title>{0}</title><script>if (a<b) x = "{1}"; </script></head>
<body data-json="[&#34;{0}&#34;]" class=a{1}><p>{0}<br><b>unclosed &nbsp {0} < 3
"""


@pytest.mark.parametrize("form", sorted(set(FORMS) - {"JSON"}))
def test_html_keeps_its_tags(form: str, tmp_path: Path) -> None:
    changed = redacted(write(tmp_path, HTML.format(FORMS[form](VALUE), OTHER))).decode()

    assert Tags(changed).found == Tags(HTML.format("", "")).found
    assert 'x = "REDACTED:db_password";' in changed
    assert "<body" in changed


# What Python's parser sees as browsers do, whichever Python it is of.
SOUP = st.lists(
    st.sampled_from(
        [
            "<a>", "</a>", "<b c='d&amp;\"' e=\"f>'\">", "x &lt; ü", "<!-- x -->", "<br/>", "'",
            '"', "<a href = 'x'  b= y>", "<script>if(a<b)</script>", "=", "<a ", "<b c=", ">", " ",
            "< ", OTHER, OTHER, html.escape(VALUE),
        ]
    ),
    max_size=12,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(SOUP)
def test_another_parser_sees_the_same_tags(words: list[str]) -> None:
    document = f"<html>{OTHER}{''.join(words)} \"'> "
    try:
        result = text.redacted(BytesIO(document.encode()), Job(Finder(watched())))
    except RefusedError:
        return

    assert result is not None
    result.seek(0)
    assert Tags(result.read().decode()).found == Tags(document).found


def test_numbers_in_a_script_are_refused(tmp_path: Path) -> None:
    numbers = list(VALUE.encode())
    path = write(tmp_path, f"<!doctype html><script>x = {numbers}</script>")

    assert "in a script" in refusal(path)


def test_a_value_that_is_a_tag_is_refused(tmp_path: Path) -> None:
    assert "as a tag is" in refusal(write(tmp_path, f"<a><{OTHER}/></a>"))


def test_a_doctype_is_not_followed(tmp_path: Path) -> None:
    bomb = "<!ENTITY a '1234567890'>" + "".join(
        f"<!ENTITY {name} '{f'&{before};' * 10}'>"
        for before, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    text = f"<!DOCTYPE r [{bomb}]><r a='%s'>&j;%s</r>"

    assert redacted(write(tmp_path, text % (OTHER, OTHER))).decode() == text % (
        ("REDACTED:db_password",) * 2
    )


def test_what_only_begins_like_markup_is_text(tmp_path: Path) -> None:
    assert (
        redacted(write(tmp_path, f"<info {OTHER}> and\n<")) == b"<info REDACTED:db_password> and\n<"
    )


def test_a_report_that_was_cut_off_keeps_its_tags(tmp_path: Path) -> None:
    path = write(tmp_path, f"<suite><case a='{OTHER}'>{OTHER}</case><cas")

    expected = "<suite><case a='REDACTED:db_password'>REDACTED:db_password</case><cas"
    assert redacted(path).decode() == expected


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32-le", "utf-32-be", "utf-8-sig"])
def test_other_encodings_stay(encoding: str, tmp_path: Path) -> None:
    mark = "" if encoding in {"utf-16", "utf-8-sig"} else "\ufeff"
    text = f"{mark}<a b='%s'>é\U0001f511\ud800</a>\r\n".replace(
        "\ud800", "" if "8" in encoding else "\ud800"
    )
    path = write(tmp_path, (text % OTHER).encode(encoding, "surrogatepass"))

    expected = (text % "REDACTED:db_password").encode(encoding, "surrogatepass")
    assert redacted(path) == expected


def test_binary_files_are_refused_if_they_hold_a_value(tmp_path: Path) -> None:
    assert "binary" in refusal(write(tmp_path, b"\x01\0" + VALUE.encode()))
    assert refusal(write(tmp_path, b"\x01\0")) == ""


def test_a_value_of_what_is_around_another_one_is_found_too(tmp_path: Path) -> None:
    watch = Watch()
    watch.add("a", "sk-fake-inner", "test")
    watch.add("b", "x:REDACTED:a:y", "test")
    path = write(tmp_path, "1 x:sk-fake-inner:y 2")

    assert run(path, watch=watch)[0].refused == ""
    assert path.read_text() == "1 REDACTED:b 2"


ENCODED = st.sampled_from([form for name, form in FORMS.items() if not name.startswith("listed")])
VALUES = st.sampled_from([VALUE, OTHER])
ANYTHING = st.text(st.characters(exclude_characters="dsD&\\"), max_size=20)
LEAVES = st.one_of(
    st.none(),
    st.integers(),
    st.floats(allow_nan=False),
    ANYTHING,
    st.builds(
        lambda a, value, form, b: f"{a} {form(value)} {b}", ANYTHING, VALUES, ENCODED, ANYTHING
    ),
    VALUES.map(lambda value: [*value.encode()]),
    VALUES.map(lambda value: [*value]),
)
DOCUMENTS = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANYTHING, inner, max_size=4)
)


def expected_of(changed: object, original: object) -> bool:
    """Tell whether only strings were replaced, and lists of what is in one by one."""
    if isinstance(original, dict) and isinstance(changed, dict):
        pairs = zip(changed.items(), original.items(), strict=True)
        return all(a == c and expected_of(b, d) for (a, b), (c, d) in pairs)
    if isinstance(changed, list) and isinstance(original, list):
        if "REDACTED:" in str(changed) and changed != original and len(changed) < len(original):
            return True
        return all(map(expected_of, changed, original))
    return changed == original or "REDACTED:" in str(changed)


@settings(max_examples=12, deadline=None)
@given(DOCUMENTS, st.sampled_from([None, 1]), st.booleans())
def test_any_json(
    tmp_path_factory: pytest.TempPathFactory, document: object, indent: int | None, ascii_only: bool
) -> None:
    text = json.dumps([OTHER, document, "end"], indent=indent, ensure_ascii=ascii_only)
    path = write(tmp_path_factory.mktemp("any"), text.encode("utf-8", "surrogatepass"))

    changed = json.loads(redacted(path).decode("utf-8", "surrogatepass"))

    assert changed[0] == "REDACTED:db_password"
    assert changed[-1] == "end"
    assert expected_of(changed, json.loads(text))


PARTS = st.lists(
    st.one_of(
        st.binary(max_size=20).filter(lambda data: b"\0" not in data),
        st.sampled_from([b'{"a":', b"<b>", b"\\", b"&", b'"', b"\n", b"]]>", b"<!--"]),
    ),
    min_size=2,
    max_size=6,
)


@settings(max_examples=15, deadline=None)
@given(PARTS, VALUES, ENCODED.filter(lambda form: form is not FORMS["base64"]))
def test_any_text(
    tmp_path_factory: pytest.TempPathFactory, parts: list[bytes], value: str, form: object
) -> None:
    assert callable(form)
    held = b" | %b | " % form(value).encode()
    path = write(tmp_path_factory.mktemp("any"), b"a" + held.join(parts))

    data = redacted(path)

    name = b"stripe_key" if value == VALUE else b"db_password"
    assert data == b"a" + (b" | REDACTED:%b | " % name).join(parts)
