"""A case as one person may see it: the evidence and text that were judged, its other posts, and cases like it.

Who is asked for a second opinion sees nothing of the first. Who opened the text stands in the ledger before it is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol, get_args

from screening.assessment.tier_rules import load_tier_rules
from screening.cases.case import Case
from screening.cases.case_parts import Lease
from screening.cases.comments import ToldComment, told_comments
from screening.cases.decisions import offered_actions, seen_blind
from screening.cases.golden import assessed_later, told_later
from screening.cases.ledger import EntryKind, LedgerEntry, chain_faults
from screening.cases.people import MAY_READ, MAY_WORK, Person
from screening.cases.quality.exposure import ExposureLimits, View, exposure, severe_texts
from screening.cases.similar import SimilarCase, similar_cases
from screening.cases.support import ReferralGrounds, referral_grounds
from screening.cases.taking_back import UNDO_WITHIN, reopenable, undoable
from screening.cases.told_decisions import ToldDecision, ToldReopening, told_decisions, told_reopenings
from screening.cases.vote import Action
from screening.errors import NotFoundError
from screening.ports import Archive, CaseStore, Clock, ConfigStore, ReportStore, Sealer, WorkStore
from screening.posts.post import Post
from screening.workflows.archived import ArchivedPost, read_archived
from screening.workflows.case_queue import midnight_of
from screening.workflows.events import Cause
from screening.workflows.ledger_chain import SHOWN_REPORT, SHOWN_TEXT
from screening.workflows.merged_cases import find_case
from screening.workflows.messages import seal_context
from screening.workflows.records import Report
from screening.workflows.report import Statement, statement_of
from screening.workflows.sealing import post_from_archive


class ViewRecorder(Protocol):
    """(case, actor, what was shown, of which version): `ledger_chain.RecordView`."""

    def __call__(self, case: str, actor: str, what: tuple[str, ...], *, version: str | None = None) -> None: ...


SIMILAR_OF = 300
"""Decided cases of the last half year that are compared."""
REPORTS_SHOWN = 10
TAKEN_IN = 5
"""Cases that went to this one whose comments are shown."""
HALF_A_YEAR = timedelta(days=183)
NEWS = frozenset({
    "opened", "reopened", "withdrawn", "published_again", "late_news", "reported", "joined", "led_by", "took_in",
    "member_withdrawn", "member_published_again", *get_args(Cause),
})  # fmt: skip
"""Lines of the history that tell of the posts. All others tell what a colleague said, or what followed from it."""
NEWS_IN_LEDGER: frozenset[EntryKind] = frozenset({"opened", "updated", "reported", "joined", "merged"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """That the post's text was erased: when, and why in the operator's words."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """`post` and `assessment` are None where nobody has read the post, its record is gone, or `text_hidden`.

    `case` doesn't tell whether it was drawn for a second review. `text_hidden`: the day's share of distressing texts is used
    up; asking for it shows it all the same. `blind`: what colleagues said, and what followed from it, is left out.
    `statements` are what a poster wrote in an appeal, or notifiers in their reports: those of a child first, then the newest.
    `grounds`: what a referral would rest on; None where the evidence wasn't read.
    """

    case: Case
    actions: tuple[Action, ...]
    post: Post | None
    assessment: dict[str, Any] | None
    ledger: tuple[LedgerEntry, ...]
    ledger_faults: tuple[str, ...]
    blind: bool
    lease: Lease | None
    text_hidden: bool
    similar: tuple[SimilarCase, ...]
    statements: tuple[Statement, ...]
    erased: Erased | None  # where the text isn't there any more since somebody had it erased
    grounds: ReferralGrounds | None = None
    decisions: tuple[ToldDecision, ...] = ()  # of the case, as far as it is told of this person
    contested: tuple[ToldDecision, ...] = ()  # of the case whose restriction is appealed against
    undo: tuple[Action, datetime, bool] | None = None  # own decision, until when it can be undone, whether it has left
    may_reopen: bool = False
    reopenings: tuple[ToldReopening, ...] = ()
    comments: tuple[ToldComment, ...] = ()
    own_note: str = ""  # what this person noted when they put it aside


class ReadCase:
    """One case with what was judged."""

    def __init__(
        self, *, cases: CaseStore, archive: Archive, sealer: Sealer, work: WorkStore, config: ConfigStore,
        reports: ReportStore, clock: Clock, record_view: ViewRecorder,
    ) -> None:  # fmt: skip
        self._cases = cases
        self._archive = archive
        self._sealer = sealer
        self._work = work
        self._config = config
        self._reports = reports
        self._clock = clock
        self._record_view = record_view

    def __call__(self, person: Person, case_id: str, *, show_severe: bool = False) -> CaseView:
        """Raises NotFoundError outside the person's reach, PermissionDeniedError, TransientError."""
        person.acting_role(MAY_READ, f"case {case_id}")
        case = self._cases.read(case_id)
        if case is None:
            raise NotFoundError(f"case {case_id}: no such case")
        person.check_reach(case)
        now = self._clock.now()
        hidden = case.severe and not show_severe and self._is_beyond_the_share(person, case)
        archived = None if hidden else self._judged(case)
        statements = () if hidden else self._statements(case)
        post = None
        if archived is not None or statements:
            shown = (*((SHOWN_TEXT, "contacts") if archived else ()), *((SHOWN_REPORT,) if statements else ()))
            self._record_view(case.case, person.actor, shown, version=case.content_version)
            self._work.note_view(person.actor, View(now, case.severe, _text_of(case)), until=now + timedelta(days=2))
        if archived is not None:
            post = post_from_archive(
                self._sealer, archived.post, seal_context(case.platform, case.post_id, archived.seq)
            )
        assessment = archived.assessment if archived else None
        source = case.golden.source if case.golden else ""
        if case.golden is not None:
            post = told_later(post, case.golden) if post else None
            assessment = assessed_later(assessment, case.golden) if assessment else None
        ledger = self._cases.ledger(case_id)
        faults = chain_faults(ledger, head_index=case.ledger_index, head_hash=case.ledger_hash)
        blind = seen_blind(case, person)
        decided = self._cases.decided(case.team, since=now - HALF_A_YEAR, limit=SIMILAR_OF)
        return CaseView(
            case=replace(without_what_was_said(case) if blind else case, second_review=False),
            actions=() if hidden else offered_actions(case, person),
            post=post,
            assessment=assessment,
            ledger=tuple(entry for entry in ledger if not blind or entry.kind in NEWS_IN_LEDGER),
            ledger_faults=faults,
            blind=blind,
            lease=self._work.leases([case_id], now=now).get(case_id),
            text_hidden=hidden,
            similar=similar_cases(case, (other for other in decided if person.reaches(other) and other.case != source)),
            statements=statements,
            erased=_erased(ledger) if archived is None and not hidden else None,
            grounds=None
            if archived is None
            else referral_grounds(archived.evidence(), archived.evidence("protective"), load_tier_rules()),
            decisions=() if blind else told_decisions(case, person),
            contested=self._contested(case, person),
            undo=_undo(case, person, now),
            may_reopen=not blind and reopenable(case, person),
            reopenings=() if blind else told_reopenings(ledger, person),
            comments=() if blind else told_comments([*self._taken_in(case), *ledger], person),
            own_note=self._work.own_note(person.actor, case_id, now=now) if person.roles & MAY_WORK else "",
        )

    def _taken_in(self, case: Case) -> list[LedgerEntry]:
        """The entries of cases whose posts came to this one: what was said on them is said of it."""
        names = [line.detail for line in case.history if line.what == "took_in"][-TAKEN_IN:]
        return [entry for name in names for entry in self._cases.ledger(name)]

    def _contested(self, case: Case, person: Person) -> tuple[ToldDecision, ...]:
        """What was decided on the offer before its poster appealed: who answers must know why."""
        decided = find_case(self._cases, case.appeal.case) if case.appeal else None
        return told_decisions(decided, person) if decided is not None and person.reaches(decided) else ()

    def _is_beyond_the_share(self, person: Person, case: Case) -> bool:
        """Whether another hard text is too much for this person today; one that they have read today is no other."""
        now = self._clock.now()
        limits = ExposureLimits(severe_a_day=self._config.team(case.team).severe_per_day)
        views = self._work.views(person.actor, since=midnight_of(now))
        return exposure(views, now=now, limits=limits).severe_left <= 0 and _text_of(case) not in severe_texts(views)

    def _judged(self, case: Case) -> ArchivedPost | None:
        if case.archive is None:
            return None
        try:
            return read_archived(self._archive, case.archive)
        except NotFoundError:
            return None

    def _statements(self, case: Case) -> tuple[Statement, ...]:
        newest = (case.appeal.report,) if case.appeal else case.reports[: -REPORTS_SHOWN - 1 : -1]
        told = [self._statement(stored) for name in newest if (stored := self._reports.read(name)) is not None]
        return tuple(sorted(told, key=lambda one: not one.child_offence))

    def _statement(self, report: Report) -> Statement:
        """A complaint says no address: its notice does."""
        said = statement_of(report, self._sealer)
        notice = self._reports.read(report.complaint_of) if report.complaint_of else None
        return replace(said, address=statement_of(notice, self._sealer).address) if notice else said


def _erased(ledger: Sequence[LedgerEntry]) -> Erased | None:
    for entry in reversed(ledger):
        if entry.kind == "erased":
            return Erased(at=entry.at, reason=str((entry.payload or {}).get("reason", "")))
    return None


def _undo(case: Case, person: Person, now: datetime) -> tuple[Action, datetime, bool] | None:
    vote, gone = undoable(case, person, now=now)
    return (vote.action, vote.at + UNDO_WITHIN, gone) if vote is not None else None


def _text_of(case: Case) -> str:
    """The name of the text that the case shows now: of its version, so that an edited post is another text."""
    return f"{case.case}/{case.content_version}"


def without_what_was_said(case: Case) -> Case:
    """The case as somebody sees it who must judge for themselves."""
    return replace(
        case, votes=(), decisions=(), overruled=(), outcomes=(), warned=(), referrals=(), outbox=(), silent_until=None, state="open", asked=None,
        assigned=None,
        history=tuple(line for line in case.history if line.what in NEWS),
    )  # fmt: skip
