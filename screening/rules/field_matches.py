"""What phrases find in one field of a post, before anything is decided about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from screening.rules.compiled import CUE, CompiledRule, CompiledRules, PhraseUse
from screening.rules.negation import NegationScope
from screening.rules.phrase_index import PhraseMatch
from screening.rules.token_classes import class_spans
from screening.text.document import Document, FieldText

EXCLUSION_REACH = 6
"""An exclusion counts in the match's own clause, or within so many tokens of it; a long sentence holds more than one thing."""
MAX_HITS_PER_RULE = 40
"""A field that repeats one phrase a thousand times says it no more than one that says it forty times."""
_CLAUSE_END = re.compile(r"[,;:()\[\]—–|]|\s-\s")


class Hit(NamedTuple):
    match: PhraseMatch
    use: PhraseUse


@dataclass(slots=True)
class FieldMatches:
    """What the phrases gave in one field, before anything is decided about negation."""

    index: int
    text: FieldText
    scope: NegationScope
    hits: list[Hit] = field(default_factory=list)
    excluded: dict[tuple[int, int], list[tuple[int, int]]] = field(default_factory=dict)  # (rule, sentence) -> tokens
    cues: set[str] = field(default_factory=set)
    spans: dict[str, list[tuple[int, int]]] = field(default_factory=dict)  # of token classes, when asked for

    def spans_of(self, name: str) -> Sequence[tuple[int, int]]:
        if name not in self.spans:
            self.spans[name] = class_spans(name, self.text.repaired.text, self.text.tokens)
        return self.spans[name]

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
    matches.hits.sort(key=lambda hit: (hit.match.start, hit.match.end, hit.use.rule, hit.use.text))
    return matches


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
