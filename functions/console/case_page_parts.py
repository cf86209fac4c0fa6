"""The parts of a case page, as its template shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup

from functions.console.campaign_page import MemberRow
from functions.console.decided_part import ReasonRow
from screening.cases.vote import Action

OVERRIDE = ":override"
"""Behind `refer` where a senior refers on evidence in one dimension."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNote:
    """A note with the keys of its texts; "" where the console has no words of its own for the indicator."""

    number: int
    indicator: str
    state: str
    strength: str
    dimension: str
    tone: str
    quotes: tuple[str, ...]
    rules: tuple[str, ...]
    sources: tuple[Any, ...]
    veiled: bool
    marked: bool
    means_key: str
    else_key: str
    counter: str = ""
    counter_key: str = ""
    counts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """`name` of a text under "fact."; `group` names the texts of its values, "" where they are shown as they are."""

    name: str
    values: tuple[str, ...] = ()
    group: str = ""
    moment: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactCount:
    kind: str
    country: str | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedPay:
    low: float | None
    high: float | None
    currency: str
    period: str | None
    basis: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PayPart:
    verdict: str
    stated: tuple[StatedPay, ...]
    chart: Markup
    reference: Mapping[str, Any] | None
    undated: bool  # the day of the assessment chose the figures


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignPart:
    """`size` counts this post too; `shown` says whether the campaign has a page of its own."""

    size: int
    members: tuple[MemberRow, ...]
    signs: tuple[CaseNote, ...]
    shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarRow:
    case: str
    action: str
    at: datetime
    shared: tuple[str, ...]
    outcome: str | None = None

    @property
    def short(self) -> str:
        return self.case[:8]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """`times`: so often in a row, `at` the last of them."""

    at: datetime
    what: str
    action: str = ""
    detail: str = ""
    times: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRow:
    """`source`: partner, senior or appeal; `name` is the partner's, or the id of the appeal's case."""

    at: datetime
    source: str
    name: str
    opinion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealPart:
    case: str
    action: str
    decided_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementPart:
    """What somebody wrote; `address` and `post` say where the offer stands, "" where they don't."""

    words: str
    address: str
    post: str
    child_offence: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedPart:
    action: str
    partner: str  # its name; "" for none


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionChoice:
    action: Action
    key: str  # the digit that chooses it
    needs_partner: bool
    needs_reason: bool
    people: int
    lacking: str = ""  # a text under "lacking.": why it would be refused as things stand
    override: bool = False  # a senior's referral on evidence in one dimension
    ready: tuple[ReasonRow, ...] = ()  # ready-made reasons

    @property
    def value(self) -> str:
        """As the form sends it."""
        return f"{self.action}{OVERRIDE}" if self.override else self.action


@dataclass(frozen=True, slots=True, kw_only=True)
class LackingPart:
    """Why a referral would be refused, and what can be done in its place: `names` are texts under "dimension." or "referral_sign."."""

    supporting: tuple[str, ...]
    weak: tuple[str, ...]
    left_out: tuple[str, ...]  # indicators
    may_override: bool  # this person
    a_senior_may: bool
    may_notify: bool
