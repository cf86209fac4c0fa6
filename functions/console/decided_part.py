"""What was decided, by whom and why, and what can be taken back: as the case page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from screening.cases.told_decisions import ToldDecision, ToldReopening, ToldVote


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A ready-made reason: `name` of a text under "ready.", about `sign` where it isn't ""."""

    name: str
    sign: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordRow:
    """One person's word. `who` is their id where the reader is told it; else their role is shown. `own`: the reader's."""

    at: datetime
    action: str
    partner: str
    role: str
    who: str
    own: bool
    reasons: tuple[ReasonRow, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    action: str
    partner: str
    at: datetime
    standing: str
    votes: tuple[WordRow, ...]
    again: tuple[WordRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoPart:
    """The reader's own decision. `gone`: it has left the house."""

    action: str
    until: datetime
    gone: bool


def reason_row(name: str) -> ReasonRow:
    kind, _, sign = name.partition(":")
    return ReasonRow(kind, sign)


def decision_rows(made: Iterable[ToldDecision], names: Mapping[str, str]) -> tuple[DecisionRow, ...]:
    """Args:
    names: of partners, by id.
    """
    return tuple(
        DecisionRow(
            action=one.action, partner=names.get(one.partner or "", one.partner or ""), at=one.at,
            standing=one.standing, votes=tuple(_word(vote, names) for vote in one.votes),
            again=tuple(_word(vote, names) for vote in one.again),
        )
        for one in made
    )  # fmt: skip


def reopening_rows(told: Iterable[ToldReopening]) -> tuple[WordRow, ...]:
    return tuple(
        WordRow(
            at=one.at, action="", partner="", role="", who=one.actor or "", own=one.own, reasons=(), words=one.words
        )
        for one in told
    )


def _word(vote: ToldVote, names: Mapping[str, str]) -> WordRow:
    return WordRow(
        at=vote.at, action=vote.action, partner=names.get(vote.partner or "", vote.partner or ""), role=vote.role,
        who=vote.actor or "", own=vote.own, reasons=tuple(map(reason_row, vote.reasons)), words=vote.words,
    )  # fmt: skip
