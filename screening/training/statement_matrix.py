"""All sentences that the reader learns from as one sparse matrix; and which of them make up a text."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence

import numpy as np
import scipy.sparse

from screening.rules.reader import Feature
from screening.rules.word_weights import pieces_of
from screening.training.statements import (
    ADVERT,
    BESIDE,
    COMMON,
    CORPUS_NAMES,
    PAIR,
    Content,
    Sentence,
)
from screening.training.whole_fit import Bools, Floats, texts_of

MIN_COUNT, MIN_COUNT_OF_PIECES = 3, 5


class Problem:
    """All sentences as one sparse matrix, with the labels of each question: columns of concepts count once a sentence, those of
    the pieces of words as many words as hold them."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        counts, of_pieces = Counter[Feature](), Counter[str]()
        for sentence in sentences:
            if sentence.code != ADVERT:
                counts.update(sentence.content.features)
                of_pieces.update(set().union(*map(pieces_of, sentence.content.words)))
        kept: list[Feature | str] = sorted(feature for feature, count in counts.items() if count >= MIN_COUNT)
        kept += sorted(piece for piece, count in of_pieces.items() if count >= MIN_COUNT_OF_PIECES)
        self.columns = {feature: column for column, feature in enumerate(kept)}
        self.features = kept
        self.of_pieces = np.array([isinstance(feature, str) for feature in kept])
        self.sentences = sentences
        self._columns_of_word: dict[str, list[int]] = {}
        self.rows = self._matrix([sentence.content for sentence in sentences])
        self.codes = np.array([sentence.code for sentence in sentences])
        self.signs = np.array([sentence.sign for sentence in sentences])
        self.folds = np.array([sentence.fold for sentence in sentences])
        self.weights = np.array([sentence.weight for sentence in sentences])
        self.offers = [row for row, sentence in enumerate(sentences) if sentence.code == PAIR]
        self.texts = texts_of(sentences)

    def _matrix(self, contents: Sequence[Content]) -> scipy.sparse.csr_matrix:
        starts, columns = [0], array("i")
        for content in contents:
            columns.extend(column for f in content.features if (column := self.columns.get(f)) is not None)
            for word in sorted(content.words):
                columns.extend(self._of_word(word))
            starts.append(len(columns))
        values = np.ones(len(columns), np.float32)
        matrix = scipy.sparse.csr_matrix((values, columns, starts), shape=(len(contents), len(self.features)))
        matrix.sum_duplicates()
        return matrix

    def _of_word(self, word: str) -> list[int]:
        if word not in self._columns_of_word:
            known = (self.columns.get(piece) for piece in pieces_of(word))
            self._columns_of_word[word] = [column for column in known if column is not None]
        return self._columns_of_word[word]

    def examples(self, code: str, sign: str) -> int:
        """Statements and marked sentences of offers that say so of the code."""
        said = sum((code, sign) in sentence.says for sentence in self.sentences if sentence.says)
        return said + int(((self.codes == code) & (self.signs == sign)).sum())

    def labels(self, code: str, sign: str) -> tuple[Bools, Floats, Bools]:
        """(label, weight, undecided) of every sentence; weight 0 leaves one out, `undecided` are those of unmarked offers
        that bear the sign somewhere."""
        own = self.codes == code
        label = own & (self.signs == sign)
        weight = self.weights.copy()
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
