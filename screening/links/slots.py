"""The words of a post with slots for what changes from copy to copy: contacts, names, places, numbers.

Recruiters who run one text under many names swap these and leave the rest. Every script is kept: the published reference
implementation deletes all letters but ASCII, and with them every Cyrillic advert (domain/evidence, "InfoShield").
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from screening.reference.countries import place_names
from screening.signals.found import Facts, Span
from screening.text.document import Document, FieldText

CONTACT, NAME, PLACE, NUMBER = "<contact>", "<name>", "<place>", "<number>"
SLOTS = frozenset({CONTACT, NAME, PLACE, NUMBER})
_READ_TOKENS = 4_000
_BODY = ("description", "title")


def slotted_sentences(document: Document, facts: Facts) -> list[list[str]]:
    """Folded words of the description (of the title where there is no other text) by sentence, slots in place; neighbours of one
    kind are one slot."""
    field = next((found for name in _BODY if (found := document.field(name))), None)
    return _slotted(field, facts) if field else []


def _slotted(field: FieldText, facts: Facts) -> list[list[str]]:
    tokens = field.tokens[:_READ_TOKENS]
    kinds: list[str | None] = [NUMBER if token.folded[0].isdigit() else None for token in tokens]
    for match in place_names().best([token.folded for token in tokens]):
        for index in range(match.start, match.end):
            kinds[index] = PLACE
    for start, end, kind in _spans(field, facts):
        for index, token in enumerate(tokens):
            if token.start < end and start < token.end:
                kinds[index] = kind
    sentences: list[list[str]] = []
    last = -1
    for token, slot in zip(tokens, kinds, strict=True):
        if token.sentence != last:
            sentences.append([])
            last = token.sentence
        if not (slot and sentences[-1] and sentences[-1][-1] == slot):
            sentences[-1].append(slot or token.folded)
    return sentences


def _spans(field: FieldText, facts: Facts) -> Iterator[tuple[int, int, str]]:
    """Where contacts and the employer's name stand, in the repaired text."""
    marked: list[tuple[Span, str]] = [(contact.span, CONTACT) for contact in facts.contacts if contact.span]
    if facts.employer.span:
        marked.append((facts.employer.span, NAME))
    for span, kind in marked:
        if span.field == field.name:
            start, end = _repaired_span(field, span)
            yield start, end, kind


def _repaired_span(field: FieldText, span: Span) -> tuple[int, int]:
    offsets = field.repaired.offsets
    if not offsets:
        return span.start, span.end
    # Offsets never fall: the repaired places of an original span are those whose origin lies within it.
    return bisect_left(offsets, span.start), bisect_left(offsets, span.end)
