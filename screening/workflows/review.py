"""Review: events about posts and reports open or update cases, and the team's queue learns of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from screening.cases.campaign_case import (
    TIED,
    fit_together,
    join_case,
    leads,
    takes_posts,
)
from screening.cases.case import Case, CaseQueue, case_id
from screening.cases.decisions import people_who_decided
from screening.cases.updates import (
    TIER_ORDER,
    CaseFacts,
    knows,
    note_on_closed,
    open_case,
    queue_for,
    reopen_reason,
    update_case,
)
from screening.errors import ConflictError, NotFoundError, PermanentError, TransientError
from screening.ports import (
    Archive,
    CampaignPointer,
    CaseStore,
    Clock,
    ConfigStore,
    Ids,
    LatestCase,
    LinkStore,
    Metrics,
    PostPointer,
    PostStore,
    ReportStore,
)
from screening.workflows.appeal import OpenAppeal
from screening.workflows.archived import facts_of_record, read_archived
from screening.workflows.batch import BatchOutcome, QueuedMessage, Remaining, handle_each, no_hurry, read_body
from screening.workflows.campaign_cases import CampaignCases
from screening.workflows.case_merging import SYSTEM, CaseMerging
from screening.workflows.case_saving import CaseSaver, Entry
from screening.workflows.events import AppealReceived, CaseOpened, Event, PostAssessed, ReportReceived
from screening.workflows.merged_cases import find_case
from screening.workflows.notifier_answers import answer_notifiers, note_taken_up
from screening.workflows.records import Head
from screening.workflows.report_places import place_report, senders_of
from screening.workflows.snooze import PosterKey, still_flagged

ReviewOutcome = Literal["opened", "updated", "noted", "known", "no_case"]
MAX_ATTEMPTS = 6
SECONDS_KEPT_BACK = 3.0
UNKNOWN_PLATFORM = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewSettings:
    reports_team: str  # whose queue takes reports of posts that no platform of ours published


class ReviewEvents:
    """Handles a batch of bus events from the review function's queue. Anything that fails comes again, at last to the dead letters:
    no event about a flagged post is dropped because it couldn't be understood."""

    def __init__(
        self, *, cases: CaseStore, posts: PostStore, archive: Archive, config: ConfigStore, saver: CaseSaver,
        clock: Clock, ids: Ids, metrics: Metrics, settings: ReviewSettings, poster_key: PosterKey,
        reports: ReportStore, links: LinkStore,
    ) -> None:  # fmt: skip
        self._ids = ids
        self._poster_key = poster_key
        self._reports = reports
        self._campaign_cases = CampaignCases(cases=cases, links=links, config=config)
        self._merging = CaseMerging(
            cases=cases, saver=saver, campaign_cases=self._campaign_cases, reports=reports, clock=clock
        )
        self._open_appeal = OpenAppeal(cases=cases, saver=saver, clock=clock)
        self._cases = cases
        self._posts = posts
        self._archive = archive
        self._config = config
        self._saver = saver
        self._clock = clock
        self._metrics = metrics
        self._settings = settings

    def __call__(self, batch: Sequence[QueuedMessage], *, remaining: Remaining = no_hurry) -> BatchOutcome:
        """Each body is a bus event as EventBridge puts it on a queue: its `detail` holds metadata and data."""
        return handle_each(
            batch,
            lambda body: self.handle(event_of_body(body)),
            remaining=remaining,
            kept_back=SECONDS_KEPT_BACK,
            failed=lambda error: self._metrics.count("ReviewFailed", error=type(error).__name__),
        )

    def handle(self, event: Event) -> ReviewOutcome:
        """Apply one event.

        Raises:
            TransientError: something couldn't be read or written for now.
            NotFoundError: the event's platform isn't configured, so that no team may see it.
            PermanentError: the event can't be read.
        """
        if event.type == PostAssessed.TYPE:
            facts = facts_of_event(PostAssessed.from_event(event), event)
            result = self._retrying(lambda: self._apply(facts, event.correlation_id))
        elif event.type == ReportReceived.TYPE:
            report = ReportReceived.from_event(event)
            result = self._retrying(lambda: self._apply_report(report, event))
            note_taken_up(report.report, reports=self._reports, received_at=event.timestamp)
        elif event.type == AppealReceived.TYPE:
            appeal = AppealReceived.from_event(event)
            result = self._retrying(lambda: "opened" if self._open_appeal(appeal, event) else "known")
        else:
            raise PermanentError(f"event {event.id[:60]}: review doesn't handle {event.type[:40]}")
        self._metrics.count("ReviewEvents", outcome=result)
        return result

    def _retrying(self, apply: Callable[[], ReviewOutcome]) -> ReviewOutcome:
        for _ in range(MAX_ATTEMPTS):
            try:
                return apply()
            except ConflictError:
                continue  # somebody saved first: read again, and apply to what they saved
        raise TransientError("the case kept changing")

    def _latest(self, platform: str, post_id: str) -> tuple[Case | None, LatestCase | None]:
        """The newest case of a post, and the pointer that led to it (perhaps by way of one that was merged)."""
        latest = self._cases.latest_of(platform, post_id)
        return (find_case(self._cases, latest.case) if latest else None), latest

    def _team_of(self, platform: str) -> str:
        configured = self._config.platform(platform)
        if configured is None:
            raise NotFoundError(f"platform '{platform}': not configured, so no team may review its posts")
        return configured.team

    def _apply(self, facts: CaseFacts, correlation_id: str) -> ReviewOutcome:
        now = self._clock.now()
        case, latest = self._latest(facts.platform, facts.post_id)
        if case is not None and knows(case, facts):
            self._saver.deliver(case)
            self._merging.settle(case, facts, correlation_id)
            return "known"
        facts = self._campaign_cases.placed(facts)
        reason = reopen_reason(case, facts) if case is not None else None
        # Acted on already, and waiting for a second person about a further step: what is worse is judged for itself.
        worse = case is not None and bool(case.decisions) and reason is not None
        if case is not None and case.is_open and not worse:
            return self._update(case, facts, correlation_id)
        queue = queue_for(facts)
        if case is not None and reason is None:
            noted = note_on_closed(case, facts, now=now)
            self._saver.save(noted, before=case, entries=[], correlation_id=correlation_id)
            return "noted"
        if queue is None:
            return "no_case"
        if queue == "review" and self._is_snoozed(facts):
            self._metrics.count("CasesSnoozed", platform=facts.platform)
            return "no_case"
        return self._open_or_join(facts, queue, case, latest, reason or "", correlation_id)

    def _update(self, before: Case, facts: CaseFacts, correlation_id: str) -> ReviewOutcome:
        """Save an open case with news of one of its posts.

        Where the post has become part of a campaign that has another open case, the two are merged first, and the news
        is applied to what is left: done again after a crash anywhere in between, it ends the same.
        """
        now = self._clock.now()
        if leads(before, facts):
            updated = self._led_by_highest(update_case(before, facts, now=now))
        else:
            updated = join_case(before, facts, now=now, counted=True)
        pointers: list[CampaignPointer] = []
        if (facts.campaign and before.appeal is None and facts.campaign != before.campaign) or _enters_review(
            before, updated
        ):
            found, seen = self._campaign_cases.of(updated.team, facts.campaign, but=before.case)
            other = found if found is not None and found.case != before.case and takes_posts(found) else None
            if other is not None and updated.queue in TIED and fit_together(before, other):
                self._merging.merge(before, other, correlation_id)
                return self._apply(facts, correlation_id)
            updated = replace(updated, campaign=facts.campaign or before.campaign)
            if facts.campaign and updated.queue in TIED and takes_posts(updated) and other is None:
                pointers = [CampaignPointer(updated.team, facts.campaign, seen)]
        changed = (before.facts, before.post_withdrawn, before.members) != (
            updated.facts, updated.post_withdrawn, updated.members,
        )  # fmt: skip
        entries = [Entry(kind="updated", actor=SYSTEM, payload=_payload(facts))] if changed else []
        self._saver.save(
            updated, before=before, entries=entries, pointers=pointers,
            pointer=updated.due_at < before.due_at or updated.tier != before.tier, correlation_id=correlation_id,
        )  # fmt: skip
        if before.is_open and not updated.is_open:
            # Votes lapsed on a case that was decided before: nothing waits any more, and no event tells so.
            answer_notifiers(updated, reports=self._reports, now=self._clock.now())
        return "updated"

    def _led_by_highest(self, case: Case) -> Case:
        """A case whose leading post became milder, led by the worst of the others: an edit hides no campaign."""
        for member in sorted(case.members, key=lambda one: -TIER_ORDER[one.tier]):
            if TIER_ORDER[member.tier] <= TIER_ORDER[case.tier]:
                break
            head = None if member.withdrawn else self._posts.read_head(member.key)
            if head is None or head.archive is None or head.status == "withdrawn":
                continue
            try:
                facts = facts_of_record(head, head.archive, read_archived(self._archive, head.archive))
            except NotFoundError:
                continue  # its time is over
            return join_case(case, facts, now=self._clock.now(), counted=True)
        return case

    def _open_or_join(
        self, facts: CaseFacts, queue: CaseQueue, previous: Case | None, latest: LatestCase | None, reason: str,
        correlation_id: str,
    ) -> ReviewOutcome:  # fmt: skip
        now, team = self._clock.now(), self._team_of(facts.platform)
        generation = latest.generation + 1 if latest else 1
        campaign, seen = self._campaign_cases.of(team, facts.campaign) if queue == "review" else (None, None)
        if campaign is not None and takes_posts(campaign):
            joined = join_case(campaign, facts, now=now)
            points: list[PostPointer | CampaignPointer] = [
                PostPointer(
                    facts.platform, facts.post_id, max(campaign.generation, generation), latest.case if latest else None
                )
            ]
            if facts.campaign and seen != campaign.case:
                joined = replace(joined, campaign=facts.campaign)
                points.append(CampaignPointer(team, facts.campaign, seen))
            self._saver.save(
                joined, before=campaign, entries=[Entry(kind="joined", actor=SYSTEM, payload=_payload(facts))],
                pointers=points, pointer=joined.due_at < campaign.due_at or joined.tier != campaign.tier,
                correlation_id=correlation_id,
            )  # fmt: skip
            self._merging.settle(joined, facts, correlation_id, joined=True)
            return "updated"
        if previous is None and campaign is not None:
            previous, reason = campaign, "new_member"
        opened = open_case(
            facts, team=team, queue=queue, now=now, generation=generation, previous=previous, reason=reason,
            second_review=self._drawn_for_second_review(team),
        )  # fmt: skip
        pointers: list[PostPointer | CampaignPointer] = [
            PostPointer(facts.platform, facts.post_id, generation, latest.case if latest else None)
        ]
        if queue == "review" and facts.campaign:
            pointers.append(CampaignPointer(team, facts.campaign, seen))
        outcome = self._open(opened, _payload(facts), correlation_id, pointers)
        if queue == "review":
            self._merging.settle(opened, facts, correlation_id)
        return outcome

    def _drawn_for_second_review(self, team: str) -> bool:
        return int(self._ids.salt()[:8], 16) / 2**32 < self._config.team(team).second_review_share

    def _is_snoozed(self, facts: CaseFacts) -> bool:
        """Whether nothing is left to open a case for once rules that a reviewer put aside for this poster are left out."""
        if facts.archive is None:
            return False
        try:
            archived = read_archived(self._archive, facts.archive)
        except NotFoundError:
            return False  # whose post it was can't be known any more: it opens a case
        poster = self._poster_key(facts.platform, archived.poster)
        snoozes = self._cases.snoozes(facts.platform, poster, now=self._clock.now()) if poster else ()
        return bool(snoozes) and not still_flagged(archived, snoozes, now=self._clock.now())

    def _open(
        self, case: Case, payload: dict[str, Any], correlation_id: str,
        pointers: Sequence[PostPointer | CampaignPointer] = (),
    ) -> ReviewOutcome:  # fmt: skip
        opened = CaseOpened(
            case=case.case, platform=case.platform, post_id=case.post_id, tier=case.tier, queue=case.queue,
            team=case.team, due_at=case.due_at,
        )  # fmt: skip
        entry = Entry(kind="opened", actor=SYSTEM, payload={**payload, "queue": case.queue, "due_at": str(case.due_at)})
        self._saver.save(
            case, before=None, entries=[entry], events=[opened], pointer=True, correlation_id=correlation_id,
            pointers=pointers,
        )  # fmt: skip
        return "opened"

    def _apply_report(self, report: ReportReceived, event: Event) -> ReviewOutcome:
        now = self._clock.now()
        head = self._reported_head(report)
        if head is None:
            return self._open_unknown(report, event)
        case, latest = self._latest(head.platform, head.id)
        stored = self._reports.read(report.report)  # the event doesn't say what it is about
        if case is not None and report.report in case.reports:
            self._saver.deliver(case)
            return "known"
        payload = {"report": report.report}
        if case is not None and case.is_open:
            reported = place_report(case, report.report, stored, reports=self._reports, now=now)
            if reported is None:
                self._saver.deliver(case)
                return "known"
            # One that isn't listed leaves no entry: what a flood of them says stands in the reports themselves.
            entries = (
                [Entry(kind="reported", actor=SYSTEM, payload=payload)] if reported.reports != case.reports else []
            )
            self._saver.save(
                reported, before=case, entries=entries,
                pointer=reported.queue_order < case.queue_order, correlation_id=event.correlation_id,
            )  # fmt: skip
            return "updated"
        if head.archive is None:
            return self._open_unknown(report, event)
        facts = facts_of_record(head, head.archive, read_archived(self._archive, head.archive))
        generation = latest.generation + 1 if latest else 1
        opened = open_case(
            facts, team=self._team_of(head.platform), queue="reports", now=now, generation=generation, previous=case,
            reason="complaint" if report.complaint_of else "reported", reports=(report.report,),
            senders=senders_of(stored), second_review=self._drawn_for_second_review(self._team_of(head.platform)),
            child_notice=stored is not None and stored.child_offence,
        )  # fmt: skip
        if report.complaint_of and case is not None:
            # Fewer people may judge it than others, and a second of them may not be there: it isn't drawn.
            opened = replace(opened, excluded=people_who_decided(case), second_review=False)
        pointer = PostPointer(head.platform, head.id, generation, latest.case if latest else None)
        return self._open(opened, payload, event.correlation_id, [pointer])

    def _reported_head(self, report: ReportReceived) -> Head | None:
        if report.platform is None or report.post_id is None:
            return None
        return self._posts.read_head((report.platform, report.post_id))

    def _open_unknown(self, report: ReportReceived, event: Event) -> ReviewOutcome:
        """A case for a report whose post was never published to us: there is nothing but the report to go by."""
        identity = case_id(UNKNOWN_PLATFORM, report.report, 1)
        existing = self._cases.read(identity)
        if existing is not None:
            self._saver.deliver(existing)
            return "known"
        now = self._clock.now()
        facts, stored = unknown_facts(report, event), self._reports.read(report.report)
        known_platform = self._config.platform(report.platform) if report.platform else None
        team = known_platform.team if known_platform else self._settings.reports_team
        refused = self._cases.read(case_id(UNKNOWN_PLATFORM, report.complaint_of, 1)) if report.complaint_of else None
        opened = open_case(
            facts, team=team, queue="reports", now=now, reports=(report.report,), previous=refused,
            reason="complaint" if report.complaint_of else "",
            second_review=refused is None and self._drawn_for_second_review(team),
            senders=senders_of(stored), child_notice=stored is not None and stored.child_offence,
        )  # fmt: skip
        excluded = people_who_decided(refused) if refused else ()
        opened = replace(opened, case=identity, post_id="", archive=None, excluded=excluded)
        return self._open(opened, {"report": report.report}, event.correlation_id)


