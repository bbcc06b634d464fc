"""For people who would rather look: one page that needs nothing else, no scripts either."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import metadata, resources
from string import Template
from typing import Final

from pytest_julep_secrets.reports.entry import Report
from pytest_julep_secrets.reports.html_parts import text
from pytest_julep_secrets.reports.html_sections import Section, sections
from pytest_julep_secrets.reports.tiers import Tiers, tiers
from pytest_julep_secrets.reports.words import inert, many, meaning, verdict

_HEAD: Final = Template("""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>$verdict - julep-secrets</title>
<style>
$style</style>
</head>
<body>
<a class="skip" href="#main">To the findings</a>
<header>
<p class="tool">julep-secrets</p>
<div class="verdict $tone">
<h1>$verdict</h1>
<p>$meaning</p>
</div>""")

_FOOT: Final = Template("""\
</main>
<footer>This page shows names, forms and places, never a value. \
Made by pytest-julep-secrets $version.</footer>
</body>
</html>""")


def render(report: Report) -> Iterator[str]:
    """Give a page: the verdict; by secret, with what to do; by test; by file; what is unsure."""
    found = tiers(report)
    parts = list(sections(found))
    yield _HEAD.substitute(
        verdict=text(verdict(report, found)),
        style=(resources.files(__package__) / "page.css").read_text(encoding="utf-8"),
        tone=_tone(report),
        meaning=text(f"{meaning(report, found)} {inert(report)}".rstrip()),
    )
    yield from _numbers(report, found)
    if len(parts) > 1:
        yield from _navigation(parts)
    yield '</header>\n<main id="main">'
    for part in parts:
        yield f'<section id="{part.anchor}" aria-labelledby="{part.anchor}-title">'
        yield f'<h2 id="{part.anchor}-title">{part.title}</h2>'
        yield f'<p class="note">{part.note}</p>'
        yield from part.body
        yield "</section>"
    if not report.entries and not report.inert:
        yield from _clean(report)
    yield _FOOT.substitute(version=text(metadata.version("pytest-julep-secrets")))


def _tone(report: Report) -> str:
    if report.found:
        return "bad"
    return "warn" if report.status else "good"


def _numbers(report: Report, found: Tiers) -> Iterator[str]:
    leaked = found.leaked
    numbers = [
        ("Findings", report.found),
        ("Secrets", len(found.secrets)),
        ("Tests", len({entry.test for entry in leaked if entry.test})),
        ("Files looked at", report.files),
        ("Not read", report.unreadable),
    ]
    yield '<dl class="numbers">'
    for name, number in numbers:
        if leaked or name not in {"Secrets", "Tests"}:
            yield f"<div><dt>{name}</dt><dd>{number:,}</dd></div>"
    yield "</dl>"


def _navigation(parts: list[Section]) -> Iterator[str]:
    yield '<nav aria-label="On this page">\n<ul>'
    yield from (f'<li><a href="#{part.anchor}">{part.title}</a></li>' for part in parts)
    yield "</ul>\n</nav>"


def _clean(report: Report) -> Iterator[str]:
    yield '<section aria-labelledby="clean-title">\n<h2 id="clean-title">What this says</h2>'
    yield '<div class="card">\n<ul>'
    yield f"<li>{many(report.files, 'file')} read to the end, those in archives counted.</li>"
    yield "<li>A scan knows the values it was given: those of the environment, of a file, of the"
    yield "run's manifest. A value that none of them has would not have been found.</li>"
    yield "<li>Values under six characters, all digits, or common words are not looked for.</li>"
    yield "</ul>\n</div>\n</section>"
