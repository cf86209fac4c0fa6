"""From tokens to amounts: a number or range with its magnitude, currency and bounds. What an amount means is told in `pay`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from screening.posts.post import PayBasis
from screening.signals.number_shapes import hundredths_apart, is_day_and_month
from screening.signals.number_tokens import DASHES, NumberToken, numbers_in
from screening.signals.pay_words import (
    APPROXIMATE,
    BASES,
    BETWEEN,
    CONJUNCTIONS,
    CURRENCIES,
    GROSS_BY,
    JOINERS,
    KRONA_BY_COUNTRY,
    LOWER,
    MAGNITUDES,
    NOT_MONEY,
    PERIOD_LINKS,
    PERIODS,
    PREFIX_SYMBOLS,
    UPPER,
)

MAX_SPREAD = 250
"""A range whose end is more than this many times its start is two numbers, not a range."""
MAX_SPREAD_OF_ONE_PERIOD = 3
"""... and this many times where a period stands between them: "20 zł/h do 5000 zł" is an hour's and a month's pay."""
BIG = 1_000_000
MAX_AMOUNTS = 2_000
"""Adverts hold some dozens; the numbers behind so many are left unread, to bound the time."""
LEAST_OF = {"HUF": 100, "PHP": 500}
""" "18 ft" are feet, "PHP 7" is a programming language; "80 Ft/db" is a rate."""
LEAST_ROUBLES = 100
LEAST_BROKEN = 100
"""A question mark that ends a text behind a smaller number is a question mark."""
BROKEN_EURO = frozenset("?¿¤")


@dataclass(frozen=True, slots=True)
class Amount:
    """Tokens [first, last) of one amount or range, bound words included; `number` is the index of its first number."""

    first: int
    number: int
    last: int
    min: float | None
    max: float | None
    currency: str | None
    magnitude: int  # of the larger end: 1, 1_000, 1_000_000 ...
    bounded: bool  # a word for "from" or "up to" stands before it
    grouped: bool
    basis: PayBasis | None = None  # where it stands between number and currency ("3800 brutto zł")


@dataclass(frozen=True, slots=True)
class _Single:
    first: int
    last: int
    value: float
    currency: str | None
    magnitude: int
    grouped: bool
    basis: PayBasis | None = None


def find_amounts(tokens: Sequence[NumberToken], country: str | None = None, *, field: bool = False) -> list[Amount]:
    """All numbers of a text as amounts, in order. `country` (ISO 3166-1) tells which krona is meant; a field
    may hold bounds of different periods ("21-63000"), kept as written."""
    amounts: list[Amount] = []
    floor = 0  # tokens before it belong to the amount before
    for index in numbers_in(tokens):
        if len(amounts) >= MAX_AMOUNTS:
            break
        if index >= floor:
            found = _split_lost_dash(
                tokens, _read_amount(tokens, index, floor, country, float("inf") if field else MAX_SPREAD)
            )
            amounts.append(found)
            floor = found.last
    return amounts


def _read_amount(
    tokens: Sequence[NumberToken], index: int, floor: int, country: str | None, max_spread: float
) -> Amount:
    low = _read_single(tokens, index, floor, country)
    first, is_lower, is_upper, is_between = _bounds_before(tokens, low.first, floor)
    basis = BASES.at(tokens, low.first - 1) if low.first > floor else None
    if first == low.first and basis and basis[1] == 1:  # "akár nettó 500.000 Ft"
        ahead = _bounds_before(tokens, low.first - 1, floor)
        if ahead[1] or ahead[2]:
            first, is_lower, is_upper, is_between = ahead
            low = replace(low, basis=basis[0])
    joined = _read_second(tokens, low, country, is_between, max_spread)
    if joined is not None:
        high, start_value = joined
        return Amount(
            first, index, high.last, start_value, high.value, high.currency or low.currency,
            max(high.magnitude, low.magnitude), True, high.grouped or low.grouped, low.basis or high.basis,
        )  # fmt: skip
    last, open_end, open_start = _bound_after(tokens, low.last)
    lower, upper = is_lower or open_end, (is_upper or open_start) and not is_lower
    return Amount(
        first, index, last, None if upper else low.value, None if lower and not upper else low.value, low.currency,
        low.magnitude, is_lower or is_upper, low.grouped, low.basis,
    )  # fmt: skip


def _split_lost_dash(tokens: Sequence[NumberToken], amount: Amount) -> Amount:
    """ "100 170 PLN / h": nobody pays a hundred thousand an hour, so the space stands for a lost dash."""
    token = tokens[amount.number]
    parts = token.folded.split()
    if len(parts) != 2 or amount.min != amount.max or token.value < 20_000:
        return amount
    after = [token.folded for token in tokens[amount.last : amount.last + 1]]
    period = PERIODS.at(tokens, amount.last + 1) if after == ["/"] else None
    if period and period[0] in ("hour", "day") and float(parts[0]) < float(parts[1]):
        return Amount(
            amount.first, amount.number, amount.last, float(parts[0]), float(parts[1]), amount.currency, 1, True, False
        )
    return amount


def _read_single(tokens: Sequence[NumberToken], index: int, floor: int, country: str | None) -> _Single:
    token = tokens[index]
    first, currency = _currency_before(tokens, index, floor)
    position, value, magnitude = index + 1, token.value, 1
    if hundredths := hundredths_apart(tokens, index):
        position, value = index + 3, value + hundredths
    scaled = MAGNITUDES.at(tokens, position)
    if scaled and _is_magnitude(tokens, position, value):
        magnitude = scaled[0]
        value *= 1 if _already_scaled(token, scaled[0]) else magnitude
        if currency is None and tokens[position].folded in _THOUSANDS_OF_ROUBLES:
            currency = "RUB"
        position += scaled[1]
        if position < len(tokens) and tokens[position].folded == "." and tokens[position].kind == "sym":
            position += 1
    inner = BASES.at(tokens, position)
    basis = inner[0] if inner and inner[1] == 1 and CURRENCIES.has(tokens, position + 1) else None
    if basis or _is_link(tokens, position):
        position += 1
    after = _currency_after(tokens, position, country, broken_euro=currency is None and magnitude == 1)
    least = LEAST_OF.get((after[0] if after else currency) or "", 0)
    a_rate = after is not None and [token.folded for token in tokens[position + after[1] :][:1]] == ["/"]
    if after and tokens[position].folded == "р":  # "до 26 р." are years in Ukrainian
        least = LEAST_ROUBLES
    if after and (value >= least or a_rate):
        currency = after[0] or currency
        position += after[1]
    if value < least and not a_rate:
        first, currency = index, None
    return _Single(first, position, value, currency, magnitude, token.grouped, basis)


def _is_link(tokens: Sequence[NumberToken], index: int) -> bool:
    """ "150 de euro", "1,5 millones de euros": the word between a number and its currency."""
    return index < len(tokens) and tokens[index].folded == "de" and CURRENCIES.has(tokens, index + 1)


def _already_scaled(token: NumberToken, magnitude: int) -> bool:
    """ "75.000т.р": the thousands stand there already."""
    return token.grouped and token.value >= 10_000 and magnitude == 1000


_BESIDE_MONEY = frozenset({"bin", "штука", "штуки", "штук"})
"""Thousands where a currency follows ("25 bin TL", "2 штуки евро"); German "bin" and pieces elsewhere."""
_THOUSANDS_OF_ROUBLES = frozenset({"тр", "тыр"})
_DOLLARS = {"us": "USD", "a": "AUD", "au": "AUD", "c": "CAD", "ca": "CAD", "sg": "SGD"}
_ROOMS = ("кварт", "комн", "кімн")
""" "1к квартира": rooms, no thousands."""
_UNIT_REST = frozenset({"w", "wh", "b", "hz", "v", "va", "n", "pa"})
"""What camel case cuts off after a small letter: kW, kB, kHz, kV."""


def _is_magnitude(tokens: Sequence[NumberToken], index: int, value: float) -> bool:
    token = tokens[index]
    if token.folded == "e":  # Hungarian "350 e Ft"
        return CURRENCIES.at(tokens, index + 1) == ("HUF", 1)
    if token.folded in _BESIDE_MONEY:
        return CURRENCIES.has(tokens, index + 1)
    if token.folded in {"k", "к", "m", "b", "т"}:
        after = tokens[index + 1].folded if index + 1 < len(tokens) else ""
        dotted = after == "." and CURRENCIES.has(tokens, index + 2)  # "30 т.р.", "40 т. грн"
        if after in _UNIT_REST or after.startswith(_ROOMS):
            return False
        return token.glued or dotted or token.folded in {"k", "к"}
    return value < 10_000


def _currency_before(tokens: Sequence[NumberToken], index: int, floor: int) -> tuple[int, str | None]:
    if index - 1 < floor:
        return index, None
    token = tokens[index - 1]
    if token.folded in PREFIX_SYMBOLS:
        found = CURRENCIES.at(tokens, index - 1)
        first = index - 1
        if token.folded == "$" and first - 1 >= floor and token.glued and tokens[first - 1].folded in _DOLLARS:
            return first - 1, _DOLLARS[tokens[first - 1].folded]
        return first, found[0] if found else None
    found = CURRENCIES.at(tokens, index - 1)
    if found and (token.folded == found[0].lower() or token.folded in {"rm", "sfr", "euro", "euros"}):
        return index - 1, found[0]
    return index, None


def _currency_after(
    tokens: Sequence[NumberToken], index: int, country: str | None, *, broken_euro: bool
) -> tuple[str | None, int] | None:
    if index >= len(tokens):
        return None
    token = tokens[index]
    if token.folded in {"kr", "крон", "крони", "кроны", "kroner", "kronor"}:
        return KRONA_BY_COUNTRY.get(country or "", "CZK" if token.folded.startswith("кр") else None), 1
    if token.folded in BROKEN_EURO and token.glued:
        return ("EUR", 1) if broken_euro else None
    if token.folded in BROKEN_EURO and _terms_follow(tokens, index + 1):
        return ("EUR", 1) if broken_euro else None
    closes = index + 1 >= len(tokens) or tokens[index + 1].kind == "break" or tokens[index + 1].folded == "/"
    if token.folded == "e" and (closes or BASES.has(tokens, index + 1)):
        return "EUR", 1
    if token.folded in {"тг", "tg"} and [after.folded for after in tokens[index + 1 : index + 2]] in (["@"], [":"]):
        return None  # Telegram
    if token.folded in {"€", "$", "£"} and _opens_next(tokens, index):
        return None
    found = CURRENCIES.at(tokens, index)
    if not found:
        return None
    if token.kind == "word" and not token.glued and _opens_next(tokens, index, words=True):
        return None
    length = found[1]
    dotted = index + length < len(tokens) and tokens[index + length].folded == "." and tokens[index + length].glued
    return found[0], length + (1 if dotted else 0)


def _terms_follow(tokens: Sequence[NumberToken], index: int) -> bool:
    """ "1.160 ¿ mensuales", "5.93 ? B/H": only a broken euro sign stands between a number and its period or basis."""
    if index >= len(tokens) or tokens[index].kind == "break":
        return tokens[index - 1].folded == "?" and tokens[index - 2].value >= LEAST_BROKEN
    if tokens[index].folded == "/" or GROSS_BY.has(tokens, index) or BASES.has(tokens, index):
        return True
    found = PERIODS.at(tokens, index)
    return found is not None and len(tokens[index].folded) > 2


def _opens_next(tokens: Sequence[NumberToken], index: int, *, words: bool = False) -> bool:
    """A sign glued to the number after it, and not to the one before, belongs to the number after."""
    if words or index + 1 >= len(tokens):
        return False
    after = tokens[index + 1]
    return after.kind == "num" and after.glued and not tokens[index].glued


def _bounds_before(tokens: Sequence[NumberToken], first: int, floor: int) -> tuple[int, bool, bool, bool]:
    """Where the amount starts with its bound words, and whether they say from, up to, between."""
    position = first
    lower = upper = between = False
    for _ in range(4):
        for length in (3, 2, 1):
            start = position - length
            if start < floor:
                continue
            at_least, at_most, both = LOWER.at(tokens, start), UPPER.at(tokens, start), BETWEEN.at(tokens, start)
            hits = [hit for hit in (at_least, at_most, both) if hit and hit[1] == length]
            if hits:
                lower |= bool(at_least and at_least[1] == length)
                upper |= bool(at_most and at_most[1] == length)
                between |= bool(both and both[1] == length)
                position = start
                break
            filler = APPROXIMATE.at(tokens, start)
            if filler and filler[1] == length and tokens[start].folded not in {"i", "kwoty", "kwocie", "сумме", "суми"}:
                position = start
                break
        else:
            if position - 1 > floor and tokens[position - 1].folded == "." and tokens[position - 2].folded in _DOTTED:
                position -= 1
                continue
            break
    return position, lower, upper, between


_DOTTED = frozenset({"ok", "min", "max", "ca", "cca", "approx", "aprox", "maks", "мін", "мин", "ок", "kb", "макс"})


def _bound_after(tokens: Sequence[NumberToken], last: int) -> tuple[int, bool, bool]:
    """ "$20+", "80.00 and up", "1500 euros mínimo", "2500 eurótól": (end, open upwards, open downwards)."""
    words = [token.folded for token in tokens[last : last + 4]]
    if not words:
        return last, False, False
    if words[0] == "+" and tokens[last].glued and not _adds(tokens, last + 1):
        return last + 1, True, False
    if words[:2] in (
        ["-", "tol"],
        ["i", "wiecej"],
        ["and", "up"],
        ["and", "more"],
        ["и", "выше"],
        ["і", "вище"],
        ["или", "повече"],
    ):
        return last + 2, True, False
    if words[:2] == ["-", "ig"]:
        return last + 2, False, True
    if words[0] in {"minimo", "minimum", "wzwyz", "min", "мінімум", "минимум"}:
        return last + 1, True, False
    if words[0] in {"maximo", "maximum", "maks", "kadar"}:
        return last + 1, False, True
    if words[0] == "(":
        closing = next((at for at in range(last, min(last + 6, len(tokens))) if tokens[at].folded == ")"), last)
        if [token.folded for token in tokens[closing + 1 : closing + 3]] == ["and", "up"]:
            return closing + 3, True, False
    previous = tokens[last - 1].folded
    if previous.endswith(("ttol", "rotol", "rttol")):
        return last, True, False
    if previous.endswith(("forintig", "euroig")):
        return last, False, True
    return last, False, False


def _adds(tokens: Sequence[NumberToken], index: int) -> bool:
    """ "20000грн.+бонуси", "15+2", "55к+%": the plus sign joins something to the amount instead of leaving it open."""
    return index < len(tokens) and (
        tokens[index].kind == "num"
        or tokens[index].folded == "%"
        or (tokens[index].kind == "word" and tokens[index].glued)
    )


def _read_second(
    tokens: Sequence[NumberToken], low: _Single, country: str | None, between: bool, max_spread: float
) -> tuple[_Single, float] | None:
    """The upper end of a range and the lower end as scaled by it ("8-11 tys.", "32-35.000"), or None where there is none."""
    position = low.last
    basis = BASES.at(tokens, position)
    if basis and tokens[position].folded not in {"+", "b"}:
        position += basis[1]
    if after_period := _past_period(tokens, position):
        position, max_spread = after_period, MAX_SPREAD_OF_ONE_PERIOD
    joined = _past_joiner(tokens, position, between)
    if joined is None:
        return None
    position, slash = joined
    number = next((at for at in range(position, min(position + 3, len(tokens))) if tokens[at].kind == "num"), None)
    high = _read_single(tokens, number, position, country) if number is not None else None
    if high is None or high.first != position or _differs_in_kind(tokens, low, high):
        return None
    start = _shared_scale(low, high)
    if is_day_and_month(tokens[low.last - 1]) and high.value > MAX_SPREAD_OF_ONE_PERIOD * start:
        return None  # "od 1.07 - 32 zł/h"
    if high.value < start or (start > 0 and high.value > max_spread * start):
        return None
    if slash and not (start >= 10 and start < high.value <= 2 * start):
        return None
    after = _bound_after(tokens, high.last)
    if after[2] or (after[1] and tokens[high.last].folded == "+"):
        high = replace(high, last=after[0])
    return high, start


def _past_joiner(tokens: Sequence[NumberToken], index: int, between: bool) -> tuple[int, bool] | None:
    """The index behind "to", a dash or a slash between two numbers, and whether it was a slash."""
    if index >= len(tokens):
        return None
    slash = tokens[index].folded == "/"
    joiner = JOINERS.at(tokens, index) or (CONJUNCTIONS.at(tokens, index) if between else None)
    if joiner:
        return index + joiner[1], False
    if not (tokens[index].folded in DASHES or slash or tokens[index].folded in {"..", "..."}):
        return None
    inner = JOINERS.at(tokens, index + 1) or UPPER.at(tokens, index + 1)
    return index + 1 + (inner[1] if inner and not slash else 0), slash


def _differs_in_kind(tokens: Sequence[NumberToken], low: _Single, high: _Single) -> bool:
    """Two currencies, or money and a number of something else: "17 зл нетто до 26 років"."""
    if low.currency and high.currency:
        return low.currency != high.currency
    return low.currency is not None and NOT_MONEY.has(tokens, high.last)


def _shared_scale(low: _Single, high: _Single) -> float:
    """The lower end in the scale of the upper one, which alone may carry it: "8-11 tys.", "32-35.000"."""
    if low.magnitude > 1 or low.value >= 1000:
        return low.value
    shared = high.magnitude if high.magnitude > 1 else 1000 if high.grouped and high.value >= 1000 else 1
    return low.value * shared if high.value / 4 <= low.value * shared <= high.value else low.value


def _past_period(tokens: Sequence[NumberToken], index: int) -> int | None:
    """ "$70K/yr - $85K/yr": the index of the dash or joiner behind a period that stands within a range."""
    abbreviated = GROSS_BY.at(tokens, index)
    if abbreviated and index + abbreviated[1] < len(tokens) and tokens[index + abbreviated[1]].folded in DASHES:
        return index + abbreviated[1]
    slash = index < len(tokens) and tokens[index].folded == "/"
    link = (True, 1) if slash else PERIOD_LINKS.at(tokens, index)
    found = PERIODS.at(tokens, index + link[1]) if link else None
    if link is None or found is None:
        return None
    behind = index + link[1] + found[1]
    basis = BASES.at(tokens, behind)
    behind += basis[1] if basis else 0
    joined = behind < len(tokens) and (tokens[behind].folded in DASHES or JOINERS.has(tokens, behind))
    return behind if joined else None
