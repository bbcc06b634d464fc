"""Every exception this package raises on purpose. No message here ever holds a secret's value."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pytest_julep_secrets.leaks.finding import Finding
    from pytest_julep_secrets.tasks.problem import Problem


class SecretsError(Exception):
    """A secret operation on `mock_secrets` could not be done.

    Args:
        message: One sentence on what happened and one on what to do.

    Attributes:
        code: The guide's word for this kind of error, such as "not_found".

    Source:
        The guide "Common Secrets Patterns", section Error Handling. The released SDK
        has none of these classes: over HTTP it raises `julep.NotFoundError` and others.
    """

    code: ClassVar[str] = "error"

    def __str__(self) -> str:
        # KeyError, a base of SecretNotFoundError, would show the repr of the message.
        return str(self.args[0]) if self.args else ""


class SecretNotFoundError(SecretsError, KeyError):
    """There is no secret of that name."""

    code = "not_found"


class SecretAlreadyExistsError(SecretsError):
    """There is a secret of that name already."""

    code = "conflict"


class ValidationError(SecretsError, ValueError):
    """A name, value, description or metadata that the server would refuse."""

    code = "validation_error"


class PermissionDeniedError(SecretsError):
    """The account may not do this."""

    code = "permission_denied"


class ConfigurationError(Exception):
    """A seed, option or marker that cannot be used; the text says which and what is allowed."""


class LeakError(AssertionError):
    """A secret's value was found where it should not be, or could not have been found.

    Args:
        message: A sentence for each finding; never a value.
        findings: What was found.

    Attributes:
        findings: As above; empty if nothing could have been found.
    """

    def __init__(self, message: str, findings: Iterable[Finding] = ()) -> None:
        super().__init__(message)
        self.findings: tuple[Finding, ...] = tuple(findings)


class UnusedFaultError(AssertionError):
    """A fault was planned and never acted, so the code was not seen to fail."""


class TaskError(AssertionError):
    """A task definition would not get the secrets that it refers to.

    Args:
        message: A sentence for each problem; never a value.
        problems: What is wrong.

    Attributes:
        problems: As above.
    """

    def __init__(self, message: str, problems: Iterable[Problem] = ()) -> None:
        super().__init__(message)
        self.problems: tuple[Problem, ...] = tuple(problems)


class Violation(BaseException):
    """A guard stopped a test.

    Not an `Exception`: the SDK retries any `Exception` for about 20 seconds, and code
    under test often says `except Exception`.

    Args:
        check: The guard that fired, such as "hosts".
        message: One sentence on what happened and one on what to do.
        place: A sentence that names the line of the user's; "" if it is not known.

    Attributes:
        check: The guard that fired.
    """

    def __init__(self, check: str, message: str, place: str = "") -> None:
        super().__init__(f"{message}\n{place}".rstrip())
        self.check = check

    def __str__(self) -> str:
        return str(self.args[0])

    def __reduce__(self) -> tuple[object, ...]:
        # A pool of processes sends it back, and breaks if it cannot be built again. As a plain
        # one: that of the plugin is not where it says it is.
        return Violation, (self.check, str(self)), self.__dict__
