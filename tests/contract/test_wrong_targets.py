"""Each way for a target to be wrong is one sentence, as the page on it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

from contract.servers import (
    KEY,
    absent,
    always,
    certificate,
    dripping,
    forgetful,
    julep,
    keeping,
    reading_only,
    refusing,
    serving,
    slow,
    talking,
)
from pytest_julep_secrets.contract import Target
from pytest_julep_secrets.contract.chosen import Options, at
from pytest_julep_secrets.contract.probe import probe
from pytest_julep_secrets.errors import ConfigurationError
from pytest_julep_secrets.fake.api import FakeServer

PAGE: Final = Path(__file__).parents[2] / "docs/how-to/contract.md"
ROW: Final = re.compile(r"^\| (.+?) \| ([A-Z`].+?) \|$", re.MULTILINE)
Urls = AbstractContextManager[str]


def table(number: int) -> dict[str, str]:
    """Read a table of the page that follows a heading "What ...": cases and what is seen."""
    part = PAGE.read_text().split("<!-- wrong -->")[number]
    return {
        case: seen.strip("`")
        for case, seen in ROW.findall(part.split("\n\n\n")[0])
        if case != "target"
    }


@contextmanager
def https_to_http() -> Iterator[str]:
    with serving(always(200, "[]")) as url:
        yield url.replace("http:", "https:")


SERVERS: Final[dict[str, Callable[[], Urls]]] = {
    "nobody listens": absent,
    "no answer in 5 seconds": lambda: serving(slow(0.5)),
    "an answer in drops": lambda: dripping(0.02),
    "slow": lambda: serving(slow(0.15)),
    "no HTTP": lambda: talking(b"220 mail.example ESMTP\r\n"),
    "https where there is http": https_to_http,
    "a redirect": lambda: serving(always(301, "", Location="https://julep.example/api/secrets")),
    "a page": lambda: serving(always(200, "<html>", Content_Type="text/html; charset=utf-8")),
    "other JSON": lambda: serving(always(200, '{"items":[]}')),
    "a list of something else": lambda: serving(always(200, '[{"name":"x"}]')),
    "a list of other ids": lambda: serving(
        always(200, '[{"id":{},"name":"x","value":"v","created_at":5}]')
    ),
    "no route": lambda: serving(always(404, '{"detail":"Not Found"}')),
    "a wrong key": lambda: julep(FakeServer(api_key="another-key-2b")),
    "a wrong key, as others say it": lambda: serving(always(401, "")),
    "many developers": lambda: julep(FakeServer(api_key=KEY, multi_tenant=True)),
    "its database is down": lambda: serving(always(503, "")),
    "a closed account": lambda: serving(refusing(403, "invalid_user_account")),
    "an account over its limit": lambda: serving(refusing(403, "cost_limit_exceeded")),
    "too many requests": lambda: serving(always(429, "")),
    "another status": lambda: serving(always(418, "")),
    "read only": lambda: serving(reading_only(405)),
    "nothing can be deleted": lambda: serving(keeping),
    "nothing is deleted": forgetful,
    "a broken gzip": lambda: serving(always(200, "no gzip", Content_Encoding="gzip")),
    "JSON without an end": lambda: serving(always(200, "[" * 100_000, Content_Type="text/json")),
}


@pytest.mark.parametrize("case", SERVERS)
def test_a_wrong_server_is_one_sentence(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pytest_julep_secrets.contract.target.PAUSES", ())
    monkeypatch.setattr("pytest_julep_secrets.contract.cleaning._LATE", (0.0,))
    # Only where it is what is looked for: machines are slow, too.
    if case == "slow":
        monkeypatch.setattr("pytest_julep_secrets.contract.probe._SLOW_S", 0.1)
    timeout_s = 0.3 if case in {"no answer in 5 seconds", "an answer in drops"} else 5.0
    with SERVERS[case]() as url:
        target = Target(url, key=KEY, timeout_s=timeout_s)
        with pytest.raises(ConfigurationError) as raised:
            probe(target)
        target.close()

    assert _seen(raised.value, url, target.prefix) == table(1)[case]


def test_each_row_of_the_table_is_tried() -> None:
    assert set(table(1)) == {*SERVERS, "a certificate that is not trusted", "no key"}


def test_a_certificate(tmp_path: Path) -> None:
    with serving(always(200, "[]"), certificate(tmp_path)) as url:
        target = Target(url, key=KEY)
        with pytest.raises(ConfigurationError) as raised:
            probe(target)
        target.close()

    assert _seen(raised.value, url) == table(1)["a certificate that is not trusted"]


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_certificates_that_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None
) -> None:
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_text(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))

    with pytest.raises(ConfigurationError, match="SSL_CERT_FILE"):
        probe(Target("https://127.0.0.1:9", key=KEY))


def test_no_key() -> None:
    with julep() as url:
        target = Target(url)
        with pytest.raises(ConfigurationError) as raised:
            probe(target)
        target.close()

    assert _seen(raised.value, url) == table(1)["no key"]


OPTIONS: Final[dict[str, dict[str, Any]]] = {
    "`https://api.julep.ai/api`": {},
    "`http://secrets-prod.example/api`": {},
    "`http://me:word@localhost`": {},
    "`http://localhost?a=b`": {},
    "`localhost:8080`": {},
    "`http://[::1`": {},
    "`http://localhost:80800`": {},
    "`http://my host`": {},
    "`http://a..b`": {},
    "`--julep-secrets-target-header 'a b'`": {"header": "a b"},
    "`--julep-secrets-target-developer me`": {"developer": "me"},
}


@pytest.mark.parametrize("case", OPTIONS)
def test_a_wrong_option_is_one_sentence(case: str) -> None:
    options = Options(case.strip("`") if not OPTIONS[case] else "http://localhost", **OPTIONS[case])

    with pytest.raises(ConfigurationError) as raised:
        at(options, {})

    assert " ".join(str(raised.value).splitlines()) == table(2)[case]


def test_each_row_of_options_is_tried() -> None:
    assert set(table(2)) == {*OPTIONS, "a key with a line break"}


def test_a_key_that_cannot_be_sent() -> None:
    with pytest.raises(ConfigurationError) as raised:
        at(Options("http://localhost"), {"JULEP_CONTRACT_KEY": "line-one\nline-two"})

    assert " ".join(str(raised.value).splitlines()) == table(2)["a key with a line break"]


def test_live_lets_production_be_held() -> None:
    target = at(Options("https://dev.julep.ai/api/", live=True), {})

    assert target.url == "https://dev.julep.ai/api"


def _seen(error: ConfigurationError, url: str, prefix: str = "\0") -> str:
    text = " ".join(str(error).splitlines()).replace(url, "URL").replace(prefix, "contract_..._")
    assert KEY not in text
    # Older versions of OpenSSL have no hyphen.
    text = text.replace("self signed", "self-signed")
    return re.sub(r"\b0\.\d seconds", "3.1 seconds", text)
