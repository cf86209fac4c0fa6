"""A few words of each case on a page of the queue: the post's title, the sentence that decides, its strongest signs, its pay.

They are words of the post, so that who was shown them is entered in the ledger before they are shown: once a page, in a chain
of the team's day. A chain per case would hold an entry for every time that anybody opened the queue, and bury who read the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from screening.cases.case import Case
from screening.cases.people import MAY_READ, Person
from screening.classifier.segments import readable
from screening.errors import PermanentError, ScreeningError, TransientError
from screening.fields import Fields
from screening.ports import Archive, Clock, Metrics
from screening.posts.post import Post
from screening.posts.serialise import post_from_dict
from screening.text.sentences import split_sentences
from screening.values.evidence import Evidence, Strength
from screening.workflows.archived import ArchivedPost, read_archived
from screening.workflows.case_queue import check_team
from screening.workflows.case_reading import ViewRecorder
from screening.workflows.sealing import CONTACTS

TOGETHER = 8
LONGEST_TITLE, LONGEST_SENTENCE = 120, 180
"""Characters: enough to tell two offers apart."""
SEXUALISED = "sexualised_recruitment"
_ORDER: dict[Strength, int] = {"strong": 0, "medium": 1, "weak": 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedAmount:
    low: float | None
    high: float | None
    currency: str
    period: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """`sentence` holds the strongest finding; where nothing was found it is the first of the post, so that a case drawn for
    the audit has one as well. `signs` are indicators, the strongest first. Contacts are left out of all words.

    `distressing`: its words are shown when asked for. `title_distressing`: those of the title too.
    """

    title: str
    sentence: str
    signs: tuple[str, ...]
    pay: StatedAmount | None
    distressing: bool
    title_distressing: bool


class ReadExcerpts:
    """The excerpts of the cases on one page."""

    def __init__(self, *, archive: Archive, record_view: ViewRecorder, clock: Clock, metrics: Metrics) -> None:
        self._archive = archive
        self._record_view = record_view
        self._clock = clock
        self._metrics = metrics

    def __call__(self, person: Person, team: str, cases: Sequence[Case]) -> dict[str, Excerpt]:
        """By case id. Those out of reach, and those whose record is gone or can't be read now, are left out.

        Raises:
            NotFoundError: the team isn't the person's.
            PermissionDeniedError: the role doesn't read cases.
        """
        person.acting_role(MAY_READ, "cases")
        check_team(person, team)
        reached = [case for case in cases if case.archive is not None and person.reaches(case)]
        if not reached:
            return {}
        try:
            self._record_view(page_views(team, self._clock.now()), person.actor, tuple(case.case for case in reached))
        except TransientError:
            # No look without its entry; and no queue that can't be worked on because of a few words.
            self._metrics.count("ExcerptsNotShown")
            return {}
        with ThreadPoolExecutor(TOGETHER) as pool:
            found = pool.map(self._excerpt, reached)
        return {case.case: one for case, one in zip(reached, found, strict=True) if one is not None}

    def _excerpt(self, case: Case) -> Excerpt | None:
        if case.archive is None:
            return None
        try:
            archived = read_archived(self._archive, case.archive)
            return excerpt_of(case, archived)
        except ScreeningError:
            return None


def page_views(team: str, at: datetime) -> str:
    """What a day's pages of a team are entered under, in place of a case: a chain that is whole when the day is over."""
    return f"pages:{team}:{at.date().isoformat()}"


def excerpt_of(case: Case, archived: ArchivedPost) -> Excerpt:
    """Raises PermanentError where the record can't be read."""
    post = post_from_dict({name: value for name, value in archived.post.items() if name != CONTACTS})
    stated = [piece for piece in (*archived.evidence(), *archived.network()) if piece.state == "stated"]
    strongest_first = sorted(stated, key=lambda piece: (_ORDER[piece.strength], not piece.quote, not _in_text(piece)))
    foremost = next((piece for piece in strongest_first if piece.quote), None)
    return Excerpt(
        title=_shown(post.title, LONGEST_TITLE),
        sentence=_shown(_sentence(post, foremost), LONGEST_SENTENCE),
        signs=tuple(dict.fromkeys(piece.indicator for piece in strongest_first)),
        pay=_pay(archived.assessment),
        distressing=case.severe or (foremost is not None and foremost.dimension == SEXUALISED),
        title_distressing=any(piece.dimension == SEXUALISED and piece.field == "title" for piece in stated),
    )  # fmt: skip


def _in_text(piece: Evidence) -> bool:
    return piece.field == "description"


def _sentence(post: Post, piece: Evidence | None) -> str:
    """The finding's quote, which is a sentence or a clause of one; the first sentence of the post where there is none."""
    if piece is not None:
        return piece.quote
    return next((post.description[one.start : one.end] for one in split_sentences(post.description)), "")


def _shown(words: str, longest: int) -> str:
    text = readable(words)
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _pay(assessment: dict[str, Any]) -> StatedAmount | None:
    """The first amount that the post states."""
    fields = Fields(assessment, "assessment")
    if not fields.has("pay"):
        return None
    stated = fields.mapping("pay").get("stated")
    if not isinstance(stated, list) or not stated or not isinstance(stated[0], dict):
        return None
    first = stated[0]
    try:
        return StatedAmount(
            low=first["min"], high=first["max"], currency=first["currency"] or "", period=first["period"]
        )
    except KeyError:
        raise PermanentError("assessment.pay.stated: a part is missing") from None
