"""Rules applied to a document: phrase matches decided as stated or denied, then the conjunctions of marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

from screening.rules.compiled import CompiledRule, CompiledRules, PhraseUse
from screening.rules.conditions import holds, required_names
from screening.rules.field_matches import NEGATION, FieldMatches, match_field
from screening.rules.languages import TAUGHT
from screening.rules.left_out import READ, counting
from screening.rules.marks import NOTHING, TEXT_WARNING
from screening.rules.negation import NegationScope, Spans
from screening.rules.phrase_index import PhraseMatch
from screening.rules.post_reading import WARNING, PostReading, StatedBest, add_denials, read_post
from screening.rules.reader import STATED
from screening.rules.settling import (
    BESIDE,
    NO_WARNING,
    READS,
    UNREAD,
    UNTAUGHT,
    AsWhole,
    Signs,
    beside,
    corroborated,
    likeliest,
    outdone,
)
from screening.text.document import Document, FieldText
from screening.text.sentences import quotation_spans

WARNING_CUES = 2
"""So many different cues make a text one that warns of lures; within quotation marks one is enough."""
QUOTATIONS = "quotations"
"""Cue of a text that quotes several clauses: so do warnings, advice and reports, and hardly an offer. Of 8,662 constructed offers with
signs of risk 7 do, of 609 honest texts that quote a lure 87 (screening/training/corpus/)."""
SEVERAL_QUOTATIONS = 2
MENTION = ("seems_mention", "is_mention")
"""Cues of a text that the reader takes, as a whole, for a warning, a report, a question or a story rather than an offer. Both are
had by what surely is one: of constructed offers with signs of risk, held apart, one in two hundred is taken for one (`screening/training/context_fit.py`)."""
BY_READER = frozenset({WARNING, MENTION[0]})
"""Cues that are the reader's own guess. Alone they undo no signs that phrases found together: "tell nobody" and "call" are words of a
warning too."""
NO_WAYS = frozenset[str]()
_STEP = {"weak": 0, "medium": 1, "strong": 2}
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
    how: str  # one of settling.WAYS, or READ


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Every finding, not yet merged, and all marks: those given and those found."""

    findings: tuple[Finding, ...]
    marks: frozenset[str]
    signs: Mapping[str, Signs]  # what spoke for each indicator that the reader asks for
    as_whole: AsWhole  # what the reader makes of the post; UNREAD without a reader
    reads: str  # what that makes of the post, one of settling.READS, or UNTAUGHT


def evaluate(document: Document, rules: CompiledRules, marks: frozenset[str]) -> Evaluation:
    """Apply all rules for the document's languages and kind.

    Mention is not use: where a text warns of lures (two different cues of contexts.yaml), or quotes one and holds one
    cue, what it states counts as denied, and the mark `text.warning` says so. Text that the HTML hid is not matched, as
    no applicant read it; it sets the mark `text.hidden`.
    """
    fields = [match_field(number, text, document, rules) for number, text in enumerate(document.fields)]
    reading = read_post(fields, rules.reader, signs_found=_signs_found(fields, rules))
    if reading:
        add_denials(reading, rules)
    cues = set[str]().union(*(matches.cues for matches in fields))
    if any(len(quotation_spans(text.repaired.text)) >= SEVERAL_QUOTATIONS for text in document.fields):
        cues.add(QUOTATIONS)
    reads = _reads(reading, document, rules)
    if reading:
        seeming = rules.reader.mention_cues(reading.as_whole.mention)
        # Who seems to speak of lures, and whose post reads plain, surely does: of risky offers, held apart, four in a thousand read so.
        cues.update(MENTION if seeming and reads == READS[0] else MENTION[:seeming])
    findings: list[Finding] = []
    for matches in fields:
        findings.extend(_decide(matches, rules, len(cues)))
    findings = [finding for finding in findings if document.post.kind in rules.indicators[finding.rule.indicator].kinds]
    signs: dict[str, Signs] = {}
    if reading:
        findings, signs = _settle(findings, reading, document, rules, reads, cues)
    found_marks = {*marks, *_text_marks(document, len(cues))}
    stated = {name for f in findings if f.state == STATED for name in (f.rule.indicator, f.rule.id)}
    findings = counting(findings, rules.rules, found_marks | stated)
    places: dict[str, Place] = {}
    for finding in sorted(findings, key=place_order):
        _set_marks(finding, found_marks, places)
    for number in rules.conjunctions:
        concluded = _conclude(rules.rules[number], rules, document, found_marks, places)
        if concluded is None:
            continue
        indicator = concluded.rule.indicator
        if reading and concluded.state == STATED and indicator in signs:
            signs[indicator] = spoken = signs[indicator]._replace(ways=signs[indicator].ways | {concluded.how})
            strength = rules.indicators[indicator].strength
            grade = rules.reader.settling.grade(indicator, strength, spoken, reading.as_whole, reads)
            if not grade:
                continue
            concluded = _at_most(concluded, indicator, grade, rules)
        findings.append(concluded)
        _set_marks(concluded, found_marks, places)
    as_whole = reading.as_whole if reading else UNREAD
    return Evaluation(tuple(findings), frozenset(found_marks), signs, as_whole, reads)


