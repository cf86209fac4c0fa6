"""Days a week that somebody works: "6 dni w tygodniu", "Mo-Fr", "5/2", "без выходных"; and the words for weeks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from screening.signals.number_tokens import DASHES, Lexicon, NumberToken, numbers_in

WEEKLY: Lexicon[bool] = Lexicon(
    {
        True: "week, weekly, wk, tydz, рабочая неделя, рабочую неделю, рабочей неделе, робочий тиждень, робочого тижня, седмиц*, tydzień, tygodniu, tygodniowo, tygodniow*, tyg, неделю, неделя, недел*, тиждень, тижн*, щотижня, седмица, седмично, седмичн*, týden, týdně, "
        "týdnu, týždeň, týždenne, týždni, woche, wöchentlich, semana, semanal*, setmana, săptămână, saptamana, săptămânal, hét, héten, heti, hetente, munkahét, munkahéten, wochenstunden, wochen, settiman*, semaine*, hebdo*, hafta*, savait*"
    }
)
MONTHLY: Lexicon[bool] = Lexicon(
    {
        True: "month, monthly, miesiąc, miesiącu, miesięczn*, mies, m - c, mc, msc, mth, месяц, мес, ежемесячно, місяць, міс, щомісяця, месечно, месец, měsíc, měsíčně, mesiac, "
        "mesačne, monat, monatlich, mes, mensual*, lună, luna, lunar, hónap, havi, havonta, mois, mensil*, mėnes*"
    }
)
LINKS = frozenset(["/", "a", "an", "per", "za", "na", "w", "we", "в", "у", "за", "на", "per", "the", "pro", "die", "der", "im", "in", "je", "al", "la", "por", "pe", "v", "ve", "pracy", "work", "роботи", "работы", "работа", "робота", "praca", "arbeit", "trabajo", "munka", "munkaidő", "práce", "prace", "lucru", "de", "hasta", "-", "–", "(", ")", ".", "czas", "wymiar", "co", "każdy", "кожен", "каждый", "it", "jeden", "raboty", "о", "munkaóra", "od", "na", "robota", "до", "am", "рабочая", "рабочую", "рабочей", "par", "al", "su"])  # fmt: skip
DAYS: Lexicon[bool] = Lexicon(
    {
        True: "days, day, dni, dnia, дней, дня, дни, днів, дні, день, dní, dny, dnů, dňa, tage, tagen, tag, días, dias, zile, nap, napos, napot, дена, giorni, jours, gün, dienas, dienų"
    }
)
NO_DAYS_OFF: Lexicon[bool] = Lexicon(
    {
        True: "no days off, no day off, without days off, 7 days a week, без выходных, без вихідних, bez dni wolnych, bez dnia wolnego, bez wolnego, ohne freie tage, ohne freien tag, "
        "bez volna, bez voľna, bez dne volna, fără zile libere, fara zile libere, sin días libres, sin descanso, szabadnap nélkül, pihenőnap nélkül, без почивни дни"
    }
)


def number_span(tokens: Sequence[NumberToken], index: int) -> tuple[float, float, int] | None:
    """A number or range of hours: (low, high, index after), suffixes as in "12-ти", "8-godzinny" skipped."""
    if tokens[index].kind != "num" or tokens[index].value > 500:
        return None
    low = high = tokens[index].value
    after = index + 1
    if after < len(tokens) and tokens[after].folded == "+":  # "250+ часов"
        after += 1
    if after + 1 < len(tokens) and tokens[after].folded in {*DASHES, "do", "to", "до", "az", "bis", "a", "/", "la"}:
        second = tokens[after + 1]
        if second.kind == "num" and low < second.value <= 2.5 * low:
            high, after = second.value, after + 2
    if after + 1 < len(tokens) and tokens[after].folded in DASHES and tokens[after + 1].kind == "word":
        after += 1
        if tokens[after].folded in {"ти", "и", "ми", "х", "годинного", "cio", "го"}:
            after += 1
    return low, high, after


def days_per_week(tokens: Sequence[NumberToken]) -> float | None:
    """ "6 dni w tygodniu", "6-7 dní v týdnu" (the lower), "5/2", "15/15" (half the days), "без выходных" (7)."""
    for index in numbers_in(tokens):
        span = number_span(tokens, index)
        if span and span[1] <= 7 and DAYS.has(tokens, span[2]):
            for position in range(span[2] + 1, min(span[2] + 4, len(tokens))):
                if WEEKLY.has(tokens, position):
                    return span[0]
                if tokens[position].folded not in LINKS:
                    break
            if any(WEEKLY.has(tokens, position) for position in range(max(0, index - 1), index)):
                return span[0]
        ratio = schedule_ratio(tokens, index)
        if ratio is not None:
            return ratio
    for index in _IN_WORDS.openings(tokens):
        if said := _IN_WORDS.at(tokens, index):
            return said[0]
    if any(NO_DAYS_OFF.has(tokens, index) for index in NO_DAYS_OFF.openings(tokens)):
        return 7.0
    if any(_is_day_off(tokens, index) for index in _ONE_DAY_OFF.openings(tokens)):
        return 6.0
    return next((days for index in _DAY_NAMES.openings(tokens) if (days := named_days(tokens, index))), None)


def days_beside(tokens: Sequence[NumberToken], first: int, last: int) -> float | None:
    """Days a week that stand right beside hours [first, last): "2x týdně 4 hodiny", "3 hrs twice a week", "10h x 6 days"."""
    for position in range(first - 1, max(-1, first - _TIMES_REACH), -1):
        if tokens[position].kind == "break":
            break
        times = _times_a_week(tokens, position)
        if times and all(token.folded in _BEFORE_HOURS for token in tokens[times[1] : first]):
            return times[0]
    behind = _times_a_week(tokens, last)
    if behind:
        return behind[0]
    multiplied = last + 1 < len(tokens) and tokens[last].folded in {"x", "х", "*", "/"}
    span = number_span(tokens, last + 1) if multiplied else None
    return span[0] if span and 1 < span[1] <= 7 and DAYS.has(tokens, span[2]) else None


_TIMES_REACH = 8
_BEFORE_HOURS = frozenset({"po", "по", ",", "je", "a", "de", "cada", "each", "for"})
_TIMES: Lexicon[bool] = Lexicon(
    {True: "x, х, times, razy, раз, раза, рази, krát, mal, veces, ori, пъти, alkalommal, volte, fois, kez"}
)
_SAID_TIMES: Lexicon[float] = Lexicon(
    {
        2.0: "twice, dwa razy, два раза, двічі, два рази, zweimal, dvakrát, dos veces, două ori, два пъти, kétszer, deux fois, due volte",
        3.0: "three times, trzy razy, три раза, тричі, dreimal, třikrát, trikrát, tres veces, trei ori, три пъти, háromszor",
    }
)


def _times_a_week(tokens: Sequence[NumberToken], index: int) -> tuple[float, int] | None:
    """ "2 раза в неделю", "hetente kétszer": how often, and the index behind."""
    said = _SAID_TIMES.at(tokens, index)
    if said is None:
        counted = index < len(tokens) and tokens[index].kind == "num" and 1 < tokens[index].value <= 7
        found = _TIMES.at(tokens, index + 1) if counted else None
        if found is None:
            return None
        said = (tokens[index].value, 1 + found[1])
    after = index + said[1]
    if index and WEEKLY.has(tokens, index - 1):
        return said[0], after
    for position in range(after, min(after + 3, len(tokens))):
        if week := WEEKLY.at(tokens, position):
            return said[0], position + week[1]
        if tokens[position].folded not in LINKS:
            break
    return None


_ONE_DAY_OFF: Lexicon[bool] = Lexicon(
    {
        True: "one day off, 1 day off, jeden dzień wolny, 1 dzień wolny, один выходной, 1 выходной, один вихідний, 1 вихідний, един почивен ден, 1 почивен ден, "
        "jeden den volna, 1 den volna, jeden deň voľna, 1 deň voľna, ein freier tag, einen freien tag, ein tag frei, 1 tag frei, o zi liberă, 1 zi liberă, "
        "un día libre, 1 día libre, egy szabadnap, 1 szabadnap, un giorno libero, un jour de repos"
    }
)


def _is_day_off(tokens: Sequence[NumberToken], index: int) -> bool:
    """One day off a week; but "один выходной в месяц"."""
    found = _ONE_DAY_OFF.at(tokens, index)
    if found is None:
        return False
    after = index + found[1]
    return not any(MONTHLY.has(tokens, position) for position in range(after, min(after + 3, len(tokens))))


_IN_WORDS: Lexicon[float] = Lexicon(
    {
        7.0: "seven days a week, siedem dni w tygodniu, семь дней в неделю, сім днів на тиждень, sieben tage die woche, sieben tage in der woche, siete días a la semana, "
        "sedm dní v týdnu, sedem dní v týždni, șapte zile pe săptămână, седем дни в седмицата",
        6.0: "six days a week, sześć dni w tygodniu, шесть дней в неделю, шість днів на тиждень, sechs tage die woche, sechs tage in der woche, seis días a la semana, "
        "šest dní v týdnu, šesť dní v týždni, șase zile pe săptămână, шест дни в седмицата",
        5.0: "five days a week, pięć dni w tygodniu, пять дней в неделю, п'ять днів на тиждень, fünf tage die woche, cinco días a la semana, pět dní v týdnu, päť dní v týždni",
    }
)
_DAY_NAMES: Lexicon[int] = Lexicon(
    {
        1: "l, h, monday, mon, poniedziałk*, poniedział*, pon, pn, понедельник*, понеділ*, пн, lunes, lun, montag, mo, pondělí, pondelok, pondelka, po, luni, hétfő*, понеделник, lunedì, lundi",
        5: "v, p, friday, fri, piątk*, piątek, pt, пятниц*, п'ятниц*, пт, viernes, vie, freitag, fr, pátek, pátku, piatok, piatku, pá, pia, vineri, péntek*, петък, venerdì, vendredi",
        6: "saturday, sat, sobot*, sob, суббот*, субот*, сб, sábado*, samstag, sa, szombat*, sâmbătă, събота",
    }
)
_SPAN_WORDS = frozenset(
    {*DASHES, "to", "do", "до", "по", "a", "bis", "az", "până", "pana", "-", "through", "thru", "la", "ig"}
)
NEAR_HOURS = 8
"""So many tokens from "Monday to Friday" hours must be named, or the days may be those of an office."""


def named_days(tokens: Sequence[NumberToken], index: int) -> float | None:
    """ "od poniedziałku do piątku w godzinach 7:00-15:00": from Monday to Friday or Saturday, beside hours."""
    first = _DAY_NAMES.at(tokens, index)
    if not first or first[0] != 1 or index + 2 >= len(tokens) or tokens[index + 1].folded not in _SPAN_WORDS:
        return None
    last = _DAY_NAMES.at(tokens, index + 2)
    letters = {tokens[index].folded, tokens[index + 2].folded}
    if not last or last[0] == 1 or (letters & {"l", "h", "v", "p"} and letters not in _INITIALS):
        return None
    around = tokens[max(0, index - NEAR_HOURS) : index + 3 + NEAR_HOURS]
    timed = any(token.kind == "time" for token in around) or any(
        one.kind == "num" and other.folded in _HOUR_WORDS for one, other in pairwise(around)
    )
    return float(last[0]) if timed else None


_INITIALS = ({"l", "v"}, {"h", "p"})
"""Monday to Friday in Romanian and Spanish, and in Hungarian."""
_HOUR_WORDS = frozenset(
    ["h", "hours", "hour", "godz", "godzin", "часов", "часа", "годин", "horas", "stunden", "std", "hodin", "ore", "ora", "ч", "год", "година", "uhr",
     "orai", "oraig", "orara"]
)  # fmt: skip


_RATIOS = {
    (5, 2),
    (6, 1),
    (2, 2),
    (3, 3),
    (4, 2),
    (4, 4),
    (7, 7),
    (14, 14),
    (15, 15),
    (30, 30),
    (3, 2),
    (4, 3),
    (1, 1),
    (1, 3),
    (1, 2),
    (45, 15),
    (60, 30),
    (28, 28),
}


def schedule_ratio(tokens: Sequence[NumberToken], index: int) -> float | None:
    """Working days a week of a schedule "on/off" that is in use; not "24/7" and not a date."""
    if index < 0 or index + 2 >= len(tokens) or tokens[index + 1].folded not in {"/", "х", "x", "на"}:
        return None
    on, off = tokens[index], tokens[index + 2]
    if on.kind != "num" or off.kind != "num" or (on.value, off.value) not in _RATIOS:
        return None
    if (index and tokens[index - 1].folded == "/") or (
        index + 3 < len(tokens) and tokens[index + 3].folded in {"/", "%"}
    ):
        return None
    return round(7 * on.value / (on.value + off.value), 2)
