"""What an amount is: pay, or a fee, a deduction, a bonus, an age, a number of hours ..., by the words around it.

Kinds of other amounts, as `found.OtherAmount.kind` holds them:

- money: "fee" (the worker pays for the job, a visa, papers), "deposit", "deduction" (taken from the wages), "penalty",
  "housing_cost", "advance" (of wages), "loan", "bonus" (premiums, allowances, overtime, referral money), "other";
- no money: "age", "hours", "vacancies", "percent", "duration", "distance", "reference" (postcode, register or offer number,
  paragraph), "phone", "date", "other".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from screening.signals.bare_numbers import number_beside_pay
from screening.signals.number_tokens import DASHES, NumberToken
from screening.signals.pay_amounts import BIG, Amount
from screening.signals.pay_context import LeftContext
from screening.signals.pay_numbers import LEAST_SHIFT, MAX_CLOCK, number_kind
from screening.signals.pay_terms import RightContext
from screening.signals.pay_words import (
    OTHER_KINDS,
    PAY,
    PERIOD_LINKS,
    RIGHT_OTHER,
    THEN,
)
from screening.values.result import Pay

LEAST_BARE = 5.0
"""Smaller numbers without a currency count something else ("paid 2 times a month")."""
LEAST_BARE_FEE = 50.0
"""Smaller ones beside a word for fees count days, ages or rooms."""
NEAR_CUE = 3
"""So many tokens from "штраф" or "кауція" a sum needs no currency."""
LEAST_MONEY = 2.0
"""Smaller sums are supplements by the hour or prices, unless paid by the piece."""
_INHERITED = frozenset({"fee", "deposit", "deduction", "penalty", "housing_cost", "bonus", "advance", "loan", "other"})
_PAID_BY_WORKERS = frozenset({"deposit", "penalty", "advance"})
_LOOSE = frozenset({"other", "bonus", "housing_cost", "advance"})
"""Cues that, standing far off, don't outweigh a period or basis right behind the amount."""
_PRICES = frozenset({"other", "housing_cost"})
"""Nobody pays these by the hour, gross or net ("DARMOWY DOJAZD - 21,50 zł brutto/h")."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One amount with what it was taken for: `pay`, or a kind of other amount, or neither ("")."""

    amount: Amount
    pay: Pay | None
    kind: str
    end: int  # token index after period and basis
    cue: bool  # a word for pay governs it


def kind_of(
    tokens: Sequence[NumberToken],
    amount: Amount,
    floor: int,
    left: LeftContext,
    right: RightContext,
    after: str,
    before: Reading | None,
    field: bool,
    year: int,
) -> str:
    """ "pay", a kind of other amount (see the module), or "" for a number that means nothing here.

    Args:
        floor: token index where the amount before ends.
        after: the kind that `right_kind` read behind the amount, or "".
        before: what the amount before was taken for.
        field: the text is a salary field, where a bare number is pay.
        year: today's.
    """
    if amount.magnitude >= BIG or not (amount.max or amount.min):
        return "other" if amount.currency else ""
    if _is_limit(tokens, amount.first):
        return "other"
    unit = None if amount.currency else number_kind(tokens, amount, floor, field, year)
    if not (unit or field):
        unit = number_beside_pay(tokens, amount, floor, left, right, year)
    if unit:
        return unit
    if not amount.currency and _more_hours(amount, left, right, before):
        return "hours"
    if left.addition and (amount.currency or left.pay_named or amount.magnitude > 1 or right.basis or right.period):
        return "bonus" if field else after or left.other_kind or "bonus"
    if after and left.other_kind in ("fee", "deposit", "penalty"):
        return left.other_kind
    if after and (amount.currency or left.pay_distance is None):
        return after
    if left.other_kind:
        reach = 4 if left.pay_named else 8
        termed = right.basis is not None or (right.period is not None and not right.formal)
        subject = left.other_opens and left.other_kind == "bonus" and not left.pay_named
        far = left.other_distance > reach and termed and not subject
        plainly = right.basis is not None and right.period == "hour" and left.other_kind in _PRICES
        if not (amount.currency and (plainly or (far and left.other_kind in _LOOSE))):
            near = left.other_kind == "fee" or (left.other_kind in _PAID_BY_WORKERS and left.other_distance <= NEAR_CUE)
            plain = near and (amount.max or amount.min or 0) >= LEAST_BARE_FEE
            return left.other_kind if amount.currency or plain or amount.magnitude > 1 else ""
    if field:
        return "pay"
    if before is not None and (_explains(tokens, amount, before) or _is_overtime(tokens, amount, left, before)):
        return "bonus"
    if amount.currency:
        if inherited := _inherited(tokens, amount, left, right, before):
            return inherited
        least = 0.0 if "piece" in (right.period, left.period) else LEAST_MONEY
        return "pay" if (amount.max or amount.min or 0) >= least else "other"
    return "pay" if _bare_pay(tokens, amount, left, right, before) else ""


_COMPARED = frozenset({"<", ">", "≤", "≥"})


