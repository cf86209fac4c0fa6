"""Sums that are one pay together: lists that rise, the two bounds of a clause, a range that lost its dash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from screening.signals.number_tokens import NumberToken
from screening.signals.pay_kinds import Reading
from screening.signals.pay_words import PAY
from screening.values.result import Pay

BOUNDS_REACH = 10
"""So many words may stand between "from 60,000 a year" and "up to 80,000 a year" of one range."""
WIDEST = 10.0
"""Two sums side by side of which one is more than this many times the other are no range."""


def join_pays(tokens: Sequence[NumberToken], readings: list[Reading]) -> list[Reading]:
    return _join_lists(tokens, _join_pairs(tokens, readings))


def _join_pairs(tokens: Sequence[NumberToken], readings: list[Reading]) -> list[Reading]:
    joined: list[Reading] = []
    for reading in readings:
        before = joined[-1] if joined else None
        pay = _one_range(tokens, before, reading) if before else None
        if before is None or pay is None:
            joined.append(reading)
            continue
        amount = replace(reading.amount, first=before.amount.first, number=before.amount.number)
        joined[-1] = replace(reading, amount=amount, pay=pay, cue=before.cue or reading.cue)
    return joined


def _one_range(tokens: Sequence[NumberToken], one: Reading, other: Reading) -> Pay | None:
    """The pay that two readings are together, or None."""
    low, high = one.pay, other.pay
    if low is None or high is None or low.min is None or high.max is None or low.currency != high.currency:
        return None
    between = tokens[one.end : other.amount.first]
    widest = WIDEST * low.min
    if not (low.min < high.max <= widest) or low.currency is None:
        return None
    if high.min is None and low.max is None:  # "from $60,000/year in towns up to $80,000/year in the capital"
        apart = len(between) > BOUNDS_REACH or any(
            token.kind in ("break", "num") or token.folded in _PARTS or PAY.has(tokens, one.end + at)
            for at, token in enumerate(between)
        )
        agree = low.period in (None, high.period) and low.basis in (None, high.basis)
        return None if apart or not agree else replace(high, min=low.min)
    single = low.min == low.max and high.min == high.max
    bare = low.period is None and low.basis is None and one.end == one.amount.last
    if single and bare and not between and high.period:  # "RM200 RM350 every day"
        return replace(high, min=low.min)
    return None


_PARTS = frozenset(
    {",", "/", "(", ")", "+", ":", "and", "i", "oraz", "и", "та", "і", "und", "y", "și", "si", "a", "or", "lub"}
)
"""What parts two pays of one clause."""


def _join_lists(tokens: Sequence[NumberToken], readings: list[Reading]) -> list[Reading]:
    """ "$40, $50 or even $75 every hour": three and more rising sums of which only the last has a period are one range."""
    joined: list[Reading] = []
    index = 0
    while index < len(readings):
        end = index
        while end + 1 < len(readings) and _goes_on(tokens, readings[end], readings[end + 1]):
            end += 1
        first, last = readings[index], readings[end]
        if end - index >= 2 and first.pay is not None and last.pay is not None and last.pay.period:
            amount = replace(last.amount, first=first.amount.first, number=first.amount.number)
            joined.append(replace(last, amount=amount, pay=replace(last.pay, min=first.pay.min)))
        else:
            joined.extend(readings[index : end + 1])
        index = end + 1
    return joined


_LIST_WORDS = frozenset(
    {",", "..", "...", "or", "even", "lub", "nawet", "albo", "или", "даже", "або", "навіть", "o", "incluso"}
)


def _goes_on(tokens: Sequence[NumberToken], one: Reading, other: Reading) -> bool:
    between = tokens[one.amount.last : other.amount.first]
    if one.pay is None or other.pay is None or not 1 <= len(between) <= 3:
        return False
    plain = one.pay.period is None and one.pay.basis is None and one.pay.currency == other.pay.currency
    rising = one.pay.min is not None and other.pay.max is not None and one.pay.min < other.pay.max
    return plain and rising and all(token.folded in _LIST_WORDS for token in between)
