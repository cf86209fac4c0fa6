import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.posts.post import Post
from screening.text.document import FieldText
from screening.text.reading import read_document
from screening.text.typos import Corrections


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("passsport", "passport"), ("pasport", "passport"), ("paspsort", "passport"), ("passporrt", "passport"),
        ("документті", "документі"), ("документи", "документти"),
    ],
)  # fmt: skip
def test_one_slip_of_the_key(word: str, meant: str) -> None:
    assert Corrections([meant], [])[word] == meant


@pytest.mark.parametrize(
    ("word", "other"),
    [("passport", "passport"), ("bassport", "passport"), ("passpor", "passport"), ("passporta", "passport"), ("work", "word"), ("passqort", "passport")],
)  # fmt: skip
def test_first_letters_endings_and_short_words_are_no_slips(word: str, other: str) -> None:
    assert not Corrections([other], [])[word]


letters = st.text("abc", min_size=6, max_size=9)


def slips_of(meant: str) -> set[str]:
    doubled = {meant[:place] + meant[place - 1 :] for place in range(1, len(meant) + 1)}
    shorter = (meant[:place] + meant[place + 1 :] for place in range(1, len(meant) - 1))
    dropped = {word for word in shorter if not meant.startswith(word)}  # that would be the ending alone
    swapped = {
        meant[:place] + meant[place + 1] + meant[place] + meant[place + 2 :] for place in range(1, len(meant) - 1)
    }
    return (doubled | dropped | swapped) - {meant}


@given(letters, letters)
def test_every_slip_is_found_and_nothing_else(meant: str, other: str) -> None:
    table = Corrections([meant], [])
    slips = slips_of(meant)
    assert all(table[word] == meant for word in slips)
    assert (table[other] == meant) == (other in slips)


def test_a_real_word_beside_a_rule_word_is_left_alone() -> None:
    table = Corrections(["passport", "salary"], ["passprt"])
    assert (table["pasport"], table["passprt"], table["passport"], table["banana"]) == ("passport", None, None, "")


def test_two_different_words_one_slip_away_leave_it_open() -> None:
    assert Corrections(["contract", "contrast"], [])["contrasct"] == ""


def read(text: str, language: str) -> FieldText:
    return read_document(
        Post.from_generic({"id": "1", "description": text, "language": language}, platform="p")
    ).fields[0]


@pytest.mark.parametrize(
    ("language", "text", "meant", "written"),
    [
        ("en", "You give your passpport to the driver", "passport", "passpport"),
        ("uk", "Паспотр віддаєте водієві", "паспорт", "Паспотр"),
        ("pl", "Paszprot oddajecie kierowcy", "paszport", "Paszprot"),
    ],
)
def test_the_word_meant_is_read_and_the_word_written_quoted(language: str, text: str, meant: str, written: str) -> None:
    field = read(text, language)
    token = next(token for token in field.tokens if token.folded == meant)
    start, end = field.repaired.original_span(token.start, token.end)
    assert text[start:end] == written
    assert field.repaired.disguises == frozenset()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We pay for your passport photos; contracts are signed before departure"),
        ("uk", "Паспорт лишається у вас, договір підписуємо до виїзду"),
        ("de", "Der Reisepass bleibt bei Ihnen, der Vertrag wird vorher unterschrieben"),
        ("cs", "Smlouvu podepíšeme před odjezdem, pas zůstává u vás"),
        ("pl", "Opiekanka i zapiekanka dla opiekunki"),
        ("en", "Two women for one month, a hundred percent honest"),
    ],
)
def test_clean_text_comes_back_as_it_is(language: str, text: str) -> None:
    assert read(text, language).repaired.offsets == ()


@pytest.mark.parametrize(
    ("language", "text", "figures"),
    [
        ("en", "We pay three hundred euros a week", "300 euros"),
        ("uk", "Платимо п'ятсот євро, вік від шістнадцяти", "500 євро"),
        ("pl", "Zmiany po piętnaście godzin dziennie, płacimy dwa tysiące złotych", "2000 złotych"),
        ("de", "Der Platz kostet dreihundert Franken", "300 Franken"),
        ("hu", "A papírért tizenötezer forintot kérünk", "15000 forintot"),
        ("ro", "Plătiți patru sute euro la sosire", "400 euro"),
        ("bg", "Търсим момичета на шестнадесет", "16"),
        ("es", "Se paga treinta y cinco euros por noche", "35 euros"),
        ("cs", "Za místo chci tři tisíce korun", "3000 korun"),
    ],
)
def test_numbers_in_words_are_read_as_figures_and_quoted_as_words(language: str, text: str, figures: str) -> None:
    field = read(text, language)
    assert figures in field.repaired.text
    start = field.repaired.text.index(figures)
    from_, to = field.repaired.original_span(start, start + len(figures))
    assert not any(char.isdigit() for char in text[from_:to])


def test_thousand_after_a_figure_stays() -> None:
    assert "60 mil pesos" in read("Cobramos 60 mil pesos por adulto", "es").repaired.text


@settings(deadline=None)  # the first one loads the words
@given(st.text(alphabet="aeiprstoзапсорт 's", max_size=60), st.sampled_from(["en", "uk", "de"]))
def test_every_span_lies_within_the_original(text: str, language: str) -> None:
    field = read(text + " three hundred euros", language)
    for start in range(len(field.repaired.text)):
        from_, to = field.repaired.original_span(start, start + 1)
        assert 0 <= from_ < to <= len(field.repaired.original)
