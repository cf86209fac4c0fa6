"""A package as a MISP event (core format; types and categories as in its describeTypes, read 2026-11-26).

Plain attributes, no objects, so that every MISP takes it; nothing is marked for intrusion detection (`to_ids`), for an
offer's address or number is no attack. No organisation is named as creator: MISP knows those by their UUID, and one made up
here would enter every partner's list anew; who sent it stands in an attribute.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from screening.fields import parse_moment
from screening.referrals.contact_kinds import ContactKind, is_web_address, read_contact

OWN_ORGANISATION = "0"
UNDEFINED_THREAT = "4"
INITIAL_ANALYSIS = "0"
_OF_CONTACT: dict[ContactKind, tuple[str, str]] = {
    # The category "Person" would say more than is known of who answers a number. An applicant writes to an address: -dst.
    "email": ("email-dst", "Social network"), "phone": ("phone-number", "Other"), "url": ("url", "Network activity"),
    "other": ("text", "Other"),
}  # fmt: skip
_ACCOUNT = ("text", "Social network")


def misp_event(package: Mapping[str, Any], *, new_id: Callable[[], str], producer: str) -> dict[str, Any]:
    """{"Event": ...} of a package (`build_package`'s body, read); the event's UUID is the package's id.

    Args:
        new_id: a UUID each time, for the attributes.
        producer: the name of who sends it.
    """
    issued = parse_moment(package["issued_at"])
    timestamp = str(int(issued.timestamp()))
    attributes: list[dict[str, Any]] = []
    grades = package["handling"]["source_grading"]["items"]

    def add(type_and_category: tuple[str, str], value: str, comment: str, *, graded: str | None = None) -> None:
        if not value.strip():
            return
        attribute: dict[str, Any] = {
            "uuid": new_id(), "type": type_and_category[0], "category": type_and_category[1], "value": value,
            "comment": comment, "to_ids": False, "distribution": OWN_ORGANISATION, "timestamp": timestamp,
        }  # fmt: skip
        if graded is not None:
            attribute["Tag"] = _admiralty(grades[graded])
        attributes.append(attribute)

    text, handling = ("text", "Other"), package["handling"]
    add(text, producer, "sender of this package")
    add(text, "\n".join(handling["allowed_use"]), "allowed use")
    add(text, f"{handling['purpose']}\n{handling['legal_basis']}", "purpose and legal basis")
    add(text, package["expires_at"], "delete by")
    add(("sha256", "External analysis"), package["capture"]["sha256"], "the offer's archived original")
    _facts(package["facts"], add)
    _assessments(package["assessments"], add)
    return {
        "Event": {
            "uuid": package["id"], "info": f"Offer that matches published warning signs ({package['kind']})",
            "date": issued.date().isoformat(), "timestamp": timestamp, "threat_level_id": UNDEFINED_THREAT,
            "analysis": INITIAL_ANALYSIS, "distribution": OWN_ORGANISATION, "published": False,
            "Tag": [{"name": handling["marking"].lower()}], "Attribute": attributes,
        }
    }  # fmt: skip


def _facts(facts: Mapping[str, Any], add: Callable[..., None]) -> None:
    text = ("text", "Other")
    if "url" in facts:
        as_url = ("url", "Network activity") if is_web_address(facts["url"]) else text
        add(as_url, facts["url"], "address of the offer", graded="url")
    for published in facts.get("contacts", ()):
        contact = read_contact(published)
        shown = contact.value if contact.kind in ("email", "phone", "url") else published
        add(_OF_CONTACT.get(contact.kind, _ACCOUNT), shown, f"contact as published: {contact.kind}", graded="contacts")
    for name in ("kind", "company"):
        add(text, facts.get(name, ""), name, graded=name if name in facts else None)
    for name, value in facts.get("published", {}).items():
        add(("datetime", "Other"), value, name, graded="published")
    for name, value in facts.get("text", {}).items():
        add(text, value, f"{name} as published", graded="text")
    for post in facts.get("campaign", {}).get("posts", ()):
        seen = " ".join(post[name] for name in ("platform", "kind", "posted_at") if name in post)
        if is_web_address(post.get("url", "")):
            add(("url", "Network activity"), post["url"], f"another post of the case: {seen}", graded="campaign")
        else:
            add(text, f"{seen} {post.get('url', '')}".strip(), "another post of the case", graded="campaign")


def _assessments(assessments: Mapping[str, Any], add: Callable[..., None]) -> None:
    text = ("text", "Other")
    for name in ("tier", "concerns", "indicators", "work_country", "language", "act_by"):
        value = assessments.get(name)
        if value:
            add(text, ", ".join(value) if isinstance(value, list) else str(value), f"{name}, by rules", graded=name)
    if "pay" in assessments:
        add(text, assessments["pay"]["verdict"], "pay, by rules", graded="pay")
    for piece in assessments.get("evidence", ()):
        place = f"{piece['field']} {piece['start']}–{piece['end']}" if piece["field"] else "the offer as a whole"
        said = f"{piece['indicator']}: {piece['state']}, {piece['strength']}, {piece['dimension']}, {place}, {piece['rule']}"
        add(text, f"{said}\n{piece['quote']}" if piece.get("quote") else said, "evidence", graded="evidence")


def _admiralty(grade: str) -> list[dict[str, str]]:
    """Tags of MISP's admiralty-scale taxonomy for a grade such as B2."""
    return [
        {"name": f'admiralty-scale:source-reliability="{grade[0].lower()}"'},
        {"name": f'admiralty-scale:information-credibility="{grade[1]}"'},
    ]
