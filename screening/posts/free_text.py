"""Cues in posts that are text alone (chats, mails, pasted text): whether somebody seeks instead of offering, and the kind.

Cues are whole phrases in the words of the languages screened. A doubtful text stays an offer of a job: leaving out an offer
costs more than reading a post too many.
"""

from __future__ import annotations

import re

from screening.posts.post import PostKind

SEEKER_REASON = "its author is looking for work, a place or a lift, and offers none"
_LOOKED_AT = 600
_SEEKER_WITHIN = 160

# "I am looking for work": first person, and the thing sought is work, not a worker. "Ищу работницу", "szukam pracownika" and
# "шукаємо" are offers; "looking for a job?" asks the reader.
# A word between, but no preposition: "ищу девушку на работу" is an offer.
_FILLER = r"(?:(?!(?:на|для|в|у|до|за|по|із|з|do|na|w|dla|la|pentru|în|für|zur|als|pro|k|za|for|to|at|para|de|en)\s)[\w-]{1,20},?\s){0,2}"
_SEEKER = re.compile(
    rf"(?:"
    rf"шукаю\s{_FILLER}(?:роботу|підробіток|підробітку|вакансію|житло|кімнату|квартиру|попутку)"
    rf"|(?:ищу|ищем)\s{_FILLER}(?:работу|подработку|вакансию|жилье|жильё|комнату|квартиру|попутку)"
    rf"|(?:сниму|зніму|винайму)\s{_FILLER}(?:квартиру|комнату|кімнату|жилье|жильё|житло|дом|будинок)"
    rf"|(?:szukam|poszukuję|poszukuje)\s{_FILLER}(?:pracy|zatrudnienia|zlecenia|zleceń|mieszkania|pokoju|podwózki)"
    rf"|podejmę\s{_FILLER}pracę"
    rf"|(?:caut|căutăm|cautam)\s{_FILLER}(?:de\slucru|de\smuncă|de\smunca|loc\sde\smuncă|loc\sde\smunca|serviciu|chirie)"
    rf"|търся\s{_FILLER}(?:работа|квартира|стая)"
    rf"|(?:hledám|hľadám)\s{_FILLER}(?:práci|prácu|brigádu|ubytování|ubytovanie|byt|pokoj)"
    rf"|munkát\skeresek|keresek\s{_FILLER}(?:munkát|állást|albérletet)"
    rf"|busco\s{_FILLER}(?:trabajo|empleo|piso|habitación|habitacion)"
    rf"|(?:ich\s|wir\s)?such(?:e|en)\s{_FILLER}(?:arbeit|job|arbeitsstelle|wohnung|zimmer|mitfahrgelegenheit)"
    rf"|(?:i\sam|i'm|i’m|we\sare|we're)\s{_FILLER}(?:looking|searching)\sfor\s{_FILLER}(?:job|work|employment|room|flat|apartment|lift)"
    rf")(?!\w|\s?\?)",
    re.IGNORECASE,
)
_OFFERING = re.compile(
    r"\b(?:потрібн[іаоий]|шукаємо|запрошуємо|пропонуємо|заробітна\sплата|вакансія:|требу[ею]тся|приглашаем|предлагаем|набираем|зарплата\sот"
    r"|нужны\s|zatrudnimy|zatrudnię|oferujemy|szukamy|poszukujemy|angajăm|angajam|oferim|търсим|предлагаме|hledáme|hľadáme|nabízíme|ponúkame"
    r"|keresünk|kínálunk|buscamos|ofrecemos|wir\ssuchen|wir\sbieten|we\soffer|we\sare\shiring|hiring|пишите\sв\s(?:лс|личку)|пишіть\sв\s(?:пп|особисті))",
    re.IGNORECASE,
)
_OPENING_QUOTE = re.compile("[«„“\"']\\s?$")

