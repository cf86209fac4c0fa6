"""The reader: learned weights over concepts that tell what a sentence states or denies, the same for every language.

A frame is written by hand and exact; the reader weighs everything that a sentence says at once: which concepts stand in
it, which stand near each other, which are negated, and which words. Its weights come from the project's own constructed statements
(`screening/training/statements/`, CC BY 4.0) and from ordinary adverts as counter-examples, of which nothing but sums
over concepts enters (`screening/training/statement_fit.py`; docs/decisions/0007-reader.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from math import exp, log1p
from typing import Any

from screening.errors import RulePackError
from screening.rules.concept_table import Tag
from screening.rules.context_reader import ContextReader, InContext
from screening.rules.frames import Clauses
from screening.rules.languages import LANGUAGES
from screening.rules.mention import Form
from screening.rules.settling import READS, AsWhole, Settling
from screening.rules.text_reader import TextReader, TextWeights, from_json, pairs_of
from screening.rules.weight_lanes import LaneTable, added, lane
from screening.rules.word_weights import WordWeights

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

type Feature = int
"""Concepts: kind of feature, then one or two concepts, packed into a number."""


def pack(kind: int, first: int, second: int = 0) -> int:
    return (first * 1024 + second) * _KINDS + kind


def _packed(kind: int, first: int, second: int = 0) -> int:
    """As `pack`, with the concepts in the order of their numbers, which may have changed since the fit."""
    if kind >= TOGETHER and first > second:
        first, second = second, first
        kind = {FIRST_NEGATED: SECOND_NEGATED, SECOND_NEGATED: FIRST_NEGATED}.get(kind, kind)
    return pack(kind, first, second)


def named_words(words: Sequence[tuple[int, str]], shelf: str) -> dict[str, tuple[int, int]]:
    """A name of the words (position, folded) with their shelf ("en#keep") and the token they stand on; figures are left out."""
    return {f"{shelf}#{word}": (position, position + 1) for position, word in words if word[0].isalpha()}


def shelf_of(languages: Iterable[str]) -> str:
    """The shelf that a text's words stand on: languages that share their stems share one."""
    for language in languages:
        if language in SHELVES:
            return SHELVES[language]
    return ""


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
    """The features of one sentence, and its words, each with the tokens that it stands on; and the pairs of neighbouring words."""

    def __init__(
        self,
        tags: Iterable[Tag],
        negators: Sequence[tuple[int, int]],
        clauses: Clauses,
        words: Sequence[tuple[int, str]] = (),
        shelf: str = "",
    ) -> None:
        ordered = sorted({(tag.start, tag.end, tag.concept, tag.negated) for tag in tags})[:MAX_TAGS]
        words = words[:MAX_WORDS] if shelf else ()
        self.words = named_words(words, shelf)
        self.pairs = pairs_of([word for _, word in words], shelf)
        self.places: dict[Feature, tuple[int, int]] = {}
        between, steps = clauses.between, clauses.steps

        def negated(start: int, end: int) -> bool:
            return any(between(start, end, *negator) <= NOT_STEPS for negator in negators)

        read = [
            (start, end, concept, own or bool(negators and negated(start, end))) for start, end, concept, own in ordered
        ]
        keep = self.places.setdefault
        for index, (start, end, concept, denied) in enumerate(read, 1):
            keep(pack(SINGLE, concept), (start, end))
            if denied:
                keep(pack(NEGATED, concept), (start, end))
            farthest = steps[end - 1] + WITHIN
            for start_2, end_2, concept_2, denied_2 in islice(read, index, None):
                if steps[start_2] > farthest:
                    break
                if start_2 < end or concept == concept_2:
                    continue
                span = (start, end_2 if end_2 > end else end)
                turned = concept > concept_2
                first, second = (concept_2, concept) if turned else (concept, concept_2)
                both = (first * 1024 + second) * _KINDS  # as `pack`, without a call for each pair
                keep(both + TOGETHER, span)
                if denied:
                    keep(both + (SECOND_NEGATED if turned else FIRST_NEGATED), span)
                if denied_2:
                    keep(both + (FIRST_NEGATED if turned else SECOND_NEGATED), span)


STATED, DENIED = "stated", "denied"
_SEVERAL_FITS = (
    "reader.json and the files beside it (reader_words, reader_text, reader_context) are of several fits: take all of one, or "
    "fit the reader anew"
)


