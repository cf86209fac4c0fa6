"""Fits the two linear models of an occupation and cuts them to what ships: few weights a bucket, one byte each."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import linalg, sparse

from screening.reference.occupations_model import Table
from screening.signals.sector_features import BUCKET_BITS

BUCKETS = 1 << BUCKET_BITS
Matrix = npt.NDArray[np.float32]
_BATCH = 2048
EMPTY = Table(array("I", [0] * (BUCKETS + 1)), b"", array("b"), 1.0)
_START = 1e-9  # of a bucket's sum of squared gradients (Adagrad)


def bucket_matrix(rows: Sequence[Sequence[int]]) -> sparse.csr_matrix:
    """One row per text, 1/sqrt(number of its buckets) in each of its buckets."""
    sizes = np.array([len(row) for row in rows], dtype=np.int64)
    ends = np.concatenate([[0], np.cumsum(sizes)])
    columns = np.fromiter((bucket for row in rows for bucket in row), dtype=np.int32, count=int(ends[-1]))
    values = np.repeat(1 / np.sqrt(np.maximum(sizes, 1)), sizes).astype(np.float32)
    return sparse.csr_matrix((values, columns, ends), shape=(len(rows), BUCKETS))


def weighted_matrix(rows: Sequence[Sequence[tuple[int, float]]], columns: int) -> sparse.csr_matrix:
    """One row per text from (place, value)."""
    ends = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    places = np.array([place for row in rows for place, _ in row], np.int32)
    values = np.array([value for row in rows for _, value in row], np.float32)
    return sparse.csr_matrix((values, places, ends), shape=(len(rows), columns))


def rarity(matrix: sparse.csr_matrix) -> Matrix:
    """Log of how rarely each bucket is used (idf)."""
    used = np.bincount(matrix.indices, minlength=BUCKETS)
    rare: Matrix = np.log((1 + matrix.shape[0]) / (1 + used)).astype(np.float32)
    return rare


def softmax(scores: Matrix) -> Matrix:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)


def fit_softmax(
    features: sparse.csr_matrix,
    labels: npt.NDArray[np.int64],
    importance: Matrix,
    *,
    groups: int,
    epochs: int,
    rate: float,
    seed: int,
) -> tuple[Matrix, Matrix]:
    """Multinomial regression by Adagrad over batches, one rate a bucket (scikit-learn's has no such solver for 400,000
    rows of 40 groups).

    Returns:
        Weights (buckets, groups) and bias (groups).
    """
    random = np.random.default_rng(seed)
    weights = np.zeros((features.shape[1], groups), np.float32)
    squares = np.full((features.shape[1], 1), _START, np.float32)
    bias = np.zeros(groups, np.float32)
    places = np.zeros(features.shape[1], np.int32)
    for epoch in range(epochs):
        order = random.permutation(features.shape[0])
        step = rate * (1 - epoch / epochs)
        for start in range(0, len(order), _BATCH):
            chosen = order[start : start + _BATCH]
            batch = features[chosen]
            error = softmax(batch @ weights + bias)
            error[np.arange(len(chosen)), labels[chosen]] -= 1
            error *= (importance[chosen] / len(chosen))[:, None]
            used = np.unique(batch.indices)
            places[used] = np.arange(len(used))
            narrow = sparse.csr_matrix(
                (batch.data, places[batch.indices], batch.indptr), shape=(len(chosen), len(used))
            )
            gradient = narrow.T @ error
            squares[used] += np.square(gradient).mean(axis=1, keepdims=True)
            weights[used] -= step * gradient / np.sqrt(squares[used])
            bias -= 0.1 * step * error.sum(axis=0)
    return weights, bias


def fit_ridge(features: sparse.csr_matrix, labels: npt.NDArray[np.int64], *, groups: int, softness: float) -> Matrix:
    """Ridge regression of "is of this group" (1 or 0), solved over rows: a few thousand rows, far more features.

    Returns:
        Weights (features, groups).
    """
    wanted = np.zeros((features.shape[0], groups))
    wanted[np.arange(len(labels)), labels] = 1
    alike = np.asarray((features @ features.T).todense(), dtype=np.float64)
    alike[np.diag_indices(len(alike))] += softness
    of_rows = linalg.cho_solve(linalg.cho_factor(alike, overwrite_a=True), wanted)
    return np.asarray(features.T @ of_rows, dtype=np.float32)


def employers_per_bucket(features: sparse.csr_matrix, employers: Sequence[str]) -> npt.NDArray[np.int64]:
    """How many employers used each bucket (a row without an employer counts as one of its own)."""
    number = {name: place for place, name in enumerate(dict.fromkeys(employers))}
    rows = np.array([number[name] for name in employers])
    of_employer = sparse.csr_matrix(
        (np.ones(len(rows), np.float32), (rows, np.arange(len(rows)))), shape=(len(number), len(rows))
    )
    used = (of_employer @ features).tocsc()
    counts: npt.NDArray[np.int64] = np.diff(used.indptr).astype(np.int64)
    return counts


def pruned(weights: Matrix, *, entries: int) -> Table:
    """The heaviest `entries` weights as signed bytes; at most 255 groups a bucket."""
    size = np.abs(weights).ravel()
    entries = min(entries, int((size > 0).sum()))
    least = np.partition(size, len(size) - entries)[len(size) - entries]
    kept = np.abs(weights) >= max(float(least), 1e-9)
    values = weights[kept]
    scale = float(np.quantile(np.abs(values), 0.999)) / 127
    whole = np.clip(np.rint(values / scale), -127, 127).astype(np.int8)
    starts = np.concatenate([[0], np.cumsum(kept.sum(axis=1))]).astype(np.uint32)
    groups = np.nonzero(kept)[1].astype(np.uint8)
    return Table(array("I", starts.tolist()), groups.tobytes(), array("b", whole.tobytes()), scale)


def dense(table: Table, groups: int) -> Matrix:
    """The weights that ship, as training sees them: (buckets, groups)."""
    weights = np.zeros((len(table.starts) - 1, groups), np.float32)
    rows = np.repeat(np.arange(len(table.starts) - 1), np.diff(np.array(table.starts)))
    weights[rows, np.frombuffer(table.groups, np.uint8)] = np.array(table.weights, np.float32) * table.scale
    return weights
