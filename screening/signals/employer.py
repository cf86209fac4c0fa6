"""Who makes the offer, as far as the post says: a name, a legal form, register numbers, an agency's licence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from screening.reference.registers import REGISTERS
from screening.signals.employer_names import (
    AFTER_FORM,
    BEFORE_FORM,
    CLEARLY_NAMED,
    CLIENT_BEFORE,
    FORM_IN_COMPANY,
    NOT_A_NAME,
    QUOTED_AFTER,
    UNNAMED_COMPANY,
)
from screening.signals.found import Contact, Employer, Span
from screening.text.document import Document, FieldText

_DIGIT = re.compile(r"\d")
_SKIPPED_FIELDS = ("salary", "contract")
_TRAILING_NUMBER = re.compile(r"[ ,(]{1,3}(?:nr\.? ?)?\d{2,6}$")
_LEADING_HEAD = re.compile(r"^(?:Firm[aąęy]|Grup[aąęy]|Spółk[aąęi]|Company|Компанія|Компания) ")
_BEFORE = 30  # characters before a name in which "for our client" is looked for


def read_employer(document: Document, contacts: Sequence[Contact]) -> Employer:
    """The employer or agency. `name` is None where the post names nobody; a number that fails its checksum is left out.

    A first name with a telephone number is no employer's name; neither is the platform's "confidential client".
    """
    registration, licence = _registrations(document)
    name, form, span = _company_field(document)
    if name is None:
        name, form, span = _named_in_text(document, contacts)
    elif form is None:
        form = _form_in_text(document, name)
    return Employer(name=name, legal_form=form, registration=registration, agency_licence=licence, span=span)


def _company_field(document: Document) -> tuple[str | None, str | None, Span | None]:
    company = document.post.company
    stripped = company.strip()
    if not stripped or UNNAMED_COMPANY.search(stripped) or not any(letter.isalpha() for letter in stripped):
        return None, None, None
    start = company.index(stripped)
    form = FORM_IN_COMPANY.search(stripped)
    return stripped, form.group().strip(" ,") if form else None, Span("company", start, start + len(stripped))


def _named_in_text(document: Document, contacts: Sequence[Contact]) -> tuple[str | None, str | None, Span | None]:
    """The first legal name, else the first body that is clearly named ("cooperative X", "hotel Y")."""
    taken = {(contact.span.field, contact.span.start) for contact in contacts if contact.span}
    for patterns in ((AFTER_FORM, BEFORE_FORM), (CLEARLY_NAMED, QUOTED_AFTER)):
        found: list[tuple[int, int, str, str | None, Span]] = []
        for order, field in enumerate(document.fields):
            if field.name in _SKIPPED_FIELDS:
                continue
            for pattern in patterns:
                for match in pattern.finditer(field.repaired.text):
                    named = _read_match(match, field)
                    if named and (named[2].field, named[2].start) not in taken:
                        found.append((order, match.start(), *named))
                        break
        if found:
            _, _, name, form, span = min(found, key=lambda item: item[:2])
            return name, form, span
    return None, None, None


def _read_match(match: re.Match[str], field: FieldText) -> tuple[str, str | None, Span] | None:
    groups = match.groupdict()
    name = (groups.get("name") or groups.get("n1") or groups.get("n2") or "").strip(" ,;:–—-\"'„“”«»")
    name = _LEADING_HEAD.sub("", _TRAILING_NUMBER.sub("", name))
    form = groups.get("form")
    if (
        len(name) < 2
        or NOT_A_NAME.fullmatch(name)
        or CLIENT_BEFORE.search(match.string[max(0, match.start() - _BEFORE) : match.start()])
    ):
        return None
    start, end = field.repaired.original_span(match.start(), match.end())
    original = field.repaired.original
    while start < end and not original[start].isalnum():
        start += 1
    return name, form.strip(" ,") if form else None, Span(field.name, start, end)


def _form_in_text(document: Document, name: str) -> str | None:
    """The legal form that the text gives to the name of the company field."""
    for field in document.fields:
        at = field.repaired.text.find(name)
        if at >= 0 and field.name != "company":
            form = FORM_IN_COMPANY.match(field.repaired.text[at + len(name) : at + len(name) + 30].lstrip(' ,"”“»'))
            if form:
                return form.group().strip(" ,")
    return None


def _registrations(document: Document) -> tuple[tuple[tuple[str, str], ...], bool]:
    found: dict[tuple[str, str], bool] = {}
    for field in document.fields:
        if field.name in _SKIPPED_FIELDS:
            continue
        text = field.repaired.text
        if not _DIGIT.search(text):
            continue
        lowered = text.casefold()
        for register in REGISTERS:
            if not any(cue in lowered for cue in register.cues):
                continue
            for match in register.pattern.finditer(text):
                number = re.sub(r"\s", "", match.group(1)).strip("-")
                plain = number.replace("-", "") if register.name != "HU tax number" else number
                if register.check is None or register.check(plain):
                    found.setdefault((register.name, number), register.agency_licence)
    return tuple(found), any(found.values())
