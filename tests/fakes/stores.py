"""The stores in memory, with the conditions that the real ones hold."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import Any, BinaryIO

from screening.cases.case import Case, CaseQueue
from screening.cases.ledger import LedgerEntry
from screening.errors import ConflictError, NotFoundError, TransientError
from screening.ports import CampaignPointer, CaseChange, ErasedPost, LatestCase, PostPointer, PostsStanding, Snooze
from screening.workflows.records import (
    Answer,
    AppealClaim,
    ArchiveObject,
    Head,
    HeadsRead,
    PostKey,
    Referral,
    Rejected,
    Report,
)
from tests.fakes.basics import FakeClock
from tests.fakes.faults import Faults


class FakePostStore:
    def __init__(self, faults: Faults, clock: FakeClock) -> None:
        self._faults = faults
        self._clock = clock
        self.heads: dict[PostKey, Head] = {}
        self.rejected: list[Rejected] = []
        self.erased: dict[PostKey, ErasedPost] = {}
        self.drawn: dict[tuple[date, str], int] = {}
        self.behind = 0  # writes that `standing` doesn't see yet
        self._before: list[dict[PostKey, Head]] = []  # the heads as they stood before each write

    def read_head(self, key: PostKey) -> Head | None:
        self._faults.before("posts.read_head")
        return self._live(key)

    def read_heads(self, keys: Sequence[PostKey]) -> HeadsRead:
        try:
            self._faults.before("posts.read_heads")
        except TransientError:
            return HeadsRead({}, frozenset(keys))
        unread = frozenset(key for key in keys if self._faults.refuses("posts.read_heads"))
        found = {key: head for key in keys if key not in unread and (head := self._live(key)) is not None}
        return HeadsRead(found, unread)

    def standing(self, keys: Sequence[PostKey]) -> PostsStanding:
        try:
            self._faults.before("posts.standing")
        except TransientError:
            return PostsStanding(unread=frozenset(keys))
        unread = frozenset(key for key in keys if self._faults.refuses("posts.standing"))
        read = [key for key in keys if key not in unread]
        stood = self._before[-self.behind :][0] if self.behind and self._before else self.heads
        heads = {key: head for key in read if (head := self._live(key, stood)) is not None}
        return PostsStanding(heads, {key: self.erased[key] for key in read if key in self.erased}, unread)

    def _live(self, key: PostKey, heads: dict[PostKey, Head] | None = None) -> Head | None:
        head = (self.heads if heads is None else heads).get(key)
        return head if head and head.expires > self._clock.now() else None

    def write_head(self, head: Head, *, expected_revision: int | None) -> bool:
        self._faults.before("posts.write_head")
        stored = self._live(head.key)
        if (stored.revision if stored else None) != expected_revision:
            return False
        assert head.revision == (expected_revision or 0) + 1
        assert (head.event is not None) == (head.event_state == "pending")
        self._before.append(dict(self.heads))
        self.heads[head.key] = head
        self._faults.after("posts.write_head")
        return True

    def mark_sent(self, key: PostKey, event_id: str) -> bool:
        self._faults.before("posts.mark_sent")
        head = self.heads.get(key)
        if head is None or head.event_state != "pending" or head.event_id != event_id:
            return False
        self._before.append(dict(self.heads))
        self.heads[key] = replace(head, event_state="sent", event=None, pending_since=None, revision=head.revision + 1)
        self._faults.after("posts.mark_sent")
        return True

    def pending(self, *, before: datetime, limit: int, newest_first: bool = False) -> tuple[Head, ...]:
        self._faults.before("posts.pending")
        waiting = [head for head in self.heads.values() if head.pending_since and head.pending_since < before]
        ordered = sorted(waiting, key=lambda head: (head.pending_since or before, head.key), reverse=newest_first)
        return tuple(ordered[:limit])

    def put_rejected(self, rejected: Sequence[Rejected]) -> frozenset[int]:
        try:
            self._faults.before("posts.put_rejected")
        except TransientError:
            return frozenset(range(len(rejected)))
        refused = set()
        for index, record in enumerate(rejected):
            if self._faults.refuses("posts.put_rejected"):
                refused.add(index)
            elif not any(_same_fault(record, known) for known in self.rejected):
                self.rejected.append(record)
        return frozenset(refused)

    def count_drawn(self, day: date, language: str, *, by: int) -> int:
        self._faults.before("posts.count_drawn")
        self.drawn[day, language] = self.drawn.get((day, language), 0) + by
        self._faults.after("posts.count_drawn")
        return self.drawn[day, language]

    def list_rejected(self, platform: str, *, since: datetime, limit: int) -> tuple[Rejected, ...]:
        self._faults.before("posts.list_rejected")
        own = [record for record in self.rejected if record.platform == platform and record.received_at >= since]
        return tuple(sorted(own, key=lambda record: record.received_at, reverse=True)[:limit])


def _same_fault(one: Rejected, other: Rejected) -> bool:
    """Whether the real store would keep both under one key."""
    return replace(one, expires=other.expires) == other


class FakeArchive:
    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self.objects: dict[str, bytes] = {}

    def put(self, key: str, body: bytes) -> None:
        self._faults.before("archive.put")
        assert self.objects.get(key, body) == body, "an archive object was written over with other bytes"
        self.objects[key] = body
        self._faults.after("archive.put")

    def read(self, key: str, start: int, length: int) -> bytes:
        return self.read_object(key)[start : start + length]

    def read_object(self, key: str) -> bytes:
        self._faults.before("archive.read")
        if key not in self.objects:
            raise NotFoundError(f"archive: {key}: gone")
        return self.objects[key]

    def list_objects(self, prefix: str) -> Iterator[ArchiveObject]:
        self._faults.before("archive.list_objects")
        for key in sorted(self.objects):
            if key.startswith(prefix):
                yield ArchiveObject(key, len(self.objects[key]))


class FakeDropStore:
    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self.objects: dict[tuple[str, str], bytes] = {}

    @contextmanager
    def open(self, bucket: str, key: str) -> Iterator[BinaryIO]:
        self._faults.before("drops.open")
        if (bucket, key) not in self.objects:
            raise NotFoundError(f"drop: {key}: gone")
        yield io.BytesIO(self.objects[bucket, key])


class FakeCaseStore:
    """Keeps cases as the JSON that would be stored, so that nothing survives by reference."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self.items: dict[str, str] = {}
        self.pointers: dict[tuple[str, str], LatestCase] = {}
        self.campaigns: dict[tuple[str, str], str] = {}
        self.put_aside: list[Snooze] = []
        self.entries: dict[tuple[str, int], LedgerEntry] = {}
        self.expires: dict[str, datetime | None] = {}

    def read(self, case: str) -> Case | None:
        self._faults.before("cases.read")
        return self._get(case)

    def _get(self, case: str) -> Case | None:
        return Case.from_dict(json.loads(self.items[case])) if case in self.items else None

    def all(self) -> list[Case]:
        return [Case.from_dict(json.loads(item)) for item in self.items.values()]

    def latest_of(self, platform: str, post_id: str) -> LatestCase | None:
        self._faults.before("cases.latest_of")
        return self.pointers.get((platform, post_id))

    def latest_of_each(self, posts: Sequence[PostKey]) -> dict[PostKey, LatestCase]:
        self._faults.before("cases.latest_of_each")
        return {post: self.pointers[post] for post in posts if post in self.pointers}

    def latest_of_campaign(self, team: str, campaign: str) -> str | None:
        self._faults.before("cases.latest_of_campaign")
        return self.campaigns.get((team, campaign))

    def save(self, change: CaseChange) -> None:
        self._faults.before("cases.save")
        case = change.case
        stored = self._get(case.case)
        if (stored.revision if stored else None) != change.expected_revision:
            raise ConflictError(f"case {case.case}: changed meanwhile")
        if any((entry.case, entry.index) in self.entries for entry in change.entries):
            raise ConflictError(f"case {case.case}: the ledger went on meanwhile")
        for pointer in change.pointers:
            if self._led_to(pointer) != pointer.seen:
                raise ConflictError(f"case {case.case}: a pointer leads elsewhere meanwhile")
        self.items[case.case] = json.dumps(case.to_dict())
        self.expires[case.case] = change.expires
        for entry in change.entries:
            self.entries[entry.case, entry.index] = entry
        for pointer in change.pointers:
            if isinstance(pointer, PostPointer):
                self.pointers[pointer.platform, pointer.post_id] = LatestCase(case.case, pointer.generation)
            else:
                self.campaigns[pointer.team, pointer.campaign] = case.case
        self._faults.after("cases.save")

    def _led_to(self, pointer: PostPointer | CampaignPointer) -> str | None:
        if isinstance(pointer, CampaignPointer):
            return self.campaigns.get((pointer.team, pointer.campaign))
        latest = self.pointers.get((pointer.platform, pointer.post_id))
        return latest.case if latest else None

    def mark_delivered(self, case: str, outbox_ids: Sequence[str]) -> None:
        self._faults.before("cases.mark_delivered")
        stored = self._get(case)
        if stored is not None:
            left = tuple(item for item in stored.outbox if item.id not in outbox_ids)
            self.items[case] = json.dumps(replace(stored, outbox=left).to_dict())
        self._faults.after("cases.mark_delivered")

    def pending(self, *, before: datetime, limit: int, newest_first: bool = False) -> tuple[Case, ...]:
        self._faults.before("cases.pending")
        waiting = [case for case in self.all() if any(item.since < before for item in case.outbox)]
        return tuple(sorted(waiting, key=lambda case: case.outbox[0].since, reverse=newest_first)[:limit])

    def queue(self, team: str, queue: CaseQueue, *, limit: int) -> tuple[Case, ...]:
        self._faults.before("cases.queue")
        own = [case for case in self.all() if case.waits_for_people and (case.team, case.queue) == (team, queue)]
        return tuple(sorted(own, key=lambda case: case.queue_order)[:limit])

    def ledger(self, case: str) -> tuple[LedgerEntry, ...]:
        self._faults.before("cases.ledger")
        return tuple(entry for (name, _), entry in sorted(self.entries.items()) if name == case)

    def decided(self, team: str, *, since: datetime, limit: int) -> tuple[Case, ...]:
        self._faults.before("cases.decided")
        done = [
            (case.decision.decided_at, case.case, case)
            for case in self.all()
            if case.team == team
            and not case.waits_for_people
            and case.decision
            and case.decision.decided_at >= since
            and case.golden is None
        ]
        return tuple(case for *_, case in sorted(done, key=lambda one: one[:2], reverse=True)[:limit])

    def golden(self, team: str, *, since: datetime, limit: int, actor: str | None = None) -> tuple[Case, ...]:
        self._faults.before("cases.golden")
        shown = [
            case
            for case in self.all()
            if case.team == team and case.golden and actor in (None, case.golden.actor) and case.opened_at >= since
        ]
        return tuple(sorted(shown, key=lambda case: (case.opened_at, case.case), reverse=True)[:limit])

    def known(self, team: str, *, limit: int) -> tuple[Case, ...]:
        self._faults.before("cases.known")
        known = [(case.known.proposed_at, case.case, case) for case in self.all() if case.team == team and case.known]
        return tuple(case for *_, case in sorted(known, key=lambda one: one[:2])[:limit])

    def put_snooze(self, snooze: Snooze) -> None:
        self._faults.before("cases.put_snooze")
        self.put_aside.append(snooze)

    def snoozes(self, platform: str, poster: str, *, now: datetime) -> tuple[Snooze, ...]:
        self._faults.before("cases.snoozes")
        own = [one for one in self.put_aside if (one.platform, one.poster) == (platform, poster)]
        return tuple(one for one in own if one.until > now)

    def due_for_second_look(self, team: str, *, limit: int) -> tuple[Case, ...]:
        self._faults.before("cases.due_for_second_look")
        waiting = [
            (
                min(made.second_look_by for made in case.decisions if made.awaits_second_look and made.second_look_by),
                case,
            )
            for case in self.all()
            if case.team == team and case.golden is None and any(made.awaits_second_look for made in case.decisions)
        ]
        return tuple(case for _, case in sorted(waiting, key=lambda pair: (pair[0], pair[1].case))[:limit])


