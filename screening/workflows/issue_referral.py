"""Issuing a referral: the package a partner's policy allows, kept evidence, the ledger's entry, and the claim ticket.

Every step can be done again: the referral's id comes from the decision, the package's bytes from what was judged.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from screening.assessment.record import ArchivePointer
from screening.cases.case import Case
from screening.cases.vote import Decision
from screening.errors import ConflictError, NotFoundError, PermanentError, TransientError
from screening.ports import (
    Archive,
    CaseStore,
    Clock,
    ConfigStore,
    Ids,
    Metrics,
    PartnerQueue,
    ReferralStore,
    Sealer,
)
from screening.referrals.disclosure import DisclosurePolicy
from screening.referrals.member_state import MemberStates, member_states, places_of
from screening.referrals.package import KIND_OF_ACTION, Handover, Package, build_package
from screening.workflows.archived import ArchivedPost, read_archived
from screening.workflows.case_saving import CaseSaver, Entry
from screening.workflows.evidence import KeepEvidence
from screening.workflows.messages import ClaimTicket, seal_context
from screening.workflows.records import Partner, Referral
from screening.workflows.sealing import post_from_archive

MAX_ATTEMPTS = 6
SYSTEM = "system:refer"
CAMPAIGN_POSTS = 50
"""Other posts of the case that a package names; reading each costs a request."""


def policy_of(partner: Partner) -> DisclosurePolicy:
    """Raises ValueError where the partner is configured wrongly."""
    return DisclosurePolicy(
        partner=partner.id, is_ngo=partner.kind == "ngo", immigration_enforcement=partner.immigration_enforcement,
        fields=partner.fields, legal_basis=partner.legal_basis, purpose=partner.purpose,
        expiry_days=partner.expiry_days,
    )  # fmt: skip


class IssueReferral:
    """Makes one referral of a decision for one partner."""

    def __init__(
        self, *, cases: CaseStore, archive: Archive, sealer: Sealer, referrals: ReferralStore, keep: KeepEvidence,
        partner_queue: PartnerQueue, config: ConfigStore, saver: CaseSaver, clock: Clock, ids: Ids, metrics: Metrics,
    ) -> None:  # fmt: skip
        self._cases = cases
        self._archive = archive
        self._sealer = sealer
        self._referrals = referrals
        self._keep = keep
        self._partner_queue = partner_queue
        self._config = config
        self._saver = saver
        self._clock = clock
        self._ids = ids
        self._metrics = metrics

    def __call__(self, case: Case, decision: Decision, partner: Partner, *, instead_of: str | None = None) -> Referral:
        """The referral, its ticket sent.

        Args:
            instead_of: the referral that another partner left lying, where this one takes its place.

        Raises:
            TransientError: something can't be read or written for now.
            NotFoundError: the record of what was judged is gone.
            PermanentError: the partner is configured wrongly, or nothing was archived.
        """
        judged = decision.archive
        if judged is None:
            raise PermanentError(f"case {case.case}: nothing was archived of what was judged")
        package = self._package(case, decision, judged, partner)
        stored = self._referrals.read(package.id)
        if stored is None:
            self._keep.of_referral(case, judged, package.id, legal_basis=partner.legal_basis)
            key = f"{partner.id}/{package.id}"
            self._referrals.put_package(key, self._sealer.seal(package.body, f"referral/{package.id}"))
            referral = Referral(
                id=package.id, case=case.case, partner=partner.id, kind=KIND_OF_ACTION[decision.action],
                state="issued", package_key=key, hash=package.sha256, issued_at=self._clock.now(),
                expires_at=package.expires_at, seed=self._ids.salt(), instead_of=instead_of,
            )  # fmt: skip
            self._referrals.create(referral)
            stored = self._referrals.read(package.id)
            if stored is None:
                raise TransientError(f"referral {package.id}: can't be read back")
        self._enter_in_ledger(case.case, stored)
        if not stored.ticket_sent and stored.recalled_at is None:
            ticket = ClaimTicket(id=stored.id, hash=stored.hash, expires_at=stored.expires_at, kind=stored.kind)
            self._partner_queue.send(partner, ticket)
            self._mark_ticket_sent(stored)
        return stored

    def _package(self, case: Case, decision: Decision, judged: ArchivePointer, partner: Partner) -> Package:
        archived = read_archived(self._archive, judged)
        context = seal_context(_platform_of(archived), _id_of(archived), archived.seq)
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
            handover, policy, post=archived.post, contacts=post.contacts, assessment=archived.assessment,
            captured_at=archived.received_at, campaign=self._campaign(case, decision),
            concerned=self._concerned(case, archived) if handover.kind == "notice" else None,
        )  # fmt: skip

    def _concerned(self, case: Case, archived: ArchivedPost) -> MemberStates:
        """Whose authorities art. 18 means: of the offence, the poster, those it aims at; else the platform's own, and Europol."""
        platform = self._config.platform(case.platform)
        poster = archived.post.get("poster")
        country = poster.get("country") if isinstance(poster, dict) else None
        return member_states(
            places_of(archived.assessment, account_country=country),
            operator_state=platform.member_state if platform else None,
        )

    def _campaign(self, case: Case, decision: Decision) -> dict[str, Any] | None:
        """The other posts that stood in the case when it was decided: later ones weren't judged."""
        before = [member for member in case.members if member.joined_at <= decision.decided_at]
        if not before:
            return None
        posts = []
        for member in before[:CAMPAIGN_POSTS]:
            shown: dict[str, Any] = {"platform": member.platform, "kind": member.kind}
            if member.archive is not None:
                try:
                    archived = read_archived(self._archive, member.archive)
                except NotFoundError:
                    continue
                shown |= {name: archived.post[name] for name in ("url", "posted_at") if archived.post.get(name)}
            posts.append(shown)
        return {"size": len(before) + 1, "posts": posts}

    def _enter_in_ledger(self, case_id: str, referral: Referral) -> None:
        """Before the partner hears of it: no disclosure without its entry."""
        for _ in range(MAX_ATTEMPTS):
            case = self._cases.read(case_id)
            if case is None:
                raise TransientError(f"case {case_id}: can't be read")
            if referral.id in case.referrals:
                return
            entry = Entry(
                kind="rerouted" if referral.instead_of else "referral_issued", actor=SYSTEM,
                payload={
                    "referral": referral.id, "partner": referral.partner, "kind": referral.kind, "hash": referral.hash,
                    "instead_of": referral.instead_of,
                },
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


def _platform_of(archived: ArchivedPost) -> str:
    return str(archived.post["platform"])


def _id_of(archived: ArchivedPost) -> str:
    return str(archived.post["id"])
