"""The sentences of a statement of reasons, which every language fills in."""

from __future__ import annotations

from dataclasses import dataclass

from screening.referrals.reason_groups import Group
from screening.values.result import ConcernType


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One language. A poster reads all of it: it says nothing of who else knows, and names no sign, word or rule.

    `reviewed`: whether a lawyer who is a native speaker has read it.
    """

    reviewed: bool
    title: str
    removed: str
    everywhere: str
    in_countries: str  # {countries}
    without_end: str
    until: str  # {date}
    own_initiative: str
    after_notice: str
    found_by_machine: str
    found_by_people: str
    looked_at: str
    groups: dict[Group, str]
    concerns: dict[ConcernType, str]
    union: str  # as it stands in the number of a directive
    community: str  # likewise, for those of the European Community
    directives: str  # {numbers}
    fraud_law: str
    illegal: str  # {laws}
    terms: str
    no_judgement: str
    to_fix: str
    fixes: tuple[str, str, str, str, str, str]
    redress: str
    complaint: str
    out_of_court: str
    court: str
