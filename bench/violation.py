"""How long a test takes whose code asks for what the test does not answer."""

from __future__ import annotations

from collections.abc import Iterator

from bench import runs
from bench.result import Line
from bench.timing import Effort, Pairs

_HEAD = """\
import julep
import pytest

client = julep.Julep(api_key="fake")

"""

_OURS = """\
def test_ours_{place}(mock_secrets):
    with mock_secrets.expect_violation("hosts"):
        client.agents.list()

"""

_THEIRS = """\
@pytest.mark.httpx_mock(assert_all_requests_were_expected=False)
def test_theirs_{place}({fixture}):
    with pytest.raises(julep.APIConnectionError):
        client.agents.list()

"""

# Each refuses the same call in its own way; the SDK then tries six times.
_PEERS = {
    "pytest-socket": ("pytest_socket", "socket_disabled"),
    "respx": ("respx", "respx_mock"),
    "pytest-httpx": ("pytest_httpx", "httpx_mock"),
}


def run(effort: Effort) -> Iterator[Line]:
    """Compare a violation with what each peer makes of the same call; about 50 s for each."""
    for name, (plugin, fixture) in _PEERS.items():
        tests = [
            text.format(place=place, fixture=fixture)
            for place in range(effort.rounds(2))
            for text in (_OURS, _THEIRS)
        ]
        took = runs.seconds_of_tests(_HEAD + "".join(tests), ["julep_secrets", plugin])
        pairs = Pairs(list(zip(took[::2], took[1::2], strict=True)))
        yield Line("violation", "a request that nothing answers", name, pairs)
