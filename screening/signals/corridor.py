"""Marks of the law of a corridor and of the amounts that aren't pay, for the conditions of rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from screening.reference.corridors import Subject, law_for
from screening.signals.found import OtherAmount, Place

AMOUNT_MARKS = {
    "fee": "amount.fee",
    "deposit": "amount.deposit",
    "deduction": "amount.deduction",
    "penalty": "amount.penalty",
    "housing_cost": "amount.housing",
    "advance": "amount.advance",
    "loan": "amount.loan",
    "bonus": "amount.bonus",
}
"""Mark of each kind of money that `pay_kinds` tells from pay; other kinds (ages, hours, percent ...) have none."""


def corridor_marks(place: Place, *, on: date) -> frozenset[str]:
    """What the law table says of the stated corridor on that day; a country that no words name is never guessed.

    Of several origins each must be free to work for `corridor.may_work_without_visa` or `corridor.temporary_protection` to
    hold; one that needs a permit suffices for `corridor.work_permit_needed`. People at home need no law.
    """
    work = place.work_country
    if work is None:
        return frozenset()
    origins = [origin for origin in place.origins if origin != work]
    marks = set[str]()
    recruited_in: Sequence[str | None] = origins or (None,)
    if any(law_for(origin, work, on, "fee_ban") for origin in recruited_in):
        marks.add("corridor.fee_banned")
    if not origins:
        return frozenset(marks)

    def holds(origin: str, subject: Subject) -> bool:
        return law_for(origin, work, on, subject) is not None

    free = {origin: holds(origin, "work_without_visa") for origin in origins}
    protected = {origin: holds(origin, "temporary_protection") for origin in origins}
    if all(free[origin] or protected[origin] for origin in origins):
        if any(free.values()):
            marks.add("corridor.may_work_without_visa")
        if any(protected.values()):
            marks.add("corridor.temporary_protection")
    elif any(holds(origin, "work_permit_needed") for origin in origins if not free[origin] and not protected[origin]):
        marks.add("corridor.work_permit_needed")
    return frozenset(marks)


def amount_marks(amounts: Iterable[OtherAmount]) -> frozenset[str]:
    """The kinds of money, other than pay, of which the post states a sum."""
    return frozenset(AMOUNT_MARKS[amount.kind] for amount in amounts if amount.kind in AMOUNT_MARKS)
