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
from joblib import Parallel, delayed

from screening.rules.library import RULES_FOLDER
from screening.rules.pack_folder import CONTEXT_NAME, READER_NAME, TEXT_NAME, WORDS_NAME, read_folder
from screening.rules.reader import (
    CLASS_CONCEPTS,
    DENIED,
    STATED,
    Feature,
    Reader,
    unpack,
)
from screening.rules.text_reader import STEP, to_json
from screening.rules.weight_lanes import LARGEST, LaneTable
from screening.rules.word_weights import MOST_STEPS, WEIGHT_STEP, WordWeights
from screening.training.context_fit import FittedContext, fit_context
from screening.training.linear_fit import Weights, fit_linear
from screening.training.settling_fit import fit_settling
from screening.training.statement_matrix import Problem
from screening.training.statements import (
    ADVERT,
    FOLDS,
    INDICATORS,
    PAIR,
    read_adverts,
    read_pairs,
    read_statements,
    read_titles,
)
from screening.training.text_fit import FittedText, fit_mention, fit_risky_text, text_reader
from screening.training.text_matrix import Texts
from screening.training.whole_fit import Bools, Floats, Whole, fit_whole, share_over

TARGET = RULES_FOLDER / READER_NAME
ADVERTS_A_LANGUAGE = 1200
TITLES_A_LANGUAGE = 150
LEAST_EXAMPLES = 20
LEAST_SAYING = -3.5
"""Log-odds below which no sentence of an offer is taken to say its sign: the reader has no words for it."""
OWN_WRONG, OTHERS_WRONG, ADVERTS_WRONG = 0.04, 0.0006, 0.0002
"""Most shares of held-apart sentences taken for a denial that is none: of the code's own, of other honest ones, of adverts'."""
_GRID = np.arange(-2.5, 3.01, 0.1)


@dataclass(frozen=True, slots=True)
class Fitted:
    """One question's models: the final one, and one a fold that hasn't seen that fold."""

    indicator: str
    state: str
    final: Weights
    folds: tuple[Weights, ...]
    scores: Floats  # of every sentence, held apart
    sure: float  # log-odds from which a denial is taken for one
    held_apart: Mapping[str, float]


def fit_question(problem: Problem, code: str, sign: str) -> Fitted:
    """Fit one question on all sentences, and for each fold on those outside it."""
    label, weight, undecided = problem.labels(code, sign)
    if undecided.any():
        first = fit_linear(problem.rows, label, weight)
        chosen = _saying(problem, undecided, first.decision_function(problem.rows))
        label[chosen] = True
        weight[chosen] = 2
    scores = np.empty(len(label))
    parts = []
    for fold in range(FOLDS):
        inside = problem.folds == fold
        part = Weights.of(problem, fit_linear(problem.rows, label, np.where(inside, 0, weight)))
        scores[inside] = part.scores(problem.rows[inside])
        parts.append(part)
    final = Weights.of(problem, fit_linear(problem.rows, label, weight))
    honest = (problem.signs != "+") & (weight > 0)
    own, other = (problem.codes == code) & ~label, honest & ~np.isin(problem.codes, (code, ADVERT))
    sure = _sure(scores, own, other & ~label, (problem.codes == ADVERT) & (weight > 0))
    stated = label & (problem.codes == code)
    return Fitted(
        INDICATORS[code],
        STATED if sign == "+" else DENIED,
        final,
        tuple(parts),
        scores,
        round(sure, 2),
        {
            "statements": int(stated.sum()),
            "over_sure": round(share_over(scores[stated], sure), 3),
            "over_0": round(share_over(scores[stated], 0.0), 3),
            "own_wrong_over_0": round(share_over(scores[own], 0.0), 3),
        },
    )


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


MOST_OF_PIECE = MOST_STEPS * WEIGHT_STEP / 100


def _in_lane(weight: float) -> float:
    return max(-LARGEST, min(LARGEST, weight))


@dataclass(frozen=True, slots=True)
class FittedReader:
    """Everything but how much what it says counts (`settling_fit.py`)."""

    texts: Texts
    questions: Sequence[Fitted]
    risky: FittedText
    mention: FittedText
    whole: Whole
    context: FittedContext


def fit_reader(problem: Problem, questions: Sequence[Fitted], jobs: int) -> FittedReader:
    """All that stands on the questions: the post as one text, all sentences weighed together, and the sentences in turn."""
    texts = Texts(problem.sentences)
    risky, mention = fit_risky_text(texts), fit_mention(texts)
    scores = np.array([question.scores for question in questions]).T
    whole = fit_whole(problem.sentences, scores, risky.scores)
    stated = {number: one.indicator for number, one in enumerate(questions) if one.state == STATED}
    context = fit_context(texts, stated, scores, risky, mention, whole.scores, jobs)
    return FittedReader(texts, questions, risky, mention, whole, context)


def fold_readers(problem: Problem, fitted: FittedReader) -> Iterator[Reader]:
    """For each fold the reader that hasn't seen it, without a settling."""
    whole = fitted.whole
    for fold in range(FOLDS):
        models = [question.folds[fold] for question in fitted.questions]
        concepts, words = _by_feature(problem, models)
        yield Reader(
            questions=tuple((question.indicator, question.state) for question in fitted.questions),
            biases=tuple(model.bias for model in models),
            sure=tuple(question.sure for question in fitted.questions),
            weights=LaneTable.of(concepts),
            words=WordWeights.of_pieces(words, len(models)),
            text=text_reader(fitted.texts, fitted.risky.folds[fold], fitted.mention.folds[fold]),
            whole_bias=whole.folds[fold].bias,
            whole_weights=whole.folds[fold].weights,
            whole_text=whole.folds[fold].text,
            whole_bounds=fitted.context.bounds,
            mention_bounds=fitted.context.mention_bounds,
            urgent_bound=fitted.context.urgent_bound,
            context=fitted.context.folds[fold],
        )


