"""What stands before an amount in its clause: which cue governs it, and the period and basis named there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from screening.posts.post import PayBasis, PayPeriod
from screening.signals.number_tokens import NumberToken
from screening.signals.pay_terms import year_or_hour
from screening.signals.pay_words import BASES, CURRENCIES, OTHER_KINDS, PAY, PERIOD_LINKS, PERIODS

LEFT_REACH = 16


@dataclass(frozen=True, slots=True)
class LeftContext:
    """What stands before an amount in its clause; distances in tokens."""

    pay_distance: int | None
    pay_named: bool  # a word for pay stands in the clause, if not the nearest
    comma: bool  # a comma stands between the word for pay and the amount
    other_kind: str  # the nearest cue, where it is nearer than a word for pay; else ""
    other_distance: int
    addition: bool  # "+ 200", "plus 200": added to something named before
    at_least: bool  # "minimum wage is", "salario mínimo de": the amount is the least
    continues: bool  # no clause end since the amount before
    period: PayPeriod | None
    basis: PayBasis | None


def left_context(tokens: Sequence[NumberToken], first: int, floor: int, lang_hint: str | None) -> LeftContext:
    """Reads back from `first` to the clause's start, the amount before (`floor`) or LEFT_REACH tokens."""
    start = max(floor, first - LEFT_REACH)
    pay_at: int | None = None
    other: tuple[str, int] | None = None
    comma = False
    other_closed = _is_average(tokens, first)
    continues = floor > 0
    for index in range(first - 1, start - 1, -1):
        token = tokens[index]
        if token.kind == "break":
            continues = False
            start = index + 1
            break
        if token.folded == "=":
            other_closed = True  # "оклад 16 000 + премії = 25 000": a total
        if token.folded == ",":
            comma = comma or pay_at is None
            payable = index + 1 < first and tokens[index + 1].folded.startswith(_PAYABLE)
            other_closed = other_closed or not (payable or _names_a_price(tokens, index, first))
        found, paid = OTHER_KINDS.at(tokens, index), PAY.at(tokens, index)
        phrase = PAY.at(tokens, index - 1) if index > start else None
        within = (paid and paid[1] > found[1]) or (phrase and phrase[1] > 1) if found else False
        if found and found[1] > 1 and PERIODS.has(tokens, index + found[1]):
            found = None  # "оплата за годину" pays the worker
        if found and (within or _after_deductions(tokens, index)):
            found = None
        if found and other is None and pay_at is None and not other_closed and index + found[1] <= first:
            other = (found[0], first - index)
        if (
            paid
            and pay_at is None
            and (other is None or index >= first - 14)
            and index + paid[1] <= first
            and not (found and found[1] > paid[1])
        ):
            if index > start and _is_once(tokens[index - 1].folded) and other is None:
                other = ("bonus", first - index)
                continue
            pay_at = index
    if start > floor and tokens[start - 1].kind != "break":
        continues = False
    if other and pay_at is not None and _is_total(tokens, pay_at, first - other[1]):
        other = None
    before = tokens[first - 1].folded if first > floor else ""
    opens_line = first < 2 or tokens[first - 2].kind == "break"
    base = PAY.has(tokens, _past_amount(tokens, first)) if before in _PLUS else False
    addition = before in _PLUS and not opens_line and not base
    gap_start = _gap_start(tokens, start, first, pay_at)
    period, basis = _left_terms(tokens, gap_start, first, lang_hint)
    period = period or _rotation_in_front(tokens, first)
    return LeftContext(
        pay_distance=None if pay_at is None or other else first - pay_at - 1,
        pay_named=pay_at is not None,
        comma=comma and pay_at is not None,
        other_kind=other[0] if other else "",
        other_distance=other[1] if other else 0,
        addition=addition,
        at_least=pay_at is not None and pay_at > start and tokens[pay_at - 1].folded.startswith(_LEAST),
        continues=continues,
        period=period,
        basis=basis,
    )


_ONCE = ("единоврем", "единоразов", "одноразов", "разов", "jednoraz", "einmal", "egyszeri", "еднократ")
"""Before a word for pay: a payment made once ("one-off payment"), no wage."""


def _is_once(word: str) -> bool:
    return word == "off" or word.startswith(_ONCE)


_LEAST = ("minimaln", "minimum", "минимальн", "мінімальн", "mindest", "minimal")

_PAYABLE = ("platn", "koszt", "payable", "cost", "платн", "стоим", "варт", "hrad", "plac", "оплачу", "kostet", "zahl")


_AVERAGES = frozenset({"srednio", "average", "в", "media", "prumerne", "durchschnittlich", "atlagosan"})


def _is_average(tokens: Sequence[NumberToken], first: int) -> bool:
    """ "fijo 900 € + comisiones (media 1.600 €)", "+ % от продаж (в среднем 60 000)": a total, set apart by a bracket."""
    apart = first > 0 and tokens[first - 1].folded == "(" and tokens[first].folded in _AVERAGES
    return apart or (first > 1 and tokens[first - 2].folded == "(" and tokens[first - 1].folded in _AVERAGES)


