"""What phrases, frames and the reader find in one field of a post, before anything is decided about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from screening.rules.compiled import CUE, CompiledRule, CompiledRules, FrameUse, PhraseUse
from screening.rules.concept_table import Tag
from screening.rules.frames import Clauses, FrameMatch, SentenceConcepts
from screening.rules.languages import LANGUAGE_BITS
from screening.rules.negation import NegationScope, Spans
from screening.rules.phrase_index import PhraseMatch
from screening.rules.reader import CLASS_CONCEPTS, Occurrences, shelf_of
from screening.rules.token_classes import class_spans
from screening.text.document import Document, FieldText

EXCLUSION_REACH = 6
"""An exclusion counts in the match's own clause, or within so many tokens of it; a long sentence holds more than one thing."""
QUOTE_REACH = 8
MAX_HITS_PER_RULE = 40
"""A field that repeats one phrase a thousand times says it no more than one that says it forty times."""
NEGATION = "negation"
"""Role of a frame's match whose negation is already settled: nothing negates it again."""
_CLAUSE_END = re.compile(r"[,;:()\[\]—–|]|\s-\s")


class Hit(NamedTuple):
    match: PhraseMatch
    use: PhraseUse
    denied_by: Spans = frozenset()  # of a frame: what denies it


@dataclass(slots=True)
class FieldMatches:
    """What the phrases gave in one field, before anything is decided about negation."""

    index: int
    text: FieldText
    scope: NegationScope
    hits: list[Hit] = field(default_factory=list)
    excluded: dict[tuple[int, int], list[tuple[int, int]]] = field(default_factory=dict)  # (rule, sentence) -> tokens
    cues: set[str] = field(default_factory=set)
    occurrences: list[Occurrences] = field(default_factory=list)  # of each sentence
    spans: dict[str, list[tuple[int, int]]] = field(default_factory=dict)  # of token classes, when asked for

    def spans_of(self, name: str) -> Sequence[tuple[int, int]]:
        if name not in self.spans:
            self.spans[name] = class_spans(name, self.text.repaired.text, self.text.tokens)
        return self.spans[name]

    def clause_around(self, start: int, end: int) -> tuple[int, int]:
        """Tokens [start, end) with the rest of their clause, up to QUOTE_REACH tokens on either side: what the reader weighs
        stands in single words, and a person who reads the quote wants to see what is said of them."""
        tokens, text = self.text.tokens, self.text.repaired.text
        first, last = self.scope.borders[tokens[start].sentence][0], self.scope.borders[tokens[end - 1].sentence][1]
        first, last = max(first, start - QUOTE_REACH), min(last, end + QUOTE_REACH)
        while start > first and not _CLAUSE_END.search(text, tokens[start - 1].end, tokens[start].start):
            start -= 1
        while end < last and not _CLAUSE_END.search(text, tokens[end - 1].end, tokens[end].start):
            end += 1
        return start, end

    def is_excluded(self, match: PhraseMatch, use: PhraseUse, rule: CompiledRule, sentence: int) -> bool:
        """Whether an exclusion of the rule, a phrase or a token class, stands near enough to the match to speak of it."""
        if any(self._near(match, start, end) for start, end in self.excluded.get((use.rule, sentence), ())):
            return True
        if not rule.exclude_classes:
            return False
        first, last = self.scope.borders[sentence]
        return any(
            first <= start < last and self._near(match, start, end)
            for language, name in rule.exclude_classes
            if language & self.scope.languages
            for start, end in self.spans_of(name)
        )

    def is_excluded_for(self, indicator: str, start: int, end: int, rules: CompiledRules) -> bool:
        """Whether an exclusion of any of the indicator's rules stands among tokens [start, end)."""
        return any(
            first < end and start < last and rules.rules[rule].indicator == indicator
            for (rule, _), places in self.excluded.items()
            for first, last in places
        )

    def _near(self, match: PhraseMatch, start: int, end: int) -> bool:
        if start - match.end <= EXCLUSION_REACH and match.start - end <= EXCLUSION_REACH:
            return True
        left, right = (match.end, start) if start >= match.end else (end, match.start)
        tokens = self.text.tokens
        return not _CLAUSE_END.search(self.text.repaired.text, tokens[left - 1].end, tokens[right].start)


def match_field(number: int, text: FieldText, document: Document, rules: CompiledRules) -> FieldMatches:
    words = [token.folded for token in text.tokens]
    borders = _sentence_borders(text)
    languages = rules.languages_for(document.language)
    matches = FieldMatches(number, text, NegationScope(rules, text, words, borders, languages))
    hits_of: dict[int, int] = {}
    for match in rules.index.find(words, borders, languages, matches.spans_of):
        use = rules.phrases[match.phrase]
        if use.role == CUE:
            matches.cues.add(use.text)
        elif use.role == "exclude":
            place = (use.rule, text.tokens[match.start].sentence)
            matches.excluded.setdefault(place, []).append((match.start, match.end))
        else:
            count = hits_of[use.rule] = hits_of.get(use.rule, 0) + 1
            if count <= MAX_HITS_PER_RULE:
                matches.hits.append(Hit(match, use))
    _match_frames(matches, document, rules, hits_of)
    return matches


def sentence_occurrences(
    field_text: FieldText, rules: CompiledRules, language: str
) -> Iterator[tuple[int, int, Occurrences]]:
    """(start, end, what the reader reads) of each sentence, in code points of the original; for fitting it."""
    words = [token.folded for token in field_text.tokens]
    borders = _sentence_borders(field_text)
    bits = LANGUAGE_BITS[language]
    matches = FieldMatches(0, field_text, NegationScope(rules, field_text, words, borders, bits))
    clauses = Clauses(field_text.repaired.text, field_text.tokens)
    for unit, tags, negators in _units(matches, rules):
        first, last = borders[unit[0]][0], borders[unit[-1]][1]
        if first < last:
            tokens = field_text.tokens
            place = field_text.repaired.original_span(tokens[first].start, tokens[last - 1].end)
            yield *place, _occurrences(matches, unit, tags, negators, clauses, shelf_of((language,)))


