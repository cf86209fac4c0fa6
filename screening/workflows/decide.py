"""Deciding: a person's vote on a case, its ledger entries and the event of an outcome, in one transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from screening.assessment.tier_rules import load_tier_rules
from screening.cases.assigning import held_for_other
from screening.cases.case import Case
from screening.cases.comments import answered
from screening.cases.decisions import DecisionRequest, PartnerTraits, VoteResult, cast_vote, look_after, repeated
from screening.cases.people import Person
from screening.cases.support import supporting_dimensions
from screening.cases.taking_back import KEPT_BACK, KEPT_BACK_FOR
from screening.cases.vote import Decision, Vote
from screening.errors import ConflictError, NotFoundError, PermissionDeniedError, UnseenTextError
from screening.ports import Archive, CaseStore, Clock, ConfigStore, Metrics, ReportStore, WorkStore
from screening.workflows.archived import ArchivedPost, read_archived
from screening.workflows.case_reading import REPORTS_SHOWN
from screening.workflows.case_saving import CaseSaver, Entry
from screening.workflows.events import CaseDecided
from screening.workflows.hold_statement import held_until
from screening.workflows.ledger_chain import SHOWN_REPORT, SHOWN_TEXT, ShownTo


class DecideCase:
    """Records one person's decision on a case."""

    def __init__(
        self,
        *,
        cases: CaseStore,
        archive: Archive,
        config: ConfigStore,
        saver: CaseSaver,
        clock: Clock,
        metrics: Metrics,
        work: WorkStore,
        reports: ReportStore,
        shown: ShownTo,
    ) -> None:
        self._reports = reports
        self._shown = shown
        self._work = work
        self._cases = cases
        self._archive = archive
        self._config = config
        self._saver = saver
        self._clock = clock
        self._metrics = metrics

    def __call__(self, case_id: str, person: Person, request: DecisionRequest) -> Case:
        """The case after the decision; the same decision id again gives the case as it stands and changes nothing.

        Raises:
            NotFoundError: no such case within the person's reach.
            ConflictError: the case changed since it was read, is closed, somebody else works on it, or this was decided already.
            PermissionDeniedError: role, partner or evidence doesn't allow it.
            ThinReasonError: it needs a reason that others can read.
            UnseenTextError: the text that is judged was never shown to this person.
            TransientError: something can't be read or written for now; the same decision id may be sent again.
        """
        case = self._read(case_id, person)
        if repeated(case, person, request):
            self._work.release_lease(case_id, person.actor)
            return self._saver.deliver(case)
        result = self._voted(case, person, request)
        entries = [Entry(kind="vote", actor=person.actor, payload=_vote_payload(case, result.vote))]
        events = []
        if result.decision is not None:
            entries.append(
                Entry(kind="decision", actor=person.actor, payload=_decision_payload(result.decision, request.batch))
            )
            events.append(_decided(case, result.decision))
        try:
            saved = self._saver.save(
                _spoken_on(result, person), before=case, entries=entries, events=events,
                correlation_id=request.batch or request.decision_id,
                not_before=self._not_before(result),
            )  # fmt: skip
        except ConflictError:
            # A second click may have been faster than this one: then it is the same decision, and there is no conflict.
            now_stored = self._read(case_id, person)
            if repeated(now_stored, person, request):
                return now_stored
            raise
        self._work.release_lease(case_id, person.actor)
        if case.golden is not None:
            return saved  # an answer, and no vote: nothing counts it
        self._metrics.count("Votes", action=request.action)
        if result.decision is not None:
            self._metrics.count("Decisions", action=request.action)
        return saved

    def check(self, case_id: str, person: Person, request: DecisionRequest) -> None:
        """Whether the decision would be taken as things stand; records nothing. Raises as `__call__` does."""
        case = self._read(case_id, person)
        if not repeated(case, person, request):
            self._voted(case, person, request)

    def second_look(self, case_id: str, person: Person, *, revision: int, agrees: bool, reason: str) -> Case:
        """Give the second look at a notice to an authority. Raises as `__call__` does."""
        case = self._read(case_id, person)
        looked = look_after(case, person, revision=revision, now=self._clock.now())
        self._check_seen(case, person, self._archived(case))
        if not agrees and not reason.strip():
            raise PermissionDeniedError(f"case {case_id}: second look: disagreeing needs a reason")
        payload = {"agrees": agrees, "reason": reason[:4_000]}
        entry = Entry(kind="second_look", actor=person.actor, payload=payload)
        saved = self._saver.save(looked, before=case, entries=[entry], correlation_id=case_id)
        self._metrics.count("SecondLooks", agrees=str(agrees).lower())
        return saved

    def _voted(self, case: Case, person: Person, request: DecisionRequest) -> VoteResult:
        now = self._clock.now()
        lease = self._work.leases([case.case], now=now).get(case.case)
        if lease is not None and lease.actor != person.actor and request.action != "notify_authority":
            raise ConflictError(
                f"case {case.case}: somebody else works on it; take another, or wait until they are done"
            )
        if held_for_other(case, person, now) and request.action != "notify_authority":
            raise ConflictError(f"case {case.case}: it is assigned to a colleague; take it over first, or take another")
        archived = self._archived(case)
        supporting, rules = _evidence_of(case, archived)
        if archived is None and case.archive is not None and request.action == "refer":
            raise NotFoundError(f"case {case.case}: its record is gone")
        result = cast_vote(
            case, person, request, partner=self._partner(request.partner), supporting=supporting, now=now, rules=rules,
            seconds=int((now - lease.taken_at).total_seconds()) if lease is not None else None,
        )  # fmt: skip
        self._check_seen(case, person, archived)
        return result

    def _check_seen(self, case: Case, person: Person, archived: ArchivedPost | None) -> None:
        """Whoever decides must have been shown what there is to read, in the version that is judged, whatever form or program
        the decision comes from. What nobody can read any more is asked of nobody."""
        if archived is not None:
            asked = SHOWN_TEXT
        elif self._is_anything_said(case):
            asked = SHOWN_REPORT
        else:
            return
        if asked not in self._shown(case.case, person.actor, case.content_version):
            raise UnseenTextError(f"case {case.case}: its text wasn't shown to you; open it, read it, and decide then")

    def _is_anything_said(self, case: Case) -> bool:
        said = (case.appeal.report,) if case.appeal else case.reports[: -REPORTS_SHOWN - 1 : -1]
        return any(self._reports.read(report) is not None for report in said)

    def _not_before(self, result: VoteResult) -> datetime | None:
        """Until when the decision's event stays in the house: a hold, or the time in which it can be undone."""
        if result.decision is not None and result.decision.action in KEPT_BACK:
            return result.decision.decided_at + KEPT_BACK_FOR
        return held_until(result.case, result.decision)

    def _read(self, case_id: str, person: Person) -> Case:
        case = self._cases.read(case_id)
        if case is None:
            raise NotFoundError(f"case {case_id}: no such case")
        person.check_reach(case)
        return case

    def _partner(self, partner_id: str | None) -> PartnerTraits | None:
        partner = self._config.partner(partner_id) if partner_id else None
        if partner is None:
            return None
        return PartnerTraits(
            id=partner.id, is_ngo=partner.kind == "ngo", immigration_enforcement=partner.immigration_enforcement,
            active=partner.active,
        )  # fmt: skip

    def _archived(self, case: Case) -> ArchivedPost | None:
        """What is judged; None where there is nothing, or its record is gone. Raises TransientError."""
        if case.archive is None:
            return None
        try:
            return read_archived(self._archive, case.archive)
        except NotFoundError:
            return None


