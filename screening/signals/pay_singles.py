"""One number as money: its magnitude, its currency before or behind it, hundredths written apart. Ranges: `pay_amounts`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from screening.posts.post import PayBasis
from screening.signals.number_shapes import hundredths_apart
from screening.signals.number_tokens import NumberToken
from screening.signals.pay_words import (
    BASES,
    CURRENCIES,
    GROSS_BY,
    KRONA_BY_COUNTRY,
    MAGNITUDES,
    PERIODS,
    PREFIX_SYMBOLS,
)

LEAST_OF = {"HUF": 100, "PHP": 500, "INR": 50, "IDR": 1000}
""" "18 ft" are feet, "PHP 7" is a programming language; "80 Ft/db" is a rate."""
LEAST_ROUBLES = 100
LEAST_BROKEN = 100
"""A question mark that ends a text behind a smaller number is a question mark."""
BROKEN_EURO = frozenset("?¿¤")


@dataclass(frozen=True, slots=True)
class SingleNumber:
    first: int
    last: int
    value: float
    currency: str | None
    magnitude: int
    grouped: bool
    basis: PayBasis | None = None


def read_single(tokens: Sequence[NumberToken], index: int, floor: int, country: str | None) -> SingleNumber:
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
    if currency and after and _leads_next(tokens, position + after[1]):
        after = None
    least = LEAST_OF.get((after[0] if after else currency) or "", 0)
    a_rate = after is not None and [token.folded for token in tokens[position + after[1] :][:1]] == ["/"]
    if after and tokens[position].folded == "р":  # "до 26 р." are years in Ukrainian
        least = LEAST_ROUBLES
    if after and (value >= least or a_rate):
        currency = after[0] or currency
        position += after[1]
    if value < least and not a_rate:
        first, currency = index, None
    return SingleNumber(first, position, value, currency, magnitude, token.grouped, basis)


def _leads_next(tokens: Sequence[NumberToken], index: int) -> bool:
    """ "RM200 RM350": where each sum has its currency before it, the second currency is the second sum's."""
    return index < len(tokens) and tokens[index].kind == "num" and tokens[index].glued


def _is_link(tokens: Sequence[NumberToken], index: int) -> bool:
    """ "150 de euro", "1,5 millones de euros": the word between a number and its currency."""
    return index < len(tokens) and tokens[index].folded == "de" and CURRENCIES.has(tokens, index + 1)


def _already_scaled(token: NumberToken, magnitude: int) -> bool:
    """ "75.000т.р": the thousands stand there already."""
    return token.grouped and token.value >= 10_000 and magnitude == 1000


_BESIDE_MONEY = frozenset({"bin", "штука", "штуки", "штук"})
"""Thousands where a currency follows ("25 bin TL", "2 штуки евро"); German "bin" and pieces elsewhere."""
_THOUSANDS_OF_ROUBLES = frozenset({"тр", "тыр"})
_DOLLARS = {
    "us": "USD", "a": "AUD", "au": "AUD", "c": "CAD", "ca": "CAD", "s": "SGD", "sg": "SGD", "nz": "NZD", "hk": "HKD", "r": "BRL",
}  # fmt: skip
"""The letters before "$" that say whose it is; Brazil's is a real."""
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
    if found and (token.folded == found[0].lower() or token.folded in {"rm", "rs", "rp", "sfr", "euro", "euros"}):
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
