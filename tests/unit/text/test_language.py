import sys

import pytest

from screening.text import language
from screening.text.language import detect_language

SENTENCES = {
    "en": [
        "We are looking for warehouse workers, accommodation is provided.",
        "Waitress wanted",
        "Cleaner needed in London",
    ],
    "uk": [
        "Шукаємо працівників на склад, житло надаємо безкоштовно.",
        "Потрібна офіціантка",
        "Робота в Польщі для жінок",
    ],
    "ru": [
        "Ищем работников на склад, жильё предоставляем бесплатно.",
        "Требуется официантка",
        "Работа в Польше для женщин",
    ],
    "bg": [
        "Търсим работници за склад, осигуряваме безплатна квартира.",
        "Търси се сервитьорка",
        "Работа в чужбина за момичета",
    ],
    "pl": ["Szukamy pracowników do magazynu, zapewniamy zakwaterowanie.", "Kelnerka od zaraz", "Praca w Niemczech"],
    "ro": [
        "Căutăm lucrători pentru depozit, oferim cazare gratuită.",
        "Angajăm ospătăriță",
        "Locuri de munca in Germania",
    ],
    "de": ["Wir suchen Lagerarbeiter, die Unterkunft wird gestellt.", "Kellnerin gesucht", "Arbeit in Deutschland"],
    "cs": [
        "Hledáme pracovníky do skladu, ubytování zajistíme zdarma.",
        "Servírka do restaurace",
        "Práce v Německu pro ženy",
    ],
    "sk": [
        "Hľadáme pracovníkov do skladu, ubytovanie zabezpečíme zdarma.",
        "Čašníčka do reštaurácie",
        "Práca v Nemecku pre ženy",
    ],
    "hu": [
        "Raktári munkásokat keresünk, ingyenes szállást biztosítunk.",
        "Pincérnő munka",
        "Munka Németországban nőknek",
    ],
    "es": [
        "Buscamos trabajadores para almacén, ofrecemos alojamiento gratis.",
        "Camarera para restaurante",
        "Trabajo en Alemania",
    ],
}


@pytest.mark.parametrize(("expected", "text"), [(name, text) for name, texts in SENTENCES.items() for text in texts])
def test_supported_languages(expected: str, text: str) -> None:
    guess = detect_language(text)
    assert (guess.main, guess.supported) == (expected, True)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("lt", "Ieškome darbuotojų sandėlyje, siūlome nemokamą apgyvendinimą."),
        ("it", "Cerchiamo lavoratori per il magazzino, offriamo alloggio gratuito."),
        ("fr", "Nous recherchons des ouvriers pour un entrepôt, logement offert."),
        ("tr", "Depo için işçi arıyoruz, konaklama ücretsizdir."),
    ],
)
def test_other_languages_are_named_as_unsupported(expected: str, text: str) -> None:
    guess = detect_language(text)
    assert (guess.main, guess.supported) == (expected, False)


@pytest.mark.parametrize("text", ["", "😀😀😀", "12345 678", "..", "+380 67 123 45 67", "x", "@a @b"])
def test_no_prose_has_no_language(text: str) -> None:
    guess = detect_language(text, hint="uk")
    assert (guess.main, guess.languages, guess.supported) == (None, (), False)


def test_both_languages_of_a_mixed_text_are_listed() -> None:
    text = SENTENCES["uk"][0] + "\n" + SENTENCES["en"][0]
    assert set(detect_language(text).languages) == {"uk", "en"}
    assert detect_language(SENTENCES["uk"][0] * 20).languages == ("uk",)


def test_the_hint_decides_what_the_text_leaves_open() -> None:
    assert detect_language("Barista Mokka", hint="pl").main == "pl"
    assert detect_language(SENTENCES["uk"][0], hint="en").main == "uk"


def test_the_plain_package_gives_the_same_where_the_wheel_is_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    language._ngrams.cache_clear()
    fast = [language._by_ngrams(text.lower()) for text in SENTENCES["cs"]]
    monkeypatch.setitem(sys.modules, "langdetect_rs", None)
    language._ngrams.cache_clear()
    plain = [language._by_ngrams(text.lower()) for text in SENTENCES["cs"]]
    language._ngrams.cache_clear()
    assert [[found for found, _ in guesses] for guesses in plain] == [
        [found for found, _ in guesses] for guesses in fast
    ]


@pytest.mark.timeout(10)
@pytest.mark.parametrize("unit", ["a", "@", "a@", "http://", "ы", " "])
def test_hostile_text_stays_fast(unit: str) -> None:
    detect_language(unit * 100_000)
