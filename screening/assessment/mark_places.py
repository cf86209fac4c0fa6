"""Where in the post a computed mark was read, so that a condition on pay or hours quotes the pay or the hours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from screening.rules.evaluation import Place
from screening.signals.facts import posted_on
from screening.signals.found import Facts, FoundPay, Span
from screening.signals.pay_check import check_pay, hours_excess, pay_marks
from screening.text.document import Document

HOURS_EXCESS = "hours.excess"


def mark_places(document: Document, facts: Facts, *, today: date) -> Mapping[str, Place]:
    """The place of each mark about pay or hours that stands in the text; the post's number fields have none.

    Of several stated pays it is the first one that bears the mark by itself.
    """
    on = posted_on(document, today)
    places: dict[str, Span] = {}
    for pay in facts.pays:
        if pay.span is not None:
            for mark in _marks_of_one(pay, facts, on):
                places.setdefault(mark, pay.span)
    for hours in facts.hours:
        if hours_excess([hours], facts.place.work_country, on):
            places.setdefault(HOURS_EXCESS, hours.span)
    numbers = {text.name: number for number, text in enumerate(document.fields)}
    return {
        mark: Place(numbers[span.field], span.start, span.end) for mark, span in places.items() if span.field in numbers
    }


def _marks_of_one(pay: FoundPay, facts: Facts, on: date) -> set[str]:
    check = check_pay([pay], facts.hours, facts.sector, facts.place.work_country, on=on)
    marks = {f"pay.{check.verdict}", *pay_marks(check, facts.hours, facts.place.work_country, on)}
    if pay.pay.period in ("day", "week"):
        marks.add("pay.by_day_or_week")
    return marks
