"""What a platform is sent after a decision: a warning for its applicants, questions for a poster, a removal, an appeal's answer.

Nothing here may tell a poster, should the platform show it to them, that anybody else was told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from screening.fields import rfc3339
from screening.referrals.safety_notices import LANGUAGES, safety_notice
from screening.referrals.statement_of_reasons import COMPLAINT_MONTHS, Reasons, for_platform
from screening.values.result import Tier

PlatformAction = Literal["warn_applicants", "ask_poster", "remove", "uphold", "restore"]
EVENT_TYPES: dict[PlatformAction, str] = {
    "warn_applicants": "offer.applicants_to_warn",
    "ask_poster": "offer.details_to_ask",
    "remove": "offer.removal_recommended",
    "uphold": "offer.appeal_answered",
    "restore": "offer.restriction_lifted",
}
DETAILS_TO_ASK = (
    "employer_legal_name", "employer_address", "agency_licence", "written_contract", "pay_and_hours",
    "deductions_and_fees", "accommodation_terms",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What of a case and its decision goes into a message about one post."""

    platform: str
    post_id: str
    tier: Tier
    act_by: date | None
    decided_at: datetime
    reasons: Reasons
    answers_appeal: bool = False


def platform_notice(action: PlatformAction, told: Told) -> dict[str, Any]:
    """The body of the signed call to the platform (Standard Webhooks payload)."""
    data: dict[str, Any] = {"id": told.post_id}
    if action == "warn_applicants":
        notices = {language: safety_notice(language) for language in LANGUAGES}
        data |= {
            "languages": list(LANGUAGES),
            "notice": {
                language: {"title": text.title, "advice": list(text.advice), "help": text.help}
                for language, text in notices.items()
            },
            "urgency": "now" if told.tier == "urgent" else "today",
            "act_by": told.act_by.isoformat() if told.act_by else None,
        }
    elif action == "ask_poster":
        data["details"] = list(DETAILS_TO_ASK)
    elif action == "remove":
        # Restriction and statement of reasons begin together (DSA art. 17(1)), with the way to complain (art. 20).
        data["statement"] = for_platform(told.reasons)
        data["appeal"] = {
            "send_to": f"/v1/platforms/{told.platform}/appeals", "months": COMPLAINT_MONTHS, "decided_by": "a person",
        }  # fmt: skip
    elif action == "uphold":
        data |= {"outcome": "upheld", "decided_by": "a person", "statement": for_platform(told.reasons)}
    else:
        data |= {"outcome": "reversed" if told.answers_appeal else "corrected", "decided_by": "a person"}
    return {"type": EVENT_TYPES[action], "timestamp": rfc3339(told.decided_at), "data": data}
