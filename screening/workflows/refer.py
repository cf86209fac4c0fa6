"""Carrying out a decision: a referral for a partner, a message to the platform, the answer to an appeal.

Every step can be done again: ids come from the decision, and what was done before is found done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from screening.cases.case import Case
from screening.cases.case_parts import Opinion, Outcome
from screening.cases.updates import note
from screening.cases.vote import Decision
from screening.errors import ConflictError, NotFoundError, PermanentError, TransientError
from screening.fields import rfc3339
from screening.ports import CaseStore, Clock, ConfigStore, Metrics, ReportStore
from screening.referrals.package import KIND_OF_ACTION
from screening.workflows.batch import BatchOutcome, QueuedMessage, Remaining, handle_each, no_hurry
from screening.workflows.case_saving import CaseSaver, Entry
from screening.workflows.events import CaseDecided, Event
from screening.workflows.issue_referral import IssueReferral
from screening.workflows.known_contacts import KnownContacts
from screening.workflows.merged_cases import stored_case
from screening.workflows.notifier_answers import answer_notifiers
from screening.workflows.records import PostKey
from screening.workflows.review import event_of_body
from screening.workflows.tell_platform import TellPlatform

MAX_ATTEMPTS = 6
SYSTEM = "system:refer"
SECONDS_KEPT_BACK = 5.0


class CarryOutDecisions:
    """Handles `CaseDecided` events. What fails comes again, at last to the dead letters."""

    def __init__(
        self, *, cases: CaseStore, config: ConfigStore, saver: CaseSaver, issue: IssueReferral, tell: TellPlatform,
        reports: ReportStore, clock: Clock, metrics: Metrics, known: KnownContacts | None = None,
    ) -> None:  # fmt: skip
        self._cases = cases
        self._config = config
        self._saver = saver
        self._issue = issue
        self._tell = tell
        self._reports = reports
        self._clock = clock
        self._metrics = metrics
        self._known = known

    def __call__(self, batch: Sequence[QueuedMessage], *, remaining: Remaining = no_hurry) -> BatchOutcome:
        return handle_each(
            batch,
            lambda body: self.handle(event_of_body(body)),
            remaining=remaining,
            kept_back=SECONDS_KEPT_BACK,
            failed=lambda error: self._metrics.count("ReferFailed", error=type(error).__name__),
        )

    def handle(self, event: Event) -> None:
        """Carry out one decision.

        Raises:
            TransientError: something can't be read or written for now.
            NotFoundError: partner or platform isn't configured or not active any more.
            PermanentError: the event is malformed, or the case holds no such decision.
        """
        decided = CaseDecided.from_event(event)
        case = self._cases.read(decided.case)
        if case is None:
            raise TransientError(f"case {decided.case}: can't be read")
        decision = _decision_of(case, decided)
        try:
            self._carry_out(case, decision)
        except (PermanentError, NotFoundError):
            # A platform refuses for good, or nobody is there to be told: who gave notice is owed the answer all the same
            # (DSA art. 16(5)).
            answer_notifiers(case, reports=self._reports, now=self._clock.now())
            raise
        answer_notifiers(case, reports=self._reports, now=self._clock.now())
        if self._known:
            self._known.remember(case, decision)
        self._metrics.count("DecisionsCarriedOut", action=decided.action)

    def _carry_out(self, case: Case, decision: Decision) -> None:
        if decision.action in KIND_OF_ACTION:
            partner = self._config.partner(decision.partner or "")
            if partner is None or not partner.active:
                raise NotFoundError(f"partner '{decision.partner}': not configured or not active")
            self._issue(case, decision, partner)
            return
        if case.appeal is not None:
            self._note_answer(case, decision)  # first: it holds whatever the platform says to it
        told = self._tell(case, decision, lifted=self._lifted(case, decision))
        if told:
            self._enter_told(case.case, decision, told)

    def _lifted(self, case: Case, decision: Decision) -> frozenset[PostKey]:
        """The posts whose restriction an appeal or a second opinion lifted before this message about it went out."""
        if decision.action != "remove":
            return frozenset()
        if any(made.action == "restore" and made.decided_at > decision.decided_at for made in case.decisions):
            return frozenset({(case.platform, case.post_id), *case.posts})
        appeals = (
            self._cases.read(outcome.source.partition(":")[2])
            for outcome in case.outcomes
            if outcome.source.startswith("appeal:")
            and outcome.opinion == "overturned"
            and outcome.at > decision.decided_at
        )
        return frozenset((appeal.platform, appeal.post_id) for appeal in appeals if appeal is not None)

    def _enter_told(self, case_id: str, decision: Decision, told: int) -> None:
        """In the ledger: that platforms were told of the decision, and of how many posts. Once, however often it is done."""
        which = f"{decision.action} {rfc3339(decision.decided_at)}"
        for _ in range(MAX_ATTEMPTS):
            case = stored_case(self._cases, case_id)
            if any((line.what, line.detail) == ("platform_told", which) for line in case.history):
                return
            entry = Entry(
                kind="platform_told", actor=SYSTEM,
                payload={"action": decision.action, "decided_at": rfc3339(decision.decided_at), "posts": told},
            )  # fmt: skip
            try:
                self._saver.save(
                    note(case, self._clock.now(), "platform_told", which),
                    before=case,
                    entries=[entry],
                    correlation_id=case_id,
                )
            except ConflictError:
                continue
            return
        raise TransientError(f"case {case_id}: it kept changing")

    def _note_answer(self, appeal_case: Case, decision: Decision) -> None:
        """On the decided case: what became of it on appeal, and that the restriction is lifted where it is."""
        if appeal_case.appeal is None:
            return
        opinion: Opinion = "overturned" if decision.action == "restore" else "upheld"
        outcome = Outcome(source=f"appeal:{appeal_case.case}", opinion=opinion, at=decision.decided_at)
        for _ in range(MAX_ATTEMPTS):
            case = stored_case(self._cases, appeal_case.appeal.case)
            if outcome in case.outcomes:
                self._answer_others(case, appeal_case)
                return
            answered = note(
                replace(case, outcomes=(*case.outcomes, outcome)), decision.decided_at, f"appeal:{opinion}", ""
            )
            if opinion == "overturned" and len(case.posts) <= 1:
                # Of a campaign the one post is free again; for the others the restriction stands.
                answered = replace(answered, decisions=(*answered.decisions, decision))
            entry = Entry(
                kind="appeal_decided", actor=SYSTEM, payload={"appeal": appeal_case.case, "answer": decision.action}
            )
            try:
                self._saver.save(answered, before=case, entries=[entry], correlation_id=appeal_case.case)
            except ConflictError:
                continue
            self._answer_others(answered, appeal_case)
            return
        raise TransientError(f"case {appeal_case.appeal.case}: it kept changing")

    def _answer_others(self, case: Case, appeal_case: Case) -> None:
        """Who had reported the post learns that the restriction was lifted, as they learned of it."""
        answer_notifiers(
            case, reports=self._reports, now=self._clock.now(), also=appeal_case.decisions,
            only=(appeal_case.platform, appeal_case.post_id),
        )  # fmt: skip


def _decision_of(case: Case, decided: CaseDecided) -> Decision:
    """The decision in the case itself: the bus isn't believed for what is handed to whom."""
    for decision in case.decisions:
        made = (decision.action, decision.partner, decision.decided_at)
        if made == (decided.action, decided.partner, decided.decided_at):
            return decision
    raise PermanentError(f"case {case.case}: it holds no such decision")
