"""The learned reading of an occupation: a chance for each group of ISCO-08, from title, text, employer and everyday words.

Linear models share the work. One knows official titles in 23 languages; what it and the everyday words say is fused for
every language. For Polish, of which hand-coded adverts exist, another weighs title, text and employer as well.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from screening.reference.occupations import EverydayWord
from screening.reference.occupations_model import Model, Table
from screening.signals.sector_features import company_buckets, text_buckets, title_buckets

FINER = ("512", "513", "9111", "931")
"""Groups of three or four digits that are told apart because they make a high-risk sector within a mixed group."""
_MAJORS = tuple("0123456789")
_LEAST_LOG = -12.0
_LEAST_CHANCE = 0.001  # below it a chance adds nothing that counts


def group_of(isco08: str) -> str:
    """The group of the model that a code of two digits or more falls into."""
    return next((code for code in FINER if isco08.startswith(code)), isco08[:2])


def by_titles(words: Sequence[str], table: Table, bias: Sequence[float]) -> list[float]:
    """Chances of a table's groups, by official titles alone; `words` come from `title_words`."""
    buckets = title_buckets(words)
    scores = list(bias)
    if buckets:
        table.add(buckets, 1 / math.sqrt(len(buckets)), scores)
    return softmax(scores)


def fused(
    chances: Sequence[float], head: EverydayWord | None, others: Sequence[EverydayWord], model: Model
) -> list[float]:
    """Chances after official titles and everyday words, for any language."""
    weight = model.fusion
    scores = [
        weight["titles"] * max(math.log(chance + 1e-9), _LEAST_LOG) + weight["prior"] * prior
        for chance, prior in zip(chances, model.prior, strict=True)
    ]
    if head:
        counts = fusion_counts(head, others, model.groups)
        for name, row in zip(("head", "head_major", "other", "other_major"), counts, strict=True):
            for place, count in enumerate(row):
                if count:
                    scores[place] += weight[name] * count
    return softmax(scores)


def fusion_counts(head: EverydayWord | None, others: Sequence[EverydayWord], groups: Sequence[str]) -> list[list[int]]:
    """How many everyday words speak for each group: the head exactly, the head by its first digit alone, others likewise."""
    rows = []
    for words in ([head] if head else [], others):
        exact, major = [0] * len(groups), [0] * len(groups)
        for word in words:
            code = word.isco08
            for place, group in enumerate(groups):
                if len(code) > 1 and (group_of(code) == group or (len(code) == 2 and group.startswith(code))):
                    exact[place] += 1
                elif group[0] == code[0]:
                    major[place] += 1
        rows += [exact, major]
    return rows


def stack_features(
    fused_chances: Sequence[float],
    polish_chances: Sequence[float],
    head: EverydayWord | None,
    others: Sequence[EverydayWord],
    groups: Sequence[str],
) -> list[tuple[int, float]]:
    """(place, value) of what the adverts' model weighs beside words: roots of chances, and groups of the everyday words."""
    both = (*fused_chances, *polish_chances)
    features = [(place, math.sqrt(chance)) for place, chance in enumerate(both) if chance > _LEAST_CHANCE]
    names = (*_MAJORS, *groups)
    places = {name: place for place, name in enumerate(names)}
    found: dict[int, None] = {}
    for offset, words in ((len(both), [head] if head else []), (len(both) + len(names), others)):
        for word in words:
            for code in (word.isco08[0], word.isco08[:2], group_of(word.isco08)):
                if code in places:
                    found[offset + places[code]] = None
    return features + [(place, 1.0) for place in found]


def stack_size(groups: Sequence[str], polish_groups: Sequence[str]) -> int:
    """How many places `stack_features` has."""
    return len(groups) + len(polish_groups) + 2 * (len(_MAJORS) + len(groups))


def by_adverts(
    words: Sequence[str],
    text: Sequence[str],
    company: Sequence[str],
    stack: Sequence[tuple[int, float]],
    fused_chances: Sequence[float],
    model: Model,
) -> list[float]:
    """Chances for a Polish advert: title words, folded tokens of text and employer, and `stack_features` of its title."""
    scores = [0.0] * len(model.groups)
    for buckets in (title_buckets(words), text_buckets(text), company_buckets(company)):
        if buckets:
            model.adverts.add(buckets, 1 / math.sqrt(len(buckets)), scores)
    if stack:
        values = [value for _, value in stack]
        columns = zip(*(model.stack[place] for place, _ in stack), strict=True)
        scores = [score + math.sumprod(values, column) for score, column in zip(scores, columns, strict=True)]
    scores += [max(math.log(chance + 1e-9), _LEAST_LOG) for chance in fused_chances]
    biases = zip(model.mixing_bias, model.mixing_columns, strict=True)
    return softmax([bias + math.sumprod(scores, column) for bias, column in biases])


def softmax(scores: Sequence[float]) -> list[float]:
    most = max(scores)
    powers = [math.exp(score - most) for score in scores]
    whole = sum(powers)
    return [power / whole for power in powers]
