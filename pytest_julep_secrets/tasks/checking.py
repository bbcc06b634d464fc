"""Whether a task definition would get its secrets."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from typing import Final

from pytest_julep_secrets.errors import ConfigurationError, TaskError
from pytest_julep_secrets.guards.names import production_reason
from pytest_julep_secrets.tasks.constants import GAP
from pytest_julep_secrets.tasks.definition import Task, read, references_of
from pytest_julep_secrets.tasks.models import llm_problems
from pytest_julep_secrets.tasks.problem import Problem
from pytest_julep_secrets.tasks.reference import Reference

# agents_api asks for the developer's list with its default limit, newest first.
_VISIBLE: Final = 100


def check(task: Task, names: Iterable[str], *, allow_names: Collection[str] = ()) -> None:
    """Fail if a task definition would not get the secrets that it refers to.

        check(Path("refund.yaml"), names=mock_secrets)

    Of optional references, and of those that only running would tell, nothing is missing; unless
    no name can be meant.

    Args:
        task: As for `references`.
        names: The names of the secrets that there are, newest first, as `mock_secrets` gives them;
            only the newest 100 count, as a task sees no others. Of a set or a mapping all count.
        allow_names: Names that may look like production.

    Raises:
        TaskError: If a secret is missing, a reference is inert or rejected, a name looks like
            production, or a model's key has a name that Julep does not look up; one sentence
            for each.
        ConfigurationError: If the task cannot be read, or `names` are none.
    """
    known = _read_names(names)
    visible = known if isinstance(names, Set | Mapping) else known[:_VISIBLE]
    places = read(task)
    problems = [
        problem
        for reference in references_of(places)
        for problem in _problems(reference, known, visible, allow_names)
    ]
    problems += llm_problems(places, known)
    if problems:
        raise TaskError(_message(problems), problems)


def _read_names(names: Iterable[str]) -> list[str]:
    known = [] if isinstance(names, str | bytes) else list(names)
    if isinstance(names, str | bytes) or not all(isinstance(name, str) for name in known):
        raise ConfigurationError(
            "The names of the secrets have to be strings, many of them.\n"
            'Write it like this: check(task, names=mock_secrets), or names=["stripe_api_key"]'
        )
    return known


def _problems(
    reference: Reference, known: list[str], visible: list[str], allow_names: Collection[str]
) -> Iterator[Problem]:
    shown, where = reference.shown, reference.where
    reason = None if reference.name in allow_names else production_reason(reference.name)
    if reason is not None:
        yield Problem("production", where, f"secret name {shown} looks like production: {reason}")
    if reference.kind == "inert":
        yield Problem("inert", where, f"{shown} is no reference: {reference.reason}")
    elif reference.kind == "rejected":
        yield Problem("rejected", where, f"{shown} does not work: {reference.reason}")
    elif reference.kind == "dynamic":
        if not _may_be(reference.name, visible):
            yield Problem("missing", where, f"no secret has a name like {shown}")
    elif reference.kind == "required" and reference.name not in visible:
        yield _absent(reference, known)


def _absent(reference: Reference, known: list[str]) -> Problem:
    name, shown, where = reference.name, reference.shown, reference.where
    if name in known:
        message = f"secret {shown} is not among the newest {_VISIBLE}, and a task sees no others"
        return Problem("hidden", where, message)
    alike = next((one for one in known if one.lower() == name.lower()), None)
    hint = f"; there is '{alike}', and case counts" if alike else ""
    return Problem("missing", where, f"secret {shown} is missing{hint}")


def _may_be(pattern: str, names: list[str]) -> bool:
    if GAP not in pattern:
        # Of "%s" or the like nobody can tell.
        return True
    regex = re.compile(".*?".join(map(re.escape, pattern.split(GAP))), re.DOTALL)
    return any(regex.fullmatch(name) for name in names) or pattern == GAP


def _message(problems: list[Problem]) -> str:
    many = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    lines = [f"The task would not get its secrets: {many}.", *map(str, problems)]
    if any(problem.kind == "missing" for problem in problems):
        lines.append('Store what is missing: mock_secrets.create(name="...", value="fake-...")')
    return "\n".join(lines)
