"""What the metrics know of a case: when it came, what people decided, and what was learned of it afterwards.

`outcome` is a partner's or a senior's word on a decided case. It is the only thing here that is taken for true; that a rule
was cited, or that a reviewer acted on it, is no proof of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from screening.cases.case import Case, CaseQueue
from screening.cases.case_parts import Outcome
from screening.cases.vote import Action, Recheck, Vote
from screening.values.result import Tier

Word = Literal["disputed", "confirmed", "lead", "not_useful"]
AppealAnswer = Literal["upheld", "overturned"]
WORDS: tuple[Word, ...] = ("disputed", "confirmed", "lead", "not_useful")
"""What weighs most first: where two who can know say different things, a doubt counts before a confirmation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CastVote:
    """`blind` where the person couldn't see the votes before theirs; `facts` as in `cases.vote.Vote`."""

    actor: str
    action: Action
    blind: bool
    at: datetime
    facts: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedCase:
    """`handling_seconds` is how long people held the case before deciding, None where it wasn't measured.

    `last_action` is what stands in the end, None where it is `action`: another decision, or `restore` after an appeal.
    """

    case: str
    platform: str
    queue: CaseQueue
    language: str | None
    tier: Tier
    opened_at: datetime
    due_at: datetime
    decided_at: datetime | None = None  # of the first decision: what is added later is no delay
    action: Action | None = None  # of the first
    last_action: Action | None = None
    people: int = 0  # who voted on it
    votes: tuple[CastVote, ...] = ()  # in the order in which they were cast
    second_review: bool = False  # drawn for one at random
    recheck: Recheck | None = None
    rules: frozenset[str] = frozenset()  # ids; empty where none was kept
    indicators: frozenset[str] = frozenset()
    audit_probability: float | None = None  # 0..1, of being drawn into the audit sample
    handling_seconds: float | None = None
    outcome: Word | None = None
    overturned: bool = False  # an appeal or a senior reversed a decision
    appeal_answer: AppealAnswer | None = None  # None where nobody appealed or nobody answered yet
    reported: bool = False
    first_look_at: datetime | None = None  # when who voted took it first; None where nobody who voted had taken it

    @property
    def judges_offer(self) -> bool:
        """Whether the question is what an offer shows: an appeal asks about a decision."""
        return self.queue != "appeals"

    @property
    def shown_tier(self) -> Tier:
        """The tier as the console tells it: a case of the audit sample counts where it stood."""
        return self.tier if self.tier in ("urgent", "inconclusive") else "review"

    @property
    def is_flagged(self) -> bool:
        """Whether the screening raised it: not drawn, not reported alone, and read at all."""
        return self.judges_offer and self.queue != "audit" and self.tier in ("review", "urgent")

    @property
    def is_decided(self) -> bool:
        return self.decided_at is not None

    @property
    def acted_on(self) -> bool:
        """Whether people decided anything but to dismiss it, whatever became of that."""
        return self.action not in (None, "dismiss")

    @property
    def stands_acted_on(self) -> bool:
        """Whether it came to something in the end."""
        return (self.last_action or self.action) not in (None, "dismiss", "restore")

    @property
    def stands_dismissed(self) -> bool:
        """Whether it came to nothing in the end: dismissed, or acted on and reversed."""
        return self.is_decided and not self.stands_acted_on


def reviewed(case: Case) -> ReviewedCase:
    """What the metrics take from a case. Merged cases are left out by the caller: their posts count where they went."""
    decided = case.decisions[0] if case.decisions else None
    appeal = _appeal_answer(case.outcomes)
    rechecks = [decision.recheck for decision in case.decisions if decision.recheck is not None]
    return ReviewedCase(
        case=case.case, platform=case.platform, queue=case.queue, language=case.language, tier=case.tier,
        opened_at=case.opened_at, due_at=case.due_at, decided_at=decided.decided_at if decided else None,
        action=decided.action if decided else None, last_action=_last_action(case, appeal),
        people=len({vote.actor for vote in case.votes}), votes=tuple(map(_cast, case.votes)),
        second_review=case.second_review, recheck=rechecks[-1] if rechecks else None,
        rules=frozenset(rule for decision in case.decisions for rule in decision.rules),
        indicators=frozenset(case.indicators), audit_probability=case.audit_probability,
        handling_seconds=_handling_seconds(case.votes), outcome=_word(case.outcomes),
        overturned="overturned" in rechecks or bool(case.overruled) or (appeal is not None and appeal.opinion == "overturned"),
        appeal_answer=None if appeal is None else "overturned" if appeal.opinion == "overturned" else "upheld",
        reported=bool(case.reports), first_look_at=_first_look(case.votes),
    )  # fmt: skip


def _cast(vote: Vote) -> CastVote:
    return CastVote(actor=vote.actor, action=vote.action, blind=vote.blind, at=vote.at, facts=vote.facts)


def _handling_seconds(votes: tuple[Vote, ...]) -> float | None:
    """None where one vote has no time: the sum of the others would look quicker than it was."""
    seconds = [vote.seconds for vote in votes if not vote.recheck]
    known = [taken for taken in seconds if taken is not None]
    return float(sum(known)) if known and len(known) == len(seconds) else None


def _first_look(votes: tuple[Vote, ...]) -> datetime | None:
    """Who votes holds the case since they took it, and had it before their eyes from then on."""
    return min((vote.at - timedelta(seconds=vote.seconds) for vote in votes if vote.seconds is not None), default=None)


def _appeal_answer(outcomes: tuple[Outcome, ...]) -> Outcome | None:
    answers = [outcome for outcome in outcomes if outcome.opinion in ("upheld", "overturned")]
    return max(answers, key=lambda answer: answer.at, default=None)


def _last_action(case: Case, appeal: Outcome | None) -> Action | None:
    newest = case.decision
    if newest is not None and appeal is not None and appeal.opinion == "overturned" and appeal.at >= newest.decided_at:
        return "restore"
    return newest.action if newest else None


def _word(outcomes: tuple[Outcome, ...]) -> Word | None:
    """By each source's newest word, the one that weighs most."""
    said = {outcome.source: outcome.opinion for outcome in sorted(outcomes, key=lambda outcome: outcome.at)}
    return next((word for word in WORDS if word in said.values()), None)