def _names_a_price(tokens: Sequence[NumberToken], comma: int, first: int) -> bool:
    """ "el pasaje, unos 3.400 euros", "ennek az ára, 600 euró": a price put beside its name; rooms are mostly a list of perks."""
    found = OTHER_KINDS.at(tokens, comma - 1)
    return first - comma <= 2 and found is not None and found[0] in ("fee", "deposit", "other")


_AFTER = frozenset(
    {"po", "after", "после", "після", "nach", "вычетом", "вирахуванням", "odliczeniu", "potraceniu", "abzug"}
)


def _after_deductions(tokens: Sequence[NumberToken], index: int) -> bool:
    """ "po wszystkich potrąceniach": net pay, no deduction."""
    return any(tokens[at].folded in _AFTER for at in range(max(0, index - 2), index))


def _is_total(tokens: Sequence[NumberToken], pay_at: int, other_at: int) -> bool:
    """ "earnings with bonuses 4000": a total, which counts as pay."""
    return 0 < other_at - pay_at <= 4 and any(
        token.folded in {"z", "ze", "with", "incl", "including", "wraz", "с", "з", "mit", "cu", "con"}
        for token in tokens[pay_at + 1 : other_at]
    )


def _gap_start(tokens: Sequence[NumberToken], start: int, first: int, pay_at: int | None) -> int:
    """Where to look for "monthly", "gross" before an amount: from just before the word for pay, else a few tokens."""
    if pay_at is None:
        closed = [index + 1 for index in range(max(start, first - 4), first) if tokens[index].folded == ")"]
        return closed[-1] if closed else max(start, first - 4)
    position = pay_at
    while position > start and position > pay_at - 3:
        if (
            BASES.has(tokens, position - 1)
            or tokens[position - 1].folded in _ADJECTIVES
            or _leads(tokens, position - 1)
        ):
            position -= 1
        else:
            break
    return max(position, start)


def _leads(tokens: Sequence[NumberToken], index: int) -> bool:
    """ "hourly pay", "za godzinę zarobisz" speak of the pay; "jeden posiłek dziennie stawka" doesn't."""
    if not PERIODS.has(tokens, index):
        return False
    adverb = tokens[index].folded.endswith(_ADVERBS) and tokens[index].folded not in _NEUTER
    return not adverb or PERIOD_LINKS.has(tokens, index - 1)


_NEUTER = frozenset({"месечно", "седмично", "дневно", "day"})
_ADVERBS = ("ie", "owo", "но", "ne", "day")

_ADJECTIVES = frozenset(
    {"basic", "base", "average", "starting", "fixed", "guaranteed", "competitive", "za", "la", "de", "the", "a", "per"}
)


def _left_terms(
    tokens: Sequence[NumberToken], start: int, first: int, lang_hint: str | None
) -> tuple[PayPeriod | None, PayBasis | None]:
    """The last period and basis named in tokens [start, first)."""
    period: PayPeriod | None = None
    basis: PayBasis | None = None
    index = start
    while index < first:
        found_basis = BASES.at(tokens, index)
        if found_basis and index + found_basis[1] <= first:
            basis = found_basis[0]
            index += found_basis[1]
            continue
        found = PERIODS.at(tokens, index)
        counted = _counts_hours(tokens, index)
        if (
            found
            and (len(tokens[index].folded) > 2 or tokens[index - 1].folded == "/")
            and index + found[1] <= first
            and not counted
            and not (index > 0 and tokens[index - 1].folded.startswith(_ORDINALS))
            and (found[0] != "piece" or tokens[index - 1].folded == "za")
        ):
            period = year_or_hour(tokens[index].folded, found[0], lang_hint, None)
            index += found[1]
            continue
        index += 1
    return period, basis


_ORDINALS = ("первы", "перви", "перш", "first", "pierwsz", "primer", "prvni", "prvy", "erste", "elso", "prim")


def _counts_hours(tokens: Sequence[NumberToken], index: int) -> bool:
    """ "при 50 часах в неделю": the period says how much is worked, not what is paid for."""
    position = index - 1
    while position > 0 and index - position <= 3:
        if tokens[position].kind == "num":
            return True
        unit = PERIODS.at(tokens, position)
        if not (PERIOD_LINKS.has(tokens, position) or (unit and tokens[position - 1].kind == "num")):
            return False
        position -= 1
    return position >= 0 and tokens[position].kind == "num" and index - position <= 3


def _rotation_in_front(tokens: Sequence[NumberToken], first: int) -> PayPeriod | None:
    """ "za turnus (28 dni) 3 200 €": the rotation whose length stands in a bracket before the amount."""
    if first < 5 or tokens[first - 1].folded != ")":
        return None
    for opening in range(first - 2, max(1, first - 7), -1):
        if tokens[opening].folded == "(":
            found = PERIODS.at(tokens, opening - 1)
            return found[0] if found and found[0] in ("rotation", "shift") else None
    return None


_PLUS = frozenset({"+", "plus", "плюс"})


def _past_amount(tokens: Sequence[NumberToken], first: int) -> int:
    """Behind a number and its currency, where "podstawy" may say that the sum is the base pay."""
    index = first + 1
    while index < min(first + 3, len(tokens) - 1) and CURRENCIES.has(tokens, index):
        index += 1
    return index
