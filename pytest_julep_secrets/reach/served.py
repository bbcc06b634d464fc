"""Where other processes find a fake that is served, as what they read it from: the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class JulepServer:
    """A fake that other processes and languages reach over HTTP.

    Attributes:
        url: Its base URL, such as "http://127.0.0.1:41234".
        env: Variables for a child process: `JULEP_BASE_URL` and `JULEP_API_KEY`, which Julep's
            SDKs for Python and Node read, and `NO_PROXY`, so that no proxy is asked for it.
    """

    url: str
    # The key may be one that a test keeps to itself.
    env: Mapping[str, str] = field(repr=False)


def served(url: str, api_key: str, environ: Mapping[str, str]) -> JulepServer:
    """Describe a server.

    Args:
        url: Where it listens.
        api_key: A key that it accepts.
        environ: The environment that a child process would have otherwise.
    """
    host = urlsplit(url).hostname or ""
    # Either spelling is read, and some read only one.
    known = environ.get("no_proxy") or environ.get("NO_PROXY") or ""
    no_proxy = ",".join(filter(None, [known, host]))
    env = {
        "JULEP_BASE_URL": url,
        "JULEP_API_KEY": api_key,
        "NO_PROXY": no_proxy,
        "no_proxy": no_proxy,
    }
    return JulepServer(url, env)
