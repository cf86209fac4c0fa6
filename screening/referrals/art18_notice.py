"""What a notice under art. 18 of Regulation (EU) 2022/2065 says, as recital 56 lists it: the content, the time it was published
with its zone, an explanation of the suspicion, and what helps to locate and identify the recipient of the service.

The explanation is about the offer. Whose the published contacts are is not known, and the notice says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from screening.fields import parse_moment, rfc3339
from screening.referrals.disclosure import ContactBasis
from screening.referrals.member_state import MemberStates
from screening.referrals.reason_groups import sign_in_words
from screening.referrals.restriction_grounds import LEGAL_GROUNDS, gravest_first

LAW = "Regulation (EU) 2022/2065, art. 18"
NO_EMERGENCY_CALL = "This is no emergency call. Where life is in danger now, phone 112."
ROLE_UNKNOWN = (
    "Taken from the offer as published. Whose they are, and what role that person has, is unknown: people are made to post "
    "such offers, and may be victims themselves."
)
ASK_THE_PLATFORM = "The platform holds the account; ask it for what the law lets you have."
WITHHELD = "Withheld: the post reads as a worker's own, and that person has neither reported it nor agreed."
_TIMES = ("posted_at", "updated_at", "expires_at")


def art18_notice(
    *, post: Mapping[str, Any], contacts: tuple[str, ...], assessment: Mapping[str, Any], contact_basis: ContactBasis,
    states: MemberStates,
) -> dict[str, Any]:  # fmt: skip
    """The notice's content, JSON-ready; what isn't known is left out, and `missing_parts` names it.

    Args:
        post: the archived post in `post_to_dict` shape.
        contacts: its contacts in the clear.
        assessment: the archived assessment in the contract's shape.
        contact_basis: as the package has it; "worker" withholds what leads to the person.
    """
    withheld = contact_basis == "worker"
    assessed = assessment["post"]
    return {
        "law": LAW,
        "emergency": NO_EMERGENCY_CALL,
        "content": {"withheld": WITHHELD} if withheld else _content(post, assessed),
        "published": _published(post),
        "suspicion": _suspicion(assessment),
        "recipient": {"withheld": WITHHELD, "account": ASK_THE_PLATFORM} if withheld else _recipient(post, contacts),
        "platform": {"id": assessed["platform"]} if withheld else {"id": assessed["platform"], "post": assessed["id"]},
        "member_states": states.to_dict(),
    }


def missing_parts(notice: Mapping[str, Any]) -> tuple[str, ...]:
    """Which parts of recital 56 a notice lacks; () where it is complete. A notice goes out all the same: promptly comes first."""
    content, recipient = notice["content"], notice["recipient"]
    there = {
        "content": "title" in content or "description" in content,
        "published": "posted_at" in notice["published"],
        "suspicion": bool(notice["suspicion"]["of"] and notice["suspicion"]["signs"]),
        "recipient": bool(recipient.get("contacts") or recipient.get("company")),
    }
    return tuple(name for name, present in there.items() if not present)


def _content(post: Mapping[str, Any], assessed: Mapping[str, Any]) -> dict[str, Any]:
    texts = {name: post[name] for name in ("title", "description") if post.get(name)}
    url = {"url": assessed["url"]} if assessed.get("url") else {}
    return {"kind": assessed["kind"], **url, **texts}


def _published(post: Mapping[str, Any]) -> dict[str, str]:
    """Every moment as UTC, and said to be so: recital 56 asks for the time zone."""
    moments = {name: rfc3339(parse_moment(str(post[name]))) for name in _TIMES if post.get(name) is not None}
    return {**moments, "time_zone": "UTC"}


def _suspicion(assessment: Mapping[str, Any]) -> dict[str, Any]:
    concerns = gravest_first([concern["type"] for concern in assessment["concerns"]])
    stated = sorted({piece["indicator"] for piece in assessment["evidence"] if piece["state"] == "stated"})
    return {
        "of": [
            {"what": LEGAL_GROUNDS[concern].of_what, "law": LEGAL_GROUNDS[concern].law}
            for concern in concerns
            if concern in LEGAL_GROUNDS
        ],
        "signs": [{"indicator": name, "words": sign_in_words(name)} for name in stated],
        "how": "Rules matched the offer against published warning signs; a person read it and decided to notify.",
    }


def _recipient(post: Mapping[str, Any], contacts: tuple[str, ...]) -> dict[str, Any]:
    company = {"company": post["company"]} if post.get("company") else {}
    published = {"contacts": list(contacts)} if contacts else {}
    return {**company, **published, "role": ROLE_UNKNOWN, "account": ASK_THE_PLATFORM}
