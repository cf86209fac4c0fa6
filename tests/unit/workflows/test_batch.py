"""A message that crashes its handler fails alone, and JSON with halves of characters never comes as far as a handler."""

from __future__ import annotations

import json

import pytest

from screening.errors import PermanentError, TransientError
from screening.workflows.batch import QueuedMessage, body_fields, handle_each, no_hurry, read_body
from tests.fakes.world import World, post


def test_a_crash_fails_its_own_message_alone_and_tells_nothing_of_it() -> None:
    done: list[str] = []
    told: list[str] = []

    def handle(body: str) -> None:
        if body == "crash":
            raise KeyError("call Olena on +48 600 100 200")
        if body == "later":
            raise TransientError("throttled")
        done.append(body)

    batch = [QueuedMessage(str(number), body) for number, body in enumerate(("a", "crash", "later", "b"))]
    outcome = handle_each(
        batch, handle, remaining=no_hurry, kept_back=0, failed=lambda error: told.append(type(error).__name__)
    )
    assert done == ["a", "b"]
    assert sorted(outcome.failed) == ["1", "2"]
    assert outcome.failed["1"].startswith("crash: KeyError at test_batch.py:")
    assert "Olena" not in str(outcome.failed)
    assert told == ["KeyError", "TransientError"]


HALVES = ['{"a": "\\ud800"}', '{"\\uDC00": 1}', '[{"a": ["x\\uD83Dy"]}]', '"\\ude00\\ud83d"']


@pytest.mark.parametrize("body", HALVES)
def test_json_with_half_a_character_is_refused(body: str) -> None:
    with pytest.raises(PermanentError, match="half a character"):
        read_body(body)


def test_whole_characters_are_read_however_they_are_written() -> None:
    for text in ("\U0001f600 ґ", "a\\ud800 in words"):
        for ascii_only in (True, False):
            assert read_body(json.dumps({"a": text}, ensure_ascii=ascii_only)) == {"a": text}


@pytest.mark.parametrize("field", ["platform", "post_id", "reason"])
def test_what_the_public_sends_in_halves_stops_no_other_report(field: str) -> None:
    world = World()
    world.publish(post("1", "quiet offer"))
    world.run()
    hostile = {"platform": "alpha", "post_id": "1", "reason": "bad", field: "\ud800"}
    with pytest.raises(PermanentError, match="half a character"):
        world.report(read_body(json.dumps(hostile)))
    world.report({"platform": "alpha", "post_id": "1", "reason": "They keep papers."})
    world.run()
    assert len(world.only_case().reports) == 1


def test_a_signed_body_is_held_to_the_same() -> None:
    with pytest.raises(PermanentError, match="half a character"):
        body_fields(b'{"text": "\\ud800"}', "appeal")
