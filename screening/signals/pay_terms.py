"""The terms behind an amount: its period and basis, reached over brackets, contract words and prepositions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from screening.posts.post import PayBasis, PayPeriod
from screening.signals.number_tokens import DASHES, NumberToken
from screening.signals.pay_amounts import Amount
from screening.signals.pay_words import (
    BASES,
    EACH,
    GROSS_BY,
    NIGHTS,
    NOT_MONEY,
    PAY,
    PERIOD_LINKS,
    PERIODS,
    SKIPPABLE,
    YEAR_OR_HOUR,
)

RIGHT_REACH = 14
FORM_REACH = 150
"""Tokens: a form describes hours and contract between a sum and what it is paid for."""

MAX_HOURLY = 1_000


@dataclass(frozen=True, slots=True)
class RightContext:
    period: PayPeriod | None
    basis: PayBasis | None
    end: int  # token index after them
    formal: bool = False  # the period comes from a form's field further on


def right_context(tokens: Sequence[NumberToken], amount: Amount, lang_hint: str | None) -> RightContext:
    """Period and basis after an amount, reached over brackets, contract words and prepositions only."""
    period: PayPeriod | None = None
    basis: PayBasis | None = amount.basis
    end = amount.last
    limit = min(len(tokens), end + RIGHT_REACH)
    index = end + _unknown_coin(tokens, amount, limit)
    linked = False
    while index < limit and tokens[index].kind != "break":
        token = tokens[index]
        abbreviated = GROSS_BY.at(tokens, index)
        if abbreviated and period is None and basis in (None, "gross"):
            period, basis, index = abbreviated[0], "gross", index + abbreviated[1]
            end, linked = index, False
            continue
        found_basis = BASES.at(tokens, index)
        if found_basis and _names_the_next(tokens, amount, index + found_basis[1]):
            break
        if found_basis and (basis is None or found_basis[0] == basis):
            basis, index = basis or found_basis[0], index + found_basis[1]
            end, linked = index, False
            continue
        found = PERIODS.at(tokens, index)
        if (
            found
            and period is None
            and (
                linked
                or token.folded not in _LINK_ONLY
                or (token.folded in _AFTER_MONEY and amount.currency and not _clock_follows(tokens, index))
            )
            and (linked or token.folded not in _NEXT_NOUNS or PAY.has(tokens, index - 1))
            and not _counts(tokens, index, found[1])
        ):
            period = year_or_hour(token.folded, found[0], lang_hint, amount)
            if found[0] == "piece" and not (linked or (amount.currency and token.folded in _AREAS)):
                period = None
                break
            index += found[1]
            end, linked = index, False
            if index < limit and tokens[index].folded == ".":
                index += 1
            continue
        link = PERIOD_LINKS.at(tokens, index)
        if link and period is None and _leads_to_period(tokens, index + link[1], limit):
            index, linked = index + link[1], True
            continue
        if token.folded == "(":
            inside = _past_bracket(tokens, index, limit)
            if inside is None:
                break
            index = inside
            continue
        if token.folded == "x" and (paid := _yearly_payments(tokens, index)):
            period, index = period or "month", paid
            end = index
            continue
        skip = SKIPPABLE.at(tokens, index)
        if skip and not (token.folded == "+" and not _vat_follows(tokens, index)):
            index, linked = index + skip[1], False
            continue
        passes = (
            token.kind == "code"
            or (token.folded == "." and index + 1 < limit and tokens[index + 1].folded == "/")
            or _basis_after_comma(tokens, index)
            or (token.folded in DASHES and basis is None and period is None)
        )
        if not passes and not (token.folded == "1" and linked):
            break
        index += 1
    period, basis = period or amount.inside.period, basis or amount.inside.basis
    if period is not None:
        return RightContext(period, basis, end)
    return _from_afar(tokens, amount, index, RightContext(period, basis, end))


_LONGEST_COIN = 3


def _unknown_coin(tokens: Sequence[NumberToken], amount: Amount, limit: int) -> int:
    """ "700Q per day": a few letters glued to a number before a period are some country's coin. 1 where they are, else 0."""
    if amount.currency or amount.last + 1 >= limit:
        return 0
    coin = tokens[amount.last]
    short = coin.kind == "word" and coin.glued and len(coin.folded) <= _LONGEST_COIN
    if not short or NOT_MONEY.has(tokens, amount.last) or PERIODS.has(tokens, amount.last):
        return 0
    return int(PERIOD_LINKS.has(tokens, amount.last + 1) and PERIODS.has(tokens, amount.last + 2))


def _from_afar(tokens: Sequence[NumberToken], amount: Amount, index: int, found: RightContext) -> RightContext:
    """No period beside the amount: paid "for each room", or by what a form says further on."""
    each = EACH.at(tokens, index)
    if each and index + each[1] < len(tokens):
        return RightContext("piece", found.basis, index + each[1] + 1)
    period = _form_period(tokens, amount.last)
    if period == "hour" and (amount.max or amount.min or 0) > MAX_HOURLY:
        period = None  # the form's choice contradicts its amount
    return RightContext(period, found.basis, found.end, formal=period is not None)


def _names_the_next(tokens: Sequence[NumberToken], amount: Amount, index: int) -> bool:
    """ "netto 7 000 zł / brutto 9 700 zł": where the basis stands before its amount, the next one is the next amount's."""
    leads = amount.first > 0 and BASES.has(tokens, amount.first - 1)
    return leads and index < len(tokens) and tokens[index].kind == "num"


