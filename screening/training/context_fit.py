"""Fit what reads a post's sentences one after the other (`screening/rules/context_reader.py`).

A recurrent net over what the questions and the words' weights said of each sentence, all held apart. It learns together whether the post
is a risky one, whether it speaks of lures, whether it needs somebody today, and which signs its writer marked. Trained on texts of a like length at a time by Adam with
decoupled decay (Loshchilov and Hutter 2019) and one cycle of the learning rate; the same seed gives the same weights.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi
from typing import Any, NamedTuple

import autograd.numpy as anp
import numpy as np
import numpy.typing as npt
from autograd import value_and_grad
from autograd.misc import flatten
from joblib import Parallel, delayed

from screening.rules.context_reader import (
    FROM,
    HIGHEST,
    LOWEST,
    OF_POST,
    OF_WORDS,
    TOLD,
    ContextReader,
    Direction,
    Rows,
    chosen,
)
from screening.training.statements import COMMON, CORPUS_NAMES, FITTED_AS, FOLDS, INDICATORS, PAIR, SEED, Sentence
from screening.training.text_fit import FittedText
from screening.training.text_matrix import Texts
from screening.training.whole_fit import Floats, share_over

UNITS = 40
"""Numbers that are remembered of the sentences before, and as many of those after. 32 tell the post as well, and the signs worse."""
EPOCHS = 16
BATCH = 128
RATE, DECAY = 2e-3, 0.02
RISING = 0.2
"""Share of the steps in which the learning rate rises."""
DROPPED, GIVEN_DROPPED = 0.4, 0.2
OF_POST_TOLD = (1.0, 0.8, 1.0)
"""Weights of what is told of the post: risky, mention, urgent."""
OF_SIGNS = 0.5
"""And of each sign."""
MILDER, TWIN = 0.3, 3.0
"""What a risky offer that isn't urgent, and an honest one, count as examples of what isn't: an honest one at `urgent` sends somebody."""
ADVERT_WEIGHT = 0.1
DOUBTFUL, RISKY = 0.15, 0.028
"""Shares of honest offers of the corpus, held apart, that read so or worse: there the bounds lie. Those that speak of lures are left
out: whether a post is one of these is told apart."""
SEEMS, SURELY = 0.01, 0.005
"""Shares of risky offers, held apart, that seem to speak of lures, or surely do: what they state counts as mentioned, so few may.
What merely seems so needs another cue."""
GATES = "run"
"""Reset, update, new."""
URGENT = 0.012
"""Share of all honest offers, held apart, that read urgent."""
NEVER = -1e4

type Array = npt.NDArray[np.float32]
type Parameters = dict[str, Any]


class Given(NamedTuple):
    """What is read. `sentences`: sentence × (questions' log-odds, risky, mention of its own words); `posts`: text × OF_POST;
    `starts`: each text's first sentence, and one past the last one's last. `asked`: columns of the questions asked again."""

    sentences: Array
    posts: Array
    starts: npt.NDArray[np.int64]
    asked: tuple[int, ...]


class Wanted(NamedTuple):
    """What is to be told, text × (risky, mention, urgent, a sign for each asked question), and what each counts."""

    labels: Array
    weights: Array


class Batch(NamedTuple):
    """Texts of a like length, filled up to the longest. Values of a step are direction × text × …: at the first step the first
    sentence, and in the other direction the last."""

    steps: list[Array]
    there: list[Array]  # 1 where a text has such a sentence, else 0
    own: Array  # sentence × text × asked
    valid: Array  # sentence × text × 1
    posts: Array


@dataclass(frozen=True, slots=True)
class FittedContext:
    """The final model, and one a fold. From `bounds` on a post reads doubtful and risky, from `mention_bounds` on it seems to speak
    of lures and surely does, from `urgent_bound` on it needs somebody today."""

    final: ContextReader
    folds: tuple[ContextReader, ...]
    bounds: tuple[float, float]
    mention_bounds: tuple[float, float]
    urgent_bound: float
    scores: Floats  # text × TOLD, held apart
    held_apart: Mapping[str, Any]


def fit_context(
    texts: Texts,
    indicators: Mapping[int, str],
    scores: Floats,
    risky: FittedText,
    mention: FittedText,
    whole: Floats,
    jobs: int = 1,
    epochs: int = EPOCHS,
) -> FittedContext:
    """Fit on all texts, and for each fold on those outside it.

    Args:
        indicators: by number, of each question that asks whether one is stated.
        scores: log-odds of each sentence × question, held apart.
        whole: what weighs all sentences together says of each text, held apart.
        jobs: processes.
        epochs: how often every text is learned from.
    """
    given = _given(texts, tuple(indicators), scores, (risky, mention), whole)
    wanted = _wanted(texts, list(indicators.values()))
    left_out = [np.zeros(len(texts.folds), bool), *(texts.folds == number for number in range(FOLDS))]
    fitted = Parallel(jobs)(delayed(_fit_one)(given, wanted, out, epochs) for out in left_out)
    apart = np.empty((len(texts.folds), TOLD))
    for out, (_, told) in zip(left_out[1:], fitted[1:], strict=True):
        apart[out] = told
    final, *folds = (reader for reader, _ in fitted)
    honest = texts.of_offers & ~texts.risky
    plain, lures = apart[honest & ~texts.mention, 0], apart[texts.risky, 1]
    seems, surely = (round(float(np.quantile(lures, 1 - share)), 3) for share in (SEEMS, SURELY))
    doubtful, reads_risky = (round(float(np.quantile(plain, 1 - share)), 3) for share in (DOUBTFUL, RISKY))
    mentions = apart[texts.mention, 1]
    urgent_bound = round(float(np.quantile(apart[honest, 2], 1 - URGENT)), 3)
    urgent = np.array([one.urgent for one in texts.first])
    figures = {
        "risky_offers_over_the_log_odds_of_honest_shares": _shares_over(apart[texts.risky, 0], plain),
        "of_all_honest_shares": _shares_over(apart[texts.risky, 0], apart[honest, 0]),
        "adverts_over_the_log_odds_of_plain_honest_shares": _shares_over(apart[~texts.of_offers, 0], plain),
        "mentions": len(mentions),
        "seem": round(share_over(mentions, seems), 3),
        "surely": round(share_over(mentions, surely), 3),
        "urgent": round(share_over(apart[urgent, 2], urgent_bound), 3),
    }
    return FittedContext(final, tuple(folds), (doubtful, reads_risky), (seems, surely), urgent_bound, apart, figures)


def _shares_over(scores: Floats, honest: Floats) -> dict[str, float]:
    """By share of the honest ones that lie so high or higher."""
    return {
        str(share): round(share_over(scores, float(np.quantile(honest, 1 - share))), 4)
        for share in (0.01, 0.02, 0.05, 0.1)
    }


def _given(texts: Texts, asked: tuple[int, ...], scores: Floats, words: Sequence[FittedText], whole: Floats) -> Given:
    rows, folds = texts.sentence_rows(), texts.folds[texts.text_of]
    said = np.empty((len(folds), OF_WORDS), np.float32)
    for number in range(FOLDS):
        inside = folds == number
        for column, fitted in enumerate(words):
            said[inside, column] = rows[inside] @ fitted.folds[number].weights
    forms = np.array([one.form for one in texts.first])
    posts = np.column_stack([forms, *(fitted.scores for fitted in words), whole]).astype(np.float32)
    starts = np.searchsorted(texts.text_of, np.arange(len(texts.folds) + 1))
    return Given(np.column_stack([scores[texts.order], said]).astype(np.float32), posts, starts, asked)


def _wanted(texts: Texts, indicators: Sequence[str]) -> Wanted:
    code_of = {indicator: code for code, indicator in INDICATORS.items()}
    codes = [code_of[indicator] for indicator in indicators]
    known = np.array([float(code != "WARN") for code in codes])
    rare = known * np.array([float(code not in COMMON) for code in codes])
    labels, weights = [], []
    for first, risky, mention in zip(texts.first, texts.risky.tolist(), texts.mention.tolist(), strict=True):
        of_pair = first.code == PAIR
        signs = _signs(first) if of_pair else frozenset[str]()
        weight = 1.0 if of_pair else ADVERT_WEIGHT * first.weight
        labels.append([float(risky), float(mention), float(first.urgent), *(float(code in signs) for code in codes)])
        of_urgent = weight if first.urgent or not of_pair else MILDER if risky else TWIN
        weights.append([weight, weight, of_urgent, *(weight * (known if of_pair else rare))])
    return Wanted(np.array(labels, np.float32), np.array(weights, np.float32))


def _signs(first: Sentence) -> frozenset[str]:
    """Codes that the offer's writer says it states: by name, or by a mark where the names mean something wider."""
    named = {FITTED_AS.get(code, code) for code in first.marked if CORPUS_NAMES.get(code) != ()}
    return frozenset(named | {code for code, sign in first.marks if sign == "+"})


def _fit_one(
    given: Given, wanted: Wanted, left_out: npt.NDArray[np.bool_], epochs: int
) -> tuple[ContextReader, Floats]:
    """The model of all texts but those left out, and what it tells of these: text × TOLD."""
    random = np.random.default_rng(SEED)
    rows = np.flatnonzero(~left_out)
    inside = np.concatenate([np.arange(given.starts[row], given.starts[row + 1]) for row in rows])
    scale = _Scale(given.sentences[inside, -OF_WORDS:], given.posts[rows])
    given = given._replace(sentences=_told(given.sentences, scale), posts=scale.posts(given.posts))
    start, as_parameters = flatten(_initial(random, given.sentences.shape[1], len(given.asked)))
    weights = start.astype(np.float32)

    def loss(flat: Any, batch: Batch, chosen_rows: Sequence[int], keep: _Keep) -> Any:
        post, signs = _read(as_parameters(flat), batch, keep)
        return _error(anp.concatenate([post, signs], axis=1), wanted.labels[chosen_rows], wanted.weights[chosen_rows])

    gradient = value_and_grad(loss)
    steps = epochs * -(-len(rows) // BATCH)
    mean, square, step = np.zeros_like(weights), np.zeros_like(weights), 0
    for _ in range(epochs):
        for chosen_rows in _batches(rows, given.starts, random):
            batch = _batch(given, chosen_rows)
            _, slope = gradient(weights, batch, chosen_rows, _Keep(random))
            step += 1
            mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
            moved = (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
            weights = (weights - _rate(step / steps) * (moved + DECAY * weights)).astype(np.float32)
    found = as_parameters(weights)
    told = np.empty((len(given.posts), TOLD))
    of_others = np.flatnonzero(left_out)
    for chosen_rows in _batches(of_others, given.starts, random):
        told[chosen_rows] = _read(found, _batch(given, chosen_rows), None)[0]
    return _exported(found, given.asked, scale), told[of_others]


def _rate(done: float) -> float:
    """One cycle (Smith and Topin 2019): up for RISING of the steps, then down to nothing."""
    if done < RISING:
        return RATE * (0.04 + 0.96 * (1 - cos(pi * done / RISING)) / 2)
    return RATE * (1 + cos(pi * (done - RISING) / (1 - RISING))) / 2


class _Scale:
    """Brings what isn't a question's log-odds to a mean of 0 and a deviation of 1."""

    def __init__(self, words: Array, posts: Array) -> None:
        self.words_mean, self.words_deviation = words.mean(axis=0), words.std(axis=0) + 1e-6
        self.posts_mean, self.posts_deviation = posts.mean(axis=0), posts.std(axis=0) + 1e-6

    def words(self, words: Array) -> Array:
        return ((words - self.words_mean) / self.words_deviation).astype(np.float32)

    def posts(self, posts: Array) -> Array:
        return ((posts - self.posts_mean) / self.posts_deviation).astype(np.float32)


def _told(sentences: Array, scale: _Scale) -> Array:
    """Sentence × (questions from FROM on, words, then the questions' own log-odds)."""
    scores = np.minimum(sentences[:, :-OF_WORDS], HIGHEST)
    return np.column_stack(
        [np.maximum(scores - FROM, 0), scale.words(sentences[:, -OF_WORDS:]), np.maximum(scores, LOWEST)]
    )


def _initial(random: np.random.Generator, told: int, asked: int) -> Parameters:
    said = (told - OF_WORDS) // 2 + OF_WORDS

    def drawn(bound: float, *shape: int) -> Array:
        return random.uniform(-bound, bound, shape).astype(np.float32)

    of_units, pooled = UNITS**-0.5, 4 * UNITS + OF_POST
    return {
        **{f"said_{gate}": drawn(of_units / 2, 2, said, UNITS) for gate in GATES},
        **{f"post_{gate}": drawn(of_units, 2, OF_POST, UNITS) for gate in GATES},
        **{f"bias_{gate}": drawn(of_units, 2, 1, UNITS) for gate in GATES},
        **{f"state_{gate}": drawn(of_units, 2, UNITS, UNITS) for gate in GATES},
        "state_bias": drawn(of_units, 2, 1, UNITS),
        "signs": drawn((2 * UNITS) ** -0.5, 2 * UNITS, asked),
        "signs_own": np.ones(asked, np.float32),
        "signs_bias": np.zeros(asked, np.float32),
        "hidden": drawn(pooled**-0.5, pooled, UNITS),
        "hidden_bias": drawn(pooled**-0.5, UNITS),
        "out": drawn(of_units, UNITS, TOLD),
        "out_bias": drawn(of_units, TOLD),
    }


class _Keep:
    """Draws what is dropped for one step of the training."""

    def __init__(self, random: np.random.Generator) -> None:
        self._random = random

    def of(self, values: Any, dropped: float) -> Any:
        kept = self._random.random(values.shape, np.float32) >= dropped
        return values * (kept.astype(np.float32) / np.float32(1 - dropped))


def _read(weights: Parameters, batch: Batch, keep: _Keep | None) -> tuple[Any, Any]:
    """(text × TOLD, text × asked) log-odds; `keep` drops some of the values, in training alone."""

    def kept(values: Any, dropped: float) -> Any:
        return values if keep is None else keep.of(values, dropped)

    of_post = {gate: anp.matmul(batch.posts, weights[f"post_{gate}"]) + weights[f"bias_{gate}"] for gate in GATES}
    state: Any = np.zeros((2, len(batch.posts), UNITS), np.float32)
    states = []
    for step, there in zip(batch.steps, batch.there, strict=True):
        said = kept(step, GIVEN_DROPPED)
        given = {gate: anp.matmul(said, weights[f"said_{gate}"]) + of_post[gate] for gate in GATES}
        held = {gate: anp.matmul(state, weights[f"state_{gate}"]) for gate in GATES}
        reset, update = (0.5 + 0.5 * anp.tanh((given[gate] + held[gate]) / 2) for gate in "ru")
        new = anp.tanh(given["n"] + reset * (held["n"] + weights["state_bias"]))
        state = there * (update * state + (1 - update) * new) + (1 - there) * state
        states.append(state)
    both = anp.stack(states)
    together = kept(anp.concatenate([both[:, 0], both[::-1, 1]], axis=2), DROPPED)
    signs = anp.matmul(together, weights["signs"]) + weights["signs_own"] * batch.own + weights["signs_bias"]
    nothing = (1 - batch.valid) * np.float32(NEVER)
    highest = anp.max(together + nothing, axis=0)
    mean = anp.sum(together * batch.valid, axis=0) / batch.valid.sum(axis=0)
    pooled = kept(anp.concatenate([highest, mean, batch.posts], axis=1), DROPPED)
    hidden = anp.maximum(anp.matmul(pooled, weights["hidden"]) + weights["hidden_bias"], 0)
    return anp.matmul(hidden, weights["out"]) + weights["out_bias"], anp.max(signs + nothing, axis=0)


def _error(told: Any, labels: Array, weights: Array) -> Any:
    """Mean cross-entropy of each column, weighed."""
    each = (anp.logaddexp(0, told) - told * labels) * weights
    of_columns = anp.sum(each, axis=0) / (weights.sum(axis=0) + np.float32(1e-6))
    share = np.full(labels.shape[1], OF_SIGNS, np.float32)
    share[:TOLD] = OF_POST_TOLD
    return anp.sum(of_columns * share)


def _batches(
    rows: npt.NDArray[np.int64], starts: npt.NDArray[np.int64], random: np.random.Generator
) -> Iterator[npt.NDArray[np.int64]]:
    """All rows, those of a like length together, in random order."""
    length = (starts[rows + 1] - starts[rows]) // 2
    ordered = rows[np.lexsort((random.random(len(rows)), length))]
    parts = [ordered[start : start + BATCH] for start in range(0, len(ordered), BATCH)]
    for number in random.permutation(len(parts)):
        yield parts[number]


def _batch(given: Given, rows: npt.NDArray[np.int64]) -> Batch:
    questions = (given.sentences.shape[1] - OF_WORDS) // 2
    said = questions + OF_WORDS
    of_texts = []
    for start, end in zip(given.starts[rows].tolist(), given.starts[rows + 1].tolist(), strict=True):
        of_text = given.sentences[start:end]
        of_texts.append(of_text[chosen(of_text[:, said:].max(axis=1).tolist())])
    longest = max(map(len, of_texts))
    filled = np.zeros((longest, len(rows), given.sentences.shape[1]), np.float32)
    valid = np.zeros((longest, len(rows), 1), np.float32)
    for number, of_text in enumerate(of_texts):
        filled[: len(of_text), number], valid[: len(of_text), number] = of_text, 1
    steps = [np.stack([filled[at, :, :said], filled[-1 - at, :, :said]]) for at in range(longest)]
    there = [np.stack([valid[at], valid[-1 - at]]) for at in range(longest)]
    return Batch(steps, there, filled[:, :, [said + number for number in given.asked]], valid, given.posts[rows])


def _exported(weights: Parameters, asked: tuple[int, ...], scale: _Scale) -> ContextReader:
    """As it takes values that are not scaled."""

    def direction(number: int) -> Direction:
        said, post, bias = (
            np.concatenate([weights[f"{name}_{gate}"][number] for gate in GATES], axis=1)
            for name in ("said", "post", "bias")
        )
        said[-OF_WORDS:] /= scale.words_deviation[:, None]
        post = post / scale.posts_deviation[:, None]
        bias = bias - scale.words_mean @ said[-OF_WORDS:] - scale.posts_mean @ post
        state = np.concatenate([weights[f"state_{gate}"][number] for gate in GATES], axis=1).T
        return Direction(
            _rows(said), _rows(post), _rows(bias)[0], _rows(state), _rows(weights["state_bias"][number])[0]
        )

    hidden = np.vstack([weights["hidden"], weights["hidden_bias"]])
    hidden[-1 - OF_POST : -1] /= scale.posts_deviation[:, None]
    hidden[-1] -= scale.posts_mean @ hidden[-1 - OF_POST : -1]
    return ContextReader(
        asked,
        direction(0),
        direction(1),
        _rows(np.vstack([weights["signs"], weights["signs_own"], weights["signs_bias"]]).T),
        _rows(hidden.T),
        _rows(np.vstack([weights["out"], weights["out_bias"]]).T),
    )


def _rows(values: Any) -> Rows:
    """As a file of floats of four bytes holds them."""
    return tuple(map(tuple, values.astype(np.float32).astype(float).tolist()))
