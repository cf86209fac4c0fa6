"""By when somebody would act on the offer: a departure, start or interview, in any of the languages.

Only a date beside such a word counts ("виїзд завтра", "Lot w najbliższy czwartek", "odlet 2. prosince"); a date of
publication, birth or a past season doesn't. The earliest one from today on is taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from screening.signals.number_tokens import Lexicon, NumberToken, scan
from screening.text.document import Document

READ_FIELDS = ("title", "description")
REACH_AFTER, REACH_BEFORE = 7, 5
HORIZON_DAYS = 366

_ACT: Lexicon[bool] = Lexicon(
    {
        True: "departure*, depart*, группа собирается, собирается группа, група збирається, leave, leaves, leaving, flight*, fly, flying, travel*, trip, bus leaves, start, starts, starting, start date, begin, begins, interview*, pickup, pick - up, arrival*, "
        "wyjazd*, wyjeżdża*, wylot*, odjazd*, lot, lotu, jedziemy, jadę, start*, rozpoczęci*, początek, rozmow*, rekrutacj*, przyjazd*, zjazd*, przelot*, rozpoczyn*, "
        "виїзд*, виїжд*, вильот*, виліт, відправлен*, відправк*, старт*, початок, починаємо, співбесід*, приїзд*, заїзд*, їдемо, їду, виходити, вихід на роботу, відправляєм*, набір до, "
        "выезд*, выезж*, вылет*, отправлен*, отправк*, отъезд*, начало, начинаем, собеседован*, приезд*, заезд*, едем, еду, рейс*, выход на работу, отправляем*, "
        "отпътуван*, заминаван*, заминав*, тръгва*, полет*, начало на работа, интервю, започва*, пътуван*, "
        "odlet*, odjezd*, odchod*, odcházíme, nástup*, nástupu, zahájení, pohovor*, odlietam*, odlieta*, vycestovan*, letíme, jedeme, ideme, cestuje*, odjíždí*, vyráží*, výjezd*, výjazd*, príchod*, příjezd*, začiatok, začátek, "
        "abfahrt*, abreise*, anreise*, abflug*, flug, beginn*, arbeitsbeginn, eintritt*, vorstellungsgespräch*, losfahren, fahren, fahre, "
        "plecare*, plecăm, pleacă, pleaca, zbor*, zborul, începere*, începem, interviu*, sosire*, îmbarcare, plecam, start, data plecării, "
        "salida*, salimos, viaje*, vuelo*, incorporación, incorporació, inicio*, comienzo*, entrevista*, llegada*, "
        "indulás*, indul*, utazás*, utazunk, repülés*, járat*, kezdés*, kezdet*, interjú*, érkezés*"
    }
)
_RELATIVE: Lexicon[int] = Lexicon(
    {
        0: "today, tonight, this evening, dziś, dzisiaj, dziś wieczorem, сьогодні, сегодня, днес, тази вечер, dnes, dnes večer, heute, azi, astăzi, diseară, hoy, esta noche, ma, ma este, avui",
        1: "tomorrow, jutro, завтра, утре, zítra, zitra, zajtra, morgen, mâine, maine, mañana, holnap, demà",
        2: "day after tomorrow, pojutrze, післязавтра, послезавтра, вдругиден, pozítří, pozajtra, übermorgen, poimâine, pasado mañana, holnapután",
    }
)
_MORNING_ONLY = frozenset({"morgen", "manana", "ma"})
"""Also "morning" (de, es) or another word (ro): they count only right beside the word for travel or start."""
_WEEKDAYS: Lexicon[int] = Lexicon(
    {
        0: "monday, poniedział*, понеділ*, понедельник*, понеделник, pondělí, pondelok, pondelka, montag, luni, lunes, hétfő*",
        1: "tuesday, wtorek, wtorku, вівтор*, вторник*, úterý, utorok, utorka, dienstag, marți, marti, martes, kedd*",
        2: "wednesday, środa, środę, środy, серед*, середу, среда, среду, среды, среде, сряда, středa, středu, streda, stredu, mittwoch, miercuri, miércoles, szerda, szerdán",
        3: "thursday, czwartek, czwartku, четвер*, четверг*, четвъртък, čtvrtek, štvrtok, donnerstag, joi, jueves, csütörtök*",
        4: "friday, piątek, piątku, п’ятниц*, п'ятниц*, пятниц*, петък, pátek, piatok, freitag, vineri, viernes, péntek*",
        5: "saturday, sobota, sobotę, soboty, субот*, суббот*, събота, sobotu, samstag, sâmbătă, sambata, sábado, szombat*",
        6: "sunday, niedziela, niedzielę, niedzieli, неділ*, воскресен*, неделя, neděle, neděli, nedeľa, nedeľu, sonntag, duminică, duminica, domingo, vasárnap*",
    }
)
_MONTHS: Lexicon[int] = Lexicon(
    {
        1: "january, jan, styczeń, stycznia, січень, січня, январ*, януари, leden, ledna, január*, januar, ianuarie, enero, januára",
        2: "february, feb, luty, lutego, лютий, лютого, феврал*, февруари, únor, února, február*, februar, februarie, febrero",
        3: "march, mar, marzec, marca, березень, березня, март*, březen, března, marec, märz, martie, marzo, március*",
        4: "april, apr, kwiecień, kwietnia, квітень, квітня, апрел*, април, duben, dubna, apríl*, aprilie, abril, április*",
        5: "may, maj, maja, травень, травня, май, мая, květen, května, máj, mája, mai, mayo, május*",
        6: "june, jun, czerwiec, czerwca, червень, червня, июн*, юни, červen, června, jún*, juni, iunie, junio, június*",
        7: "july, jul, lipiec, lipca, липень, липня, июл*, юли, červenec, července, júl*, juli, iulie, julio, július*",
        8: "august*, aug, sierpień, sierpnia, серпень, серпня, август*, srpen, srpna, agosto, augusztus*",
        9: "september*, sep, sept, wrzesień, września, вересень, вересня, сентябр*, септември, září, septembr*, septembrie, septiembre, szeptember*",
        10: "october, oct, październik, października, жовтень, жовтня, октябр*, октомври, říjen, října, október*, oktober, octombrie, octubre, október*",
        11: "november*, nov, listopad, listopada, листопад, листопада, ноябр*, ноември, listopadu, noiembrie, noviembre",
        12: "december*, dec, grudzień, grudnia, грудень, грудня, декабр*, декември, prosinec, prosince, dezember, decembr*, decembrie, diciembre",
    }
)
_SHORT_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})")


def read_act_by(document: Document, today: date) -> date | None:
    """The earliest date from `today` on by which somebody would travel, start or come to an interview; None if none is named.

    Words such as "tomorrow" count from the day the post was published, where that is known.
    """
    posted = document.post.posted_at.date() if document.post.posted_at else today
    found: list[date] = []
    for name in READ_FIELDS:
        field = document.field(name)
        if field is not None:
            found.extend(read_act_dates(field.repaired.text, posted))
    return min((day for day in found if today <= day <= today + timedelta(days=HORIZON_DAYS)), default=None)


def read_act_dates(text: str, posted: date) -> list[date]:
    """Dates beside words of travel, start or interview, in text order; pure core of `read_act_by`."""
    tokens = scan(text)
    found: list[date] = []
    for index in _ACT.openings(tokens):
        if not _ACT.has(tokens, index):
            continue
        dated = _first_date(tokens, range(index + 1, min(index + 1 + REACH_AFTER, len(tokens))), posted, index)
        if dated is None:
            dated = _first_date(tokens, range(index - 1, max(-1, index - 1 - REACH_BEFORE), -1), posted, index)
        if dated is not None:
            found.append(dated)
    return found


def _first_date(tokens: Sequence[NumberToken], positions: range, posted: date, cue: int) -> date | None:
    for position in positions:
        token = tokens[position]
        if token.kind == "break" and token.folded != "\n":
            return None
        near = abs(position - cue) <= 2
        found = _date_at(tokens, position, posted, near=near)
        if found is not None:
            return found
    return None


def _date_at(tokens: Sequence[NumberToken], index: int, posted: date, *, near: bool) -> date | None:
    token = tokens[index]
    if token.kind == "date":
        return _written_date(token.folded)
    if token.kind == "num":
        return _day_and_month(tokens, index, posted)
    relative = _RELATIVE.at(tokens, index)
    if relative and (near or token.folded not in _MORNING_ONLY):
        return posted + timedelta(days=relative[0])
    weekday = _WEEKDAYS.at(tokens, index)
    if weekday and not _weekly_habit(tokens, index):
        return posted + timedelta(days=(weekday[0] - posted.weekday()) % 7)
    month = _MONTHS.at(tokens, index)
    if month and len(token.folded) > 2 and index + 1 < len(tokens) and tokens[index + 1].kind == "num":
        return _dated(tokens[index + 1].value, month[0], None, posted) if tokens[index + 1].value <= 31 else None
    return None


def _weekly_habit(tokens: Sequence[NumberToken], index: int) -> bool:
    """ "Monday to Friday", "every Friday", "Mondays": a schedule, no date."""
    if index and tokens[index - 1].folded in _RANGE | _EVERY:
        return True
    following = range(index + 1, min(index + 4, len(tokens)))
    return (
        index + 1 < len(tokens)
        and tokens[index + 1].folded in _RANGE
        and any(_WEEKDAYS.has(tokens, position) for position in following)
    )


_RANGE = frozenset({"-", "–", "—", "to", "do", "до", "bis", "a", "az", "по"})
_EVERY = frozenset(
    [
        "every",
        "each",
        "kazdy",
        "kazda",
        "kazdu",
        "кожен",
        "кожної",
        "кожну",
        "каждый",
        "каждую",
        "jeden",
        "fiecare",
        "cada",
        "minden",
        "всеки",
        "jede",
        "jeden",
    ]
)


def _day_and_month(tokens: Sequence[NumberToken], index: int, posted: date) -> date | None:
    """ "2. prosince", "15 января 2026", "01.03." """
    token = tokens[index]
    after = index + 1
    while after < len(tokens) and tokens[after].folded in {".", "st", "nd", "rd", "th", "го", "de", "of"}:
        after += 1
    month = _MONTHS.at(tokens, after)
    if month and token.value == int(token.value) and 1 <= token.value <= 31:
        year_at = after + month[1]
        if year_at < len(tokens) and tokens[year_at].folded == "de":
            year_at += 1
        year = tokens[year_at].value if year_at < len(tokens) and tokens[year_at].kind == "num" else 0
        return _dated(token.value, month[0], int(year) if 2000 <= year <= 2100 else None, posted)
    short = _SHORT_DAY.fullmatch(token.folded)
    if short and not _is_clock_or_sum(tokens, index):
        return _dated(float(short[1]), int(short[2]), None, posted)
    return None


def _is_clock_or_sum(tokens: Sequence[NumberToken], index: int) -> bool:
    """ "8.30 Uhr", "12.50 €": no day and month."""
    before = tokens[index - 1].folded if index else ""
    after = tokens[index + 1].folded if index + 1 < len(tokens) else ""
    return before in {"€", "$", "£", "godz", "o", "um", "at"} or after in {
        "€", "$", "zl", "eur", "euro", "uhr", "h", "/", "pln", "kc", "час", "год", "часов", "євро", "евро", "lei", "ft", "%", "netto", "brutto", "am", "pm", "годині", "hod",
    }  # fmt: skip


def _written_date(text: str) -> date | None:
    parts = [part for part in re.split(r"[./-]", text) if part]
    if len(parts) != 3 or not all(part.isdigit() for part in parts):
        return None
    numbers = [int(part) for part in parts]
    year, month, day = numbers if numbers[0] > 31 else (numbers[2], numbers[1], numbers[0])
    if month > 12 >= day:  # month first, as in the United States
        month, day = day, month
    return _valid(year + 2000 if year < 100 else year, month, day)


def _dated(day: float, month: int, year: int | None, posted: date) -> date | None:
    if year is not None:
        return _valid(year, month, int(day))
    this_year = _valid(posted.year, month, int(day))
    if this_year is None or this_year >= posted - timedelta(days=180):
        return this_year
    return _valid(posted.year + 1, month, int(day))


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
