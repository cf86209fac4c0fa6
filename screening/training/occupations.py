"""Train the occupation model and write what ships: `python -m screening.training.occupations --data ../shared/data`.

Seeded: the same data and library versions give the same file. First the titles' models learn from official titles; then,
on top of them, the adverts' model from hand-coded Polish adverts. The few constants that join them are fitted on those
adverts too, sharpness and trust on scores of employers that were left out.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import optimize, sparse
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from screening.posts.post import Post
from screening.reference.occupations import EverydayWord
from screening.reference.occupations_model import Model, Table, to_bytes
from screening.signals.sector import everyday_reading
from screening.signals.sector_features import company_buckets, text_buckets, title_buckets, title_words
from screening.signals.sector_model import fused, fusion_counts, group_of, stack_features, stack_size
from screening.text.document import Document
from screening.text.reading import read_document
from screening.training import occupation_learning as learning
from screening.training.occupation_learning import BUCKETS, Matrix
from screening.training.occupation_sources import (
    Advert,
    Title,
    everyday_titles,
    hand_coded_adverts,
    official_titles,
)

TARGET = Path(__file__).resolve().parents[1] / "reference" / "data" / "occupations" / "model.bin"
SEED = 20260701
FOLDS = 5

# Shares of the blocks in how alike two adverts are, by out-of-fold agreement (flat around these values).
_TITLE_SHARE, _TEXT_SHARE, _COMPANY_SHARE = 2.0, 1.0, 0.3
_FUSED_SHARE, _POLISH_SHARE, _EVERYDAY_SHARE = 1.0, 0.7, 1 / 6
_SOFTNESS = 3.0  # of the ridge regression
_TITLE_SCALE = 0.35  # of rarities in the titles' models: how fast they learn
_LISTED_IMPORTANCE = 3.0  # of a hand-listed title against an official one
_LEAST_EMPLOYERS = (
    3  # a bucket that fewer employers used tells of them, not of the work; nor could a text be read from it
)
_TITLE_ENTRIES, _POLISH_ENTRIES, _ADVERT_ENTRIES = 950_000, 200_000, 600_000
_LEAST_LOG = -12.0
# How much the regression over all groups counts in the mixing, its inverse regularisation, and what brings scores and logs to a like
# size for it: by out-of-fold agreement (0.3 of it: one digit 79.9 to 80.2 %, two 75.5 to 75.9, with the bounds of answers at 0.13 and 0.2; 0.6 of it gains nothing).
_MIXING, _MIXING_REGULARISATION = 0.3, 0.3
_SCORE_SIZE, _LOG_SIZE = 3.0, 0.15
_UNSEEN = 20.0  # log-odds against a group that no coded advert has
_FUSION = ("titles", "prior", "head", "head_major", "other", "other_major")
_NOTES = {
    "what": "Weights of hashed words (CRC-32 cut to 18 bits) for ISCO-08 groups; no title or text can be read from them",
    "source": "Learned from ESCO 1.1.1 labels and national lists mapped to ESCO (credit: ESCO, European Commission), KZiS 2023"
    " (Poland), DK 003:2010 (Ukraine), this project's lists, and counts over 6,645 Polish adverts coded by Beresewicz & Pater"
    " 2024 (RepOD doi:10.18150/SX0E7G), none of whose texts ship: only buckets that three employers or more used",
    "licence": "CC BY 4.0, the Offer Screening authors; titles under the European Commission's reuse notice (2011/833/EU)",
    "date": "2026-11",
}


@dataclass(frozen=True, slots=True)
class Coded:
    """An advert as the models see it."""

    advert: Advert
    document: Document
    words: tuple[str, ...]  # of the title
    text: tuple[str, ...]  # folded tokens
    company: tuple[str, ...]
    head: EverydayWord | None
    others: tuple[EverydayWord, ...]

    @property
    def employer(self) -> str:
        """What keeps adverts of one employer in one fold; without a name, of one title."""
        return self.advert.employer or "title: " + " ".join(self.words)


def read_adverts(data: Path) -> list[Coded]:
    """The hand-coded adverts, read as the service reads a post. Raises FileNotFoundError where they are absent."""
    return [_coded(advert) for advert in hand_coded_adverts(data)]


def _coded(advert: Advert) -> Coded:
    document = read_document(
        Post(platform="t", id="1", title=advert.title, description=advert.description, company=advert.employer)
    )
    title, text, company = (
        tuple(token.folded for token in field.tokens) if (field := document.field(name)) else ()
        for name in ("title", "description", "company")
    )
    head, others = everyday_reading(title, document.language.languages)
    return Coded(advert, document, tuple(title_words(title)), text, company, head, tuple(others))


def train_titles(titles: Sequence[Title], listed: Sequence[Title]) -> Model:
    """A model that knows titles alone: official ones, and hand-listed ones that weigh more. Nothing of an advert is in it."""
    every = [(group_of(title.isco08), title, 1.0) for title in titles]
    every += [(group_of(title.isco08), title, _LISTED_IMPORTANCE) for title in listed]
    groups, table, bias, share = _title_table(every, epochs=4, entries=_TITLE_ENTRIES)
    fine = [(title.isco08[:3], title, 1.0) for title in titles if title.language == "pl" and len(title.isco08) > 2]
    polish_groups, polish, polish_bias, _ = _title_table(fine, epochs=8, entries=_POLISH_ENTRIES)
    return Model(
        groups=groups,
        titles=table,
        titles_bias=bias,
        fusion=dict.fromkeys(_FUSION, 1.0),
        prior=_rounded(-np.log(share)),
        polish_groups=polish_groups,
        polish=polish,
        polish_bias=polish_bias,
        adverts=learning.EMPTY,
        stack=((0.0,) * len(groups),) * stack_size(groups, polish_groups),
        mixing=((0.0,) * len(groups),) * (2 * len(groups)),
        mixing_bias=(0.0,) * len(groups),
        notes=_NOTES,
    )


def _title_table(
    rows: Sequence[tuple[str, Title, float]], *, epochs: int, entries: int
) -> tuple[tuple[str, ...], Table, tuple[float, ...], npt.NDArray[np.float64]]:
    """Groups, weights, bias, and each group's share of the titles, from (group, title, importance)."""
    groups = tuple(sorted({group for group, _, _ in rows}))
    place = {group: number for number, group in enumerate(groups)}
    labels = np.array([place[group] for group, _, _ in rows])
    features = learning.bucket_matrix([title_buckets(title_words(title.words)) for _, title, _ in rows])
    scales = learning.rarity(features) * _TITLE_SCALE
    weights, bias = learning.fit_softmax(
        (features @ sparse.diags(scales)).tocsr().astype(np.float32),
        labels,
        np.array([importance for _, _, importance in rows], np.float32),
        groups=len(groups),
        epochs=epochs,
        rate=0.1,
        seed=SEED,
    )
    table = learning.pruned(weights * scales[:, None], entries=entries)
    return groups, table, _rounded(bias), np.bincount(labels) / len(labels)


