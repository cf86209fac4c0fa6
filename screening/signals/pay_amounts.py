"""From tokens to amounts: a number or range with its magnitude, currency and bounds. What an amount means is told in `pay`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from screening.posts.post import PayBasis, PayPeriod
from screening.signals.number_shapes import is_day_and_month
from screening.signals.number_tokens import DASHES, NumberToken, numbers_in
from screening.signals.pay_singles import SingleNumber, read_single
from screening.signals.pay_words import (
    APPROXIMATE,
    BASES,
    BETWEEN,
    CONJUNCTIONS,
    GROSS_BY,
    JOINERS,
    LOWER,
    NOT_MONEY,
    PERIOD_LINKS,
    PERIODS,
    UPPER,
    YEAR_OR_HOUR,
)

MAX_SPREAD = 250
"""A range whose end is more than this many times its start is two numbers, not a range."""
MAX_SPREAD_OF_ONE_PERIOD = 3
"""... and this many times where a period stands between them: "20 zł/h do 5000 zł" is an hour's and a month's pay."""
BIG = 1_000_000
MAX_AMOUNTS = 2_000
"""Adverts hold some dozens; the numbers behind so many are left unread, to bound the time."""


@dataclass(frozen=True, slots=True)
class Terms:
    period: PayPeriod | None
    basis: PayBasis | None


NO_TERMS = Terms(None, None)


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
    inside: Terms = NO_TERMS  # what stands between the ends of a range ("$70K/yr - $85K")


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
    low = read_single(tokens, index, floor, country)
    first, is_lower, is_upper, is_between = _bounds_before(tokens, low.first, floor)
    basis = BASES.at(tokens, low.first - 1) if low.first > floor else None
    if first == low.first and basis and basis[1] == 1:  # "akár nettó 500.000 Ft"
        ahead = _bounds_before(tokens, low.first - 1, floor)
        if ahead[1] or ahead[2]:
            first, is_lower, is_upper, is_between = ahead
            low = replace(low, basis=basis[0])
    joined = _read_second(tokens, low, country, is_between, max_spread)
    if joined is not None:
        high, start_value, inside = joined
        return Amount(
            first, index, high.last, start_value, high.value, high.currency or low.currency,
            max(high.magnitude, low.magnitude), True, high.grouped or low.grouped, low.basis or high.basis, inside,
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
    return position, lower, upper and not _rises(tokens, position), between


_RISING = (
    "підвищ", "зрост", "повыш", "вырас", "возраст", "wzrast", "wzros", "rosni", "podwyzk", "podnos", "zvys", "creste", "увелич", "збільш",
)  # fmt: skip
_RISE_REACH = 3


def _rises(tokens: Sequence[NumberToken], bound: int) -> bool:
    """ "ставка підвищується до 5270 злотих": what pay rises to is the pay, no upper bound."""
    if bound >= len(tokens) or tokens[bound].folded not in {"do", "до", "na"}:
        return False
    for index in range(bound - 1, max(-1, bound - 1 - _RISE_REACH), -1):
        if tokens[index].kind in ("break", "num"):
            return False
        if tokens[index].folded.startswith(_RISING):
            return True
    return False


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
    tokens: Sequence[NumberToken], low: SingleNumber, country: str | None, between: bool, max_spread: float
) -> tuple[SingleNumber, float, Terms] | None:
    """The upper end of a range, the lower end as scaled by it ("8-11 tys.", "32-35.000") and the terms between them, or
    None where there is none."""
    position = low.last
    basis = BASES.at(tokens, position)
    inside = NO_TERMS
    if basis and tokens[position].folded not in {"+", "b"}:
        position, inside = position + basis[1], Terms(None, basis[0])
    if timed := _past_period(tokens, position):
        position, max_spread = timed[0], MAX_SPREAD_OF_ONE_PERIOD
        inside = Terms(timed[1].period, inside.basis or timed[1].basis)
    joined = _past_joiner(tokens, position, between)
    if joined is None:
        return None
    position, slash = joined
    number = next((at for at in range(position, min(position + 3, len(tokens))) if tokens[at].kind == "num"), None)
    high = read_single(tokens, number, position, country) if number is not None else None
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
    return high, start, inside


def _past_joiner(tokens: Sequence[NumberToken], index: int, between: bool) -> tuple[int, bool] | None:
    """The index behind "to", a dash or a slash between two numbers, and whether it was a slash."""
    if index >= len(tokens):
        return None
    dotted = tokens[index].folded == "." and index + 1 < len(tokens) and tokens[index + 1].folded in DASHES
    if dotted and tokens[index + 1].glued:  # "55000.-60000."
        index += 1
    slash = tokens[index].folded == "/"
    joiner = JOINERS.at(tokens, index) or (CONJUNCTIONS.at(tokens, index) if between else None)
    if joiner:
        return index + joiner[1], False
    if not (tokens[index].folded in DASHES or slash or tokens[index].folded in {"..", "..."}):
        return None
    inner = JOINERS.at(tokens, index + 1) or UPPER.at(tokens, index + 1)
    return index + 1 + (inner[1] if inner and not slash else 0), slash


def _differs_in_kind(tokens: Sequence[NumberToken], low: SingleNumber, high: SingleNumber) -> bool:
    """Two currencies, or money and a number of something else: "17 зл нетто до 26 років"."""
    if low.currency and high.currency:
        return low.currency != high.currency
    return low.currency is not None and NOT_MONEY.has(tokens, high.last)


def _shared_scale(low: SingleNumber, high: SingleNumber) -> float:
    """The lower end in the scale of the upper one, which alone may carry it: "8-11 tys.", "32-35.000"."""
    if low.magnitude > 1 or low.value >= 1000:
        return low.value
    shared = high.magnitude if high.magnitude > 1 else 1000 if high.grouped and high.value >= 1000 else 1
    return low.value * shared if high.value / 4 <= low.value * shared <= high.value else low.value


def _past_period(tokens: Sequence[NumberToken], index: int) -> tuple[int, Terms] | None:
    """ "$70K/yr - $85K/yr": the index of the dash or joiner behind a period that stands within a range, and the terms passed."""
    abbreviated = GROSS_BY.at(tokens, index)
    if abbreviated and index + abbreviated[1] < len(tokens) and tokens[index + abbreviated[1]].folded in DASHES:
        return index + abbreviated[1], Terms(abbreviated[0], "gross")
    slash = index < len(tokens) and tokens[index].folded == "/"
    link = (True, 1) if slash else PERIOD_LINKS.at(tokens, index)
    found = PERIODS.at(tokens, index + link[1]) if link else None
    if link is None or found is None:
        return None
    behind = index + link[1] + found[1]
    basis = BASES.at(tokens, behind)
    behind += basis[1] if basis else 0
    joined = behind < len(tokens) and (tokens[behind].folded in DASHES or JOINERS.has(tokens, behind))
    sure = tokens[index + link[1]].folded not in YEAR_OR_HOUR
    return (behind, Terms(found[0] if sure else None, basis[0] if basis else None)) if joined else None
