"""How much each sign counts: what phrases found and what the classifier read, weighed together.

A phrase is exact and knows no context; the classifier knows context and is never quite sure. So in a post that reads like an ordinary
one a phrase that neither the classifier nor another strong phrase confirms counts a step less, and the classifier's own signs don't
count; in one that reads like an exploitative offer both count by how sure they are. What a text mentions instead of saying it (a
warning, a report, a question) counts as denied. docs/how-a-post-is-read.md has the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from screening.classifier.answer import QUESTIONS, PostAnswer, Question, SignAnswer
from screening.classifier.bounds import Bounds, Grade, Reads
from screening.rules.compiled import CompiledRule, CompiledRules
from screening.rules.evaluation import STATED, Finding, Matched, Place, words_at
from screening.rules.left_out import READ
from screening.text.document import Document

WORDINGS: Mapping[str, Literal["exploitation", "fraud"]] = {
    "exploitation_wording": "exploitation",
    "fraud_wording": "fraud",
}
"""Indicators of a post that reads like an exploitative offer, or a recruitment fraud, as a whole, by the question that is asked of it."""
FRAUD = "fraud_wording"
WORDING_QUOTES = 2
"""So many segments are quoted for them: those that tell most."""
LEAST_QUOTED = 16
"""Characters of a segment; shorter ones ("Hello.", "12:04 pm") are quoted for them only where there is nothing longer."""
CORROBORATED = 2
"""So many strong findings of phrases, in different words, say it together, whatever the rest of the post reads like."""
DENIED = "denied"
_LOWER = {"strong": "medium", "medium": "weak", "weak": "weak"}
_STEP = {"weak": 0, "medium": 1, "strong": 2}
_NO_RISK = ("protective", "marks")
_OF_FRAUD = ("deceptive_recruitment", "criminal_use")


@dataclass(frozen=True, slots=True)
class Graded:
    """`reads`: how the post reads as a whole. `warns`: it speaks of lures instead of being one."""

    findings: tuple[Finding, ...]
    reads: Reads
    warns: bool


def in_doubt(matched: Matched, rules: CompiledRules) -> bool:
    """Whether a phrase found more than a weak sign of risk, stated or denied: the classifier then reads the post however plain it looks."""
    return any(
        finding.rule.strength != "weak" and rules.indicators[finding.rule.indicator].dimension not in _NO_RISK
        for finding in matched.findings
    )


def grade(
    matched: Matched, answer: PostAnswer | None, bounds: Bounds, document: Document, rules: CompiledRules
) -> Graded:
    """Findings at the strength at which they count.

    Args:
        answer: None where the classifier read nothing, or is switched off: phrases then count as their packs say.
    """
    if answer is None:
        return Graded(matched.findings, "plain", matched.warns)
    warns = matched.warns or answer.whole["mention"] >= bounds.mention
    offers_nothing = answer.whole["no_offer"] >= bounds.no_offer
    plain = warns or offers_nothing
    reads: Reads = "plain" if plain else bounds.reads(answer.whole)
    places = _places(answer, document)
    together = _corroborated(matched.findings, document, rules)
    found = [_phrase(finding, answer, places, bounds, reads, together, warns=warns) for finding in matched.findings]
    known = {f.rule.indicator: _STEP[f.rule.strength] for f in found if f.state == STATED}
    wordings = () if plain else tuple(_wordings(answer, places, bounds, rules, document, found))
    like_fraud = any(finding.rule.indicator == FRAUD for finding in wordings)
    read = _read(answer, places, bounds, document, rules, reads, _firm(found), warns=warns)
    found += [
        finding
        for finding in (map(_one_step_less, read) if like_fraud else read)
        if finding.state != STATED or _STEP[finding.rule.strength] > known.get(finding.rule.indicator, -1)
    ]
    found += wordings
    return Graded(tuple(found), reads, warns)


def _places(answer: PostAnswer, document: Document) -> list[Place]:
    """Where each segment stands in the original."""
    return [
        Place(segment.field, *document.fields[segment.field].repaired.original_span(segment.start, segment.end))
        for segment in answer.segments
    ]


def _corroborated(findings: Iterable[Finding], document: Document, rules: CompiledRules) -> frozenset[str]:
    """Strong signs of risk that phrases found in different words, where there are two findings or more: they bear each other out.

    They may be of one sign: who says it twice, and not in the same words, hasn't said it by chance.
    """
    found: list[Finding] = []
    said: set[str] = set()
    for finding in findings:
        told = finding.state == STATED and finding.rule.strength == "strong"
        if not told or finding.place is None or rules.indicators[finding.rule.indicator].dimension in _NO_RISK:
            continue
        words = words_at(finding.place, document).casefold()
        if words in said or any(other.place is not None and other.place.overlaps(finding.place) for other in found):
            continue
        said.add(words)
        found.append(finding)
    return frozenset(finding.rule.indicator for finding in found) if len(found) >= CORROBORATED else frozenset()


def _phrase(
    finding: Finding,
    answer: PostAnswer,
    places: Sequence[Place],
    bounds: Bounds,
    reads: Reads,
    together: frozenset[str],
    *,
    warns: bool,
) -> Finding:
    if finding.state != STATED or finding.place is None:
        return finding
    if warns:
        return replace(finding, state=DENIED)
    said = [
        sign
        for sign in answer.signs
        if sign.indicator == finding.rule.indicator and places[sign.segment].overlaps(finding.place)
    ]
    stated = max((sign.stated for sign in said), default=-99.0)
    denied = max((sign.denied for sign in said), default=-99.0)
    if denied >= bounds.sure and denied > stated and not finding.rule.firm:
        return replace(finding, state=DENIED)
    confirmed = stated >= bounds.likely or finding.rule.indicator in together
    if finding.rule.firm or reads != "plain" or confirmed:
        return finding
    return replace(finding, rule=replace(finding.rule, strength=_LOWER[finding.rule.strength]))


def _firm(findings: Iterable[Finding]) -> Mapping[str, list[Place]]:
    places: dict[str, list[Place]] = {}
    for finding in findings:
        if finding.rule.firm and finding.state == STATED and finding.place is not None:
            places.setdefault(finding.rule.indicator, []).append(finding.place)
    return places


def _read(
    answer: PostAnswer,
    places: Sequence[Place],
    bounds: Bounds,
    document: Document,
    rules: CompiledRules,
    reads: Reads,
    firm: Mapping[str, Sequence[Place]],
    *,
    warns: bool,
) -> Iterator[Finding]:
    """What the classifier alone finds: of each sign the segment that states it most, and the one that denies it most.

    `firm` are the places in which a firm phrase states a sign: no denial is read there.
    """
    for indicator, signs in _by_indicator(answer.signs).items():
        about = rules.indicators.get(indicator)
        if about is None or document.post.kind not in about.kinds:
            continue
        best = max(signs, key=lambda sign: sign.stated)
        against = max(signs, key=lambda sign: sign.denied)
        if (
            against.denied >= bounds.sure
            and against.denied > against.stated
            and not any(place.overlaps(places[against.segment]) for place in firm.get(indicator, ()))
        ):
            yield Finding(_rule(indicator, about.strength), DENIED, places[against.segment], READ)
        grade = bounds.grade(best.stated) if best.stated > best.denied else None
        if grade is None:
            continue
        strength = _strength(about.strength, grade)
        if about.dimension in _NO_RISK:
            if grade == "sure":
                yield Finding(_rule(indicator, about.strength), STATED, places[best.segment], READ)
        elif warns:
            if grade == "sure":
                yield Finding(_rule(indicator, strength), DENIED, places[best.segment], READ)
        elif reads != "plain":
            if reads == "doubtful" and strength == "strong":
                strength = "medium"
            yield Finding(_rule(indicator, strength), STATED, places[best.segment], READ)


def _strength(strength: str, grade: Grade) -> str:
    if grade == "sure":
        return strength
    return _LOWER[strength] if grade == "likely" else "weak"


def _wordings(
    answer: PostAnswer, places: Sequence[Place], bounds: Bounds, rules: CompiledRules, document: Document,
    phrases: Sequence[Finding],
) -> Iterator[Finding]:  # fmt: skip
    """What the post reads like as a whole: weak where that leads to `watch`, at its own strength where it leads to `review`.

    Of an exploitative offer and a recruitment fraud it is the one that leads further, or else the likelier one: an easy income online
    was written into both kinds of examples, and needs one reason, not two.
    """
    found = []
    for indicator, question in WORDINGS.items():
        leads_to = bounds.wording(question, answer.whole)
        about = rules.indicators.get(indicator)
        if leads_to != "none" and about is not None and document.post.kind in about.kinds:
            found.append((leads_to == "review", answer.whole[question], indicator, question, about.strength))
    if not found:
        return
    reviewed, _, indicator, question, strength = max(found)
    rule = _rule(indicator, strength if reviewed else "weak")
    for number in _foremost(answer, question, rules, _promising(phrases, places, rules)):
        yield Finding(rule, STATED, places[number], READ)


def _one_step_less(finding: Finding) -> Finding:
    """In a post that reads like a fraud, what the classifier alone finds beside it: easy money is readily taken for a mule's task."""
    if finding.state != STATED:
        return finding
    return replace(finding, rule=replace(finding.rule, strength=_LOWER[finding.rule.strength]))


