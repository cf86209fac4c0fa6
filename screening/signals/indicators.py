"""Indicators in the words of a post: phrase matches and conjunctions of marks, as evidence with exact quotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from screening.assessment.evidence import Evidence, EvidenceState, Strength
from screening.rules.compile import CUE, CompiledRule, CompiledRules, PhraseUse
from screening.rules.conditions import holds, required_names
from screening.rules.negation import NegationScope
from screening.rules.token_classes import class_spans
from screening.text.document import Document, FieldText
from screening.text.sentences import quotation_spans

MAX_QUOTES_PER_RULE = 3
WARNING_CUES = 2
"""So many different cues make a text one that warns of lures; within quotation marks one is enough."""
_DISGUISES = frozenset({"homoglyph", "leet", "spaced"})
_STRENGTH_ORDER = {"strong": 0, "medium": 1, "weak": 2}


@dataclass(frozen=True, slots=True)
class IndicatorFindings:
    """`marks`: those given, and every pack and rule whose words or conditions were found (docs/rules.md, "Marks")."""

    evidence: tuple[Evidence, ...]
    protective: tuple[Evidence, ...]
    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where words stand: index of the field in the document, code points of the original."""

    field: int
    start: int
    end: int

    def overlaps(self, other: _Place) -> bool:
        return self.field == other.field and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class _Finding:
    rule: CompiledRule
    state: str
    place: _Place | None  # None where only fields or absence speak


@dataclass(slots=True)
class _FieldMatches:
    """What the phrases gave in one field, before anything is decided about negation."""

    index: int
    text: FieldText
    scope: NegationScope
    hits: list[tuple[int, int, PhraseUse]] = field(default_factory=list)
    excluded: set[tuple[int, int]] = field(default_factory=set)  # (rule, sentence)
    cues: set[str] = field(default_factory=set)


def find_indicators(document: Document, rules: CompiledRules, marks: frozenset[str]) -> IndicatorFindings:
    """Find indicators and protective signs in a document.

    `marks`: names that the other signals computed. Evidence is ordered by field, place and rule; each quote is exactly
    the post's own text. Mention is not use: where a text warns of lures (two different cues of contexts.yaml), or quotes
    one and holds one cue, what it states counts as denied, and the mark `text.warning` says so. Text that the HTML hid is
    not matched, as no applicant read it; it sets the mark `text.hidden`.
    """
    fields = [_match_field(number, text, document, rules) for number, text in enumerate(document.fields)]
    cues = set[str]().union(*(matches.cues for matches in fields))
    findings: list[_Finding] = []
    for matches in fields:
        findings.extend(_decide(matches, rules, len(cues)))
    findings = [finding for finding in findings if document.post.kind in rules.indicators[finding.rule.indicator].kinds]
    found_marks = {*marks, *_text_marks(document, len(cues))}
    places: dict[str, _Place] = {}
    for finding in sorted(findings, key=_order):
        _set_marks(finding, found_marks, places)
    for number in rules.conjunctions:
        concluded = _conclude(rules.rules[number], rules, document, found_marks, places)
        if concluded is not None:
            findings.append(concluded)
            _set_marks(concluded, found_marks, places)
    evidence = [_evidence(finding, rules, document) for finding in _merge(findings, document)]
    told = [item for item in evidence if item.dimension != "marks"]
    return IndicatorFindings(
        evidence=tuple(item for item in told if item.dimension != "protective"),
        protective=tuple(item for item in told if item.dimension == "protective" and item.state != "denied"),
        marks=frozenset(found_marks),
    )


def _match_field(number: int, text: FieldText, document: Document, rules: CompiledRules) -> _FieldMatches:
    words = [token.folded for token in text.tokens]
    borders = _sentence_borders(text)
    languages = rules.languages_for(document.language)
    matches = _FieldMatches(number, text, NegationScope(rules, text, words, borders, languages))
    spans: dict[str, list[tuple[int, int]]] = {}

    def spans_of(name: str) -> Sequence[tuple[int, int]]:
        if name not in spans:
            spans[name] = class_spans(name, text.repaired.text, text.tokens)
        return spans[name]

    for phrase, start, end in rules.index.find(words, borders, languages, spans_of):
        use = rules.phrases[phrase]
        if use.role == CUE:
            matches.cues.add(use.text)
        elif use.role == "exclude":
            matches.excluded.add((use.rule, text.tokens[start].sentence))
        else:
            matches.hits.append((start, end, use))
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


