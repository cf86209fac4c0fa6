"""Clock ranges in the ways they are written: "9:00–18:00", "6.00-14.30", "16h a 21h", "7-16 Uhr", "7am to 5pm", "6-14"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from screening.signals.number_tokens import DASHES, NumberToken
from screening.signals.pay_words import BASES, CURRENCIES, NOT_MONEY

_JOINERS = frozenset({*DASHES, "do", "to", "до", "a", "az", "bis", "la", "hasta"})
_UNITS = frozenset({"h", "hrs", "hs", "uhr", "ч", "год", "година", "години", "часов", "часа", "ora", "orai", "oraig", "hod", "am", "pm"})  # fmt: skip
_DOTTED = re.compile(r"(?:[01]?\d|2[0-4])[.,](?:00|15|30|45)")
_MIDNIGHT = 24


class ClockRange(NamedTuple):
    """From and to, in hours of a day; `bare` where nothing but a word around them says that the numbers are a clock's."""

    start: float
    end: float
    after: int  # index of the token behind
    bare: bool

    @property
    def length(self) -> float:
        return (self.end - self.start) % 24


def clock_range(tokens: Sequence[NumberToken], index: int) -> ClockRange | None:
    """The range that begins at `index`; None where its numbers count something else ("5-12 lat", "12.50-14.00 €")."""
    first = _time_at(tokens, index)
    if first is None or first[1] >= len(tokens) or tokens[first[1]].folded not in _JOINERS:
        return None
    joined = first[1] + 1
    while joined < len(tokens) and tokens[joined].folded in {"las", "ore", "ora", "ca"}:
        joined += 1
    second = _time_at(tokens, joined)
    if second is None:
        return None
    start, end, after = first[0], second[0], second[1]
    plain = tokens[index].kind == tokens[joined].kind == "num"
    if plain and _counts_something(tokens, joined + 1):
        return None
    dotted = _DOTTED.fullmatch(tokens[index].folded) or _DOTTED.fullmatch(tokens[joined].folded)
    unit = after > joined + 1 or first[1] > index + 1
    return ClockRange(start, end, after, plain and not (dotted or unit))


def _time_at(tokens: Sequence[NumberToken], index: int) -> tuple[float, int] | None:
    """Hours of the day at `index` and the index behind them and their unit."""
    if index >= len(tokens):
        return None
    token = tokens[index]
    if token.kind == "time":
        hours = _clock(token.folded)
    elif token.kind == "num" and token.folded.isdigit() and token.value <= _MIDNIGHT:
        hours = token.value
    elif token.kind == "num" and _DOTTED.fullmatch(token.folded):
        hours = _clock(token.folded)
    else:
        return None
    after = index + 1
    if after < len(tokens) and tokens[after].folded in _UNITS:
        if tokens[after].folded == "pm" and hours < 12:  # noon
            hours += 12
        if tokens[after].folded == "am" and hours == 12:  # midnight
            hours = 0.0
        after += 1
    return hours, after


def _counts_something(tokens: Sequence[NumberToken], index: int) -> bool:
    found = NOT_MONEY.at(tokens, index)
    other = found is not None and found[0] != "hours"
    return other or CURRENCIES.has(tokens, index) or BASES.has(tokens, index)


def _clock(text: str) -> float:
    digits = text.rstrip("h ").replace(".", ":").replace(",", ":").replace("'", ":").replace("’", ":").split(":")
    return int(digits[0]) + int(digits[1]) / 60
