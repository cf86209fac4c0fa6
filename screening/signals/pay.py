"""What the offer pays, and which other amounts it names.

Numbers are found first (`pay_amounts`), then each is told apart by the words around it in the same clause: the nearest cue
before it decides, unless the words right after it name something else ("$15,000 bonus"). What counts as pay follows the
label rules of docs/data.md: base pay or total earnings; never bonuses, allowances, overtime, loans, housing or percentages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from screening.posts.post import PayBasis, PayPeriod, Salary
from screening.signals.found import FoundPay, OtherAmount, Span
from screening.signals.number_tokens import NumberToken, scan
from screening.signals.pay_amounts import Amount, find_amounts
from screening.signals.pay_context import left_context
from screening.signals.pay_glue import ungluing
from screening.signals.pay_joining import join_pays
from screening.signals.pay_kinds import Reading, kind_of, right_kind
from screening.signals.pay_terms import right_context
from screening.signals.pay_words import OPEN_END, OTHER_KINDS, PAY
from screening.signals.wage_words import offers_work
from screening.text.document import Document
from screening.values.result import Pay

MAX_PAYS = 24
"""More entries than this are a price list; the first ones are kept."""


@dataclass(frozen=True, slots=True)
class PayReading:
    pays: tuple[FoundPay, ...]
    other_amounts: tuple[OtherAmount, ...]


@dataclass(frozen=True, slots=True)
class TextPay:
    """A pay and where it stands in the text that was read, in code points."""

    pay: Pay
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TextAmount:
    kind: str
    amount: float
    currency: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PayTextReading:
    pays: tuple[TextPay, ...]
    other_amounts: tuple[TextAmount, ...]


def read_pay(document: Document, *, today: date) -> PayReading:
    """The pays of a post, number fields first, then salary text and prose in text order, and its other amounts.

    `today` is the day of the assessment: a bare number may be a year not far from it.
    """
    post = document.post
    found: list[FoundPay] = []
    others: list[OtherAmount] = []
    price = {"accommodation": "housing_cost", "transport": "other"}.get(post.kind)
    priced = price is not None and not offers_work(document)
    if post.salary and not priced and (stated := _from_fields(post.salary)):
        found.append(FoundPay(stated, None))
    for name in ("salary", "title", "description"):
        field = document.field(name)
        if field is None:
            continue
        reading = read_pay_text(
            field.repaired.text,
            today=today,
            lang_hint=document.language.main or post.language,
            field=name == "salary",
            country=post.country,
            price=price if priced or name != "salary" else None,
        )
        for entry in reading.pays:
            _add(found, FoundPay(entry.pay, Span(name, *field.repaired.original_span(entry.start, entry.end))))
        for other in reading.other_amounts:
            span = Span(name, *field.repaired.original_span(other.start, other.end))
            others.append(OtherAmount(other.kind, other.amount, other.currency, span))
    return PayReading(tuple(found[:MAX_PAYS]), tuple(others))


def _from_fields(salary: Salary) -> Pay | None:
    """Zero means not given, as on OLX."""
    low, high = salary.min or None, salary.max or None
    if low is None and high is None:
        return None
    if low is not None and high is not None and low > high:
        low, high = high, low
    return Pay(min=low, max=high, currency=salary.currency, period=salary.period, basis=salary.basis)


def read_pay_text(
    text: str, *, today: date, lang_hint: str | None, field: bool, country: str | None = None, price: str | None = None
) -> PayTextReading:
    """Pays and other amounts of one text.

    Args:
        today: the day of the assessment.
        lang_hint: ISO 639-1; tells "год" (ru year, uk hour) apart.
        field: the text is a salary field, where a bare number is pay.
        country: place of work, ISO 3166-1 alpha-2; tells which krona "kr" is.
        price: what a sum without a word for wages is (accommodation and transport offers); None where it is pay.
    """
    tokens = ungluing(scan(text))
    amounts = find_amounts(tokens, country, field=field)
    readings: list[Reading] = []
    for index, amount in enumerate(amounts):
        before = readings[-1] if readings else None
        floor = min(max(before.amount.last, before.end), amount.first) if before else 0
        ceiling = amounts[index + 1].first if index + 1 < len(amounts) else len(tokens)
        readings.append(_read(tokens, amount, floor, ceiling, before, lang_hint, field, price, today.year))
    readings = _drop_breakdowns(tokens, _share_clause(tokens, join_pays(tokens, readings)))
    pays: list[TextPay] = []
    others: list[TextAmount] = []
    for reading in readings:
        start, end = tokens[reading.amount.first].start, tokens[reading.amount.last - 1].end
        if reading.pay is not None:
            _add(pays, TextPay(reading.pay, start, tokens[max(reading.end, reading.amount.last) - 1].end))
        elif reading.kind:
            value = reading.amount.max if reading.amount.max is not None else reading.amount.min
            others.append(TextAmount(reading.kind, value or 0.0, reading.amount.currency, start, end))
    others.extend(
        TextAmount(token.kind, 0.0, None, token.start, token.end) for token in tokens if token.kind in ("phone", "date")
    )
    return PayTextReading(tuple(pays[:MAX_PAYS]), tuple(sorted(others, key=lambda other: other.start)))


def _read(
    tokens: Sequence[NumberToken],
    amount: Amount,
    floor: int,
    ceiling: int,
    before: Reading | None,
    lang_hint: str | None,
    field: bool,
    price: str | None,
    year: int,
) -> Reading:
    left = left_context(tokens, amount.first, floor, lang_hint)
    right = right_context(tokens, amount, lang_hint)
    after, after_end = right_kind(tokens, amount, left, right, ceiling)
    kind = kind_of(tokens, amount, floor, left, right, after, before, field, year)
    if price and kind == after == "other":
        kind = price  # "650 zł od osoby"
    if price and kind == "bonus" and left.addition and not (after or left.other_kind):
        kind = price  # "300 € kalt + 80 € NK"
    if kind != "pay":
        end = after_end if kind == after else _past_share(tokens, amount) if kind == "percent" else 0
        return Reading(amount, None, kind, max(right.end, end), False)
    cued = left.pay_distance is not None or (left.continues and before is not None and before.cue)
    if price and not (cued and (left.wages or left.pay_distance is None)):
        return Reading(amount, None, price, right.end, False)
    least = left.at_least or _stays_open(tokens, right.end)
    pay = Pay(
        min=amount.min,
        max=None if least and amount.min == amount.max else amount.max,
        currency=amount.currency,
        period=right.period or left.period,
        basis=right.basis or left.basis,
    )
    return Reading(amount, pay, "", right.end, cued)


def _past_share(tokens: Sequence[NumberToken], amount: Amount) -> int:
    """Behind "60% commission": the word says what the share is of, and nothing of the next amount."""
    cue = OTHER_KINDS.at(tokens, amount.last + 1)
    return amount.last + 1 + cue[1] if cue else 0


def _stays_open(tokens: Sequence[NumberToken], index: int) -> bool:
    """ "5500 zł brutto i wzwyż", "£10.42/h minimum"; but "1200 € al mes, mínimo 2 años" speaks of the years."""
    found = OPEN_END.at(tokens, index)
    after = index + found[1] if found else 0
    return found is not None and (after >= len(tokens) or tokens[after].kind != "num") and not PAY.has(tokens, after)


def _share_clause(tokens: Sequence[NumberToken], readings: list[Reading]) -> list[Reading]:
    """Within a clause, a pay without currency takes its neighbour's, and one in brackets lends its period."""
    shared = list(readings)
    for index, reading in enumerate(shared):
        if reading.pay is None:
            continue
        pay = reading.pay
        after = shared[index + 1] if index + 1 < len(shared) else None
        before = shared[index - 1] if index else None
        gap = list(tokens[reading.end : after.amount.first]) if after else []
        same_clause = after is not None and len(gap) <= 5 and not any(token.kind == "break" for token in gap)
        if after is not None and same_clause:
            opening = any(token.folded == "(" for token in gap)
            adding = any(token.folded in {"+", "plus"} for token in gap)
            converted = [token.folded for token in gap] == ["/"] and pay.currency != after.amount.currency
            neighbour = after.pay
            if pay.currency is None and after.amount.currency and (opening or adding):
                pay = replace(pay, currency=after.amount.currency)
                if adding and pay.period is None and pay.basis is None:
                    context = right_context(tokens, after.amount, None)
                    pay = replace(pay, period=context.period, basis=context.basis)
            if converted and neighbour is not None and pay.period is None:  # "900$/80.000р в неделю"
                pay = replace(pay, period=neighbour.period)
            if opening and neighbour is not None and pay.period is None and _restates(pay, neighbour):
                pay = replace(pay, period=neighbour.period)
        if pay.currency is None and before is not None and before.pay is not None and before.pay.currency:
            between = tokens[before.end : reading.amount.first]
            if len(between) <= 6 and not any(token.kind == "break" for token in between):
                pay = replace(pay, currency=before.pay.currency)
        shared[index] = replace(reading, pay=pay)
    return shared


