"""Token classes of the phrase language: <number> <money> <percent> <phone> <handle> as spans of tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from screening.text.document import Token

CURRENCY_SIGNS = "€$£₴₽₺¥₹₸₿💵💲"
MIN_PHONE_DIGITS = 7
MAX_PHONE_DIGITS = 15

_CURRENCY_CODES = frozenset(
    [
        "eur",
        "usd",
        "gbp",
        "pln",
        "uah",
        "rub",
        "rur",
        "czk",
        "ron",
        "bgn",
        "huf",
        "chf",
        "sek",
        "nok",
        "dkk",
        "mdl",
        "rsd",
        "try",
        "aed",
        "usdt",
        "btc",
        "ksh",
        "kes",
        "ugx",
        "ngn",
        "ghs",
        "zar",
        "php",
        "inr",
        "npr",
        "bdt",
        "pkr",
        "lkr",
        "thb",
        "sar",
        "qar",
        "kwd",
        "omr",
        "bhd",
        "jod",
        "egp",
        "ils",
        "gel",
        "kzt",
        "uzs",
        "byn",
        "idr",
        "vnd",
        "cny",
        "sgd",
        "hkd",
        "myr",
        "cad",
        "aud",
        "nzd",
        "mxn",
        "brl",
        "clp",
        "cop",
        "rs",
        "kr",
        "tl",
        "birr",
        "kc",
        "zl",
        "zlot",
        "ft",
        "lv",
        "lei",
        "leu",
        "ron",
    ]
)
_CURRENCY_STEMS = (
    "euro", "dollar", "dolar", "pound", "funt", "zlot", "hryvn", "grivn", "koru", "forint", "lewa", "leva", "peso", "bitcoin",
    "rupe", "lakh", "naira", "dirham", "riyal", "rial", "shilling", "dinar", "baht", "liras", "lira", "tenge", "frank", "kron", "quid",
    "тенге", "лари", "драм", "дирхам", "динар", "лира", "лири", "лір", "франк", "сомон",
    "євро", "евро", "долар", "доллар", "бакс", "грн", "гривен", "гривн", "злот", "крон", "рубл", "руб", "лев", "леи", "леї", "форинт",
    "фунт",
)  # fmt: skip
_CYRILLIC_CODES = frozenset(["грн", "руб", "зл", "лв", "р", "дол", "долл", "євро", "евро", "уе", "кч"])
_MULTIPLIERS = frozenset(
    [
        "k",
        "к",
        "тис",
        "тыс",
        "tys",
        "tis",
        "хил",
        "mii",
        "mil",
        "ezer",
        "thousand",
        "tausend",
        "тисяч",
        "тысяч",
        "mln",
        "млн",
    ]
)
_PERCENT_STEMS = ("percent", "procent", "prozent", "szazalek", "відсот", "процент", "porcent")
_SIGN = re.compile(rf"[{re.escape(CURRENCY_SIGNS)}]")


def class_spans(name: str, text: str, tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """Spans [first token, after last token) of the class in the tokens of a repaired text, in order."""
    return list(_FINDERS[name](text, tokens))


def is_currency(folded: str) -> bool:
    return folded in _CURRENCY_CODES or folded in _CYRILLIC_CODES or folded.startswith(_CURRENCY_STEMS)


def _numbers(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """A number of one token or of thousand groups parted by spaces ("12 000")."""
    count, end = len(tokens), 0
    for index in [place for place, token in enumerate(tokens) if token.folded[:1].isdigit()]:
        if index < end:
            continue
        end = index + 1
        while (
            end < count
            and tokens[index].end - tokens[index].start <= 3
            and tokens[end].end - tokens[end].start == 3
            and tokens[end].folded.isdigit()
            and text[tokens[end - 1].end : tokens[end].start] in (" ", "\u00a0", "\u202f", "'", "’")
        ):
            end += 1
        yield index, end


def _money(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    count = len(tokens)
    for start, number_end in _numbers(text, tokens):
        end = number_end
        if end < count and tokens[end].folded in _MULTIPLIERS:
            end += 1
        before = text[max(0, tokens[start].start - 2) : tokens[start].start]
        after = text[tokens[end - 1].end : tokens[end - 1].end + 2]
        if end < count and is_currency(tokens[end].folded) and _adjacent(text, tokens, end):
            yield start, end + 1
        elif _SIGN.search(after.lstrip()[:1]) or _SIGN.search(before.rstrip()[-1:]):
            yield start, end
        elif start and is_currency(tokens[start - 1].folded) and _adjacent(text, tokens, start):
            yield start - 1, end


def _adjacent(text: str, tokens: Sequence[Token], index: int) -> bool:
    return (
        tokens[index].start - tokens[index - 1].end <= 2
        and "\n" not in text[tokens[index - 1].end : tokens[index].start]
    )


def _percents(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    for start, end in _numbers(text, tokens):
        if text[tokens[end - 1].end : tokens[end - 1].end + 2].lstrip()[:1] in ("%", "٪"):
            yield start, end
        elif end < len(tokens) and tokens[end].folded.startswith(_PERCENT_STEMS):
            yield start, end + 1


def _phones(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    index, count = 0, len(tokens)
    while index < count:
        digits, end = 0, index
        while (
            end < count
            and tokens[end].folded.isdigit()
            and digits <= MAX_PHONE_DIGITS
            and _same_phone(text, tokens, index, end)
        ):
            digits += len(tokens[end].folded)
            end += 1
        if MIN_PHONE_DIGITS <= digits <= MAX_PHONE_DIGITS:
            yield index, end
        index = max(end, index + 1)


def _same_phone(text: str, tokens: Sequence[Token], first: int, index: int) -> bool:
    if index == first:
        return True
    between = text[tokens[index - 1].end : tokens[index].start]
    return len(between) <= 3 and not between.strip(" -–()./\u00a0")


def _handles(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    for index, token in enumerate(tokens):
        before = text[max(0, token.start - 2) : token.start]
        if before.endswith("@") and not before[:-1].isalnum():
            yield index, index + 1


_FINDERS = {"number": _numbers, "money": _money, "percent": _percents, "phone": _phones, "handle": _handles}
