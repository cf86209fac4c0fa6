"""Fitting one target: which features it may use, its regularisation chosen within each split, and signs that must not turn.

Logistic regression, because it exports exactly: what the functions add up is what scikit-learn adds up. Of stated evidence no
weight may be below 0, so that more evidence never counts for less: features whose weight would be are dropped and the rest
is fitted anew, until none is.
"""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.model_selection import StratifiedGroupKFold

from screening.assessment.learned_features import COLUMNS, LearnedFeatures, word_value
from screening.training.learned.rows import Row

SEED = 20261126
CHOICES = (0.3, 1.0, 3.0, 10.0, 30.0)
"""Inverse strengths of regularisation to choose from."""
NEAR_BEST = 0.001
"""Average precision by which a simpler fit may fall short of the best and still be taken."""
INNER = 3
OUTER = 5
LEAST_GROUPS = 2
"""Groups of near copies that a feature must stand in: what one template alone says is no rule."""
GROWING = ("stated.", "dimension.")
SMALLEST = 1e-4
"""Weights of words under this are 0 in the file."""

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Question:
    """One target: names of facts that it may use (by their beginning), and those that it may not."""

    name: str
    uses: tuple[str, ...]
    never: tuple[str, ...]
    witnesses: bool  # a word must stand in texts of two sources, so that none tells its source

    def may_use(self, name: str) -> bool:
        return name.startswith(self.uses) and not name.startswith(self.never)


FRAUD = Question(
    "fraud",
    ("stated.", "dimension.", "denied.", "protective.", "pay.high", "pay.implausible", "amount."),
    ("stated.no_employer", "stated.mobile_only", "stated.freemail", "stated.off_platform", "dimension.employer_identity",
     "protective.contactable", "protective.full_terms"),
    witnesses=True,
)  # fmt: skip
"""Contacts, names and missing fields are left out: EMSCAD masked the first and mostly lacks the others by its making."""
RISK = Question(
    "risk", ("pay.", "amount.", "hours.", "corridor.", "contact.", "employer.", "place.", "sector.", "text.disguised"), (),
    witnesses=False,
)  # fmt: skip
"""No evidence: the reader of the rules learned from the same pairs, so that it is far better on them than on any other
offer, and weights on it would trust it too much. The rank adds evidence and score (docs/decisions/0012-learned-score.md)."""
QUESTIONS = {question.name: question for question in (FRAUD, RISK)}


@dataclass(frozen=True, slots=True)
class Weights:
    """A fitted target before calibration, in the hashed space; what `assessment.learned` computes from it is `raw`."""

    bias: float
    named: dict[str, float]
    columns: npt.NDArray[np.float32]
    choice: float

    def raw(self, features: LearnedFeatures) -> float:
        own = np.fromiter(features.columns, np.int64, len(features.columns))
        words = float(self.columns[own].astype(np.float64).sum()) * word_value(len(own)) if len(own) else 0.0
        return self.bias + words + sum(self.named.get(name, 0.0) * value for name, value in features.named.items())


class Space:
    """The columns that some rows may be learned with, and rows as a sparse matrix over them."""

    def __init__(
        self, rows: Sequence[Row], groups: Ints, question: Question, dropped: frozenset[str] = frozenset()
    ) -> None:
        named: dict[str, set[int]] = defaultdict(set)
        hashed: dict[int, set[int]] = defaultdict(set)
        sources: dict[int, set[str]] = defaultdict(set)
        for row, group in zip(rows, groups.tolist(), strict=True):
            for name in row.features.named:
                if question.may_use(name) and name not in dropped:
                    named[name].add(group)
            for column in row.features.columns:
                hashed[column].add(group)
                sources[column].add(row.sample.source)
        self.names = sorted(name for name, found in named.items() if len(found) >= LEAST_GROUPS)
        self.hashed = np.array(
            sorted(
                column
                for column, found in hashed.items()
                if len(found) >= LEAST_GROUPS and (not question.witnesses or len(sources[column]) > 1)
            ),
            np.int64,
        )
        self._place = {name: place for place, name in enumerate(self.names)}
        self._place_of = np.full(COLUMNS, -1, np.int64)
        self._place_of[self.hashed] = np.arange(len(self.hashed)) + len(self.names)

    def matrix(self, rows: Sequence[Row]) -> Any:
        """Rows by columns; the value of a word's column counts all of the text's columns, also those left out here."""
        starts, places, values = [0], [], []
        for row in rows:
            features = row.features
            known = sorted((self._place[name], value) for name, value in features.named.items() if name in self._place)
            own = self._place_of[np.fromiter(features.columns, np.int64, len(features.columns))]
            own = np.sort(own[own >= 0])
            places.append(np.concatenate([np.array([place for place, _ in known], np.int64), own]))
            each = np.full(len(own), word_value(len(features.columns)))
            values.append(np.concatenate([np.array([value for _, value in known], np.float64), each]))
            starts.append(starts[-1] + len(places[-1]))
        shape = (len(rows), len(self.names) + len(self.hashed))
        data = (np.concatenate(values), np.concatenate(places), np.array(starts))
        return scipy.sparse.csr_matrix(data, shape=shape)


