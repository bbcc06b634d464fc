"""With `julep_secrets_allow_hosts` set, nothing else is reached: by name, by address, by UDP."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
import resolver

from pytest_julep_secrets.reach import audit

# Documentation addresses: nothing answers there, and nothing is sent.
ADDRESS = "192.0.2.1"


@pytest.fixture(autouse=True)
def looked_up() -> Iterator[list[str]]:
    """What is looked up is found at an address of this machine that is none of loopback's."""
    with resolver.counted({"example.com": ADDRESS, "example.org": ADDRESS}) as hosts:
        yield hosts


WAYS = """
import _socket, asyncio, socket, threading, urllib.request
import aiohttp, httpx, pytest

@pytest.fixture
def tcp():
    with socket.socket() as sock:
        sock.settimeout(0)
        yield sock

@pytest.fixture
def udp():
    with socket.socket(type=socket.SOCK_DGRAM) as sock:
        yield sock

def test_look_up(): socket.getaddrinfo("example.org", 443)

def test_look_up_of_an_address(): socket.gethostbyaddr("192.0.2.2")

def test_name_of_an_address(): socket.getnameinfo(("192.0.2.2", 443), 0)

def test_connect(tcp): tcp.connect(("192.0.2.2", 443))

def test_connect_ex(tcp): tcp.connect_ex(("192.0.2.2", 443))

def test_raw(tcp):
    raw = _socket.socket()
    try:
        raw.connect(("192.0.2.2", 443))
    finally:
        raw.close()

def test_ipv6():
    with socket.socket(socket.AF_INET6) as sock:
        sock.connect(("2001:db8::1", 443))

def test_sendto(udp): udp.sendto(b"data", ("192.0.2.2", 53))

def test_sendmsg(udp): udp.sendmsg([b"data"], [], 0, ("192.0.2.2", 53))

def test_udp_connect(udp): udp.connect(("192.0.2.2", 53))

def test_client(): httpx.get("https://192.0.2.2/", timeout=0.1)

def test_urllib(): urllib.request.urlopen("http://example.org/", timeout=0.1)

def test_aiohttp():
    async def main():
        async with aiohttp.ClientSession() as session:
            await session.get("http://192.0.2.2/")
    asyncio.run(main())

def test_asyncio(): asyncio.run(asyncio.open_connection("192.0.2.2", 443))

def test_swallowed_in_a_thread(tcp):
    def send():
        try:
            tcp.connect(("192.0.2.2", 443))
        except BaseException:
            pass
    thread = threading.Thread(target=send)
    thread.start()
    thread.join()
"""


def run(pytester: pytest.Pytester, *args: str, allowed: str = "example.com") -> pytest.RunResult:
    pytester.makeini(f"[pytest]\njulep_secrets_allow_hosts =\n    {allowed}")
    return pytester.runpytest("-p", "no:randomly", *args)


def test_all_else_is_refused(pytester: pytest.Pytester, looked_up: list[str]) -> None:
    pytester.makepyfile(WAYS)

    result = run(pytester)

    result.assert_outcomes(failed=WAYS.count("def test_"))
    shown = result.stdout.str()
    assert shown.count("is not allowed: it is neither local nor in") == WAYS.count("def test_")
    assert looked_up == []


