"""Events about the posts of a campaign, made by hand: what a test says of a post, and nothing else."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from screening.assessment.record import ArchivePointer, ConcernSummary
from screening.values.result import Tier
from screening.workflows.batch import QueuedMessage
from screening.workflows.events import Event, PostAssessed
from tests.fakes.basics import START
from tests.fakes.world import World

NOWHERE = ArchivePointer(key="tier=review/gone", start=0, length=1)


def assessed(
    post_id: str, tier: Tier = "review", *, campaign: str | None = "c-one", platform: str = "alpha", minute: int = 0,
    withdrawn: bool = False, **given: Any,
) -> Event:  # fmt: skip
    """What is told of the post at `minute`: its version then, or that it was withdrawn then (what it said stems from minute 0)."""
    seq, flagged = minute + 1, tier in ("review", "urgent") and not withdrawn
    values: dict[str, Any] = {
        "platform": platform, "id": post_id, "version": f"v{seq}", "seq": seq, "kind": "job",
        "status": "withdrawn" if withdrawn else "published", "cause": "withdrawn" if withdrawn else "new", "tier": tier,
        "previous_tier": None, "inconclusive": None, "rank": 0.5,
        "concerns": (ConcernSummary(type="trafficking_pattern", tier=tier),) if flagged else (),
        "dimensions": {"deceptive_recruitment": "positive"} if flagged else {},
        "indicators": ("no_interview",) if flagged else (), "language": None, "work_country": None, "act_by": None,
        "audit": None, "content_seq": 1 if withdrawn else seq, "content_version": "v1" if withdrawn else f"v{seq}",
        "archive": NOWHERE, "versions": "1/r1/none/2026-01", "campaign": campaign, "campaign_size": 2,
    } | given  # fmt: skip
    identity = "/".join(str(part) for part in (platform, post_id, seq, tier, campaign, withdrawn))
    at = START + timedelta(minutes=minute)
    return Event.of(PostAssessed(**values), id=identity, timestamp=at, correlation_id="test/1")


def tell(world: World, *events: Event) -> None:
    """Give the review function these events, a minute apart."""
    for event in events:
        world.clock.advance(minutes=1)
        world.review.handle(event)


def as_message(event: Event, number: int) -> QueuedMessage:
    return QueuedMessage(f"m-{number}", json.dumps({"detail": event.to_detail()}))


def posts_of(world: World) -> dict[str, set[str]]:
    """Case id to the ids of its posts, for every open case."""
    return {case.case: {post_id for _, post_id in case.posts} for case in world.cases.all() if case.is_open}