class FakeReferralStore:
    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self.packages: dict[str, str] = {}
        self.referrals: dict[str, Referral] = {}

    def put_package(self, key: str, sealed: str) -> None:
        self._faults.before("referrals.put_package")
        self.packages[key] = sealed
        self._faults.after("referrals.put_package")

    def read_package(self, key: str) -> str:
        self._faults.before("referrals.read_package")
        if key not in self.packages:
            raise NotFoundError("package: gone")
        return self.packages[key]

    def create(self, referral: Referral) -> bool:
        self._faults.before("referrals.create")
        if referral.id in self.referrals:
            return False
        self.referrals[referral.id] = referral
        self._faults.after("referrals.create")
        return True

    def read(self, referral: str) -> Referral | None:
        self._faults.before("referrals.read")
        return self.referrals.get(referral)

    def update(self, referral: Referral, *, expected_revision: int) -> None:
        self._faults.before("referrals.update")
        stored = self.referrals.get(referral.id)
        if stored is None or stored.revision != expected_revision:
            raise ConflictError(f"referral {referral.id}: changed meanwhile")
        assert referral.revision == expected_revision + 1
        self.referrals[referral.id] = referral
        self._faults.after("referrals.update")

    def unfetched(self, *, before: datetime) -> Iterator[Referral]:
        self._faults.before("referrals.unfetched")
        waiting = [one for one in self.referrals.values() if one.is_waited_for and one.issued_at < before]
        return iter(sorted(waiting, key=lambda one: (one.issued_at, one.id)))


