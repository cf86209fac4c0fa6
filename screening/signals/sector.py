"""The occupation that a post offers, as an ISCO-08 group, and whether its sector is known for exploitation.

A first reading by words: everyday words decide, official titles vote. None rather than a guess.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from screening.assessment.result import Sector
from screening.reference.occupations import (
    EverydayWord,
    everyday_matches,
    group_name,
    high_risk_of,
    votes,
)
from screening.reference.phrase_table import PhraseMatch
from screening.text.document import Document
from screening.text.tokens import words_of

_OPENING_TOKENS = 40  # of a text without a title: its first lines say what is offered
_TEXT_TOKENS = 250
_LEAST_VOTES = 30  # below it the words of a title say nothing about work
_CLEAR_SHARE = 0.45  # of the votes, for a two-digit group
_CLEAR_MAJOR_SHARE = 0.6  # of the votes, for a one-digit group
_LEAST_CONFIDENCE = 0.33  # below it the votes are a guess: on hand-coded ads under half of them were right
_HEAD_LAST = frozenset({"en", "de", "hu"})  # languages that put the head of a title last: "warehouse driver"


def read_sector(document: Document) -> Sector | None:
    """From the title, else from the platform's category, else from the text; `confidence` falls in that order."""
    languages = _languages(document)
    title = _tokens(document, "title")
    text = _tokens(document, "description")[:_TEXT_TOKENS]
    if title:
        found = _by_everyday_word(title, languages, 0.9) or _by_votes(title, languages, 0.75)
        if found:
            return found
    category = words_of(document.post.category)
    if category:
        found = _by_everyday_word(category, languages, 0.7) or _by_votes(category, languages, 0.55)
        if found:
            return found
    opening = text[:_OPENING_TOKENS]
    if title:
        return _by_majority(text, least=3, lead=3)
    return _by_everyday_word(opening, languages, 0.65) or _by_majority(text, least=2, lead=2)


def _languages(document: Document) -> tuple[str, ...]:
    """Those of the document, and English last: half of the titles in any language borrow from it."""
    return tuple(dict.fromkeys((*document.language.languages, "en")))


def _tokens(document: Document, name: str) -> list[str]:
    field = document.field(name)
    return [token.folded for token in field.tokens] if field else []


def _by_everyday_word(tokens: Sequence[str], languages: Sequence[str], confidence: float) -> Sector | None:
    matches = everyday_matches(tokens)
    if not matches:
        return None
    chosen = _head(matches, languages)
    word = chosen.value
    isco08 = word.isco08
    if len(isco08) == 1:
        isco08 = _refined(isco08, tokens, languages)
    agreeing = sum(match.value.isco08[0] == isco08[0] for match in matches) / len(matches)
    return _sector(isco08, word.high_risk, confidence * (0.6 + 0.4 * agreeing))


def _head(matches: Sequence[PhraseMatch[EverydayWord]], languages: Sequence[str]) -> PhraseMatch[EverydayWord]:
    """The word that names the occupation: in most languages the first, in those with the head last the last."""
    if languages and languages[0] in _HEAD_LAST and matches[-1].end <= 6:
        return matches[-1]
    return matches[0]


def _refined(major: str, tokens: Sequence[str], languages: Sequence[str]) -> str:
    """The two-digit group within a major group that the votes prefer, where they clearly do."""
    within = Counter({group: count for group, count in votes(tokens, languages).items() if group[0] == major})
    best = within.most_common(1)
    return best[0][0] if best and best[0][1] >= _CLEAR_SHARE * within.total() else major


def _by_votes(tokens: Sequence[str], languages: Sequence[str], confidence: float) -> Sector | None:
    counted = votes(tokens, languages)
    if counted.total() < _LEAST_VOTES:
        return None
    best, count = min(counted.items(), key=lambda item: (-item[1], item[0]))
    share = count / counted.total()
    strength = min(1.0, counted.total() / 120)
    if share >= _CLEAR_SHARE and confidence * share * strength >= _LEAST_CONFIDENCE:
        return _sector(best, None, confidence * share * strength)
    majors: Counter[str] = Counter()
    for group, group_votes in counted.items():
        majors[group[0]] += group_votes
    major, major_count = min(majors.items(), key=lambda item: (-item[1], item[0]))
    major_confidence = confidence * strength * major_count / counted.total() * 0.8
    if major_count / counted.total() >= _CLEAR_MAJOR_SHARE and major_confidence >= _LEAST_CONFIDENCE:
        return _sector(major, None, major_confidence)
    return None


def _by_majority(tokens: Sequence[str], *, least: int, lead: int) -> Sector | None:
    """The group that the everyday words of a text name most: at least `least` times, and `lead` times the next one."""
    matches = everyday_matches(tokens)
    groups = Counter(match.value.isco08[:2] for match in matches)
    ranked = sorted(groups.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < least or (len(ranked) > 1 and ranked[0][1] < lead * ranked[1][1]):
        return None
    word = next(match.value for match in matches if match.value.isco08[:2] == ranked[0][0])
    return _sector(word.isco08, word.high_risk, 0.4)


def _sector(isco08: str, high_risk: str | None, confidence: float) -> Sector:
    return Sector(
        isco08=isco08,
        name=group_name(isco08),
        high_risk=high_risk or high_risk_of(isco08),
        confidence=round(min(1.0, confidence), 2),
    )
