"""The EventBridge bus."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from typing import Any

from screening.aws.failures import Pause, backoff, note, translated
from screening.errors import NotFoundError, PermanentError, TransientError
from screening.ports import Refused
from screening.workflows.events import SOURCE, Event

CALL_ENTRIES = 10
ATTEMPTS = 3


class EventBridgeBus:
    """The `EventBus` of the functions. A call that succeeds may still have refused entries: every answer is looked at."""

    def __init__(self, events: Any, name: str, *, pause: Pause = time.sleep) -> None:
        self._events = events
        self._name = name
        self._pause = pause

    def publish(self, events: Sequence[Event]) -> Refused:
        refused: set[int] = set()
        for start in range(0, len(events), CALL_ENTRIES):
            refused |= self._publish_chunk(list(range(start, min(start + CALL_ENTRIES, len(events)))), events)
        return frozenset(refused)

    def _publish_chunk(self, chunk: list[int], events: Sequence[Event]) -> set[int]:
        left = chunk
        for attempt in range(ATTEMPTS):
            if attempt:
                backoff(attempt, pause=self._pause)
            try:
                with translated("EventBridge PutEvents"):
                    answer = self._events.put_events(Entries=[self._entry(events[index]) for index in left])
            except (TransientError, NotFoundError, PermanentError) as error:
                note(error)
                return set(left)
            if not answer.get("FailedEntryCount"):
                return set()
            results = zip(left, answer["Entries"], strict=True)
            left = [index for index, result in results if not result.get("EventId")]
        return set(left)

    def _entry(self, event: Event) -> dict[str, Any]:
        return {
            "EventBusName": self._name, "Source": SOURCE, "DetailType": event.type, "Time": event.timestamp,
            "Detail": json.dumps(event.to_detail(), separators=(",", ":"), ensure_ascii=False),
        }  # fmt: skip
