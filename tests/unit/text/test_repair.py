import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.text.document import RepairedText
from screening.text.repair import repair

# Latin, Cyrillic, look-alikes, keycaps, marks, zero width and separators, so that every step is reached.
DISGUISED = st.text(
    alphabet="aeopcxбиежзt тРОБ0143@$ .-\u200b\u00ad\u0301\u0336\ufe0f\u20e3ａ①🅰🔟é\u2066ιο\n", max_size=60
)


@pytest.mark.parametrize(
    ("disguised", "shown", "disguise"),
    [
        ("Щоб зaбронювaти мiсцe", "Щоб забронювати місце", "homoglyph"),
        ("гроші нaпepeд", "гроші наперед", "homoglyph"),
        ("your pаsspоrt", "your passport", "homoglyph"),
        ("3️⃣0️⃣0️⃣ євро", "300 євро", "keycap"),
        ("① ➋ 🔟", "1 2 10", "keycap"),
        ("Р О Б О Т А в Чехії", "РОБОТА в Чехії", "spaced"),
        ("Р 0 Б 0 Т А", "РОБОТА", "spaced"),
        ("e a s y  m o n e y", "easy  money", "spaced"),
        ("p a y m e n t s", "payments", "spaced"),
        ("b@nk c4rd", "bank card", "leet"),
        ("T3legram m0ney", "Telegram money", "leet"),
        ("pay\u200bment", "payment", "zero_width"),
        ("p\u0336a\u0336s\u0336s\u0336", "pass", "mark"),
        ("𝐞𝐚𝐬𝐲 ｍｏｎｅｙ", "easy money", "homoglyph"),
    ],
)
def test_disguises_are_undone_and_named(disguised: str, shown: str, disguise: str) -> None:
    repaired = repair(disguised)
    assert repaired.text == shown
    assert disguise in repaired.disguises


@pytest.mark.parametrize(
    "text",
    [
        "Kraków, zażółć gęślą jaźń, 20 zł/h",
        "B2B, 4K, 24/7, C+E, H2O, covid19, iPhone4s, 5G",
        "write to us3r.name@f1rm.com or www.j0bs.com/x1y",
        "https://t.me/r0bota_eu @us3r_n4me",
        "US$200, 1500€, 12 000 грн, №5, 20 m²",
        "Wi-Fiроутер, ITшник, SMMщик",
        "Їжа, жильё, сервитьорка",
        "family 👨‍👩‍👧 ❤️ 🇺🇦",
        "",
    ],
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert repair(text) == RepairedText(text, text, (), frozenset())


def test_a_stress_mark_and_a_soft_hyphen_are_no_disguise() -> None:
    repaired = repair("за\u0301мок без\u00adкоштовно")
    assert repaired.text == "замок безкоштовно"
    assert repaired.disguises == frozenset()


def test_the_next_key_on_the_keyboard_is_repaired_but_not_named() -> None:
    repaired = repair("мiсто")
    assert repaired.text == "місто"
    assert repaired.disguises == frozenset()


def test_decomposed_letters_are_composed() -> None:
    assert repair("и\u0306 e\u0301").text == "й é"


def test_a_quote_of_emoji_digits_holds_them_whole() -> None:
    repaired = repair("за 3️⃣0️⃣ євро")
    start, end = repaired.original_span(3, 5)
    assert repaired.original[start:end] == "3️⃣0️⃣"


@given(st.one_of(DISGUISED, st.text(max_size=80)), st.data())
def test_every_span_lies_within_the_original(text: str, data: st.DataObject) -> None:
    repaired = repair(text)
    assert repaired.original == text
    if not repaired.offsets:
        assert repaired.text == text
    else:
        assert len(repaired.offsets) == len(repaired.text) + 1
        assert list(repaired.offsets) == sorted(repaired.offsets)
        assert repaired.offsets[-1] == len(text)
    start = data.draw(st.integers(0, len(repaired.text)))
    end = data.draw(st.integers(start, len(repaired.text)))
    from_, to = repaired.original_span(start, end)
    assert 0 <= from_ <= to <= len(text)
    if start < end:
        assert to > from_


@given(
    st.text(alphabet="abcdefgh ijkl.,\n", max_size=60).filter(
        lambda text: not any(len(word) == 1 for word in text.split())
    )
)
def test_clean_text_comes_back_as_it_is(text: str) -> None:
    assert repair(text) == RepairedText(text, text, (), frozenset())


@pytest.mark.parametrize("unit", ["a", "a ", "@", "\u0301", "0a", "Р0", "a.", "1️⃣", "\u200b", "aб"])
@pytest.mark.timeout(10)
def test_hostile_text_stays_fast(unit: str) -> None:
    repair(unit * (100_000 // len(unit)))
