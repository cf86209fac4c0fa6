import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.text.fold import fold
from screening.text.sentences import split_sentences
from screening.text.tokens import tokenize, words_of


@pytest.mark.parametrize(
    ("word", "folded"),
    [
        ("Łódź", "lodz"), ("Straße", "strasse"), ("жильё", "жилье"), ("їжа", "іжа"), ("мій", "міи"), ("з'їзд", "зізд"),
        ("don’t", "dont"), ("NĚMECKO", "nemecko"), ("Đorđe", "dorde"), ("ґанок", "ганок"), ("știință", "stiinta"),
    ],
)  # fmt: skip
def test_fold(word: str, folded: str) -> None:
    assert fold(word) == folded


@given(st.text(max_size=20))
def test_fold_is_idempotent(word: str) -> None:
    assert fold(fold(word)) == fold(word)


def test_numbers_end_where_letters_begin() -> None:
    assert words_of("1500zł, 8.00-16.30, 1,200.50 B2B live-in don't") == [
        "1500", "zl", "8.00", "16.30", "1,200.50", "b2b", "live", "in", "dont",
    ]  # fmt: skip


@given(st.text(alphabet="abc дї1 2.,!?\n«»\"'•-", max_size=80))
def test_tokens_stand_in_their_sentence_and_in_order(text: str) -> None:
    sentences = split_sentences(text)
    tokens = tokenize(text, sentences)
    assert [token.start for token in tokens] == sorted(token.start for token in tokens)
    for token in tokens:
        sentence = sentences[token.sentence]
        assert sentence.start <= token.start < token.end <= sentence.end
