import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.posts.post import Post
from screening.text.language import detect_language
from screening.text.reading import read_document
from screening.text.repair import repair
from screening.text.transliteration import to_cyrillic
from screening.training.romanisation import SCHEMES, romanise

SENTENCES = {
    "uk": "Шукаємо дівчат на склад у Чехії, житло безкоштовно, зарплата щотижня, паспорт залишається у вас",
    "ru": "Ищем девушек на склад в Чехии, жильё бесплатно, зарплата каждую неделю, паспорт остаётся у вас",
    "bg": "Търсим момичета за склад в Чехия, квартира безплатно, заплата всяка седмица, паспортът остава у вас",
}
WAYS = [(language, scheme) for language, schemes in SCHEMES.items() for scheme in schemes]


@pytest.mark.parametrize(("language", "scheme"), WAYS)
def test_every_way_of_writing_is_told_and_undone(language: str, scheme: str) -> None:
    written = romanise(SENTENCES[language], language, scheme)
    assert written.isascii() or scheme == "carons"
    guess = detect_language(repair(written).text)
    assert (guess.main, guess.transliterated) == (language, True)
    document = read_document(Post.from_generic({"id": "1", "description": written}, platform="p"))
    plain = read_document(Post.from_generic({"id": "1", "description": SENTENCES[language]}, platform="p"))
    found = [token.folded for token in document.fields[0].tokens]
    wanted = [token.folded for token in plain.fields[0].tokens]
    assert len(found) == len(wanted)
    assert sum(a == b for a, b in zip(found, wanted, strict=True)) >= len(wanted) - 3, (found, wanted)


def test_quotes_are_what_was_written_and_addresses_stay() -> None:
    text = "Rabota v 4ujbina za jeni, plashtame vsqka sedmica, pishete na @boss_1 ili na boss@rabota.bg"
    document = read_document(Post.from_generic({"id": "1", "description": text}, platform="p"))
    field = document.fields[0]
    assert "transliterated" in field.repaired.disguises
    assert "@boss_1" in field.repaired.text and "boss@rabota.bg" in field.repaired.text
    spans = {token.folded: field.repaired.original_span(token.start, token.end) for token in field.tokens}
    assert {word: text[slice(*spans[word])] for word in ("чужбина", "жени", "всяка", "седмица")} == {
        "чужбина": "4ujbina", "жени": "jeni", "всяка": "vsqka", "седмица": "sedmica",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "We are looking for a waitress in London, room included, call Anna.",
        "Poszukujemy kelnerki do restauracji w Krakowie, mieszkanie zapewniamy.",
        "Hľadáme čašníčku do reštaurácie v Nitre, ubytovanie zabezpečíme.",
        "Cautam chelnerita la restaurant in Cluj, oferim cazare si masa.",
    ],
)
def test_other_languages_stay_as_they_are(text: str) -> None:
    document = read_document(Post.from_generic({"id": "1", "description": text}, platform="p"))
    assert document.fields[0].repaired.text == text


@settings(deadline=None)  # the first one loads the words
@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz46' .,@ščŽ", max_size=80), st.sampled_from(["uk", "ru", "bg"]))
def test_every_span_lies_within_the_original(text: str, language: str) -> None:
    changed = to_cyrillic(repair(text), language)
    assert changed.original == text
    for start in range(len(changed.text)):
        from_, to = changed.original_span(start, start + 1)
        assert 0 <= from_ < to <= len(text)
