"""Negation: whether a phrase is said or denied ("we never charge a fee").

Scope, in short: a `before` negator governs what follows within four tokens of the same clause, an `after` phrase what
precedes; contrast words, colons, semicolons, dashes and brackets end a clause. A comma ends it too, unless it follows the
negator at once, or a `carry` word follows the comma ("no cards, deposits or fees", "we don't ask that"). In a list, a
denial is handed on from item to item. A negator between the words of a phrase denies it, unless the phrase is itself a
negation ("without contract"). What is stated by a negation ("leaving is not allowed") isn't denied by that same negator.
A `reported` phrase ("whoever claims that") makes all that follows in its sentence another's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from screening.rules.compiled import CompiledRules, PhraseUse
from screening.rules.phrase_index import PhraseMatch
from screening.text.document import FieldText

REACH = 4
"""How many tokens before or after a phrase a negator may stand."""
LIST_STEP = 2
"""Most tokens between two items of a list."""

_CLAUSE_END = re.compile(r"[:;()\[\]—–|•]|\s-\s|\s/\s|[.!?]\s")

_PART_END = re.compile(r"[:;]\s")

type Spans = frozenset[tuple[int, int]]
"""Negators by their tokens, [start, end)."""


@dataclass(frozen=True, slots=True)
class _Negator:
    start: int
    end: int
    use: PhraseUse


@dataclass(slots=True)
class NegationScope:
    """The negators of one field, found when first asked for."""

    rules: CompiledRules
    text: FieldText
    words: Sequence[str]
    borders: Sequence[tuple[int, int]]
    languages: int
    _by_sentence: dict[int, list[_Negator]] = field(default_factory=dict)
    _read: bool = False
    _denied: dict[tuple[int, str], list[tuple[int, int]]] = field(default_factory=dict)

    def denial(self, match: PhraseMatch, use: PhraseUse) -> Spans | None:
        """The negators that deny the match; none where a list hands the denial on, or an answer gives it. None where
        nothing denies it. Ask in order of `start`, as lists hand denials on.
        """
        start, end = match.start, match.end
        sentence = self.text.tokens[start].sentence
        indicator = self.rules.rules[use.rule].indicator
        negators = [
            negator
            for negator in self._negators(sentence)
            if negator.use.language & use.language and negator.use.rule in (-1, use.rule)
        ]
        denying = [
            negator
            for negator in negators
            if (
                negator.use.role == "before"
                and (negator.start in match.skipped or self._governs(negator, start, negators))
            )
            or (negator.use.role == "after" and self._governs_back(negator, end, negators))
        ]
        if not (
            denying or self._continues_list(sentence, indicator, start, negators) or self._answered_no(sentence, use)
        ):
            return None
        self._denied.setdefault((sentence, indicator), []).append((start, end))
        return _spans(denying)

    def own_negators(self, match: PhraseMatch, use: PhraseUse) -> Spans:
        """Those of the statement's own words that negate ("don't tell anyone")."""
        return _spans(
            negator
            for negator in self._negators(self.text.tokens[match.start].sentence)
            if negator.use.role == "before"
            and negator.use.language & use.language
            and match.start <= negator.start < match.end
            and negator.start not in match.skipped
        )

    def is_parted(self, start: int, end: int) -> bool:
        """Whether a colon or semicolon stands among the tokens: what is denied before it isn't what is said after it."""
        return any(_PART_END.search(self._between(token)) for token in range(start, end - 1))

    def is_after_comma(self, start: int, later: int) -> bool:
        """Whether a comma stands between token `start` and token `later`."""
        return any("," in self._between(token) for token in range(start, later))

    def is_reported(self, start: int, languages: int) -> bool:
        """Whether the words from token `start` on are what others are said to say ("whoever claims that ..."). A question
        reports nothing: "who says that you can't earn?" is how offers begin."""
        sentence = self.text.tokens[start].sentence
        return not self.text.sentences[sentence].question and any(
            negator.use.role == "reported" and negator.use.language & languages and negator.end <= start
            for negator in self._negators(sentence)
        )

    def _negators(self, sentence: int) -> list[_Negator]:
        if not self._read:
            self._read = True
            self._read_negators()
        return self._by_sentence.get(sentence, [])

    def _read_negators(self) -> None:
        """Of the whole field at once: nearly every sentence is asked for."""
        matches = self.rules.negator_index.find(self.words, self.borders, self.languages, lambda _name: ())
        by_sentence: dict[int, list[_Negator]] = {}
        for match in matches:
            negator = _Negator(match.start, match.end, self.rules.negators[match.phrase])
            by_sentence.setdefault(self.text.tokens[match.start].sentence, []).append(negator)
        for sentence, found in by_sentence.items():
            spared = {
                (token, negator.use.language)
                for negator in found
                if negator.use.role == "except"
                for token in range(negator.start, negator.end)
            }
            self._by_sentence[sentence] = [
                negator
                for negator in found
                if negator.use.role not in ("before", "after") or (negator.start, negator.use.language) not in spared
            ]

    def _governs(self, negator: _Negator, start: int, negators: list[_Negator]) -> bool:
        if not negator.end <= start < negator.end + REACH:
            return False
        # "Contract there is none, cash in hand": a negator that has spoken of what precedes it ends with its comma.
        spent = self._follows_in_clause(negator) and any(
            other.use.role == "after" and other.start == negator.start for other in negators
        )
        return self._open(negator.end - 1, start, negators, first_comma_is_free=not spent)

    def _follows_in_clause(self, negator: _Negator) -> bool:
        """Whether words of its own clause stand before the negator."""
        first, _ = self.borders[self.text.tokens[negator.start].sentence]
        if negator.start == first:
            return False
        between = self._between(negator.start - 1)
        return "," not in between and not _CLAUSE_END.search(between)

    def _governs_back(self, negator: _Negator, end: int, negators: list[_Negator]) -> bool:
        if not end <= negator.start < end + REACH:
            return False
        return self._open(end - 1, negator.start, negators, first_comma_is_free=False)

    def _open(self, left: int, right: int, negators: list[_Negator], *, first_comma_is_free: bool) -> bool:
        """Whether no clause ends between token `left` and token `right`."""
        contrasts = {negator.start for negator in negators if negator.use.role == "contrast"}
        carriers = {negator.start for negator in negators if negator.use.role == "carry"}
        if any(left < token < right for token in contrasts):
            return False
        for token in range(left, right):
            between = self._between(token)
            if _CLAUSE_END.search(between):
                return False
            comma = "," in between and not (first_comma_is_free and token == left)
            if comma and not any(token < carrier < right for carrier in carriers):
                return False
        return True

    def _continues_list(self, sentence: int, indicator: str, start: int, negators: list[_Negator]) -> bool:
        contrasts = [negator.start for negator in negators if negator.use.role == "contrast"]
        for _, denied_end in self._denied.get((sentence, indicator), ()):
            follows = denied_end <= start <= denied_end + LIST_STEP
            if not follows or any(denied_end <= word < start for word in contrasts):
                continue
            if not any(_CLAUSE_END.search(self._between(token)) for token in range(denied_end - 1, start)):
                return True
        return False

    def _answered_no(self, sentence: int, use: PhraseUse) -> bool:
        """A question that the next sentence answers with no."""
        if not self.text.sentences[sentence].question or sentence + 1 >= len(self.text.sentences):
            return False
        first, last = self.borders[sentence + 1]
        return first < last and any(
            negator.use.role == "answers" and negator.start == first and negator.use.language & use.language
            for negator in self._negators(sentence + 1)
        )

    def _between(self, token: int) -> str:
        tokens = self.text.tokens
        return self.text.repaired.text[tokens[token].end : tokens[token + 1].start]


def _spans(negators: Iterable[_Negator]) -> Spans:
    return frozenset((negator.start, negator.end) for negator in negators)
