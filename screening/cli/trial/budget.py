"""What a fixed number of posts a day would show reviewers: posts in the order of their rank, within each day."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from screening.cli.trial.decision_words import Outcome
from screening.cli.trial.tally import TIERS, is_flagged
from screening.statistics import Share
from screening.values.result import Tier

DEFAULT_BUDGET = 200
DEFAULT_MINUTES = 4.0
"""Minutes for one case. An assumption: nobody has measured it, and --minutes-per-case says it better."""
MOST_BUDGET = 1_000_000
_UNDATED = -1
_BUDGET = re.compile(r"(\d{1,9})(?:\s{0,3}/\s{0,3}(?:day|d))?\Z")
_STEPS = (0.1, 0.25, 0.5, 1, 2, 5, 10)


def parse_budget(text: str) -> int:
    """ "200/day" -> 200. Raises ValueError for anything else."""
    match = _BUDGET.match(text.strip().lower())
    if not match or not 1 <= int(match[1]) <= MOST_BUDGET:
        raise ValueError(f"'{text[:40]}' is no number of posts a day; write for example 200/day")
    return int(match[1])


@dataclass(slots=True)
class RankedPosts:
    """Some twenty bytes a post in columns: its day, its rank, a number that breaks ties, its tier and what they did."""

    _days: array[int] = field(default_factory=lambda: array("i"))
    _ranks: array[float] = field(default_factory=lambda: array("d"))
    _ties: array[int] = field(default_factory=lambda: array("Q"))
    _tiers: bytearray = field(default_factory=bytearray)
    _acted: bytearray = field(default_factory=bytearray)

    def add(self, day: date | None, rank: float, tie: int, tier: Tier, outcome: Outcome | None) -> None:
        """`tie` is below 2**64 and has nothing to do with the order of the file, which may have put removed posts first."""
        self._days.append(day.toordinal() if day else _UNDATED)
        self._ranks.append(rank)
        self._ties.append(tie)
        self._tiers.append(TIERS.index(tier))
        self._acted.append(outcome == "acted")

    def placed(self) -> PlacedPosts:
        """Each post at its place, from 1, within its day; posts without a date are one day together."""
        order = list(range(len(self._days)))
        # Three stable sorts over columns take a third of the memory that one over tuples takes.
        order.sort(key=self._ties.__getitem__)
        order.sort(key=self._ranks.__getitem__, reverse=True)
        order.sort(key=self._days.__getitem__)
        tiers: dict[Tier, array[int]] = {tier: array("I") for tier in TIERS}
        acted: array[int] = array("I")
        sizes: list[tuple[int, int]] = []
        for _, group in groupby(order, key=self._days.__getitem__):
            found = place = 0
            for place, index in enumerate(group, 1):
                tiers[TIERS[self._tiers[index]]].append(place)
                if self._acted[index]:
                    found += 1
                    acted.append(place)
            sizes.append((place, found))
        dated = sorted({day for day in self._days if day != _UNDATED})
        return PlacedPosts(
            places={tier: array("I", sorted(places)) for tier, places in tiers.items()},
            acted=array("I", sorted(acted)),
            days=tuple(sizes),
            dated_days=len(dated),
            undated=self._days.count(_UNDATED),
            first=date.fromordinal(dated[0]) if dated else None,
            last=date.fromordinal(dated[-1]) if dated else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AtBudget:
    """What `budget` posts a day show: posts, by tier, those of our flags and of their actions, and hours a week."""

    budget: int
    shown: int
    by_tier: dict[Tier, int]
    flagged: Share  # of all we flag, those shown
    acted: Share  # of all they acted on, those shown
    by_chance: float | None  # the share of their actions that the same number of posts, drawn at random, would show
    hours: float  # a week where posts have days, else in all: for every post shown
    flagged_hours: float  # the same for those we flag alone


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedPosts:
    """Sorted places within the days, per tier and of what they acted on; `days` holds (posts, acted on) of each."""

    places: dict[Tier, Sequence[int]]
    acted: Sequence[int]
    days: tuple[tuple[int, int], ...]
    dated_days: int
    undated: int
    first: date | None
    last: date | None

    @property
    def largest(self) -> int:
        return max((posts for posts, _ in self.days), default=0)

    def share_of_actions(self, budget: int) -> float | None:
        return bisect_right(self.acted, budget) / len(self.acted) if self.acted else None

    def share_by_chance(self, budget: int) -> float | None:
        if not self.acted:
            return None
        return sum(min(1.0, budget / posts) * acted for posts, acted in self.days) / len(self.acted)

    def at(self, budget: int, minutes: float) -> AtBudget:
        """Hours are for seven days such as these, or for the one day where no post has a date."""
        by_tier = {tier: bisect_right(places, budget) for tier, places in self.places.items()}
        flagged = Share(
            part=sum(count for tier, count in by_tier.items() if is_flagged(tier)),
            whole=sum(len(places) for tier, places in self.places.items() if is_flagged(tier)),
        )
        shown = sum(by_tier.values())
        weeks = len(self.days) / 7 if self.dated_days else 1.0
        return AtBudget(
            budget=budget,
            shown=shown,
            by_tier=by_tier,
            flagged=flagged,
            acted=Share(part=bisect_right(self.acted, budget), whole=len(self.acted)),
            by_chance=self.share_by_chance(budget),
            hours=shown * minutes / 60 / weeks,
            flagged_hours=flagged.part * minutes / 60 / weeks,
        )

    def steps(self, budget: int) -> list[int]:
        """Budgets to compare: a tenth to ten times the given one, as far as a day has posts; always the given one."""
        wanted = {round(budget * step) for step in _STEPS}
        return sorted(step for step in wanted if step == budget or 0 < step < self.largest)
