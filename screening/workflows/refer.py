"""Carrying out a decision: a package and a claim ticket for a partner, or a signed notice to the platform.

Every step can be done again: the referral's id comes from the decision, the package's bytes from what was judged.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace

from screening.cases.case import Case, Decision
from screening.errors import ConflictError, NotFoundError, PermanentError, TransientError
from screening.ports import (
    Archive,
    CaseStore,
    Clock,
    ConfigStore,
    Metrics,
    PartnerQueue,
    PlatformNotices,
    ReferralStore,
    Sealer,
)  # fmt: skip
from screening.referrals.disclosure import DisclosurePolicy
from screening.referrals.package import KIND_OF_ACTION, Handover, Package, build_package
from screening.referrals.platform_notices import EVENT_TYPES, PlatformAction, platform_notice
from screening.workflows.archived import read_archived
from screening.workflows.batch import BatchOutcome, QueuedMessage, Remaining, handle_each, no_hurry
from screening.workflows.case_saving import OUTBOX_NAMESPACE, CaseSaver, Entry
from screening.workflows.events import CaseDecided, Event
from screening.workflows.known_contacts import KnownContacts
from screening.workflows.messages import ClaimTicket, seal_context
from screening.workflows.records import Partner, Referral
from screening.workflows.review import event_of_body
from screening.workflows.sealing import post_from_archive

MAX_ATTEMPTS = 6
SYSTEM = "system:refer"
SECONDS_KEPT_BACK = 5.0


def policy_of(partner: Partner) -> DisclosurePolicy:
    """Raises ValueError where the partner is configured wrongly."""
    return DisclosurePolicy(
        partner=partner.id, is_ngo=partner.kind == "ngo", immigration_enforcement=partner.immigration_enforcement,
        fields=partner.fields, legal_basis=partner.legal_basis, purpose=partner.purpose,
        expiry_days=partner.expiry_days,
    )  # fmt: skip


class CarryOutDecisions:
    """Handles `CaseDecided` events. What fails comes again, at last to the dead letters."""

    def __init__(
        self, *, cases: CaseStore, archive: Archive, sealer: Sealer, referrals: ReferralStore,
        partner_queue: PartnerQueue, platform_notices: PlatformNotices, config: ConfigStore, saver: CaseSaver,
        clock: Clock, metrics: Metrics, known: KnownContacts | None = None,
    ) -> None:  # fmt: skip
        self._known = known
        self._cases = cases
        self._archive = archive
        self._sealer = sealer
        self._referrals = referrals
        self._partner_queue = partner_queue
        self._platform_notices = platform_notices
        self._config = config
        self._saver = saver
        self._clock = clock
        self._metrics = metrics

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
        if decided.action in KIND_OF_ACTION:
            self._refer(case, decision)
        else:
            self._tell_platform(case, decision)
        if self._known:
            self._known.remember(case, decision)
        self._metrics.count("DecisionsCarriedOut", action=decided.action)

    def _refer(self, case: Case, decision: Decision) -> None:
        partner = self._config.partner(decision.partner or "")
        if partner is None or not partner.active:
            raise NotFoundError(f"partner '{decision.partner}': not configured or not active")
        package = self._package(case, decision, partner)
        stored = self._referrals.read(package.id)
        if stored is None:
            key = f"{partner.id}/{package.id}"
            self._referrals.put_package(key, self._sealer.seal(package.body, f"referral/{package.id}"))
            referral = Referral(
                id=package.id, case=case.case, partner=partner.id, kind=KIND_OF_ACTION[decision.action],
                state="issued", package_key=key, hash=package.sha256, issued_at=self._clock.now(),
                expires_at=package.expires_at,
            )  # fmt: skip
            self._referrals.create(referral)
            stored = self._referrals.read(package.id)
            if stored is None:
                raise TransientError(f"referral {package.id}: can't be read back")
        self._enter_in_ledger(case.case, stored)
        if not stored.ticket_sent and stored.state != "recalled":
            ticket = ClaimTicket(id=stored.id, hash=stored.hash, expires_at=stored.expires_at, kind=stored.kind)
            self._partner_queue.send(partner, ticket)
            self._mark_ticket_sent(stored)

    def _package(self, case: Case, decision: Decision, partner: Partner) -> Package:
        if decision.archive is None:
            raise PermanentError(f"case {case.case}: nothing was archived of what was judged")
        archived = read_archived(self._archive, decision.archive)
        context = seal_context(case.platform, case.post_id, archived.seq)
        post = post_from_archive(self._sealer, archived.post, context)
        handover = Handover(
            case=case.case, kind=KIND_OF_ACTION[decision.action], decided_at=decision.decided_at,
            people=len(set(decision.actors)),
        )  # fmt: skip
        try:
            policy = policy_of(partner)
        except ValueError as error:
            raise PermanentError(str(error)) from error
        return build_package(
            handover, policy, post=archived.post, contacts=post.contacts, assessment=archived.assessment
        )

    def _enter_in_ledger(self, case_id: str, referral: Referral) -> None:
        """Before the partner hears of it: no disclosure without its entry."""
        for _ in range(MAX_ATTEMPTS):
            case = self._cases.read(case_id)
            if case is None:
                raise TransientError(f"case {case_id}: can't be read")
            if referral.id in case.referrals:
                return
            entry = Entry(
                kind="referral_issued", actor=SYSTEM,
                payload={"referral": referral.id, "partner": referral.partner, "kind": referral.kind, "hash": referral.hash},
            )  # fmt: skip
            issued = replace(case, referrals=(*case.referrals, referral.id))
            try:
                self._saver.save(issued, before=case, entries=[entry], correlation_id=referral.id)
            except ConflictError:
                continue
            return
        raise TransientError(f"case {case_id}: it kept changing")

    def _mark_ticket_sent(self, referral: Referral) -> None:
        sent = replace(referral, ticket_sent=True, revision=referral.revision + 1)
        try:
            self._referrals.update(sent, expected_revision=referral.revision)
        except ConflictError:
            # The partner was quicker and fetched it, or another worker marked it: the ticket is out either way.
            self._metrics.count("TicketAlreadyUsed")

    def _tell_platform(self, case: Case, decision: Decision) -> None:
        if decision.action not in EVENT_TYPES:
            return
        action: PlatformAction = decision.action
        platform = self._config.platform(case.platform)
        if platform is None:
            raise NotFoundError(f"platform '{case.platform}': not configured")
        if platform.webhook_url is None:
            self._metrics.count("PlatformWithoutWebhook", platform=platform.id)
            return
        body = platform_notice(
            action, post_id=case.post_id, tier=case.tier, concerns=tuple(c.type for c in case.concerns),
            indicators=case.indicators, act_by=case.act_by, decided_at=decision.decided_at,
        )  # fmt: skip
        identity = uuid.uuid5(OUTBOX_NAMESPACE, f"{case.case}\x1f{action}\x1f{decision.decided_at.isoformat()}")
        self._platform_notices.send(platform, message_id=f"msg_{identity.hex}", body=body)


def _decision_of(case: Case, decided: CaseDecided) -> Decision:
    """The decision in the case itself: the bus isn't believed for what is handed to whom."""
    for decision in case.decisions:
        made = (decision.action, decision.partner, decision.decided_at)
        if made == (decided.action, decided.partner, decided.decided_at):
            return decision
    raise PermanentError(f"case {case.case}: it holds no such decision")
