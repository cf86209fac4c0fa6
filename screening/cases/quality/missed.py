"""What is missed, estimated from the audit sample: each drawn offer stands for one over its probability of being drawn.

Every offer below `review` is drawn with a known probability, by itself as long as the day's places are sure (Poisson sampling).
Draws that share a place exclude one another (`workflows.audit_sample`): that only lowers the variance taken here. Number: Horvitz & Thompson (1952,
J. Am. Stat. Assoc. 47); rate: Hájek, with linearised variance (Särndal, Swensson & Wretman 1992, ch. 3 and 5). Misses are
rare, so a normal interval would reach below 0: the interval is the gamma one of Fay & Feuer (1997, Stat. Med. 16), with the
variance of the design. Without a hit the upper end is exact: so many misses that to draw none of them has a chance of 2.5 %
(one-sided 95 % would be the "rule of three").
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from screening.cases.quality.reviewed_case import ReviewedCase
from screening.statistics import TAIL, gamma_quantile


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """With its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """Offers below `review` of one language ("" where it isn't known), or of all where `language` is None.

    `hits` are the decided ones of the sample that people acted on. `offers` is how many offers the whole sample stands for;
    `number` (of misses among them) and `rate` (0..1) are None while no audit case is decided.
    """

    language: str | None
    drawn: int
    decided: int
    hits: int
    offers: float
    number: Estimate | None
    rate: Estimate | None


@dataclass(frozen=True, slots=True)
class MissedOffers:
    total: Missed
    by_language: tuple[Missed, ...]


def missed_offers(cases: Iterable[ReviewedCase]) -> MissedOffers:
    """From all cases of a period; those drawn for the audit and still below `review` are looked at."""
    sample = [
        case for case in cases if case.audit_probability and case.judges_offer and case.tier not in ("review", "urgent")
    ]
    languages = sorted({case.language or "" for case in sample})
    return MissedOffers(
        _estimate(None, sample),
        tuple(_estimate(name, [case for case in sample if (case.language or "") == name]) for name in languages),
    )


def _estimate(language: str | None, sample: Sequence[ReviewedCase]) -> Missed:
    """Cases that still wait are taken to be like those decided: their weight is spread over these."""
    decided = [case for case in sample if case.is_decided]
    hits = [case for case in decided if case.stands_acted_on]
    offers, covered = _weight(sample), _weight(decided)
    number = rate = None
    if decided:
        found, spread = _number(decided, hits), offers / covered
        number = Estimate(value=found.value * spread, low=found.low * spread, high=found.high * spread)
        share = _rate(decided, hits, covered)
        rate = Estimate(value=share.value, low=share.low, high=min(1.0, share.high))
    return Missed(
        language=language, drawn=len(sample), decided=len(decided), hits=len(hits), offers=offers, number=number, rate=rate
    )  # fmt: skip


def _number(decided: Sequence[ReviewedCase], hits: Sequence[ReviewedCase]) -> Estimate:
    value = _weight(hits)
    if not hits:
        return Estimate(value=0.0, low=0.0, high=_most_unseen(decided))
    variance = sum((1 - chance) / (chance * chance) for chance in map(_chance, hits))
    return _gamma(value, variance, decided, 1.0)


def _rate(decided: Sequence[ReviewedCase], hits: Sequence[ReviewedCase], covered: float) -> Estimate:
    value = _weight(hits) / covered
    if not hits:
        return Estimate(value=0.0, low=0.0, high=_most_unseen(decided) / covered)
    variance = sum(
        (1 - chance) / (chance * chance) * ((case.stands_acted_on - value) / covered) ** 2
        for case in decided
        for chance in [_chance(case)]
    )
    return _gamma(value, variance, decided, 1 / covered)


def _gamma(value: float, variance: float, decided: Sequence[ReviewedCase], unit: float) -> Estimate:
    """Fay & Feuer: the upper end as though one more had been found, of the least chance of all, so of the greatest weight."""
    least = min(map(_chance, decided))
    weight = unit / least
    more = (1 - least) * weight * weight
    return Estimate(
        value=value,
        low=gamma_quantile(TAIL, mean=value, variance=variance),
        high=value if least >= 1 else gamma_quantile(1 - TAIL, mean=value + weight, variance=variance + more),
    )


def _most_unseen(decided: Sequence[ReviewedCase]) -> float:
    """Misses that could stay undrawn with a chance of 2.5 %, were all of them among the offers least likely to be drawn."""
    least = min(map(_chance, decided))
    return 0.0 if least >= 1 else math.log(TAIL) / math.log1p(-least)


def _weight(cases: Iterable[ReviewedCase]) -> float:
    return sum(1 / _chance(case) for case in cases)


def _chance(case: ReviewedCase) -> float:
    return case.audit_probability or 1.0
