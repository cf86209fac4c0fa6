"""The cue words of a clause before an amount: the word for pay and the word for something else that is nearest to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from screening.signals.number_tokens import NumberToken
from screening.signals.pay_words import OTHER_KINDS, PAY, PERIODS


@dataclass(frozen=True, slots=True)
class Cues:
    """`pay_at` is the token index of the word for pay, `other` the kind of another cue and its distance in tokens."""

    pay_at: int | None
    other: tuple[str, int] | None
    comma: bool  # one stands between the word for pay and the amount


def read_cues(tokens: Sequence[NumberToken], start: int, first: int) -> Cues:
    """Reads back from the amount at `first` to the clause's start; whatever stands nearest governs the amount."""
    pay_at: int | None = None
    other: tuple[str, int] | None = None
    comma, closed = False, _is_average(tokens, first)
    for index in range(first - 1, start - 1, -1):
        if tokens[index].folded == "=":
            closed = True  # "оклад 16 000 + премії = 25 000": a total
        elif tokens[index].folded == ",":
            comma = comma or pay_at is None
            payable = index + 1 < first and tokens[index + 1].folded.startswith(_PAYABLE)
            closed = closed or not (payable or _names_a_price(tokens, index, first))
        found = _other_cue(tokens, index, start)
        nearest = other is None and pay_at is None
        outranks = other is not None and found is not None and (other[0], found[0]) in _OUTRANKED
        if found and not closed and index + found[1] <= first and (nearest or outranks):
            other = (found[0], first - index)
        paid = PAY.at(tokens, index)
        if not paid or pay_at is not None or index + paid[1] > first or (found and found[1] > paid[1]):
            continue
        if index > start and (named := OTHER_KINDS.at(tokens, index - 1)) and named[1] > 1:
            continue  # "kayıt ücreti" is a fee, whatever "ücreti" alone is
        if other is None and index > start and _is_once(tokens[index - 1].folded):
            other = ("bonus", first - index)
        elif other is None or index >= first - TOTAL_REACH:
            pay_at = index
    if other and pay_at is not None and _is_total(tokens, pay_at, first - other[1]):
        other = None
    return Cues(pay_at, other, comma)


TOTAL_REACH = 14
"""So far off a word for pay may still say that the sum is a total ("zarobki z premią ... 4000")."""


def _other_cue(tokens: Sequence[NumberToken], index: int, start: int) -> tuple[str, int] | None:
    """The kind of other amount that a word names, unless it is part of a longer phrase for pay or says "net of it"."""
    found, paid = OTHER_KINDS.at(tokens, index), PAY.at(tokens, index)
    if not found:
        return None
    phrase = PAY.at(tokens, index - 1) if index > start else None
    if (paid and paid[1] > found[1]) or (phrase and phrase[1] > 1) or _after_deductions(tokens, index):
        return None
    if found[1] > 1 and PERIODS.has(tokens, index + found[1]):
        return None  # "оплата за годину" pays the worker
    return None if _costs_nothing(tokens, index, found) else found


_NONE_OF_IT = frozenset(
    ["no", "without", "zero", "bez", "без", "няма", "нема", "немає", "нет", "жодних", "ніяких", "никаких", "никакви", "żadnych", "zadnych",
     "brak", "zadne", "zadny", "ziadne", "ziadny", "fara", "nicio", "niciun", "kein", "keine", "keinerlei", "ohne", "sin", "ninguna", "nincs",
     "nincsen"]
)  # fmt: skip
_MONEY_OF_WORKERS = frozenset({"fee", "deposit", "deduction", "penalty", "advance", "loan"})
_FREE = ("free", "darmow", "bezplatn", "gratis", "gratuit", "бесплатн", "безкоштовн", "безплатн", "zdarma", "zadarmo", "kostenlos", "ingyen")  # fmt: skip
_PRICED = frozenset({"fee", "housing_cost", "other"})
_WITH = frozenset({"z", "ze", "with", "со", "с", "з", "із", "mit", "cu", "con", "s", "so", "със"})
""" "Сиделка с проживанием: 1800 руб": what comes with the work is part of it."""
_RENT = ("chiri", "miete", "rent", "czynsz", "najem", "alquiler", "affitto", "loyer", "наем", "lakber")
"""... but "Casă cu chirie 200 euro": these are no room, they are its price."""


def _costs_nothing(tokens: Sequence[NumberToken], index: int, found: tuple[str, int]) -> bool:
    """ "No fees, £500 a week", "без предоплат, 2500 евро", "darmowa kwatera 30 zł/h": no sum belongs to the word."""
    kind, length = found
    if kind in _MONEY_OF_WORKERS:
        for position in range(index - 1, max(-1, index - 3), -1):
            if tokens[position].folded in _NONE_OF_IT:
                return True
            if tokens[position].kind != "word":
                break
        if any(token.folded == "nelkul" for token in tokens[index + length : index + length + 1]):
            return True
    before, behind = tokens[max(0, index - 1) : index], tokens[index + length : index + length + 1]
    free = any(token.folded.startswith(_FREE) for token in (*before, *behind))
    given = any(token.folded in _WITH for token in before) and not tokens[index].folded.startswith(_RENT)
    return kind in _PRICED and (free or given)


_ONCE = ("единоврем", "единоразов", "одноразов", "разов", "jednoraz", "einmal", "egyszeri", "еднократ")
"""Before a word for pay: a payment made once ("one-off payment"), no wage."""


def _is_once(word: str) -> bool:
    return word == "off" or word.startswith(_ONCE)


_OUTRANKED = frozenset({("housing_cost", "deposit"), ("housing_cost", "penalty"), ("housing_cost", "deduction")})
"""(near, far): "Kaution für das Zimmer 300 €" is a deposit."""
_PAYABLE = ("platn", "koszt", "payable", "cost", "платн", "стоим", "варт", "hrad", "plac", "оплачу", "kostet", "zahl")


_AVERAGES = frozenset({"srednio", "average", "в", "media", "prumerne", "durchschnittlich", "atlagosan"})


def _is_average(tokens: Sequence[NumberToken], first: int) -> bool:
    """ "fijo 900 € + comisiones (media 1.600 €)", "+ % от продаж (в среднем 60 000)": a total, set apart by a bracket."""
    apart = first > 0 and tokens[first - 1].folded == "(" and tokens[first].folded in _AVERAGES
    return apart or (first > 1 and tokens[first - 2].folded == "(" and tokens[first - 1].folded in _AVERAGES)


def _names_a_price(tokens: Sequence[NumberToken], comma: int, first: int) -> bool:
    """ "el pasaje, unos 3.400 euros", "ennek az ára, 600 euró": a price put beside its name; rooms are mostly a list of perks."""
    found = _other_cue(tokens, comma - 1, comma - 1)
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
