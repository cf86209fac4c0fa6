"""What stands before an amount in its clause: which cue governs it, and the period and basis named there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from screening.posts.post import PayBasis, PayPeriod
from screening.signals.number_tokens import NumberToken
from screening.signals.pay_cues import read_cues
from screening.signals.pay_terms import year_or_hour
from screening.signals.pay_words import BASES, CURRENCIES, NIGHTS, NOT_MONEY, PAY, PERIOD_LINKS, PERIODS
from screening.signals.wage_words import WAGES
from screening.signals.working_days import DAYS

LEFT_REACH = 16
LONGEST_BASIS = 4


@dataclass(frozen=True, slots=True)
class LeftContext:
    """What stands before an amount in its clause; distances in tokens."""

    pay_distance: int | None
    pay_named: bool  # a word for pay stands in the clause, if not the nearest
    wages: bool  # one that speaks of a worker's wages, never of a price
    comma: bool  # a comma stands between the word for pay and the amount
    other_kind: str  # the nearest cue, where it is nearer than a word for pay; else ""
    other_distance: int
    other_opens: bool  # that cue opens the clause, which speaks of it
    addition: bool  # "+ 200", "plus 200": added to something named before
    at_least: bool  # "minimum wage is", "salario mínimo de": the amount is the least
    continues: bool  # no clause end since the amount before
    period: PayPeriod | None
    basis: PayBasis | None


def left_context(tokens: Sequence[NumberToken], first: int, floor: int, lang_hint: str | None) -> LeftContext:
    """Reads back from `first` to the clause's start, the amount before (`floor`) or LEFT_REACH tokens."""
    start = max(floor, first - LEFT_REACH)
    breaks = [index for index in range(start, first) if tokens[index].kind == "break"]
    start = breaks[-1] + 1 if breaks else start
    reached_floor = not breaks and (start == floor or tokens[start - 1].kind == "break")
    cues = read_cues(tokens, start, first)
    pay_at, other = cues.pay_at, cues.other
    gap_start = _gap_start(tokens, start, first, pay_at)
    period, basis = _left_terms(tokens, gap_start, first, lang_hint)
    return LeftContext(
        pay_distance=None if pay_at is None or other else first - pay_at - 1,
        pay_named=pay_at is not None,
        wages=any(WAGES.has(tokens, index) for index in range(start, first)),
        comma=cues.comma and pay_at is not None,
        other_kind=other[0] if other else "",
        other_distance=other[1] if other else 0,
        other_opens=other is not None and first - other[1] == start,
        addition=_is_addition(tokens, first, floor),
        at_least=pay_at is not None and pay_at > start and tokens[pay_at - 1].folded.startswith(_LEAST),
        continues=floor > 0 and reached_floor,
        period=period or _rotation_in_front(tokens, first) or _shift_in_front(tokens, first, floor),
        basis=basis,
    )


_LEAST = ("minimaln", "minimum", "минимальн", "мінімальн", "mindest", "minimal")


def _is_addition(tokens: Sequence[NumberToken], first: int, floor: int) -> bool:
    """ "+ 200 zł", unless a bullet opens the line or the word behind says that the sum is the base ("+ 3500 zł podstawy")."""
    if first <= floor or first < 2 or tokens[first - 1].folded not in _PLUS:
        return False
    return tokens[first - 2].kind != "break" and not PAY.has(tokens, _past_amount(tokens, first))


def _gap_start(tokens: Sequence[NumberToken], start: int, first: int, pay_at: int | None) -> int:
    """Where to look for "monthly", "gross" before an amount: from just before the word for pay, else a few tokens."""
    if pay_at is None:
        closed = [index + 1 for index in range(max(start, first - 4), first) if tokens[index].folded == ")"]
        return closed[-1] if closed else max(start, first - 4)
    for length in range(2, LONGEST_BASIS + 1):  # "після сплати податків зарплата 17800"
        named = BASES.at(tokens, pay_at - length) if pay_at - length >= start else None
        if named and named[1] == length:
            return pay_at - length
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
    opens = index == 0 or tokens[index - 1].kind == "break"  # "Týždenne zarobíte 450 eur"
    return not adverb or opens or PERIOD_LINKS.has(tokens, index - 1)