def _reads(reading: PostReading | None, document: Document, rules: CompiledRules) -> str:
    if document.language.languages and TAUGHT.isdisjoint(document.language.languages):
        return UNTAUGHT
    return rules.reader.reads(reading.as_whole) if reading else READS[0]


def _signs_found(fields: Sequence[FieldMatches], rules: CompiledRules) -> bool:
    """Whether a phrase or frame hit upon more than a hint of risk, stated or not."""
    return any(
        (about := rules.indicators[rules.rules[use.rule].indicator]).strength != "weak"
        and about.dimension not in NO_WARNING
        for matches in fields
        for _, use, _ in matches.hits
    )


def _settle(
    findings: Sequence[Finding],
    reading: PostReading,
    document: Document,
    rules: CompiledRules,
    reads: str,
    cues: Set[str],
) -> tuple[list[Finding], dict[str, Signs]]:
    """What is stated, each indicator as much as it counts, with what the reader adds; and what spoke for each."""
    settling, kind = rules.reader.settling, document.post.kind
    by_indicator: dict[str, list[Finding]] = {}
    settled: list[Finding] = []
    for finding in findings:
        if finding.state == STATED and finding.rule.indicator in reading.stated:
            by_indicator.setdefault(finding.rule.indicator, []).append(finding)
        else:
            settled.append(finding)
    signs = {
        indicator: Signs(
            best.read,
            best.denied,
            frozenset(finding.how for finding in by_indicator[indicator]) if indicator in by_indicator else NO_WAYS,
            best.sentence,
        )
        for indicator, best in reading.stated.items()
        if (known := rules.indicators.get(indicator)) is not None and kind in known.kinds
    }
    first = {
        indicator: settling.own_log_odds(indicator, spoken, reading.as_whole) for indicator, spoken in signs.items()
    }
    less = outdone(signs, first)
    own = beside(signs, first, less)
    foremost = likeliest(own, rules.indicators)
    # A plain post that hits two phrases is an ordinary one with unlucky words.
    heard = reads != READS[0] and cues <= BY_READER
    together = corroborated(signs, rules.indicators) if heard else frozenset()
    for indicator, spoken in signs.items():
        if indicator not in by_indicator and indicator != foremost and settling.counts_for_nothing(own[indicator]):
            continue
        found, strength, best = (
            by_indicator.get(indicator, []),
            rules.indicators[indicator].strength,
            reading.stated[indicator],
        )
        grade = partial(
            settling.grade,
            indicator,
            strength,
            post=reading.as_whole,
            reads=reads,
            likeliest=indicator == foremost,
            corroborated=indicator in together,
        )
        graded = grade(spoken, known=own[indicator])
        kept = [_at_most(finding, indicator, graded, rules) for finding in found if graded or finding.rule.firm]
        settled.extend(kept)
        alone = graded
        if found:
            by_reader = spoken._replace(ways=frozenset())
            said = settling.own_log_odds(indicator, by_reader, reading.as_whole)
            alone = grade(by_reader, known=said - (BESIDE if indicator in less else 0.0))
        if alone:
            rule = rules.rules[rules.read_rules[indicator][alone]]
            if all(_STEP[rule.strength] > _STEP[finding.rule.strength] for finding in kept):
                settled.extend(_read_finding(rule, best, rules, len(cues)))
    return settled, signs


