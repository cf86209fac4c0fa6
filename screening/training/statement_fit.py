"""Fit the reader: `python -m screening.training.statement_fit --data ../shared/data` writes screening/rules/reader.json.

For each indicator it learns which concepts and words, near each other and negated or not, state or deny it, from the
constructed statements and offers; ordinary adverts are counter-examples of the notable ones, and of them nothing but
sums enters. Where an offer's writer did not mark which sentence bears a sign, a first fit on the others picks it.
Every figure is held apart: four folds, in which what was written along the same idea stays together. How much each answer
counts beside what the rules find is fitted on top (`settling_fit.py`). Deterministic for the same data and versions.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse
from joblib import Parallel, delayed
from sklearn.linear_model import LogisticRegression

from screening.rules.library import RULES_FOLDER
from screening.rules.pack_folder import read_folder
from screening.rules.reader import (
    CLASS_CONCEPTS,
    DENIED,
    STATED,
    Feature,
    Reader,
    unpack,
)
from screening.rules.weight_lanes import LARGEST, packed_by_feature
from screening.training.settling_fit import fit_settling
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
    read_titles,
)
from screening.training.whole_fit import Bools, Floats, Whole, fit_whole, share_over

TARGET = RULES_FOLDER / "reader.json"
ADVERTS_A_LANGUAGE = 1200
TITLES_A_LANGUAGE = 150
MIN_COUNT = 3
LEAST_EXAMPLES = 20
REGULARISATION = 0.6
SMALLEST = 0.12
"""Weights under this are left out of the file."""
LEAST_SAYING = -3.5
"""Log-odds below which no sentence of an offer is taken to say its sign: the reader has no words for it."""
OWN_WRONG, OTHERS_WRONG, ADVERTS_WRONG = 0.04, 0.0006, 0.0002
"""Most shares of held-apart sentences taken for a denial that is none: of the code's own, of other honest ones, of adverts'."""
_GRID = np.arange(-2.5, 3.01, 0.1)


class Problem:
    """All sentences as one sparse matrix, with the labels of each question."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        counts = Counter(f for sentence in sentences if sentence.code != ADVERT for f in sentence.features)
        kept = sorted((feature for feature, count in counts.items() if count >= MIN_COUNT), key=str)
        self.columns = {feature: column for column, feature in enumerate(kept)}
        self.features: list[Feature] = kept
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
        self.offers = [row for row, sentence in enumerate(sentences) if sentence.code == PAIR]

    def labels(self, code: str, sign: str) -> tuple[Bools, Floats, Bools]:
        """(label, weight, undecided) of every sentence; weight 0 leaves one out, `undecided` are those of unmarked offers
        that bear the sign somewhere."""
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
        for row in self.offers:
            sentence = self.sentences[row]
            if sentence.says is not None:
                label[row], weight[row] = _marked(sentence, code, sign)
                continue
            said = sentence.marked if sign == "+" else sentence.denied
            if not names or said & names:
                undecided[row] = bool(names)
                weight[row] = 0
            elif sign == "+" and said & beside:
                weight[row] = 0
        return label, weight, undecided


def _marked(sentence: Sentence, code: str, sign: str) -> tuple[bool, float]:
    """(label, weight) of a sentence whose writer marked what it says."""
    says = sentence.says or frozenset()
    if (code, sign) in says:
        return True, 4
    if any(other == code for other, _ in says):
        return False, 3
    named = sentence.marked if sign == "+" else sentence.denied
    if named & frozenset(CORPUS_NAMES.get(code, (code,))) and (code, sign) not in sentence.marks:
        return False, 0  # named for the whole offer, marked nowhere in it
    if sign == "+" and any(other in BESIDE.get(code, "").split() for other, stated in says if stated == "+"):
        return False, 0
    return False, 1


