"""The reader: learned weights over concepts that tell what a sentence states or denies, the same for every language.

A frame is written by hand and exact; the reader weighs everything that a sentence says at once: which concepts stand in
it, which stand near each other, which are negated. Its weights come from the project's own constructed statements
(`screening/training/statements/`, CC BY 4.0) and from ordinary adverts as counter-examples, of which nothing but sums
over concepts enters (`screening/training/statement_fit.py`; docs/decisions/0007-reader.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, log1p
from types import MappingProxyType
from typing import Any

from screening.rules.concept_table import Tag
from screening.rules.frames import Clauses
from screening.rules.languages import LANGUAGES
from screening.rules.settling import READS, Settling
from screening.rules.weight_lanes import added, lane, packed_by_feature, restored, stored

WITHIN = 9
"""Steps between two concepts up to which they count as said together."""
CLIP = 4.0
"""Log-odds of a question beyond which more makes no difference to the whole."""
MEAN_CLIP = 6.0
MAX_WORDS = 250
MAX_TAGS = 120
"""Concepts of one sentence that are read; a longer sentence is a list of something."""
NOT_STEPS = 3
CLASS_CONCEPTS = {"money": 1001, "percent": 1002}
"""Token classes that are read like concepts, numbered beyond them."""
SINGLE, NEGATED, TOGETHER, FIRST_NEGATED, SECOND_NEGATED = range(5)
_KINDS = 5
_KIND_NAMES = ("single", "negated", "together", "first_negated", "second_negated")

type Feature = int | str
"""Concepts: kind of feature, then one or two concepts, packed into a number. Words: "language:stem" or "language:stem stem"."""


def pack(kind: int, first: int, second: int = 0) -> int:
    return (first * 1024 + second) * _KINDS + kind


def _packed(kind: int, first: int, second: int = 0) -> int:
    """As `pack`, with the concepts in the order of their numbers, which may have changed since the fit."""
    if kind >= TOGETHER and first > second:
        first, second = second, first
        kind = {FIRST_NEGATED: SECOND_NEGATED, SECOND_NEGATED: FIRST_NEGATED}.get(kind, kind)
    return pack(kind, first, second)


def word_features(words: Sequence[tuple[int, str]], shelf: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Stems of the words (position, folded), alone and in twos, with the tokens they stand on; figures part them."""
    before, at = "", -2
    for position, word in words:
        if len(word) < MIN_WORD_CHARS or not word[0].isalpha():
            before = ""
            continue
        stem = word[:STEM_CHARS]
        yield f"{shelf}:{stem}", (position, position + 1)
        if before:
            yield f"{shelf}:{before} {stem}", (at, position + 1)
        before, at = stem, position


def shelf_of(languages: Iterable[str]) -> str:
    """The shelf that a text's words stand on: languages that share their stems share one."""
    for language in languages:
        if language in SHELVES:
            return SHELVES[language]
    return ""


MIN_WORD_CHARS = 3
STEM_CHARS = 5
"""Letters of a word that count: enough to tell words apart, few enough to leave endings out."""
SHELVES = {language: language for language in LANGUAGES} | {
    "uk": "east",
    "ru": "east",
    "bg": "east",
    "cs": "cs",
    "sk": "cs",
}


def unpack(feature: int, names: Mapping[int, str]) -> tuple[str, list[str]]:
    """(kind, names of its concepts) of a feature, as reader.json writes it."""
    rest, kind = divmod(feature, _KINDS)
    first, second = divmod(rest, 1024)
    return _KIND_NAMES[kind], [names[first]] if kind < TOGETHER else [names[first], names[second]]


class Occurrences:
    """The features of one sentence, each with the tokens that it stands on."""

    def __init__(
        self,
        tags: Iterable[Tag],
        negators: Sequence[tuple[int, int]],
        clauses: Clauses,
        words: Sequence[tuple[int, str]] = (),
        shelf: str = "",
    ) -> None:
        ordered = sorted({(tag.start, tag.end, tag.concept, tag.negated) for tag in tags})[:MAX_TAGS]
        self.places: dict[Feature, tuple[int, int]] = dict(word_features(words[:MAX_WORDS], shelf)) if shelf else {}
        denied = [
            own or any(clauses.between(start, end, *negator) <= NOT_STEPS for negator in negators)
            for start, end, _, own in ordered
        ]
        keep = self.places.setdefault
        for index, (start, end, concept, _) in enumerate(ordered):
            keep(pack(SINGLE, concept), (start, end))
            if denied[index]:
                keep(pack(NEGATED, concept), (start, end))
            for other in range(index + 1, len(ordered)):
                start_2, end_2, concept_2, _ = ordered[other]
                if start_2 < end or concept == concept_2:
                    continue
                if clauses.between(start, end, start_2, end_2) > WITHIN:
                    break
                span = (start, max(end, end_2))
                turned = concept > concept_2
                first, second = (concept_2, concept) if turned else (concept, concept_2)
                keep(pack(TOGETHER, first, second), span)
                if denied[index]:
                    keep(pack(SECOND_NEGATED if turned else FIRST_NEGATED, first, second), span)
                if denied[other]:
                    keep(pack(FIRST_NEGATED if turned else SECOND_NEGATED, first, second), span)


