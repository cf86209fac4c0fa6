import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.text.repair import repair
from screening.text.typos import Corrections, correct_typos, slip


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("passsport", "passport"), ("pasport", "passport"), ("paspsort", "passport"), ("passporrt", "passport"),
        ("документті", "документі"), ("документи", "документти"),
    ],
)  # fmt: skip
def test_one_slip_of_the_key(word: str, meant: str) -> None:
    assert slip(word, meant)


@pytest.mark.parametrize(
    ("word", "other"),
    [("passport", "passport"), ("bassport", "passport"), ("passpor", "passport"), ("passporta", "passport"), ("work", "word"), ("passqort", "passport")],
)  # fmt: skip
def test_first_letters_endings_and_short_words_are_no_slips(word: str, other: str) -> None:
    assert not slip(word, other)


def test_a_real_word_beside_a_rule_word_is_left_alone() -> None:
    table = Corrections(["passport", "salary"], ["passprt"])
    assert (table["pasport"], table["passprt"], table["passport"], table["banana"]) == ("passport", None, None, "")


def test_two_different_words_one_slip_away_leave_it_open() -> None:
    assert Corrections(["contract", "contrast"], [])["contrasct"] == ""


@pytest.mark.parametrize(
    ("language", "text", "mended"),
    [
        ("en", "You give your passpport to the driver", "You give your passport to the driver"),
        ("uk", "Паспотр віддаєте водієві", "паспорт віддаєте водієві"),
        ("pl", "Paszprot oddajecie kierowcy", "paszport oddajecie kierowcy"),
    ],
)
def test_the_word_meant_is_read_and_the_word_written_quoted(language: str, text: str, mended: str) -> None:
    corrected = correct_typos(repair(text), language)
    assert corrected.text == mended
    place = next(index for index in range(len(mended)) if mended[index] != text[index] or len(mended) != len(text))
    assert corrected.disguises == frozenset()
    word = next(w for w in mended.split() if w not in text.split())
    start = mended.index(word)
    from_, to = corrected.original_span(start, start + len(word))
    assert text[from_:to] in text.split()
    assert place <= start + len(word)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We pay for your passport photos; contracts are signed before departure"),
        ("uk", "Паспорт лишається у вас, договір підписуємо до виїзду"),
        ("de", "Der Reisepass bleibt bei Ihnen, der Vertrag wird vorher unterschrieben"),
        ("cs", "Smlouvu podepíšeme před odjezdem, pas zůstává u vás"),
        ("pl", "Opiekanka i zapiekanka dla opiekunki"),
        ("xx", "Anything goes"),
    ],
)
def test_clean_text_comes_back_as_the_same_object(language: str, text: str) -> None:
    repaired = repair(text)
    assert correct_typos(repaired, language) is repaired


@given(st.text(alphabet="aeiprstoзапсорт 's", max_size=60))
def test_every_span_lies_within_the_original(text: str) -> None:
    corrected = correct_typos(repair(text), "uk")
    for start in range(len(corrected.text)):
        from_, to = corrected.original_span(start, start + 1)
        assert 0 <= from_ < to <= len(text)
