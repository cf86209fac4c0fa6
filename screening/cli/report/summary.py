"""What a scan adds up to: counts of everything, and the foremost flagged posts kept whole. Memory stays bounded."""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass, field

from screening.assessment.weighing import TIER_ORDER
from screening.cli.reading import InputCounts
from screening.cli.report.unjudged import MOST_UNJUDGED, Unjudged, unjudged
from screening.posts.post import Post
from screening.values.result import Assessment

_FLAGGED_FROM = TIER_ORDER["watch"]
NO_SECTOR = "not told"
OTHER_SECTORS = "other sectors"


@dataclass(frozen=True, slots=True)
class Flagged:
    assessment: Assessment
    post: Post


@dataclass(slots=True, kw_only=True)
class Summary(InputCounts):
    """Counts over all posts; `keep` flagged ones by rank."""

    keep: int
    posts: int = 0
    by_tier: Counter[str] = field(default_factory=Counter)
    by_language: Counter[str] = field(default_factory=Counter)
    flagged_by_language: Counter[str] = field(default_factory=Counter)
    by_sector: Counter[str] = field(default_factory=Counter)
    flagged_by_sector: Counter[str] = field(default_factory=Counter)
    by_concern: Counter[str] = field(default_factory=Counter)
    by_indicator: Counter[str] = field(default_factory=Counter)
    by_inconclusive: Counter[str] = field(default_factory=Counter)
    unjudged: list[Unjudged] = field(default_factory=list)  # the first of tier inconclusive, `MOST_UNJUDGED` at most
    _heap: list[tuple[float, int, Flagged]] = field(default_factory=list)

    def add(self, item: Flagged) -> None:
        assessment = item.assessment
        self.posts += 1
        self.by_tier[assessment.tier] += 1
        language = assessment.post.language or "unknown"
        sector = self._sector(assessment)
        self.by_language[language] += 1
        self.by_sector[sector] += 1
        if assessment.inconclusive:
            self.by_inconclusive[assessment.inconclusive] += 1
        if assessment.tier == "inconclusive" and len(self.unjudged) < MOST_UNJUDGED:
            self.unjudged.append(unjudged(assessment, item.post))
        if TIER_ORDER[assessment.tier] < _FLAGGED_FROM:
            return
        self.flagged_by_language[language] += 1
        self.flagged_by_sector[sector] += 1
        self.by_concern.update(concern.type for concern in assessment.concerns)
        self.by_indicator.update({evidence.indicator for evidence in assessment.evidence if evidence.state == "stated"})
        # The running number breaks ties, so that equal ranks keep the order of the input.
        entry = (assessment.rank, -self.posts, item)
        if len(self._heap) < self.keep:
            heapq.heappush(self._heap, entry)
        elif self.keep:
            heapq.heappushpop(self._heap, entry)

    def foremost(self) -> list[Flagged]:
        """The kept flagged posts, highest rank first."""
        return [item for _, _, item in sorted(self._heap, key=lambda entry: entry[:2], reverse=True)]

    @staticmethod
    def _sector(assessment: Assessment) -> str:
        sector = assessment.post.sector
        if assessment.post.kind != "job":
            return assessment.post.kind
        if sector is None:
            return NO_SECTOR
        return sector.high_risk or OTHER_SECTORS
