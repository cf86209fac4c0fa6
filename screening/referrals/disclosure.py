"""What a partner may receive: fields by name, each a fact or an assessment, and the rules no policy can widen.

Never sent, whatever a policy says: the rank, a platform's own signals, the poster's account, who reviewed, the text of
other posts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Nature = Literal["fact", "assessment"]
ContactBasis = Literal["published_by_poster", "own_report", "consent", "worker"]
"""Why a contact may travel: the poster published it with the offer, or the person reported or agreed; "worker" is no ground."""

FIELDS: dict[str, Nature] = {
    "kind": "fact",  # job, accommodation, transport
    "url": "fact",
    "published": "fact",  # posted, updated and expiry times, with zone
    "company": "fact",
    "text": "fact",  # title and description as published
    "contacts": "fact",  # as the platform's own fields gave them
    "campaign": "fact",  # other posts of the same case: platform, url, kind, time; no text, no contact
    "work_country": "assessment",
    "language": "assessment",
    "act_by": "assessment",
    "tier": "assessment",
    "concerns": "assessment",
    "indicators": "assessment",  # names alone
    "evidence": "assessment",  # with offsets, rules and, where text may be sent, the quotes
    "pay": "assessment",
}
"""Facts and assessments are kept apart in a package, as the law on police data asks (Directive (EU) 2016/680, art. 7)."""

PERSONAL_CONTACT = frozenset({"contacts", "text", "company"})
"""What may hold a person's name or number. A package for an NGO carries none of it: help starts from the person's own word."""
NOTICE_FIELDS = frozenset(
    {"kind", "url", "published", "text", "concerns", "indicators", "evidence", "act_by", "work_country", "language"}
)
"""What a notice under DSA art. 18 needs: the content, its time, the explanation of the suspicion (recital 56)."""
WORKERS_OWN = PERSONAL_CONTACT | {"url", "campaign"}
"""What leads to the person where a worker wrote the post: the page itself shows the number that the package leaves out."""
IRREGULARITY = frozenset({"no_contract", "visa_irregular", "informal_pay"})
"""A worker's papers and cash pay are no wrong of theirs: left out for those who enforce immigration law."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosurePolicy:
    """A partner's policy as configured.

    Raises:
        ValueError: it names a field that doesn't exist, so that a slip of the pen is found when it is made.
    """

    partner: str
    is_ngo: bool
    immigration_enforcement: bool
    fields: frozenset[str]
    legal_basis: str
    purpose: str
    expiry_days: int

    def __post_init__(self) -> None:
        unknown = self.fields - FIELDS.keys()
        if unknown:
            raise ValueError(f"partner '{self.partner}': unknown fields {', '.join(sorted(unknown))}")
        if not 1 <= self.expiry_days <= 365:
            raise ValueError(f"partner '{self.partner}': expiry_days must be 1 to 365, not {self.expiry_days}")
        if not self.legal_basis or not self.purpose:
            raise ValueError(f"partner '{self.partner}': needs a legal basis and a purpose")

    def allowed(
        self, kind: Literal["referral", "support", "notice"], contact_basis: ContactBasis = "published_by_poster"
    ) -> frozenset[str]:
        """The fields a package of this kind may hold for this partner.

        A worker's contact never travels to police or an authority without that person's own report or consent: who is
        handed over without having asked learns to stay away from help.
        """
        allowed = self.fields
        if contact_basis == "worker" and not self.is_ngo:
            allowed -= WORKERS_OWN
        if self.is_ngo:
            allowed -= PERSONAL_CONTACT
        if kind == "notice":
            allowed &= NOTICE_FIELDS
        return allowed

    def indicators(self, names: Iterable[str]) -> tuple[str, ...]:
        """The indicators that may be named to this partner."""
        hidden = IRREGULARITY if self.immigration_enforcement else frozenset()
        return tuple(name for name in names if name not in hidden)
