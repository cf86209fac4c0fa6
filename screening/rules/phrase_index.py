"""Finding phrases in tokens: every phrase is indexed under its rarest word, so that cost follows the hits, not the packs.

One look-up per token in a warm dictionary tells which elements (exact words and prefixes) the token answers to and
which phrases hang on it, sorted by a second element that they need. Only those whose second element stands in the sentence are
tried, outwards from that word in both directions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any, NamedTuple

from screening.remembered import Remembered
from screening.rules.stored_rows import StoredRows, stored_rows

_MAX_REMEMBERED, _MAX_MIXES = 50_000, 32
"""Words remembered for each mix of languages, and mixes: of a day's posts few are in more than two languages."""
_NOTHING: frozenset[int] = frozenset()

type ClassSpans = Callable[[str], Sequence[tuple[int, int]]]
"""Spans [first token, after last token) of a token class such as "money" within the text being matched."""

type CompiledItem = int | tuple[str, Any]
"""An element id, or ("any", sequences), ("optional", sequence), ("gap", most), ("class", name)."""


class PhraseMatch(NamedTuple):
    """Tokens [start, end) match the phrase of this number; those in `skipped` fell in its gaps."""

    phrase: int
    start: int
    end: int
    skipped: tuple[int, ...]


class Variant(NamedTuple):
    """A phrase seen from one word that it must hold: what comes before it (nearest first) and what comes after.

    `partners`: elements of which the sentence must hold one besides, or the phrase can't be there; empty where none is.
    """

    phrase: int
    languages: int  # bit set
    before: tuple[CompiledItem, ...]
    after: tuple[CompiledItem, ...]
    partners: frozenset[int]


class _Hanging(NamedTuple):
    """The phrases of some languages that hang on an element."""

    alone: tuple[Variant, ...]  # that need no partner
    by_partner: Mapping[int, tuple[Variant, ...]]
    partners: frozenset[int]  # keys of `by_partner`

    @classmethod
    def of(cls, variants: Iterable[Variant]) -> _Hanging:
        alone, by_partner = [], dict[int, list[Variant]]()
        for variant in variants:
            if not variant.partners:
                alone.append(variant)
            for partner in variant.partners:
                by_partner.setdefault(partner, []).append(variant)
        needing = {partner: tuple(found) for partner, found in by_partner.items()}
        return cls(tuple(alone), needing, frozenset(needing))

    def beside(self, other: _Hanging) -> _Hanging:
        by_partner = {
            partner: (*self.by_partner.get(partner, ()), *other.by_partner.get(partner, ()))
            for partner in self.partners | other.partners
        }
        return _Hanging((*self.alone, *other.alone), by_partner, frozenset(by_partner))


@dataclass(slots=True)
class _Known:
    """What is remembered of texts in one mix of languages: words with their elements, and what hangs on an element."""

    words: Remembered[str, tuple[frozenset[int], _Hanging] | None]
    elements: dict[int, _Hanging] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PhraseIndex:
    """`exact` and `prefixes` give element ids by folded word; `anchored[element]` lists numbers of `variants`.

    As a function loads it, both are read row by row where words ask for them (`stored_rows`).
    """

    exact: Mapping[str, int]
    prefixes: Mapping[str, int]
    prefix_lengths: tuple[int, ...]
    anchored: Sequence[Sequence[int]]
    variants: Sequence[Variant]
    _known: dict[int, _Known] = field(default_factory=dict, compare=False, repr=False)

    def find(
        self, words: Sequence[str], borders: Iterable[tuple[int, int]], languages: int, class_spans: ClassSpans
    ) -> list[PhraseMatch]:
        """Every phrase of the languages that stands in the folded words, once per place.

        `borders`: [first, after last) token of each sentence; a phrase never reaches over one.
        """
        known = self._known.get(languages)
        if known is None:
            if len(self._known) >= _MAX_MIXES:
                self._known.clear()
            known = self._known[languages] = self._known_in(languages)
        entries = list(map(known.words.__getitem__, words))
        hits = [
            (position, entry[1])
            for position, entry in enumerate(entries)
            if entry is not None and (entry[1].alone or entry[1].partners)
        ]
        if not hits:
            return []
        elements = [_NOTHING if entry is None else entry[0] for entry in entries]
        found: dict[tuple[int, int, int], PhraseMatch] = {}
        sentences = iter(borders)
        first = last = -1
        present = _NOTHING
        scan = _Scan(elements, first, last, class_spans)
        for position, (alone, by_partner, partners) in hits:
            if position >= last:
                while position >= last:
                    first, last = next(sentences)
                present = _NOTHING.union(*elements[first:last])
                scan = _Scan(elements, first, last, class_spans)
            for phrase, _, before, after, _ in alone:
                scan.keep(phrase, before, after, position, found)
            if not partners.isdisjoint(present):
                for partner in partners & present:
                    for phrase, _, before, after, _ in by_partner[partner]:
                        scan.keep(phrase, before, after, position, found)
        return sorted(found.values(), key=lambda match: (match.start, match.phrase, match.end))

    def _known_in(self, languages: int) -> _Known:
        known = _Known(Remembered(lambda word: self._look_up(word, languages, known), _MAX_REMEMBERED))
        return known

    def _look_up(self, word: str, languages: int, known: _Known) -> tuple[frozenset[int], _Hanging] | None:
        ids = [self.exact[word]] if word in self.exact else []
        ids += beginnings(word, self.prefixes, self.prefix_lengths)
        if not ids:
            return None
        return frozenset(ids), reduce(_Hanging.beside, [self._hanging(element, languages, known) for element in ids])

    def _hanging(self, element: int, languages: int, known: _Known) -> _Hanging:
        """Words that begin alike share it."""
        hanging = known.elements.get(element)
        if hanging is None:
            variants = map(self.variants.__getitem__, self.anchored[element])
            hanging = known.elements[element] = _Hanging.of(v for v in variants if v.languages & languages)
        return hanging