def labels_of(rows: Sequence[Row]) -> Ints:
    return np.array([row.sample.label for row in rows], np.int64)


def fit_weights(rows: Sequence[Row], groups: Ints, question: Question, choice: float, sample: Floats) -> Weights:
    """The weights of one fit."""
    dropped: frozenset[str] = frozenset()
    while True:
        space = Space(rows, groups, question, dropped)
        coefficients, bias = fit_matrix(space.matrix(rows), labels_of(rows), choice, sample)
        named = dict(zip(space.names, coefficients[: len(space.names)].tolist(), strict=True))
        wrong = {name for name, weight in named.items() if weight < 0 and name.startswith(GROWING)}
        if not wrong:
            break
        dropped |= wrong
    columns = np.zeros(COLUMNS, np.float32)
    columns[space.hashed] = coefficients[len(space.names) :]
    columns[np.abs(columns) < SMALLEST] = 0
    return Weights(bias, {name: float(weight) for name, weight in named.items() if weight}, columns, choice)


def fit_matrix(matrix: Any, labels: Ints, choice: float, sample: Floats) -> tuple[Floats, float]:
    """Coefficients and intercept of a logistic regression whose two classes weigh alike."""
    balanced = sample.copy()
    for label in (0, 1):
        balanced[labels == label] *= len(labels) / (2 * balanced[labels == label].sum())
    model = LogisticRegression(C=choice, max_iter=400, solver="liblinear", intercept_scaling=10, random_state=SEED)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(matrix, labels, sample_weight=balanced)
    return model.coef_[0], float(model.intercept_[0])


def choose(rows: Sequence[Row], groups: Ints, question: Question, sample: Floats, *, seed: int = SEED) -> float:
    """The regularisation with the best average precision on parts held apart by group, within these rows alone."""
    labels = labels_of(rows)
    found = dict.fromkeys(CHOICES, 0.0)
    for train, test in splits(labels, groups, INNER, seed):
        own = [rows[index] for index in train]
        space = Space(own, groups[train], question)
        learned, held = space.matrix(own), space.matrix([rows[index] for index in test])
        for choice in CHOICES:
            coefficients, bias = fit_matrix(learned, labels[train], choice, sample[train])
            found[choice] += average_precision_score(labels[test], held @ coefficients + bias)
    # The simplest of those that come near the best.
    best = max(found.values())
    return next(choice for choice in CHOICES if found[choice] >= best - INNER * NEAR_BEST)


def splits(labels: Ints, groups: Ints, parts: int, seed: int) -> list[tuple[Ints, Ints]]:
    """(train, test) row numbers; no group stands on both sides."""
    folds = StratifiedGroupKFold(parts, shuffle=True, random_state=seed)
    return list(folds.split(np.zeros(len(labels)), labels, groups))


def held_apart(
    rows: Sequence[Row], groups: Ints, question: Question, sample: Floats, tell: Callable[[], None] = lambda: None
) -> tuple[Floats, list[float]]:
    """Each row's log-odds by a fit that saw nothing of its group, its regularisation chosen without it; and the choices."""
    labels = labels_of(rows)
    raw, choices = np.zeros(len(rows)), []
    for train, test in splits(labels, groups, OUTER, SEED):
        own = [rows[index] for index in train]
        choice = choose(own, groups[train], question, sample[train])
        weights = fit_weights(own, groups[train], question, choice, sample[train])
        raw[test] = [weights.raw(rows[index].features) for index in test]
        choices.append(choice)
        tell()
    return raw, choices
