"""What the evaluations of language and disguise rest on: their disguises and their readers."""

import random
from pathlib import Path

import pytest

from screening.assessment.screener import Screener
from screening.errors import UnreadableInputError
from screening.text.number_words import number_in_words
from screening.training.disguise import DISGUISES, evaluate_disguises
from screening.training.language_evaluation import LanguageRow, evaluate_language, is_held_out, score_rows

TEXT = {
    "uk": "Паспорт віддаєте водієві, зарплата 300 євро, пишіть на @boss",
    "pl": "Paszport oddajecie kierowcy, płacimy 300 euro, piszcie na a@b.pl",
}


@pytest.mark.parametrize("name", sorted(DISGUISES))
@pytest.mark.parametrize("language", sorted(TEXT))
def test_a_seed_gives_the_same_disguise_again(name: str, language: str) -> None:
    first, second = (DISGUISES[name](TEXT[language], language, random.Random(3)) for _ in range(2))
    assert first == second
    assert ("@boss" in first or "@BOSS" in first or "@b" in first.lower()) or name == "small typos"


@pytest.mark.parametrize(
    ("name", "language", "disguised"),
    [
        ("keycap digits", "uk", "3️⃣0️⃣0️⃣"),
        ("numbers as words", "uk", "триста"),
        ("transliteration, chat", "uk", "Pasport viddaete"),
        ("missing diacritics", "pl", "placimy"),
        ("ALL CAPS", "pl", "PASZPORT"),
    ],
)
def test_what_a_disguise_does(name: str, language: str, disguised: str) -> None:
    text = TEXT[language].replace("віддаєте", "viddaete") if "viddaete" in disguised else TEXT[language]
    assert disguised in DISGUISES[name](text, language, random.Random(3))


@pytest.mark.parametrize(
    ("number", "language", "words"),
    [
        (16, "ru", "шестнадцать"), (300, "de", "dreihundert"), (1_500, "pl", "tysiąc pięćset"), (2_000, "uk", "дві тисячі"),
        (20_000, "ro", "douăzeci de mii"), (37, "en", None), (2_350, "es", None), (0, "hu", None), (5, "xx", None),
    ],
)  # fmt: skip
def test_numbers_in_words(number: int, language: str, words: str | None) -> None:
    assert number_in_words(number, language) == words


def test_disguises_are_scored_against_the_plain_text() -> None:
    pair = {"pair": "uk1", "lang": "uk", "post_type": "job", "country": "PL"}
    rows = [
        pair | {"id": "uk1-risky", "variant": "risky", "min_tier": "review", "text": "Робота на складі в Польщі, паспорт забираємо і віддамо після сезону. Пишіть у вайбер"},
        pair | {"id": "uk1-benign", "variant": "benign", "text": "Робота на складі в Польщі, паспорт лишається у вас"},
        pair | {"id": "uk5-risky", "pair": "uk5", "variant": "risky", "min_tier": "review", "text": "Робота"},
    ]  # fmt: skip
    evaluation = evaluate_disguises(rows, [], Screener.load(), names=("plain", "zero width"))
    score = evaluation.by_disguise["zero width"]["all"]
    assert (score.risky, score.genuine, score.lost, score.flagged) == (1, 1, 0.0, score.plain_flagged)
    assert set(evaluation.by_disguise["plain"]) == {"all", "uk"}
    assert evaluation.missed["zero width"] == ()


def test_language_rows_are_scored_by_kind_and_balanced() -> None:
    rows = [
        LanguageRow("Шукаємо працівників на склад", "uk", "full", "s"),
        LanguageRow("We are looking for a waitress", "pl", "full", "s"),
        LanguageRow("Szukamy pracowników do magazynu.\nШукаємо працівників на склад.", "pl+uk", "mixed", "s"),
    ]
    evaluation = score_rows(rows)
    assert evaluation.balanced == {"full": 0.5}
    assert evaluation.by_language["full"]["pl"].taken_for == (("en", 1),)
    assert evaluation.mixed["pl+uk"].share == 1.0


def test_missing_data_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError):
        evaluate_language(tmp_path)


def test_about_a_tenth_is_held_out() -> None:
    assert 60 < sum(is_held_out(f"key {number}") for number in range(1_000)) < 140
