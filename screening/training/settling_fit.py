"""Fit how much the reader, phrases, frames and conditions count beside each other (screening/rules/settling.py).

On the constructed offers whose writers marked each sign in its words, and on ordinary adverts; each is read by the reader of a
fold that hasn't seen it. First a logistic regression, shared by all indicators but for an intercept each; then, by trying,
the log-odds from which an indicator counts as hinted, likely or read, such that offers come out at their tiers.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from screening.assessment.evidence import Evidence
from screening.assessment.tier_rules import load_tier_rules
from screening.assessment.weighing import TIER_ORDER, weigh
from screening.rules.compiled import CompiledRules
from screening.rules.reader import Reader
from screening.rules.settling import (
    FEATURES,
    LIKELIEST_FLOOR,
    beside,
    likeliest,
    outdone,
    settled_grade,
    tilted,
    values_of,
)
from screening.training.settling_cases import AT, Case, read_cases
from screening.training.statements import (
    COMMON,
    FOLDS,
    INDICATORS,
    SEED,
    WRITTEN_WEIGHT,
)

REGULARISATION = 0.3
TWINS_WRONG = 0.03
"""Most honest twins that may come out above their tier, of those held apart that speak of no lure: these are counted by themselves, for
there are far more of them than in life. More weigh against what is found. And of ordinary adverts at review or above:"""
ADVERTS_WRONG = 0.003
WRITTEN_WRONG = 0.03
"""And of adverts that were written to be hard, before they weigh against what is found in risky offers."""
LEAST = (-2.0, -1.0, -0.5, -1.0, -0.75, -0.5)
"""Lowest bounds that are tried: of a strong sign hinted, likely, read, of a medium one hinted, read, of a weak one. In a post that reads
risky the tilt lifts most of what is above FLOOR over all of them: how many of its reasons are right depends on FLOOR alone."""
STARTS = ((0.0, 1.0, 2.0, 0.0, 1.0, 0.0), LEAST)
"""Bounds from which the search sets out: from one alone it stopped where no single bound helped, and two together did."""
FLOOR = -1.5
"""Own log-odds of a chance in five and a half. Of the medium and strong signs that count by the reader alone in risky offers, held apart,
75 % are what a writer marked; 68 % from -2 on, with six in a hundred more of the signs found. Most of the rest are neighbours
of what is marked (papers kept by a host instead of an employer)."""
TILTS = (2.0, 2.5)
_STEPS = np.arange(-2.5, 2.6, 0.25)
_ADVERT_WEIGHT = 0.5


def fit_settling(
    rules: CompiledRules, readers: Sequence[Reader], data: Path, adverts: int, jobs: int = 1
) -> dict[str, Any]:
    """Weights, intercepts and bounds as reader.json holds them, with what they come to on offers held apart."""
    cases = read_cases(rules, readers, data, adverts, jobs)
    indicators = sorted({indicator for case in cases for indicator in case.signs})
    x, y, weight, fold = _rows(cases, indicators)
    apart = np.empty(len(y))
    for number in range(FOLDS):
        inside = fold == number
        apart[inside] = _fit(x[~inside], y[~inside], weight[~inside]).decision_function(x[inside])
    model = _fit(x, y, weight)
    chances = _by_case(cases, indicators, apart)
    tilt, bounds, figures = _best(cases, chances, _Tiers(rules, readers[0], chances))
    count = len(FEATURES)
    intercept = float(model.intercept_[0])
    sys.stdout.write(f"settling, held apart: {figures}\ntilt {tilt}, bounds {bounds}\n")
    return {
        "tilt": tilt,
        "floor": FLOOR,
        "weights": {name: round(float(w), 3) for name, w in zip(FEATURES, model.coef_[0][:count], strict=True)},
        "intercepts": {
            name: round(intercept + float(w), 3) for name, w in zip(indicators, model.coef_[0][count:], strict=True)
        },
        "bounds": {strength: list(values) for strength, values in bounds.items()},
        "held_apart": figures,
    }


def _rows(cases: Sequence[Case], indicators: Sequence[str]) -> tuple[npt.NDArray[np.float64], ...]:
    """(values, label, weight, fold) of each case and indicator, in order."""
    place = {name: number for number, name in enumerate(indicators)}
    common = {INDICATORS[code] for code in COMMON}
    values, labels, weights, folds = [], [], [], []
    for case in cases:
        for indicator, signs in case.signs.items():
            row = np.zeros(len(FEATURES) + len(indicators))
            row[: len(FEATURES)] = values_of(signs, case.as_whole)
            row[len(FEATURES) + place[indicator]] = 1
            values.append(row)
            labels.append(indicator in case.marked)
            by_kind = WRITTEN_WEIGHT if case.written else 1.0
            weights.append((0.0 if indicator in common else _ADVERT_WEIGHT * by_kind) if case.advert else 1.0)
            folds.append(case.fold)
    return np.array(values), np.array(labels), np.array(weights), np.array(folds)


def _fit(x: Any, y: Any, weight: Any) -> LogisticRegression:
    use = weight > 0
    model = LogisticRegression(C=REGULARISATION, max_iter=3000, random_state=SEED)
    return model.fit(x[use], y[use], sample_weight=weight[use])


def _by_case(cases: Sequence[Case], indicators: Sequence[str], scores: Any) -> list[dict[str, float]]:
    """Own log-odds of each case's indicators."""
    rows = iter(scores.tolist())
    first = [{indicator: next(rows) for indicator in case.signs} for case in cases]
    return [beside(case.signs, own, outdone(case.signs, own)) for case, own in zip(cases, first, strict=True)]


