"""Short posts: the right language is among those whose rules are tried, even where few words leave it open."""

import pytest

from screening.rules.languages import LANGUAGE_BITS
from screening.rules.library import load_rules
from screening.text.language import detect_language

SHORT = {
    "pl": [
        "Paszport oddajecie kierownikowi",
        "Umowa będzie później, na miejscu",
        "Odebrać paczkę i zostawić w skrytce",
    ],
    "cs": ["Smlouvu podepíšeš až tam", "Pas odevzdáte vedoucímu", "Sběr jahod, stany na místě"],
    "sk": ["Zmluvu podpíšeš až tam", "Zber jahôd, stany na mieste", "Pas odovzdáte vedúcemu"],
    "de": ["Vertrag kommt später", "Erdbeerernte, Zelte vor Ort", "Den Pass gebt ihr dem Chef"],
    "hu": ["Szerződés később lesz", "Az útlevelet leadjátok a főnöknek", "A telefon az irodában van"],
    "es": ["Si te vas antes, pagas el billete", "El contrato llega después", "Cama gratis para una mujer"],
    "ro": ["Contractul vine mai târziu", "Nu spune nimănui unde pleci", "Pat gratuit pentru o femeie"],
    "bg": ["Договорът идва по-късно", "Телефонът стои в офиса", "Стая срещу готвене"],
    "uk": ["Договір буде пізніше", "Нікому не кажи, куди їдеш", "Кімната за готування"],
    "ru": ["Договор будет позже", "Никому не говори, куда едешь", "Комната за готовку"],
    "en": ["Contract comes later", "Nobody needs to know where you go", "Free bed for one woman"],
}


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language, texts in SHORT.items() for text in texts]
)
def test_the_rules_of_a_short_text_s_language_are_tried(language: str, text: str) -> None:
    assert load_rules().languages_for(detect_language(text)) & LANGUAGE_BITS[language]


def test_a_clear_text_has_one_language() -> None:
    text = "Szukamy pracowników do magazynu w Poznaniu, zapewniamy zakwaterowanie i umowę o pracę."
    assert detect_language(text).languages == ("pl",)
