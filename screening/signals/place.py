"""Where the work is, whose people are sought, and whether that means going abroad."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from screening.posts.post import Post
from screening.reference.countries import ALSO_SPOKEN, HOME_OF_LANGUAGE, PlaceName, place_names
from screening.reference.phrase_table import PhraseMatch
from screening.signals.found import Contact, Place, Span
from screening.signals.place_names import (
    AIM_WORDS,
    AND_WORDS,
    CAPITAL_ONLY,
    COMPANY_FORMS,
    FROM_WORDS,
    IN_WORDS,
    MONEY_OF_ONE_COUNTRY,
    NOT_WORK_AFTER,
    NOT_WORK_BEFORE,
    PERSON_STEMS,
    PLACE_LABELS,
    PLACE_ONLY_IF_SAID,
    STREET_AFTER,
    STREET_BEFORE,
    WEIGHT_BEFORE,
    WORK_STEMS,
)
from screening.text.document import Document, FieldText, Token
from screening.text.tokens import words_of

_READ_TOKENS = 1_500  # of a field
_TOP_TOKENS = 40  # the opening of a description weighs more
_MENTIONS_COUNTED = 4
_SURE = 0.8  # confidence of the language from which the platform's hint is not asked
_REGIONAL_A = 0x1F1E6
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_FLAGS_READ = 2_000  # characters
_MONEY_READ = 5_000  # characters
_MONEY_LEFT = 40


@dataclass(frozen=True, slots=True)
class _Mention:
    name: PlaceName
    span: Span | None  # None where it comes from the city field
    weight: float
    role: str  # work, from, people
    position: int


def read_place(document: Document, contacts: Sequence[Contact]) -> Place:
    """`work_country` is the post's own, unless the text says plainly that the work is elsewhere.

    A country that only the platform states and that is home to the text's language is home. `abroad` is None where
    neither language, contacts nor the people sought tell where the readers are.
    """
    post = document.post
    mentions = [mention for field in document.fields for mention in _mentions(field)]
    mentions += [*_flags(document), *_city_field(post.city)]
    if post.country is None and not any(mention.role == "work" for mention in mentions):
        mentions += _by_money(document)
    contact_countries = tuple(sorted({contact.country for contact in contacts if contact.country}))
    origins = tuple(dict.fromkeys(m.name.country for m in mentions if m.role == "people"))
    work = _work_mention(mentions, post, document.language.main)
    country, city, span = _chosen(post, work, mentions)
    return Place(
        work_country=country,
        city=city,
        origins=origins,
        abroad=_is_abroad(country, origins, document, contact_countries),
        contact_countries=contact_countries,
        span=span,
    )


def _chosen(
    post: Post, work: _Mention | None, mentions: Sequence[_Mention]
) -> tuple[str | None, str | None, Span | None]:
    stated_city = _city_name(post.city)
    if work is None:
        return post.country, stated_city, None
    if post.country in (None, work.name.country):
        city = stated_city or work.name.city or _city_in(mentions, work.name.country)
        return work.name.country, city, work.span
    return work.name.country, work.name.city or _city_in(mentions, work.name.country), work.span


def _city_field(city: str) -> Iterator[_Mention]:
    """The platform's city names its country as surely as a title does; some platforms write the country there."""
    for match in place_names().best(words_of(city)):
        if match.value.kind != "people":
            yield _Mention(match.value, None, 4.0, "work", -1)


def _flags(document: Document) -> Iterator[_Mention]:
    """Flag emoji, as posts in messengers carry them: two regional letters that spell a country's code."""
    for field in document.fields:
        if field.name not in ("title", "description"):
            continue
        original = field.repaired.original
        for match in _FLAG.finditer(original, 0, _FLAGS_READ):
            code = "".join(chr(ord(letter) - _REGIONAL_A + ord("A")) for letter in match.group())
            span = Span(field.name, match.start(), match.end())
            yield _Mention(PlaceName(code, "country", None), span, 2.0, "work", match.start())


def _city_in(mentions: Iterable[_Mention], country: str) -> str | None:
    return next((m.name.city for m in mentions if m.name.city and m.name.country == country and m.role == "work"), None)


def _by_money(document: Document) -> Iterator[_Mention]:
    for field in document.fields:
        text = field.repaired.text
        for match in MONEY_OF_ONE_COUNTRY.finditer(text, 0, _MONEY_READ):
            if match.lastgroup and not WEIGHT_BEFORE.search(text, max(0, match.start() - _MONEY_LEFT), match.start()):
                span = Span(field.name, *field.repaired.original_span(match.start(), match.end()))
                yield _Mention(PlaceName(match.lastgroup[:2], "country", None), span, 1.6, "work", match.start())
                return


def _city_name(city: str) -> str | None:
    """The city field as written, or None where it holds a country's name alone."""
    words = words_of(city)
    whole = [m for m in place_names().best(words) if m.start == 0 and m.end == len(words) and m.value.kind == "country"]
    return None if whole else city.strip() or None


