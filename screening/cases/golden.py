"""Golden cases: decided cases whose right answer is known, shown again unmarked to learn how people judge.

Which case may be one, what the person is shown, and what they answered. Why it is made so: docs/decisions/0022-golden-cases.md.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from screening.cases.case import CASE_NAMESPACE, Case
from screening.cases.case_parts import HistoryLine
from screening.cases.decisions import people_who_decided, takes_two_to_dismiss
from screening.cases.golden_marks import Golden
from screening.cases.people import MAY_DECIDE, MAY_KEEP_GOLDEN, Person
from screening.cases.queue_order import due_at
from screening.cases.told_decisions import standing_decision
from screening.cases.vote import Action
from screening.posts.post import Post

MOST_SHARE = 0.2
"""Of the cases that a person takes: more would be a test with some work in it."""
NOT_TWICE_WITHIN = timedelta(days=180)
LAPSES_AFTER = timedelta(days=3)
"""Past its hour and untouched for so long, it goes: it is no work that anybody owes."""
RIGHT_ACTIONS: tuple[Action, ...] = ("dismiss", "warn_applicants", "ask_poster", "remove", "offer_support", "refer")
"""A notice to an authority is a duty of one senior under time, and an appeal has a person who waits: neither is a test."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldenAnswer:
    """What one person said of one golden case. `agrees`: it is among the right actions. `at` is when they said it."""

    case: str
    source: str
    actor: str
    action: Action
    right: tuple[Action, ...]
    signs: tuple[str, ...]
    at: datetime

    @property
    def agrees(self) -> bool:
        return self.action in self.right


def unfit(case: Case) -> str:
    """Why the case can't be a known one, as the name of a text under "golden.unfit."; "" where it can.

    It must be settled, and a plain offer that hurts nobody to read and that can be shown as new: no report, whose writer never
    agreed to it; no campaign of several posts, which has changed since; no day by which to act, which would be over.
    """
    decision = standing_decision(case)
    if case.golden is not None or decision is None or case.waits_for_people or case.overruled:
        return "not_settled"
    if any(made.awaits_second_look for made in case.decisions) or decision.action not in RIGHT_ACTIONS:
        return "not_settled"
    if case.severe or case.tier == "urgent" or takes_two_to_dismiss(case):
        return "severe"
    if case.reports or case.appeal is not None or case.queue not in ("review", "inconclusive", "audit"):
        return "reported"
    if case.members or not case.post_id or case.archive is None or case.previous_case:
        return "several"
    return "dated" if case.act_by is not None else ""


def may_be_proposed(case: Case, person: Person) -> bool:
    """Whether the case's page leads this person to proposing it. It leads there from a golden case as from the case it shows."""
    return bool(person.roles & MAY_KEEP_GOLDEN) and not unfit(replace(case, golden=None))


def may_serve(case: Case) -> bool:
    """Whether it may be shown now: confirmed by a second senior, and what was decided on it still stands as right."""
    decision = standing_decision(case)
    right = case.known is not None and decision is not None and decision.action in case.known.right
    return right and case.known is not None and case.known.is_confirmed and not unfit(case)


def had_a_part(case: Case, person: Person) -> bool:
    """Whether the person knows it already: voted on it, or said what is right."""
    spoke = {vote.actor for vote in case.votes} | set(people_who_decided(case))
    known = {case.known.proposed_by, case.known.confirmed_by} if case.known else set()
    return person.actor in spoke | known


def may_answer(case: Case, person: Person) -> bool:
    """Whether one of the right actions lies within the person's role: nobody is measured by what they may not do."""
    return case.known is not None and any(person.roles & MAY_DECIDE[action] for action in case.known.right)


def drawn(token: str, share: float) -> bool:
    """Whether a case that was taken under this lease brings a golden one after it, which are then `share` of all taken.

    The same lease gives the same answer, so that taking a case twice draws once.
    """
    share = min(max(share, 0.0), MOST_SHARE)
    chance = int.from_bytes(hashlib.sha256(f"golden\x1f{token}".encode()).digest()[:6]) / 2**48
    return chance < share / (1 - share)


