"""What the classifier reads: sentences, long ones cut at clauses, without contacts, each at its place."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from screening.classifier.segments import LONGEST, readable, segments_of, spoken
from screening.posts.post import Post
from screening.text.reading import read_document


def segments(description: str, title: str = "") -> list[str]:
    post = Post(platform="p", id="1", title=title, description=description)
    return [segment.text for segment in segments_of(read_document(post))]


def test_title_and_sentences_come_in_order() -> None:
    assert segments("We pay weekly. Rooms are free.", title="Cook wanted") == [
        "Cook wanted",
        "We pay weekly.",
        "Rooms are free.",
    ]


def test_company_and_salary_are_read_elsewhere() -> None:
    post = Post(platform="p", id="1", company="Sunny Farm Ltd", description="Pick apples with us.")
    assert [segment.text for segment in segments_of(read_document(post))] == ["Pick apples with us."]


def test_contacts_are_left_out_however_they_are_masked() -> None:
    text = "Write to job@farm.example or @farm_jobs, call +48 600 700 800, see https://farm.example/x, [PHONE] #EMAIL_ab12#"
    assert readable(text) == "Write to or , call , see"


def test_ages_pay_and_dates_stay() -> None:
    text = "Age 18-25, 1500-2000 EUR, from 12.05.2026, 40 hours"
    assert readable(text) == text


def test_a_sentence_of_contacts_alone_is_none() -> None:
    assert segments("Come to us. +48 600 700 800. @farm_jobs") == ["Come to us."]


def test_a_long_sentence_is_cut_at_a_clause() -> None:
    clause = "you will sort apples in the hall of the packing house with us every day, "
    parts = segments(clause * 6 + "and that is all")
    assert len(parts) > 2
    assert all(len(part) <= LONGEST for part in parts)
    assert all(part.endswith(",") for part in parts[:-1])


@given(st.text(alphabet=st.sampled_from("ab cд,.!? \n+4🙂ł-"), max_size=900))
def test_places_hold_the_text_and_never_overlap(text: str) -> None:
    document = read_document(Post(platform="p", id="1", description=text))
    found = segments_of(document)
    for segment in found:
        whole = document.fields[segment.field].repaired.text
        assert readable(whole[segment.start : segment.end]) == segment.text
    for first, second in pairwise(found):
        assert (first.field, first.end) <= (second.field, second.start)


def test_what_is_shouted_is_read_as_it_would_be_spoken() -> None:
    assert spoken("WE KEEP YOUR PASSPORT UNTIL THE END.") == "We keep your passport until the end."
    assert spoken("ПАСПОРТ ДЕРЖИМ У СЕБЯ.") == "Паспорт держим у себя."
    assert spoken("DHL EXPRESS, courier wanted") == "DHL EXPRESS, courier wanted"
    assert spoken("USA, EU, UK") == "USA, EU, UK"
