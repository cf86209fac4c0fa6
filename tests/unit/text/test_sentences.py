import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.text.sentences import quotation_spans, split_sentences


def pieces(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Work in Poland. Call us!", ["Work in Poland.", "Call us!"]),
        ("Praca od 8.00 do 16.30, ul. Długa 5, tel. 600.", ["Praca od 8.00 do 16.30, ul. Długa 5, tel. 600."]),
        ("Firma ABC Sp. z o.o. szuka pracownika.", ["Firma ABC Sp. z o.o. szuka pracownika."]),
        ("Firma Novák s.r.o. hledá řidiče", ["Firma Novák s.r.o. hledá řidiče"]),
        ("Berufe, z.B. Koch, gesucht.", ["Berufe, z.B. Koch, gesucht."]),
        ("Оплата 20 000 грн. на місяць. Житло є.", ["Оплата 20 000 грн. на місяць.", "Житло є."]),
        ("Зарплата 20000. Проживання є", ["Зарплата 20000.", "Проживання є"]),
        ("оплата щодня. проживання безкоштовно", ["оплата щодня.", "проживання безкоштовно"]),
        ("Без досвіду\nОплата щодня", ["Без досвіду", "Оплата щодня"]),
        ("✅ житло ✅ проїзд", ["житло", "проїзд"]),
        ("Pay 1.500,50 EUR", ["Pay 1.500,50 EUR"]),
        ("Hurry!!! Last places...", ["Hurry!!!", "Last places..."]),
        ("Paszport... zatrzymany", ["Paszport... zatrzymany"]),
    ],
)
def test_borders(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_a_wrapped_line_goes_on() -> None:
    wrapped = "The employer pays for the flight and the hotel, and also for all of the\nfood that you need."
    assert len(pieces(wrapped)) == 1
    assert len(pieces("no experience\nregistration fee")) == 2


def test_questions_and_quotations() -> None:
    question, answer = split_sentences("Do we ask for a fee? Never.")
    assert (question.question, answer.question) == (True, False)
    quoted, plain = split_sentences("«Віддай свій паспорт нам на зберігання.» Так кажуть вербувальники.")
    assert (quoted.quoted, plain.quoted) == (True, False)
    assert quotation_spans("Кафе «Ромашка» шукає кухаря") == []


@given(st.text(alphabet='aб. !?\n«»"•…1)', max_size=80))
def test_sentences_are_ordered_trimmed_and_lose_no_word(text: str) -> None:
    sentences = split_sentences(text)
    covered = set()
    last = 0
    for sentence in sentences:
        assert last <= sentence.start < sentence.end
        assert not text[sentence.start].isspace() and not text[sentence.end - 1].isspace()
        covered.update(range(sentence.start, sentence.end))
        last = sentence.end
    assert all(index in covered for index, char in enumerate(text) if char.isalnum())


@pytest.mark.timeout(10)
@pytest.mark.parametrize("unit", ["a.", ". ", "«", '"a', "?", "•", "\n", "aA.", "z.o."])
def test_hostile_text_stays_fast(unit: str) -> None:
    split_sentences(unit * (100_000 // len(unit)))
