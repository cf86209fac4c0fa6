"""The posts on which the two judge most differently, kept whole to be read; everything else of a post is forgotten."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from itertools import count

from screening.cli.report.summary import Flagged
from screening.cli.trial.decisions_file import Decision
from screening.cli.trial.tally import is_flagged

TO_READ = 50
EACH_WAY = TO_READ // 2


@dataclass(frozen=True, slots=True)
class Disagreement:
    item: Flagged
    decision: Decision
    signals: tuple[str, ...]  # names of the platform's own


@dataclass(slots=True)
class _Foremost:
    """The `TO_READ` with the highest score; equal scores by `tie`, so that the order of the file doesn't decide."""

    _heap: list[tuple[float, int, int, Disagreement]] = field(default_factory=list)
    _number: count[int] = field(default_factory=count)

    def add(self, score: float, tie: int, found: Disagreement) -> None:
        entry = (score, tie, -next(self._number), found)
        if len(self._heap) < TO_READ:
            heapq.heappush(self._heap, entry)
        else:
            heapq.heappushpop(self._heap, entry)

    def ordered(self) -> list[Disagreement]:
        return [found for *_, found in sorted(self._heap, key=lambda entry: entry[:3], reverse=True)]


@dataclass(slots=True)
class Disagreements:
    """Flagged where they left it up, flagged where nobody decided, and acted on where we are below review."""

    _ours: _Foremost = field(default_factory=_Foremost)
    _undecided: _Foremost = field(default_factory=_Foremost)
    _theirs: _Foremost = field(default_factory=_Foremost)

    def add(self, item: Flagged, decision: Decision, signals: tuple[str, ...], tie: int) -> None:
        flagged, rank = is_flagged(item.assessment.tier), item.assessment.rank
        if flagged and decision.outcome != "acted":
            kind = self._ours if decision.outcome == "kept" else self._undecided
            kind.add(rank, tie, Disagreement(item, decision, signals))
        elif not flagged and decision.outcome == "acted":
            # The lower we rank what they acted on, the more decisive the difference.
            self._theirs.add(-rank, tie, Disagreement(item, decision, signals))

    def to_read(self) -> tuple[list[Disagreement], list[Disagreement]]:
        """(flagged here alone, acted on there alone): 25 each way; where one way has fewer, more of the other, 50 in all.

        A post that nobody decided is no disagreement: it stands only where too few were left up by decision.
        """
        theirs = self._theirs.ordered()
        ours = self._ours.ordered()
        ours += self._undecided.ordered()[: max(0, EACH_WAY - len(ours))]
        return ours[: max(EACH_WAY, TO_READ - len(theirs))], theirs[: max(EACH_WAY, TO_READ - len(ours))]