def _occurrences(
    matches: FieldMatches,
    sentences: Sequence[int],
    tags: Sequence[Tag],
    negators: Sequence[tuple[int, int]],
    clauses: Clauses,
    shelf: str,
) -> Occurrences:
    first, last = matches.scope.borders[sentences[0]][0], matches.scope.borders[sentences[-1]][1]
    words = list(enumerate(matches.scope.words[first:last], first))
    return Occurrences(tags, negators, clauses, words, shelf)


def _units(matches: FieldMatches, rules: CompiledRules) -> Iterator[tuple[list[int], list[Tag], list[tuple[int, int]]]]:
    """All sentences, a question with its answer as one: (their numbers, concepts, negators)."""
    text, scope = matches.text, matches.scope
    unit_of = _question_and_answer(text)
    sentences_of: dict[int, list[int]] = {}
    for sentence, unit in enumerate(unit_of):
        sentences_of.setdefault(unit, []).append(sentence)
    tags_of: dict[int, list[Tag]] = {}
    for table in rules.concept_tables(scope.languages):
        for tag in table.tags(scope.words, scope.borders, matches.spans_of):
            tags_of.setdefault(unit_of[text.tokens[tag.start].sentence], []).append(tag)
    for name, concept in CLASS_CONCEPTS.items():
        for start, end in matches.spans_of(name):
            unit = unit_of[text.tokens[start].sentence]
            tags_of.setdefault(unit, []).append(Tag(concept, start, end, scope.languages, False))
    for unit, sentences in sentences_of.items():
        tags = tags_of.get(unit, [])
        yield sentences, tags, [negator for sentence in sentences for negator in scope.negators_in(sentence)]


def _match_frames(matches: FieldMatches, document: Document, rules: CompiledRules, hits_of: dict[int, int]) -> None:
    """Add what the frames find, sentence by sentence, as if phrases had found it."""
    text, scope = matches.text, matches.scope
    clauses: Clauses | None = None
    shelf = shelf_of(document.language.languages)
    kind = document.post.kind
    for sentences, tags, negators in _units(matches, rules):
        clauses = clauses or Clauses(text.repaired.text, text.tokens)
        concepts = SentenceConcepts(
            tags, negators, clauses, doings=rules.doings, by_worker=rules.by_worker, subject=rules.subject
        )
        first, last = scope.borders[sentences[0]][0], scope.borders[sentences[-1]][1]
        candidates = {use for concept in concepts.present for use in rules.frames_on(concept)}
        for use in sorted(candidates, key=_frame_order):
            frame = use.frame
            if kind not in frame.kinds or any(concepts.present.isdisjoint(group) for group in frame.groups):
                continue
            for found in concepts.matches(frame, matches.spans_of, first, last):
                count = hits_of[use.rule] = hits_of.get(use.rule, 0) + 1
                if count > MAX_HITS_PER_RULE:
                    break
                match = PhraseMatch(-1, found.start, found.end, found.skipped)
                role, denied_by = use.role, None
                if role == "phrases" and frame.negated >= 0:
                    role = NEGATION
                elif role == "phrases" and rules.rules[use.rule].negatable:
                    denied_by = _frame_denial(found, use, scope)
                    role = NEGATION if denied_by is None else "denied"
                stated = PhraseUse(use.rule, role, found.languages, frame.text)
                matches.hits.append(Hit(match, stated, denied_by or frozenset()))
        matches.occurrences.append(_occurrences(matches, sentences, tags, negators, clauses, shelf))
    matches.hits.sort(key=lambda hit: (hit.match.start, hit.match.end, hit.use.rule, hit.use.text))


def _frame_denial(found: FrameMatch, use: FrameUse, scope: NegationScope) -> Spans | None:
    """What denies the frame's statement, None where nothing does: its doings are denied by a negator that governs them, its
    things by one right before. A negation among the frame's own elements is part of what it states ("leaving" + "not allowed")."""
    if found.negated:
        return frozenset((token, token + 1) for token in found.negated)
    asked = PhraseUse(use.rule, "phrases", found.languages)
    own = frozenset(range(found.start, found.end)).difference(found.skipped)
    if not found.doings:
        return scope.denial(PhraseMatch(-1, found.start, found.end, found.skipped), asked, own)
    denials = [scope.denial(PhraseMatch(-1, start, end, ()), asked, own) for start, end in found.doings]
    denials.extend(scope.negated_thing(start, asked, own) or None for start, _ in found.things)
    made = [denial for denial in denials if denial is not None]
    return frozenset[tuple[int, int]]().union(*made) if made else None


def _frame_order(use: FrameUse) -> tuple[int, str]:
    return use.rule, use.frame.text


def _question_and_answer(text: FieldText) -> list[int]:
    """For each sentence the number of the unit that frames look into: a question and what answers it are one."""
    units: list[int] = []
    for number, _ in enumerate(text.sentences):
        answers = number > 0 and text.sentences[number - 1].question
        units.append(units[-1] if answers and units else number)
    return units


def _sentence_borders(text: FieldText) -> list[tuple[int, int]]:
    """[first, after last) token of each sentence."""
    borders = []
    first = 0
    tokens, count = text.tokens, len(text.tokens)
    for index in range(len(text.sentences)):
        last = first
        while last < count and tokens[last].sentence == index:
            last += 1
        borders.append((first, last))
        first = last
    return borders
