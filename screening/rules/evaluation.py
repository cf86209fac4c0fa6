"""Rules applied to a document: phrase matches decided as stated or denied, then the conjunctions of marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from screening.rules.compiled import CompiledRule, CompiledRules, PhraseUse
from screening.rules.conditions import holds, required_names
from screening.rules.field_matches import FieldMatches, match_field
from screening.rules.left_out import counting
from screening.rules.marks import NOTHING, TEXT_WARNING
from screening.rules.negation import NegationScope, Spans
from screening.rules.phrase_index import PhraseMatch
from screening.text.document import Document, FieldText
from screening.text.sentences import quotation_spans

WARNING_CUES = 2
"""So many different cues make a text one that warns of lures; within quotation marks one is enough."""
STATED = "stated"
_REST_OF_WORD = re.compile(r"(?:(?<=\d) ?[$€£₴₽](?!\w)|(?:\w|[-–’'](?=\w))+)")
"""What a quote is lengthened by: the rest of its last word, or the currency behind its last number."""
_DISGUISES = frozenset({"homoglyph", "leet", "spaced"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: index of the field in the document, code points of the original."""

    field: int
    start: int
    end: int

    def overlaps(self, other: Place) -> bool:
        return self.field == other.field and self.start < other.end and other.start < self.end


def words_at(place: Place, document: Document) -> str:
    """The words of the original that stand there."""
    return document.fields[place.field].repaired.original[place.start : place.end]


@dataclass(frozen=True, slots=True)
class Finding:
    rule: CompiledRule
    state: str
    place: Place | None  # None where only fields or absence speak
    how: str  # "phrase", "condition" or left_out.READ


