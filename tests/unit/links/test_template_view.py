"""Templates: the common words in every script, and what fills the slots."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from screening.links.template_view import template_of

TEXT = "Шукаємо жінок для прибирання у {place}. Оплата {pay} євро на місяць, житло надаємо. Телефонуйте: {name}."


def made(place: str, pay: str, name: str) -> str:
    return TEXT.format(place=place, pay=pay, name=name)


def test_slots_show_what_fills_them() -> None:
    parts = template_of(
        [made("Берліні", "1200", "Олена"), made("Празі", "900", "Ірина"), made("Берліні", "1500", "Олена")]
    )
    slots = [dict(part.fillings) for part in parts if part.is_slot]
    assert slots[0] == {"Берліні.": 2, "Празі.": 1} or slots[0] == {"Берліні": 2, "Празі": 1}
    assert {"1200", "900", "1500"} == {filling.strip() for filling in slots[1]}
    assert "Шукаємо жінок для прибирання у " in [part.text for part in parts]


def test_words_that_one_text_adds_are_a_slot_that_others_leave_empty() -> None:
    parts = template_of(["one two three four five", "one two really three four five"])
    (slot,) = [part for part in parts if part.is_slot]
    assert dict(slot.fillings) == {"": 1, "really": 1}


def test_texts_with_little_in_common_have_no_template() -> None:
    assert template_of(["one two three four", "five six seven eight"]) == ()
    assert template_of(["alone"]) == ()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from("abcde"), min_size=1, max_size=12).map(" ".join), min_size=2, max_size=5))
def test_every_text_can_be_put_together_from_its_template(texts: list[str]) -> None:
    parts = template_of(texts)
    fixed = "".join(part.text for part in parts if not part.is_slot).split()
    for text in texts:
        # The common words stand in each text that was aligned, in this order; the others share less than half.
        words, shared = text.split(), 0
        for word in words:
            shared += shared < len(fixed) and word == fixed[shared]
        assert shared == len(fixed) or 2 * shared < max(len(t.split()) for t in texts) or not parts
