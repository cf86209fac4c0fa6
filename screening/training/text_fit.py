"""Fit what the reader asks of a post as one text: whether it is a risky one, and whether it speaks of lures instead of being one.

A linear model whose columns are first scaled by how unevenly they stand in texts of either kind (the logarithm of a naive Bayes
ratio: Wang and Manning 2012, "Baselines and Bigrams"): what tells the two apart may weigh more, and a topic's words less. Held apart,
90 in 100 risky offers read riskier than all but one in twenty honest twins by it alone, where 82 did by concepts and pieces unscaled.

Mention is not use. A warning, a report, a question or a story holds the words of a lure; what it is shows in all the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import scipy.sparse

from screening.rules.reader import Feature
from screening.rules.text_reader import TextReader, TextWeights
from screening.rules.word_weights import key_of
from screening.training.linear_fit import fit_linear
from screening.training.statements import FOLDS
from screening.training.text_matrix import Texts
from screening.training.whole_fit import Bools, Floats

TEXT_REGULARISATION = 0.06
ADVERT_WEIGHT = 0.1
"""Of an ordinary advert, a statement or a title that is read as a whole post: there are as many of them as of offers."""
PRIOR = 0.1
"""Texts of either kind that every name is taken to stand in, beside those where it does."""
LEAST_SCALE = 0.5
MENTION_REGULARISATION = 0.2
MENTION_WEIGHT = 4.0
"""Of an offer that mentions a lure: one in five honest ones does."""
SMALLEST = 0.005
"""Weights under this are left out of the file."""


class TextModel(NamedTuple):
    """A model's bias and its weights, by column of `Texts.rows`."""

    bias: float
    weights: npt.NDArray[np.float32]

    def scores(self, rows: scipy.sparse.csr_matrix) -> Floats:
        total: Floats = rows @ self.weights + self.bias
        return total


@dataclass(frozen=True, slots=True)
class FittedText:
    """What asks one thing of a post as one text."""

    final: TextModel
    folds: tuple[TextModel, ...]
    scores: Floats  # of each text, held apart


def fit_risky_text(texts: Texts) -> FittedText:
    """Whether the post is a risky one. Names are scaled by the offers alone, which come in pairs alike but for what decides."""
    weight = np.where(texts.of_offers, 1.0, [ADVERT_WEIGHT * one.weight for one in texts.first])
    return _fit_text(texts, texts.risky, texts.of_offers, weight, TEXT_REGULARISATION)


def fit_mention(texts: Texts) -> FittedText:
    """Whether the post speaks of lures instead of being one. Learned from honest offers and texts whose writers quote or report a lure,
    against all other offers and adverts."""
    label = texts.mention
    weight = np.array([(MENTION_WEIGHT if one.mention else 1.0) if one.text else 0.0 for one in texts.first])
    return _fit_text(texts, label, texts.of_offers | label, weight, MENTION_REGULARISATION)


def text_reader(texts: Texts, risky: TextModel, mention: TextModel) -> TextReader:
    """As a post is read. Weights of two names with one checksum are added."""
    features, names = dict[Feature, tuple[float, float]](), dict[int, tuple[float, float]]()
    for column in np.flatnonzero((risky.weights != 0) | (mention.weights != 0)).tolist():
        name, found = texts.names[column], (float(risky.weights[column]), float(mention.weights[column]))
        if isinstance(name, int):
            features[name] = found
        else:
            known = names.get(key_of(name), (0.0, 0.0))
            names[key_of(name)] = (known[0] + found[0], known[1] + found[1])
    biases = (round(risky.bias, 3), round(mention.bias, 3))
    return TextReader(biases, texts.usual, TextWeights.of(features), TextWeights.of(names))


def _fit_text(texts: Texts, label: Bools, compared: Bools, weight: Floats, regularisation: float) -> FittedText:
    """`compared`: the texts that names are scaled by."""
    scores, parts = np.empty(len(label)), []
    for number in range(FOLDS):
        inside = texts.folds == number
        part = _fit_one(texts, label, compared & ~inside, np.where(inside, 0, weight), regularisation)
        scores[inside] = part.scores(texts.rows[inside])
        parts.append(part)
    return FittedText(_fit_one(texts, label, compared, weight, regularisation), tuple(parts), scores)


def _fit_one(texts: Texts, label: Bools, compared: Bools, weight: Floats, regularisation: float) -> TextModel:
    scale = LEAST_SCALE + np.abs(_ratio(texts.rows, label & compared, ~label & compared))
    scaled = scipy.sparse.csr_matrix(texts.rows @ scipy.sparse.diags(scale.astype(np.float32)))
    model = fit_linear(scaled, label, weight, regularisation)
    weights = (model.coef_[0] * scale).astype(np.float32)
    weights[np.abs(weights) < SMALLEST] = 0
    return TextModel(float(model.intercept_[0]), weights)


def _ratio(rows: scipy.sparse.csr_matrix, of_kind: Bools, others: Bools) -> Floats:
    """Log of how much likelier each name is in a text of the kind than in one of the others."""
    shares = []
    for chosen in (of_kind, others):
        counts = PRIOR + np.bincount(rows[chosen].indices, minlength=rows.shape[1])
        shares.append(counts / counts.sum())
    ratio: Floats = np.log(shares[0] / shares[1])
    return ratio
