"""What a platform is sent after a decision: a warning for its applicants, questions for a poster, or a recommended removal.

Nothing here may tell a poster, should the platform show it to them, that anybody else was told.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from screening.assessment.result import ConcernType, Tier
from screening.fields import rfc3339
from screening.referrals.safety_notices import LANGUAGES, safety_notice

PlatformAction = Literal["warn_applicants", "ask_poster", "remove"]
EVENT_TYPES: dict[PlatformAction, str] = {
    "warn_applicants": "offer.applicants_to_warn",
    "ask_poster": "offer.details_to_ask",
    "remove": "offer.removal_recommended",
}
DETAILS_TO_ASK = (
    "employer_legal_name", "employer_address", "agency_licence", "written_contract", "pay_and_hours",
    "deductions_and_fees", "accommodation_terms",
)  # fmt: skip


def platform_notice(
    action: PlatformAction, *, post_id: str, tier: Tier, concerns: Sequence[ConcernType], indicators: Sequence[str],
    act_by: date | None, decided_at: datetime,
) -> dict[str, Any]:  # fmt: skip
    """The body of the signed call to the platform (Standard Webhooks payload)."""
    data: dict[str, Any] = {"id": post_id}
    if action == "warn_applicants":
        notices = {language: safety_notice(language) for language in LANGUAGES}
        data |= {
            "languages": list(LANGUAGES),
            "notice": {
                language: {"title": text.title, "advice": list(text.advice), "help": text.help}
                for language, text in notices.items()
            },
            "urgency": "now" if tier == "urgent" else "today",
            "act_by": act_by.isoformat() if act_by else None,
        }
    elif action == "ask_poster":
        data["details"] = list(DETAILS_TO_ASK)
    else:
        # What the platform needs for its own statement of reasons (DSA art. 17): indicator names, never the advert's text.
        data["reasons"] = {
            "concerns": list(concerns),
            "indicators": list(indicators),
            "automated_detection": True,
            "automated_decision": False,
            "source": "voluntary",
        }
    return {"type": EVENT_TYPES[action], "timestamp": rfc3339(decided_at), "data": data}
