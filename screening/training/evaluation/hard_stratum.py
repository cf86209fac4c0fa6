"""The hard stratum: ordinary adverts that speak of work abroad, housing, an agency or no experience, as lures do.

Told by words alone, in Polish, Spanish, Russian and English, the languages of the ordinary adverts. The lists are this
project's own; they are meant to draw the line wide, not to judge anything.
"""

from __future__ import annotations

import re

from screening.text.tokens import words_of

STRATA = ("abroad", "accommodation", "agency", "no_experience")

# Stems on folded words (lower case, no diacritics, и for й, е for ё), each from the beginning of a word.
_STEMS: dict[str, tuple[str, ...]] = {
    "abroad": (
        "abroad", "overseas", "visa sponsorship", "work permit", "relocation",
        "za granic", "zagranic", "wyjazd do", "(?:w|do) (?:niemcz|niemiec|holandi|belgi|norwegi|austri|szwajcari|francj|dani[ai]\\b|"
        "szwecj|angli|irlandi|czech|wielkiej brytani|luksemburg|hiszpani|wloszech|wloch)",
        "extranjer", "(?:en|a) (?:alemania|francia|reino unido|inglaterra|holanda|suiza|portugal|italia|irlanda|belgica|noruega|andorra)",
        "за границ", "за рубеж", "зарубеж", "заграниц", "в (?:германи|польш|чехи|евросоюз|европ|израил|коре|финлянди|литв|турци|дуба)",
    ),
    "accommodation": (
        "accommodation", "housing", "lodging", "live in", "room and board", "dormitor",
        "zakwaterowan", "mieszkani[ea] (?:sluzbow|pracownicz|zapewn)", "nocleg", "kwater", "hotel pracownicz",
        "alojamiento", "vivienda", "interna\\b", "interno\\b",
        "проживан", "жиль[еяю]", "общежити", "вахт",
    ),
    "agency": (
        "staffing", "recruitment agency", "employment agency", "on behalf of our client", "our client",
        "agencj\\w* (?:prac|zatrudn|posredn)", "kraz\\b", "dla naszego klienta", "pracy tymczasow", "certyfikat\\w* nr",
        "ett\\b", "empresa de trabajo temporal", "trabajo temporal", "para importante empresa", "nuestro cliente",
        "кадров\\w* агентств", "агентств\\w* (?:занятост|труд)", "аутсорс", "аутстаф",
    ),
    "no_experience": (
        "no experience", "without experience", "experience not required", "experience is not required", "no prior experience", "entry level",
        "bez doswiadczeni", "doswiadczenie nie (?:jest )?(?:wymagan|koniecz)", "nie wymagamy doswiadczeni",
        "sin experiencia", "no (?:es )?(?:necesari\\w*|se requiere|se precisa) experiencia", "experiencia no (?:necesaria|requerida)",
        "без опыт", "опыт не (?:требу|важен|нужен|обязател)", "опыт работы не (?:требу|важен|нужен|обязател)",
    ),
}  # fmt: skip
_PATTERNS = {name: re.compile(rf"\b(?:{'|'.join(stems)})") for name, stems in _STEMS.items()}


def strata_of(text: str) -> tuple[str, ...]:
    """The strata whose words stand in the text, in the order of `STRATA`; empty for an advert outside the hard stratum."""
    words = " ".join(words_of(text))
    return tuple(name for name in STRATA if _PATTERNS[name].search(words))
