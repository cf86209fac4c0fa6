"""Marks in a post's text: every character is shown once, under the notes that its evidence has."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from functions.console.marked_text import marked_post
from screening.posts.post import Post
from tests.fakes.console_cases import ASSESSMENT, POST, evidence


def found(*pieces: dict[str, Any], post: Post = POST) -> Any:
    return marked_post(post, pieces)


def test_one_number_stands_for_all_places_of_an_indicator() -> None:
    post = Post(platform="p", id="1", description="Fee first. Then another fee.")
    first = evidence("worker_fee", "Fee first", dimension="coercive_recruitment", post=post)
    second = evidence("worker_fee", "another fee", strength="medium", dimension="coercive_recruitment", post=post)
    marked = found(second, first, post=post)
    assert [note.number for note in marked.notes] == [1]
    assert marked.notes[0].quotes == ("Fee first", "another fee")
    assert marked.notes[0].strength == "strong"
    assert [segment.text for segment in marked.fields[0].segments if segment.notes == (1,)] == [
        "Fee first",
        "another fee",
    ]


def test_a_denial_has_a_note_of_its_own_and_speaks_for_the_offer() -> None:
    marked = found(*ASSESSMENT["evidence"])
    fee = [(note.state, note.tone) for note in marked.notes if note.indicator == "worker_fee"]
    assert fee == [("stated", "strong"), ("denied", "for")]


def test_where_marks_overlap_the_strongest_warning_shows() -> None:
    post = Post(platform="p", id="1", description="no fee, passport kept")
    marked = found(
        evidence("no_fee", "no fee, passport", strength="weak", dimension="protective", post=post),
        evidence("doc_retention", "passport kept", dimension="coercive_recruitment", post=post),
        post=post,
    )  # fmt: skip
    tones = {segment.text: segment.tone for segment in marked.fields[0].segments}
    assert tones == {"no fee, ": "for", "passport": "strong", " kept": "strong"}


def test_what_is_absent_has_a_note_and_no_mark() -> None:
    note = next(note for note in found(*ASSESSMENT["evidence"]).notes if note.state == "absent_checked")
    assert not note.marked
    assert note.quotes == ()


def test_words_of_sexualised_offers_are_veiled() -> None:
    marked = found(*ASSESSMENT["evidence"])
    veiled = {note.indicator for note in marked.notes if note.veiled}
    assert veiled == {"sexualised_role", "body_photos"}
    text = "".join(s.text for field in marked.fields for s in field.segments if s.veiled)
    assert text == "хостес у клубіФото на повний зріст"


def test_marks_that_turn_a_line_around_become_visible() -> None:
    post = Post(platform="p", id="1", description="fee\u202e due")
    assert found(post=post).fields[0].segments[0].text == "fee\N{REPLACEMENT CHARACTER} due"


def test_sources_are_cited_and_unknown_ones_kept_as_they_are() -> None:
    piece = evidence("worker_fee", "Плата", dimension="coercive_recruitment", sources=("C181", "A paper of 2026"))
    one, other = found(piece).notes[0].sources
    assert "Private Employment Agencies" in one.citation
    assert one.url.startswith("https://")
    assert (other.citation, other.url) == ("A paper of 2026", "")


@given(
    st.text(min_size=1, max_size=60),
    st.lists(
        st.tuples(st.integers(-3, 70), st.integers(-3, 70), st.sampled_from(["strong", "medium", "weak"])), max_size=8
    ),
)
def test_any_places_leave_the_text_whole(text: str, places: list[tuple[int, int, str]]) -> None:
    """Offsets that don't fit, as of a record of another version, mark nothing and lose nothing."""
    post = Post(platform="p", id="1", description=text)
    pieces = [
        {
            "indicator": f"i{start % 3}", "state": "stated", "strength": strength, "dimension": "network",
            "field": "description", "start": start, "end": end, "quote": "q", "rule": "r", "sources": [],
        }
        for start, end, strength in places
    ]  # fmt: skip
    marked = marked_post(post, pieces)
    shown = "".join(segment.text for segment in marked.fields[0].segments)
    assert len(shown) == len(text)
    numbers = {note.number for note in marked.notes if note.marked}
    begun = [number for segment in marked.fields[0].segments for number in segment.begins]
    assert sorted(begun) == sorted(numbers)
