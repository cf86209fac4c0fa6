"""Profiles: bounded, exact while small, near the truth when large, and the same in whatever order they are joined."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from screening.links.member import Member
from screening.links.profile import COMMON_ABOVE, INTERMEDIARY_NAMES, K, Profile, profile_of
from tests.unit.links.members import member, phone


def posts(number: int, **facts: object) -> list[Member]:
    return [member(f"p{place}", phone("a"), **facts) for place in range(number)]


@settings(max_examples=50, deadline=None)
@given(st.permutations(range(90)), st.integers(1, 89))
def test_joined_in_any_order_and_more_than_once_it_is_the_same(order: list[int], cut: int) -> None:
    members = [member(f"p{n}", phone("a"), employer=f"e{n % 70}", day=20_000 + n) for n in range(90)]
    whole = profile_of(members)
    shuffled = [members[place] for place in order]
    one, other = profile_of(shuffled[:cut]), profile_of(shuffled[cut // 2 :])
    assert one is not None and other is not None
    assert one.joined(other) == whole == other.joined(one).joined(one)


def test_counts_are_exact_below_k_and_near_above() -> None:
    small = profile_of(posts(K - 1))
    large = profile_of(posts(900))
    assert small is not None and large is not None
    assert small.size == K - 1
    assert 600 < large.size < 1_250  # four standard errors of 13 %
    assert max(len(values) for values in large.facets.values()) == K
    assert len(large.to_json()) < 8_000


def test_a_key_of_thousands_is_common_and_one_of_many_names_an_intermediary() -> None:
    crowd = profile_of(posts(3 * COMMON_ABOVE))
    names = profile_of([member(f"p{n}", phone("a"), employer=f"e{n}") for n in range(INTERMEDIARY_NAMES)])
    ring = profile_of([member(f"p{n}", phone("a"), employer=f"e{n % 9}") for n in range(40)])
    assert crowd is not None and names is not None and ring is not None
    assert crowd.common and crowd.ties_nothing
    assert names.intermediary and names.ties_nothing
    assert not ring.ties_nothing


def test_it_is_read_back_as_it_was_written() -> None:
    whole = profile_of([member("p1", phone("a"), employer="e", pay=1200, country="DE", language="uk", sector="91")])
    assert whole is not None
    assert Profile.from_json(whole.to_json()) == whole
    assert whole.rows[0].pay == 1200


def test_posts_without_a_date_make_no_burst() -> None:
    undated = profile_of(posts(30, dated=False))
    dated = profile_of(posts(30))
    assert undated is not None and dated is not None
    assert undated.busiest_day == 0
    assert dated.busiest_day == 30
