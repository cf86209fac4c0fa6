"""Comments of the people who work on a case, and the question to a senior that one of them may be.

The words stand in the case's ledger, as the reason of a reopening does, and are erased there with the post. The case itself bears
only that a senior is asked, so that lists know it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from screening.cases.case import Case
from screening.cases.case_parts import Asked
from screening.cases.decisions import seen_blind
from screening.cases.ledger import LedgerEntry
from screening.cases.people import MAY_SEE_WHO, Person
from screening.cases.updates import note
from screening.errors import ConflictError, PermissionDeniedError

LONGEST_COMMENT = 2_000
MOST_COMMENTS = 50
"""A case: beyond that people had better talk."""
_ASKS = re.compile(r"(?<![\w@])@senior\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldComment:
    """One person's words, "" where they were erased. `actor` is None where the reader's role doesn't tell who it was; `own`: the
    reader's. `handed`: the case was handed to a senior with it."""

    at: datetime
    role: str
    actor: str | None
    own: bool
    words: str
    asks: bool
    handed: bool


def asks_a_senior(words: str) -> bool:
    return _ASKS.search(words) is not None


def check_comment(case: Case, person: Person, words: str, *, asks: bool) -> None:
    """Whether this person may say this on the case now.

    Raises:
        ConflictError: its posts went to another case.
        PermissionDeniedError: the person is to judge it blind or it is about their own decision, the words are too few or too many, or nobody can be asked any more.
    """
    if case.state == "merged":
        raise ConflictError(f"case {case.case}: its posts went to case {case.merged_into}; comment there")
    # Before all that is said of its state: to who judges blind a decided case looks like any that waits.
    if seen_blind(case, person):
        raise PermissionDeniedError(
            f"case {case.case}: comment: your own word is asked first, and nobody else's; comment when you have given it"
        )
    if person.actor in case.excluded:
        raise PermissionDeniedError(
            f"case {case.case}: comment: it is about a decision of yours, so that others judge it by themselves"
        )
    if not words.strip() or len(words) > LONGEST_COMMENT:
        raise PermissionDeniedError(f"case {case.case}: comment: 1 to {LONGEST_COMMENT} characters")
    if asks and case.state == "second_look":
        raise PermissionDeniedError(
            f"case {case.case}: comment: a second person judges it by themselves, and where the two differ a senior decides; "
            "leave @senior out"
        )
    if asks and not case.is_open:
        raise PermissionDeniedError(f"case {case.case}: comment: it is decided; reopen it, or leave @senior out")


def asking(case: Case, person: Person, *, now: datetime, handed: bool) -> Case:
    """The case with the question to a senior. Who handed it over is remembered, since it comes to them no more."""
    before = case.asked.handed if case.asked else ()
    names = tuple(dict.fromkeys((*before, person.actor))) if handed else before
    # Whom it was assigned to is asked no more: it waits for a senior's word now.
    asked = replace(
        case, asked=Asked(at=now, actor=person.actor, handed=names), assigned=None if handed else case.assigned
    )
    return note(asked, now, "handed_over" if handed else "asked_senior", "")


def answered(case: Case, person: Person) -> Case:
    """The case once this person has spoken, taken it or judged it: a senior other than who asks answers the question by that."""
    if case.asked is None or "senior" not in person.roles or case.asked.actor == person.actor:
        return case
    return replace(case, asked=None)


def handed_on(case: Case, person: Person) -> bool:
    """Whether this person handed it to a senior who hasn't answered yet: it isn't given to them again by itself."""
    return case.asks_senior and case.asked is not None and person.actor in case.asked.handed


def told_comments(entries: Iterable[LedgerEntry], person: Person) -> tuple[ToldComment, ...]:
    """In the order of time."""
    tells_who = bool(person.roles & MAY_SEE_WHO)
    said = sorted((entry for entry in entries if entry.kind == "commented"), key=lambda entry: entry.at)
    told = ((entry, entry.payload or {}) for entry in said)
    return tuple(
        ToldComment(
            at=entry.at, role=str(payload.get("role", "")), actor=entry.actor if tells_who else None,
            own=entry.actor == person.actor, words=str(payload.get("words", "")), asks=bool(payload.get("asks")),
            handed=bool(payload.get("handed")),
        )
        for entry, payload in told
    )  # fmt: skip
