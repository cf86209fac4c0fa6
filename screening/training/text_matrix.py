"""The texts that the reader learns from as one sparse matrix: concepts, words by their pieces and as they stand, and pairs of
neighbouring words. A row is divided by the root of what was read, as `screening/rules/text_reader.py` divides a post's sum."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import scipy.sparse

from screening.rules.reader import Feature
from screening.rules.text_reader import names_of, read_root
from screening.training.statements import ADVERT, PAIR, Content, Sentence
from screening.training.whole_fit import texts_of

LEAST_TEXTS = 3
"""Texts, other than adverts, that hold a name before it is learned from."""


class Texts:
    """All texts. `rows`: text × name; `first`: of each text its first sentence, which tells what it is. `order`: the sentences, text
    by text; `text_of`: the number of each one's text."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        texts = texts_of(sentences)
        self.order = np.array([row for rows in texts for row in rows])
        self.text_of = np.repeat(np.arange(len(texts)), list(map(len, texts)))
        self._sentences = sentences
        contents = [Content.together(sentences[row].content for row in rows) for rows in texts]
        self.first = [sentences[rows[0]] for rows in texts]
        self.names = _kept(content for content, first in zip(contents, self.first, strict=True) if first.code != ADVERT)
        self.of_offers = np.array([first.code == PAIR for first in self.first])
        self.risky = np.array([bool(first.text) and first.sign == "+" for first in self.first])
        self.mention = np.array([first.mention for first in self.first])
        self.folds = np.array([first.fold for first in self.first])
        roots = np.array([read_root(len(content.features), len(content.words)) for content in contents])
        self.usual = round(float(np.median(roots)), 3)
        counts = _matrix(contents, self.names)
        self.rows = scipy.sparse.csr_matrix(scipy.sparse.diags((self.usual / roots).astype(np.float32)) @ counts)

    def sentence_rows(self) -> scipy.sparse.csr_matrix:
        """Sentence × name, in `order`; not divided by what was read."""
        return _matrix([self._sentences[row].content for row in self.order.tolist()], self.names)


def _names(content: Content) -> Iterator[Feature | str]:
    yield from content.features
    for word in sorted(content.words):
        yield from set(names_of(word))
    yield from content.pairs


def _kept(contents: Iterable[Content]) -> list[Feature | str]:
    counts = Counter[Feature | str]()
    for content in contents:
        counts.update(set(_names(content)))
    features = sorted(name for name, count in counts.items() if isinstance(name, int) and count >= LEAST_TEXTS)
    names = sorted(name for name, count in counts.items() if isinstance(name, str) and count >= LEAST_TEXTS)
    return [*features, *names]


def _matrix(contents: Sequence[Content], names: Sequence[Feature | str]) -> scipy.sparse.csr_matrix:
    """How many words of a text hold a piece; 1 for all else."""
    columns = {name: column for column, name in enumerate(names)}
    starts, found = [0], array("i")
    for content in contents:
        found.extend(column for name in _names(content) if (column := columns.get(name)) is not None)
        starts.append(len(found))
    values = np.ones(len(found), np.float32)
    matrix = scipy.sparse.csr_matrix((values, found, starts), shape=(len(contents), len(names)))
    matrix.sum_duplicates()
    return matrix