def _is_limit(tokens: Sequence[NumberToken], first: int) -> bool:
    """ "доходи<30000 zł": a sign of comparison between what is limited and the limit; but "зарплата >1000 $" is pay."""
    compared = first > 1 and tokens[first - 1].folded in _COMPARED and tokens[first - 2].kind == "word"
    return compared and not PAY.has(tokens, first - 2)


def _explains(tokens: Sequence[NumberToken], amount: Amount, before: Reading) -> bool:
    """ "dodatek 20% (około 170 zł)": a bracket says what the percentage comes to."""
    first = before.amount.first
    named = any((OTHER_KINDS.at(tokens, index) or ("",))[0] == "bonus" for index in range(max(0, first - 6), first))
    if before.kind != "percent" or not named:
        return False
    between = [token.folded for token in tokens[before.amount.last : amount.number]]
    return (
        "(" in between
        and ")" not in between
        and not any(PAY.has(tokens, index) for index in range(between.index("(") + before.amount.last, amount.number))
    )


def _more_hours(amount: Amount, left: LeftContext, right: RightContext, before: Reading | None) -> bool:
    """ "6-14, 14-22, 22-6": the list of shifts goes on."""
    listed = before is not None and before.kind == "hours" and left.continues and left.pay_distance is None
    bare = right.basis is None and (right.period is None or right.formal)
    return listed and bare and (amount.max or amount.min or 0) <= MAX_CLOCK


def _is_overtime(tokens: Sequence[NumberToken], amount: Amount, left: LeftContext, before: Reading) -> bool:
    """ "above 35 hours: 16.12 €"."""
    if not left.continues or left.pay_distance is not None:
        return False
    named = amount.first > 0 and tokens[amount.first - 1].folded in {":", *DASHES}
    return named and before.kind == "hours" and before.amount.bounded and before.amount.max is None


def _inherited(
    tokens: Sequence[NumberToken], amount: Amount, left: LeftContext, right: RightContext, before: Reading | None
) -> str:
    """In one clause the amount before lends its kind, as in "premia 4 000 zł, najlepsi 9 000 zł"; but not to what is
    named net or pay itself: "potrącamy 600 zł, na rękę zostaje 3900 zł", "diurnă 105 € + 900 € salariu"."""
    if left.basis or PAY.has(tokens, max(right.end, amount.last)):
        return ""
    if before is None or not left.continues or left.pay_distance is not None or before.amount.currency is None:
        return ""
    if before.kind not in _INHERITED or right.period is not None:
        return ""
    return before.kind if right.basis is None or before.kind == "bonus" else ""


def _bare_pay(
    tokens: Sequence[NumberToken], amount: Amount, left: LeftContext, right: RightContext, before: Reading | None
) -> bool:
    """Whether a number without currency is pay: right behind a word for pay, or with gross or net, a period or "k" beside it."""
    if _named_by_its_period(tokens, amount, right):
        return True
    if (amount.max or amount.min or 0) < LEAST_BARE or _looks_like_a_day(amount, right, before):
        return False
    cue_near = left.pay_distance is not None and left.pay_distance <= 4 and not left.comma
    follows_pay = left.continues and before is not None and before.pay is not None and before.cue
    timed, scaled = right.period is not None and not right.formal, amount.magnitude == 1000
    timed = timed or (scaled and (left.period is not None or left.basis is not None))  # "napi 15 ezer"
    governed = follows_pay or left.pay_distance is not None
    labels = [token.folded for token in tokens[right.end : right.end + 1]] == [":"]  # "333015 Zmianowość: nie dotyczy"
    if right.period == "shift" and (amount.max or amount.min or 0) >= LEAST_SHIFT and not labels:
        return True  # "2500 смена"
    if follows_pay and THEN.has(tokens, amount.first - 1):
        return True
    if _is_the_base(tokens, amount):
        return True
    return right.basis is not None or cue_near or (timed and scaled) or ((timed or scaled) and governed)


def _is_the_base(tokens: Sequence[NumberToken], amount: Amount) -> bool:
    """ "5800 podstawy + 500 za frekwencję"; in "kod 333015 ставка: 5000" the word heads what follows."""
    named = amount.last < len(tokens) and tokens[amount.last].folded in _BASES
    if not named or (amount.max or amount.min or 0) < LEAST_SHIFT:
        return False
    return amount.last + 1 >= len(tokens) or not _leads_on(tokens, amount.last + 1)


_BASES = frozenset(
    {"podstawy", "podstawa", "ставка", "ставки", "оклад", "zaklad", "zakladu", "alapber", "fijos", "fixum"}
)


def _named_by_its_period(tokens: Sequence[NumberToken], amount: Amount, right: RightContext) -> bool:
    """ "25000/міс", "1.200 al mes": so large a number with a week, month or year right behind it counts nothing else."""
    least = _LEAST_OF_PERIOD.get(right.period or "", 0.0)
    linked = amount.last < len(tokens) and (
        tokens[amount.last].folded in _SELF_LINKED or PERIOD_LINKS.has(tokens, amount.last)
    )
    if right.period == "day" and any(token.folded == "d" for token in tokens[amount.last + 1 : amount.last + 2]):
        return False  # "AX2012/D365"
    if right.period == "hour":
        hundredths = _WITH_HUNDREDTHS.fullmatch(tokens[amount.number].folded) is not None
        return linked and (hundredths or (amount.min or 0.0) >= LEAST_BARE_HOUR)
    return linked and not right.formal and 0.0 < least <= (amount.min or amount.max or 0.0)


