"""Computed marks: the facts of a post as names that the rules' `when` conditions combine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from screening.posts.post import Post
from screening.signals.contact_patterns import CALL_WITHOUT_NUMBER, DIRECT_MESSAGE, REFUSED_CHANNEL
from screening.signals.contacts import shortens
from screening.signals.found import Contact, Employer, Place
from screening.text.document import Document
from screening.values.result import PayCheck, Sector

COMPLETE_CHARS = 200
"""A description shorter than this may lack something because it is short; absence proves nothing there."""

MESSENGERS = frozenset({"telegram", "viber", "whatsapp", "signal", "facebook", "instagram"})
_REACHES_SOMEBODY = frozenset({"phone", "email", "url"}) | MESSENGERS
_PAY_VERDICTS = ("not_stated", "plausible", "high", "implausible", "below_minimum")
_BEFORE_CUE = 40


def computed_marks(
    document: Document,
    pay_check: PayCheck,
    hours_excess: bool,
    sector: Sector | None,
    place: Place,
    contacts: Sequence[Contact],
    employer: Employer,
) -> frozenset[str]:
    """The names that hold for this post; the whole list stands in docs/rules.md, "Marks"."""
    marks = {f"kind.{document.post.kind}"}
    if pay_check.verdict in _PAY_VERDICTS:
        marks.add(f"pay.{pay_check.verdict}")
    if any(pay.period in ("day", "week") for pay in pay_check.stated):
        marks.add("pay.by_day_or_week")
    if hours_excess:
        marks.add("hours.excess")
    marks.update(_contact_marks(document, contacts, employer, place))
    marks.update(_employer_marks(employer))
    if place.abroad is not None:
        marks.add("place.abroad" if place.abroad else "place.home")
    marks.update(_sector_marks(sector))
    complete = len(document.post.description) >= COMPLETE_CHARS and not document.post.truncated
    marks.add("text.complete" if complete else "text.short")
    return frozenset(marks)


def _employer_marks(employer: Employer) -> Iterator[str]:
    yield "employer.named" if employer.name or employer.registration else "employer.unnamed"
    if employer.registration:
        yield "employer.registered"
    if employer.agency_licence:
        yield "employer.licence"


def _sector_marks(sector: Sector | None) -> Iterator[str]:
    if sector is None:
        yield "sector.unnamed"
        return
    if sector.isco08.startswith(("5", "6", "7", "8", "9")):
        yield "sector.low_skill"
    if sector.high_risk:
        yield "sector.high_risk"
        yield f"sector.{sector.high_risk}"


def _contact_marks(document: Document, contacts: Sequence[Contact], employer: Employer, place: Place) -> Iterator[str]:
    reaching = [contact for contact in contacts if contact.kind in _REACHES_SOMEBODY]
    messenger = any(contact.kind in MESSENGERS for contact in reaching)
    if not reaching and not invites_message_or_call(document):
        yield "contact.none"
    elif not any(
        contact.kind in ("email", "url") or contact.mobile is False for contact in reaching
    ) and not _has_own_apply_address(document.post):
        yield "contact.only_mobile"
    if messenger:
        yield "contact.messenger"
    if employer.name and any(contact.freemail for contact in reaching):
        yield "contact.freemail"
    if any(contact.kind == "email" and contact.freemail is False for contact in reaching):
        yield "contact.corporate"
    if any(contact.kind == "phone" and contact.mobile is False for contact in reaching):
        yield "contact.landline"
    if any(shortens(contact) for contact in contacts):
        yield "contact.shortener"
    if _foreign(contacts, place):
        yield "contact.foreign"


def invites_message_or_call(document: Document) -> bool:
    """Whether the text asks for a direct message or a call without giving a number: "в лс", "zadzwoń", "por interno"."""
    for field in document.fields:
        if field.name not in ("title", "description"):
            continue
        text = field.repaired.text
        for pattern in (DIRECT_MESSAGE, CALL_WITHOUT_NUMBER):
            for match in pattern.finditer(text):
                if not REFUSED_CHANNEL.search(text[max(0, match.start() - _BEFORE_CUE) : match.start()]):
                    return True
    return False


def _has_own_apply_address(post: Post) -> bool:
    """A form or apply address that the post itself carries, as the feeds of recruiting systems do."""
    for name in ("apply_url", "applyUrl", "application_url", "absolute_url", "hostedUrl"):
        value = post.extra.get(name)
        if isinstance(value, str) and urlsplit(value).netloc:
            return True
    return False


def _foreign(contacts: Sequence[Contact], place: Place) -> bool:
    """Every phone with a known country belongs to another country than the work."""
    countries = {contact.country for contact in contacts if contact.kind != "iban" and contact.country}
    return place.work_country is not None and bool(countries) and place.work_country not in countries
