"""What a post says beside its signs, gathered in the order in which one fact needs another."""

from __future__ import annotations

from datetime import date

from screening.signals.contacts import read_contacts
from screening.signals.corridor import amount_marks, corridor_marks
from screening.signals.dates import read_act_by
from screening.signals.employer import read_employer
from screening.signals.found import Facts
from screening.signals.hours import read_hours
from screening.signals.marks import computed_marks
from screening.signals.pay import read_pay
from screening.signals.pay_check import check_pay, hours_excess, pay_marks
from screening.signals.place import read_place
from screening.signals.sector import read_sector
from screening.text.document import Document


def gather(document: Document, *, today: date) -> Facts:
    """Read what a post says of pay, place, contacts and employer. `today` is the day of the assessment: pay is held against that day's
    minimum where the post has no date of its own, dates against it."""
    post = document.post
    contacts = read_contacts(document)
    place = read_place(document, contacts)
    sector = read_sector(document) if post.kind == "job" else None
    pay = read_pay(document, today=today)
    hours = read_hours(document)
    return Facts(
        pays=pay.pays,
        other_amounts=pay.other_amounts,
        hours=hours,
        pay_check=check_pay(pay.pays, hours, sector, place.work_country, on=posted_on(document, today)),
        sector=sector,
        place=place,
        contacts=contacts,
        employer=read_employer(document, contacts),
        act_by=read_act_by(document, today),
    )


def marks_of(document: Document, facts: Facts, *, today: date) -> frozenset[str]:
    """The names that these facts give to the conditions of rule packs (docs/rules.md, "Marks")."""
    place, posted = facts.place, posted_on(document, today)
    marks = computed_marks(
        document, facts.pay_check, hours_excess(facts.hours, place.work_country, posted), facts.sector, place,
        facts.contacts, facts.employer,
    )  # fmt: skip
    marks |= pay_marks(facts.pay_check, facts.hours, place.work_country, posted)
    return marks | corridor_marks(place, on=posted) | amount_marks(facts.other_amounts)


def posted_on(document: Document, today: date) -> date:
    """The day by whose law the post is judged: that of the post, else today."""
    posted = document.post.posted_at
    return posted.date() if posted else today