@dataclass(frozen=True, slots=True)
class Fitted:
    """One question's models: the final one, and one a fold that hasn't seen that fold."""

    indicator: str
    state: str
    coefficients: Floats
    bias: float
    fold_coefficients: tuple[Floats, ...]
    fold_biases: tuple[float, ...]
    scores: Floats  # of every sentence, held apart
    sure: float  # log-odds from which a denial is taken for one
    held_apart: Mapping[str, float]


def fit_question(problem: Problem, code: str, sign: str) -> Fitted:
    """Fit one question on all sentences, and for each fold on those outside it."""
    label, weight, undecided = problem.labels(code, sign)
    if undecided.any():
        chosen = _saying(problem, undecided, _fit(problem, label, weight).decision_function(problem.rows))
        label[chosen] = True
        weight[chosen] = 2
    scores = np.empty(len(label))
    parts = []
    for fold in range(FOLDS):
        inside = problem.folds == fold
        part = _fit(problem, label, np.where(inside, 0, weight))
        scores[inside] = part.decision_function(problem.rows[inside])
        parts.append(part)
    model = _fit(problem, label, weight)
    honest = (problem.signs != "+") & (weight > 0)
    own, other = (problem.codes == code) & ~label, honest & ~np.isin(problem.codes, (code, ADVERT))
    sure = _sure(scores, own, other & ~label, (problem.codes == ADVERT) & (weight > 0))
    stated = label & (problem.codes == code)
    return Fitted(
        INDICATORS[code],
        STATED if sign == "+" else DENIED,
        model.coef_[0],
        float(model.intercept_[0]),
        tuple(part.coef_[0] for part in parts),
        tuple(float(part.intercept_[0]) for part in parts),
        scores,
        round(sure, 2),
        {
            "statements": int(stated.sum()),
            "over_sure": round(share_over(scores[stated], sure), 3),
            "over_0": round(share_over(scores[stated], 0.0), 3),
            "own_wrong_over_0": round(share_over(scores[own], 0.0), 3),
        },
    )


def _fit(problem: Problem, label: Bools, weight: Floats) -> LogisticRegression:
    use = weight > 0
    model = LogisticRegression(C=REGULARISATION, solver="liblinear", tol=2e-3, max_iter=60, random_state=SEED)
    return model.fit(problem.rows[use], label[use], sample_weight=weight[use])


def _saying(problem: Problem, undecided: Bools, scores: Floats) -> npt.NDArray[np.int64]:
    """Of each offer's undecided sentences the one that most likely says the sign."""
    best: dict[str, tuple[float, int]] = {}
    for row in np.flatnonzero(undecided).tolist():
        text = problem.sentences[row].text
        if scores[row] > best.get(text, (LEAST_SAYING, -1))[0]:
            best[text] = (float(scores[row]), row)
    return np.array(sorted(row for _, row in best.values()), int)


def _sure(scores: Floats, own: Bools, other: Bools, adverts: Bools) -> float:
    """The lowest log-odds at which every bound on what is wrongly taken holds; beyond the grid where none does."""
    for value in _GRID:
        if (
            share_over(scores[own], value) <= OWN_WRONG
            and share_over(scores[other], value) <= OTHERS_WRONG
            and share_over(scores[adverts], value) <= ADVERTS_WRONG
        ):
            return float(value)
    return 99.0


def _in_lane(weight: float) -> float:
    return max(-LARGEST, min(LARGEST, weight))


def fold_readers(problem: Problem, questions: Sequence[Fitted], whole: Whole) -> Iterator[Reader]:
    """For each fold the reader that hasn't seen it, without a settling."""
    for fold in range(FOLDS):
        weights: dict[Feature, list[tuple[int, float]]] = {}
        for number, question in enumerate(questions):
            coefficients = question.fold_coefficients[fold]
            for column in np.flatnonzero(np.abs(coefficients) >= SMALLEST).tolist():
                weights.setdefault(problem.features[column], []).append((number, _in_lane(float(coefficients[column]))))
        yield Reader(
            questions=tuple((question.indicator, question.state) for question in questions),
            biases=tuple(question.fold_biases[fold] for question in questions),
            sure=tuple(question.sure for question in questions),
            weights=packed_by_feature(weights),
            whole_bias=whole.folds[fold].bias,
            whole_weights=whole.folds[fold].weights,
            whole_bounds=whole.bounds,
        )