def _spoken_on(result: VoteResult, person: Person) -> Case:
    """The case after the vote: a decision settles what a senior was asked, and so does a senior's word. Whom it was assigned to
    has spoken, or was too late."""
    after = replace(result.case, assigned=None)
    return replace(after, asked=None) if result.decision is not None else answered(after, person)


def _evidence_of(case: Case, archived: ArchivedPost | None) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
    """(dimensions that carry a referral, rules of the evidence), from the archived evidence itself.

    Where that can't be read a referral waits rather than guesses; other decisions stand without their rules.
    """
    if archived is None:
        return (() if case.archive is None else None), ()
    evidence = archived.evidence()
    rules = tuple(sorted({piece.rule for piece in evidence if piece.state == "stated"}))
    return supporting_dimensions(evidence, archived.evidence("protective"), load_tier_rules()), rules


def _vote_payload(case: Case, vote: Vote) -> dict[str, object]:
    return {
        "decision_id": vote.decision_id, "action": vote.action, "partner": vote.partner, "role": vote.role,
        "reason": vote.reason, "reasons": list(vote.reasons), "revision": case.revision, "facts": vote.facts, "seq": case.seq,
        "version": case.content_version, "versions": case.versions, "withdrawn": case.post_withdrawn,
        "blind": vote.blind, "recheck": vote.recheck, **({"override": True} if vote.override else {}),
        **({"batch": vote.batch} if vote.batch else {}),
    }  # fmt: skip


def _decision_payload(decision: Decision, batch: str) -> dict[str, object]:
    return {**decision.to_dict(), **({"batch": batch} if batch else {})}


def _decided(case: Case, decision: Decision) -> CaseDecided:
    return CaseDecided(
        case=case.case, platform=case.platform, post_id=case.post_id, seq=case.seq, action=decision.action,
        partner=decision.partner, decided_at=decision.decided_at, revision=case.revision + 1,
        concerns=tuple(concern.type for concern in case.concerns),
    )  # fmt: skip
