import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.text import language
from screening.text.language import detect_language
from screening.training.language_evaluation import LanguageRow, fixture_rows

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


ROWS = list(fixture_rows(Path(__file__).parents[2] / "data" / "language"))
WHOLE = [row for row in ROWS if row.kind not in ("mixed", "neighbour")]


@pytest.mark.parametrize("row", WHOLE, ids=lambda row: f"{row.lang}-{row.kind}-{row.text[:20]}")
def test_posts_in_every_manner_of_writing(row: LanguageRow) -> None:
    guess = detect_language(row.text)
    assert row.lang in guess.languages
    assert guess.supported
    assert guess.transliterated == (row.kind == "transliterated")


def test_hardly_a_short_post_is_taken_for_another_language() -> None:
    wrong = [row.text for row in WHOLE if detect_language(row.text).main != row.lang]
    assert len(wrong) <= len(WHOLE) // 100, wrong


@pytest.mark.parametrize("row", [row for row in ROWS if row.kind == "mixed"], ids=lambda row: row.text[:20])
def test_every_language_of_a_mixed_post_is_named(row: LanguageRow) -> None:
    assert set(detect_language(row.text).languages) == set(row.lang.split("+"))


@pytest.mark.parametrize("row", [row for row in ROWS if row.kind == "neighbour"], ids=lambda row: row.lang)
def test_neighbours_without_rules_are_named(row: LanguageRow) -> None:
    guess = detect_language(row.text)
    assert guess.main in ({"et", "fi"} if row.lang == "et" else {row.lang})
    assert not guess.supported


def test_a_language_that_the_table_does_not_hold_is_asked_of_the_ngrams() -> None:
    text = "Tunatafuta wafanyakazi wa ghala mjini Nairobi, makazi yanatolewa bure na mshahara hulipwa kila wiki."
    assert detect_language(text).main == "sw"


@pytest.mark.parametrize(
    ("expected", "title"),
    [
        ("ru", "Python-разработчик"), ("pl", "QA Engineer (praca zdalna)"), ("uk", "Працівник кухні (без досвіду)"),
        ("bg", "Шофьор категория C+E"), ("cs", "řidič vysokozdvižného vozíku"), ("sk", "vodič vysokozdvižného vozíka"),
        ("ro", "operator mașini de cusut"), ("es", "Operador/a de carretilla elevadora"), ("lt", "Sandėlio darbuotojas"),
    ],
)  # fmt: skip
def test_titles_alone(expected: str, title: str) -> None:
    assert detect_language(title).main == expected


def test_a_word_repeated_endlessly_says_no_more_than_once() -> None:
    assert detect_language("n n n n n n n n n n n n n n n n " + SENTENCES["en"][0]).main == "en"


def test_a_second_language_late_in_a_long_post_is_named() -> None:
    text = SENTENCES["pl"][0] * 5 + "\n" + SENTENCES["uk"][0] * 5
    assert detect_language(text).languages == ("pl", "uk")


@given(st.text(max_size=300))
def test_any_text_gets_the_same_answer_twice(text: str) -> None:
    guess = detect_language(text)
    assert guess == detect_language(text)
    assert (guess.main is None) == (guess.languages == ())
    assert guess.main is None or guess.languages[0] == guess.main


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


CATALAN = (
    "NECESSITEM INCORPORAR UN/A AUXILIAR PER COBRIR TORN DE NIT, AMB EXPERIENCIA. SETMANA LLARGA I SETMANA CURTA.",
    "Ajudant de cuina o cambrer amb minima experiencia per hotel petit, incorporacio immediata",
    "FUSTERIA NECESSITA FUSTER OFICIAL AMB EXPERIENCIA, HORARI DE 8 A 14 I DE 15 A 18 H, DE DILLUNS A DIVENDRES",
    "Busquem conductor de taxi per la ciutat. Horari rotatiu.",
    "CERQUEM A UN/A MONITOR/A DE MENJADOR PER UN CENTRE ESCOLAR, HORARI LABORAL DE DILLUNS A DIVENDRES",
    "Auxiliar administratiu, cobertura de vacances, horari de matins de dilluns a divendres",
    "PERSONAL DE NETEJA AMB EXPERIENCIA PER A OFICINES, JORNADA PARCIAL",
)
SPANISH = (
    "SE NECESITA AUXILIAR PARA CUBRIR TURNO DE NOCHE CON EXPERIENCIA. SEMANA LARGA Y SEMANA CORTA.",
    "Camarero para restaurante en Els Pallaresos, contrato temporal, horario de tarde",
    "BUSCAMOS PERSONAL DE LIMPIEZA PARA OFICINAS EN SANT CUGAT DEL VALLES, JORNADA PARCIAL DE TARDES",
    "Carpintero oficial con experiencia, horario de lunes a viernes, Vilanova i la Geltru",
)


@pytest.mark.parametrize("text", [*CATALAN, *(text.lower() for text in CATALAN)])
def test_catalan_is_not_taken_for_spanish(text: str) -> None:
    guess = detect_language(text)
    assert (guess.main, guess.supported) == ("ca", False)


@pytest.mark.parametrize("text", [*SPANISH, *(text.lower() for text in SPANISH)])
def test_spanish_with_catalan_names_stays_spanish(text: str) -> None:
    assert detect_language(text).main == "es"
