"""The guide's text, and the files that hold its samples."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

TEXT = (HERE / "common-secrets-patterns.txt").read_text(encoding="utf-8")
MIGRATION = ROOT / "examples/migration/guide.py"
AWS = ROOT / "examples/aws_sync/guide.py"
SAMPLES = [*sorted((HERE / "samples").iterdir()), MIGRATION, AWS]

# All headings but the title's and that of the links at the end.
SECTIONS = [
    "Secret Management Lifecycle",
    "Naming Conventions",
    "Secret Reference Patterns",
    "LLM Provider Keys",
    "Error Handling",
    "Testing with Secrets",
    "Migrating from Environment Variables",
    "Integration with External Secret Managers",
    "Security Best Practices",
]


def sample(name: str) -> Path:
    """Return the file of a sample."""
    return HERE / "samples" / name


def code_of(path: Path) -> str:
    """Return a sample without the line that an example begins with, which is ours."""
    text = path.read_text(encoding="utf-8")
    return text.partition("\n")[2] if path in (MIGRATION, AWS) else text


def squeezed(text: str) -> str:
    """Leave out all blanks and line breaks: what the guide's text has lost or too many of."""
    return "".join(text.split())