def write(
    questions: Sequence[Fitted],
    whole: Whole,
    settling: Mapping[str, Any],
    problem: Problem,
    names: Mapping[int, str],
    target: Path,
) -> None:
    """Write the reader, a question a line."""
    counts = Counter(problem.codes[np.isin(problem.codes, (PAIR, ADVERT))].tolist())
    head = {
        "about": "Weights of the reader (screening/rules/reader.py), fitted by screening/training/statement_fit.py",
        "source": "constructed statements and offers of this project; sums over ordinary adverts as counter-examples",
        "licence": "CC BY 4.0",
        "statements": len(problem.sentences) - sum(counts.values()),
        "sentences_of_offers": counts[PAIR],
        "sentences_of_adverts": counts[ADVERT],
        "whole": {
            "bias": round(whole.final.bias, 3),
            "bounds": list(whole.bounds),
            "held_apart": dict(whole.held_apart),
        },
        "settling": dict(settling),
    }
    lines = []
    for question, shares in zip(questions, whole.final.weights, strict=True):
        concepts: list[list[Any]] = []
        words: dict[str, float] = {}
        for column in np.flatnonzero(np.abs(question.coefficients) >= SMALLEST).tolist():
            feature = problem.features[column]
            weight = round(_in_lane(float(question.coefficients[column])), 2)
            if isinstance(feature, str):
                words[feature] = weight
            else:
                concepts.append([*unpack(feature, names), weight])
        about = {
            "indicator": question.indicator,
            "state": question.state,
            "bias": round(question.bias, 3),
            "sure": question.sure,
            "whole": [round(share, 4) for share in shares],
            "held_apart": dict(question.held_apart),
        }
        lines.append(json.dumps({**about, "weights": concepts, "words": words}, ensure_ascii=False))
    start = json.dumps(head, ensure_ascii=False)[:-1]
    target.write_text(start + ', "questions": [\n' + ",\n".join(lines) + "\n]}\n", "utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder with the ordinary adverts")
    parser.add_argument("--out", type=Path, default=TARGET)
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    folder = read_folder(RULES_FOLDER, with_reader=False)
    every = tuple((indicator, STATED) for indicator in INDICATORS.values())
    rules = replace(folder, reader=Reader(questions=every)).compile()
    adverts = list(read_adverts(rules, arguments.data, ADVERTS_A_LANGUAGE))
    if not adverts:
        parser.error(f"no adverts under {arguments.data}; the reader needs ordinary ones as counter-examples")
    problem = Problem(
        [
            sentence
            for sentence in (
                *read_statements(rules),
                *read_pairs(rules),
                *read_titles(rules, arguments.data, TITLES_A_LANGUAGE),
                *adverts,
            )
            if sentence.language in rules.lexicons
        ]
    )
    asked = [
        (code, sign)
        for code in INDICATORS
        for sign in "+-"
        if ((problem.codes == code) & (problem.signs == sign)).sum() >= LEAST_EXAMPLES
    ]
    questions = Parallel(arguments.jobs)(delayed(fit_question)(problem, code, sign) for code, sign in asked)
    whole = fit_whole(problem.sentences, np.array([question.scores for question in questions]).T)
    sys.stdout.write(f"{len(questions)} questions; whole, held apart: {whole.held_apart}\n")
    settling = fit_settling(rules, list(fold_readers(problem, questions, whole)), arguments.data, ADVERTS_A_LANGUAGE)
    names = {
        **dict(enumerate(folder.concepts.names)),
        **{number: f"<{name}>" for name, number in CLASS_CONCEPTS.items()},
    }
    write(questions, whole, settling, problem, names, arguments.out)
    for question in questions:
        sys.stdout.write(f"{question.indicator:22} {question.state:7} {question.sure:5} {dict(question.held_apart)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
