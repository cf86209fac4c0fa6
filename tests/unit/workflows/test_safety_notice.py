"""The public safety notice: anybody may ask for it, in whatever language they name."""

from __future__ import annotations

import json

import pytest

from screening.errors import NotFoundError
from screening.referrals.safety_notices import LANGUAGES
from screening.workflows.safety_notice import ReadSafetyNotice
from tests.fakes.world import World, post


def test_no_stranger_makes_metrics_by_naming_languages() -> None:
    world = World()
    world.publish(post("1", "review this"))
    world.run()
    read = ReadSafetyNotice(posts=world.posts, confirmed_line=lambda _c, _l: None, metrics=world.metrics)
    asked = ["uk", "en", "q7", "\r\n", "éé", "", "xx", "UK", "x" * 500]
    assert {read("alpha", "1", language).language for language in asked} == {"uk", "en"}
    counted = [json.loads(line) for line in world.metrics.seen if "SafetyNotices" in line]
    assert len(counted) == len(asked)
    assert {dimensions["language"] for _, _, dimensions in counted} <= set(LANGUAGES)


def test_an_offer_that_is_not_flagged_has_none() -> None:
    world = World()
    world.publish(post("1", "quiet"))
    world.run()
    read = ReadSafetyNotice(posts=world.posts, confirmed_line=lambda _c, _l: None, metrics=world.metrics)
    for post_id in ("1", "unknown"):
        with pytest.raises(NotFoundError, match="no notice for this offer"):
            read("alpha", post_id, "en")
