"""What a client in another process is told where an answer raises."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from pytest_julep_secrets.errors import Violation
from pytest_julep_secrets.fake.call import Call, Reply
from pytest_julep_secrets.fake.rules import replies

# No SDK sends a request again for it, and this says so to those that would.
_REFUSED: Final = 403
_NO_RETRY: Final = ("x-should-retry", "false")


def safely(answer: Callable[[Call], Reply]) -> Callable[[Call], Reply]:
    """Let nothing come out of an answer but a reply: the exception would end the server.

    A violation is on its record already, and fails the test, whatever the client does.
    """

    def reply_to(call: Call) -> Reply:
        try:
            return answer(call)
        except Violation as violation:
            return _refuse(violation)
        except Exception:  # noqa: BLE001 - what a client gets from a server that is broken
            return replies.text_reply(500, "Internal Server Error")

    return reply_to


def _refuse(violation: Violation) -> Reply:
    error = {
        # A name in it may be half a surrogate pair, which cannot be sent.
        "message": str(violation).encode("utf-8", "replace").decode(),
        "code": f"violation_of_{violation.check}",
        "type": "violation",
    }
    reply = replies.json_reply(_REFUSED, {"error": error})
    reply.headers.append(_NO_RETRY)
    return reply
