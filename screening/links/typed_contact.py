"""A contact that a person types in to look it up: every name under which posts that state it may be kept.

A number is kept as a phone, and as the messenger that it was stated for; a name with @ as any network's. Nothing of it is kept
here, and only fingerprints of these names leave the look-up.
"""

from __future__ import annotations

import re

from screening.links.contribution import contact_name
from screening.signals.contacts import contacts_typed
from screening.signals.found import Contact

MOST_TYPED = 200
"""Characters that are read."""
REGIONS = (
    "UA",
    "PL",
    "DE",
    "CZ",
    "SK",
    "RO",
    "BG",
    "HU",
    "ES",
    "IT",
    "GB",
    "LT",
    "MD",
    "RU",
    "AT",
    "NL",
    "FR",
    "PT",
    "LV",
    "GR",
)
"""Countries whose national way of writing a number is tried: a post's language tells which, a typed number has none."""
OF_A_NUMBER = ("phone", "whatsapp", "viber", "telegram", "signal")
OF_A_HANDLE = ("telegram", "instagram", "facebook", "viber")
_HANDLE = re.compile(r"@?([A-Za-z][A-Za-z0-9_.]{2,63})", re.ASCII)


def typed_names(typed: str) -> tuple[tuple[str, str], ...]:
    """(kind, normalised value), each once, the likeliest first; () where the text is no contact that ties posts."""
    text = typed.strip()[:MOST_TYPED]
    found = [
        contact for regions in ((), *((region,) for region in REGIONS)) for contact in contacts_typed(text, regions)
    ]
    names: list[tuple[str, str]] = []
    # A number that its country is known of comes before the bare digits, which few posts are kept under.
    for contact in sorted(found, key=lambda one: one.kind == "phone" and one.country is None):
        kinds = OF_A_NUMBER if contact.kind == "phone" else (contact.kind,)
        names += _named(contact, kinds)
    handle = _HANDLE.fullmatch(text)
    if handle is not None and "@" not in text[1:]:
        names += [(kind, handle[1].lower()) for kind in OF_A_HANDLE]
    return tuple(dict.fromkeys(names))


def _named(contact: Contact, kinds: tuple[str, ...]) -> list[tuple[str, str]]:
    named = contact_name(contact)
    return [] if named is None else [(named[0] if kind == contact.kind else kind, named[1]) for kind in kinds]
