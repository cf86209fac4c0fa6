"""The demo waits as long as something gets on, on however slow a machine, and gives up what stands still."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from screening.cli.demo import story
from screening.cli.demo.story import WAIT_SECONDS, DemoError, Story


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Time that passes by sleeping alone, a minute at once."""
    made = SimpleNamespace(now=0.0)

    def sleep(_seconds: float) -> None:
        made.now += WAIT_SECONDS / 2

    monkeypatch.setattr(story, "time", SimpleNamespace(monotonic=lambda: made.now, sleep=sleep))
    return made


class Slow(Story):
    """Of ten accepted posts one more is assessed at each look, up to `most`."""

    most = 10
    looks = 0

    given_up = 0

    def dead_letters(self) -> int:
        return self.given_up

    def heads(self) -> list[Any]:
        self.looks += 1
        return [None] * min(self.looks, self.most)


def of_ten(most: int) -> Slow:
    made = Slow(stack=cast("Any", None), code=cast("Any", None), samples=cast("Any", None))
    made.figures.accepted, made.most = 10, most
    return made


def test_a_slow_machine_is_waited_for_while_it_gets_on(clock: SimpleNamespace) -> None:
    told: list[int] = []
    of_ten(10).wait_until_assessed(told.append)
    assert told == list(range(1, 11))
    assert clock.now > WAIT_SECONDS


def test_what_stands_still_is_given_up_and_told_how_much_is_left(clock: SimpleNamespace) -> None:
    with pytest.raises(DemoError, match="in vain for the posts to be assessed: 4 left"):
        of_ten(6).wait_until_assessed(lambda _: None)
    assert clock.now < 10 * WAIT_SECONDS


def test_who_waits_in_vain_learns_that_messages_were_given_up(clock: SimpleNamespace) -> None:
    """A machine too slow for the demo's short timeouts: the posts lie in the dead letters, and no waiting helps."""
    story = of_ten(6)
    story.given_up = 3
    story.figures.poison_posts = 1
    with pytest.raises(DemoError, match=r"4 left; 2 messages ended in the dead letters.*too busy or slow"):
        story.wait_until_assessed(lambda _: None)
