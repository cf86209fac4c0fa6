"""What a number without a currency is by its unit or by the words before it, where that is no money."""

from __future__ import annotations

from collections.abc import Sequence

from screening.signals.number_tokens import DASHES, NumberToken
from screening.signals.pay_amounts import Amount
from screening.signals.pay_words import AGE_CUES, HOURS_CUES, HOURS_NAMED, NOT_MONEY, PAY, PERIODS, UNITS

LEAST_SHIFT = 200.0
"""Beside the word for a shift so much is its pay, not a count of shifts."""
MAX_CLOCK = 24
FIRST_YEAR, YEARS_AHEAD = 1900, 9
"""Years that a word for a time tells from money, the last seen from today."""
WHOLE = 100.0

_NUMBERED = frozenset({"nr", "no", "№", "#", "num", "ref", "kod", "code", "codigo", "art", "ust", "lok", "ul"})

_US_PENSION_PLANS = frozenset({401.0, 403.0, 457.0})
"""Sections of the tax law by which American adverts name pension plans ("401k")."""
_EXTRA_SALARIES = frozenset({13.0, 14.0})
"""Salaries of a year beyond the twelfth ("13 i 14 pensja"): an ordinal, no amount."""
_BEFORE_A_YEAR = (
    "in",
    "since",
    "of",
    "w",
    "roku",
    "r",
    "с",
    "в",
    "у",
    "з",
    "від",
    "en",
    "desde",
    "im",
    "seit",
    "v",
    "od",
    "in",
    "din",
    "през",
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_PHONE = ("tel", "phone", "тел", "kontakt", "mob", "моб", "call", "viber", "whats", "вайбер")


def number_kind(tokens: Sequence[NumberToken], amount: Amount, floor: int, field: bool, year: int) -> str:
    """The kind of a number without currency that its unit or its cue tells to be no money; "" where it may be pay."""
    before = [token.folded for token in tokens[max(0, amount.first - 3) : amount.first]]
    if any(word in _NUMBERED for word in before[-2:]):
        return "reference"
    number = tokens[amount.number]
    if _is_year(amount, number, before[-1:], year):
        return "date"
    if amount.magnitude == 1000 and number.value in _US_PENSION_PLANS:
        return "reference"
    if amount.max in _EXTRA_SALARIES and any(PAY.has(tokens, amount.last + ahead) for ahead in range(3)):
        return "other"
    if _is_share(tokens, amount):
        return "percent"
    if number.value >= 100_000 and not amount.grouped and any(word.startswith(_PHONE) for word in before):
        return "phone"
    if not field and _is_clock_range(tokens, amount, floor):
        return "hours"
    found = NOT_MONEY.at(tokens, amount.last)
    closed = amount.last < len(tokens) and tokens[amount.last].folded in {")", ".", *DASHES}
    if found is None and closed:
        found = NOT_MONEY.at(tokens, amount.last + 1)
    if amount.magnitude > 1 and (found is None or found[0] == "hours" or tokens[amount.last].folded in {"g", "h"}):
        return ""
    shift = PERIODS.at(tokens, amount.last)
    if found is None or (shift and shift[0] == "shift" and number.value >= LEAST_SHIFT):
        return ""
    if found[0] == "age":
        cue = found[1] > 1 or any(
            AGE_CUES.has(tokens, index) for index in range(max(0, amount.first - 8), amount.first)
        )
        return "age" if cue else "duration"
    if found[0] == "other":
        unit = UNITS.at(tokens, amount.last + (1 if closed else 0))
        return unit[0] if unit else "other"
    return found[0]


_SHARED_BY = frozenset({"/", "*"})


def _is_share(tokens: Sequence[NumberToken], amount: Amount) -> bool:
    """ "зарплата 50/50", "ставка 40*60": two numbers that a sign divides and that make a hundred."""
    for slash in (amount.number + 1, amount.number - 1):
        if 0 < slash < len(tokens) - 1 and tokens[slash].folded in _SHARED_BY:
            left, right = tokens[slash - 1], tokens[slash + 1]
            if left.kind == right.kind == "num" and left.value + right.value == WHOLE:
                return True
    return False


def _is_year(amount: Amount, number: NumberToken, before: Sequence[str], year: int) -> bool:
    """ "since 1998", "as of November 2013": behind a month or a word for a time, unscaled and of four digits."""
    if (
        amount.magnitude > 1
        or amount.grouped
        or not FIRST_YEAR <= number.value <= year + YEARS_AHEAD
        or len(number.folded) != 4
    ):
        return False
    return any(word in _BEFORE_A_YEAR or (len(word) > 3 and word.startswith(_MONTHS)) for word in before)


def _is_clock_range(tokens: Sequence[NumberToken], amount: Amount, floor: int) -> bool:
    """ "PRACA 6-14, 14-22, 22-6", "Opis: 8-16", "Expected hours: 40 per week": hours of a day, or a number named so."""
    stated = HOURS_NAMED.at(tokens, amount.first - 2) if amount.first - 2 >= floor else None
    if stated and stated[1] == 2 and amount.magnitude == 1:
        return True
    low, high = amount.min, amount.max
    if low is None or high is None or low == high or high > MAX_CLOCK or amount.magnitude > 1:
        return False
    for index in range(amount.first - 1, max(floor, amount.first - 4) - 1, -1):
        if tokens[index].kind == "break":
            return False
        if HOURS_CUES.has(tokens, index):
            return True
    following = [token.kind for token in tokens[amount.last : amount.last + 4]]
    return following == ["sym", "num", "sym", "num"] and tokens[amount.last].folded in {",", ";", "/"}
