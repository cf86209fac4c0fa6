"""Numbers without a currency that are days, dates, years or ages, though a word for pay may stand beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from screening.signals.number_shapes import is_day_and_month
from screening.signals.number_tokens import NumberToken
from screening.signals.pay_amounts import Amount
from screening.signals.pay_context import LeftContext
from screening.signals.pay_terms import RightContext
from screening.signals.pay_words import AGE_CUES, CONJUNCTIONS, NOT_MONEY, PAY

AGES = (14, 75)
YEARS = (-5, 3)
"""Years of an offer's season or tariff, seen from today; as a wage without currency, period or basis nobody writes them."""
DAYS_OF_A_MONTH = 31
_DAY_AND_MONTH = re.compile(r"([12]?\d|3[01])\.(0?[1-9]|1[0-2])")
_BEFORE_A_DAY = frozenset({"k", "ke", "zum", "am", "pe"})
"""("vždy k 15.", "zum 15.", "pe 10"): no pay stands behind these."""
_AGE_REACH = 3


def number_beside_pay(
    tokens: Sequence[NumberToken], amount: Amount, floor: int, left: LeftContext, right: RightContext, year: int
) -> str:
    """ "date", "age" or "other" for a number that is no money by its shape and its neighbours; "" where it may be pay.

    `year` is today's.
    """
    if amount.currency or amount.magnitude > 1 or right.basis:
        return ""
    timed = right.period is not None and not right.formal
    number = tokens[amount.number]
    if _before_a_dot(tokens, amount.number) and _DAY_AND_MONTH.fullmatch(number.folded):
        return "date"
    if timed and right.period != "month":
        return ""
    if _is_day_of_month(tokens, amount, left, right):
        return "date"
    if timed:
        return ""
    one_sided = amount.min is None or amount.max is None
    if one_sided and is_day_and_month(number):
        return "date"
    about_now = YEARS[0] <= number.value - year <= YEARS[1] and len(number.folded) == 4
    if about_now and left.basis is None and (one_sided or amount.min == amount.max):
        return "date"
    return "age" if _is_age(tokens, amount, floor) else _shared_unit(tokens, amount)


def _before_a_dot(tokens: Sequence[NumberToken], index: int) -> bool:
    """ "15.4. do 24.6.": the dot of a day and month, not of a sentence's end."""
    dotted = index + 2 < len(tokens) and tokens[index + 1].folded == "." and tokens[index + 1].glued
    return dotted and tokens[index + 1].kind == "sym"


def _is_day_of_month(tokens: Sequence[NumberToken], amount: Amount, left: LeftContext, right: RightContext) -> bool:
    value = tokens[amount.number].value
    if not value.is_integer() or value > DAYS_OF_A_MONTH or amount.min not in (value, None):
        return False
    monthly = "month" in (left.period, right.period)
    return monthly or (amount.first > 0 and tokens[amount.first - 1].folded in _BEFORE_A_DAY)


def _is_age(tokens: Sequence[NumberToken], amount: Amount, floor: int) -> bool:
    """ "zarobki: kobiety 18-45", "женщины до 50": a range or bound behind a word for people; one number may be a rate."""
    low, high = amount.min, amount.max
    known = [bound for bound in (low, high) if bound is not None]
    if (low == high and not amount.bounded) or not all(bound.is_integer() for bound in known):
        return False
    if not all(AGES[0] <= bound <= AGES[1] for bound in known):
        return False
    for index in range(amount.first - 1, max(floor, amount.first - _AGE_REACH) - 1, -1):
        if tokens[index].kind in ("break", "num") or PAY.has(tokens, index):
            return False
        if AGE_CUES.has(tokens, index):
            return True
    return False


def _shared_unit(tokens: Sequence[NumberToken], amount: Amount) -> str:
    """ "10 и 25 числа": what the unit behind the second number says holds for the first."""
    joined = CONJUNCTIONS.has(tokens, amount.last) and amount.last + 1 < len(tokens)
    if not joined or tokens[amount.last + 1].kind != "num":
        return ""
    found = NOT_MONEY.at(tokens, amount.last + 2)
    days = (tokens[amount.number].value, tokens[amount.last + 1].value)
    ends = amount.last + 2 >= len(tokens) or tokens[amount.last + 2].folded in {".", ",", "\n"}
    if ends and all(1 <= day <= DAYS_OF_A_MONTH and day.is_integer() for day in days):
        return "date"  # "виплата з/п 16 та 1."
    return found[0] if found and found[0] in ("other", "hours") else ""