def beginnings[Value](word: str, prefixes: Mapping[str, Value], lengths: Iterable[int]) -> list[Value]:
    """What the prefixes stand for that the word begins with, the shortest first; `lengths` of all prefixes, in order."""
    most = len(word)
    return [prefixes[beginning] for length in lengths if length <= most and (beginning := word[:length]) in prefixes]


class _Scan:
    """Backtracking over one sentence; phrases are short and their gaps bounded, so that it is as well.

    Preference: the fewest tokens in gaps, optional words taken where they stand, the longest of several class spans.
    """

    __slots__ = ("_class_spans", "_elements", "_first", "_last", "skipped")

    def __init__(self, elements: list[frozenset[int]], first: int, last: int, class_spans: ClassSpans) -> None:
        self._elements = elements
        self._first = first
        self._last = last
        self._class_spans = class_spans
        self.skipped: list[int] = []  # filled on the way back from a match, so only along the path that held

    def keep(
        self,
        phrase: int,
        before: tuple[CompiledItem, ...],
        after: tuple[CompiledItem, ...],
        position: int,
        found: dict[tuple[int, int, int], PhraseMatch],
    ) -> None:
        """Add the phrase to what was found, if it stands around the word at `position`."""
        end = self.forward(after, position + 1) if after else position + 1
        if end >= 0:
            start = self.backward(before, position) if before else position
            if start >= 0:
                match = PhraseMatch(phrase, start, end, tuple(sorted(self.skipped)))
                found.setdefault(match[:3], match)
        self.skipped.clear()

    def forward(self, items: tuple[CompiledItem, ...], position: int) -> int:
        """The token after the match of `items` that starts at `position`, or -1."""
        for index, item in enumerate(items):
            if item.__class__ is int:
                if position >= self._last or item not in self._elements[position]:
                    return -1
                position += 1
                continue
            kind, value = item  # type: ignore[misc]
            rest = items[index + 1 :]
            if kind == "gap":
                for skipped in range(min(value, self._last - position) + 1):
                    end = self.forward(rest, position + skipped)
                    if end >= 0:
                        self.skipped.extend(range(position, position + skipped))
                        return end
                return -1
            if kind == "class":
                ends = [to for from_, to in self._class_spans(value) if from_ == position and to <= self._last]
                return next((end for to in sorted(ends, reverse=True) if (end := self.forward(rest, to)) >= 0), -1)
            branches = value if kind == "any" else (value, ())
            return next((end for branch in branches if (end := self.forward(branch + rest, position)) >= 0), -1)
        return position

    def backward(self, items: tuple[CompiledItem, ...], position: int) -> int:
        """The first token of the match of `items` (nearest first) that ends before `position`, or -1."""
        for index, item in enumerate(items):
            if item.__class__ is int:
                position -= 1
                if position < self._first or item not in self._elements[position]:
                    return -1
                continue
            kind, value = item  # type: ignore[misc]
            rest = items[index + 1 :]
            if kind == "gap":
                for skipped in range(min(value, position - self._first) + 1):
                    start = self.backward(rest, position - skipped)
                    if start >= 0:
                        self.skipped.extend(range(position - skipped, position))
                        return start
                return -1
            if kind == "class":
                starts = [from_ for from_, to in self._class_spans(value) if to == position and from_ >= self._first]
                return next((start for from_ in sorted(starts) if (start := self.backward(rest, from_)) >= 0), -1)
            branches = value if kind == "any" else (value, ())
            return next((start for branch in branches if (start := self.backward(branch + rest, position)) >= 0), -1)
        return position


