"""From a read post to what it contributes to the link store: keyed hashes of its contacts, names, text and pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from screening.links.common_keys import is_common_value, is_public_service, web_key
from screening.links.member import TEXT_KIND, LinkKey, Member, bounded_keys, day_number
from screening.links.slots import slotted_sentences
from screening.links.text_sketch import TextSketcher
from screening.posts.post import Post
from screening.signals.found import Contact, Facts
from screening.text.document import Document
from screening.text.tokens import words_of

Fingerprint = Callable[[str, str], str]
"""(kind, normalised value) -> "{key id}:{hex}"."""

_IMAGE_HASH = re.compile(r"(?:[a-z0-9]+:)?([0-9a-f]{16,64})")
_FORM_WORDS = frozenset(
    words_of(
        "sp z o s a sa gmbh mbh ug ag kg ohg ltd limited llc inc plc srl sro spol kft zrt bt sl slu sas sarl bv nv oy ab"
        " ou uab тов тзов прат пат фоп пп ооо оао зао пао ао ип еоод оод ад ет"
    )
)
_NAME_WORDS = 3
"""Words of a name that tell employers apart; what follows is a branch or town ("Kaufland Zabrze")."""


@dataclass(frozen=True, slots=True)
class Hashes:
    """The keyed hashing of one operator: `fingerprint` for contacts, `sketcher` for texts, `seed` for short facts."""

    fingerprint: Fingerprint
    sketcher: TextSketcher
    seed: bytes

    def short(self, purpose: str, value: str) -> str:
        """12 hex digits that tell equal values, and nothing else, to who doesn't hold the seed."""
        return blake2b(
            f"{purpose}\x1f{value}".encode("utf-8", "surrogatepass"), digest_size=6, key=self.seed[:64]
        ).hexdigest()


def contribution(
    post: Post, document: Document, facts: Facts, hashes: Hashes, *, version: str, received_at: datetime,
    language: str | None,
) -> Member:  # fmt: skip
    """The post as a member of whatever it shares with others. Holds neither text nor contact."""
    sketch = hashes.sketcher.sketch(slotted_sentences(document, facts))
    employer = employer_words(facts.employer.name or "")
    keys = [
        LinkKey.of_fingerprint(kind, hashes.fingerprint(kind, value)) for kind, value in _values(post, facts, employer)
    ]
    if sketch:
        keys += [LinkKey.of_fingerprint(TEXT_KIND, hashes.fingerprint(TEXT_KIND, band)) for band in sketch.bands]
    title = " ".join(words_of(post.title))
    city = facts.place.city or ""
    return Member(
        platform=post.platform, id=post.id, version=version, day=day_number(post.posted_at or received_at),
        kind=post.kind, keys=bounded_keys(keys), language=language or "", country=facts.place.work_country or "",
        dated=post.posted_at is not None, place=hashes.short("place", city.casefold()) if city else "",
        sector=facts.sector.isco08[:2] if facts.sector else "",
        employer=hashes.short("employer", employer) if employer else "", licensed=facts.employer.agency_licence or is_public_service(" ".join(words_of(facts.employer.name or ""))),
        title=hashes.short("title", title) if title else "", exact=sketch.exact if sketch else "", pay=_pay(facts),
        sketch=sketch,
    )  # fmt: skip


def employer_words(name: str) -> str:
    """The first words of a name without its legal form, so that "Kaufland Polska Sp. z o.o." and "KAUFLAND Polska" are one."""
    words = [word for word in words_of(name) if word not in _FORM_WORDS and len(word) > 1]
    return " ".join(words[:_NAME_WORDS])


def contact_name(contact: Contact) -> tuple[str, str] | None:
    """(kind, normalised value) that a contact is kept under; None where it has no value or belongs to nobody who hires."""
    if not contact.value:
        return None
    kind, value = web_key(contact.value) if contact.kind == "url" else (contact.kind, contact.value)
    return None if is_common_value(kind, value) else (kind, value)


def account_name(platform: str, account: str) -> tuple[str, str]:
    """(kind, value) that the account of a poster is kept under; ids of accounts are a platform's own."""
    return "account", f"{platform}\x1f{account}"


def _values(post: Post, facts: Facts, employer: str) -> Iterator[tuple[str, str]]:
    """(kind, normalised value) of everything but the text; common ones are left out with the reason in `common_keys`."""
    for contact in facts.contacts:
        named = contact_name(contact)
        if named is not None:
            yield named
    for register, number in facts.employer.registration:
        yield "registration", f"{register} {number}"
    if post.poster and post.poster.id:
        yield account_name(post.platform, post.poster.id)
    if employer:
        yield "name", employer
    for image in post.images:
        # A picture is known by a hash that the feed gives (perceptual or of its bytes); an address tells nothing of what it shows.
        found = _IMAGE_HASH.fullmatch(image.strip().lower())
        if found:
            yield "image", found.group(1)


def _pay(facts: Facts) -> int | None:
    monthly = facts.pay_check.monthly_eur
    if monthly is None:
        return None
    figure = monthly.max if monthly.max is not None else monthly.min
    return round(figure) if figure is not None else None
