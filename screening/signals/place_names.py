"""Words beside a place's name that tell what the place is to the work: goal, origin, label or none of these."""

from __future__ import annotations

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
