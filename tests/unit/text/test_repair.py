import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.posts.post import Post
from screening.text.document import RepairedText
from screening.text.fold import fold
from screening.text.reading import read_document
from screening.text.repair import repair
from screening.training.disguise import DISGUISES
from screening.training.language_evaluation import LanguageRow, fixture_rows

ROWS = [
    row
    for row in fixture_rows(Path(__file__).parents[2] / "data" / "language")
    if row.kind not in ("transliterated", "emoji")
]

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
        ("ниκаких оплαт, с телефонα", "никаких оплат, с телефона", "homoglyph"),  # Greek letters, and no Latin one
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
        ("п а с п о р т, телефон", "паспорт, телефон", "spaced"),
        ("і п а с п о р т и віддаєте", "і паспорти віддаєте", "spaced"),
        ("в т е л е ф о н і нема", "в телефоні нема", "spaced"),
        ("oddajesz p.a.s.z.p.o.r.t szefowi", "oddajesz paszport szefowi", "spaced"),
        ("ти будеш в.д.о.м.а", "ти будеш вдома", "spaced"),
        ("I'm a r e t i r e d teacher", "I'm a retired teacher", "spaced"),
        ("write on wһатѕарр to mе", "write on whatsapp to me", "homoglyph"),
        ("bring your раѕ and sim", "bring your pas and sim", "homoglyph"),
        ("получ@ешь ве4ером", "получаешь вечером", "leet"),
        ("n0 c0ntract n0 pr0blem, d0nt te11 mum", "no contract no problem, dont tell mum", "leet"),
        ("P4ckerl v0n hier, n!cht öffnen, n!cht fr4gen", "Packerl von hier, nicht öffnen, nicht fragen", "leet"),
        (
            "N0 le cuent3 a nadi3, pak3tes cerrad0s, 35 3uros",
            "No le cuente a nadie, paketes cerrados, 35 euros",
            "leet",
        ),
        ("m0ney f1rst, 2OO € or 1О0 €", "money first, 200 € or 100 €", "leet"),
        ("t 4 n c o s  l 4 n y t keresek", "tancos  lanyt keresek", "spaced"),
        ("p\u0323a\u0323s\u0323s\u0323", "pass", "mark"),
        ("keep your 🔥 passport and 💰 phone", "keep your  passport and  phone", "emoji"),
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
        "Firma Novák s.r.o., IČO 123, t.j. hned",
        "✅ житло ✅ проїзд ✅ харчування",
        "🔥 Робота 🏠 житло 💵 щотижня",
        "пишіть в TikTok або на сайт tech.com, є chat",
        "Praca od 7 do 15, a w soboty wolne",
        "family 👨‍👩‍👧 ❤️ 🇺🇦",
        "",
    ],
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert repair(text) == RepairedText(text, text, (), frozenset())


@pytest.mark.parametrize(
    "kept",
    ["A1 B2", "4x4", "24h", "15h", "3eur", "iso9001", "mp3", "H2O", "@us3r0n3", "x1y.com", "a 1 b 2 c 3 d 4", "5Ok"],
)
def test_codes_in_a_disguised_text_stay_codes(kept: str) -> None:
    assert repair(f"b@nk c4rd, {kept} and m0ney").text == f"bank card, {kept} and money"


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


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.lang}-{row.text[:20]}")
def test_posts_as_people_write_them_are_left_alone(row: LanguageRow) -> None:
    assert repair(row.text) == RepairedText(row.text, row.text, (), frozenset())


@pytest.mark.parametrize("row", ROWS[::7], ids=lambda row: f"{row.lang}-{row.text[:20]}")
@pytest.mark.parametrize("name", ["zero width", "soft hyphens", "combining marks", "keycap digits", "mixed scripts"])
def test_what_only_hides_letters_is_undone_whole(name: str, row: LanguageRow) -> None:
    disguised = DISGUISES[name](row.text, row.lang, random.Random(7))
    repaired = repair(disguised)
    assert repaired.original == disguised
    assert [fold(word) for word in repaired.text.split()] == [fold(word) for word in row.text.split()]


@pytest.mark.parametrize("name", sorted(DISGUISES))
@settings(deadline=None)  # the first one loads the words
@given(row=st.sampled_from(ROWS), seed=st.integers(0, 1_000))
def test_every_token_of_a_disguised_post_quotes_the_original(name: str, row: LanguageRow, seed: int) -> None:
    disguised = DISGUISES[name](row.text, row.lang, random.Random(seed))
    field = read_document(Post.from_generic({"id": "1", "description": disguised}, platform="p")).fields[0]
    last = 0
    for token in field.tokens:
        start, end = field.repaired.original_span(token.start, token.end)
        assert last <= start < end <= len(field.repaired.original)
        last = end


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


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "a ",
        "@",
        "\u0301",
        "0a",
        "Р0",
        "a.",
        "1️⃣",
        "\u200b",
        "aб",
        "ab4c ",
        "b4nk n0 te11 2OO ",
        "a b c d e ",
        "a 4 c ",
        "your 🔥 a ",
        "ѕ ",
    ],
)
@pytest.mark.timeout(10)
def test_hostile_text_stays_fast(unit: str) -> None:
    repair(unit * (100_000 // len(unit)))