def _promising(phrases: Iterable[Finding], places: Sequence[Place], rules: CompiledRules) -> frozenset[int]:
    """The segments in which phrases state what a fraud promises or asks for, or what a condition about that quotes."""
    quoted = {
        name
        for number in rules.conjunctions
        if rules.indicators[rules.rules[number].indicator].dimension in _OF_FRAUD
        for name in rules.rules[number].quote_from
    }
    said = [
        finding.place
        for finding in phrases
        if finding.state == STATED
        and finding.place is not None
        and (
            rules.indicators[finding.rule.indicator].dimension in _OF_FRAUD
            or not quoted.isdisjoint((finding.rule.indicator, finding.rule.id))
        )
    ]
    return frozenset(number for number, place in enumerate(places) if any(place.overlaps(one) for one in said))


def _foremost(answer: PostAnswer, question: Question, rules: CompiledRules, promising: frozenset[int]) -> Sequence[int]:
    """The segments to quote, in the order of the text.

    For exploitation first those that likely state a sign of it, the likeliest first; for fraud first those that say what it promises or
    asks for, the most telling first: of a long advert the words that tell a model most may be any company's.
    """
    weights = {number: each[QUESTIONS.index(question)] for number, each in enumerate(answer.telling)}
    likely: dict[int, float] = {}
    if question == "exploitation":
        for sign in answer.signs:
            about = rules.indicators.get(sign.indicator)
            if about is not None and about.dimension not in _NO_RISK and sign.stated > sign.denied:
                likely[sign.segment] = max(sign.stated, likely.get(sign.segment, sign.stated))
    else:
        promises = promising | {
            sign.segment
            for sign in answer.signs
            if sign.indicator in rules.indicators
            and rules.indicators[sign.indicator].dimension in _OF_FRAUD
            and sign.stated > sign.denied
        }
        likely = {number: weights[number] for number in promises if number in weights}
    first = sorted(
        weights,
        key=lambda number: (
            len(answer.segments[number].text) < LEAST_QUOTED, number not in likely, -likely.get(number, weights[number]),
        ),
    )  # fmt: skip
    return sorted(first[:WORDING_QUOTES])


def _by_indicator(signs: Iterable[SignAnswer]) -> Mapping[str, list[SignAnswer]]:
    found: dict[str, list[SignAnswer]] = {}
    for sign in signs:
        found.setdefault(sign.indicator, []).append(sign)
    return found


def _rule(indicator: str, strength: str) -> CompiledRule:
    return CompiledRule(f"{indicator}.{READ}", indicator, strength, False, STATED, None, ())
