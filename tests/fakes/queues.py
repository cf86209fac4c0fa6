"""Queues and the bus in memory: messages as the text that would travel, redelivery, receive counts and dead letters."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import batched
from typing import Any

from screening.errors import NotFoundError, TransientError
from screening.referrals.transparency_rules import faults
from screening.workflows.batch import BatchOutcome, QueuedMessage
from screening.workflows.events import Event
from screening.workflows.messages import ClaimTicket, IntakeJob, PostMessage, ReviewPointer
from screening.workflows.packs import pack_of
from screening.workflows.records import Partner, Platform
from tests.fakes.faults import Faults, Killed

Worker = Callable[[Sequence[QueuedMessage]], BatchOutcome]


@dataclass
class _Waiting:
    message_id: str
    body: str
    received: int = 0


@dataclass
class FakeQueue:
    """A standard queue with an event source mapping: at least once, partial batch failures, then dead letters."""

    name: str
    max_receives: int = 5
    waiting: list[_Waiting] = field(default_factory=list)
    dead: list[str] = field(default_factory=list)
    all_bodies: list[str] = field(default_factory=list)
    _count: int = 0

    def put(self, body: str) -> None:
        self._count += 1
        self.all_bodies.append(body)
        self.waiting.append(_Waiting(f"{self.name}-{self._count}", body))

    def pump(self, worker: Worker, *, batch: int = 10, rounds: int = 50, twice: bool = False) -> None:
        """Deliver until nothing waits. A killed worker deletes nothing: its whole batch comes again.

        `twice` delivers every batch once more after it was done, as a standard queue may.
        """
        for _ in range(rounds):
            if not self.waiting:
                return
            taken, self.waiting = self.waiting[:batch], self.waiting[batch:]
            live = []
            for message in taken:
                message.received += 1
                if message.received > self.max_receives:
                    self.dead.append(message.body)
                else:
                    live.append(message)
            if not live:
                continue
            queued = [QueuedMessage(message.message_id, message.body) for message in live]
            try:
                failed = set(worker(queued).failed)
                if twice:
                    worker(queued)
            except Killed:
                failed = {message.message_id for message in live}
            self.waiting += [message for message in live if message.message_id in failed]
        raise AssertionError(f"{self.name}: still {len(self.waiting)} messages after {rounds} rounds")


class FakePostQueue:
    """`packed`: so many posts lie in a message, unless they are sent alone."""

    def __init__(self, faults: Faults, queue: FakeQueue, packed: int = 1) -> None:
        self._faults = faults
        self._packed = packed
        self.queue = queue

    def send(self, messages: Sequence[PostMessage], *, alone: bool = False) -> frozenset[int]:
        try:
            self._faults.before("post_queue.send")
        except TransientError:
            return frozenset(range(len(messages)))
        refused = set()
        taken = []
        for index, message in enumerate(messages):
            if self._faults.refuses("post_queue.send"):
                refused.add(index)
            else:
                taken.append(json.dumps(message.to_dict()))
        for pack in batched(taken, 1 if alone else self._packed):
            self.queue.put(pack[0] if len(pack) == 1 else pack_of(pack))
        self._faults.after("post_queue.send")
        return frozenset(refused)


class FakeIntakeQueue:
    def __init__(self, faults: Faults, queue: FakeQueue) -> None:
        self._faults = faults
        self.queue = queue

    def send(self, job: IntakeJob) -> None:
        self._faults.before("intake_queue.send")
        self.queue.put(json.dumps(job.to_dict()))
        self._faults.after("intake_queue.send")


class FakeBus:
    """Rules send event types to queues. Every entry ever accepted stands in `published`."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self.published: list[Event] = []
        self.targets: dict[str, list[FakeQueue]] = {}
        self.bodies: list[str] = []

    def route(self, event_type: str, queue: FakeQueue) -> None:
        self.targets.setdefault(event_type, []).append(queue)

    def publish(self, events: Sequence[Event]) -> frozenset[int]:
        try:
            self._faults.before("bus.publish")
        except TransientError:
            return frozenset(range(len(events)))
        refused = set()
        for index, event in enumerate(events):
            if self._faults.refuses("bus.publish"):
                refused.add(index)
                continue
            self.published.append(event)
            body = json.dumps(
                {
                    "id": f"bus-{len(self.published)}",
                    "source": "screening",
                    "detail-type": event.type,
                    "detail": event.to_detail(),
                }
            )
            self.bodies.append(body)
            for queue in self.targets.get(event.type, []):
                queue.put(body)
        self._faults.after("bus.publish")
        return frozenset(refused)

    def of(self, event_type: str) -> list[Event]:
        return [event for event in self.published if event.type == event_type]


class FakeReviewQueue:
    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self.teams: dict[str, list[dict[str, Any]]] = {}

    def send(self, team: str, pointer: ReviewPointer) -> None:
        self._faults.before("review_queue.send")
        if team not in self.teams:
            raise NotFoundError(f"team '{team}': has no queue")
        self.teams[team].append(pointer.to_dict())
        self._faults.after("review_queue.send")


class FakePartnerQueue:
    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self.sent: dict[str, list[dict[str, Any]]] = {}

    def send(self, partner: Partner, ticket: ClaimTicket) -> None:
        self._faults.before("partner_queue.send")
        self.sent.setdefault(partner.queue, []).append(ticket.to_dict())
        self._faults.after("partner_queue.send")


class FakePlatformNotices:
    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self.sent: list[tuple[str, str, dict[str, Any]]] = []

    def send(self, platform: Platform, *, message_id: str, body: dict[str, Any]) -> None:
        self._faults.before("platform_notices.send")
        self.sent.append((platform.id, message_id, body))
        self._faults.after("platform_notices.send")


class FakeTransparencyDatabase:
    """Takes what the published rules allow, once for each id."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self.records: dict[str, dict[str, Any]] = {}

    def send(self, platform: str, records: Sequence[dict[str, Any]]) -> tuple[str, ...]:
        self._faults.before("transparency.send")
        refused = [f"{fault.field}: {fault.reason}" for record in records for fault in faults(record)]
        for record in records:
            if not faults(record):
                self.records[str(record["puid"])] = record
        self._faults.after("transparency.send")
        return tuple(refused)