STATED, DENIED = "stated", "denied"


def pooled(scores: Sequence[float]) -> tuple[float, float, float]:
    """What a post's sentences say to one question together: the highest and the mean log-odds, and, on a scale of logarithms,
    in how many sentences it is to be expected (the sum of their chances)."""
    highest, mean = max(scores), sum(scores) / len(scores)
    expected = sum([1 / (1 + exp(-score)) for score in scores if score > UNLIKELY])
    return max(-CLIP, min(CLIP, highest)), max(-MEAN_CLIP, min(CLIP, mean)), log1p(expected)


POOLED = ("highest", "mean", "expected")
UNLIKELY = -8.0
"""Log-odds under which a sentence's chance counts as none, for speed: one in three thousand."""


@dataclass(frozen=True, slots=True)
class Reader:
    """`weights[feature]` holds what a feature weighs for each question (`weight_lanes`); a question is an indicator with a
    state, and has a bias.

    `sure`: log-odds from which a denial is taken for one.
    """

    questions: tuple[tuple[str, str], ...] = ()
    biases: tuple[float, ...] = ()
    sure: tuple[float, ...] = ()
    weights: Mapping[Feature, int] = MappingProxyType({})
    whole_bias: float = 0.0
    whole_weights: tuple[tuple[float, float, float], ...] = ()  # of each question's POOLED values in the post
    whole_bounds: tuple[float, float] = (0.0, 0.0)  # log-odds from which a post reads doubtful, and risky
    settling: Settling = field(default_factory=Settling)

    @classmethod
    def from_json(cls, data: Mapping[str, Any], concepts: Mapping[str, int]) -> Reader:
        """Weights are written by name of concept, so that they outlive a new numbering.

        Raises:
            KeyError: where a weight names a concept that there is no more: fit the reader anew.
        """
        ids = {**concepts, **{f"<{name}>": number for name, number in CLASS_CONCEPTS.items()}}
        weights: dict[Feature, list[tuple[int, float]]] = {}
        questions = data["questions"]
        for number, question in enumerate(questions):
            for kind, names, weight in question["weights"]:
                feature = _packed(_KIND_NAMES.index(kind), *(ids[name] for name in names))
                weights.setdefault(feature, []).append((number, weight))
            for word, weight in question["words"].items():
                weights.setdefault(word, []).append((number, weight))
        return cls(
            tuple((question["indicator"], question["state"]) for question in questions),
            tuple(question["bias"] for question in questions),
            tuple(question["sure"] for question in questions),
            packed_by_feature(weights),
            data["whole"]["bias"],
            tuple(
                (highest, mean, expected) for highest, mean, expected in (question["whole"] for question in questions)
            ),
            tuple(data["whole"]["bounds"]),
            Settling.from_json(data["settling"]),
        )

    def to_plain(self) -> tuple[Any, ...]:
        """The weights first, as they are stored, then the rest."""
        return (
            (list(self.weights), *stored(list(self.weights.values()))),
            self.questions, self.biases, self.sure, self.whole_bias, self.whole_weights, self.whole_bounds,
            self.settling.to_plain(),
        )  # fmt: skip

    @classmethod
    def from_plain(cls, data: tuple[Any, ...]) -> Reader:
        (features, width, numbers), questions, biases, sure, whole_bias, whole_weights, bounds, settling = data
        weights = dict(zip(features, restored(width, numbers), strict=True))
        return cls(questions, biases, sure, weights, whole_bias, whole_weights, bounds, Settling(*settling))

    def scores(self, features: Iterable[Feature]) -> list[float]:
        """Log-odds of every question."""
        return added(self.biases, [number for number in map(self.weights.get, features) if number is not None])

    def whole(self, sentences: Iterable[Sequence[float]]) -> float:
        """Log-odds that a post is a risky one, when all that its sentences state and deny is weighed together."""
        total = self.whole_bias
        for weights, scores in zip(self.whole_weights, zip(*sentences, strict=True), strict=True):
            for weight, value in zip(weights, pooled(scores), strict=True):
                total += weight * value
        return total

    def reads(self, whole: float) -> str:
        """One of READS."""
        return READS[sum(whole >= bound for bound in self.whole_bounds)]

    def denial_of(self, indicator: str) -> int:
        """Number of the question whether the indicator is denied; -1 where none asks."""
        return self.questions.index((indicator, DENIED)) if (indicator, DENIED) in self.questions else -1

    def span(self, question: int, places: Mapping[Feature, tuple[int, int]]) -> tuple[int, int]:
        """Tokens of the features that speak most for the answer: from the strongest, whatever of half its weight is near."""
        speaking = sorted(
            (
                (weight, place)
                for feature, place in places.items()
                if (weight := lane(self.weights.get(feature, 0), question)) > 0
            ),
            key=lambda item: (-item[0], item[1]),
        )
        if not speaking:
            return min(places.values())
        best, (start, end) = speaking[0]
        for weight, (from_, to) in speaking[1:]:
            if weight >= best / 2 and from_ - end <= WITHIN and start - to <= WITHIN:
                start, end = min(start, from_), max(end, to)
        return start, end
