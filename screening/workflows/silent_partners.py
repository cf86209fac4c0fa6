"""Partners that leave a package lying: an alarm, and where another stands in for them, the package goes there.

Checked once a day. A package lies at most as long as its partner's `fetch_within_days`, which is below the 14 days that SQS
keeps a ticket (MessageRetentionPeriod): nothing is lost by waiting longer than the queue does.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from screening.cases.case import Case
from screening.cases.vote import Decision
from screening.errors import ConflictError, PermanentError, ScreeningError, TransientError
from screening.ports import CaseStore, Clock, ConfigStore, Metrics, ReferralStore
from screening.referrals.package import KIND_OF_ACTION
from screening.workflows.batch import Remaining
from screening.workflows.fetch_package import LEFT_LYING
from screening.workflows.issue_referral import IssueReferral, policy_of
from screening.workflows.records import Partner, Referral

SECONDS_KEPT_BACK = 10.0
SHORTEST_WAIT = timedelta(days=1)


class RerouteSilent:
    """Looks through what nobody has fetched."""

    def __init__(
        self, *, referrals: ReferralStore, cases: CaseStore, config: ConfigStore, issue: IssueReferral, clock: Clock,
        metrics: Metrics,
    ) -> None:  # fmt: skip
        self._referrals = referrals
        self._cases = cases
        self._config = config
        self._issue = issue
        self._clock = clock
        self._metrics = metrics

    def __call__(self, remaining: Remaining) -> int:
        """How many packages lie too long. Done again it goes on where it was left, and changes nothing more.

        Raises TransientError where something couldn't be read or handed on, after everything else was looked at.
        """
        now = self._clock.now()
        late, failed = 0, 0
        for referral in self._referrals.unfetched(before=now - SHORTEST_WAIT):
            if remaining() < SECONDS_KEPT_BACK:
                raise TransientError("partners: not all that lies unfetched was looked at; the next run goes on")
            partner = self._config.partner(referral.partner)
            waits = timedelta(days=partner.fetch_within_days) if partner else SHORTEST_WAIT
            if referral.issued_at + waits > now:
                continue
            late += 1
            self._metrics.count("PackageLeftLying", partner=referral.partner)
            if referral.state == "acknowledged":
                continue  # they said that they take it: a person asks them, nothing is called back behind their back
            try:
                self._reroute(referral, partner)
            except ScreeningError as error:
                failed += 1
                self._metrics.count("RerouteFailed", error=type(error).__name__)
        if late:
            self._metrics.count("PackagesLeftLying", late)
        if failed:
            raise TransientError(f"partners: {failed} packages that lie unfetched can't be handed on for now")
        return late

    def _reroute(self, referral: Referral, partner: Partner | None) -> None:
        case = self._cases.read(referral.case)
        if case is None:
            raise TransientError(f"case {referral.case}: can't be read")
        instead = self._config.partner(partner.fallback) if partner and partner.fallback else None
        decision = decision_of(case, referral)
        if instead is None or decision is None or not may_stand_in(instead, partner, referral):
            return
        if decision.decided_at + timedelta(days=instead.expiry_days) <= self._clock.now():
            return  # what it would get has expired by its own agreement: the alarm is all that can be done
        try:
            policy_of(instead)
        except ValueError as error:
            raise PermanentError(str(error)) from error
        # Called back first: two partners with the same package would be worse than one day more. It counts as waiting
        # until the other has its ticket, so that the next run goes on after a crash.
        if referral.recalled_at is None:
            called_back = replace(
                referral, recalled_at=self._clock.now(), recall_reason=LEFT_LYING, revision=referral.revision + 1
            )
            try:
                self._referrals.update(called_back, expected_revision=referral.revision)
            except ConflictError:
                return  # fetched this very moment
            referral = called_back
        self._issue(case, decision, instead, instead_of=referral.id)
        recalled = replace(referral, state="recalled", revision=referral.revision + 1)
        try:
            self._referrals.update(recalled, expected_revision=referral.revision)
        except ConflictError:
            return  # a person recalled it meanwhile
        self._metrics.count("PackagesRerouted", partner=instead.id)


def decision_of(case: Case, referral: Referral) -> Decision | None:
    for decision in case.decisions:
        if KIND_OF_ACTION.get(decision.action) == referral.kind and decision.partner == referral.partner:
            return decision
    return None


def may_stand_in(instead: Partner, partner: Partner | None, referral: Referral) -> bool:
    """Whether what was decided for one partner may go to another: of the same kind, and no wider in what it may do."""
    if not instead.active or partner is None or instead.id == partner.id:
        return False
    if instead.kind != partner.kind:
        return False
    return not instead.immigration_enforcement or referral.kind == "notice"
