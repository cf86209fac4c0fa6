"""Fit what the reader asks of a post as one text: whether it is a risky one, and whether it speaks of lures instead of being one.

Mention is not use. A warning, a report, a question or a story holds the words of a lure; what it is shows in all the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from screening.rules.mention import MentionWeights
from screening.rules.reader import TEXT_SCALE
from screening.training.linear_fit import Weights, fit_linear
from screening.training.statement_matrix import Problem
from screening.training.statements import FOLDS, SEED
from screening.training.whole_fit import Bools, Floats, share_over

TEXT_REGULARISATION = 0.04
LONE_WEIGHT = 0.25
"""Of a statement or title that is read as a whole post: there are as many of them as of offers."""
MENTION_REGULARISATION = 0.1
MENTION_WEIGHT = 4.0
"""Of an offer that mentions a lure: one in fourteen honest ones does."""
FORM_REGULARISATION = 0.02
SEEMS, SURELY = 0.01, 0.005
"""Shares of risky offers, held apart, that seem to speak of lures, or surely do: what they state counts as mentioned, so few may.
What merely seems so needs another cue."""


@dataclass(frozen=True, slots=True)
class FittedText:
    """What asks one thing of a post as one text."""

    final: Weights
    folds: tuple[Weights, ...]
    scores: Floats  # of each of the problem's texts, held apart


def fit_risky_text(problem: Problem) -> FittedText:
    """Whether the post is a risky one."""
    first = [problem.sentences[rows[0]] for rows in problem.texts]
    label = np.array([bool(one.text) and one.sign == "+" for one in first])
    weight = np.array([one.weight if one.text else LONE_WEIGHT for one in first])
    return _fit_text(problem, label, weight, TEXT_REGULARISATION)


@dataclass(frozen=True, slots=True)
class FittedMention:
    """What asks whether a post speaks of lures instead of being one: its words, and on top of them its form, for all and for the
    readers of each fold."""

    text: FittedText
    final: MentionWeights
    folds: tuple[MentionWeights, ...]
    held_apart: Mapping[str, float]


def fit_mention(problem: Problem, risky_text: FittedText) -> FittedMention:
    """Learned from honest offers and texts whose writers quote or report a lure, against all other offers and adverts."""
    first = [problem.sentences[rows[0]] for rows in problem.texts]
    label = np.array([one.mention for one in first])
    weight = np.array([(MENTION_WEIGHT if one.mention else 1.0) if one.text else 0.0 for one in first])
    text = _fit_text(problem, label, weight, MENTION_REGULARISATION)
    x = np.column_stack([text.scores, risky_text.scores, np.array([one.form for one in first])])
    fold = np.array([one.fold for one in first])
    apart, models = np.empty(len(label)), []
    for number in range(FOLDS):
        inside = fold == number
        models.append(_form_model(x[~inside], label[~inside], weight[~inside]))
        apart[inside] = models[-1].decision_function(x[inside])
    risky = apart[[bool(one.text) and one.sign == "+" for one in first]]
    bounds = round(float(np.quantile(risky, 1 - SEEMS)), 3), round(float(np.quantile(risky, 1 - SURELY)), 3)
    figures = {
        "mentions": int(label.sum()),
        "seem": round(share_over(apart[label], bounds[0]), 3),
        "surely": round(share_over(apart[label], bounds[1]), 3),
    }
    final = _form_model(x, label, weight)
    return FittedMention(text, _exported(final, bounds), tuple(_exported(one, bounds) for one in models), figures)


def _form_model(x: Floats, label: Bools, weight: Floats) -> Pipeline:
    model = make_pipeline(StandardScaler(), LogisticRegression(C=FORM_REGULARISATION, max_iter=1000, random_state=SEED))
    used = weight > 0
    return model.fit(x[used], label[used], logisticregression__sample_weight=weight[used])


def _exported(model: Pipeline, bounds: tuple[float, float]) -> MentionWeights:
    """As it takes values that are not scaled."""
    scaler, linear = model[0], model[1]
    weights = linear.coef_[0] / scaler.scale_
    bias = float(linear.intercept_[0] - weights @ scaler.mean_)
    return MentionWeights(round(bias, 4), tuple(round(float(weight), 4) for weight in weights), bounds)


def _fit_text(problem: Problem, label: Bools, weight: Floats, regularisation: float) -> FittedText:
    fold = np.array([problem.sentences[rows[0]].fold for rows in problem.texts])
    scores, parts = np.empty(len(label)), []
    for number in range(FOLDS):
        inside = fold == number
        model = fit_linear(problem.text_rows, label, np.where(inside, 0, weight), regularisation)
        part = Weights.of(problem, model, TEXT_SCALE)
        scores[inside] = part.scores(problem.text_rows[inside])
        parts.append(part)
    final = fit_linear(problem.text_rows, label, weight, regularisation)
    return FittedText(Weights.of(problem, final, TEXT_SCALE), tuple(parts), scores)
