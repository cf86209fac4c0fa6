"""Working hours as stated: by day, week or month, and the days a week.

A number counts only with a unit of hours and a period beside it, or as a clock range in a clause about the schedule;
opening hours, call times, breaks and overtime do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from screening.signals.clock_times import clock_range
from screening.signals.found import FoundHours, Span
from screening.signals.number_tokens import Lexicon, NumberToken, numbers_in, scan
from screening.signals.pay_words import HOURS_CUES
from screening.signals.working_days import (
    DAYS,
    LINKS,
    MONTHLY,
    NO_DAYS_OFF,
    WEEKLY,
    days_beside,
    days_per_week,
    named_days,
    number_span,
    schedule_ratio,
)
from screening.text.document import Document
from screening.values.result import Hours

HoursPeriod = Literal["day", "week", "month"]
READ_FIELDS = ("title", "description", "contract")
LIMITS: dict[HoursPeriod, tuple[float, float]] = {"day": (1, 24), "week": (2, 168), "month": (8, 500)}
REACH = 6
MAX_FOUND = 12

_UNIT: Lexicon[bool] = Lexicon(
    {
        True: "h, hr, hrs, hour, hours, godz, godzin, godziny, godzin*, g, час, часа, часов, ч, год, годин, години, година, hod, hodin, hodin*, std, stunden, "
        "stunde, horas, hores, hora, ore, oră, óra, órás, órát, órában, órára, часа*, часов*, годинн*, wochenstunden, h w, val, valand*, saat, heure, heures"
    }
)
_DAILY: Lexicon[bool] = Lexicon(
    {
        True: "day, daily, giorno, jour, gün, günde, dieną, работен ден, работен, dzień, dziennie, doba, dobę, dniu, dniówk*, день, сутки, сутки, ежедневно, щодня, добу, денно, дневно, ден, den, denně, denne, deň, tag, täglich, "
        "día, dia, diarias, diarios, diario, zi, zilnic, nap, naponta, napi, рабочий день, робочий день, рабочего дня, робочого дня, shift, смену, смена, смены, зміну, зміна, "
        "zmiana, zmianę, zmiany, schicht, směna, směny, zmena, turno, műszak, tură, смяна, рабочий, робочий, jornada, days, shifts, směnách, zmianach, schichten, сменами"
    }
)
_EXCLUDED: Lexicon[bool] = Lexicon(
    {
        True: "%, zaprasz*, overtime, nadgodzin*, сверхуроч*, понаднорм*, přesčas*, nadčas*, überstunden, extra, túlóra, break, przerw*, перерыв*, перерв*, pause, pauza, pauzu, descanso, pauză, szünet, прерывание, обед*, обід*, "
        "contact, kontakt*, call, phone, tel, zadzwoń, dzwoni*, звон*, дзвон*, anruf*, llamar, telefon*, sunați, hív*, обажд*, volej*, volat, volajte, open, otwart*, opened, reply, ответ*, відпов*, within, за последние, "
        "support, helpline, hotline, help, wsparci*, szkoleni*, training, обуч*, навчан*, doświadczen*, course, kurs*, minimum experience, dyżur*, zajęć, dostaw*, delivery, dojazd*, офис*, офіс*, urząd*, urzęd*, monitor*, dostęp*, specjalist*, lekarz*, urlop*, recepcj*, biur*"
    }
)
_CALLS: Lexicon[bool] = Lexicon(
    {
        True: "kontakt*, contact*, call, phone, tel, zadzwoń, dzwoni*, telefon*, звон*, дзвон*, anruf*, llamar, zaprasz*, запрошу*, приглаша*, sunați, hív*, обажд*, volej*, volajte, piętro, osobi*, siedzib*, czynn*, gabinet*, adres, адреса, адрес"
    }
)
"""So far before the days they say that these are the times to ask in."""
_SCHEDULE: Lexicon[bool] = Lexicon(
    {
        True: "schedule, hours, shift*, work*, working, grafik*, godziny, godzin*, zmian*, prac*, график*, графік*, смен*, змін*, режим*, работ*, робот*, рабоч*, робоч*, час работы, horario, horari, jornada, turno*, trabajo, "
        "arbeitszeit*, schicht*, arbeit*, dienst*, směn*, zmen*, pracovní doba, pracovná doba, pracovn*, program, orar, munkaidő*, munkarend*, műszak*, munka, работно време, смян*, mo - fr, mon - fri, monday, понедельник*, понеділ*, "
        "poniedział*, montag, lunes, pondělí, luni, hétfő*, pn, пн, mo, пон, pon"
    }
)


@dataclass(frozen=True, slots=True)
class TextHours:
    """Hours and where they stand, in code points of the text that was read."""

    hours: Hours
    days_per_week: float | None
    start: int
    end: int


def read_hours(document: Document) -> tuple[FoundHours, ...]:
    """All stated working hours in field and text order; where days a week stand apart, they go with every entry."""
    found: list[FoundHours] = []
    for name in READ_FIELDS:
        field = document.field(name)
        if field is None:
            continue
        for entry in read_hours_text(field.repaired.text):
            span = Span(name, *field.repaired.original_span(entry.start, entry.end))
            same = any(known.hours == entry.hours and known.days_per_week == entry.days_per_week for known in found)
            if not same:
                found.append(FoundHours(entry.hours, entry.days_per_week, span))
    return tuple(found[:MAX_FOUND])


def read_hours_text(text: str) -> tuple[TextHours, ...]:
    """Pure core of `read_hours` for one text."""
    tokens = scan(text)
    days = days_per_week(tokens)
    found = [*_counted(tokens), *_clock_ranges(tokens)]
    found.sort(key=lambda entry: entry[1])
    return tuple(
        TextHours(
            hours,
            days if days is not None or hours.period != "day" else days_beside(tokens, first, last),
            tokens[first].start,
            tokens[last - 1].end,
        )
        for hours, first, last in found[:MAX_FOUND]
    )


def _counted(tokens: Sequence[NumberToken]) -> list[tuple[Hours, int, int]]:
    """Numbers with a unit of hours and a period: "10-12 часов в день", "heti 40 óra", "40 Stunden pro Woche"."""
    found: list[tuple[Hours, int, int]] = []
    read = 0
    for index in numbers_in(tokens):
        span = number_span(tokens, index) if index >= read else None
        if span is None:
            continue
        low, high, after = span
        if after + 1 < len(tokens) and tokens[after].folded == "de" and _UNIT.has(tokens, after + 1):
            after += 1  # "45 de ore"
        unit = _UNIT.at(tokens, after)
        period, last = _period_after(tokens, after + unit[1]) if unit else (None, after)
        first = index
        if unit and period is None and _of_a_day(tokens, index, after, after + unit[1]):
            period, last = "day", after + unit[1]
        if period is None:
            period, first = _period_before(tokens, index, needs_strong=unit is None)
            last = after + unit[1] if unit else after
        if unit and tokens[after].folded in {"wochenstunden", "tagesstunden"}:
            period, last = "week", after + 1
        if period and LIMITS[period][0] <= low and high <= LIMITS[period][1] and not _excluded(tokens, index, last):
            found.append((Hours(min=low, max=high, period=period), first, last))
            read = last
        else:
            read = after
    return found


def _of_a_day(tokens: Sequence[NumberToken], index: int, unit_at: int, last: int) -> bool:
    """Hours of one day though no word says so: beside days or times a week, or of a shift."""
    beside = days_beside(tokens, index, last) is not None
    return beside or _days_follow(tokens, last) or _of_a_shift(tokens, index, unit_at)


def _days_follow(tokens: Sequence[NumberToken], index: int) -> bool:
    """ "12 hodin, 6-7 dní v týdnu": hours beside days a week are hours a day."""
    if index >= len(tokens) or tokens[index].folded not in {",", "/", "x", "х", "*", "и", "i", "a", "and"}:
        return False
    if schedule_ratio(tokens, index + 1) is not None:
        return True
    span = number_span(tokens, index + 1) if index + 1 < len(tokens) else None
    return span is not None and span[1] <= 7 and DAYS.has(tokens, span[2])


_ADJECTIVES = ("godzinn", "часов", "годинн", "hodinov", "stunden", "oras", "часова")
_SYSTEMS = (
    "system",
    "tryb",
    "график",
    "графік",
    "режим",
    "grafik",
    "schicht",
    "smena",
    "смен",
    "zmian",
    "smen",
    "směn",
)
_WORK = frozenset({"prace", "praca", "pracy", "работа", "робота", "arbeit", "munka", "trabajo", "lucru"})
LONGEST_SHIFT = 16.0
SHORTEST, LONGEST = 4, 13
"""Hours between two times of a clock that are a working day."""
LONGEST_SPLIT = 10.5
LONGEST_MIDDAY = 4
"""Hours of a day in two halves, and between them."""


def _of_a_shift(tokens: Sequence[NumberToken], index: int, unit_at: int) -> bool:
    """ "system 12-godzinny", "по 14 часов без выходных", "графік: 8-10 годин": hours of one day though no word says so."""
    if not 4 <= tokens[index].value <= LONGEST_SHIFT:
        return False
    each = index > 0 and tokens[index - 1].folded in {"по", "po"} and not tokens[unit_at].folded.endswith("ach")
    if each or NO_DAYS_OFF.has(tokens, unit_at + 1):
        return True  # "po 12 godzin"; but "po 8 godzinach" is "after 8 hours"
    if index and tokens[index - 1].folded in _WORK and _item_ends(tokens, unit_at + 1):
        return True  # "práce 10 hod, záloha ..."
    before = [token.folded for token in tokens[max(0, index - 3) : index] if token.kind in ("word", "sym")]
    adjective = tokens[unit_at].folded.startswith(_ADJECTIVES)
    systems = [word for word in before if word.startswith(_SYSTEMS)]
    return bool(systems) and (adjective or before[-1:] == [":"])


def _item_ends(tokens: Sequence[NumberToken], index: int) -> bool:
    return index >= len(tokens) or tokens[index].kind == "break" or tokens[index].folded in {",", "."}


def _period_after(tokens: Sequence[NumberToken], index: int) -> tuple[HoursPeriod | None, int]:
    for position in range(index, min(index + 4, len(tokens))):
        if tokens[position].kind == "break":
            break
        named = _period_at(tokens, position)
        if named:
            return named[0], position + named[1]
        if tokens[position].folded not in LINKS:
            break
    return None, index


def _period_before(tokens: Sequence[NumberToken], index: int, *, needs_strong: bool) -> tuple[HoursPeriod | None, int]:
    """ "heti 40 óra", "Liczba godzin w tygodniu: 40"; without a unit after the number one must stand before the period."""
    for position in range(index - 1, max(-1, index - 4), -1):
        if tokens[position].kind in ("break", "num"):
            return None, index
        named = _period_at(tokens, position)
        if named:
            unit_before = any(
                _UNIT.has(tokens, at) for at in range(max(0, position - 3), position) if len(tokens[at].folded) > 2
            )
            if not needs_strong or (unit_before and tokens[index - 1].folded in {":", "–", "-"}):
                return named[0], position
            return None, index
        if tokens[position].folded not in LINKS | {":", "do", "od", "от", "до", "від", "min", "ok", "max", "около"}:
            return None, index
    return None, index


def _period_at(tokens: Sequence[NumberToken], index: int) -> tuple[HoursPeriod, int] | None:
    lexicons: tuple[tuple[HoursPeriod, Lexicon[bool]], ...] = (("day", _DAILY), ("week", WEEKLY), ("month", MONTHLY))
    named = [(period, found[1]) for period, lexicon in lexicons if (found := lexicon.at(tokens, index))]
    return max(named, key=lambda entry: entry[1], default=None)  # "робочий тиждень" is a week, "робочий" a day


def _excluded(tokens: Sequence[NumberToken], index: int, last: int) -> bool:
    for position in range(index - 1, max(-1, index - REACH), -1):
        if tokens[position].kind == "break" or (tokens[position].folded in {",", ":"} and position < index - 1):
            break
        if _EXCLUDED.has(tokens, position):
            return True
    return last < len(tokens) and _EXCLUDED.has(tokens, last) and tokens[last].kind == "word"


def _clock_ranges(tokens: Sequence[NumberToken]) -> list[tuple[Hours, int, int]]:
    """ "9:00–18:00" in a clause about the schedule, as hours a day (breaks included); several shifts become one range."""
    found: list[tuple[Hours, int, int]] = []
    ended: float | None = None
    for index in range(len(tokens) - 2):
        if tokens[index].kind not in ("time", "num") or (found and index < found[-1][2]):
            continue
        times = clock_range(tokens, index)
        goes_on = bool(found) and index - found[-1][2] <= 4
        if times is None or not (1 if goes_on else SHORTEST) <= times.length <= LONGEST:
            continue
        if goes_on and ended is not None and _is_second_half(tokens, found[-1][2], index, times.start - ended):
            known, start, _ = found[-1]
            if known.max + times.length <= LONGEST_SPLIT:
                whole = Hours(
                    min=round(known.min + times.length, 2), max=round(known.max + times.length, 2), period="day"
                )
                found[-1] = (whole, start, times.after)
                continue
        if times.length < SHORTEST:
            continue
        named = _named_just_before(tokens, index) if times.bare else _about_schedule(tokens, index)
        if named or (goes_on and tokens[index - 1].kind != "break") or _schedule_follows(tokens, index):
            hours = Hours(min=round(times.length, 2), max=round(times.length, 2), period="day")
            ended = times.end
            if goes_on:
                known, start, _ = found[-1]
                merged = Hours(min=min(known.min, hours.min), max=max(known.max, hours.max), period="day")
                found[-1] = (merged, start, times.after)
            else:
                found.append((hours, index, times.after))
    return found


def _is_second_half(tokens: Sequence[NumberToken], after: int, index: int, gap: float) -> bool:
    """ "de 9 a 14h y de 16 a 19h": one day with a long midday, not two shifts ("6-14, 14-22")."""
    joined = any(
        tokens[at].folded in {"y", "i", "e", "si", "und", "+", "and", "и", "і", "та"} for at in range(after, index)
    )
    return joined and 0 < gap <= LONGEST_MIDDAY


def _named_just_before(tokens: Sequence[NumberToken], index: int) -> bool:
    """Bare numbers are a clock's behind a word for the schedule alone: "godziny pracy: 7-15", "график с 9 до 18"."""
    for position in range(index - 1, max(-1, index - 4), -1):
        if tokens[position].kind in ("break", "num") or _EXCLUDED.has(tokens, position):
            return False
        if HOURS_CUES.has(tokens, position):
            return not _of_an_office(tokens, position)
    return False


