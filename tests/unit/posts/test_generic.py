from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.errors import InvalidPostError, NotAnOfferError, ScreeningError
from screening.posts.generic import GENERIC_FIELDS, read_generic
from screening.posts.post import MAX_DESCRIPTION_CHARS, Post, Salary

from .fixtures import left_out, posts, read_fixture, refused


def make(**fields: Any) -> Post:
    return read_generic({"id": "1", "title": "Cook", "description": "Cook lunch.", **fields})


def test_a_file_of_generic_posts_is_read_line_by_line() -> None:
    items = read_fixture("generic.jsonl", platform="example")
    first, second, third = posts(items)
    assert first.platform == "example"
    assert first.salary == Salary(min=24, max=24, currency="PLN", period="hour", basis="gross")
    assert first.posted_at == datetime(2026, 5, 2, 6, tzinfo=UTC)
    assert first.poster is not None
    assert (first.poster.prior_removals, first.poster.verified) == (2, False)
    assert first.signals[0].name == "new_account"
    assert first.extra == {"shift_pattern": "2x8"}
    assert (second.id, second.country, second.description) == ("2", "CZ", "Room in Brno, rent 8 000 Kč.")
    assert third.status == "withdrawn"
    assert [(item.field, item.id) for item in refused(items)] == [("item", ""), ("country", "g-5"), ("id", "")]
    assert "line 4" in refused(items)[0].reason
    assert [item.id for item in left_out(items)] == ["g-7"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"id": None}, "id"),
        ({"id": "  "}, "id"),
        ({"id": True}, "id"),
        ({"id": 1.5}, "id"),
        ({"id": "x" * 513}, "id"),
        ({"title": ["a"]}, "title"),
        ({"description": {"html": "x"}}, "description"),
        ({"kind": "gig"}, "kind"),
        ({"status": "gone"}, "status"),
        ({"country": "Neverland"}, "country"),
        ({"salary": True}, "salary"),
        ({"salary": {"min": -1}}, "salary.min"),
        ({"salary": {"min": 9, "max": 5}}, "salary.min"),
        ({"salary": {"min": float("nan")}}, "salary.min"),
        ({"salary": {"min": 1, "currency": "zloty"}}, "salary.currency"),
        ({"salary": {"min": 1, "period": "fortnight"}}, "salary.period"),
        ({"posted_at": "yesterday"}, "posted_at"),
        ({"posted_at": "1066-10-14"}, "posted_at"),
        ({"posted_at": 10**18}, "posted_at"),
        ({"language": "klingon"}, "language"),
        ({"contacts": 5}, "contacts"),
        ({"contacts": [["x"]]}, "contacts[0]"),
        ({"poster": "bob"}, "poster"),
        ({"poster": {"verified": "maybe"}}, "poster.verified"),
        ({"signals": [{"value": 1}]}, "signals[0]"),
        ({"images": 3}, "images"),
        ({"platform": "a/b"}, "platform"),
        ({"title": "", "description": ""}, "description"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_name(fields: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidPostError) as caught:
        make(**fields)
    assert caught.value.field == field
    assert caught.value.reason


def test_messages_never_show_the_content() -> None:
    with pytest.raises(InvalidPostError) as caught:
        make(posted_at="call +380 50 000 00 01")
    assert "380" not in str(caught.value)


def test_what_is_no_object_is_refused() -> None:
    with pytest.raises(InvalidPostError, match="must be an object, is a list"):
        Post.from_generic([])  # type: ignore[arg-type]


def test_unless_strict_a_value_that_does_not_fit_is_kept_in_extra() -> None:
    post = read_generic(
        {
            "id": "1",
            "title": "Cook",
            "country": "Neverland",
            "posted_at": "soon",
            "kind": "gig",
            "salary": {"min": 9, "max": 5},
        },
        strict=False,
    )
    assert post.country is None
    assert post.salary == Salary(min=5, max=9)
    assert post.extra == {"country": "Neverland", "posted_at": "soon", "kind": "gig"}


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("pl", "PL"),
        ("POL", "PL"),
        ("Польща", "PL"),
        ("Німеччина", "DE"),
        ("Deutschland", "DE"),
        ("UK", "GB"),
        ("Česko", "CZ"),
        ("EL", "GR"),
    ],
)
def test_countries_come_as_codes_and_names(written: str, code: str) -> None:
    assert make(country=written).country == code


