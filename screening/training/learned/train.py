"""From samples to a model's file: fit, calibrate on rows held apart, set thresholds on genuine adverts, write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from screening.assessment.learned import LearnedModel, parse_model
from screening.training.learned.calibrate import Calibration, calibration_error, platt, reliability
from screening.training.learned.control import area, control_chances, given_style, overlap_weights, source_style
from screening.training.learned.export import model_file, target_file
from screening.training.learned.fit import OUTER, QUESTIONS, Floats, Ints, Weights, fit_weights, held_apart, labels_of
from screening.training.learned.groups import near_groups
from screening.training.learned.measures import figures, unlabelled_view
from screening.training.learned.rows import Row
from screening.training.learned.thresholds import budget_thresholds, watch_from

LEAST_ROWS_A_LANGUAGE = 100
"""Rows of a language from which its posts are scored."""
LENGTHS = (0.01, 0.99)
"""Quantiles of the lengths learned from, in words: outside them the model abstains."""
LEAST_WORDS = 12
OUTER_FITS = OUTER + 1
"""Fits of one target: one a part held apart, and the last on all."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """One target: its weights, how it did held apart, and the rows it came from. `raw` is in the order of `rows`."""

    name: str
    rows: Sequence[Row]
    groups: Ints
    labels: Ints
    sample: Floats
    raw: Floats
    weights: Weights
    calibration: Calibration
    languages: tuple[str, ...]
    least_words: int
    most_words: int
    report: dict[str, Any]


def groups_of(rows: Sequence[Row]) -> Ints:
    return np.array(near_groups([row.features.words for row in rows], [row.sample.together for row in rows]), np.int64)


def train_target(name: str, rows: Sequence[Row], tell: Callable[[int], None] = lambda _: None) -> Fitted:
    """Fit one target on its labelled rows. `tell` hears of each of the six fits."""
    question = QUESTIONS[name]
    learned = [row for row in rows if row.sample.label is not None and len(row.features.words) >= LEAST_WORDS]
    groups, labels = groups_of(learned), labels_of(learned)
    own = np.array([row.sample.weight for row in learned])
    styles = [given_style(row) for row in learned]
    sample = own * overlap_weights(styles, labels, groups)
    raw, choices = held_apart(learned, groups, question, sample, lambda: tell(1))
    choice = sorted(choices)[len(choices) // 2]
    weights = fit_weights(learned, groups, question, choice, sample)
    tell(1)
    calibration = platt(raw, labels, sample)
    chances = calibration.chances(raw)
    counts: dict[str, int] = {}
    for row in learned:
        language = row.sample.notes.get("lang", row.language or "")
        counts[language] = counts.get(language, 0) + 1
    lengths = [len(row.features.words) for row in learned]
    report = {
        "rows": len(learned),
        "positive": int(labels.sum()),
        "groups": len(set(groups.tolist())),
        "sources": _counted(row.sample.source for row in learned),
        "regularisation": choices,
        "held_apart": figures(labels, raw),
        "calibration_error": calibration_error(chances, labels),
        "reliability": reliability(chances, labels),
        "control": _controls(learned, labels, groups, sample),
        "unlabelled": unlabelled_view(chances, labels) if name == "fraud" else None,
        "weights": {"named": len(weights.named), "words": int(np.count_nonzero(weights.columns))},
    }
    return Fitted(
        name, learned, groups, labels, sample, raw, weights, calibration,
        languages=tuple(sorted(lang for lang, count in counts.items() if count >= LEAST_ROWS_A_LANGUAGE)),
        least_words=int(np.quantile(lengths, LENGTHS[0])), most_words=int(np.quantile(lengths, LENGTHS[1])), report=report,
    )  # fmt: skip


def assemble(
    fitted: Sequence[Fitted], ordinary: Sequence[Row], files: Sequence[dict[str, Any]], *, date: str
) -> tuple[dict[str, Any], LearnedModel]:
    """The model's file and the model that it holds; thresholds are set on half of the ordinary adverts, counted on the other."""
    first = parse_model(model_file([target_file(one, watch=1.0) for one in fitted], date=date), "candidate")
    known = apart_scores(fitted)
    watch = {one.name: watch_from(one.name, ordinary, first, known) for one in fitted}
    targets = [target_file(one, watch=watch[one.name]) for one in fitted]
    thresholds = {one.name: budget_thresholds(one, ordinary, first, known) for one in fitted}
    data = model_file(
        targets, date=date, data=list(files), report={one.name: one.report for one in fitted}, thresholds=thresholds
    )
    return data, parse_model(data, "candidate")


def apart_scores(fitted: Sequence[Fitted]) -> dict[tuple[str, str], float]:
    """(target, id of the post) -> the score by a fit that hadn't seen it: for adverts that a target learned from."""
    return {
        (one.name, row.sample.post.id): float(chance)
        for one in fitted
        for row, chance in zip(one.rows, one.calibration.chances(one.raw), strict=True)
    }


def _controls(rows: Sequence[Row], labels: Ints, groups: Ints, sample: Floats) -> dict[str, float]:
    """Areas under the curve of models that see style, length and source alone; 0.5 is chance, below it nothing helps."""
    even = np.ones(len(labels))
    given = [given_style(row) for row in rows]
    return {
        "source": area(labels, control_chances([source_style(row) for row in rows], labels, groups, even)),
        "given": area(labels, control_chances(given, labels, groups, even)),
        "given_weighted": area(labels, control_chances(given, labels, groups, sample), sample),
    }


def _counted(names: Any) -> dict[str, int]:
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return dict(sorted(counts.items()))