@dataclass(frozen=True, slots=True)
class Features:
    """Of all adverts: what is learned from, and what each should come out as (-1: the coder gave no group)."""

    words: sparse.csr_matrix  # title, text and employer, over one set of buckets
    scales: Matrix  # of the buckets
    stack: sparse.csr_matrix  # of `stack_features`, unscaled
    stack_scales: Matrix
    log_fused: Matrix  # logs of the fused chances
    labels: npt.NDArray[np.int64]


def labels_of(adverts: Sequence[Coded], groups: Sequence[str]) -> npt.NDArray[np.int64]:
    """The place of each advert's coded group; -1 where the coder gave none."""
    place = {group: number for number, group in enumerate(groups)}
    return np.array([place.get(group_of(ad.advert.isco08), -1) if ad.advert.isco08 else -1 for ad in adverts])


def advert_features(adverts: Sequence[Coded], model: Model) -> Features:
    """Features of the adverts, given the titles' models that will ship (pruned and rounded) and the fusion."""
    blocks = (
        (learning.bucket_matrix([title_buckets(ad.words) for ad in adverts]), _TITLE_SHARE),
        (learning.bucket_matrix([text_buckets(ad.text) for ad in adverts]), _TEXT_SHARE),
        (learning.bucket_matrix([company_buckets(ad.company) for ad in adverts]), _COMPANY_SHARE),
    )
    scales = np.zeros(BUCKETS, np.float32)
    for block, share in blocks:
        rarities = learning.rarity(block) * (np.bincount(block.indices, minlength=BUCKETS) > 0)
        scaled = block @ sparse.diags(rarities)
        size = np.sqrt(scaled.multiply(scaled).sum(axis=1).mean())
        scales += rarities * np.sqrt(share) / size  # the few buckets that two blocks share take the sum
    chances = title_chances(blocks[0][0], model.titles, model.titles_bias)
    polish = title_chances(blocks[0][0], model.polish, model.polish_bias)
    joined = [fused(row.tolist(), ad.head, ad.others, model) for row, ad in zip(chances, adverts, strict=True)]
    found = [
        stack_features(of_all, of_polish.tolist(), ad.head, ad.others, model.groups)
        for of_all, of_polish, ad in zip(joined, polish, adverts, strict=True)
    ]
    size = stack_size(model.groups, model.polish_groups)
    shares = np.full(size, _EVERYDAY_SHARE, np.float32)
    shares[: len(model.groups)] = _FUSED_SHARE
    shares[len(model.groups) : len(model.groups) + len(model.polish_groups)] = _POLISH_SHARE
    return Features(
        words=sum(block for block, _ in blocks).tocsr().astype(np.float32),
        scales=scales,
        stack=learning.weighted_matrix(found, size),
        stack_scales=np.sqrt(shares),
        log_fused=np.maximum(np.log(np.array(joined, np.float32) + 1e-9), _LEAST_LOG),
        labels=labels_of(adverts, model.groups),
    )


