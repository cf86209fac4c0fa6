"""Two judgements of the same posts, counted against each other: the platform's decisions and our tiers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from screening.assessment.weighing import TIER_ORDER
from screening.cli.trial.decision_words import Outcome
from screening.statistics import Share
from screening.values.result import Tier

FLAGGED_FROM = TIER_ORDER["review"]
"""Only review and urgent open cases; watch is kept in sight, and nobody is asked to look."""
TIERS: tuple[Tier, ...] = ("urgent", "review", "watch", "inconclusive", "clear")
LEAST = 30
"""Posts that a share needs under it to be shown for a group; below, the interval says next to nothing."""
MOST_NAMES = 1_000


def is_flagged(tier: Tier) -> bool:
    return TIER_ORDER[tier] >= FLAGGED_FROM


@dataclass(slots=True)
class Cross:
    """Posts by what the platform did (acted, kept, or nobody decided) and by whether we flag them."""

    acted_flagged: int = 0
    acted_unflagged: int = 0
    kept_flagged: int = 0
    kept_unflagged: int = 0
    undecided_flagged: int = 0
    undecided_unflagged: int = 0

    def add(self, outcome: Outcome | None, *, flagged: bool) -> None:
        if outcome == "acted":
            self.acted_flagged += flagged
            self.acted_unflagged += not flagged
        elif outcome == "kept":
            self.kept_flagged += flagged
            self.kept_unflagged += not flagged
        else:
            self.undecided_flagged += flagged
            self.undecided_unflagged += not flagged

    @property
    def acted(self) -> int:
        return self.acted_flagged + self.acted_unflagged

    @property
    def kept(self) -> int:
        return self.kept_flagged + self.kept_unflagged

    @property
    def undecided(self) -> int:
        return self.undecided_flagged + self.undecided_unflagged

    @property
    def decided(self) -> int:
        return self.acted + self.kept

    @property
    def posts(self) -> int:
        return self.decided + self.undecided

    @property
    def flagged(self) -> int:
        return self.acted_flagged + self.kept_flagged + self.undecided_flagged

    @property
    def acted_found(self) -> Share:
        """Of what they acted on, what we flag."""
        return Share(part=self.acted_flagged, whole=self.acted)

    @property
    def kept_found(self) -> Share:
        """Of what they left up by decision, what we flag."""
        return Share(part=self.kept_flagged, whole=self.kept)

    @property
    def undecided_found(self) -> Share:
        """Of what nobody decided, what we flag."""
        return Share(part=self.undecided_flagged, whole=self.undecided)

    @property
    def flags_acted_on(self) -> Share:
        """Of what we flag and they decided, what they acted on."""
        return Share(part=self.acted_flagged, whole=self.acted_flagged + self.kept_flagged)

    @property
    def agreement(self) -> Share:
        """Decided posts on which both say the same; those without a decision can't agree or disagree."""
        return Share(part=self.acted_flagged + self.kept_unflagged, whole=self.decided)

    @property
    def agreement_of_silence(self) -> Share:
        """What agreement would be if nothing at all were flagged: high wherever little is acted on."""
        return Share(part=self.kept, whole=self.decided)

    @property
    def acted_share(self) -> Share:
        """Of the decided posts, those acted on."""
        return Share(part=self.acted, whole=self.decided)


@dataclass(slots=True)
class Tally:
    """Counts alone: nothing of a post is kept."""

    whole: Cross = field(default_factory=Cross)
    by_tier: dict[str, Cross] = field(default_factory=dict)
    by_language: dict[str, Cross] = field(default_factory=dict)
    by_sector: dict[str, Cross] = field(default_factory=dict)
    by_signal: dict[str, Cross] = field(default_factory=dict)
    with_signals: Cross = field(default_factory=Cross)
    without_signals: Cross = field(default_factory=Cross)
    signals_left_out: int = 0  # names of signals beyond the first thousand, as often as they came

    def add(
        self, outcome: Outcome | None, tier: Tier, *, language: str, sector: str, signals: Iterable[str] = ()
    ) -> None:
        flagged = is_flagged(tier)
        self.whole.add(outcome, flagged=flagged)
        for groups, name in ((self.by_tier, tier), (self.by_language, language), (self.by_sector, sector)):
            groups.setdefault(name, Cross()).add(outcome, flagged=flagged)
        names = set(signals)
        (self.with_signals if names else self.without_signals).add(outcome, flagged=flagged)
        for name in names:
            if name in self.by_signal or len(self.by_signal) < MOST_NAMES:
                self.by_signal.setdefault(name, Cross()).add(outcome, flagged=flagged)
            else:
                self.signals_left_out += 1


def largest_first(groups: dict[str, Cross]) -> list[tuple[str, Cross]]:
    """By posts, equal ones by name, so that the same posts give the same tables."""
    return sorted(groups.items(), key=lambda entry: (-entry[1].posts, entry[0]))


def tiers_of(groups: dict[str, Cross]) -> list[tuple[str, Cross]]:
    """All five, the most serious first."""
    return [(tier, groups.get(tier, Cross())) for tier in TIERS]
