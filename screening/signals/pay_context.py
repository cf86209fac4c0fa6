"""The words around an amount: which cue stands before it, which period, basis or other noun after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from screening.posts.post import PayBasis, PayPeriod
from screening.signals.number_tokens import DASHES, NumberToken
from screening.signals.pay_amounts import Amount
from screening.signals.pay_words import (
    AGE_CUES,
    BASES,
    NOT_MONEY,
    OTHER_KINDS,
    PAY,
    PERIOD_LINKS,
    PERIODS,
    RIGHT_OTHER,
    SKIPPABLE,
    YEAR_OR_HOUR,
)

LEFT_REACH = 16
RIGHT_REACH = 14
MAX_HOURLY = 1_000
TOTAL_WORDS = frozenset(
    {
        "+",
        "z",
        "ze",
        "with",
        "plus",
        "incl",
        "including",
        "wraz",
        "с",
        "з",
        "вместе",
        "mit",
        "cu",
        "con",
        "i",
        "и",
        "та",
        "oraz",
    }
)


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


@dataclass(frozen=True, slots=True)
class RightContext:
    period: PayPeriod | None
    basis: PayBasis | None
    end: int  # token index after them


def left_context(tokens: Sequence[NumberToken], first: int, floor: int, lang_hint: str | None) -> LeftContext:
    """Reads back from `first` to the clause's start, the amount before (`floor`) or LEFT_REACH tokens."""
    start = max(floor, first - LEFT_REACH)
    pay_at: int | None = None
    other: tuple[str, int] | None = None
    comma = other_closed = False
    continues = floor > 0
    for index in range(first - 1, start - 1, -1):
        token = tokens[index]
        if token.kind == "break":
            continues = False
            start = index + 1
            break
        if token.folded == ",":
            comma = comma or pay_at is None
            payable = index + 1 < first and tokens[index + 1].folded.startswith(_PAYABLE)
            other_closed = other_closed or not (payable or _names_a_price(tokens, index, first))
        found = OTHER_KINDS.at(tokens, index)
        if found and _after_deductions(tokens, index):
            found = None
        if found and other is None and pay_at is None and not other_closed and index + found[1] <= first:
            other = (found[0], first - index)
        paid = PAY.at(tokens, index)
        if (
            paid
            and pay_at is None
            and (other is None or index >= first - 14)
            and index + paid[1] <= first
            and not (found and found[1] > paid[1])
        ):
            pay_at = index
    if start > floor and tokens[start - 1].kind != "break":
        continues = False
    if other and pay_at is not None and _is_total(tokens, pay_at, first - other[1]):
        other = None
    before = tokens[first - 1].folded if first > floor else ""
    opens_line = first - 1 <= floor or tokens[first - 2].kind == "break" if first >= 2 else True
    addition = before in {"+", "plus", "плюс"} and not opens_line
    gap_start = _gap_start(tokens, start, first, pay_at)
    period, basis = _left_terms(tokens, gap_start, first, lang_hint)
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


_LEAST = ("minimaln", "minimum", "минимальн", "мінімальн", "mindest", "minimal")
_PAYABLE = ("platn", "koszt", "payable", "cost", "платн", "стоим", "варт", "hrad", "plac", "оплачу", "kostet", "zahl")


def _names_a_price(tokens: Sequence[NumberToken], comma: int, first: int) -> bool:
    """ "el pasaje, unos 3.400 euros", "ennek az ára, 600 euró": a price put beside its name; rooms are mostly a list of perks."""
    found = OTHER_KINDS.at(tokens, comma - 1)
    return first - comma <= 2 and found is not None and found[0] in ("fee", "deposit", "other")


def _after_deductions(tokens: Sequence[NumberToken], index: int) -> bool:
    """ "po wszystkich potrąceniach": net pay, no deduction."""
    return any(tokens[at].folded in {"po", "after", "после", "після", "nach"} for at in range(max(0, index - 2), index))


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
    return not tokens[index].folded.endswith(_ADVERBS) or PERIOD_LINKS.has(tokens, index - 1)


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
        counted = index > 0 and tokens[index - 1].kind == "num"
        if (
            found
            and len(tokens[index].folded) > 2
            and index + found[1] <= first
            and not counted
            and found[0] != "piece"
        ):
            period = year_or_hour(tokens[index].folded, found[0], lang_hint, None)
            index += found[1]
            continue
        index += 1
    return period, basis