def title_chances(titles: sparse.csr_matrix, table: Table, bias: Sequence[float]) -> Matrix:
    """Chances by a titles' table for rows of `bucket_matrix`: (rows, groups)."""
    return learning.softmax(titles @ learning.dense(table, len(bias)) + np.array(bias, np.float32))


def train_adverts(features: Features, employers: Sequence[str], rows: npt.NDArray[np.int64], model: Model) -> Model:
    """The model with the adverts' part learned from the given rows."""
    rows = rows[features.labels[rows] >= 0]
    words = features.words[rows]
    seen = learning.employers_per_bucket(words, [employers[row] for row in rows])
    scales = np.where(seen >= _LEAST_EMPLOYERS, features.scales, 0).astype(np.float32)
    both = sparse.hstack([words @ sparse.diags(scales), features.stack[rows] @ sparse.diags(features.stack_scales)])
    weights = learning.fit_ridge(both.tocsr(), features.labels[rows], groups=len(model.groups), softness=_SOFTNESS)
    return replace(
        model,
        adverts=learning.pruned(weights[:BUCKETS] * scales[:, None], entries=_ADVERT_ENTRIES),
        stack=tuple(_rounded(row) for row in weights[BUCKETS:] * features.stack_scales[:, None]),
    )


def folds(adverts: Sequence[Coded]) -> Iterator[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
    """(learn, test) rows five times; no employer stands in both."""
    employers = [ad.employer for ad in adverts]
    yield from GroupKFold(FOLDS).split(employers, groups=employers)


def advert_scores(features: Features, rows: npt.NDArray[np.int64], model: Model) -> Matrix:
    """Scores of the adverts' part (rows, groups), before they are mixed with the fused chances."""
    weights = learning.dense(model.adverts, len(model.groups))
    return np.asarray(features.words[rows] @ weights + features.stack[rows] @ np.array(model.stack), np.float32)


def fit_sharpness(scores: Matrix, features: Features) -> tuple[float, float]:
    """Sharpness of the adverts' scores and trust in the fused chances, under which left-out labels are likeliest."""
    known = np.flatnonzero(features.labels >= 0)

    def loss(values: npt.NDArray[np.float64]) -> float:
        joined = values[0] * scores[known] + values[1] * features.log_fused[known]
        return _surprise(joined, features.labels[known])

    best = optimize.minimize(loss, np.array([8.0, 0.3]), method="Powell").x
    return round(float(best[0]), 3), round(float(best[1]), 3)


def mixed(
    model: Model, scores: Matrix, features: Features, rows: npt.NDArray[np.int64], sharpness: float, trust: float
) -> Model:
    """The model with its mixing, learned from left-out scores of the given rows: mostly each group's own score and fused chance,
    for the rest a regression over those of all groups, which knows what is taken for what."""
    rows = rows[features.labels[rows] >= 0]
    sizes = np.repeat([_SCORE_SIZE, _LOG_SIZE], len(model.groups))
    values = np.hstack([scores[rows], features.log_fused[rows]]) * sizes
    learned = LogisticRegression(C=_MIXING_REGULARISATION, max_iter=1000).fit(values, features.labels[rows])
    weights = np.vstack([np.eye(len(model.groups)) * sharpness, np.eye(len(model.groups)) * trust]) * (1 - _MIXING)
    bias = np.full(len(model.groups), -_MIXING * _UNSEEN)
    weights[:, learned.classes_] += _MIXING * (learned.coef_ * sizes).T
    bias[learned.classes_] = _MIXING * learned.intercept_
    return replace(model, mixing=tuple(_rounded(row) for row in weights), mixing_bias=_rounded(bias))


def fit_fusion(adverts: Sequence[Coded], model: Model) -> Model:
    """The model with prior and fusion: how much official titles, a group's share among adverts and everyday words count."""
    labels = labels_of(adverts, model.groups)
    known = np.flatnonzero(labels >= 0).tolist()
    share = np.bincount(labels[known], minlength=len(model.groups)) + 1.0
    prior = np.array(model.prior) + np.log(share / share.sum())
    buckets = learning.bucket_matrix([title_buckets(adverts[row].words) for row in known])
    chances = title_chances(buckets, model.titles, model.titles_bias)
    logs = np.maximum(np.log(chances + 1e-9), _LEAST_LOG)
    counts = np.array(
        [fusion_counts(adverts[row].head, adverts[row].others, model.groups) for row in known], np.float32
    )  # (rows, 4, groups)

    def loss(values: npt.NDArray[np.float64]) -> float:
        joined = values[0] * logs + values[1] * prior + np.einsum("k,rkg->rg", values[2:], counts)
        return _surprise(np.asarray(joined, np.float32), labels[known])

    best = optimize.minimize(loss, np.array([0.6, 0.6, 2, 1, 0.5, 0.2]), method="Powell", options={"maxiter": 12}).x
    fusion = {name: round(float(value), 3) for name, value in zip(_FUSION, best, strict=True)}
    return replace(model, fusion=fusion, prior=_rounded(prior))


def _surprise(scores: Matrix, labels: npt.NDArray[np.int64]) -> float:
    likelihood = learning.softmax(scores)[np.arange(len(labels)), labels]
    return float(-np.log(likelihood + 1e-9).mean())


def _rounded(values: npt.NDArray[np.floating]) -> tuple[float, ...]:
    return tuple(round(float(value), 4) for value in values)


def train_folds(adverts: Sequence[Coded], model: Model) -> tuple[list[tuple[npt.NDArray[np.int64], Model]], Model]:
    """For each fold its rows and a model that saw none of their employers; and the model of all adverts.

    Sharpness, trust and fusion (nine numbers) are the same in all of them, fitted over all adverts; the mixing is learned
    from the scores of the other folds' adverts, each by a model that left it out.
    """
    model = fit_fusion(adverts, model)
    employers = [ad.employer for ad in adverts]
    features = advert_features(adverts, model)
    scores = np.zeros((len(adverts), len(model.groups)), np.float32)
    parts = []
    for learn, test in folds(adverts):
        part = train_adverts(features, employers, learn, model)
        scores[test] = advert_scores(features, test, part)
        parts.append((test, part))
    sharpness, trust = fit_sharpness(scores, features)
    every = np.arange(len(adverts))
    joined = [
        (test, mixed(part, scores, features, np.setdiff1d(every, test), sharpness, trust)) for test, part in parts
    ]
    whole = train_adverts(features, employers, every, model)
    return joined, mixed(whole, scores, features, every, sharpness, trust)


def train(data: Path) -> Model:
    """The model that ships. Raises FileNotFoundError where a source is absent."""
    _, model = train_folds(read_adverts(data), train_titles(official_titles(data), everyday_titles()))
    return model


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--data", type=Path, required=True, help="the evaluation data (folders occupations, polish_ads)"
    )
    parser.add_argument("--out", type=Path, default=TARGET)
    given = parser.parse_args(arguments)
    if not (given.data / "occupations").is_dir():
        sys.stderr.write(f"{given.data}: no folder 'occupations'\n")
        return 2
    content = to_bytes(train(given.data))
    given.out.write_bytes(content)
    sys.stdout.write(f"{given.out.name}: {len(content) / 1e6:.2f} MB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
