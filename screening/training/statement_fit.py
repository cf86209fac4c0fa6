"""Fit the reader: `python -m screening.training.statement_fit --data ../shared/data` writes screening/rules/reader.json.

For each indicator it learns which concepts and words, near each other and negated or not, state or deny it, from the
constructed statements and offers; ordinary adverts are counter-examples of the notable ones, and of them nothing but
sums enters. In an offer nobody has said which sentence bears a sign: a first fit on the statements alone picks it.
Every figure is held apart: four folds, in which what was written along the same idea stays together. Deterministic for the
same data and versions.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse
from joblib import Parallel, delayed
from sklearn.linear_model import LogisticRegression

from screening.rules.library import RULES_FOLDER
from screening.rules.pack_folder import read_folder
from screening.rules.reader import CLASS_CONCEPTS, CLIP, Feature, unpack
from screening.training.statements import (
    ADVERT,
    BESIDE,
    COMMON,
    CORPUS_NAMES,
    FOLDS,
    INDICATORS,
    PAIR,
    SEED,
    Sentence,
    read_adverts,
    read_pairs,
    read_statements,
)

TARGET = RULES_FOLDER / "reader.json"
ADVERTS_A_LANGUAGE = 500
MIN_COUNT = 3
REGULARISATION = 0.6
WHOLE_REGULARISATION = 0.006
SMALLEST = 0.12
"""Weights under this are left out of the file."""
LEAST_SAYING = -3.5
"""Log-odds below which no sentence of an offer is taken to say its sign: the reader has no words for it."""
HONEST_SHARES = (0.2, 0.06)
"""Shares of honest look-alikes, held apart, that read as doubtful and as risky: the bounds lie there."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Most shares of held-apart counter-examples over a threshold: of the code's own, of other honest ones, of adverts'."""

    own: float
    other: float
    adverts: float


SURE = Bounds(own=0.04, other=0.0006, adverts=0.0002)
LIKELY = Bounds(own=0.12, other=0.004, adverts=0.001)
_GRID = np.arange(-2.5, 3.01, 0.1)


