"""Deciding many alike cases: the page on which they are read, and the decision on each by itself.

Nobody decides on a text that wasn't shown: what this person hasn't read is shown whole beside the others, up to a number that a
person can read, and entered in the ledger first; `DecideCase` asks for it again. Distressing texts, and what people wrote in
reports, are read on the case's own page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from screening.cases.assigning import held_for_other
from screening.cases.batch import (
    MAY_DECIDE_MANY,
    MOST_IN_BATCH,
    NotTogether,
    actions_together,
    check_batch,
    decision_id_of,
    not_together,
)
from screening.cases.case import Case
from screening.cases.decisions import DecisionRequest, repeated
from screening.cases.people import Person
from screening.cases.quality.exposure import View
from screening.cases.vote import Action
from screening.errors import (
    ConflictError,
    NotFoundError,
    PermanentError,
    PermissionDeniedError,
    ScreeningError,
    TransientError,
    UnseenTextError,
)
from screening.links.clusters import campaign_id
from screening.ports import Archive, CaseStore, Clock, LinkStore, Metrics, WorkStore
from screening.posts.post import Post
from screening.posts.serialise import post_from_dict
from screening.workflows.archived import read_archived
from screening.workflows.case_excerpts import SEXUALISED, Excerpt, excerpt_of
from screening.workflows.case_reading import ViewRecorder
from screening.workflows.decide import DecideCase
from screening.workflows.ledger_chain import SHOWN_REPORT, SHOWN_TEXT, ShownTo
from screening.workflows.merged_cases import find_case
from screening.workflows.sealing import CONTACTS

MOST_TEXTS = 20
"""Texts shown whole on one page: more would be scrolled past, not read."""
SECONDS_IN_ALL = 15
"""No decision is begun after this: the page must answer before its function's time is over, and the same batch may be sent again."""
VIEWS_KEPT = timedelta(days=2)
TOGETHER = 8

