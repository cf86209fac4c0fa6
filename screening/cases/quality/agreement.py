"""Whether two people who can't see each other's vote come to the same, and how often a decision is reversed.

Cohen's kappa (1960, Educ. Psychol. Meas. 20): agreement beyond what the two would reach by chance; 1 is full, 0 is chance.
Its standard error is the large-sample one of Fleiss, Cohen & Everitt (1969, Psychol. Bull. 72). Pairs come from cases drawn
for a second review alone: elsewhere a second vote is only asked for after certain first ones, which would bend the figure.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from screening.cases.case import CaseQueue
from screening.cases.quality.reviewed_case import CastVote, ReviewedCase
from screening.cases.vote import Recheck
from screening.statistics import Z95, Share

LEAST_PAIRS = 20
"""Fewer pairs than this are not measured: the standard error holds for large numbers only."""
FINISHED: frozenset[Recheck] = frozenset({"agreed", "upheld", "overturned"})

Pair = tuple[CastVote, CastVote]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kappa:
    """`value` is None where it isn't measured: too few pairs, or both people always gave the one same answer."""

    pairs: int
    same: int
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementRow:
    """`on_acting`: acted on or dismissed; `on_action`: which action. `queue` and `language` None stand for all of them."""

    queue: CaseQueue | None
    language: str | None
    on_acting: Kappa
    on_action: Kappa


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """`overturned` of all decided cases; `on_appeal` of the appeals that were answered; `on_recheck` of the decisions drawn
    for a second judgement, where that is finished: the only one of the three that nobody chose.
    """

    total: AgreementRow
    by_queue: tuple[AgreementRow, ...]
    by_language: tuple[AgreementRow, ...]
    overturned: Share
    on_appeal: Share
    on_recheck: Share


def agreement(cases: Iterable[ReviewedCase]) -> Agreement:
    """Of the cases about offers; appeals count as their answers on those."""
    known = [case for case in cases if case.judges_offer]
    paired = [(case, pair) for case in known if case.second_review and (pair := blind_pair(case)) is not None]
    queues = sorted({case.queue for case, _ in paired})
    languages = sorted({case.language or "" for case, _ in paired})
    decided = [case for case in known if case.is_decided]
    return Agreement(
        total=_row(None, None, [pair for _, pair in paired]),
        by_queue=tuple(_row(name, None, [pair for case, pair in paired if case.queue == name]) for name in queues),
        by_language=tuple(
            _row(None, name, [pair for case, pair in paired if (case.language or "") == name]) for name in languages
        ),
        overturned=Share.where(case.overturned for case in decided),
        on_appeal=Share.where(case.appeal_answer == "overturned" for case in decided if case.appeal_answer),
        on_recheck=Share.where(case.recheck == "overturned" for case in decided if case.recheck in FINISHED),
    )


def blind_pair(case: ReviewedCase) -> Pair | None:
    """The first blind vote and the first of another person before it, on the same facts; one pair a case at most."""
    for place, second in enumerate(case.votes):
        if not second.blind:
            continue
        for first in case.votes[:place]:
            if first.actor != second.actor and first.facts == second.facts:
                return first, second
    return None


def cohens_kappa(pairs: Sequence[tuple[Hashable, Hashable]], *, least: int = LEAST_PAIRS) -> Kappa:
    """Kappa of pairs of answers with its 95 % interval, cut at -1 and 1.

    Full agreement has a standard error of 0, which says nothing of twenty pairs: the lower end is then that of the share of
    same answers (Wilson), with chance agreement as found.
    """
    count = len(pairs)
    same = sum(one == other for one, other in pairs)
    firsts = Counter(one for one, _ in pairs)
    seconds = Counter(other for _, other in pairs)
    by_chance = sum(firsts[answer] * seconds[answer] for answer in firsts) / (count * count) if count else 1.0
    if count < least or by_chance >= 1:
        return Kappa(pairs=count, same=same, value=None, low=None, high=None)
    value = (same / count - by_chance) / (1 - by_chance)
    if same == count:
        low = (Share(part=same, whole=count).low - by_chance) / (1 - by_chance)
        return Kappa(pairs=count, same=same, value=value, low=low, high=1.0)
    off = 1 - value
    spread = -((value - by_chance * off) ** 2)
    for (one, other), found in Counter(pairs).items():
        if one == other:
            spread += found / count * (1 - (firsts[one] + seconds[one]) / count * off) ** 2
        else:
            spread += found / count * off * off * ((seconds[one] + firsts[other]) / count) ** 2
    half = Z95 * math.sqrt(max(0.0, spread) / count) / (1 - by_chance)
    return Kappa(pairs=count, same=same, value=value, low=max(-1.0, value - half), high=min(1.0, value + half))


def _row(queue: CaseQueue | None, language: str | None, pairs: Sequence[Pair]) -> AgreementRow:
    def kappa(answer: Callable[[CastVote], Hashable]) -> Kappa:
        return cohens_kappa([(answer(first), answer(second)) for first, second in pairs])

    return AgreementRow(
        queue=queue, language=language,
        on_acting=kappa(lambda vote: vote.action != "dismiss"), on_action=kappa(lambda vote: vote.action),
    )  # fmt: skip