@pytest.mark.parametrize(
    "written",
    [
        "2026-01-02T00:00:00Z",
        "2026-01-02",
        1767312000,
        1767312000000,
        "1767312000",
        "2026-01-02T01:00:00+01:00",
        "2026-01-02 00:00:00 UTC",
    ],
)
def test_moments_come_as_rfc_3339_dates_and_epochs(written: str | int) -> None:
    assert make(posted_at=written).posted_at == datetime(2026, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize("written", ["46024", "46024.0", 46024, 46024.0])
def test_unless_strict_the_days_that_spreadsheets_count_are_dates(written: str | float) -> None:
    """A sheet saved as CSV or JSON writes 2 January 2026 so; as an epoch it would be an hour of 1970."""
    post = read_generic({"id": "1", "title": "Cook", "posted_at": written}, strict=False)
    assert post.posted_at == datetime(2026, 1, 2, tzinfo=UTC)


def test_a_part_of_a_spreadsheets_day_is_its_time() -> None:
    post = read_generic({"id": "1", "title": "Cook", "posted_at": "46024.75"}, strict=False)
    assert post.posted_at == datetime(2026, 1, 2, 18, tzinfo=UTC)


@pytest.mark.parametrize("written", ["20001", "99999", "46024.5.1"])
def test_other_short_numbers_are_no_dates(written: str) -> None:
    post = read_generic({"id": "1", "title": "Cook", "posted_at": written}, strict=False)
    assert post.posted_at is None
    assert post.extra == {"posted_at": written}


def test_a_long_description_is_cut_and_marked() -> None:
    post = make(description="word " * 30_000)
    assert len(post.description) <= MAX_DESCRIPTION_CHARS
    assert post.truncated
    assert not make().truncated


def test_a_title_alone_is_marked_as_truncated() -> None:
    assert make(description="").truncated


def test_images_alone_make_a_post() -> None:
    post = read_generic({"id": "1", "images": ["https://img.example/1.jpg"]})
    assert post.images == ("https://img.example/1.jpg",)
    assert post.truncated


def test_targets_of_links_become_contacts() -> None:
    post = make(
        description='<p>Write <a href="https://t.me/x">here</a> or <a href="tel:+48600000001">call</a></p>',
        contacts=["a@b.example"],
    )
    assert post.contacts == ("a@b.example", "https://t.me/x", "+48600000001")


def test_the_signing_platform_wins_over_the_posts_own() -> None:
    assert read_generic({"id": "1", "title": "x", "platform": "other"}, platform="mine").platform == "mine"


def test_a_seeker_is_no_offer() -> None:
    with pytest.raises(NotAnOfferError):
        make(is_seek=True)


def test_lone_surrogates_and_controls_do_not_survive() -> None:
    post = make(title="a\ud800b\x00c", description="x\r\ny")
    assert post.title == "a\ufffdbc"
    assert post.description == "x\ny"
    post.content_hash()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
field_names = st.sampled_from(sorted(GENERIC_FIELDS)) | st.text(max_size=8)


@given(st.dictionaries(field_names, json_values, max_size=10), st.booleans())
def test_any_object_gives_a_post_or_one_of_our_errors(fields: dict[str, Any], strict: bool) -> None:
    try:
        post = read_generic(fields, strict=strict)
    except ScreeningError as error:
        assert str(error)
    else:
        assert post.id
        assert len(post.content_hash()) == 64


@pytest.mark.parametrize("status", [[], {}, [{"name": "closed"}], 3])
def test_a_status_that_is_no_word_is_kept_aside(status: Any) -> None:
    post = read_generic({"id": "1", "title": "Cook", "status": status}, strict=False)
    assert post.status == "published"
    assert "status" in post.extra
    with pytest.raises(InvalidPostError, match="status"):
        read_generic({"id": "1", "title": "Cook", "status": status}, strict=True)


@given(st.text(max_size=60), st.text(max_size=200))
def test_unless_strict_only_identity_and_emptiness_refuse(title: str, description: str) -> None:
    try:
        read_generic(
            {
                "id": "1",
                "title": title,
                "description": description,
                "country": title,
                "salary": description,
                "language": title,
            },
            strict=False,
        )
    except InvalidPostError as error:
        assert error.field == "description"


def test_files_may_write_the_field_with_dots() -> None:
    row = {
        "id": "1",
        "job.title": "Baker",
        "job.description": "Baker wanted in Hull, day shifts.",
        "employer": "Hull Bakery",
    }
    read = read_generic(row, platform="p", strict=False)
    assert (read.title, read.description, read.company) == ("Baker", "Baker wanted in Hull, day shifts.", "Hull Bakery")
