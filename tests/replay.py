"""Replays the recorded HTTP exchanges. `recordings/README.md` has the format."""

from __future__ import annotations

import base64
import json
import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import httpx
from replay_template import BASE_URL, Scene, check_relations, dumps, settle

Case = dict[str, Any]

RECORDINGS: Final = Path(__file__).with_name("recordings")

# Which headers a recording tells about; the others are left to tests of their own.
_TOLD: Final = re.compile(
    "content-type|allow|location|vary|access-control-.*|www-authenticate|retry-after|link|etag"
    "|cache-control|deprecation|x-.*"
)


def load_cases() -> list[Case]:
    """Read every recorded case, HTTP and SDK."""
    files = sorted(RECORDINGS.glob("*.json"))
    return [case for file in files for case in json.loads(file.read_text(encoding="utf-8"))]


def replay(case: Case, transport: httpx.BaseTransport, api_key: str) -> None:
    """Send what a case sent to an empty server and compare the replies."""
    scene = Scene(api_key)
    with httpx.Client(transport=transport) as client:
        set_up(case, client, scene)
        for exchange in (case, *case.get("then", ())):
            _replay_exchange(exchange["request"], exchange["response"], client, scene)


def set_up(case: Case, client: httpx.Client, scene: Scene) -> None:
    """Bring the server into the state in which a case starts."""
    for step in case.get("setup", ()):
        for number in range(step.get("repeat", 1)):
            with scene.numbered(number):
                response = client.send(_request(step, scene))
                _save(step, response, scene)

            assert step["expect_status"] == response.status_code


def _replay_exchange(
    sent: dict[str, Any], recorded: dict[str, Any], client: httpx.Client, scene: Scene
) -> None:
    if "concurrent" in sent:
        _replay_concurrent(sent, recorded, client, scene)
        return
    response = client.send(_request(sent, scene))
    _compare(recorded, response, scene)
    _save(sent, response, scene)


def _replay_concurrent(
    sent: dict[str, Any], recorded: dict[str, Any], client: httpx.Client, scene: Scene
) -> None:
    count = sent["concurrent"]
    requests = list(_numbered_requests(sent, count, scene))
    with ThreadPoolExecutor(count) as pool:
        responses = list(pool.map(client.send, requests))

    statuses = Counter(str(response.status_code) for response in responses)
    assert recorded["statuses"] == statuses
    for number, response in enumerate(responses):
        with scene.numbered(number):
            status = response.status_code
            _compare({"status": status, **recorded["each"][str(status)]}, response, scene)


def _numbered_requests(sent: dict[str, Any], count: int, scene: Scene) -> Iterator[httpx.Request]:
    for number in range(count):
        with scene.numbered(number):
            yield _request(sent, scene)


def _request(sent: dict[str, Any], scene: Scene) -> httpx.Request:
    headers = httpx.Headers(
        {name: scene.fill(value) for name, value in sent.get("headers", {}).items()}
    )
    if "json" in sent:
        headers.setdefault("content-type", "application/json")
    query = f"?{scene.expand(sent['query'])}" if "query" in sent else ""
    url = BASE_URL + scene.fill(sent["path"]) + query
    return httpx.Request(sent["method"], url, headers=headers, content=_content(sent, scene))


def _content(sent: dict[str, Any], scene: Scene) -> bytes | None:
    if "json" in sent:
        return dumps(scene.expand(sent["json"])).encode()
    if "body" in sent:
        body: str = scene.expand(sent["body"])
        return body.encode()
    return base64.b64decode(sent["body_base64"]) if "body_base64" in sent else None


def _save(sent: dict[str, Any], response: httpx.Response, scene: Scene) -> None:
    if "save_as" in sent and response.is_success:
        scene.saved[scene.fill(sent["save_as"])] = response.json()


def _compare(recorded: dict[str, Any], response: httpx.Response, scene: Scene) -> None:
    told = {name: value for name, value in response.headers.items() if _TOLD.fullmatch(name)}
    headers = {name: scene.fill(value) for name, value in recorded["headers"].items()}

    assert recorded["status"] == response.status_code
    assert headers == told
    if "text" in recorded:
        assert scene.fill(recorded["text"]) == response.text
        return
    content = response.json()
    # Texts, not objects: the order of keys and the type of numbers count.
    assert dumps(settle(scene.expand(recorded["json"]), content)) == response.text
    check_relations(recorded.get("checks", ()), content, scene)
