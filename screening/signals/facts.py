"""All signals of one post, gathered in the order in which they need one another."""

from __future__ import annotations

from datetime import date

from screening.rules.library import CompiledRules
from screening.signals.contacts import read_contacts
from screening.signals.corridor import amount_marks, corridor_marks
from screening.signals.dates import read_act_by
from screening.signals.employer import read_employer
from screening.signals.found import Facts
from screening.signals.hours import read_hours
from screening.signals.indicators import find_indicators
from screening.signals.marks import computed_marks
from screening.signals.pay import read_pay
from screening.signals.pay_check import check_pay, hours_excess, pay_marks
from screening.signals.place import read_place
from screening.signals.sector import read_sector
from screening.text.document import Document


def gather(document: Document, rules: CompiledRules, *, today: date) -> Facts:
    """Read every signal. `today` is the day of the assessment: pay is held against that day's minimum, dates against it."""
    post = document.post
    contacts = read_contacts(document)
    employer = read_employer(document, contacts)
    place = read_place(document, contacts)
    sector = read_sector(document) if post.kind == "job" else None
    pay = read_pay(document)
    hours = read_hours(document)
    posted = post.posted_at.date() if post.posted_at else today
    pay_check = check_pay(pay.pays, hours, sector, place.work_country, on=posted)
    marks = computed_marks(
        document, pay_check, hours_excess(hours, place.work_country, posted), sector, place, contacts, employer
    )
    marks |= pay_marks(pay_check, hours, place.work_country, posted)
    marks |= corridor_marks(place, on=posted) | amount_marks(pay.other_amounts)
    found = find_indicators(document, rules, marks)
    return Facts(
        pays=pay.pays,
        other_amounts=pay.other_amounts,
        hours=hours,
        pay_check=pay_check,
        sector=sector,
        place=place,
        contacts=contacts,
        employer=employer,
        act_by=read_act_by(document, today),
        marks=found.marks,
        evidence=found.evidence,
        protective=found.protective,
        reads=found.reads,
    )