def _basis_after_comma(tokens: Sequence[NumberToken], index: int) -> bool:
    """ "120 000 ₽ за месяц, на руки"; but "3000 zł, netto 2400" names the basis of the next amount."""
    if tokens[index].folded != ",":
        return False
    found = BASES.at(tokens, index + 1)
    after = index + 1 + found[1] if found else 0
    return found is not None and all(token.kind != "num" for token in tokens[after : after + 3])


_LINK_ONLY = NIGHTS | {
    "g", "ora", "ore", "mo", "pm", "pa", "an", "ans", "st", "ч", "нап", "zi", "tag", "day", "lucru", "órás", "ден", "d", "val", "men"
}  # fmt: skip
"""Words that mean a period only behind a link ("/ mo", "per day")."""
_AREAS = frozenset({"m2", "м2", "m3", "м3", "qm", "mq", "mp"})
"""Behind a sum of money ("120 lei mp") they need no link: no other thing is meant."""
_NEXT_NOUNS = frozenset(
    {"miesieczny", "miesieczna", "roczny", "roczna", "dzienny", "dzienna", "tygodniowy", "tygodniowa", "mesacny", "mesacna"}
)  # fmt: skip
"""Adjectives of the noun behind them ("14 000 PLN netto Miesięczny budżet"), unless a word for pay stands before."""
_AFTER_MONEY = frozenset({"pa", "pm", "mo", "ora"})
"""... or right behind a sum with its currency ("£24,500 pa")."""


def _clock_follows(tokens: Sequence[NumberToken], index: int) -> bool:
    """ "1500 euro ora 18:00"; but "30 lei ora" are paid by the hour."""
    return index + 1 < len(tokens) and tokens[index + 1].kind in ("num", "time")


def _leads_to_period(tokens: Sequence[NumberToken], index: int, limit: int) -> bool:
    for position in range(index, min(index + 3, limit)):
        if PERIODS.has(tokens, position):
            return True
        if not (PERIOD_LINKS.has(tokens, position) or tokens[position].folded == "1"):
            return False
    return False


def _vat_follows(tokens: Sequence[NumberToken], index: int) -> bool:
    return index + 1 < len(tokens) and tokens[index + 1].folded in {"vat", "ват"}


def _counts(tokens: Sequence[NumberToken], index: int, length: int) -> bool:
    """ "tygodniowy 40": the word belongs to the number after it, unless that starts a new amount with its own currency."""
    return (
        False
        if index + length >= len(tokens)
        else tokens[index + length].folded == "-"
        and index + length + 1 < len(tokens)
        and tokens[index + length + 1].folded == "day"
    )


def _past_bracket(tokens: Sequence[NumberToken], index: int, limit: int) -> int | None:
    """Into a bracket that holds period or basis, else behind it; None where it holds an amount of its own."""
    closing = _closing(tokens, index, limit)
    if closing is None:
        return None
    return index + 1 if _holds_terms(tokens, index + 1, closing) else closing + 1


def _closing(tokens: Sequence[NumberToken], opening: int, limit: int) -> int | None:
    """Where a short bracket ends; None where it holds a number, and so an amount of its own."""
    end = min(limit, opening + 7)
    for index in range(opening + 1, end):
        if tokens[index].kind == "num" and tokens[index].folded != "1":
            return None
        if tokens[index].folded == ")" or tokens[index].kind == "break":
            return index
    return end - 1


def _yearly_payments(tokens: Sequence[NumberToken], index: int) -> int | None:
    """ "x 14 pagas", "x (14pagues)", "x 13 Gehälter": a monthly sum paid 14 times a year. The index after it."""
    for position in range(index + 1, min(index + 4, len(tokens) - 1)):
        if tokens[position].kind == "num" and tokens[position + 1].folded.startswith(_SALARIES_OF_A_YEAR):
            return position + 2
    return None


_SALARIES_OF_A_YEAR = ("paga", "pague", "gehalt", "gehalter", "salar", "pensj", "wyplat", "зарплат", "plat", "mezd")


def _holds_terms(tokens: Sequence[NumberToken], start: int, end: int) -> bool:
    return any(PERIODS.has(tokens, index) or BASES.has(tokens, index) for index in range(start, end))


def _form_period(tokens: Sequence[NumberToken], start: int) -> PayPeriod | None:
    """The Polish labour office's form: "System wynagrodzenia: Czasowy ze stawką miesięczną" after the amount."""
    window = tokens[start : start + FORM_REACH]
    for index, token in enumerate(window[:-1]):
        if token.folded.startswith("wynagrodz") and window[index + 1].folded == "brutto":
            return None  # the next offer's
        if token.folded == "system" and window[index + 1].folded.startswith("wynagr"):
            for later, following in enumerate(window[index + 2 : index + 9], index + 2):
                if following.folded.startswith("staw") and later + 1 < len(window):
                    found = PERIODS.at(window, later + (2 if window[later + 1].folded == "." else 1))
                    return found[0] if found else None
    return None


def year_or_hour(word: str, period: PayPeriod, lang_hint: str | None, amount: Amount | None) -> PayPeriod:
    if word not in YEAR_OR_HOUR:
        return period
    if word == "год":
        if lang_hint in ("uk", "ru"):
            return "hour" if lang_hint == "uk" else "year"
    elif lang_hint in ("uk", "bg"):
        return "hour" if lang_hint == "uk" else "year"
    value = (amount.max or amount.min or 0) if amount else 0
    return "hour" if value < 1000 else "year"