def right_context(tokens: Sequence[NumberToken], amount: Amount, lang_hint: str | None) -> RightContext:
    """Period and basis after an amount, reached over brackets, contract words and prepositions only."""
    period: PayPeriod | None = None
    basis: PayBasis | None = None
    index = end = amount.last
    limit = min(len(tokens), index + RIGHT_REACH)
    linked = False
    while index < limit and tokens[index].kind != "break":
        token = tokens[index]
        found_basis = BASES.at(tokens, index)
        if found_basis and (basis is None or found_basis[0] == basis):
            basis, index = basis or found_basis[0], index + found_basis[1]
            end, linked = index, False
            continue
        found = PERIODS.at(tokens, index)
        if (
            found
            and period is None
            and (linked or token.folded not in _LINK_ONLY)
            and not _counts(tokens, index, found[1])
        ):
            period = year_or_hour(token.folded, found[0], lang_hint, amount)
            if found[0] == "piece" and not linked:
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
        passes = token.kind == "code" or (token.folded in DASHES and basis is None and period is None)
        if not passes and not (token.folded == "1" and linked):
            break
        index += 1
    if period is None:
        period = _form_period(tokens, amount.last)
        if period == "hour" and (amount.max or amount.min or 0) > MAX_HOURLY:
            period = None  # the form's choice contradicts its amount
    return RightContext(period, basis, end)


_LINK_ONLY = frozenset(
    {
        "h",
        "g",
        "ora",
        "ore",
        "mo",
        "pm",
        "pa",
        "an",
        "st",
        "ч",
        "нап",
        "zi",
        "tag",
        "hr",
        "day",
        "hora",
        "lucru",
        "órás",
        "ден",
        "час",
        "mes",
    }
    - {"h", "hr", "mes", "час", "hora"}
)


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
    """ "x 14 pagas", "x (14pagues)": a monthly sum paid 14 times a year. The index after it."""
    for position in range(index + 1, min(index + 4, len(tokens) - 1)):
        if tokens[position].kind == "num" and tokens[position + 1].folded.startswith(("paga", "pague")):
            return position + 2
    return None


def _holds_terms(tokens: Sequence[NumberToken], start: int, end: int) -> bool:
    return any(PERIODS.has(tokens, index) or BASES.has(tokens, index) for index in range(start, end))


def _form_period(tokens: Sequence[NumberToken], start: int) -> PayPeriod | None:
    """The Polish labour office's form: "System wynagrodzenia: Czasowy ze stawką miesięczną" after the amount."""
    window = tokens[start : start + 32]
    for index, token in enumerate(window[:-1]):
        if token.folded == "system" and window[index + 1].folded.startswith("wynagrodz"):
            for later, following in enumerate(window[index + 2 : index + 9], index + 2):
                if following.folded.startswith("stawk") and later + 1 < len(window):
                    found = PERIODS.at(window, later + 1)
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


def right_kind(tokens: Sequence[NumberToken], amount: Amount, right: RightContext, ceiling: int) -> str:
    """The kind of other amount that the words right after name ("$15,000 bonus"), or ""."""
    limit = min(ceiling, max(right.end, amount.last) + 4)
    for index in range(amount.last, limit):
        token = tokens[index]
        if token.kind == "break" or token.folded in {
            "+",
            ",",
            "(",
            ")",
            "*",
            "plus",
            "i",
            "и",
            "та",
            "and",
            "oraz",
            "mas",
            "und",
            "si",
            "y",
        }:
            return ""
        found = RIGHT_OTHER.at(tokens, index)
        if found:
            next_token = tokens[index + found[1]] if index + found[1] < len(tokens) else None
            governs_next = next_token is not None and (
                next_token.kind == "num"
                or next_token.folded in {":", "od", "do", "от", "до", "від"}
                or next_token.folded in DASHES
            )
            return "" if governs_next else found[0]
    return ""


_NUMBERED = frozenset({"nr", "no", "№", "#", "num", "ref", "kod", "code", "codigo", "art", "ust", "lok", "ul"})
_PHONE = ("tel", "phone", "тел", "kontakt", "mob", "моб", "call", "viber", "whats", "вайбер")


def number_kind(tokens: Sequence[NumberToken], amount: Amount, left: LeftContext) -> str:
    """The kind of a number without currency that its unit or its cue tells to be no money; "" where it may be pay."""
    before = [token.folded for token in tokens[max(0, amount.first - 3) : amount.first]]
    if any(word in _NUMBERED for word in before[-2:]):
        return "other"
    if (
        tokens[amount.number].value >= 100_000
        and not amount.grouped
        and any(word.startswith(_PHONE) for word in before)
    ):
        return "phone"
    found = NOT_MONEY.at(tokens, amount.last)
    if (
        found is None
        and amount.last < len(tokens)
        and (tokens[amount.last].folded in DASHES or tokens[amount.last].folded == ")")
    ):
        found = NOT_MONEY.at(tokens, amount.last + 1)
    if amount.magnitude > 1 and (found is None or found[0] == "hours" or tokens[amount.last].folded in {"g", "h"}):
        return ""
    if found is None:
        return ""
    if found[0] == "age":
        cue = any(AGE_CUES.has(tokens, index) for index in range(max(0, amount.first - 8), amount.first))
        return "age" if cue else "other"
    return found[0]
