"""Findings as evidence: merged where they overlap, each with its exact quote."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from screening.assessment.mild_wordings import without_mild
from screening.rules.compiled import CompiledRules
from screening.rules.evaluation import Evaluation, Finding, evaluate, place_order, words_at
from screening.text.document import Document
from screening.values.evidence import Evidence, EvidenceState, Strength

MAX_QUOTES_PER_RULE = 3
_STRENGTH_ORDER = {"strong": 0, "medium": 1, "weak": 2}


@dataclass(frozen=True, slots=True)
class IndicatorFindings:
    """`marks`: those given, and every pack and rule whose words or conditions were found (docs/rules.md, "Marks")."""

    evidence: tuple[Evidence, ...]
    protective: tuple[Evidence, ...]
    marks: frozenset[str]


def find_indicators(document: Document, rules: CompiledRules, marks: frozenset[str]) -> IndicatorFindings:
    """What phrases and conditions alone find, without the classifier: for trying a pack."""
    return as_evidence(evaluate(document, rules, marks), rules, document)


def as_evidence(evaluation: Evaluation, rules: CompiledRules, document: Document) -> IndicatorFindings:
    """Findings as evidence, ordered by field, place and rule; each quote is exactly the post's own text.

    Evidence that rests on fields or on absence alone has no field and no quote. A protective sign that is denied is none and left out.
    """
    found = without_mild(evaluation.findings)
    told = [finding for finding in found if rules.indicators[finding.rule.indicator].dimension != "marks"]
    evidence = [_evidence(finding, rules, document) for finding in _merge(told, document)]
    return IndicatorFindings(
        evidence=tuple(item for item in evidence if item.dimension != "protective"),
        protective=tuple(item for item in evidence if item.dimension == "protective" and item.state != "denied"),
        marks=evaluation.marks,
    )


def _merge(findings: Iterable[Finding], document: Document) -> list[Finding]:
    """One finding where several of one indicator and state overlap, the strongest, then the longest; few quotes a rule.

    One without words of its own (it rests on fields or a combination) is left out beside one that has words and is as strong.
    """
    quotes: dict[tuple[str, str], set[str]] = {}

    def strongest_first(finding: Finding) -> tuple[int, int, tuple[int, int, str, int]]:
        length = finding.place.end - finding.place.start if finding.place else 0
        return _STRENGTH_ORDER[finding.rule.strength], -length, place_order(finding)

    by_indicator: dict[tuple[str, str], list[Finding]] = {}
    for finding in sorted(findings, key=strongest_first):
        group = by_indicator.setdefault((finding.rule.indicator, finding.state), [])
        place = finding.place
        if place is None:
            if group:  # strongest first: what is kept already is at least as strong, with words or without
                continue
        elif any(other.place is not None and place.overlaps(other.place) for other in group):
            continue
        said = quotes.setdefault((finding.rule.id, finding.state), set())
        quote = words_at(place, document).casefold() if place else ""
        if quote in said or len(said) >= MAX_QUOTES_PER_RULE:
            continue
        said.add(quote)
        group.append(finding)
    return sorted((finding for group in by_indicator.values() for finding in group), key=place_order)


def _evidence(finding: Finding, rules: CompiledRules, document: Document) -> Evidence:
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
        quote=words_at(place, document) if place else "",
        rule=finding.rule.id,
        sources=indicator.sources,
    )