class Problem:
    """All sentences as one sparse matrix, with the labels of each question."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        counts = Counter(f for sentence in sentences if sentence.code != ADVERT for f in sentence.features)
        kept = sorted((feature for feature, count in counts.items() if count >= MIN_COUNT), key=str)
        self.columns = {feature: column for column, feature in enumerate(kept)}
        self.sentences = sentences
        starts, columns = [0], []
        for sentence in sentences:
            columns.extend(sorted(self.columns[f] for f in sentence.features if f in self.columns))
            starts.append(len(columns))
        shape = (len(sentences), len(kept))
        self.rows = scipy.sparse.csr_matrix((np.ones(len(columns), np.float32), columns, starts), shape=shape)
        self.codes = np.array([sentence.code for sentence in sentences])
        self.signs = np.array([sentence.sign for sentence in sentences])
        self.folds = np.array([sentence.fold for sentence in sentences])

    def labels(self, code: str, sign: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """(label, weight, undecided) of every sentence; weight 0 leaves one out, `undecided` are those of offers that bear
        the sign somewhere."""
        own = self.codes == code
        label = own & (self.signs == sign)
        weight = np.ones(len(label))
        weight[np.isin(self.codes, BESIDE.get(code, "").split()) & (self.signs == "+")] = 0
        weight[own & ~label] = 3
        weight[label] = 4
        if code in COMMON and sign == "+":
            weight[self.codes == ADVERT] = 0
        names = frozenset(CORPUS_NAMES.get(code, (code,)))
        beside = frozenset(BESIDE.get(code, "").split())
        undecided = np.zeros(len(label), bool)
        for row in np.flatnonzero(self.codes == PAIR).tolist():
            sentence = self.sentences[row]
            said = sentence.marked if sign == "+" else sentence.denied
            if not names or said & names:
                undecided[row] = bool(names)
                weight[row] = 0
            elif sign == "+" and said & beside:
                weight[row] = 0
        return label, weight, undecided


def fit_question(problem: Problem, code: str, sign: str) -> dict[str, Any]:
    """One question: its final model, and its scores of every sentence by models that haven't seen the sentence's fold."""
    label, weight, undecided = problem.labels(code, sign)
    if undecided.any():
        chosen = _saying(problem, undecided, _fit(problem, label, weight).decision_function(problem.rows))
        label[chosen] = True
        weight[chosen] = 2
    held_apart = np.empty(len(label))
    for fold in range(FOLDS):
        inside = problem.folds == fold
        held_apart[inside] = _fit(problem, label, np.where(inside, 0, weight)).decision_function(problem.rows[inside])
    model = _fit(problem, label, weight)
    honest = (problem.signs != "+") & (weight > 0)
    own, other = (problem.codes == code) & ~label, honest & ~np.isin(problem.codes, (code, ADVERT))
    adverts = (problem.codes == ADVERT) & (weight > 0)
    sure, likely = (_threshold(held_apart, own, other, adverts, bounds) for bounds in (SURE, LIKELY))
    stated = label & (problem.codes == code)
    return {
        "indicator": INDICATORS[code],
        "state": "stated" if sign == "+" else "denied",
        "bias": round(float(model.intercept_[0]), 3),
        "likely": round(min(likely, sure), 2),
        "sure": round(max(likely, sure), 2),
        "held_apart": {
            "statements": int(stated.sum()),
            "likely": round(_share(held_apart[stated], min(likely, sure)), 3),
            "sure": round(_share(held_apart[stated], max(likely, sure)), 3),
            "own_wrong_sure": round(_share(held_apart[own], max(likely, sure)), 3),
        },
        "coefficients": model.coef_[0],
        "scores": held_apart,
    }


def _fit(problem: Problem, label: np.ndarray, weight: np.ndarray) -> LogisticRegression:
    use = weight > 0
    model = LogisticRegression(C=REGULARISATION, solver="liblinear", tol=2e-3, max_iter=60, random_state=SEED)
    return model.fit(problem.rows[use], label[use], sample_weight=weight[use])


def _saying(problem: Problem, undecided: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """Of each offer's undecided sentences the one that most likely says the sign."""
    best: dict[str, tuple[float, int]] = {}
    for row in np.flatnonzero(undecided).tolist():
        text = problem.sentences[row].text
        if scores[row] > best.get(text, (LEAST_SAYING, -1))[0]:
            best[text] = (float(scores[row]), row)
    return np.array(sorted(row for _, row in best.values()), int)


def _threshold(scores: np.ndarray, own: np.ndarray, other: np.ndarray, adverts: np.ndarray, bounds: Bounds) -> float:
    """The lowest log-odds at which every bound holds; beyond the grid where none does."""
    for value in _GRID:
        if (
            _share(scores[own], value) <= bounds.own
            and _share(scores[other], value) <= bounds.other
            and _share(scores[adverts], value) <= bounds.adverts
        ):
            return float(value)
    return 99.0


def _share(scores: np.ndarray, value: float) -> float:
    return float((scores >= value).mean()) if len(scores) else 0.0