class FakeReportStore:
    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self.reports: dict[str, Report] = {}
        self.answers: dict[str, Answer] = {}
        self.leaders: dict[str, str] = {}
        self.claims: dict[str, AppealClaim] = {}

    def put(self, report: Report) -> None:
        self._faults.before("reports.put")
        self.reports[report.id] = report
        self._faults.after("reports.put")

    def read(self, report: str) -> Report | None:
        self._faults.before("reports.read")
        return self.reports.get(report)

    def put_answer(self, report: str, answer: Answer) -> bool:
        self._faults.before("reports.put_answer")
        stored = self.answers.get(report)
        if stored is not None and stored.as_of >= answer.as_of:
            return False
        self.answers[report] = answer
        self._faults.after("reports.put_answer")
        return True

    def read_answer(self, report: str) -> Answer | None:
        self._faults.before("reports.read_answer")
        return self.answers.get(report)

    def follow(self, report: Report, leader: str) -> None:
        self._faults.before("reports.follow")
        self.leaders[report.id] = leader
        self._faults.after("reports.follow")

    def leader_of(self, report: str) -> str | None:
        self._faults.before("reports.leader_of")
        return self.leaders.get(report)

    def claim_appeal(self, restriction: str, claim: AppealClaim, *, seen: str | None) -> None:
        self._faults.before("reports.claim_appeal")
        stands = self.claims.get(restriction)
        if (stands.report if stands else None) != seen:
            raise ConflictError("appeal: claimed meanwhile")
        self.claims[restriction] = claim
        self._faults.after("reports.claim_appeal")

    def read_appeal_claim(self, restriction: str) -> AppealClaim | None:
        self._faults.before("reports.read_appeal_claim")
        return self.claims.get(restriction)