_LEAST_OF_PERIOD = {"day": 200.0, "week": 150.0, "month": 400.0, "year": 5_000.0}
"""More than the hours of any month or week, or the hours and days that a day's work is counted by."""
LEAST_BARE_HOUR = 500.0
"""Fewer may be pieces made in an hour."""
_SELF_LINKED = frozenset({"/", "p", "pcm", "pw", "ph"})
_WITH_HUNDREDTHS = re.compile(r"\d{1,3}[.,]\d{2}")
"""So wages by the hour are written ("7,50 la hora"); hours themselves have no hundredths."""
_NEW_ITEM = frozenset(
    ["+", ",", "(", ")", "*", "plus", "плюс", "i", "и", "та", "and", "oraz", "mas", "und", "si", "y", "with", "wraz", "mit", "con", "cu",
     "including", "incl", "depending", "based", "zaleznosci", "zalezne", "зависимости", "залежності", "segun"]
)  # fmt: skip
"""What follows these is another item or a condition, no name of the amount."""


def _looks_like_a_day(amount: Amount, right: RightContext, before: Reading | None) -> bool:
    """ "od 18,30 PLN. Opis: 8-16": hours of a day behind a pay that has its currency."""
    if before is None or before.pay is None or before.amount.currency is None or right.basis or right.period:
        return False
    low, high = amount.min, amount.max
    return low is not None and high is not None and low.is_integer() and 4 <= high - low <= 12 and high <= MAX_CLOCK


_NOMINATIVES = frozenset(
    {"premia", "premie", "dodatek", "dodatki", "dieta", "diety", "budzet", "премия", "премія", "доплата", "надбавка", "priplatok", "priplatek"}
)  # fmt: skip
"""Behind "stawka 20 zł/h" these open the next item; in "20 zł premii" the case says whose the sum is."""


def right_kind(
    tokens: Sequence[NumberToken], amount: Amount, left: LeftContext, right: RightContext, ceiling: int
) -> tuple[str, int]:
    """The kind of other amount that the words right after name ("$15,000 bonus") and the token index behind them, or ("", 0)."""
    governed = left.pay_distance is not None and left.pay_distance <= 2
    bare = amount.currency is None and amount.magnitude == 1
    limit = min(ceiling, max(right.end, amount.last) + (1 if bare else 4))
    for index in range(amount.last, limit):
        token = tokens[index]
        found = RIGHT_OTHER.at(tokens, index)
        if token.folded == "(" and (withheld := _withheld(tokens, index)):
            return "deduction", withheld
        added = token.folded in _NEW_ITEM and not (found and found[1] > 1 and found[0] == "housing_cost")  # "+ bills"
        if token.kind == "break" or added or (governed and token.folded in _NOMINATIVES):
            break
        worked = found and found[0] == "fee" and governed and right.period in ("hour", "day", "shift")
        if found and found[0] == "bonus" and tokens[index - 1].folded in _WITH:
            break  # "до 15000 zł нетто з преміями": a total
        if worked:
            break  # "we pay £12 an hour for training": nobody is charged by the hour
        if found and not (found[0] == "deduction" and tokens[index - 1].folded in _BEFORE_TAX):
            behind = index + found[1]
            return ("", 0) if behind < len(tokens) and _leads_on(tokens, behind) else (found[0], behind)
    return "", 0


_WITH = frozenset({"z", "ze", "з", "із", "с", "со", "with", "mit", "con", "cu", "including", "incl", "разом"})
WITHHELD_REACH = 5


def _withheld(tokens: Sequence[NumberToken], opening: int) -> int:
    """ "640 zł/міс (вираховується із зарплати)": the index behind the words of a bracket that take a sum from the wages, or 0."""
    for index in range(opening + 1, min(opening + 1 + WITHHELD_REACH, len(tokens))):
        if tokens[index].kind in ("break", "num") or tokens[index].folded == ")":
            return 0
        found = RIGHT_OTHER.at(tokens, index)
        if found and found[0] == "deduction" and tokens[index - 1].folded not in _BEFORE_TAX:
            return index + found[1]
    return 0


_BEFORE_TAX = frozenset(
    ["до", "после", "після", "без", "vor", "nach", "ohne", "before", "after", "without", "przed", "po", "bez", "pred", "inainte", "fara", "antes", "sin"]
)  # fmt: skip
""" "3000 € vor Abzug der Steuern": gross or net pay, no deduction."""


def _leads_on(tokens: Sequence[NumberToken], index: int) -> bool:
    """Whether a colon, dash or bound stands before the next number, which the word then names."""
    if tokens[index].kind == "num" or tokens[index].folded in {":", "od", "do", "от", "до", "від"}:
        return True
    return tokens[index].folded in DASHES and index + 1 < len(tokens) and tokens[index + 1].kind == "num"
