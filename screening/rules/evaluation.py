"""Rules applied to a document: phrase matches decided as stated or denied, then the conjunctions of marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from screening.rules.compiled import CUE, CompiledRule, CompiledRules, FrameUse, PhraseUse
from screening.rules.concept_table import Tag
from screening.rules.conditions import holds, required_names
from screening.rules.frames import Clauses, FrameMatch, SentenceConcepts
from screening.rules.languages import LANGUAGE_BITS
from screening.rules.negation import NegationScope
from screening.rules.phrase_index import PhraseMatch
from screening.rules.reader import CLASS_CONCEPTS, PLAIN, Occurrences, shelf_of
from screening.rules.token_classes import class_spans
from screening.text.document import Document, FieldText
from screening.text.sentences import quotation_spans

WARNING_CUES = 2
"""So many different cues make a text one that warns of lures; within quotation marks one is enough."""
EXCLUSION_REACH = 6
"""An exclusion counts in the match's own clause, or within so many tokens of it; a long sentence holds more than one thing."""
MAX_HITS_PER_RULE = 40
"""A field that repeats one phrase a thousand times says it no more than one that says it forty times."""
NEGATION = "negation"
"""Role of a frame's match whose negation is already settled: nothing negates it again."""
WARNING = "warning"
"""The reader's word for a text that warns of lures; counts as a cue."""
_CLAUSE_END = re.compile(r"[,;:()\[\]—–|]|\s-\s")
_DISGUISES = frozenset({"homoglyph", "leet", "spaced"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: index of the field in the document, code points of the original."""

    field: int
    start: int
    end: int

    def overlaps(self, other: Place) -> bool:
        return self.field == other.field and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Finding:
    rule: CompiledRule
    state: str
    place: Place | None  # None where only fields or absence speak


@dataclass(slots=True)
class _FieldMatches:
    """What the phrases gave in one field, before anything is decided about negation."""

    index: int
    text: FieldText
    scope: NegationScope
    hits: list[tuple[PhraseMatch, PhraseUse]] = field(default_factory=list)
    excluded: dict[tuple[int, int], list[tuple[int, int]]] = field(default_factory=dict)  # (rule, sentence) -> tokens
    cues: set[str] = field(default_factory=set)
    occurrences: list[Occurrences] = field(default_factory=list)  # of each sentence
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


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Every finding, not yet merged, and all marks: those given and those found."""

    findings: tuple[Finding, ...]
    marks: frozenset[str]


def evaluate(document: Document, rules: CompiledRules, marks: frozenset[str]) -> Evaluation:
    """Apply all rules for the document's languages and kind.

    Mention is not use: where a text warns of lures (two different cues of contexts.yaml), or quotes one and holds one
    cue, what it states counts as denied, and the mark `text.warning` says so. Text that the HTML hid is not matched, as
    no applicant read it; it sets the mark `text.hidden`.
    """
    fields = [_match_field(number, text, document, rules) for number, text in enumerate(document.fields)]
    _read_posts_words(fields, rules)
    cues = set[str]().union(*(matches.cues for matches in fields))
    findings: list[Finding] = []
    for matches in fields:
        findings.extend(_decide(matches, rules, len(cues)))
    findings = [finding for finding in findings if document.post.kind in rules.indicators[finding.rule.indicator].kinds]
    found_marks = {*marks, *_text_marks(document, len(cues))}
    places: dict[str, Place] = {}
    for finding in sorted(findings, key=place_order):
        _set_marks(finding, found_marks, places)
    for number in rules.conjunctions:
        concluded = _conclude(rules.rules[number], rules, document, found_marks, places)
        if concluded is not None:
            findings.append(concluded)
            _set_marks(concluded, found_marks, places)
    return Evaluation(tuple(findings), frozenset(found_marks))


def _match_field(number: int, text: FieldText, document: Document, rules: CompiledRules) -> _FieldMatches:
    words = [token.folded for token in text.tokens]
    borders = _sentence_borders(text)
    languages = rules.languages_for(document.language)
    matches = _FieldMatches(number, text, NegationScope(rules, text, words, borders, languages))
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
                matches.hits.append((match, use))
    _match_frames(matches, document, rules, hits_of)
    return matches


def sentence_occurrences(
    field_text: FieldText, rules: CompiledRules, language: str
) -> Iterator[tuple[int, Occurrences]]:
    """(number of the first sentence, what the reader reads) of each sentence; for fitting it."""
    words = [token.folded for token in field_text.tokens]
    borders = _sentence_borders(field_text)
    bits = LANGUAGE_BITS[language]
    matches = _FieldMatches(0, field_text, NegationScope(rules, field_text, words, borders, bits))
    clauses = Clauses(field_text.repaired.text, field_text.tokens)
    for unit, tags, negators in _units(matches, rules):
        yield unit[0], _occurrences(matches, unit, tags, negators, clauses, shelf_of((language,)))


def _occurrences(
    matches: _FieldMatches,
    sentences: Sequence[int],
    tags: Sequence[Tag],
    negators: Sequence[tuple[int, int]],
    clauses: Clauses,
    shelf: str,
) -> Occurrences:
    first, last = matches.scope.borders[sentences[0]][0], matches.scope.borders[sentences[-1]][1]
    words = list(enumerate(matches.scope.words[first:last], first))
    return Occurrences(tags, negators, clauses, words, shelf)


def _units(
    matches: _FieldMatches, rules: CompiledRules
) -> Iterator[tuple[list[int], list[Tag], list[tuple[int, int]]]]:
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


def _match_frames(matches: _FieldMatches, document: Document, rules: CompiledRules, hits_of: dict[int, int]) -> None:
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
                role = use.role
                if role == "phrases" and frame.negated >= 0:
                    role = NEGATION
                elif role == "phrases" and rules.rules[use.rule].negatable:
                    role = "denied" if _frame_denied(found, use, scope) else NEGATION
                matches.hits.append((match, PhraseUse(use.rule, role, found.languages, frame.text)))
        matches.occurrences.append(_occurrences(matches, sentences, tags, negators, clauses, shelf))
    matches.hits.sort(key=lambda hit: (hit[0].start, hit[0].end, hit[1].rule, hit[1].text))


def _read_posts_words(fields: Sequence[_FieldMatches], rules: CompiledRules) -> None:
    """Add what the reader reads, once all sentences of all fields are there to be weighed together."""
    reader = rules.reader
    scored = [
        (matches, occurrences, reader.scores(occurrences.places))
        for matches in fields
        for occurrences in matches.occurrences
    ]
    if not scored or not reader.questions:
        return
    whole = reader.whole([scores for _, _, scores in scored])
    if whole == PLAIN:
        for matches in fields:
            matches.hits = [_lowered(hit, rules) for hit in matches.hits]
    for matches, occurrences, scores in scored:
        for read in reader.read(occurrences, scores, whole):
            if read.indicator == WARNING:
                matches.cues.add(WARNING)
            elif read.indicator in rules.read_rules:
                rule = rules.read_rules[read.indicator][read.grade]
                role = "denied" if read.state == "denied" else NEGATION
                match = PhraseMatch(-1, read.start, read.end, ())
                matches.hits.append((match, PhraseUse(rule, role, matches.scope.languages, "")))


def _lowered(hit: tuple[PhraseMatch, PhraseUse], rules: CompiledRules) -> tuple[PhraseMatch, PhraseUse]:
    """In a post that reads as plain as a whole, what a frame states is likely at most; phrases say what they say."""
    match, use = hit
    indicator = rules.rules[use.rule].indicator
    if match.phrase >= 0 or use.role != NEGATION or indicator not in rules.read_rules:
        return hit
    return match, replace(use, rule=rules.read_rules[indicator]["likely"])


def _frame_denied(found: FrameMatch, use: FrameUse, scope: NegationScope) -> bool:
    """Whether what the frame states is denied: its doings by a negator that governs them, its things by one right before."""
    if found.negated:
        return True
    asked = PhraseUse(use.rule, "phrases", found.languages)
    if not found.doings:
        return scope.denies(PhraseMatch(-1, found.start, found.end, found.skipped), asked)
    if any(scope.denies(PhraseMatch(-1, start, end, ()), asked) for start, end in found.doings):
        return True
    return any(scope.negated_thing(start, asked) for start, _ in found.things)


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


class _Decided(NamedTuple):
    match: PhraseMatch
    use: PhraseUse
    rule: CompiledRule
    state: str


def _decide(matches: _FieldMatches, rules: CompiledRules, cues: int) -> Iterator[Finding]:
    """Each hit as stated or denied, and of contradicting ones in the same words the one that holds."""
    if not matches.hits:
        return
    text, scope = matches.text, matches.scope
    quotations = quotation_spans(text.repaired.text) if cues else []
    decided: list[_Decided] = []
    for match, use in matches.hits:
        sentence = text.tokens[match.start].sentence
        rule = rules.rules[use.rule]
        if matches.is_excluded(match, use, rule, sentence):
            continue
        denied = (
            use.role == "denied"
            or (rule.negatable and use.role != NEGATION and scope.denies(match, use))
            or cues >= WARNING_CUES
            or (cues > 0 and _within(text, match.start, match.end, quotations))
        )
        decided.append(_Decided(match, use, rule, "denied" if denied else "stated"))
    for hit in decided:
        if not any(_outdoes(other, hit, scope) for other in decided):
            yield Finding(hit.rule, hit.state, _place(matches, hit.match.start, hit.match.end))


def _outdoes(winner: _Decided, loser: _Decided, scope: NegationScope) -> bool:
    """Of a statement and a denial of one indicator in the same words the denial holds ("no fee"), unless the statement
    is itself a negation that holds the denial's words ("don't tell anyone" over "tell anyone")."""
    if winner.state == loser.state or winner.rule.indicator != loser.rule.indicator:
        return False
    if not (winner.match.start < loser.match.end and loser.match.start < winner.match.end):
        return False
    statement, denial = (winner, loser) if winner.state == "stated" else (loser, winner)
    outer, inner = statement.match, denial.match
    holds = (
        outer.start <= inner.start
        and inner.end <= outer.end
        and outer.end - outer.start > inner.end - inner.start
        and (statement.use.role == NEGATION or scope.holds_negator(outer, statement.use))
    )
    return holds == (winner is statement)


def _within(text: FieldText, start: int, end: int, quotations: Iterable[tuple[int, int]]) -> bool:
    from_, to = text.tokens[start].start, text.tokens[end - 1].end
    return any(opening <= from_ and to <= closing for opening, closing in quotations)


def _place(matches: _FieldMatches, start: int, end: int) -> Place:
    tokens = matches.text.tokens
    return Place(matches.index, *matches.text.repaired.original_span(tokens[start].start, tokens[end - 1].end))


def _text_marks(document: Document, cues: int) -> Iterator[str]:
    if document.post.hidden_text.strip():
        yield "text.hidden"
    if any(not _DISGUISES.isdisjoint(text.repaired.disguises) for text in document.fields):
        yield "text.disguised"
    if cues >= WARNING_CUES:
        yield "text.warning"
    for signal in document.post.signals:
        if signal.value:
            yield f"platform.{signal.name}"


def _set_marks(finding: Finding, marks: set[str], places: dict[str, Place]) -> None:
    rule = finding.rule
    if finding.state == "stated":
        marks.update((rule.indicator, rule.id))
        if finding.place is not None:
            places.setdefault(rule.indicator, finding.place)
            places.setdefault(rule.id, finding.place)
    else:
        marks.add(f"{'denied' if finding.state == 'denied' else 'absent'}.{rule.indicator}")


def _conclude(
    rule: CompiledRule, rules: CompiledRules, document: Document, marks: set[str], places: dict[str, Place]
) -> Finding | None:
    if (
        rule.when is None
        or document.post.kind not in rules.indicators[rule.indicator].kinds
        or not holds(rule.when, marks)
    ):
        return None
    if rule.state == "absent_checked":
        return None if rule.indicator in marks else Finding(rule, rule.state, None)
    names = (*rule.quote_from, *required_names(rule.when))
    place = next((places[name] for name in names if name in places), None)
    if place is None and any(name.startswith("pay.") and name in marks for name in names):
        place = _whole_field(document, "salary")
    return Finding(rule, "stated", place)


def _whole_field(document: Document, name: str) -> Place | None:
    for number, text in enumerate(document.fields):
        if text.name == name:
            return Place(number, 0, len(text.repaired.original))
    return None


def place_order(finding: Finding) -> tuple[int, int, str, int]:
    place = finding.place
    if place is None:
        return (1 << 30, 0, finding.rule.id, 0)
    return (place.field, place.start, finding.rule.id, place.end)