def test_the_message(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(test_it="import socket\ndef test_it(): socket.getaddrinfo('a.com', 80)")

    result = run(pytester)

    result.stdout.fnmatch_lines(
        [
            (
                "A request to 'a.com' is not allowed: it is neither local nor in "
                "julep_secrets_allow_hosts."
            ),
            "Add it there, mock it, or mark the test with @pytest.mark.julep_live.",
            "At test_it.py:2, in test_it.",
        ],
        consecutive=True,
    )


def test_what_is_allowed_and_this_machine_are_reached(
    pytester: pytest.Pytester, looked_up: list[str]
) -> None:
    pytester.makepyfile(
        f"""
        import socket
        import pytest

        def connect(place, **options):
            with socket.socket(**options) as sock:
                # Nobody waits for an answer.
                sock.setblocking(False)
                return sock.connect_ex(place)

        def test_by_name():
            *_, place = socket.getaddrinfo("example.com", 443, type=socket.SOCK_STREAM)[0]
            assert place[0] == "{ADDRESS}"

        def test_by_the_address_found_for_it():
            connect(("{ADDRESS}", 443))

        def test_loopback():
            with socket.create_server(("127.0.0.1", 0)) as server:
                socket.create_connection(server.getsockname()).close()
                connect(("localhost", server.getsockname()[1]))
                connect(("0.0.0.0", server.getsockname()[1]))

        @pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no such sockets")
        def test_a_socket_of_this_machine(tmp_path, monkeypatch):
            monkeypatch.chdir(tmp_path)
            with socket.socket(socket.AF_UNIX) as server:
                server.bind("s")
                server.listen()
                assert connect("s", family=socket.AF_UNIX) == 0

        def test_udp():
            with socket.socket(type=socket.SOCK_DGRAM) as one:
                one.bind(("127.0.0.1", 0))
                one.sendto(b"data", one.getsockname())
                one.sendmsg([b"data"], [], 0, one.getsockname())
        """
    )

    run(pytester).assert_outcomes(passed=5)

    assert looked_up == ["example.com"]


@pytest.mark.parametrize(
    ("mark", "args"),
    [
        pytest.param("@pytest.mark.julep_live", (), id="live test"),
        pytest.param("", ("--julep-secrets-live",), id="live run"),
        pytest.param("@pytest.mark.julep_secrets(hosts='off')", (), id="off"),
        pytest.param("", ("--julep-secrets", "hosts=warn"), id="warn"),
    ],
)
def test_it_is_taken_as_strictly_as_real_hosts(
    pytester: pytest.Pytester, mark: str, args: tuple[str, ...]
) -> None:
    pytester.makepyfile(
        test_it=f"""
        import socket
        import pytest

        {mark}
        def test_it():
            for _ in range(2):
                socket.getaddrinfo("example.org", 443)
                with socket.socket() as sock:
                    sock.setblocking(False)
                    sock.connect_ex(("{ADDRESS}", 443))
        """
    )

    result = run(pytester, *args, allowed="192.0.2.7")

    result.assert_outcomes(passed=1)
    warned = [line for line in result.outlines if line.startswith("hosts:")]
    assert warned == (
        [
            (
                "hosts: A request to 'example.org' is not allowed: it is neither local nor in "
                "julep_secrets_allow_hosts. (test_it.py::test_it)"
            )
        ]
        if "hosts=warn" in args
        else []
    )


def test_the_fake_and_other_mocks_need_no_entry(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import httpx, julep

        def test_fake(mock_secrets): assert list(julep.Julep().secrets.list()) == []

        def test_mock(respx_mock):
            respx_mock.get("https://example.org/").respond(204)
            assert httpx.get("https://example.org/").status_code == 204
        """
    )

    run(pytester).assert_outcomes(passed=2)


@pytest.mark.parametrize("entry", ["https://example.com", "*"])
def test_a_wrong_entry_is_one_clear_sentence(pytester: pytest.Pytester, entry: str) -> None:
    result = run(pytester, allowed=entry)

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert (
        f"ERROR: The ini option julep_secrets_allow_hosts has the entry '{entry}'.\n"
        "An entry is a host (example.com)"
    ) in result.stderr.str()


def test_a_conftest_is_covered(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(
        "import socket\nwith socket.socket() as sock: sock.connect(('192.0.2.2', 443))"
    )

    result = run(pytester)

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        [
            "ERROR: A request to '192.0.2.2' is not allowed*",
            "Add it there, mock it, or run pytest with --julep-secrets-live.",
        ]
    )


def test_beside_pytest_socket_and_on_workers(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import socket, pytest

        @pytest.mark.parametrize("number", range(4))
        def test_it(number):
            with socket.socket() as sock:
                sock.connect(("192.0.2.2", 443))
        """
    )

    run(pytester, "--allow-hosts", "192.0.2.2", "-n", "2").assert_outcomes(failed=4)


NESTED = """
pytest_plugins = ["pytester"]

import socket

def test_it(pytester):
    pytester.makepyfile("import socket\\ndef test_it(): socket.getaddrinfo('example.org', 443)")
    for _ in range(3):
        pytester.runpytest().assert_outcomes(passed=1)
        pytester.runpytest("-o", "julep_secrets_allow_hosts=a.com").assert_outcomes(failed=1)
    socket.getaddrinfo("example.org", 443)
"""


def test_nested_runs_go_by_their_own_list(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(NESTED)

    result = run(pytester, "-p", "no:asyncio")

    result.assert_outcomes(failed=1)
    assert "A request to 'example.org' is not allowed" in result.stdout.str()


def test_hooks_do_not_pile_up(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    pytester.makepyfile("def test_it(): pass")
    run(pytester).assert_outcomes(passed=1)
    added: list[object] = []
    monkeypatch.setattr(sys, "addaudithook", added.append)

    for _ in range(3):
        run(pytester).assert_outcomes(passed=1)

    assert added == []
    assert getattr(sys, audit._ASKED) == []