def pooled(scores: Sequence[float]) -> tuple[float, float, float]:
    """What a post's sentences say to one question together: the highest and the mean log-odds, and, on a scale of logarithms,
    in how many sentences it is to be expected (the sum of their chances)."""
    highest, mean = max(scores), sum(scores) / len(scores)
    expected = sum([1 / (1 + exp(-score)) for score in scores if score > UNLIKELY]) if highest > UNLIKELY else 0.0
    return _within(-CLIP, highest), _within(-MEAN_CLIP, mean), log1p(expected)


def _within(least: float, value: float) -> float:
    return least if value < least else min(value, CLIP)


POOLED = ("highest", "mean", "expected")
UNLIKELY = -8.0
"""Log-odds under which a sentence's chance counts as none, for speed: one in three thousand."""


@dataclass(frozen=True, slots=True)
class Reader:
    """`weights[feature]` and `words` hold what a feature or a word weighs for each question (`weight_lanes`); a question is an
    indicator with a state, and has a bias. `text` reads the post as one text.

    `sure`: log-odds from which a denial is taken for one.
    """

    questions: tuple[tuple[str, str], ...] = ()
    biases: tuple[float, ...] = ()
    sure: tuple[float, ...] = ()
    weights: LaneTable = field(default_factory=LaneTable)
    words: WordWeights = field(default_factory=WordWeights)
    text: TextReader = field(default_factory=TextReader)
    whole_bias: float = 0.0
    whole_weights: tuple[tuple[float, float, float], ...] = ()  # of each question's POOLED values in the post
    whole_text: float = 0.0  # weight of what the post as one text says of being a risky one
    whole_bounds: tuple[float, float] = (0.0, 0.0)  # log-odds from which a post reads doubtful, and risky
    mention_bounds: tuple[float, float] = (99.0, 99.0)  # from which it seems to speak of lures, and surely does
    urgent_bound: float = 99.0  # from which a post that reads risky reads urgent
    context: ContextReader = field(default_factory=ContextReader)
    settling: Settling = field(default_factory=Settling)

    @classmethod
    def from_json(
        cls,
        data: Mapping[str, Any],
        words: WordWeights,
        text: Mapping[str, Any],
        context: Mapping[str, Any],
        concepts: Mapping[str, int],
    ) -> Reader:
        """Weights are written by name of concept, so that they outlive a new numbering.

        Raises:
            KeyError: where a weight names a concept that there is no more: fit the reader anew.
            RulePackError: the weights of words, of texts or of sentences in turn are of another fit.
        """
        questions = data["questions"]
        of_names = from_json(text)
        try:
            in_turn = ContextReader.from_json(context, len(questions))
        except ValueError as error:
            raise RulePackError(_SEVERAL_FITS) from error
        made_with = (data["words"], data["text"]["names"], data["context"]["weights"])
        if made_with != (words.checksum, of_names.checksum, in_turn.checksum):
            raise RulePackError(_SEVERAL_FITS)
        ids = {**concepts, **{f"<{name}>": number for name, number in CLASS_CONCEPTS.items()}}

        def feature_of(kind: str, names: Sequence[str]) -> Feature:
            return _packed(_KIND_NAMES.index(kind), *(ids[name] for name in names))

        weights: dict[Feature, list[tuple[int, float]]] = {}
        for number, question in enumerate(questions):
            for kind, names, weight in question["weights"]:
                weights.setdefault(feature_of(kind, names), []).append((number, weight))
        as_one = TextReader(
            tuple(data["text"]["biases"]),
            data["text"]["usual"],
            TextWeights.of({feature_of(kind, names): found for kind, names, *found in text["features"]}),
            of_names,
        )
        return cls(
            tuple((question["indicator"], question["state"]) for question in questions),
            tuple(question["bias"] for question in questions),
            tuple(question["sure"] for question in questions),
            LaneTable.of(weights),
            words,
            as_one,
            data["whole"]["bias"],
            tuple(
                (highest, mean, expected) for highest, mean, expected in (question["whole"] for question in questions)
            ),
            data["whole"]["text"],
            tuple(data["context"]["bounds"]),
            tuple(data["context"]["mention_bounds"]),
            data["context"]["urgent_bound"],
            in_turn,
            Settling.from_json(data["settling"]),
        )

    def to_plain(self) -> tuple[Any, ...]:
        """The weights first, as they are stored, then the rest."""
        return (
            self.weights.to_plain(), self.words.to_plain(), self.text.to_plain(), self.context.to_plain(),
            self.questions, self.biases, self.sure, self.whole_bias, self.whole_weights, self.whole_text,
            self.whole_bounds, self.mention_bounds, self.urgent_bound, self.settling.to_plain(),
        )  # fmt: skip

    @classmethod
    def from_plain(cls, data: tuple[Any, ...]) -> Reader:
        weights, words, text, context, questions, biases, sure, *whole, settling = data
        bias, shares, of_text, bounds, mention_bounds, urgent_bound = whole
        return cls(
            questions, biases, sure, LaneTable(weights), WordWeights.from_plain(words), TextReader.from_plain(text), bias, shares,
            of_text, bounds, mention_bounds, urgent_bound, ContextReader.from_plain(context, len(questions)), Settling(*settling),
        )  # fmt: skip

    def scores(self, occurrences: Occurrences) -> list[float]:
        """Log-odds of every question, of one sentence."""
        numbers = list(filter(None, map(self.weights.__getitem__, occurrences.places)))
        numbers.extend(filter(None, map(self.words.known.__getitem__, occurrences.words)))
        return added(self.biases, numbers)

    def text_scores(self, sentences: Iterable[Occurrences]) -> tuple[float, float]:
        """Log-odds that a post is a risky one, and that it speaks of lures instead of being one, of all that stands in it as
        one text: what stands twice counts once."""
        places: set[Feature] = set()
        words: set[str] = set()
        pairs: set[str] = set()
        for occurrences in sentences:
            places.update(occurrences.places)
            words.update(occurrences.words)
            pairs.update(occurrences.pairs)
        return self.text.log_odds(places, words, pairs)

    def whole(self, sentences: Iterable[Sequence[float]], text: float) -> float:
        """Log-odds that a post is a risky one, when all that its sentences state and deny is weighed together with what it says
        as one text (`text_scores`)."""
        total = self.whole_bias + self.whole_text * text
        for weights, scores in zip(self.whole_weights, zip(*sentences, strict=True), strict=True):
            of_highest, of_mean, of_expected = weights
            highest, mean, expected = pooled(scores)
            total += of_highest * highest
            total += of_mean * mean
            total += of_expected * expected
        return total

    def in_context(
        self,
        sentences: Sequence[tuple[Occurrences, Sequence[float]]],
        text: tuple[float, float],
        whole: float,
        form: Form,
    ) -> InContext:
        """What the sentences say when read in turn, after all that was asked of each by itself (`scores`), and of the post as one
        text and as a whole."""
        words = [self.text.weighed(one.places, one.words, one.pairs) for one, _ in sentences]
        return self.context.read([scores for _, scores in sentences], words, (*form, *text, whole))

    def mention_cues(self, mention: float) -> int:
        """How many of the bounds are reached."""
        return sum(mention >= bound for bound in self.mention_bounds)

    def reads(self, post: AsWhole) -> str:
        """One of READS."""
        reached = sum(post.risky >= bound for bound in self.whole_bounds)
        return READS[reached + (reached == len(self.whole_bounds) and post.urgent >= self.urgent_bound)]

    def statement_of(self, indicator: str) -> int:
        """Number of the question whether the indicator is stated; -1 where none asks."""
        return self.questions.index((indicator, STATED)) if (indicator, STATED) in self.questions else -1

    def denial_of(self, indicator: str) -> int:
        """Number of the question whether the indicator is denied; -1 where none asks."""
        return self.questions.index((indicator, DENIED)) if (indicator, DENIED) in self.questions else -1

    def span(self, question: int, occurrences: Occurrences) -> tuple[int, int]:
        """Tokens of what speaks most for the answer: from the strongest, whatever of half its weight is near."""
        weighed = [(self.weights[feature], place) for feature, place in occurrences.places.items()]
        weighed += [(self.words.of(word), place) for word, place in occurrences.words.items()]
        speaking = sorted(
            ((weight, place) for number, place in weighed if (weight := lane(number, question)) > 0),
            key=lambda item: (-item[0], item[1]),
        )
        if not speaking:
            return min((*occurrences.places.values(), *occurrences.words.values()))
        best, (start, end) = speaking[0]
        for weight, (from_, to) in speaking[1:]:
            if weight >= best / 2 and from_ - end <= WITHIN and start - to <= WITHIN:
                start, end = min(start, from_), max(end, to)
        return start, end