def _best(
    cases: Sequence[Case], chances: Sequence[Mapping[str, float]], tiers: _Tiers
) -> tuple[float, dict[str, tuple[float, float, float]], dict[str, Any]]:
    """The best tilt with the best bounds under it."""
    floors = [tiers.floors(of_case) for of_case in chances]
    found = []
    for tilt in TILTS:
        moved = [
            {
                indicator: tilted(chance, tilt, floor[indicator], case.as_whole.risky)
                for indicator, chance in of_case.items()
                if chance >= floor[indicator]
                or case.signs[indicator].ways  # nothing else can count, whatever the bounds
            }
            for case, of_case, floor in zip(cases, chances, floors, strict=True)
        ]
        value, bounds, figures = _best_bounds(cases, moved, tiers)
        found.append((value, tilt, bounds, figures))
        sys.stdout.write(f"tilt {tilt}: {value:.4f} {figures}\n")
    _, tilt, bounds, figures = max(found, key=lambda item: item[0])
    return tilt, bounds, figures


def _best_bounds(
    cases: Sequence[Case], chances: Sequence[Mapping[str, float]], tiers: _Tiers
) -> tuple[float, dict[str, tuple[float, float, float]], dict[str, Any]]:
    """The bounds under which most risky offers come out at their tier, while honest ones stay within the shares allowed.

    One bound after the other is moved as long as that helps.
    """
    found = [_climbed(start, cases, chances, tiers) for start in STARTS]
    value, best, figures = max(found, key=lambda item: item[0])
    return value, _bounds(best), figures


def _climbed(
    start: tuple[float, ...], cases: Sequence[Case], chances: Sequence[Mapping[str, float]], tiers: _Tiers
) -> tuple[float, tuple[float, ...], dict[str, Any]]:
    best = start
    best_value, best_figures = _value(cases, chances, _bounds(best), tiers)
    for _ in range(3):
        before = best
        for position, step in itertools.product(range(len(best)), _STEPS.tolist()):
            candidate = (*best[:position], step, *best[position + 1 :])
            if (
                min(np.subtract(candidate, LEAST)) >= 0
                and candidate[0] <= candidate[1] <= candidate[2]
                and candidate[3] <= candidate[4]
            ):
                value, figures = _value(cases, chances, _bounds(candidate), tiers)
                if value > best_value + 1e-9:
                    best, best_value, best_figures = candidate, value, figures
        if best == before:
            break
    return best_value, best, best_figures


def _bounds(values: Sequence[float]) -> dict[str, tuple[float, float, float]]:
    strong_hint, strong_likely, strong, medium_hint, medium, weak = values
    return {
        "strong": (strong_hint, strong_likely, strong),
        "medium": (medium_hint, medium, medium),
        "weak": (weak, weak, weak),
    }