def _about_schedule(tokens: Sequence[NumberToken], index: int) -> bool:
    for position in range(index - 1, max(-1, index - 12), -1):
        if tokens[position].kind == "break":
            return False
        if _EXCLUDED.has(tokens, position):
            return False
        ratio = tokens[position].folded == "/" and schedule_ratio(tokens, position - 1) is not None
        if ratio or _SCHEDULE.has(tokens, position) or named_days(tokens, position) is not None:
            return not _of_an_office(tokens, position)
    return False


def _schedule_follows(tokens: Sequence[NumberToken], index: int) -> bool:
    """ "с 8:00 до 20:00, график 2/2"."""
    after = range(index + 3, min(index + 5, len(tokens)))
    named = any(tokens[at].folded.startswith(("график", "графік", "grafik")) for at in after)
    return named and not _of_an_office(tokens, index)


def _of_an_office(tokens: Sequence[NumberToken], index: int) -> bool:
    """ "biuro czynne od poniedziałku ...": a word shortly before, in the same clause, says whose days these are."""
    for position in range(index - 1, max(-1, index - 9), -1):
        if tokens[position].kind == "break":
            return False
        a_share = tokens[position].folded == "%" and tokens[position - 1].kind != "num"  # "55к + %, 5/2, 10:00-19:00"
        excluded = _EXCLUDED.has(tokens, position) and not a_share
        if _CALLS.has(tokens, position) or (position >= index - 3 and excluded):
            return True
    return False
