"""Publishing what heads owe: look at every entry's answer, then mark it sent. Whatever fails stays pending for `sweep`."""

from __future__ import annotations

from collections.abc import Sequence

from screening.errors import TransientError
from screening.ports import EventBus, Metrics, PostStore
from screening.workflows.events import Event
from screening.workflows.records import Head


def publish_pending(bus: EventBus, posts: PostStore, metrics: Metrics, heads: Sequence[Head]) -> int:
    """Publish the events of `heads` (those not pending are passed by) and mark them sent. Returns how many stay pending.

    An event that was published but not marked is published again under its same id; consumers drop it by that id.
    """
    owing = [head for head in heads if head.event_state == "pending" and head.event is not None]
    if not owing:
        return 0
    refused = bus.publish([Event.from_detail(head.event) for head in owing])
    left = len(refused)
    for index, head in enumerate(owing):
        if index in refused:
            continue
        try:
            posts.mark_sent(head.key, head.event_id)
        except TransientError:
            left += 1
    if left:
        metrics.count("EventsLeftPending", left)
    return left