@dataclass(frozen=True, slots=True)
class Matched:
    """What phrases found: stated or denied, before the classifier has weighed it. `warns`: the text warns of lures by its cues."""

    findings: tuple[Finding, ...]
    fields: tuple[FieldMatches, ...]
    warns: bool


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Every finding, not yet merged, and all marks: those given and those found. `left_out`: conditions that held, of rules that are
    switched off."""

    findings: tuple[Finding, ...]
    marks: frozenset[str]
    left_out: frozenset[str] = frozenset()


def match_phrases(document: Document, rules: CompiledRules) -> Matched:
    """Find the packs' phrases in the document's languages and kind, each as stated or denied.

    Mention is not use: where a text warns of lures (two different cues of contexts.yaml), or quotes one and holds one
    cue, what it states counts as denied. Text that the HTML hid is not matched, as no applicant read it.
    """
    fields = tuple(match_field(number, text, document, rules) for number, text in enumerate(document.fields))
    cues = len(set[str]().union(*(matches.cues for matches in fields)))
    found = [finding for matches in fields for finding in _decide(matches, rules, cues)]
    kind = document.post.kind
    return Matched(
        tuple(finding for finding in found if kind in rules.indicators[finding.rule.indicator].kinds),
        fields,
        cues >= WARNING_CUES,
    )


def conclude(
    findings: Sequence[Finding],
    document: Document,
    rules: CompiledRules,
    marks: frozenset[str],
    *,
    warns: bool = False,
    plain: bool = False,
    computed: Mapping[str, Place] | None = None,
    switched_off: frozenset[str] = frozenset(),
) -> Evaluation:
    """Add what the conditions of the packs make of the findings and of `marks`, the names that other signals computed.

    Args:
        warns: the text speaks of lures; sets the mark `text.warning`.
        plain: the post reads like an ordinary one: no condition makes a strong sign of it, unless its rule is firm ("12 hours" of a
            shop that is open "without days off").
        computed: where marks were read that other signals computed; what a condition on them quotes.
        switched_off: ids of rules whose conditions conclude nothing, so that nothing builds on them either.
    """
    found_marks = {*marks, *_text_marks(document, warns)}
    stated = {name for f in findings if f.state == STATED for name in (f.rule.indicator, f.rule.id)}
    counted = counting(findings, rules.rules, found_marks | stated)
    places: dict[str, Place] = dict(computed or {})
    for finding in sorted(counted, key=place_order):
        _set_marks(finding, found_marks, places)
    left_out: set[str] = set()
    for number in rules.conjunctions:
        concluded = _conclude(rules.rules[number], rules, document, found_marks, places)
        if concluded is not None:
            rule = concluded.rule
            if rule.id in switched_off:
                left_out.add(rule.id)
                continue
            if plain and rule.strength == "strong" and not rule.firm and concluded.state == STATED:
                concluded = replace(concluded, rule=replace(rule, strength="medium"))
            counted.append(concluded)
            _set_marks(concluded, found_marks, places)
    return Evaluation(tuple(counted), frozenset(found_marks), frozenset(left_out))


def evaluate(document: Document, rules: CompiledRules, marks: frozenset[str]) -> Evaluation:
    """Phrases and conditions alone, as `screening rules check` runs them."""
    matched = match_phrases(document, rules)
    return conclude(matched.findings, document, rules, marks, warns=matched.warns)


class _Decided(NamedTuple):
    match: PhraseMatch
    use: PhraseUse
    rule: CompiledRule
    state: str
    denied_by: Spans
    own: Spans  # of a statement: the negators among its words


def _decide(matches: FieldMatches, rules: CompiledRules, cues: int) -> Iterator[Finding]:
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
        if use.role == "denied" and scope.is_parted(match.start, match.end):
            continue  # "Visa is no problem: you enter as tourists" denies no entry as tourists
        denial: Spans | None = frozenset() if use.role == "denied" else None
        if use.role == "phrases" and rule.negatable:
            denial = scope.denial(match, use)
        mentioned = (
            cues >= WARNING_CUES
            or (cues > 0 and _within(text, match.start, match.end, quotations))
            or scope.is_reported(match.start, use.language)
        )
        denied = mentioned or denial is not None
        own: Spans = frozenset() if denied else scope.own_negators(match, use)
        decided.append(_Decided(match, use, rule, "denied" if denied else STATED, denial or frozenset(), own))
    for hit in decided:
        if not any(_outdoes(other, hit, scope) for other in decided):
            place = _place(matches, hit.match.start, hit.match.end)
            yield Finding(hit.rule, hit.state, place, "phrase")


def _outdoes(winner: _Decided, loser: _Decided, scope: NegationScope) -> bool:
    """Of a statement and a denial of one indicator in the same words the denial holds ("no fee"), unless the statement
    is itself a negation that holds the denial's words ("don't tell anyone" over "tell anyone"), or the words that deny ("isn't
    given back until" over "given back until"), or a firm phrase after the comma of the denial ("nothing to pay, you work the
    fare off")."""
    if winner.state == loser.state or winner.rule.indicator != loser.rule.indicator:
        return False
    if not (winner.match.start < loser.match.end and loser.match.start < winner.match.end):
        return False
    statement, denial = (winner, loser) if winner.state == STATED else (loser, winner)
    if statement.rule.firm and scope.is_after_comma(denial.match.start, statement.match.start):
        return winner is statement
    if denial.denied_by and all(_overlap(negator, statement.own) for negator in denial.denied_by):
        return winner is statement
    outer, inner = statement.match, denial.match
    holds = (
        outer.start <= inner.start
        and inner.end <= outer.end
        and outer.end - outer.start > inner.end - inner.start
        and bool(statement.own)
    )
    return holds == (winner is statement)


def _overlap(negator: tuple[int, int], own: Spans) -> bool:
    return any(negator[0] < end and start < negator[1] for start, end in own)


def _within(text: FieldText, start: int, end: int, quotations: Iterable[tuple[int, int]]) -> bool:
    from_, to = text.tokens[start].start, text.tokens[end - 1].end
    return any(opening <= from_ and to <= closing for opening, closing in quotations)


def _place(matches: FieldMatches, start: int, end: int) -> Place:
    """Tokens [start, end) in the original, to the ends of words: a range of ages is quoted whole ("18-25")."""
    tokens, repaired = matches.text.tokens, matches.text.repaired
    first, last = tokens[start].start, tokens[end - 1].end
    following = _REST_OF_WORD.match(repaired.text, last)
    return Place(matches.index, *repaired.original_span(first, following.end() if following else last))


def _text_marks(document: Document, warns: bool) -> Iterator[str]:
    if document.post.hidden_text.strip():
        yield "text.hidden"
    if any(not _DISGUISES.isdisjoint(text.repaired.disguises) for text in document.fields):
        yield "text.disguised"
    if warns:
        yield TEXT_WARNING
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
        return None if rule.indicator in marks else Finding(rule, rule.state, None, "condition")
    if rule.quote_from == (NOTHING,):
        return Finding(rule, STATED, None, "condition")
    names = (*rule.quote_from, *required_names(rule.when))
    place = next((places[name] for name in names if name in places), None)
    if place is None and any(name.startswith("pay.") and name in marks for name in names):
        place = _whole_field(document, "salary")
    return Finding(rule, STATED, place, "condition")


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