type _Entries[F] = dict[F, list[tuple[int, float]]]


def _by_feature(problem: Problem, models: Sequence[Weights]) -> tuple[_Entries[Feature], _Entries[str]]:
    """(question, weight) of each concept feature and of each piece of words."""
    concepts: _Entries[Feature] = {}
    pieces: _Entries[str] = {}
    for number, model in enumerate(models):
        for column, weight in zip(model.columns.tolist(), model.values.tolist(), strict=True):
            feature = problem.features[column]
            if isinstance(feature, str):
                pieces.setdefault(feature, []).append((number, max(-MOST_OF_PIECE, min(MOST_OF_PIECE, weight))))
            else:
                concepts.setdefault(feature, []).append((number, _in_lane(weight)))
    return concepts, pieces


def write(
    fitted: FittedReader, settling: Mapping[str, Any], problem: Problem, names: Mapping[int, str], target: Path
) -> None:
    """Write the reader, a question a line, and beside it what pieces of words weigh, and what a post is read by as one text and
    sentence after sentence."""
    questions, whole, context = fitted.questions, fitted.whole, fitted.context
    counts = Counter(problem.codes[np.isin(problem.codes, (PAIR, ADVERT))].tolist())
    about = {
        "about": "Weights of the reader (screening/rules/reader.py), fitted by screening/training/statement_fit.py",
        "source": "constructed statements and offers of this project; sums over ordinary adverts as counter-examples",
        "licence": "CC BY 4.0",
        "statements": len(problem.sentences) - sum(counts.values()),
        "sentences_of_offers": counts[PAIR],
        "sentences_of_adverts": counts[ADVERT],
    }
    models = [question.final for question in questions]
    as_one = text_reader(fitted.texts, fitted.risky.final, fitted.mention.final)
    concepts, pieces = _by_feature(problem, models)
    table = WordWeights.of_pieces(pieces, len(models))
    by_question: list[list[list[Any]]] = [[] for _ in models]
    for feature, entries in concepts.items():
        for number, weight in entries:
            by_question[number].append([*unpack(feature, names), round(weight, 2)])
    head = about | {
        "words": table.checksum,
        "whole": {"bias": round(whole.final.bias, 3), "text": round(whole.final.text, 4)},
        "settling": dict(settling),
        "text": {"biases": list(as_one.biases), "usual": as_one.usual, "names": as_one.names.checksum},
        "context": {
            "bounds": list(context.bounds),
            "mention_bounds": list(context.mention_bounds),
            "urgent_bound": context.urgent_bound,
            "weights": context.final.checksum,
            "held_apart": dict(context.held_apart),
        },
    }
    lines = [
        json.dumps(
            {
                "indicator": question.indicator,
                "state": question.state,
                "bias": round(question.final.bias, 3),
                "sure": question.sure,
                "whole": [round(share, 4) for share in shares],
                "held_apart": dict(question.held_apart),
                "weights": weights,
            },
            ensure_ascii=False,
        )
        for question, shares, weights in zip(questions, whole.final.weights, by_question, strict=True)
    ]
    start = json.dumps(head, ensure_ascii=False)[:-1]
    target.write_text(start + ', "questions": [\n' + ",\n".join(lines) + "\n]}\n", "utf-8")
    target.with_name(WORDS_NAME).write_text(json.dumps(about | table.to_json(), indent=0) + "\n", "utf-8")
    features = [
        [*unpack(key, names), round(found.real * STEP, 3), round(found.imag * STEP, 3)]
        for key in as_one.features.keys
        for found in [as_one.features.get(key)]
    ]
    text = about | to_json(as_one.names) | {"features": features}
    target.with_name(TEXT_NAME).write_text(json.dumps(text, ensure_ascii=False) + "\n", "utf-8")
    in_turn = about | context.final.to_json()
    target.with_name(CONTEXT_NAME).write_text(json.dumps(in_turn, ensure_ascii=False) + "\n", "utf-8")


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
    asked = [(code, sign) for code in INDICATORS for sign in "+-" if problem.examples(code, sign) >= LEAST_EXAMPLES]
    questions = Parallel(arguments.jobs)(delayed(fit_question)(problem, code, sign) for code, sign in asked)
    fitted = fit_reader(problem, questions, arguments.jobs)
    sys.stdout.write(f"{len(questions)} questions; in context, held apart: {fitted.context.held_apart}\n")
    readers = list(fold_readers(problem, fitted))
    settling = fit_settling(rules, readers, arguments.data, ADVERTS_A_LANGUAGE, arguments.jobs)
    names = {
        **dict(enumerate(folder.concepts.names)),
        **{number: f"<{name}>" for name, number in CLASS_CONCEPTS.items()},
    }
    write(fitted, settling, problem, names, arguments.out)
    for question in questions:
        sys.stdout.write(f"{question.indicator:22} {question.state:7} {question.sure:5} {dict(question.held_apart)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
