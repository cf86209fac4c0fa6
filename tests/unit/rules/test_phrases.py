import pytest

from screening.rules.phrases import PhraseError, parse_phrase


def test_a_phrase_of_every_element() -> None:
    assert parse_phrase("Płać* [(a|the)] (fee*|small sum) .. <money> ..5 up-front") == (
        ("prefix", "plac"),
        ("optional", (("any", ((("word", "a"),), (("word", "the"),))),)),
        ("any", ((("prefix", "fee"),), (("word", "small"), ("word", "sum")))),
        ("gap", 3),
        ("class", "money"),
        ("gap", 5),
        ("word", "up"),
        ("word", "front"),
    )


@pytest.mark.parametrize(
    ("text", "offset", "reason"),
    [
        ("", 0, "empty"),
        ("pay (fee", 4, "never closed"),
        ("pay fee)", 7, "no opening"),
        ("pay | fee", 4, "belongs in"),
        ("pay (fee|)", 4, "alternative is empty"),
        ("pa*y fee", 2, "end of a word"),
        ("a* fee", 0, "too short"),
        ("pay €", 4, "no word"),
        ("pay <mony>", 4, "unknown class"),
        ("pay ..99 fee", 4, "gap holds"),
        (".. fee", 0, "between two elements"),
        ("fee ..", 0, "between two elements"),
        ("<money>", 0, "at least one word"),
        ("[fee]", 0, "at least one word"),
        ("(fee|<money>)", 0, "at least one word"),
        ("pay..fee*", 0, "spaces around"),
    ],
)
def test_faults_name_their_place(text: str, offset: int, reason: str) -> None:
    with pytest.raises(PhraseError) as caught:
        parse_phrase(text)
    assert reason in caught.value.reason
    assert caught.value.offset == offset


def test_a_misspelt_class_gets_a_hint() -> None:
    with pytest.raises(PhraseError) as caught:
        parse_phrase("pay <mony>")
    assert caught.value.hint == "did you mean <money>?"


def test_a_lone_class_is_a_phrase_where_asked_for() -> None:
    assert parse_phrase("<money>", lone_class=True) == (("class", "money"),)
