"""Words beside a place's name that tell what the place is to the work: goal, origin, label or none of these."""

from __future__ import annotations

import re

from screening.text.fold import fold


def _folded(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split())


IN_WORDS = _folded(
    "в у на до во уві do w we na v ve nach in im bei în in la catre spre en a para to at near near lângă kolo u pri za przy k"
)
"""Prepositions of place or goal."""

FROM_WORDS = _folded("з із зі від од из изо с со от z ze od aus von vom din dinspre de desde from depuis")
"""Prepositions of origin."""

AIM_WORDS = _folded(
    """для dla für fur pentru pro pre за para for hledáme hledam hladame hľadám шукаємо шукаю ищем ищу търсим търся търси
    szukamy szukam poszukujemy suchen gesucht căutăm caut cautam buscan busco buscamos se looking hiring wanted keresünk
    keresek запрошуємо приглашаем zapraszamy може можливо klidně klidne także также також тільки только само лише tylko
    nur doar csak sólo only приймаємо принимаем zatrudnimy беремо берем требуются потрібні потрібно нужны"""
)
"""Words after which a people is whom the offer seeks."""

AND_WORDS = _folded("and і й та и i oraz a und și si y e és es ta або или lub or oder sau nebo alebo o vagy")

PERSON_STEMS = tuple(
    sorted(
        _folded(
            """дівчин дівчат жін людей люд осіб особ працівник робітник девуш женщ рабоч работник бежен біжен мам сім
            хлопц парн мужчин чоловік girl women woman men people person worker employee citizen refugee candidate kobiet osob
            dziewczyn ludzi pracownik pan uchodźc obywatel frau mensch leute mitarbeiter flüchtling bewerber chica mujer person
            trabajador gente señorita žen zen uprchl lid lidi pracovn muž mamink dívk divk dievč femei fete persoan oameni
            muncitor lány nő munkás ember жен момич момчет хора работниц кандидат kandydat kandidat"""
        )
    )
)
"""Beginnings of words for people: "women from Ukraine"."""

WORK_STEMS = tuple(
    sorted(
        _folded(
            """робот прац виїзд вакансі работ труд выезд ваканс praca prac wyjazd zatrudn arbeit job stelle einsatz work vacanc
            munc lucr plecare angaj práce prác zaměst zamestn munka állás trabaj empleo labor відправ отправля запрош"""
        )
    )
)

PLACE_LABELS = tuple(
    sorted(
        _folded(
            """місце место miejsce lokalizacja lokalizac location місто город країна страна kraj land ort arbeitsort standort
            einsatzort lugar ubicación ubicacion país locul locația locatia tara miesto místo misto helye helyszín адрес адреса
            град държава г м регіон регион region"""
        )
        - {"г", "м", "kraj", "land", "ort"}
    )
)
"""Beginnings of words that announce the place of work."""

NOT_WORK_BEFORE = tuple(
    sorted(_folded("клієнт клиент klient customer kunde client польськ мов язык język język jezyk"))
)
NOT_WORK_AFTER = tuple(
    sorted(_folded("мова мови мову язык языка language jezyk sprache limba jazyk idioma nyelv паспорт"))
)

CAPITAL_ONLY = _folded(
    """polska polski polske polsku polsko česka ceska ceske ceskou dania dani danii slovenska rumuni bulgari romani litva malta
    malty china kina peru chile cuba indie america oman island sua vae uk kenia georgia рф peru rusi niemcow danska ruska rusko
    rusku litvy polky turkei jordania indien wales пари bali"""
)
"""Forms that are also ordinary words or adjectives: a place only with a capital letter."""

PLACE_ONLY_IF_SAID = _folded(
    """essen есен ессен эссен split kent porto порту faro ruse русе bari бари барі cork nice lincoln cambridge oxford вене вена вену
    віден рим риме римі rim rime rom roma суми сумах сумы бон bonn ulm urk parma парма modena модена pula pule arad balti
    samara bern brest брест sopot opole kolin almere victoria georgia orlando boston dallas austin perm пермь перми brema
    haga istra istria tychy wales болгар"""
)
"""Names that are also ordinary words: a place only after a preposition of place, or after a label such as "Location:"."""

STREET_BEFORE = _folded(
    """al aleja aleje alejach alei ul ulica ulicy ulice ulici вул вулиця вулиці вулицею ул улица улице улицы пр проспект
    проспекті бул булевард plac placu rynek calle avenida avda avinguda carrer plaza str strada strazii bulevardul bd nám
    namesti namestie"""
)
STREET_AFTER = _folded(
    "street road avenue lane strasse straße str allee utca út útja tér tere ulice ulica třída trida street"
)
"""Beside a place's name they make it a street's: "Al. Jerozolimskie" is in Warsaw."""

COMPANY_FORMS = _folded("sp gmbh ltd sro srl inc llc kft ag ab bv oy as zrt ооо тов")
"""After a place's name they make it part of a company's: "Adecco Poland Sp. z o.o."."""

MONEY_OF_ONE_COUNTRY = re.compile(
    r"\d[ \t\xa0]{0,2}(?:(?:тис|тыс|тысяч|тисяч|хил|tys|tis|tisíc|mii|ezer|k|к)\.?[ \t\xa0]{0,2}(?:de )?)?(?:(?P<PL>zł|zl|зл|злот\w{1,3}|pln)|(?P<CZ>k[čc]|czk|(?:чешск\w{0,3} )?крон\w{0,2}|korun\w{0,2})"
    r"|(?P<HU>ft|huf|forint\w{0,3}|форинт\w{0,3})|(?P<RO>lei|ron)|(?P<UA>грн|грив\w{0,4}|uah)|(?P<CH>chf|franken)"
    r"|(?P<GB>gbp|pounds?|фунт\w{0,3})|(?P<IL>шекел\w{0,3}|shekel\w{0,2}|ils)|(?P<SE>sek)|(?P<NO>nok)|(?P<DK>dkk)"
    r"|(?P<KZ>kzt|тенге|теңге|тг(?![ \t]{0,3}[:@]))|(?P<TR>try|tl|лир\w{0,2})|(?P<BG>лв|лева|bgn)|(?P<AE>aed|дирхам\w{0,3}|dirham\w{0,2})|(?P<TH>thb|baht|бат\w{0,2}))(?!\w)|(?P<GB2>£)\s?\d"
    r"|(?<!\w)(?:(?P<PL2>pln)|(?P<CZ2>czk)|(?P<HU2>huf)|(?P<RO2>ron)|(?P<CH2>chf)|(?P<GB3>gbp)|(?P<NO2>nok)|(?P<DK2>dkk)|(?P<SE2>sek)|(?P<AE2>aed))\s?\d",
    re.IGNORECASE,
)
"""Pay in the money of one country, where nothing else tells where the work is. Crowns are taken for Czech ones."""

WEIGHT_BEFORE = re.compile(r"\b(?:lift|carry|weigh|push|pull|load)\w{0,4}(?:\s\w{1,10}){0,5}\s\d{0,6}$", re.IGNORECASE)
"""Before "40 pounds" it says that they are a weight."""
