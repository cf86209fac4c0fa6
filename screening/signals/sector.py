"""The occupation that a post offers, as an ISCO-08 group, and whether its sector is known for exploitation.

Learned chances decide; everyday words make them finer and speak alone where a post has no title. None rather than a guess.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from screening.reference.occupations import EverydayWord, everyday_matches, group_name, high_risk_of
from screening.reference.occupations_model import Model, occupation_model
from screening.reference.phrase_table import PhraseMatch
from screening.signals.sector_features import title_words
from screening.signals.sector_model import by_adverts, by_titles, fused, stack_features
from screening.text.document import Document
from screening.text.tokens import words_of
from screening.values.result import Sector

_OPENING_TOKENS = 40  # of a text without a title: its first lines say what is offered
_TEXT_TOKENS = 250
_LEAST_CHANCE = 0.15  # of a two-digit group; below it an answer is a guess
_LEAST_MAJOR_CHANCE = 0.22  # of a one-digit group, where none of two is; below it "Work, start at once" has one
_HIGH_RISK_CHANCE = 0.4  # of all high-risk groups together; highest F1 on hand-coded adverts, flat from 0.35 to 0.45
_UNSURE = 0.35  # of the chances after a title: below it a plain everyday word is right more often
_UNSURE_IN_RISK = 0.5  # the same for words of high-risk sectors, which are plainer ("hop picking")
_UNSURE_WHERE_WEIGHED = 0.3  # and where text and employer were weighed too: there other words are right less often
_WORD_ALONE = 0.45  # what such a word is worth: too little for pay to be held against its occupation
_CATEGORY_TRUST = 0.8  # a platform's category is coarser than a title
_TEXT_TRUST = 0.65
_MAJORITY_CONFIDENCE = 0.4
_HEAD_LAST = frozenset({"en", "de", "hu"})  # languages that put the head of a title last: "warehouse driver"


def read_sector(document: Document, model: Model | None = None) -> Sector | None:
    """From the title (with text and employer, where adverts of the language were learned from), else from the platform's
    category, else from the everyday words of the text.

    Args:
        document: the post as read.
        model: another than the shipped one, for measuring.

    Returns:
        The likeliest group of two digits (finer where a word says so), or of one digit where none of two is likely enough;
        `confidence` is the chance that it is right. None where nothing is likely enough.
    """
    model = model or occupation_model()
    languages = document.language.languages
    title = _tokens(document, "title")
    found = _by_words(title, languages, document, model)
    if found:
        return found
    found = _by_words(words_of(document.post.category), languages, None, model, trust=_CATEGORY_TRUST)
    if found:
        return found
    text = _tokens(document, "description")[:_TEXT_TOKENS]
    if title_words(title):
        return _by_majority(text, least=3, lead=3)
    return _by_opening(text[:_OPENING_TOKENS], languages) or _by_majority(text, least=2, lead=2)


def everyday_reading(tokens: Sequence[str], languages: Sequence[str]) -> tuple[EverydayWord | None, list[EverydayWord]]:
    """The everyday word that names the occupation of a title (folded tokens), and the others that stand beside it."""
    matches = everyday_matches(tokens)
    if not matches:
        return None, []
    head = _head(matches, languages)
    return head.value, [match.value for match in matches if match is not head]


def _by_words(
    tokens: Sequence[str], languages: Sequence[str], document: Document | None, model: Model, trust: float = 1.0
) -> Sector | None:
    """What a title or category says; with a `document` in Polish, its text and employer too."""
    words = title_words(tokens)
    if not words:
        return None
    head, others = everyday_reading(tokens, languages)
    chances = fused(by_titles(words, model.titles, model.titles_bias), head, others, model)
    if document and "pl" in languages:
        polish = by_titles(words, model.polish, model.polish_bias)
        stack = stack_features(chances, polish, head, others, model.groups)
        text, company = _tokens(document, "description"), _tokens(document, "company")
        chances = by_adverts(words, text, company, stack, chances, model)
    found = _likeliest(dict(zip(model.groups, chances, strict=True)), [head, *others] if head else [], trust)
    weighed = document is not None and "pl" in languages
    if head and _word_is_surer(found, head, others, weighed=weighed):
        return _sector(head.isco08, head.high_risk, _WORD_ALONE * trust)
    return found


def _word_is_surer(found: Sector | None, head: EverydayWord, others: Sequence[EverydayWord], *, weighed: bool) -> bool:
    """Whether an everyday word says plainly what the learned chances only guess: "hop picking", "práce na jatkách".

    Words of a single digit say too little, and where several speak the chances weigh them. Where title, text and employer were
    `weighed` together, as adverts taught, a word stands in for half an answer, and for a guess if it is one of a high-risk sector.
    """
    if len(head.isco08) < 2 or any(word.isco08[:2] != head.isco08[:2] for word in others):
        return False
    if found is None or found.isco08 == head.isco08[0]:
        return True
    if weighed:
        unsure = _UNSURE_WHERE_WEIGHED if head.high_risk else 0.0
    else:
        unsure = _UNSURE_IN_RISK if head.high_risk else _UNSURE
    return found.confidence < unsure and found.isco08[:2] != head.isco08[:2]


def _likeliest(chances: Mapping[str, float], everyday: Sequence[EverydayWord], trust: float) -> Sector | None:
    """The likeliest major group, and within it the likeliest group of two digits where that is likely enough."""
    pairs: dict[str, float] = defaultdict(float)
    majors: dict[str, float] = defaultdict(float)
    sectors: dict[str, float] = defaultdict(float)
    for code, chance in chances.items():
        pairs[code[:2]] += chance
        majors[code[0]] += chance
        sectors[high_risk_of(code) or ""] += chance
    major = max(majors, key=lambda code: (majors[code], code))
    pair = max((code for code in pairs if code[0] == major), key=lambda code: (pairs[code], code))
    # By all groups of a sector together: a cook or a kitchen help is tourism, whichever of the two it is.
    ordinary = sectors.pop("", 0.0)
    high_risk = max(sectors, key=lambda name: (sectors[name], name)) if 1 - ordinary >= _HIGH_RISK_CHANCE else None
    if pairs[pair] >= _LEAST_CHANCE:
        finest = max((code for code in chances if code[:2] == pair), key=lambda code: chances[code])
        word = _agreeing(everyday, finest)
        if word and word.high_risk and (high_risk or word.high_risk == high_risk_of(word.isco08)):
            high_risk = word.high_risk
        return _sector(word.isco08 if word else finest, high_risk, pairs[pair] * trust)
    return _sector(major, high_risk, majors[major] * trust) if majors[major] >= _LEAST_MAJOR_CHANCE else None


def _agreeing(everyday: Sequence[EverydayWord], code: str) -> EverydayWord | None:
    """The first everyday word that says the same, and at least as exactly."""
    return next((word for word in everyday if word.isco08.startswith(code)), None)


def _tokens(document: Document, name: str) -> list[str]:
    field = document.field(name)
    return [token.folded for token in field.tokens] if field else []


def _by_opening(tokens: Sequence[str], languages: Sequence[str]) -> Sector | None:
    matches = everyday_matches(tokens)
    if not matches:
        return None
    word = _head(matches, languages).value
    agreeing = sum(match.value.isco08[0] == word.isco08[0] for match in matches) / len(matches)
    return _sector(word.isco08, word.high_risk, _TEXT_TRUST * (0.6 + 0.4 * agreeing))


def _head(matches: Sequence[PhraseMatch[EverydayWord]], languages: Sequence[str]) -> PhraseMatch[EverydayWord]:
    """The word that names the occupation: in most languages the first, in those with the head last the last."""
    if languages and languages[0] in _HEAD_LAST and matches[-1].end <= 6:
        return matches[-1]
    return matches[0]


def _by_majority(tokens: Sequence[str], *, least: int, lead: int) -> Sector | None:
    """The group that the everyday words of a text name most: at least `least` times, and `lead` times the next one."""
    matches = everyday_matches(tokens)
    groups = Counter(match.value.isco08[:2] for match in matches)
    ranked = sorted(groups.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < least or (len(ranked) > 1 and ranked[0][1] < lead * ranked[1][1]):
        return None
    word = next(match.value for match in matches if match.value.isco08[:2] == ranked[0][0])
    return _sector(word.isco08, word.high_risk, _MAJORITY_CONFIDENCE)


def _sector(isco08: str, high_risk: str | None, confidence: float) -> Sector:
    return Sector(
        isco08=isco08,
        name=group_name(isco08),
        high_risk=high_risk,
        confidence=round(min(1.0, confidence), 2),
    )
