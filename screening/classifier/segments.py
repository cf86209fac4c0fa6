"""What the classifier reads of a post: its sentences, the longest cut at clauses, without contacts.

A segment is the unit of a sign's quote. Training and screening share this file, so that the encoder meets the same text in both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from screening.text.document import Document

READ_FIELDS = ("title", "description")
"""Company, salary and contract are read by the signals that know their form."""
LONGEST = 200
"""Characters of a segment, some 60 tokens: a quote that a reviewer takes in at a glance. A longer sentence is cut at a clause."""
SHORTEST_CLAUSE = 60
"""Characters that a cut leaves on its left at least."""

SHOUTED_FROM, SHOUTED_SHARE = 12, 0.8
"""Letters of a segment, and their share of capitals, from which it is taken for shouted; fewer may be a name ("DHL EXPRESS")."""

CONTACT = re.compile(
    r"""
      https?://\S+ | www\.\S+ | \bt\.me/\S+ | \bwa\.me/\S+          # links
    | [\w.+-]+@[\w-]+\.[\w.-]+                                     # e-mail
    | (?<!\w)@\w{3,}                                               # handles
    | \#(?:EMAIL|PHONE|URL)_\w+\# | <<\w+>> | \[(?:PHONE|EMAIL|HANDLE|LINK)\]   # placeholders of data sets
    | (?<![\w+])\+?\(?\d(?:[\s().-]?\d){8,14}(?!\w)                # telephone numbers
    """,
    re.VERBOSE,
)
_SPACES = re.compile(r"\s+")
_CLAUSE_END = re.compile(r"[,;:)\u2013\u2014\u3002\uff0c\uff01\uff1f]\s*|\s[-\u2013\u2014|/]\s")
_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Segment:
    """`start` and `end` are code points of the field's repaired text; `text` is what the encoder reads of them."""

    field: int
    start: int
    end: int
    text: str


def segments_of(document: Document) -> list[Segment]:
    """The segments of title and description in order; those that hold nothing but contacts and marks are left out."""
    found = []
    for number, field in enumerate(document.fields):
        if field.name not in READ_FIELDS:
            continue
        whole = field.repaired.text
        for sentence in field.sentences:
            for start, end in _pieces(whole, sentence.start, sentence.end):
                text = spoken(readable(whole[start:end]))
                if any(character.isalpha() for character in text):
                    found.append(Segment(number, start, end, text))
    return found


def readable(text: str) -> str:
    """Text without contacts: who can be called says nothing of the offer, and data sets mask it each in their way."""
    return _SPACES.sub(" ", CONTACT.sub(" ", text)).strip()


def spoken(text: str) -> str:
    """Text all in capitals as it would be written otherwise: the encoder has hardly read capitals, and who shouts means the same."""
    letters = [character for character in text if character.isalpha()]
    capitals = sum(map(str.isupper, letters))
    if len(letters) < SHOUTED_FROM or capitals < SHOUTED_SHARE * len(letters):
        return text
    return text.capitalize()


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        cut = _cut(text, start)
        yield start, cut
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if end > start:
        yield start, end


def _cut(text: str, start: int) -> int:
    """Where a long sentence is cut: behind its last clause mark within reach, else at its last space, else at the limit."""
    limit = start + LONGEST
    for mark in (_CLAUSE_END, _SPACE):
        ends = [match.end() for match in mark.finditer(text, start + SHORTEST_CLAUSE, limit)]
        if ends:
            return ends[-1]
    return limit