def _work_mention(mentions: Sequence[_Mention], post: Post, language: str | None) -> _Mention | None:
    """The mention of the country that the text ties to the work most. None where the post's own country stands."""
    scores: dict[str, float] = defaultdict(float)
    counted: dict[str, int] = defaultdict(int)
    first: dict[str, _Mention] = {}
    for mention in mentions:
        if mention.role != "work":
            continue
        country = mention.name.country
        if counted[country] < _MENTIONS_COUNTED:
            scores[country] += mention.weight
            counted[country] += 1
        if country not in first or mention.weight > first[country].weight:
            first[country] = mention
    if not scores:
        return None
    if post.kind == "transport":
        last = max((m for m in first.values()), key=lambda m: (m.weight, m.position))
        best = last.name.country
    else:
        best = min(scores, key=lambda country: (-scores[country], first[country].position, country))
    stated = post.country
    if stated is None:
        home = HOME_OF_LANGUAGE.get(language or "", frozenset())
        # A hint of the readers' own country beside a clear foreign one is where they leave from.
        abroad = [country for country in scores if country not in home and scores[country] >= 3]
        if best in home and abroad and post.kind != "transport":
            best = min(abroad, key=lambda country: (-scores[country], country))
        return first[best] if scores[best] >= 1.5 else None
    if stated in scores and (best == stated or scores[stated] >= 0.5 * scores[best]):
        return first[stated]
    home = HOME_OF_LANGUAGE.get(language or "", frozenset())
    plainly_elsewhere = best not in home and stated in home and scores[best] >= 4
    return first[best] if plainly_elsewhere and best != stated else None


def _mentions(field: FieldText) -> list[_Mention]:
    if field.name not in ("title", "description"):
        return []
    tokens = field.tokens[:_READ_TOKENS]
    folded = [token.folded for token in tokens]
    text = field.repaired.text
    cased = any(letter.islower() for letter in text) and any(letter.isupper() for letter in text)
    found: list[_Mention] = []
    previous: PhraseMatch[PlaceName] | None = None
    for position, match in enumerate(place_names().best(folded)):
        mention = _mention(match, position, tokens, folded, field, cased)
        if mention is None:
            continue
        if previous is not None and found and mention.name.kind == "country" and _joined(folded, previous, match):
            mention = replace(mention, role=found[-1].role)
        found.append(mention)
        previous = match
    return found


def _joined(folded: Sequence[str], before: PhraseMatch[PlaceName], after: PhraseMatch[PlaceName]) -> bool:
    """After "girls from Paraguay and Bolivia": what holds for the first country holds for the second."""
    return after.start - before.end == 1 and folded[before.end] in AND_WORDS


def _mention(
    match: PhraseMatch[PlaceName],
    position: int,
    tokens: Sequence[Token],
    folded: list[str],
    field: FieldText,
    cased: bool,
) -> _Mention | None:
    start, end = match.start, match.end
    text = field.repaired.text
    capital = any(text[token.start].isupper() for token in tokens[start:end])  # "na Pradze", a district of Warsaw
    before = folded[max(0, start - 5) : start]
    same_sentence = [
        token.folded for token in tokens[max(0, start - 5) : start] if token.sentence == tokens[start].sentence
    ]
    directly = before[-1:] if same_sentence else []
    into = bool(directly) and (
        directly[0] in IN_WORDS or before[-2:] in (["до", "м"], ["in", "der"], ["in", "die"], ["in", "den"])
    )
    out_of = bool(directly) and (
        directly[0] in FROM_WORDS or before[-2:] in (["aus", "der"], ["de", "la"], ["aus", "dem"])
    )
    if directly == ["de"] and match.value.kind == "city":  # "familias de Madrid", "aeropuerto de Madrid": of, not from
        out_of = False
    span = Span(field.name, *field.repaired.original_span(tokens[start].start, tokens[end - 1].end))
    name = match.value
    if name.kind == "people":
        aimed = field.name == "title" or start < 80 or any(word in AIM_WORDS for word in same_sentence)
        return _Mention(name, span, 1.0, "people", position) if aimed else None
    if (
        not capital
        and not ((into or out_of) and name.kind == "country" and folded[start] not in CAPITAL_ONLY)
        and (cased or name.kind == "city" or folded[start] in CAPITAL_ONLY)
    ):
        return None
    after = folded[end] if end < len(folded) else ""
    if any(word.startswith(NOT_WORK_BEFORE) for word in before[-1:]) or after.startswith(NOT_WORK_AFTER):
        return None
    if after in COMPANY_FORMS:
        return None
    if name.kind == "city" and (after in STREET_AFTER or not STREET_BEFORE.isdisjoint(directly)):
        return None
    if out_of or _hungarian(folded[start]) == "from":
        people = any(word.startswith(PERSON_STEMS) for word in same_sentence) and name.kind == "country"
        return _Mention(name, span, 0.5, "people" if people else "from", position)
    labelled = any(word.startswith(PLACE_LABELS) for word in before[-3:])
    if folded[start] in PLACE_ONLY_IF_SAID and not (into or labelled):
        return None
    weight = 3.0 if field.name == "title" else 2.0 if start < _TOP_TOKENS else 1.0
    if into or _hungarian(folded[start]) == "in":
        weight += 2.0 if any(word.startswith(WORK_STEMS) for word in same_sentence) else 1.0
    if labelled:
        weight += 3.0
    return _Mention(name, span, weight, "work", position)


def _hungarian(word: str) -> str | None:
    """Hungarian says in and from by endings: Németországban, Németországból."""
    if "orszag" in word or word.endswith(("iaban", "iaba", "iabol")):
        if word.endswith(("bol", "rol", "tol")):
            return "from"
        if word.endswith(("ban", "ba", "on", "ra")):
            return "in"
    return None


def _is_abroad(
    country: str | None, origins: Sequence[str], document: Document, contact_countries: Sequence[str]
) -> bool | None:
    if country is None:
        return None
    if origins:
        return country not in origins
    post = document.post
    guess = document.language
    hint = (post.language,) if post.language and guess.confidence < _SURE else ()
    languages = [language for language in (guess.main, *hint) if language in HOME_OF_LANGUAGE]
    if languages:
        if any(country in HOME_OF_LANGUAGE[language] for language in languages):
            return False
        return None if any(country in ALSO_SPOKEN.get(language, ()) for language in languages) else True
    if contact_countries:
        return country not in contact_countries
    if post.poster and post.poster.country:
        return country != post.poster.country
    return None
