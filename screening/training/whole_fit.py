"""Fit what weighs all that a post states and denies together (`Reader.whole`): a logistic regression over each question's
pooled log-odds, on readers that haven't seen the post."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import numpy.typing as npt
import scipy.special
from sklearn.linear_model import LogisticRegression

from screening.rules.reader import CLIP, MEAN_CLIP, POOLED, UNLIKELY
from screening.training.statements import FOLDS, SEED, Sentence

WHOLE_REGULARISATION = 0.02
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A bias, for each question the weights of what it is pooled to (`reader.POOLED`), and one of what the post says as one text."""

    bias: float
    weights: tuple[tuple[float, float, float], ...]
    text: float

    def scores(self, values: Floats) -> Floats:
        """Of rows of pooled values, a question's beside each other, and the text's score last."""
        total: Floats = values @ np.array([*np.ravel(self.weights), self.text]) + self.bias
        return total


@dataclass(frozen=True, slots=True)
class Whole:
    """What weighs all that a post states and denies together: the final model, and one a fold."""

    final: Weighed
    folds: tuple[Weighed, ...]
    scores: Floats  # of each text, held apart


def texts_of(sentences: Sequence[Sentence]) -> list[list[int]]:
    """The rows of each whole offer and advert, then each innocent statement or title by itself: a post may be no more than it."""
    named = [row for row, sentence in enumerate(sentences) if sentence.text]
    lone = [[row] for row, sentence in enumerate(sentences) if not sentence.text and sentence.sign == "o"]
    return [list(group) for _, group in groupby(named, key=lambda row: sentences[row].text)] + lone


def fit_whole(sentences: Sequence[Sentence], scores: Floats, text_scores: Floats) -> Whole:
    """Fit whether the offer is a risky one, on held-apart scores: log-odds of each sentence × question, and of each of
    `texts_of(sentences)`."""
    texts = texts_of(sentences)
    first = [sentences[rows[0]] for rows in texts]
    x = np.array([np.append(_pooled(scores[rows]), said) for rows, said in zip(texts, text_scores, strict=True)])
    y = np.array([bool(one.text) and one.sign == "+" for one in first])
    weight = np.array([one.weight for one in first])
    fold = np.array([one.fold for one in first])
    held_apart = np.empty(len(y))
    parts = []
    for number in range(FOLDS):
        inside = fold == number
        part = _fit_whole(x[~inside], y[~inside], weight[~inside])
        held_apart[inside] = part.scores(x[inside])
        parts.append(part)
    return Whole(_fit_whole(x, y, weight), tuple(parts), held_apart)


def _pooled(scores: Floats) -> Floats:
    """As `reader.pooled`, of all questions at once, a question's values beside each other."""
    chances = np.where(scores > UNLIKELY, scipy.special.expit(scores), 0.0)
    of_highest = np.clip(scores.max(axis=0), -CLIP, CLIP)
    of_mean = np.clip(scores.mean(axis=0), -MEAN_CLIP, CLIP)
    return np.column_stack([of_highest, of_mean, np.log1p(chances.sum(axis=0))]).ravel()


def _fit_whole(x: Floats, y: Bools, weight: Floats) -> Weighed:
    """Fitted on values of mean 0 and deviation 1; what comes out takes them as they are."""
    mean, deviation = x.mean(axis=0), x.std(axis=0) + 1e-6
    model = LogisticRegression(C=WHOLE_REGULARISATION, max_iter=2000, random_state=SEED).fit(
        (x - mean) / deviation, y, weight
    )
    flat = model.coef_[0] / deviation
    bias = float(model.intercept_[0] - flat @ mean)
    pooled = flat[:-1].reshape(-1, len(POOLED)).tolist()
    return Weighed(bias, tuple((highest, mean, expected) for highest, mean, expected in pooled), float(flat[-1]))


def share_over(scores: Floats, value: float) -> float:
    """Share (0..1) of the scores at or above a value; 0 of none."""
    return float((scores >= value).mean()) if len(scores) else 0.0