def _decide(matches: _FieldMatches, rules: CompiledRules, cues: int) -> Iterator[_Finding]:
    """Each hit as stated or denied; where a phrase and a denial of one indicator overlap, the denial wins."""
    if not matches.hits:
        return
    text, scope = matches.text, matches.scope
    quotations = quotation_spans(text.repaired.text) if cues else []
    decided: list[tuple[int, int, CompiledRule, str]] = []
    for start, end, use in matches.hits:
        sentence = text.tokens[start].sentence
        if (use.rule, sentence) in matches.excluded:
            continue
        rule = rules.rules[use.rule]
        state = "stated"
        if use.role == "denied" or (rule.negatable and scope.denies(sentence, start, end, use)):
            state = "denied"
        elif cues >= WARNING_CUES or (cues and _within(text, start, end, quotations)):
            state = "denied"
        decided.append((start, end, rule, state))
    denials = [(start, end, rule.indicator) for start, end, rule, state in decided if state == "denied"]
    for start, end, rule, state in decided:
        if state == "stated" and any(
            rule.indicator == indicator and start < to and from_ < end for from_, to, indicator in denials
        ):
            continue
        yield _Finding(rule, state, _place(matches, start, end))


def _within(text: FieldText, start: int, end: int, quotations: Iterable[tuple[int, int]]) -> bool:
    from_, to = text.tokens[start].start, text.tokens[end - 1].end
    return any(opening <= from_ and to <= closing for opening, closing in quotations)


def _place(matches: _FieldMatches, start: int, end: int) -> _Place:
    tokens = matches.text.tokens
    return _Place(matches.index, *matches.text.repaired.original_span(tokens[start].start, tokens[end - 1].end))


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


def _set_marks(finding: _Finding, marks: set[str], places: dict[str, _Place]) -> None:
    rule = finding.rule
    if finding.state == "stated":
        marks.update((rule.indicator, rule.id))
        if finding.place is not None:
            places.setdefault(rule.indicator, finding.place)
            places.setdefault(rule.id, finding.place)
    else:
        marks.add(f"{'denied' if finding.state == 'denied' else 'absent'}.{rule.indicator}")


def _conclude(
    rule: CompiledRule, rules: CompiledRules, document: Document, marks: set[str], places: dict[str, _Place]
) -> _Finding | None:
    if rule.when is None or document.post.kind not in rules.indicators[rule.indicator].kinds or not holds(rule.when, marks):
        return None
    if rule.state == "absent_checked":
        return None if rule.indicator in marks else _Finding(rule, rule.state, None)
    names = (*rule.quote_from, *required_names(rule.when))
    place = next((places[name] for name in names if name in places), None)
    if place is None and any(name.startswith("pay.") and name in marks for name in names):
        place = _whole_field(document, "salary")
    return _Finding(rule, "stated", place)


def _whole_field(document: Document, name: str) -> _Place | None:
    for number, text in enumerate(document.fields):
        if text.name == name:
            return _Place(number, 0, len(text.repaired.original))
    return None


def _order(finding: _Finding) -> tuple[int, int, str, int]:
    place = finding.place
    if place is None:
        return (1 << 30, 0, finding.rule.id, 0)
    return (place.field, place.start, finding.rule.id, place.end)


def _merge(findings: Iterable[_Finding], document: Document) -> list[_Finding]:
    """One finding where several of one indicator and state overlap, the strongest, then the longest; few quotes a rule."""
    kept: list[_Finding] = []
    quotes: dict[tuple[str, str], set[str]] = {}

    def strongest_first(finding: _Finding) -> tuple[int, int, tuple[int, int, str, int]]:
        length = finding.place.end - finding.place.start if finding.place else 0
        return _STRENGTH_ORDER[finding.rule.strength], -length, _order(finding)

    by_indicator: dict[tuple[str, str], list[_Finding]] = {}
    for finding in sorted(findings, key=strongest_first):
        group = by_indicator.setdefault((finding.rule.indicator, finding.state), [])
        place = finding.place
        if place is None:
            if any(other.rule is finding.rule for other in group):
                continue
        elif any(other.place is not None and place.overlaps(other.place) for other in group):
            continue
        said = quotes.setdefault((finding.rule.id, finding.state), set())
        quote = document.fields[place.field].repaired.original[place.start : place.end].casefold() if place else ""
        if quote in said or len(said) >= MAX_QUOTES_PER_RULE:
            continue
        said.add(quote)
        group.append(finding)
        kept.append(finding)
    return sorted(kept, key=_order)


def _evidence(finding: _Finding, rules: CompiledRules, document: Document) -> Evidence:
    indicator = rules.indicators[finding.rule.indicator]
    place = finding.place
    text = document.fields[place.field] if place else None
    strength: Strength = "weak" if finding.state == "absent_checked" else finding.rule.strength  # type: ignore[assignment]
    state: EvidenceState = finding.state  # type: ignore[assignment]
    return Evidence(
        indicator=indicator.id,
        state=state,
        strength=strength,
        dimension=indicator.dimension,
        field=text.name if text else "",
        start=place.start if place else 0,
        end=place.end if place else 0,
        quote=text.repaired.original[place.start : place.end] if text and place else "",
        rule=finding.rule.id,
        sources=indicator.sources,
    )
