"""Contacts that belong to nobody who hires: they would tie half of a country's posts together. Each with its reason.

What isn't listed here and is common all the same is found by its profile: above `profile.COMMON_ABOVE` posts a key links
nothing any more. The list spares the first thousand, and the wrong campaign that they would be.
"""

from __future__ import annotations

import re

from screening.signals.contact_patterns import SHORTENERS
from screening.text.tokens import words_of

SERVICE_HOSTS: dict[str, str] = {
    "praca.gov.pl": "Polish public employment service: publishes for any employer",
    "oferty.praca.gov.pl": "Polish public employment service: publishes for any employer",
    "arbeitsagentur.de": "German public employment service",
    "jobboerse.arbeitsagentur.de": "German public employment service",
    "eures.europa.eu": "European employment services",
    "europa.eu": "European Union's own pages",
    "dcz.gov.ua": "Ukrainian public employment service",
    "uradprace.cz": "Czech public employment service",
    "upsvr.gov.sk": "Slovak public employment service",
    "anofm.ro": "Romanian public employment service",
    "az.government.bg": "Bulgarian public employment service",
    "sepe.es": "Spanish public employment service",
    "gov.uk": "British government",
    "uzt.lt": "Lithuanian public employment service",
    "google.com": "maps and searches of anybody",
    "facebook.com": "start page of a network",
    "instagram.com": "start page of a network",
    "linkedin.com": "start page of a network",
    "youtube.com": "start page of a network",
    "t.me": "start page of a messenger",
    "wa.me": "start page of a messenger",
    "work.ua": "job board", "robota.ua": "job board", "olx.ua": "board of adverts", "olx.pl": "board of adverts",
    "pracuj.pl": "job board", "praca.pl": "job board", "indeed.com": "job board", "hh.ru": "job board",
    "avito.ru": "board of adverts", "jobs.bg": "job board", "ejobs.ro": "job board", "profession.hu": "job board",
    "infojobs.net": "job board", "profesia.sk": "job board", "jobs.cz": "job board", "stepstone.de": "job board",
}  # fmt: skip
"""Web hosts whose pages any employer's post may name, with the reason."""

FORM_HOSTS = frozenset(
    {"forms.gle", "docs.google.com", "form.jotform.com", "forms.office.com", "surveymonkey.com", "typeform.com"}
)
"""Hosts of forms that anybody makes: a page there is one recruiter's own, as a telephone is."""

PUBLIC_SERVICES = (
    "centralna baza ofert pracy", "urzad pracy", "powiatowy urzad pracy", "wojewodzki urzad pracy", "agentur fur arbeit",
    "bundesagentur fur arbeit", "urad prace", "urad prace cr", "ustredie prace", "центр занятости", "центр зайнятості",
    "державна служба зайнятості", "служба занятости", "бюро по труда", "агенция по заетостта", "anofm", "ajofm",
    "nemzeti foglalkoztatasi szolgalat", "servicio publico de empleo", "sepe", "jobcentre plus",
)  # fmt: skip
"""Public employment services by name, folded: they publish for any employer, in texts of their own making."""


def is_public_service(words: str) -> bool:
    """Whether an employer's name, as folded words, is that of a public employment service."""
    return any(words.startswith(name) for name in _FOLDED_SERVICES)


_FOLDED_SERVICES = tuple(" ".join(words_of(name)) for name in PUBLIC_SERVICES)
_NOBODY = re.compile(
    r"(?:no-?reply|donotreply|do-not-reply|postmaster|mailer-daemon|rodo|iod|iodo|dpo|gdpr|privacy|dane\.?osobowe)@"
)
"""Addresses that answer nobody, and officers of data protection, whom one agency names in every client's advert."""
_EMERGENCY = frozenset({"112", "911", "999", "110", "116123", "116111"})


def is_common_value(kind: str, value: str) -> bool:
    """Whether a contact is known to belong to many: it is read and shown as ever, but ties nothing."""
    if kind == "site":
        return value in SERVICE_HOSTS
    if kind == "email":
        return bool(_NOBODY.match(value))
    return kind == "phone" and value.lstrip("+") in _EMERGENCY


def web_key(value: str) -> tuple[str, str]:
    """A web address as a key: ("url", address) for a form or short link of one recruiter's own, else ("site", host).

    A site ties nothing: adverts name job boards, ministries and the pages of their data protection officers.
    """
    host, _, path = value.partition("/")
    host = host.removeprefix("www.")
    if path and (host in FORM_HOSTS or host in SHORTENERS):
        return "url", value
    return "site", host