def _value(
    cases: Sequence[Case],
    chances: Sequence[Mapping[str, float]],
    bounds: Mapping[str, Sequence[float]],
    tiers: _Tiers,
) -> tuple[float, dict[str, Any]]:
    counts: dict[str, list[bool]] = {
        "risky": [],
        "subtle": [],
        "urgent": [],
        "twins": [],
        "adverts": [],
        "calm": [],
        "written": [],
        "mentions": [],
    }
    for number, (case, chance) in enumerate(zip(cases, chances, strict=True)):
        tier = tiers.of(number, case, chance, bounds)
        order, bound = TIER_ORDER[tier], TIER_ORDER[case.bound]  # type: ignore[index]
        if case.risky:
            counts["risky"].append(order >= bound)
            if case.subtle:
                counts["subtle"].append(order >= bound)
            if case.bound == "urgent":
                counts["urgent"].append(tier == "urgent")
        elif case.mention:
            counts["mentions"].append(order <= bound)
            counts["calm"].append(tier != "urgent")
        elif case.written:
            counts["written"].append(order > TIER_ORDER["watch"])
        elif case.advert:
            counts["adverts"].append(order > TIER_ORDER["watch"])
        else:
            counts["twins"].append(order <= bound)
            counts["calm"].append(tier != "urgent")
    shares = {name: float(np.mean(found)) for name, found in counts.items()}
    wrong = max(0.0, 1 - shares["twins"] - TWINS_WRONG)
    adverts = max(0.0, shares["adverts"] - ADVERTS_WRONG)
    value = shares["risky"] + 0.3 * shares["subtle"] + 0.4 * shares["urgent"] - 12 * wrong - 50 * adverts
    value += 0.4 * shares["mentions"]
    value -= 1.5 * (1 - shares["calm"]) + max(0.0, shares["written"] - WRITTEN_WRONG)
    return value, {name: round(share, 4) for name, share in shares.items()}


class _Tiers:
    """Tiers of cases under ever other bounds, each weighed once for the same signs."""

    def __init__(self, rules: CompiledRules, reader: Reader, own: Sequence[Mapping[str, float]]) -> None:
        self._reader = reader
        self._own = own  # log-odds of each case before any tilt
        self._tier_rules = load_tier_rules()
        self._known: dict[tuple[int, tuple[tuple[str, str], ...]], str] = {}
        self._strength = {
            (indicator, grade): rules.rules[number].strength
            for indicator, grades in rules.read_rules.items()
            for grade, number in grades.items()
        }
        self._indicators = rules.indicators
        self._about = {
            name: (about.strength, about.dimension)
            for name, about in rules.indicators.items()
            if about.dimension != "marks"
        }

    def floors(self, own: Mapping[str, float]) -> dict[str, float]:
        """Own log-odds under which each indicator of a case counts for nothing."""
        foremost = likeliest(own, self._indicators)
        return {indicator: LIKELIEST_FLOOR if indicator == foremost else FLOOR for indicator in own}

    def of(self, number: int, case: Case, chance: Mapping[str, float], bounds: Mapping[str, Sequence[float]]) -> str:
        found = []
        reads = self._reader.reads(case.as_whole)
        for indicator, log_odds in chance.items():
            about = self._about.get(indicator)
            if about is None:
                continue
            ways, own = case.signs[indicator].ways, self._own[number][indicator]
            mention = case.as_whole.mention
            grade = settled_grade(indicator, about[0], ways, own, log_odds, bounds[about[0]], reads, mention=mention)
            if grade:
                found.append((indicator, self._strength[indicator, grade]))
        key = (number, tuple(found))
        if key not in self._known:
            self._known[key] = self._weighed(case, found)
        return self._known[key]

    def _weighed(self, case: Case, found: Sequence[tuple[str, str]]) -> str:
        stated, protective = list(case.evidence), list(case.protective)
        for indicator, strength in found:
            dimension = self._about[indicator][1]
            (protective if dimension == "protective" else stated).append(_evidence(indicator, strength, dimension))
        return weigh(
            tuple(stated),
            tuple(protective),
            self._tier_rules,
            act_by=None,
            at=AT,
            reads=self._reader.reads(case.as_whole),
        ).tier


def _evidence(indicator: str, strength: str, dimension: str) -> Evidence:
    return Evidence(
        indicator=indicator,
        state="stated",
        strength=strength,  # type: ignore[arg-type]
        dimension=dimension,
        field="",
        start=0,
        end=0,
        quote="",
        rule=indicator,
        sources=(),
    )