MOST_IN_TAX = 3.0


def _restates(one: Pay, other: Pay) -> bool:
    """ "5000 zł brutto (3700 zł netto / mies.)": the same pay before and after tax; "3 811 PLN (18 zł netto/h)" isn't."""
    sums = (one.max or one.min or 0.0, other.max or other.min or 0.0)
    return one.basis != other.basis and max(sums) <= MOST_IN_TAX * min(sums)


def _drop_breakdowns(tokens: Sequence[NumberToken], readings: list[Reading]) -> list[Reading]:
    """ "19.30 (18.30 base + 1 bonus)" and "13.27 + 5.12 % = 13.95": the sum is the pay, its parts are not."""
    kept = list(readings)
    for index, reading in enumerate(readings):
        if reading.pay is None:
            continue
        ahead = [token.folded for token in tokens[max(0, reading.amount.first - 3) : reading.amount.first]]
        opened = "(" in ahead and ")" not in ahead
        window = [token.folded for token in tokens[reading.end : reading.end + 8]]
        inside = window[: window.index(")")] if ")" in window else window
        part_of_total = opened and index > 0 and readings[index - 1].pay is not None and "+" in inside
        if part_of_total and "vat" not in window[: window.index("+") + 2]:
            kept[index] = replace(reading, pay=None, kind="")
        if window[:1] == ["+"] and "=" in window:
            kept[index] = replace(reading, pay=None, kind="")
    return kept


def _add[Entry: (FoundPay, TextPay)](entries: list[Entry], entry: Entry) -> None:
    """The same pay repeated is one; what either leaves open the other fills in."""
    for index, known in enumerate(entries):
        merged = _merge(known.pay, entry.pay)
        if merged is not None:
            entries[index] = replace(known, pay=merged)
            return
    entries.append(entry)


def _merge(one: Pay, other: Pay) -> Pay | None:
    if one.min != other.min or one.max != other.max:
        opened = one.min == other.min and one.min is not None and None in (one.max, other.max)
        if not (opened and one.min in (one.max, other.max)):
            return None  # "od 27 zł ... 27,00/godz." is one pay, stated openly once
    period: PayPeriod | None = one.period or other.period
    basis: PayBasis | None = one.basis or other.basis
    currency = one.currency or other.currency
    for mine, theirs in ((one.period, other.period), (one.basis, other.basis), (one.currency, other.currency)):
        if mine is not None and theirs is not None and mine != theirs:
            return None
    highest = one.max if one.max == other.max else None
    return Pay(min=one.min, max=highest, currency=currency, period=period, basis=basis)
