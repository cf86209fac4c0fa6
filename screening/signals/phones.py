"""Telephone numbers in any writing, with their country and whether they are mobile."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from screening.posts.post import Post
from screening.signals.contact_patterns import (
    DATE_SHAPE,
    NOT_A_PHONE_AFTER,
    NOT_A_PHONE_BEFORE,
    PHONE_CUE,
    PHONE_SHAPE,
    YEARS_SHAPE,
)

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
}
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


def regions_of(post: Post, languages: Sequence[str]) -> tuple[str, ...]:
    """Countries whose national way of writing is tried, likeliest first: languages, then work country, then poster's."""
    regions: list[str] = []
    for language in languages:
        regions.extend(_REGIONS_OF_LANGUAGE.get(language, ()))
    if post.country:
        regions.insert(1, post.country)
    if post.poster and post.poster.country:
        regions.append(post.poster.country)
    return tuple(dict.fromkeys(regions))


def find_phones(text: str, regions: Sequence[str], *, cued: bool = False) -> Iterator[Phone]:
    """Phones of a text in order. `cued` says that the whole text is a contact field, so that no cue word is needed."""
    for match in PHONE_SHAPE.finditer(text):
        before = text[max(0, match.start() - _WINDOW) : match.start()]
        written = match.group()
        if _is_another_number(before, written, text[match.end() : match.end() + 8]):
            continue
        has_cue = cued or bool(PHONE_CUE.search(before))
        yield from _read(written, match.start(), regions, has_cue)


def _is_another_number(before: str, written: str, after: str) -> bool:
    return bool(
        NOT_A_PHONE_BEFORE.search(before)
        or NOT_A_PHONE_AFTER.match(after)
        or YEARS_SHAPE.match(written)
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
        candidates.extend((digits, region) for region in regions)
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
    if _AMOUNT.match(written.strip()):
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