_ACCOMMODATION = re.compile(
    r"\b(?:зда(?:м|ю|ється|ется|ємо|ем)\s(?:\w{1,20}\s){0,3}(?:квартир\w{0,4}|кімнат\w{0,4}|комнат\w{0,4}|житло|жилье|жильё|будинок|дом|койк\w{0,4}|ліжк\w{0,4})"
    r"|сда(?:м|ю|ется|ётся|ем)\s(?:\w{1,20}\s){0,3}(?:квартир\w{0,4}|комнат\w{0,4}|жилье|жильё|дом|койк\w{0,4})"
    r"|(?:безкоштовне|бесплатное)\s(?:житло|жилье|жильё)\s(?:для|жінк|женщин)\w{0,10}|прихищу|прийму\s(?:\w{1,20}\s){0,3}(?:у|в)\sсебе|приму\sу\sсебя"
    r"|wynajm(?:ę|e|iemy)|do\swynajęcia|pokój\sdla|przyjm(?:ę|iemy)\s(?:\w{1,20}\s){0,3}pod\sdach"
    r"|închiriez|inchiriez|de\sînchiriat|de\sinchiriat|ofer\scazare|давам\sпод\snаем|давам\sпод\sнаем"
    r"|vermiete|zu\svermieten|zimmer\sfrei|biete\s(?:\w{1,20}\s){0,3}(?:unterkunft|zimmer|wohnung)"
    r"|pronajmu|k\spronájmu|prenajmem|na\sprenájom|nabízím\s(?:\w{1,20}\s){0,2}ubytování|kiadó\s(?:szoba|lakás|albérlet)"
    r"|alquilo|se\salquila|room\s(?:for\srent|available|to\slet)|(?:flat|apartment)\s(?:for\srent|to\slet|available)"
    r"|(?:offer|offering)\s(?:\w{1,20}\s){0,3}(?:room|accommodation|shelter|housing)\sfor\s(?:women|girls|refugees|ukrainian\w{0,4}))",
    re.IGNORECASE,
)
_TRANSPORT = re.compile(
    r"\b(?:(?:возьм[уё]м?|візьм[уе]м?о?)\s(?:\w{1,20}\s){0,3}(?:попутчик\w{0,4}|попутниц\w{0,4}|попутник\w{0,4}|пасажир\w{0,4}|пассажир\w{0,4}|дівчин\w{0,4}|девушк\w{0,4}|людей|людину)"
    r"|(?:їду|еду|їдемо|едем|виїжджаю|выезжаю)\s[^.!?]{3,80}?\s(?:є|есть|візьму|возьму|місц\w{1,3}|мест\w{0,2})\b"
    r"|пасажирські\sперевезення|пассажирские\sперевозки|перевезення\sпасажирів|перевозка\sпассажиров|безкоштовн\w{0,4}\sтрансфер|бесплатн\w{0,4}\sтрансфер"
    r"|евакуаці\w{1,4}\s(?:з|із|до)\s|вільн\w{1,4}\sмісц\w{1,4}\s(?:в|у)\s(?:авто|машин|бус)\w{0,6}|свободн\w{1,4}\sмест\w{0,4}\sв\s(?:авто|машин|бус)\w{0,6}"
    r"|przewóz\sosób|wolne\smiejsca\sw\s(?:aucie|busie)|zabiorę\s(?:\w{1,20}\s){0,3}(?:osob\w{1,4}|pasażer\w{0,4}|dziewczyn\w{0,4}|kobiet\w{0,4})|darmowy\stransport"
    r"|transport\spersoane|iau\spasageri|превоз\sна\sпътници|mitfahrgelegenheit|nehme\s(?:\w{1,20}\s){0,3}(?:mit|personen)|kostenlose\s(?:mit)?fahrt"
    r"|spolujízda|vezmu\s(?:\w{1,20}\s){0,3}s\ssebou|vezmem\s(?:\w{1,20}\s){0,3}so\ssebou|utast\s(?:viszek|keresek)"
    r"|(?:free\s)?(?:lift|ride)s?\s(?:to|from|for|across)\s|seats?\s(?:free|available|left)\sin\s(?:my|the|our)\s(?:car|van|bus)|can\s(?:take|drive)\s(?:\w{1,20}\s){0,3}to\sthe\sborder)",
    re.IGNORECASE,
)
# A room or a bus seat named at the very beginning, where the text isn't about cleaning or mending rooms or about driving for pay.
_ROOM_FIRST = re.compile(
    r"\b(?:кімнат[аиу]|комнат[ауы]|квартир[ауи]|прихист\w{1,4}|ночівл\w{1,3}|стая|квартира|pokój|kawalerka|mieszkanie|nocleg\w{0,2}|cameră|garsonieră|zimmer|wohnung"
    r"|unterkunft|pokoj|ubytování|ubytovanie|szoba|szállás|lakás|albérlet|habitación|room(?!\s(?:attendant|maid|cleaner|service|division))|flat|apartment|shelter|lodging)\b",
    re.IGNORECASE,
)
_SEATS_FIRST = re.compile(
    r"\b(?:minibus|minivan|van|bus|busik|бус|мікроавтобус|микроавтобус|маршрутка|автобус|microbuz|autobuz|kleinbus|mikrobusz)\b[^.!?]{1,80}"
    r"\b(?:seats?|місц\w{1,3}|мест\w{0,2}|места|miejsc\w{0,2}|locuri|plätze|míst\w{0,2}|miest\w{0,2}|hely)\b",
    re.IGNORECASE,
)
_SERVICE = re.compile(
    r"\b(?:убор\w{1,6}|прибиран\w{1,3}|ремонт\w{0,5}|отделк\w{1,3}|sprzątani\w{1,2}|remont\w{0,3}|wykończeni\w{1,2}|clean\w{0,4}|reinig\w{0,6}|úklid\w{0,2}|upratovani\w{1,2}"
    r"|takarít\w{0,3}|curățeni\w{1,2}|limpieza|почиств\w{1,5})\b",
    re.IGNORECASE,
)
_BEGINNING = 60

