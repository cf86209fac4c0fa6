"""Telephone numbers in any writing, with their country and whether they are mobile."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from screening.signals.contact_patterns import (
    CLOCK_SHAPE,
    DATE_SHAPE,
    DIGIT_WORDS,
    NOT_A_PHONE_AFTER,
    NOT_A_PHONE_BEFORE,
    OLD_POLISH_TRUNK,
    PHONE_CUE,
    PHONE_SHAPE,
    POSTCODE_END,
    TENGE_BEHIND,
    TENGE_SHAPE,
    YEARS_SHAPE,
)
from screening.text.document import Document, Token

_LETTER_O = re.compile(r"(?<=\d)[OoОо](?=[\d ])|(?<!\w)[OoОо](?=\d\d)")  # typed for a zero; the length stays
_NEXT_TO = 6  # characters between two numbers of one list: what announces the first announces the second
_SPELLED_LEAST = 5  # digits in words: fewer happen in prose
_WINDOW = 48  # characters before a number in which a cue such as "tel." is looked for
_REGIONS_OF_LANGUAGE = {
    "uk": ("UA",),
    "ru": ("RU", "UA", "KZ", "BY"),
    "pl": ("PL",),
    "ro": ("RO", "MD"),
    "bg": ("BG",),
    "de": ("DE", "AT", "CH"),
    "cs": ("CZ", "SK"),
    "sk": ("SK", "CZ"),
    "hu": ("HU",),
    "es": ("ES", "PY", "MX", "CO", "AR"),
    "en": ("GB", "US"),
    "it": ("IT",),
    "fr": ("FR",),
    "nl": ("NL",),
    "pt": ("PT",),
    "tr": ("TR",),
    "lt": ("LT",),
    "lv": ("LV",),
    "el": ("GR", "CY"),
}
_CYRILLIC = frozenset({"uk", "ru", "bg"})
_CYRILLIC_REGIONS = ("UA", "RU", "BG")
_LIKELY_REGIONS = ("UA", "PL", "GB", "US")
_SURE = 0.8  # confidence of the language from which a hint is not needed
_SPLIT = re.compile(r"[ \t]{0,3}/[ \t]{0,3}|[ \t]{2,6}|[ \t][–—\-][ \t]")
_SEPARATED = re.compile(r"\d[ \t\xa0.()/*\-‐‑–—]{1,3}\d")
_AMOUNT = re.compile(r"^\d{1,3}(?:[ .]\d{3}){0,2}(?:[.,]\d{1,2})?\s?[\-–—/]\s?\d{1,3}(?:[ .]\d{3}){0,2}$")


@dataclass(frozen=True, slots=True)
class Phone:
    """A number at [start, end) of the text read; `e164` is "+" and digits."""

    start: int
    end: int
    e164: str
    country: str | None
    mobile: bool | None


def regions_of(document: Document) -> tuple[str, ...]:
    """Countries whose national way of writing is tried, likeliest first: languages, then work country, then poster's.

    Where the language is unsure (a few words and a number), the platform's hint goes first; Cyrillic text is tried in
    all the project's Cyrillic countries, since their short texts are easily taken for one another.
    """
    post, guess = document.post, document.language
    hint = (post.language,) if post.language else ()
    languages = (*hint, *guess.languages) if guess.confidence < _SURE else (*guess.languages, *hint)
    regions = [region for language in languages for region in _REGIONS_OF_LANGUAGE.get(language, ())]
    if post.country:
        regions.insert(1, post.country)
    if post.poster and post.poster.country:
        regions.append(post.poster.country)
    if set(languages) & _CYRILLIC:
        regions += _CYRILLIC_REGIONS
    if not regions:
        regions += _LIKELY_REGIONS
    return tuple(dict.fromkeys(regions))


def find_phones(text: str, regions: Sequence[str], *, cued: bool = False) -> Iterator[Phone]:
    """Phones of a text in order. `cued` says that the whole text is a contact field, so that no cue word is needed."""
    text = _LETTER_O.sub("0", text)
    last = -_NEXT_TO
    for match in PHONE_SHAPE.finditer(text):
        before = text[max(0, match.start() - _WINDOW) : match.start()]
        written = match.group()
        if _is_another_number(before, written, text[match.end() : match.end() + 8]):
            continue
        has_cue = cued or match.start() - last <= _NEXT_TO or bool(PHONE_CUE.search(before))
        for phone in _read(written, match.start(), regions, has_cue):
            last = phone.end
            yield phone


def find_spelled_phones(tokens: Sequence[Token], regions: Sequence[str]) -> Iterator[Phone]:
    """Phones spelled out in words, alone or mixed with digits: "ноль шестьдесят" is not read, "ноль шесть семь ..." is."""
    run: list[Token] = []
    for token in (*tokens, None):
        if token is not None and (token.folded in DIGIT_WORDS or (token.folded.isdecimal() and len(token.folded) <= 3)):
            run.append(token)
            continue
        if not run:
            continue
        spelled = sum(item.folded in DIGIT_WORDS for item in run)
        if spelled >= _SPELLED_LEAST:
            digits = "".join(str(DIGIT_WORDS.get(item.folded, item.folded)) for item in run)[:15]
            phone = _parse(digits, 0, regions, has_cue=True)
            if phone is not None:
                yield Phone(run[0].start, run[-1].end, phone.e164, phone.country, phone.mobile)
        run = []


def _is_another_number(before: str, written: str, after: str) -> bool:
    return bool(
        NOT_A_PHONE_BEFORE.search(before)
        or NOT_A_PHONE_AFTER.match(after)
        or (TENGE_BEHIND.match(after) and TENGE_SHAPE.fullmatch(written.strip()))
        or YEARS_SHAPE.match(written)
        or CLOCK_SHAPE.match(written)
        or (DATE_SHAPE.match(written) and "+" not in written)
    )


def _read(written: str, at: int, regions: Sequence[str], has_cue: bool) -> Iterator[Phone]:
    whole = _parse(written, at, regions, has_cue)
    if whole is not None and whole.country is not None:
        yield whole
        return
    parts = list(_pieces(written))
    found = [
        phone
        for start, piece in parts
        if len(parts) > 1 and (phone := _parse(piece, at + start, regions, has_cue)) is not None and phone.country
    ]
    if found:
        yield from found
    elif whole is not None:
        yield whole


def _pieces(written: str) -> Iterator[tuple[int, str]]:
    last = 0
    for gap in _SPLIT.finditer(written):
        yield last, written[last : gap.start()]
        last = gap.end()
    yield last, written[last:]


def _parse(written: str, at: int, regions: Sequence[str], has_cue: bool) -> Phone | None:
    import phonenumbers  # 17 ms, so only where the digits suggest a number

    digits = "".join(str(int(letter)) for letter in written if letter.isdecimal())
    if not 6 <= len(digits) <= 15:
        return None
    international = "+" in written or (digits.startswith("00") and len(digits) >= 11)
    end = at + len(written.rstrip(" ().-/"))
    start = at + len(written) - len(written.lstrip(" "))
    if not (has_cue or international or _looks_like_phone(written, digits)):
        return None
    candidates: list[tuple[str, str | None]] = []
    if international:
        candidates.append(("+" + digits.removeprefix("00") if "+" not in written else "+" + digits, None))
    else:
        old = digits.removeprefix("0") if OLD_POLISH_TRUNK.match(written.strip()) else digits
        candidates.extend((old if region == "PL" else digits, region) for region in regions)
        if len(digits) >= 11:  # the plus is often left out: 48 500 600 700
            candidates.append(("+" + digits, None))
    for number, region in candidates:
        try:
            parsed = phonenumbers.parse(number, region)
        except phonenumbers.NumberParseException:
            continue
        if not phonenumbers.is_valid_number(parsed):
            continue
        kind = phonenumbers.number_type(parsed)
        types = phonenumbers.PhoneNumberType
        mobile = True if kind == types.MOBILE else None if kind == types.FIXED_LINE_OR_MOBILE else False
        country = phonenumbers.region_code_for_number(parsed)
        e164 = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
        return Phone(start, end, e164, country if country and len(country) == 2 and country.isalpha() else None, mobile)
    if not (international or has_cue) or len(digits) < 7:
        return None
    return Phone(
        start,
        end,
        "+" + digits.removeprefix("00") if international else digits,
        _country_of(digits, international),
        None,
    )


def _looks_like_phone(written: str, digits: str) -> bool:
    """Without a cue word: a trunk zero, nine or more digits in a row, or three groups and more, and no range of amounts."""
    if _AMOUNT.match(written.strip()) or POSTCODE_END.search(written.strip()):
        return False
    if digits.startswith("0"):
        return len(digits) >= 9
    return len(digits) >= 9 and (written.strip().isdecimal() or len(_SEPARATED.findall(written)) >= 2)


def _country_of(digits: str, international: bool) -> str | None:
    """The country that a number with an international prefix names, even where the number itself is not valid."""
    import phonenumbers

    if not international:
        return None
    bare = digits.removeprefix("00")
    for length in (3, 2, 1):
        region = phonenumbers.region_code_for_country_code(int(bare[:length] or "0"))
        if region.isalpha() and region != "ZZ":
            return region
    return None
