"""The sweep, every minute: what stayed pending in an outbox is published again, under its same id."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from screening.ports import CaseStore, Clock, EventBus, Metrics, PostStore
from screening.workflows.batch import Remaining, no_hurry
from screening.workflows.case_saving import CaseSaver
from screening.workflows.outbox import publish_pending
from screening.workflows.tell_teams import TellTeams
from screening.workflows.urgent_watch import WatchUrgent

PENDING_FOR = timedelta(seconds=60)
"""Younger ones are still with the worker that wrote them."""
PAGE = 200
SECONDS_KEPT_BACK = 5.0


@dataclass(frozen=True, slots=True)
class Swept:
    heads: int  # events of posts published
    cases: int  # cases whose outbox was emptied of what was due
    left: int  # what is still pending


class SweepOutboxes:
    """Publishes what heads and cases still owe."""

    def __init__(
        self, *, posts: PostStore, cases: CaseStore, bus: EventBus, saver: CaseSaver, clock: Clock, metrics: Metrics,
        pending_for: timedelta = PENDING_FOR, watch: WatchUrgent | None = None,
        tell: TellTeams | None = None,
    ) -> None:  # fmt: skip
        self._watch = watch
        self._tell = tell
        self._posts = posts
        self._cases = cases
        self._bus = bus
        self._saver = saver
        self._clock = clock
        self._metrics = metrics
        self._pending_for = pending_for

    def __call__(self, *, remaining: Remaining = no_hurry) -> Swept:
        """Raises TransientError where the outbox can't be read; the next minute tries again."""
        now = self._clock.now()
        before = now - self._pending_for
        # The oldest first in one minute, the newest in the next: a page of what is stuck keeps nothing behind it from being told.
        newest_first = now.minute % 2 == 1
        published = left = emptied = 0
        while remaining() > SECONDS_KEPT_BACK:
            heads = self._posts.pending(before=before, limit=PAGE, newest_first=newest_first)
            still = publish_pending(self._bus, self._posts, self._metrics, heads)
            published += len(heads) - still
            left += still
            # Stop where the page is short, or where it holds again what couldn't be published.
            if len(heads) < PAGE or still:
                break
        for case in self._cases.pending(before=before, limit=PAGE, newest_first=newest_first):
            if remaining() <= SECONDS_KEPT_BACK:
                break
            # What is held back for later doesn't wait.
            waits = [owed for owed in self._saver.deliver(case).outbox if owed.since < before]
            emptied += not waits
            left += len(waits)
        if self._watch is not None and remaining() > SECONDS_KEPT_BACK:
            self._watch()
        self._metrics.count("OutboxSwept", published + emptied)
        if left:
            self._metrics.count("OutboxStuck", left)
        if self._tell is not None and remaining() > SECONDS_KEPT_BACK:
            self._tell(remaining=remaining)
        return Swept(heads=published, cases=emptied, left=left)
