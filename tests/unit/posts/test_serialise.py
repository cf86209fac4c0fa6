from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.errors import InvalidPostError
from screening.posts.post import PayBasis, PayPeriod, PlatformSignal, Post, Poster, PostKind, PostStatus, Salary
from screening.posts.serialise import post_from_dict, post_to_dict

text = st.text(st.characters(blacklist_categories=["Cs"]), max_size=20)
names = text.filter(bool)
optional_text = st.none() | text
numbers = st.none() | st.integers(0, 10**9) | st.floats(0, 1e9)
moments = st.none() | st.datetimes(datetime(1970, 1, 1), datetime(2199, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 naive bounds are the strategy's own
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | text,
    lambda v: st.lists(v, max_size=3) | st.dictionaries(text, v, max_size=3),
    max_leaves=5,
)
salaries = st.builds(
    Salary,
    text=text,
    min=numbers,
    max=numbers,
    currency=optional_text,
    period=st.none() | st.sampled_from(get_args(PayPeriod)),
    basis=st.none() | st.sampled_from(get_args(PayBasis)),
)
posters = st.builds(
    Poster,
    id=optional_text,
    created_at=moments,
    verified=st.none() | st.booleans(),
    kind=optional_text,
    country=optional_text,
    prior_removals=st.none() | st.integers(0, 99),
)
signals = st.builds(PlatformSignal, name=text, value=text | st.booleans() | st.floats(allow_nan=False), source=text)
any_posts = st.builds(
    Post,
    platform=names,
    id=names,
    kind=st.sampled_from(get_args(PostKind)),
    status=st.sampled_from(get_args(PostStatus)),
    title=text,
    description=text,
    company=text,
    country=optional_text,
    city=text,
    salary=st.none() | salaries,
    contract=text,
    category=text,
    url=text,
    posted_at=moments,
    updated_at=moments,
    expires_at=moments,
    language=optional_text,
    contacts=st.lists(text, max_size=3).map(tuple),
    poster=st.none() | posters,
    signals=st.lists(signals, max_size=2).map(tuple),
    images=st.lists(text, max_size=2).map(tuple),
    truncated=st.booleans(),
    hidden_text=text,
    extra=st.dictionaries(text, json_values, max_size=3),
)


@given(any_posts)
def test_a_post_comes_back_as_it_was(post: Post) -> None:
    written = json.dumps(post_to_dict(post))
    back = post_from_dict(json.loads(written))
    assert back == post
    assert back.content_hash() == post.content_hash()
    assert json.dumps(post_to_dict(back)) == written


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"id": "1"}, "platform"),
        ({"platform": "p", "id": 5}, "id"),
        ({"platform": "p", "id": "1", "title": []}, "title"),
        ({"platform": "p", "id": "1", "kind": "gig"}, "kind"),
        ({"platform": "p", "id": "1", "posted_at": "soon"}, "posted_at"),
        ({"platform": "p", "id": "1", "salary": {"min": "9"}}, "salary.min"),
        ({"platform": "p", "id": "1", "salary": 9}, "salary"),
        ({"platform": "p", "id": "1", "poster": {"prior_removals": True}}, "poster.prior_removals"),
        ({"platform": "p", "id": "1", "contacts": [1]}, "contacts"),
        ({"platform": "p", "id": "1", "signals": [1]}, "signals"),
        ({"platform": "p", "id": "1", "truncated": "yes"}, "truncated"),
    ],
)
def test_another_shape_is_refused_by_field(fields: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidPostError) as caught:
        post_from_dict(fields)
    assert caught.value.field == field


def test_what_is_no_object_is_refused() -> None:
    with pytest.raises(InvalidPostError):
        post_from_dict([])  # type: ignore[arg-type]
