"""What the partner page shows: which packages a team's cases led to, what became of them, and which may be recalled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from screening.cases.case import Case
from screening.cases.people import MAY_RECALL, Person
from screening.workflows.records import Partner, Referral


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralRow:
    id: str
    case: str
    issued_at: datetime
    expires_at: datetime | None
    state: str  # issued, fetched, acknowledged, recalled, expired
    opinion: str | None
    may_recall: bool

    @property
    def short(self) -> str:
        return self.id[:8]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerRow:
    """`traits` are names of texts under "trait."."""

    id: str
    name: str
    traits: tuple[str, ...]
    referrals: tuple[ReferralRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnersPage:
    partners: tuple[PartnerRow, ...]


def partners_page(
    partners: Iterable[Partner], referrals: Iterable[Referral], cases: Iterable[Case], person: Person, *, now: datetime
) -> PartnersPage:  # fmt: skip
    """Active partners, and those that hold a package of these cases; newest package first.

    Args:
        cases: of the person's reach; a referral of any other is passed over.
    """
    known = {case.case: case for case in cases}
    held: dict[str, list[ReferralRow]] = {}
    may_recall = bool(person.roles & MAY_RECALL)
    for one in sorted(referrals, key=lambda referral: referral.issued_at, reverse=True):
        if one.case not in known:
            continue
        state = "expired" if one.state == "issued" and one.expires_at <= now else one.state
        held.setdefault(one.partner, []).append(
            ReferralRow(
                id=one.id, case=one.case, issued_at=one.issued_at, expires_at=one.expires_at, state=state,
                opinion=_opinion(known[one.case], one.partner), may_recall=may_recall and state not in ("recalled", "expired"),
            )
        )  # fmt: skip
    rows = [
        PartnerRow(
            id=partner.id,
            name=partner.name,
            traits=tuple(_traits(partner)),
            referrals=tuple(held.get(partner.id, ())),
        )
        for partner in partners
        if partner.active or partner.id in held
    ]
    return PartnersPage(partners=tuple(sorted(rows, key=lambda row: (not row.referrals, row.name.casefold()))))


def _opinion(case: Case, partner: str) -> str | None:
    """The partner's newest word on the case."""
    words = [outcome for outcome in case.outcomes if outcome.source == f"partner:{partner}"]
    return max(words, key=lambda outcome: outcome.at).opinion if words else None


def _traits(partner: Partner) -> Iterable[str]:
    yield partner.kind
    if partner.immigration_enforcement:
        yield "immigration"
    if not partner.active:
        yield "inactive"