LeftOut = NotTogether | Literal["held", "distressing", "reports", "too_many_texts", "unreadable", "no_action", "later"]
Outcome = Literal["done", "waits", "changed", "held", "unseen", "refused", "gone", "later"]
"""What became of one case: decided; voted, a second person must agree; or why it was left as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadyCase:
    """`text` is the post where it is shown whole; None where this person has read it before."""

    case: Case
    excerpt: Excerpt
    text: Post | None
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class _Read:
    """`shown`: what of this version this person was shown before."""

    case: Case
    excerpt: Excerpt
    post: Post
    shown: frozenset[str]
    distressing: bool


@dataclass(frozen=True, slots=True)
class LeftCase:
    case: str
    why: LeftOut


@dataclass(frozen=True, slots=True)
class Prepared:
    """`beyond`: more cases were chosen than are decided together; those behind the limit were not looked at."""

    ready: tuple[ReadyCase, ...]
    left: tuple[LeftCase, ...]
    beyond: int = 0

    @property
    def actions(self) -> tuple[Action, ...]:
        """Those that at least one case allows; on the others it is refused by name."""
        return tuple(dict.fromkeys(action for one in self.ready for action in one.actions))


@dataclass(frozen=True, slots=True)
class Decided:
    case: str
    outcome: Outcome


class PrepareBatch:
    def __init__(
        self, *, cases: CaseStore, archive: Archive, work: WorkStore, links: LinkStore, clock: Clock,
        record_view: ViewRecorder, shown: ShownTo,
    ) -> None:  # fmt: skip
        self._cases = cases
        self._archive = archive
        self._work = work
        self._links = links
        self._clock = clock
        self._record_view = record_view
        self._shown = shown

    def __call__(self, person: Person, chosen: Sequence[str]) -> Prepared:
        """The chosen cases in their order. One that isn't there, or is out of reach, is left out without a word.

        Raises:
            PermissionDeniedError: the role doesn't decide.
            TransientError: the cases can't be read now.
        """
        person.acting_role(MAY_DECIDE_MANY, "batch")
        unique = tuple(dict.fromkeys(chosen))
        read = (self._cases.read(case) for case in unique[:MOST_IN_BATCH])
        reached = [case for case in read if case is not None and person.reaches(case)]
        held = self._work.leases([case.case for case in reached], now=self._clock.now())
        ready: list[ReadyCase] = []
        left: list[LeftCase] = []
        texts = 0
        with ThreadPoolExecutor(TOGETHER) as pool:
            read_ones = list(pool.map(lambda case: self._looked_at(person, case), reached))
        for case, one in zip(reached, read_ones, strict=True):
            lease = held.get(case.case)
            taken = (lease is not None and lease.actor != person.actor) or held_for_other(
                case, person, self._clock.now()
            )
            why: LeftOut | None = "held" if taken else None
            found = why or (self._ready(person, one, room=texts < MOST_TEXTS) if isinstance(one, _Read) else one)
            if isinstance(found, ReadyCase):
                ready.append(found)
                texts += found.text is not None
            else:
                left.append(LeftCase(case.case, found))
        return Prepared(tuple(ready), tuple(left), max(0, len(unique) - MOST_IN_BATCH))

    def of_campaign(self, person: Person, case_id: str) -> tuple[str, ...]:
        """The open cases of the campaign that a case belongs to, this one first: those of the person's teams, and those that its
        posts have of their own.

        Raises:
            NotFoundError: no such case within the person's reach.
        """
        person.acting_role(MAY_DECIDE_MANY, "batch")
        case = self._cases.read(case_id)
        if case is None or not person.reaches(case):
            raise NotFoundError(f"case {case_id}: no such case")
        ids = [case.case]
        # A campaign's name may have fallen since the case learned of it: its posts bear the present one.
        roots = {campaign_id(one.root) for one in self._links.roots(case.posts).values()} if case.posts else set()
        ids += [
            found
            for name in sorted(roots | ({case.campaign} if case.campaign else set()))
            for team in sorted(person.teams)
            if (found := self._cases.latest_of_campaign(team, name))
        ]
        latest = self._cases.latest_of_each(case.posts) if case.posts else {}
        ids += [latest[post].case for post in case.posts if post in latest]
        known = [read for name in dict.fromkeys(ids) if (read := find_case(self._cases, name)) is not None]
        open_ones = [one.case for one in known if one.is_open and person.reaches(one)]
        return tuple(dict.fromkeys(open_ones))

    def _looked_at(self, person: Person, case: Case) -> _Read | LeftOut:
        """What the case rests on and what of it this person was shown before; nothing is shown by that."""
        why = not_together(case, person)
        if why is not None:
            return why
        if not actions_together(case, person):
            return "no_action"
        if case.archive is None:
            return "reports" if case.reports else "unreadable"
        try:
            archived = read_archived(self._archive, case.archive)
            excerpt = excerpt_of(case, archived)
            post = post_from_dict({name: value for name, value in archived.post.items() if name != CONTACTS})
            shown = self._shown(case.case, person.actor, case.content_version)
        except (NotFoundError, PermanentError):
            return "unreadable"
        except TransientError:
            return "later"
        sexualised = any(piece.dimension == SEXUALISED and piece.state == "stated" for piece in archived.evidence())
        return _Read(case, excerpt, post, shown, excerpt.distressing or sexualised)

    def _ready(self, person: Person, read: _Read, *, room: bool) -> ReadyCase | LeftOut:
        case = read.case
        if case.reports and SHOWN_REPORT not in read.shown:
            return "reports"
        unread = SHOWN_TEXT not in read.shown
        if unread and read.distressing:
            return "distressing"
        if unread and not room:
            return "too_many_texts"
        try:
            # Before anything is shown. Of one that was read before, title and sentence are a part of what was.
            self._record_view(case.case, person.actor, (SHOWN_TEXT,), version=case.content_version)
        except TransientError:
            return "later"
        if unread:
            now = self._clock.now()
            self._work.note_view(
                person.actor, View(now, False, f"{case.case}/{case.content_version}"), until=now + VIEWS_KEPT
            )
        return ReadyCase(
            case=case, excerpt=read.excerpt, text=read.post if unread else None, actions=actions_together(case, person),
        )  # fmt: skip


class DecideBatch:
    """Decides on each case as `DecideCase` does: its own vote, decision, entries and event, and one name for the batch."""

    def __init__(self, *, cases: CaseStore, decide: DecideCase, clock: Clock, metrics: Metrics) -> None:
        self._cases = cases
        self._decide = decide
        self._clock = clock
        self._metrics = metrics

    def __call__(
        self, person: Person, batch: str, revisions: Mapping[str, int], action: Action, *, reasons: tuple[str, ...] = (),
        words: str = "",
    ) -> tuple[Decided, ...]:  # fmt: skip
        """What became of each case, in their order. The same batch again decides nothing twice and goes on where it stopped.

        Args:
            revisions: those of the cases as this person was shown them.

        Raises:
            PermissionDeniedError: the role, the action or the number doesn't allow it; nothing was decided.
            ThinReasonError: it needs a reason that others can read; nothing was decided.
        """
        person.acting_role(MAY_DECIDE_MANY, "batch")
        check_batch(action, reasons, words, count=len(revisions))
        begun = self._clock.now()
        made = []
        for case, revision in revisions.items():
            late = self._clock.now() - begun > timedelta(seconds=SECONDS_IN_ALL)
            request = DecisionRequest(
                decision_id=decision_id_of(batch, case), action=action, revision=revision, reason=words,
                reasons=reasons, batch=batch,
            )  # fmt: skip
            made.append(Decided(case, "later" if late else self._one(person, case, request)))
        done = sum(one.outcome in ("done", "waits") for one in made)
        self._metrics.count("BatchDecisions", done, action=action)
        return tuple(made)

    def _one(self, person: Person, case_id: str, request: DecisionRequest) -> Outcome:
        """One that fails stops no other."""
        try:
            case = self._cases.read(case_id)
            if case is None or not person.reaches(case):
                return "gone"
            if not repeated(case, person, request):
                if case.revision != request.revision:
                    return "changed"
                if not_together(case, person) is not None or request.action not in actions_together(case, person):
                    return "refused"
            after = self._decide(case_id, person, request)
        except UnseenTextError:
            return "unseen"
        except ConflictError:
            return "held" if self._is_unchanged(case_id, request) else "changed"
        except PermissionDeniedError:
            return "refused"
        except NotFoundError:
            return "gone"
        except ScreeningError:
            return "later"
        return "done" if after.state == "decided" else "waits"

    def _is_unchanged(self, case_id: str, request: DecisionRequest) -> bool:
        """A conflict on a case that is as it was shown: somebody else works on it."""
        try:
            stored = self._cases.read(case_id)
        except ScreeningError:
            return False
        return stored is not None and stored.revision == request.revision