class IndexBuilder:
    """Collects phrases and builds their index. `usual`: folded words too frequent to hang a phrase on."""

    def __init__(self, usual: frozenset[str] = frozenset()) -> None:
        self._usual = usual
        self._ids: dict[tuple[str, str], int] = {}
        self._phrases: list[tuple[int, int, tuple[Any, ...]]] = []
        self._uses: dict[int, int] = {}

    def add(self, phrase: int, languages: int, items: tuple[Any, ...]) -> None:
        self._phrases.append((phrase, languages, self._compiled(items)))

    def build(self) -> PhraseIndex:
        words = {number: key for key, number in self._ids.items()}
        cost = {number: self._cost(kind, word, self._uses[number]) for number, (kind, word) in words.items()}
        anchored: list[list[int]] = [[] for _ in words]
        variants: list[Variant] = []
        for phrase, languages, items in self._phrases:
            for before, anchor, after, partners in _anchorings(items, cost):
                anchored[anchor].append(len(variants))
                variants.append(Variant(phrase, languages, _reversed(before), after, partners))
        prefixes = {word: number for (kind, word), number in self._ids.items() if kind == "prefix"}
        return PhraseIndex(
            exact={word: number for (kind, word), number in self._ids.items() if kind == "word"},
            prefixes=prefixes,
            prefix_lengths=tuple(sorted({len(word) for word in prefixes})),
            anchored=tuple(tuple(numbers) for numbers in anchored),
            variants=tuple(variants),
        )

    def _compiled(self, items: tuple[Any, ...]) -> tuple[CompiledItem, ...]:
        compiled: list[CompiledItem] = []
        for kind, value in items:
            if kind in ("word", "prefix"):
                number = self._ids.setdefault((kind, value), len(self._ids))
                self._uses[number] = self._uses.get(number, 0) + 1
                compiled.append(number)
            elif kind == "any":
                compiled.append(("any", tuple(self._compiled(branch) for branch in value)))
            elif kind == "optional":
                compiled.append(("optional", self._compiled(value)))
            else:
                compiled.append((kind, value))
        return tuple(compiled)

    def _cost(self, kind: str, word: str, uses: int) -> float:
        """A guess at how often the element turns up in posts: short, usual and much-used words come up often."""
        length = len(word) + (0 if kind == "word" else -2)
        return (50.0 if word in self._usual else 0.0) + 12.0 / max(1, length) + min(uses, 40) / 20


def _anchorings(
    items: tuple[CompiledItem, ...], cost: Mapping[int, float]
) -> list[tuple[tuple[CompiledItem, ...], int, tuple[CompiledItem, ...], frozenset[int]]]:
    """(before, anchor element, after, partners) for the cheapest required element; one for each branch of a choice."""
    ranked = sorted(range(len(items)), key=lambda index: (_item_cost(items[index], cost), index))
    best = ranked[0]
    before, item, after = items[:best], items[best], items[best + 1 :]
    second = ranked[1] if len(ranked) > 1 else best
    partners = _required(items[second], cost) if second != best else frozenset()
    if isinstance(item, int):
        return [(before, item, after, partners)]
    return [
        (before + inner_before, anchor, inner_after + after, partners or inner_partners)
        for branch in item[1]
        for inner_before, anchor, inner_after, inner_partners in _anchorings(branch, cost)
    ]


def _required(item: CompiledItem, cost: Mapping[int, float]) -> frozenset[int]:
    """Elements of which a text that matches the item holds at least one; empty where there is no such set."""
    if isinstance(item, int):
        return frozenset((item,))
    if item[0] != "any":
        return frozenset()
    chosen = [_required(min(branch, key=lambda part: _item_cost(part, cost)), cost) for branch in item[1]]
    return frozenset().union(*chosen) if all(chosen) else frozenset()


def _item_cost(item: CompiledItem, cost: Mapping[int, float]) -> float:
    if isinstance(item, int):
        return cost[item]
    if item[0] != "any":
        return float("inf")
    # All branches are anchors at once: their frequencies add up.
    return sum(min((_item_cost(part, cost) for part in branch), default=float("inf")) for branch in item[1])


def _reversed(items: tuple[CompiledItem, ...]) -> tuple[CompiledItem, ...]:
    turned: list[CompiledItem] = []
    for item in reversed(items):
        if isinstance(item, int) or item[0] in ("gap", "class"):
            turned.append(item)
        elif item[0] == "any":
            turned.append(("any", tuple(_reversed(branch) for branch in item[1])))
        else:
            turned.append(("optional", _reversed(item[1])))
    return tuple(turned)


def index_to_plain(index: PhraseIndex) -> tuple[Any, ...]:
    """The index as builtins alone; `index_from_plain` reads it back."""
    return (
        dict(index.exact),
        dict(index.prefixes),
        index.prefix_lengths,
        stored_rows(index.anchored),
        stored_rows(index.variants),
    )


def index_from_plain(data: tuple[Any, ...]) -> PhraseIndex:
    exact, prefixes, lengths, anchored, variants = data
    return PhraseIndex(
        exact, prefixes, lengths, StoredRows[Sequence[int]](anchored, tuple), StoredRows(variants, Variant._make)
    )