_WORK = re.compile(
    r"\b(?:робот[аиу]|роботі|вакансі\w{1,3}|зарплат\w{1,3}|ставк\w{1,3}|работ[аеуы]|вакансии|praca|pracy|pracownik\w{0,4}|zatrudni\w{1,5}|stawka|muncă|munca|salariu"
    r"|водитель|водій|водія|водителя|kierowc\w{1,4}|driver|fahrer|șofer|sofer|шофьор|řidič\w{0,2}|vodič\w{0,2}|sofőr|conductor"
    r"|обязанност\w{1,3}|обов.язк\w{1,3}|требования|вимоги|obowiązk\w{1,4}|wymagania|duties|requirements|aufgaben|náplň|cerințe"
    r"|angaj\w{1,5}|работници|заплата|arbeit|mitarbeiter|stelle|lohn|práce|mzda|plat|práca|munka|fizetés|trabajo|sueldo|job|work|salary|wage|vacanc\w{1,3})\b",
    re.IGNORECASE,
)


def is_seeker(text: str) -> bool:
    """Whether a free text is by somebody looking for work, a place or a lift, and offers nothing.

    The cue must stand near the beginning, neither quoted nor asked, and nothing in the text may offer.
    """
    start = " ".join(text[:_LOOKED_AT].split())
    for match in _SEEKER.finditer(start[: _SEEKER_WITHIN + 100]):
        if match.start() > _SEEKER_WITHIN or _inside_word(start, match.start()):
            continue
        if _OPENING_QUOTE.search(start[: match.start()]) or _is_asked(start, match.end()):
            continue
        return _OFFERING.search(start) is None
    return False


def guess_kind(text: str) -> PostKind:
    """The kind of a free text: a lift or a place only where it is offered as such and the text isn't about work first."""
    start = " ".join(text[:_LOOKED_AT].split())
    work = _WORK.search(start)
    found: list[tuple[int, PostKind]] = []
    if match := _TRANSPORT.search(start):
        found.append((match.start(), "transport"))
    if match := _ACCOMMODATION.search(start):
        found.append((match.start(), "accommodation"))
    if not found:
        return _kind_at_beginning(start, work)
    position, kind = min(found)
    return "job" if work is not None and work.start() < position else kind


def _kind_at_beginning(start: str, work: re.Match[str] | None) -> PostKind:
    beginning = start[:_BEGINNING]
    if _SERVICE.search(beginning):
        return "job"
    seats = _SEATS_FIRST.search(start)
    if seats is not None and seats.start() < _BEGINNING and (work is None or work.start() > seats.end()):
        return "transport"
    if work is not None and work.start() < _BEGINNING:
        return "job"
    return "accommodation" if _ROOM_FIRST.search(beginning) else "job"


def _inside_word(text: str, start: int) -> bool:
    return start > 0 and (text[start - 1].isalnum() or text[start - 1] == "#")


def _is_asked(text: str, end: int) -> bool:
    """Whether the sentence that goes on from `end` closes with a question mark."""
    for character in text[end : end + 120]:
        if character == "?":
            return True
        if character in ".!;":
            return False
    return False
