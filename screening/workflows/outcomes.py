"""What became of a decision, from those who can know: the partner that took a package up, or a senior who learned of it.

A partner that disputes a referral puts the decision before a senior who had no part in it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Literal, get_args

from screening.cases.case import Case
from screening.cases.case_parts import Outcome
from screening.cases.people import MAY_TELL_OUTCOME, Person
from screening.cases.updates import note
from screening.cases.vote import Decision
from screening.errors import ConflictError, NotFoundError, PermissionDeniedError, TransientError
from screening.fields import Fields
from screening.ports import CaseStore, Clock, Metrics, ReferralStore
from screening.referrals.package import KIND_OF_ACTION
from screening.workflows.batch import body_fields
from screening.workflows.case_saving import CaseSaver, Entry
from screening.workflows.fetch_package import PartnerGate
from screening.workflows.records import Referral
from screening.workflows.signatures import SignedHeaders

PartnerOpinion = Literal["confirmed", "lead", "not_useful", "disputed"]
MAX_ATTEMPTS = 6
MAX_NOTE = 1_000


class TakeOpinion:
    """A partner's opinion of a package that it fetched."""

    def __init__(
        self, *, gate: PartnerGate, referrals: ReferralStore, cases: CaseStore, saver: CaseSaver, clock: Clock,
        metrics: Metrics,
    ) -> None:  # fmt: skip
        self._gate = gate
        self._referrals = referrals
        self._cases = cases
        self._saver = saver
        self._clock = clock
        self._metrics = metrics

    def __call__(self, partner: str, headers: SignedHeaders, body: bytes) -> Referral:
        """`body`: {id, opinion, note?}. The same opinion twice changes nothing; a later one counts beside the earlier.

        Raises:
            AuthenticationError: unknown partner or bad signature, in the same words.
            PermanentError: naming the field that is missing or wrong.
            NotFoundError: no such package for this partner, or it never fetched it.
            ConflictError: it changed in this moment; send it again.
        """
        self._gate.check(partner, headers, body)
        fields = body_fields(body, "opinion")
        opinion = fields.choice("opinion", get_args(PartnerOpinion))
        words = fields.text_or_none("note", limit=MAX_NOTE) or ""
        referral = self._referrals.read(fields.text("id"))
        if referral is None or referral.partner != partner or referral.fetched_at is None:
            raise NotFoundError("no such package")
        if referral.opinion == opinion:
            return referral
        now = self._clock.now()
        self._note_on_case(referral, opinion, words, now)
        given = replace(referral, opinion=opinion, opinion_at=now, revision=referral.revision + 1)
        self._referrals.update(given, expected_revision=referral.revision)
        self._metrics.count("PartnerOpinions", partner=partner, opinion=opinion)
        return given

    def _note_on_case(self, referral: Referral, opinion: PartnerOpinion, words: str, now: datetime) -> None:
        source, chosen = f"partner:{referral.partner}", self._chosen_partner(referral)
        for _ in range(MAX_ATTEMPTS):
            case = self._cases.read(referral.case)
            if case is None:
                raise TransientError(f"case {referral.case}: can't be read")
            newest = next((told.opinion for told in reversed(case.outcomes) if told.source == source), None)
            if newest == opinion:
                return  # told before, and only the referral's own record didn't learn of it
            told = replace(case, outcomes=(*case.outcomes, Outcome(source=source, opinion=opinion, at=now)))
            if opinion == "disputed":
                told = before_a_senior(told, partner=chosen)
            entry = Entry(
                kind="outcome", actor=source, payload={"referral": referral.id, "opinion": opinion, "note": words}
            )
            try:
                self._saver.save(
                    note(told, now, f"outcome:{opinion}", source), before=case, entries=[entry], correlation_id=referral.id,
                    pointer=opinion == "disputed",
                )  # fmt: skip
            except ConflictError:
                continue
            return
        raise TransientError(f"case {referral.case}: it kept changing")

    def _chosen_partner(self, referral: Referral) -> str:
        """The one that people decided for, where this one stands in for it."""
        first = self._referrals.read(referral.instead_of) if referral.instead_of else None
        return first.partner if first else referral.partner


class TellOutcome:
    """A senior's word on a decided case, where it became known what was behind the offer."""

    def __init__(self, *, cases: CaseStore, saver: CaseSaver, clock: Clock, metrics: Metrics) -> None:
        self._cases = cases
        self._saver = saver
        self._clock = clock
        self._metrics = metrics

    def __call__(self, person: Person, case_id: str, *, revision: int, opinion: str, reason: str) -> Case:
        """The case with the outcome.

        Raises:
            NotFoundError: no such case within reach.
            ConflictError: it changed since, or nothing was decided yet.
            PermissionDeniedError: role, opinion or reason; a person's own decision is judged by others.
        """
        person.acting_role(MAY_TELL_OUTCOME, f"case {case_id}: outcome")
        case = self._cases.read(case_id)
        if case is None or not person.reaches(case):
            raise NotFoundError(f"case {case_id}: no such case")
        if revision != case.revision or case.decision is None:
            raise ConflictError(f"case {case_id}: it changed since you read it, or isn't decided; read it again")
        word: PartnerOpinion = Fields({"opinion": opinion}, "outcome").choice("opinion", get_args(PartnerOpinion))
        if not reason.strip():
            raise PermissionDeniedError(f"case {case_id}: outcome: say how it became known")
        if any(person.actor in decision.actors for decision in case.decisions):
            raise PermissionDeniedError(f"case {case_id}: outcome: of your own decision another senior speaks")
        now = self._clock.now()
        told = note(
            replace(case, outcomes=(*case.outcomes, Outcome(source="senior", opinion=word, at=now))), now,
            f"outcome:{word}", "senior",
        )  # fmt: skip
        entry = Entry(kind="outcome", actor=person.actor, payload={"opinion": word, "note": reason[:4_000]})
        saved = self._saver.save(told, before=case, entries=[entry], correlation_id=case_id)
        self._metrics.count("SeniorOutcomes", opinion=word)
        return saved


def before_a_senior(case: Case, *, partner: str) -> Case:
    """The case with its newest decision for this partner put before a senior, unless it was already."""

    def disputed(decision: Decision) -> bool:
        return decision.partner == partner and decision.action in KIND_OF_ACTION and decision.recheck is None

    newest = next((decision for decision in reversed(case.decisions) if disputed(decision)), None)
    if newest is None:
        return case
    return replace(
        case, decisions=tuple(replace(one, recheck="differs") if one is newest else one for one in case.decisions)
    )
