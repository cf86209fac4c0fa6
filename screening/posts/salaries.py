"""Pay as a platform's own fields state it, to `Salary`; pay written in the text is read by `signals.pay`."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import get_args

from screening.errors import InvalidPostError
from screening.posts.post import PayBasis, PayPeriod, Salary
from screening.posts.values import clean_text

_CURRENCY_CODE = re.compile(r"[A-Z]{3}\Z")
_CURRENCY_WORDS = {
    "RUR": "RUB", "€": "EUR", "EURO": "EUR", "EUROS": "EUR", "$": "USD", "US$": "USD", "£": "GBP", "ZŁ": "PLN", "ZL": "PLN",
    "₴": "UAH", "ГРН": "UAH", "ГРН.": "UAH", "₽": "RUB", "РУБ": "RUB", "РУБ.": "RUB", "KČ": "CZK", "LEI": "RON", "ЛВ": "BGN",
    "ЛВ.": "BGN", "FT": "HUF", "₪": "ILS", "₺": "TRY",
}  # fmt: skip
_PERIOD_WORDS: dict[str, PayPeriod] = {
    "hour": "hour", "hourly": "hour", "hr": "hour", "h": "hour", "per-hour-wage": "hour", "per-hour-salary": "hour", "hod": "hour",
    "day": "day", "daily": "day", "per-day-wage": "day", "shift": "shift", "week": "week", "weekly": "week", "wk": "week",
    "per-week-salary": "week", "month": "month", "monthly": "month", "mon": "month", "per-month-salary": "month",
    "rotation": "rotation", "year": "year", "yearly": "year", "annual": "year", "annually": "year", "yr": "year", "ann": "year",
    "per-year-salary": "year", "piece": "piece",
}  # fmt: skip
_BASIS_WORDS: dict[str, PayBasis] = {
    "gross": "gross", "brutto": "gross", "before tax": "gross", "net": "net", "netto": "net", "after tax": "net",
}  # fmt: skip
_NUMBER = re.compile(r"[+-]?\d{1,12}(?:\.\d{1,6})?\Z")
_SPACES = re.compile(r"[\s\u00a0\u202f']")
_MAX_TEXT = 2_000
_LARGEST = 1e12


def read_salary(value: object, *, strict: bool = True) -> Salary | None:
    """A salary from a text, a number, or an object {text, min, max, currency, period, basis}.

    Zeros mean "not given", as feeds write them. Unless strict, what can't be read is left out of the result instead of
    refusing the post, and min and max given the wrong way round are swapped.

    Raises:
        InvalidPostError: naming `salary` or the part of it.
    """
    if value is None:
        return None
    if isinstance(value, str):
        text = clean_text(value)[:_MAX_TEXT]
        return Salary(text=text) if text else None
    if isinstance(value, bool) or not isinstance(value, int | float | Mapping):
        if strict:
            raise InvalidPostError(
                "salary", "must be a text, a number or an object {min, max, currency, period, basis}"
            )
        return None
    if not isinstance(value, Mapping):
        amount = read_amount(value, "salary", strict=strict)
        return Salary(min=amount, max=amount) if amount is not None else None
    low = read_amount(value.get("min"), "salary.min", strict=strict)
    high = read_amount(value.get("max"), "salary.max", strict=strict)
    if low is not None and high is not None and low > high:
        if strict:
            raise InvalidPostError("salary.min", "is greater than salary.max")
        low, high = high, low
    text_value = value.get("text")
    if strict and not isinstance(text_value, str | None):
        raise InvalidPostError("salary.text", "must be a text")
    salary = Salary(
        text=clean_text(text_value)[:_MAX_TEXT] if isinstance(text_value, str) else "",
        min=low,
        max=high,
        currency=_word(value.get("currency"), "salary.currency", read_currency, "is no ISO 4217 currency", strict),
        period=_word(value.get("period"), "salary.period", read_period, f"is none of {_listed(PayPeriod)}", strict),
        basis=_word(value.get("basis"), "salary.basis", read_basis, f"is none of {_listed(PayBasis)}", strict),
    )
    return salary if salary.text or low is not None or high is not None else None


def read_amount(value: object, field: str, *, strict: bool = True) -> float | None:
    """An amount of money from a number or a text that is one ("4 900", "1200.50"); None where not given or zero.

    Raises:
        InvalidPostError: if strict, for anything else, a negative amount, NaN or infinity.
    """
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    amount = math.nan
    if isinstance(value, int | float) and not isinstance(value, bool):
        amount = float(value) if abs(value) <= _LARGEST else math.inf
    elif isinstance(value, str) and len(value) <= 40 and _NUMBER.match(bare := _SPACES.sub("", value)):
        amount = float(bare)
    if math.isfinite(amount) and 0 <= amount <= _LARGEST:
        return amount or None
    if strict:
        raise InvalidPostError(field, "must be an amount of money, zero or greater")
    return None


def read_currency(word: str) -> str | None:
    """ISO 4217 from a code, sign or common word."""
    upper = word.strip().upper()
    return _CURRENCY_WORDS.get(upper) or (upper if _CURRENCY_CODE.match(upper) else None)


def read_period(word: str) -> PayPeriod | None:
    return _PERIOD_WORDS.get(word.strip().casefold())


def read_basis(word: str) -> PayBasis | None:
    return _BASIS_WORDS.get(word.strip().casefold())


def _word[Word: str](
    value: object, field: str, read: Callable[[str], Word | None], fault: str, strict: bool
) -> Word | None:
    if value is None or value == "":
        return None
    found = read(value) if isinstance(value, str) and len(value) <= 40 else None
    if found is None and strict:
        raise InvalidPostError(field, fault)
    return found


def _listed(literal: object) -> str:
    return ", ".join(get_args(literal))
