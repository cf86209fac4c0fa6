"""Frames: concepts that, said together, mean an indicator, the same in every language (docs/rules.md).

    identity_paper + take_keep|stay_lie + person_in_charge|safe_place; without copy|with_you; within 9

Groups joined by `+` must all stand in one sentence, in any order, within so many steps of each other; `|` parts concepts
that do equally. `not` is any negator near the group written before it; `<money>`, `<number>`, `<percent>` are token classes.
Further clauses: `without` (none of these concepts in or beside the match), `within N`, `ordered`, `kinds job|transport`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from screening.rules.concept_table import Tag
from screening.rules.phrase_index import ClassSpans
from screening.rules.phrases import CLASSES

NOT = "not"
DEFAULT_WITHIN = 9
MAX_WITHIN = 30
WITHOUT_REACH = 4
"""How many steps around a match an excluded concept may stand to exclude it."""
NOT_REACH = 3
"""How many steps a negator may stand from the words it negates."""
MAX_MATCHES = 40
"""As for phrases: a text that repeats itself a thousand times says no more."""
_COMMA_STEPS = 3
_CLAUSE_STEPS = 4
_CLAUSE_MARK = re.compile(r"[;:()\[\]—–|•/]|\s-\s")
_SYMBOLS = "\u2190"
"""Arrows, signs and emoji lie above: in posts they part what commas and stops part elsewhere."""
_KINDS: tuple[str, ...] = ("job", "accommodation", "transport")


class FrameError(ValueError):
    """A frame is wrong; the text says how, `hint` what may be meant."""

    def __init__(self, reason: str, unknown: str = "") -> None:
        self.unknown = unknown
        super().__init__(reason)


class Frame(NamedTuple):
    """`groups`: for each group the ids of its concepts; `classes`: names of token classes that must stand there too;
    `negated`: index of the group beside which a negator must stand, -1 for none."""

    groups: tuple[frozenset[int], ...]
    classes: tuple[str, ...]
    negated: int
    without: frozenset[int]
    within: int
    ordered: bool
    kinds: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class FrameMatch:
    """Tokens from the first to the last element. `skipped`: tokens between that are no element of it."""

    start: int
    end: int
    skipped: tuple[int, ...]
    languages: int
    negated: tuple[int, ...]  # tokens of elements that bear a negation of their own, which the frame doesn't ask for
    doings: tuple[tuple[int, int], ...]  # elements that are something done: what is negated is the doing, not the thing
    things: tuple[tuple[int, int], ...]


def parse_frame(text: str, ids: Mapping[str, int], without: str = "") -> Frame:
    """Parse one frame; `without` holds concepts that the rule excludes from all of its frames.

    Raises:
        FrameError: naming the fault, and the unknown concept where that is it.
    """
    head, *clauses = [part.strip() for part in text.split(";")]
    groups: list[frozenset[int]] = []
    classes: list[str] = []
    negated = -1
    for part in (part.strip() for part in head.split("+")):
        if part == NOT:
            if not groups:
                raise FrameError("'not' stands after the group that it negates")
            negated = len(groups) - 1
        elif part.startswith("<"):
            if part.strip("<>") not in CLASSES:
                raise FrameError(f"unknown class '{part}'; known: {' '.join(f'<{name}>' for name in CLASSES)}")
            classes.append(part.strip("<>"))
        else:
            groups.append(_group(part, ids))
    if not groups or len(groups) + len(classes) + (negated >= 0) < 2:
        raise FrameError("a frame joins at least two things by '+', one of them a concept")
    excluded = _group(without, ids) if without else frozenset()
    within, ordered, kinds = DEFAULT_WITHIN, False, _KINDS
    for clause in clauses:
        word, _, rest = clause.partition(" ")
        if word == "without":
            excluded |= _group(rest, ids)
        elif word == "within" and rest.isdigit() and 1 <= int(rest) <= MAX_WITHIN:
            within = int(rest)
        elif clause == "ordered":
            ordered = True
        elif word == "kinds" and set(rest.split("|")) <= set(_KINDS):
            kinds = tuple(rest.split("|"))
        else:
            raise FrameError(
                f"'{clause}' isn't understood: without a|b, within N (1 to {MAX_WITHIN}), ordered, kinds a|b"
            )
    return Frame(tuple(groups), tuple(classes), negated, excluded, within, ordered, kinds, text)


def _group(text: str, ids: Mapping[str, int]) -> frozenset[int]:
    names = [name.strip() for name in text.split("|")]
    for name in names:
        if name not in ids:
            raise FrameError(f"'{name}' is no concept", name)
    return frozenset(ids[name] for name in names)


class Clauses:
    """Steps between the tokens of a field: one a token, more over commas and the marks that end a clause.

    `steps`: from the first token to each, so that of two that stand apart the difference is the way from one to the other."""

    def __init__(self, text: str, tokens: Sequence[tuple[int, int, str, int]]) -> None:
        steps = [0]
        for left, right in pairwise(tokens):
            between = text[left[1] : right[0]]
            if between == " ":
                step = 1
            elif _CLAUSE_MARK.search(between) or any(char > _SYMBOLS for char in between):
                step = _CLAUSE_STEPS
            else:
                step = _COMMA_STEPS if "," in between else 1
            steps.append(steps[-1] + step)
        self.steps = steps

    def between(self, start: int, end: int, other_start: int, other_end: int) -> int:
        """Steps from one span of tokens to the other, 0 where they overlap."""
        if other_start >= end:
            return self.steps[other_start] - self.steps[end - 1]
        if start >= other_end:
            return self.steps[start] - self.steps[other_end - 1]
        return 0

    def across(self, start: int, end: int) -> int:
        """Steps from the first to the last token of [start, end)."""
        return self.steps[end - 1] - self.steps[start]


class SentenceConcepts:
    """The concepts of one sentence, and the negators in it."""

    def __init__(
        self,
        tags: Iterable[Tag],
        negators: Sequence[tuple[int, int]],
        clauses: Clauses,
        *,
        doings: frozenset[int] = frozenset(),
        by_worker: frozenset[int] = frozenset(),
        subject: int = -1,
    ) -> None:
        self._doings = doings
        self._by_concept: dict[int, list[Tag]] = {}
        tags = list(tags)
        doers = [tag for tag in tags if tag.concept == subject]
        for tag in tags:
            # "We hand over the keys": what counts as the worker's doing isn't, where "we" stands beside the verb.
            if doers and tag.concept in by_worker and any(_is_doer(doer, tag) for doer in doers):
                continue
            self._by_concept.setdefault(tag.concept, []).append(tag)
        self.present = frozenset(self._by_concept)
        self._negators = negators
        self._clauses = clauses

    def matches(self, frame: Frame, class_spans: ClassSpans, first: int, last: int) -> Iterator[FrameMatch]:
        """Every match of a frame whose groups are all present; [first, last) are the sentence's tokens."""
        classes = [
            [span for span in class_spans(name) if first <= span[0] and span[1] <= last] for name in frame.classes
        ]
        if not all(classes):
            return
        for anchor in self._of(frame.groups[0])[:MAX_MATCHES]:
            match = self._from(anchor, frame, classes)
            if match is not None:
                yield match

    def _of(self, group: frozenset[int]) -> list[Tag]:
        return [tag for concept in group for tag in self._by_concept.get(concept, ())]

    def _from(self, anchor: Tag, frame: Frame, classes: Sequence[Sequence[tuple[int, int]]]) -> FrameMatch | None:
        chosen: list[Tag] = [anchor]
        spans: list[tuple[int, int]] = [(anchor.start, anchor.end)]
        start, end = anchor.start, anchor.end
        for group in frame.groups[1:]:
            tag = self._nearest(self._of(group), spans, start, end, after=end if frame.ordered else -1)
            if tag is None:
                return None
            chosen.append(tag)
            spans.append((tag.start, tag.end))
            start, end = min(start, tag.start), max(end, tag.end)
        for candidates in classes:
            free = [span for span in candidates if not _overlaps(span, spans)]
            if not free:
                return None
            span = min(free, key=lambda span: self._clauses.between(start, end, *span))
            spans.append(span)
            start, end = min(start, span[0]), max(end, span[1])
        own_negation = tuple(tag.start for tag in chosen if tag.negated)
        if frame.negated >= 0:
            beside = chosen[frame.negated]
            if not beside.negated:
                negator = self._negator_of(beside, spans)
                if negator is None:
                    return None
                spans.append(negator)
                start, end = min(start, negator[0]), max(end, negator[1])
            own_negation = ()
        if self._clauses.across(start, end) > frame.within or self._excluded(frame, start, end):
            return None
        skipped = tuple(token for token in range(start, end) if not _overlaps((token, token + 1), spans))
        languages = 0
        for tag in chosen:
            languages |= tag.language
        doings = tuple((tag.start, tag.end) for tag in chosen if tag.concept in self._doings)
        things = tuple((tag.start, tag.end) for tag in chosen if tag.concept not in self._doings)
        return FrameMatch(start, end, skipped, languages, own_negation, doings, things)

    def _nearest(
        self, tags: Iterable[Tag], spans: Sequence[tuple[int, int]], start: int, end: int, after: int
    ) -> Tag | None:
        best, best_steps = None, 1 << 30
        for tag in tags:
            if tag.start < after or _overlaps((tag.start, tag.end), spans):
                continue
            steps = self._clauses.between(start, end, tag.start, tag.end)
            if steps < best_steps:
                best, best_steps = tag, steps
        return best

    def _negator_of(self, tag: Tag, spans: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
        near = [
            (self._clauses.between(tag.start, tag.end, *negator), negator)
            for negator in self._negators
            if not _overlaps(negator, spans) or (negator[0] >= tag.start and negator[1] <= tag.end)
        ]
        steps, negator = min(near, default=(NOT_REACH + 1, None))
        return negator if steps <= NOT_REACH else None

    def _excluded(self, frame: Frame, start: int, end: int) -> bool:
        return any(
            self._clauses.between(start, end, tag.start, tag.end) <= WITHOUT_REACH
            for concept in frame.without & self.present
            for tag in self._by_concept[concept]
        )


def _is_doer(doer: Tag, doing: Tag) -> bool:
    """One or two words before the verb ("we then give"), or right after it as German has it ("geben wir")."""
    return doing.start - 2 <= doer.end <= doing.start or doer.start == doing.end


def _overlaps(span: tuple[int, int], spans: Iterable[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in spans)
