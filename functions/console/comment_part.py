"""What colleagues said on a case, and what this person may say and ask there: as the case page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from functions.console.marked_text import visible
from screening.cases.comments import LONGEST_COMMENT, MOST_COMMENTS, ToldComment
from screening.cases.people import MAY_HAND_OVER, MAY_WORK, Person
from screening.workflows.case_queue import may_judge
from screening.workflows.case_reading import CaseView


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentRow:
    """`who` is the id where the reader is told it; else the role is shown. `own`: the reader's. `words` are "" once erased."""

    at: datetime
    role: str
    who: str
    own: bool
    words: str
    asks: bool
    handed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentPart:
    """`hidden` rows stand behind a distressing text that this person wasn't shown: they may quote it. `draft` comes back with a
    refused note."""

    rows: tuple[CommentRow, ...]
    hidden: int
    asks: bool  # a senior is asked, and hasn't answered
    may_write: bool
    may_hand_over: bool
    may_take: bool
    full: bool
    comment_id: str
    draft: str | None
    longest: int = LONGEST_COMMENT


def comment_part(view: CaseView, person: Person, *, comment_id: str, draft: str | None = None) -> CommentPart | None:
    """None for who judges blind: they read no comment and write none, until their own word is given."""
    if view.blind:
        return None
    case, lease = view.case, view.lease
    full = len(view.comments) >= MOST_COMMENTS
    writes = bool(person.roles & MAY_WORK) and case.state != "merged" and not full
    writes = writes and person.actor not in case.excluded
    senior = "senior" in person.roles
    return CommentPart(
        rows=() if view.text_hidden else tuple(map(_row, view.comments)),
        hidden=len(view.comments) if view.text_hidden else 0,
        asks=case.asks_senior,
        may_write=writes,
        may_hand_over=writes and not senior and bool(person.roles & MAY_HAND_OVER) and case.state == "open"
        and lease is not None and lease.actor == person.actor,
        may_take=senior and case.asks_senior and lease is None and may_judge(case, person),
        full=full,
        comment_id=comment_id,
        draft=draft,
    )  # fmt: skip


def _row(one: ToldComment) -> CommentRow:
    return CommentRow(
        at=one.at, role=one.role, who=one.actor or "", own=one.own, words=visible(one.words), asks=one.asks,
        handed=one.handed,
    )  # fmt: skip