class FakeRescoreStore:
    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self.manifests: dict[str, list[str]] = {}
        self.chunk_results: dict[tuple[str, int], dict[str, Any]] = {}
        self.diffs: dict[str, dict[str, Any]] = {}

    def put_manifest(self, run: str, lines: Sequence[str]) -> tuple[str, str]:
        self._faults.before("rescores.put_manifest")
        self.manifests[run] = list(lines)
        return "rescores", f"{run}/manifest.jsonl"

    def put_result(self, run: str, index: int, result: dict[str, Any]) -> None:
        self._faults.before("rescores.put_result")
        self.chunk_results[run, index] = json.loads(json.dumps(result))
        self._faults.after("rescores.put_result")

    def read_result(self, run: str, index: int) -> dict[str, Any] | None:
        self._faults.before("rescores.read_result")
        return self.chunk_results.get((run, index))

    def results(self, run: str) -> Iterator[dict[str, Any]]:
        self._faults.before("rescores.results")
        for (name, _), result in sorted(self.chunk_results.items()):
            if name == run:
                yield result

    def put_diff(self, run: str, diff: dict[str, Any]) -> tuple[str, str]:
        self._faults.before("rescores.put_diff")
        self.diffs[run] = json.loads(json.dumps(diff))
        return "rescores", f"{run}/diff.json"
