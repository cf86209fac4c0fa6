"""How legal names are written: a name before or after a legal form, and bodies that are named without one."""

from __future__ import annotations

import re

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŐŒŔŘŚŞŠŢŤŪŮŰŲŹŻŽȘȚА-ЯЁЄІЇҐ"
_WORD = rf"[{_UPPER}0-9](?:[\w&\-'’+]|\.(?=\w)){{0,30}}"
_LINK = r"(?:&|and|und|i|a|y|e|и|і|та|de|del|la|of|der|für|pro|na|dla|в)"
_NAME = rf"{_WORD}(?: (?:{_LINK} )?{_WORD}){{0,4}}"
_QUOTED = r"[\"„“«»”'‚‘][^\"„“«»”'\n]{2,60}[\"“”«»'’]"

_FORMS_AFTER = (
    r"Sp\.? ?z\.? ?o\.? ?o\.?(?: ?[Ss]p\. ?[kj]\.)?|[Ss]p[óo][łl]ka z ograniczon[ąa] odpowiedzialno[śs]ci[ąa]|[Ss]p\. ?[kjpc]\.|S\.[ ]?A\.(?: de C\.V\.)?|S\.[ ]?C\.|SA\b"
    r"|GmbH(?: ?& ?Co\.? ?KGa?A?)?|g?GmbH|mbH|UG(?: ?\(haftungsbeschränkt\))?|AG|KG|OHG|e\.? ?K\.|e\.? ?V\.|eG"
    r"|spol\. ?s ?r\. ?o\.|s\. ?r\. ?o\.|a\. ?s\.|v\. ?o\. ?s\.|k\. ?s\.|z\. ?[súu]\.|o\. ?p\. ?s\.|o\. ?z\."
    r"|S\. ?R\. ?L\.?|SRL|S\. ?L\. ?U?\.?|SLU?|S\. ?Coop\.?|PFA|I\. ?I\."
    r"|Kft\.?|Zrt\.?|Nyrt\.?|Bt\.|Kkt\.|e\. ?v\."
    r"|Co\.?,? Ltd\.?|Pte\.? Ltd\.?|Pty\.? Ltd\.?|Sdn\.? Bhd\.?|Pvt\.? Ltd\.?|Ltd\.?|Limited|LLC|L\.L\.C\.|LLP|plc|Inc\.?|Corp\.?|Corporation|FZE|FZCO|FZ-LLC"
    r"|B\. ?V\.|BV|BVBA|N\. ?V\.|NV|S\.?à ?r\.?l\.?|Sàrl|SARL|SAS|S\. ?p\. ?A\.|SpA|d\. ?o\. ?o\.|d\. ?d\.|A/S|ApS|Oy|AB|OÜ|SIA|UAB|Lda\.?|A\.Ş\.|Ltd\. Şti\."
    r"|ЕООД|ООД|ЕАД|АД|ГмбХ|ГмбГ|ЕТ|с\.р\.о\.|с\.г\.|Лтд\.?"
)
_FORMS_BEFORE = r"ТОВ|ТзОВ|ПрАТ|ПАТ|ФОП|ПП|ДП|КП|ТДВ|ООО|ОАО|ЗАО|ПАО|АО|ИП|ЧП|ЧУП|ОДО|ГБУ|ГБУЗ|ГБОУ|МБОУ|МБДОУ|МАОУ|МАДОУ|МКУ|МБУ|МАУ|ГАУ|ГАУЗ|ФГБУ|ФГБОУ|ФКУ|МУП|ГУП|СПК|КФХ|ТОО|ЕТ|S\.?C\.(?= )|P\.?P\.?H\.?U\.?|PPHU|FHU|F\.H\.U\.|ZUH"