def event_of_body(body: str) -> Event:
    """The event in a queue message that EventBridge wrote. Raises PermanentError naming the field."""
    data = read_body(body)
    if not isinstance(data, dict) or "detail" not in data:
        raise PermanentError("bus message: field 'detail': is missing")
    return Event.from_detail(data["detail"])


def facts_of_event(assessed: PostAssessed, event: Event) -> CaseFacts:
    return CaseFacts(
        event=event.id, cause=assessed.cause, at=event.timestamp, platform=assessed.platform, post_id=assessed.id,
        seq=assessed.seq, version=assessed.version, content_seq=assessed.content_seq, content_version=assessed.content_version, kind=assessed.kind, tier=assessed.tier, rank=assessed.rank,
        concerns=assessed.concerns, dimensions=assessed.dimensions, indicators=assessed.indicators,
        act_by=assessed.act_by, language=assessed.language, work_country=assessed.work_country,
        archive=assessed.archive, versions=assessed.versions, withdrawn=assessed.status == "withdrawn",
        audit_probability=assessed.audit, campaign=assessed.campaign, corridor=assessed.corridor,
    )  # fmt: skip


def unknown_facts(report: ReportReceived, event: Event) -> CaseFacts:
    """Facts of a post that nobody has read: nothing is known, and nothing is claimed."""
    return CaseFacts(
        event=event.id, cause="reported", at=event.timestamp, platform=report.platform or UNKNOWN_PLATFORM,
        post_id=report.post_id or report.report, seq=0, version="", content_seq=-1, content_version="", kind="job", tier="inconclusive", rank=0.0,
        concerns=(), dimensions={}, indicators=(), act_by=None, language=None, work_country=None, archive=None,
        versions="", withdrawn=False, audit_probability=None,
    )  # fmt: skip


def _enters_review(before: Case, updated: Case) -> bool:
    return before.queue not in TIED and updated.queue in TIED


def _payload(facts: CaseFacts) -> dict[str, Any]:
    return {
        "event": facts.event, "cause": facts.cause, "tier": facts.tier, "seq": facts.seq, "version": facts.version,
        "versions": facts.versions, "withdrawn": facts.withdrawn, "platform": facts.platform, "post_id": facts.post_id,
    }  # fmt: skip
