"""What a reader is shown of a phrase: the clause it stands in, for a word or two alone prove nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from screening.classifier.segments import CONTACT, LONGEST, Segment
from screening.rules.evaluation import Finding, Place
from screening.rules.left_out import READ
from screening.text.document import Document

_BETWEEN = " \t\r\n\xa0,;:|/\u00b7\u2022\u2013\u2014-"
"""What may be left over at the ends of a clause that was cut at a contact."""


def in_clauses(findings: Iterable[Finding], segments: Sequence[Segment], document: Document) -> tuple[Finding, ...]:
    """Findings of phrases and conditions, each with the whole of the segment that holds its words, but for contacts.

    A segment is a sentence, or of a long one a clause (`classifier.segments`). Words that reach over several segments keep the place that
    they have where all of them together are longer than one segment may be.
    """
    clauses = [Place(s.field, *document.fields[s.field].repaired.original_span(s.start, s.end)) for s in segments]
    return tuple(
        replace(finding, place=_clause(finding.place, clauses, document))
        if finding.place is not None and finding.how != READ
        else finding
        for finding in findings
    )


def _clause(place: Place, clauses: Iterable[Place], document: Document) -> Place:
    held = [clause for clause in clauses if clause.overlaps(place)]
    if not held:
        return place
    start = min(place.start, *(clause.start for clause in held))
    end = max(place.end, *(clause.end for clause in held))
    if end - start > max(LONGEST, place.end - place.start):
        return place
    original = document.fields[place.field].repaired.original
    for contact in CONTACT.finditer(original, start, end):
        if contact.end() <= place.start:
            start = contact.end()
        elif contact.start() >= place.end:
            end = contact.start()
            break
    while start < place.start and original[start] in _BETWEEN:
        start += 1
    while end > place.end and original[end - 1] in _BETWEEN:
        end -= 1
    return Place(place.field, start, end)