AFTER_FORM = re.compile(rf"(?<!\w)(?P<name>{_QUOTED}|{_NAME}),?[ \xa0](?P<form>{_FORMS_AFTER})(?!\w)")
BEFORE_FORM = re.compile(rf"(?<!\w)(?P<form>{_FORMS_BEFORE})[ \xa0]{{1,2}}(?P<name>{_QUOTED}|{_NAME})")
CLEARLY_NAMED = re.compile(
    r"(?<!\w)(?:(?:[Аа]генці\w{1,3}|[Аа]гентств\w{1,3}|[Кк]омпан[іи]\w{1,3}|[Фф]ірм\w{1,3}|[Фф]ирм\w{1,3}|[Кк]ооператив\w{0,3}|[Фф]онд\w{0,3}|[Гг]отел\w{1,3}|[Оо]тел\w{1,3}|[Хх]отел\w{0,3}"
    r"|[Рр]есторан\w{0,3}|[Оо]рганізаці\w{1,3}|[Оо]рганизаци\w{1,3}|[Сс]ообществ\w{1,3}|[Сс]дружени\w{1,3}|[Фф]ондаци\w{1,3}|[Кк]лінік\w{1,3}|[Кк]линик\w{1,3}|[Мм]агазин\w{0,3}|[Мм]ереж\w{1,3}|[Сс]ет\w{1,2}|[Ш]кол\w{1,3}"
    r"|ГО|БФ|НУО|НПО)[ ](?P<n1>" + _QUOTED + r"|[A-ZА-ЯІЇЄҐ][A-Za-z][\w&.\-]{1,30}(?: [A-Z][\w&.\-]{1,30}){0,3})"
    r"|(?:[Aa]gencj\w{1,3} [Pp]racy(?: [Tt]ymczasowej)?|[Aa]gencj\w{1,3} [Zz]atrudnienia|[Ff]undacj\w{1,3}|[Ss]towarzyszeni\w{1,3}|[Ss]p[óo][łl]dzielni\w{1,3}|[Rr]estauracj\w{1,3}|[Hh]otel\w{0,4}|HOTEL"
    r"|[Aa]gent[uú]r\w{1,2}|[Ss]polk\w{0,3}|[Ss]dru[žz]en\w{1,3}|[Nn]ada[cč]\w{1,3}|[Rr]estaurac\w{1,2}|[Pp]enzi[oó]n\w{0,3}|[Dd]ru[žz]stv\w{1,3}|[Nn]ezisk\w{1,6}"
    r"|[Aa]gen[tțţ]i\w{1,3}|[Aa]socia[tțţ]i\w{1,3}|[Ff]unda[tțţ]i\w{1,3}|[Cc]ooperativ\w{0,3}|[Rr]estaurant\w{0,4}|[Pp]ensiun\w{1,3}"
    r"|[Gg]enossenschaft|[Vv]erein|[Ss]tiftung|[Gg]asthof|[Gg]asthaus|[Pp]flegedienst|[Ww]einschenke"
    r"|ONG|[Aa]sociaci[oó]n|[Ff]undaci[oó]n|[Rr]estaurante|NGO|[Hh]ostel|[Aa]lap[ií]tv[aá]ny|[Ee]gyes[uü]let)[ ](?P<n2>" + _QUOTED + rf"|{_NAME}))"
)  # fmt: skip
"""Two name groups: n1 after Cyrillic words, where only a quoted or Latin name is taken, and n2."""

FORM_IN_COMPANY = re.compile(
    rf"(?<!\w)(?:{_FORMS_AFTER}|{_FORMS_BEFORE}|SP\.? ?Z\.? ?O\.? ?O\.?|SPÓŁKA Z OGRANICZONĄ ODPOWIEDZIALNOŚCIĄ|GMBH|S\.R\.O\.|KFT\.?|LTD\.?)(?!\w)"
)

QUOTED_AFTER = re.compile(
    r"(?<!\w)(?:[Cc]ompany|[Ff]oundation|[Cc]ooperative|[Cc]harity|[Aa]gency|[Ee]mpresa|[Aa]gencia|[Ff]irm[aąęy]|[Ff]irmie|[Ff]irma|[Kk]ft)[ ](?P<name>"
    + _QUOTED
    + r")"
)
"""Common words for a firm: what follows is its name only in quotation marks."""

UNNAMED_COMPANY = re.compile(
    r"^(?:confidential\w{0,3}|private|private person|private employer|osoba prywatna|prywatnie|приватна особа|частное лицо|частна особа|приватний роботодавець|"
    r"частно лице|privatperson|privat|soukrom\w{1,3} osoba|persoan[aă] fizic[aă]|mag[aá]nszem[eé]ly|particular|anonym\w{0,4}|n/?a|none|null|unknown|-+|\.+|"
    r"(?:konfidencjaln\w|poufn\w|klient\w{0,3}) ?.{0,60}|(?:our )?client|nie podano|не указано|не вказано|company confidential)$",
    re.IGNORECASE,
)
NOT_A_NAME = re.compile(
    r"(?:(?:EN|CON|DE|EL|LA|LAS|LOS|PARA|POR|Dla|W|Z|Na|Do|Od|In|At|For|And|With|As|Join|Microsoft Dynamics|Tymczasowej)(?: .{0,60})?|"
    r"(?:London|LONDON|Importante|Tributaria|Operations|Stawka|Wykorzystywanie|Stanowisko|Excellence Award|Programista)|"
    r"My|We|Our|The|This|Wir|Unser\w{0,2}|Nasz\w{0,3}|Praca|Firma|Firm|Company|Компанія|Компания|Робота|Работа|Вакансия|Вакансія|Manager\w{0,2}(?: .{0,30})?|Hotel|"
    r"Oferuj\w{0,3}|Poszukuj\w{0,3}|Zatrudni\w{0,3}|Zapewni\w{0,4}|Możliw\w{0,4}|Stabiln\w{0,3}|Wymaga\w{0,4}|Mile|Umow\w{0,3}|Twoj\w{0,3}|Czekam\w|"
    r"Pay|Sales|Negociabil|Suche|Sucht|Bieten|Wir bieten|\d{1,6})",
    re.IGNORECASE,
)
CLIENT_BEFORE = re.compile(
    r"(?:(?:our|the) client|naszego klienta|nasz\w{0,3} klient\w{0,3}|klient\w{0,3}|unser\w{0,2} kunde\w{0,2}|для клієнта|клиента|клієнт\w{0,2})[,:]?\s{0,2}$",
    re.IGNORECASE,
)
