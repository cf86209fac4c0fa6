"""What the signals find: the facts of a post that rules, pay check and links build on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from screening.values.result import Hours, Pay, PayCheck, Sector


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a post's own field, in code points of the original text."""

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FoundPay:
    pay: Pay
    span: Span | None  # None where it comes from a number field


@dataclass(frozen=True, slots=True)
class OtherAmount:
    """A number that is not pay, typed as what it is, since a fee or a deduction is evidence.

    `kind` is one of those that `pay_kinds` tells apart. Money: fee, deposit, deduction, penalty, housing_cost, advance, loan,
    bonus, other; these but "other" set a mark (`amount.fee` ..., see `corridor.AMOUNT_MARKS`). No money: age, hours,
    vacancies, percent, duration, distance, reference, phone, date, other.
    """

    kind: str
    amount: float
    currency: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class FoundHours:
    hours: Hours
    days_per_week: float | None
    span: Span


@dataclass(frozen=True, slots=True)
class Contact:
    """`value` is normalised (E.164, lower-cased handle or address) and never leaves the scoring step in the clear."""

    kind: str  # phone, email, telegram, viber, whatsapp, signal, facebook, instagram, url, iban, wallet
    value: str = field(repr=False)  # kept out of logs and tracebacks
    country: str | None  # ISO 3166-1 alpha-2, of a phone or IBAN
    span: Span | None  # None where it comes from the contacts field
    mobile: bool | None = None  # phones only, None where the plan doesn't tell
    freemail: bool | None = None  # e-mail only


@dataclass(frozen=True, slots=True)
class Employer:
    """Who offers, as far as the post says. A number is a claim until somebody checks it in the register."""

    name: str | None
    legal_form: str | None  # GmbH, Sp. z o.o., s.r.o., ТОВ, ...
    registration: tuple[tuple[str, str], ...]  # (register, number): ("KRAZ", "12345"), ("NIP", ...), ("EDRPOU", ...)
    agency_licence: bool
    span: Span | None


@dataclass(frozen=True, slots=True)
class Place:
    work_country: str | None
    city: str | None
    origins: tuple[str, ...]  # countries whose people the offer aims at
    abroad: bool | None  # work in another country than the one it is advertised in or aimed at; None: can't tell
    contact_countries: tuple[str, ...]
    span: Span | None


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of one post."""

    pays: tuple[FoundPay, ...]
    other_amounts: tuple[OtherAmount, ...]
    hours: tuple[FoundHours, ...]
    pay_check: PayCheck
    sector: Sector | None
    place: Place
    contacts: tuple[Contact, ...]
    employer: Employer
    act_by: date | None