def pick(candidates: Iterable[Case], token: str) -> Case | None:
    """One of them, each with the same chance, by the lease's token."""
    ordered = sorted(candidates, key=lambda case: hashlib.sha256(f"{token}\x1f{case.case}".encode()).digest())
    return ordered[0] if ordered else None


def golden_id(token: str) -> str:
    """As any case's id looks; one a lease."""
    return str(uuid.uuid5(CASE_NAMESPACE, f"golden\x1f{token}"))


def shown_again(source: Case, person: Person, *, identity: str, now: datetime) -> Case:
    """The decided case as it would be if it opened now, for this person alone: with its facts, and nothing of what became of it."""
    days = max(0, (now - source.opened_at) // DAY)
    later = days * DAY // timedelta(milliseconds=1)
    known = source.known
    return replace(
        source, case=identity, generation=1, seq=source.seq + later, content_seq=source.content_seq + later, state="open",
        highest_tier=source.tier, opened_at=now, facts_at=now, post_withdrawn=False, events=(), senders=(), referrals=(), votes=(), decisions=(),
        overruled=(), facts=1, audit_probability=None, hold=None, outbox=(), second_review=False, outcomes=(), warned=(),
        excluded=(), silent_until=None, known=None, asked=None, assigned=None, revision=0, ledger_index=-1, ledger_hash="",
        due_at=due_at(
            queue=source.queue, tier=source.tier, rank=source.rank, act_by=None, reports=0, since=now, corridor=source.corridor
        ),
        history=(HistoryLine(at=now, what="opened", detail=source.tier),),
        golden=Golden(source=source.case, actor=person.actor, right=known.right if known else (), days=days),
    )  # fmt: skip


def told_later(post: Post, golden: Golden) -> Post:
    """The post with its dates as old as they were when the case first opened."""
    by = golden.days * DAY

    def moved(at: datetime | None) -> datetime | None:
        return at + by if at is not None else None

    poster = replace(post.poster, created_at=moved(post.poster.created_at)) if post.poster else None
    return replace(
        post, poster=poster, posted_at=moved(post.posted_at), updated_at=moved(post.updated_at),
        expires_at=moved(post.expires_at),
    )  # fmt: skip


def assessed_later(assessment: dict[str, Any], golden: Golden) -> dict[str, Any]:
    """The assessment likewise: its own time, and that of the post."""
    moved = dict(assessment)
    if assessment.get("assessed_at"):
        at = datetime.fromisoformat(str(assessment["assessed_at"])) + golden.days * DAY
        moved["assessed_at"] = at.isoformat().replace("+00:00", "Z")
    post = assessment.get("post")
    if isinstance(post, dict) and isinstance(post.get("seq"), int):
        moved["post"] = {**post, "seq": post["seq"] + golden.days * DAY // timedelta(milliseconds=1)}
    return moved


def lapsed(case: Case, now: datetime) -> bool:
    return case.is_open and not case.votes and now > case.due_at + LAPSES_AFTER


def answer_of(case: Case) -> GoldenAnswer | None:
    """The person's word as it stands: None before it, and where they took it back."""
    if case.golden is None or not case.votes:
        return None
    vote = case.votes[-1]
    return GoldenAnswer(
        case=case.case, source=case.golden.source, actor=case.golden.actor, action=vote.action, right=case.golden.right,
        signs=case.indicators, at=vote.at,
    )  # fmt: skip


def is_told(case: Case, now: datetime) -> bool:
    """Whether the person knows by now what it was: from the day (UTC) after they answered, so that the next ones stay unmarked."""
    answer = answer_of(case)
    return answer is not None and answer.at.astimezone(UTC).date() < now.astimezone(UTC).date()