def _at_most(finding: Finding, indicator: str, grade: str, rules: CompiledRules) -> Finding:
    """The finding, no stronger than its indicator's grade, unless its rule is firm."""
    if finding.rule.firm:
        return finding
    strength = rules.rules[rules.read_rules[indicator][grade]].strength
    if _STEP[finding.rule.strength] <= _STEP[strength]:
        return finding
    return replace(finding, rule=replace(finding.rule, strength=strength))


def _read_finding(rule: CompiledRule, best: StatedBest, rules: CompiledRules, cues: int) -> Iterator[Finding]:
    """What the reader alone found, with the words that speak most for it; nothing where a pack excludes these words: a person
    wrote down what they mean, and to the reader they are a few among many ("commercial secrets", "handed back on the spot")."""
    matches = best.matches
    first, last = rules.reader.span(best.question, best.occurrences)
    start, end = matches.clause_around(first, last)
    if matches.is_excluded_for(rule.indicator, start, end, rules):
        return
    warned = (
        cues >= WARNING_CUES
        or (cues > 0 and _mostly_within(matches.text, first, last, quotation_spans(matches.text.repaired.text)))
        or matches.scope.is_reported(last - 1, matches.scope.languages)
    )
    yield Finding(rule, "denied" if warned else STATED, _place(matches, start, end), READ)


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
    for match, use, denied_by in matches.hits:
        sentence = text.tokens[match.start].sentence
        rule = rules.rules[use.rule]
        by_frame = match.phrase < 0 and use.role != "denied"  # a frame has no exclusions of its own, but for concepts
        if matches.is_excluded(match, use, rule, sentence) or (
            by_frame and matches.is_excluded_for(rule.indicator, match.start, match.end, rules)
        ):
            continue
        if use.role == "denied" and match.phrase >= 0 and scope.is_parted(match.start, match.end):
            continue  # "Visa is no problem: you enter as tourists" denies no entry as tourists
        denial = denied_by if use.role == "denied" else None
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
            yield Finding(hit.rule, hit.state, place, "phrase" if hit.match.phrase >= 0 else "frame")


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
    if statement.match.phrase >= 0 > denial.match.phrase and denial.use.text:
        return winner is statement  # a phrase is exact: what a frame makes of its words doesn't undo it
    if (
        statement.rule.firm
        and statement.match.phrase >= 0
        and scope.is_after_comma(denial.match.start, statement.match.start)
    ):
        return winner is statement
    if denial.denied_by and all(_overlap(negator, statement.own) for negator in denial.denied_by):
        return winner is statement
    outer, inner = statement.match, denial.match
    holds = (
        outer.start <= inner.start
        and inner.end <= outer.end
        and outer.end - outer.start > inner.end - inner.start
        and (statement.use.role == NEGATION or bool(statement.own))
    )
    return holds == (winner is statement)


def _overlap(negator: tuple[int, int], own: Spans) -> bool:
    return any(negator[0] < end and start < negator[1] for start, end in own)


def _within(text: FieldText, start: int, end: int, quotations: Iterable[tuple[int, int]]) -> bool:
    from_, to = text.tokens[start].start, text.tokens[end - 1].end
    return any(opening <= from_ and to <= closing for opening, closing in quotations)


def _mostly_within(text: FieldText, start: int, end: int, quotations: Iterable[tuple[int, int]]) -> bool:
    """Whether half the words or more stand in quotations: what the reader weighs may begin with who says it."""
    tokens, inside = text.tokens[start:end], list(quotations)
    quoted = sum(
        any(opening <= token.start and token.end <= closing for opening, closing in inside) for token in tokens
    )
    return 2 * quoted >= len(tokens)


def _place(matches: FieldMatches, start: int, end: int) -> Place:
    tokens = matches.text.tokens
    return Place(matches.index, *matches.text.repaired.original_span(tokens[start].start, tokens[end - 1].end))


def _text_marks(document: Document, cues: int) -> Iterator[str]:
    if document.post.hidden_text.strip():
        yield "text.hidden"
    if any(not _DISGUISES.isdisjoint(text.repaired.disguises) for text in document.fields):
        yield "text.disguised"
    if cues >= WARNING_CUES:
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