def fit_whole(problem: Problem, questions: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Weigh all that a text states and denies together, on held-apart scores of whole offers and adverts.

    Sets `whole`, its weight, in each question.
    """
    scores = np.array([question["scores"] for question in questions]).T
    texts = [row for row, sentence in enumerate(problem.sentences) if sentence.text]
    highest, label, folds, pairs = [], [], [], []
    for _, group in groupby(texts, key=lambda row: problem.sentences[row].text):
        rows = list(group)
        first = problem.sentences[rows[0]]
        highest.append(np.clip(scores[rows].max(axis=0), -CLIP, CLIP))
        label.append(first.sign == "+")
        folds.append(first.fold)
        pairs.append(first.code == PAIR)
    x, y, fold, of_pair = np.array(highest), np.array(label), np.array(folds), np.array(pairs)
    weight = np.where(of_pair, 1.0, 0.5)
    held_apart = np.empty(len(y))
    for number in range(FOLDS):
        inside = fold == number
        held_apart[inside] = _fit_whole(x[~inside], y[~inside], weight[~inside]).decision_function(x[inside])
    model = _fit_whole(x, y, weight)
    for question, coefficient in zip(questions, model.coef_[0], strict=True):
        question["whole"] = round(float(coefficient), 4)
    honest = held_apart[of_pair & ~y]
    bounds = [float(np.quantile(honest, 1 - share)) for share in HONEST_SHARES]
    return {
        "bias": round(float(model.intercept_[0]), 3),
        "bounds": [round(bound, 3) for bound in bounds],
        "held_apart": {
            "risky_offers_over": [round(_share(held_apart[y], bound), 3) for bound in bounds],
            "honest_offers_over": list(HONEST_SHARES),
            "adverts_over": [round(_share(held_apart[~of_pair], bound), 4) for bound in bounds],
            "bounds_by_honest_share": {
                str(share): round(float(np.quantile(honest, 1 - share)), 3)
                for share in (0.02, 0.03, 0.05, 0.08, 0.12, 0.2, 0.3)
            },
        },
    }


def _fit_whole(x: np.ndarray, y: np.ndarray, weight: np.ndarray) -> LogisticRegression:
    return LogisticRegression(C=WHOLE_REGULARISATION, max_iter=2000, random_state=SEED).fit(x, y, sample_weight=weight)


def write(
    questions: Sequence[dict[str, Any]],
    problem: Problem,
    names: Mapping[int, str],
    about: Mapping[str, Any],
    target: Path,
) -> None:
    """Write the reader, a question a line."""
    features = {column: feature for feature, column in problem.columns.items()}
    lines = []
    for question in questions:
        coefficients = question["coefficients"]
        concepts: list[list[Any]] = []
        words: dict[str, float] = {}
        for column in np.flatnonzero(np.abs(coefficients) >= SMALLEST):
            feature: Feature = features[int(column)]
            weight = round(float(coefficients[column]), 2)
            if isinstance(feature, str):
                words[feature] = weight
            else:
                concepts.append([*unpack(feature, names), weight])
        kept = {key: value for key, value in question.items() if key not in ("coefficients", "scores")}
        lines.append(json.dumps({**kept, "weights": concepts, "words": words}, ensure_ascii=False))
    head = json.dumps(dict(about), ensure_ascii=False)[:-1]
    target.write_text(head + ', "questions": [\n' + ",\n".join(lines) + "\n]}\n", "utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder with the ordinary adverts")
    parser.add_argument("--out", type=Path, default=TARGET)
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    folder = read_folder(RULES_FOLDER)
    rules = folder.compile()
    adverts = list(read_adverts(rules, arguments.data, ADVERTS_A_LANGUAGE))
    if not adverts:
        parser.error(f"no adverts under {arguments.data}; the reader needs ordinary ones as counter-examples")
    problem = Problem(
        [s for s in (*read_statements(rules), *read_pairs(rules), *adverts) if s.language in rules.lexicons]
    )
    asked = [
        (code, sign)
        for code in INDICATORS
        for sign in "+-"
        if ((problem.codes == code) & (problem.signs == sign)).sum() >= 20
    ]
    questions = Parallel(arguments.jobs)(delayed(fit_question)(problem, code, sign) for code, sign in asked)
    whole = fit_whole(problem, questions)
    counts = Counter(problem.codes[np.isin(problem.codes, (PAIR, ADVERT))].tolist())
    about = {
        "about": "Weights of the reader (screening/rules/reader.py), fitted by screening/training/statement_fit.py",
        "source": "constructed statements and offers of this project; sums over ordinary adverts as counter-examples",
        "licence": "CC BY 4.0",
        "statements": len(problem.sentences) - sum(counts.values()),
        "sentences_of_offers": counts[PAIR],
        "sentences_of_adverts": counts[ADVERT],
        "whole": whole,
    }
    names = {
        **dict(enumerate(folder.concepts.names)),
        **{number: f"<{name}>" for name, number in CLASS_CONCEPTS.items()},
    }
    write(questions, problem, names, about, arguments.out)
    stated = [question["held_apart"] for question in questions if question["state"] == "stated"]
    total = sum(row["statements"] for row in stated)
    likely, sure = (sum(row[key] * row["statements"] for row in stated) / total for key in ("likely", "sure"))
    sys.stdout.write(
        f"whole: {whole}\n{len(questions)} questions; of what is stated, held apart: likely {likely:.3f}, sure {sure:.3f}\n"
    )
    for question in questions:
        sys.stdout.write(
            f"{question['indicator']:22} {question['state']:7} {question['likely']:5} {question['sure']:5} {question['held_apart']}\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