_NEUTER = frozenset({"месечно", "седмично", "дневно", "day", "miesieczne", "roczne"})
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
            if not PERIODS.has(tokens, index):  # "Jahresbrutto" says both
                index += found_basis[1]
                continue
        found = PERIODS.at(tokens, index)
        counted = _counts_hours(tokens, index)
        if (
            found
            and (len(tokens[index].folded) > 2 or tokens[index - 1].folded == "/")
            and index + found[1] <= first
            and not counted
            and not (index > 0 and tokens[index - 1].folded.startswith(_ORDINALS + _OF_A_STRETCH))
            and (found[0] != "piece" or tokens[index - 1].folded in _PER_PIECE)
            and (tokens[index].folded not in NIGHTS or PERIOD_LINKS.has(tokens, index - 1))  # "night watch € 1,050"
        ):
            period = year_or_hour(tokens[index].folded, found[0], lang_hint, None)
            index += found[1]
            continue
        index += 1
    return period, basis


_ORDINALS = ("первы", "перви", "перш", "first", "pierwsz", "primer", "prvni", "prvy", "erste", "elso", "prim")


_OF_A_STRETCH = ("zkusebni", "skusobn", "pracovni", "pracovn", "vypovedni", "vypovedn")
""" "po zkušební době": the word for a day and night in Polish, for a while in Czech and Slovak."""
_PER_PIECE = frozenset({"za", "за", "на", "pro", "je", "per", "por", "la"})


def _counts_hours(tokens: Sequence[NumberToken], index: int) -> bool:
    """ "при 50 часах в неделю", "6 dni w tygodniu": the period says how much is worked, not what is paid for."""
    position = index - 1
    while position > 0 and index - position <= 3:
        if tokens[position].kind == "num":
            return True
        unit = PERIODS.has(tokens, position) or DAYS.has(tokens, position) or tokens[position].folded in _TIMES
        if not (PERIOD_LINKS.has(tokens, position) or (unit and tokens[position - 1].kind == "num")):
            return False
        position -= 1
    return position >= 0 and tokens[position].kind == "num" and index - position <= 3


_TIMES = frozenset({"раз", "раза", "рази", "times", "time", "raz", "razy", "mal", "krat", "ori", "data", "veces", "vez", "пъти", "път", "alkalommal"})  # fmt: skip
""" "1 раз в неделю": how often wages are paid."""


def _rotation_in_front(tokens: Sequence[NumberToken], first: int) -> PayPeriod | None:
    """ "za turnus (28 dni) 3 200 €": the rotation whose length stands in a bracket before the amount."""
    if first < 5 or tokens[first - 1].folded != ")":
        return None
    for opening in range(first - 2, max(1, first - 7), -1):
        if tokens[opening].folded == "(":
            found = PERIODS.at(tokens, opening - 1)
            return found[0] if found and found[0] in ("rotation", "shift") else None
    return None


def _shift_in_front(tokens: Sequence[NumberToken], first: int, floor: int) -> PayPeriod | None:
    """ "za zmianę 12h płacimy 330 zł", "смена 12ч - 3500₽", "turnus 3 týždne 1 950 €": what the length between is of."""
    number = next((at for at in range(floor - 1, max(0, floor - 4), -1) if tokens[at].kind == "num"), None)
    if number is None or first - floor > 3 or any(token.folded == "," for token in tokens[number + 1 : first]):
        return None
    unit = NOT_MONEY.at(tokens, number + 1)
    found = PERIODS.at(tokens, number - 1) if unit else None
    measured = {"shift": "hours", "rotation": "other"}
    return found[0] if unit and found and measured.get(found[0]) == unit[0] else None


_PLUS = frozenset({"+", "plus", "плюс", "mas"})


def _past_amount(tokens: Sequence[NumberToken], first: int) -> int:
    """Behind a number and its currency, where "podstawy" may say that the sum is the base pay."""
    index = first + 1
    while index < min(first + 3, len(tokens) - 1) and CURRENCIES.has(tokens, index):
        index += 1
    return index
