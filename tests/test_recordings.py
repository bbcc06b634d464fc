"""What was recorded with the real server, the fake does too."""

from __future__ import annotations

import pytest
from replay import Case, load_cases, replay
from replay_sdk import replay_sdk
from replay_target import API_KEY, factory, over_http

CASES = load_cases()


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in CASES])
def test_the_fake_does_what_the_real_server_did(case: Case) -> None:
    play = replay_sdk if "calls" in case else replay

    play(case, factory(case["server"]), API_KEY)


def test_the_server_does_over_http_what_the_real_one_did() -> None:
    for case in CASES:
        play = replay_sdk if "calls" in case else replay
        try:
            with over_http(case["server"]) as transport:
                play(case, transport, API_KEY)
        except BaseException as error:
            error.add_note(f"In the case '{case['id']}'.")
            raise


def test_no_recording_is_lost() -> None:
    names = {case["id"] for case in CASES}

    assert len(names) == len(CASES) == 354
