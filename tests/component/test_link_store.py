"""The link store's contract, held by the table in the cloud (moto) and by the file that `screening link` uses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from screening.aws.dynamo import post_pk
from screening.aws.link_store import DynamoDbLinkStore
from screening.cli.link_store import SqliteLinkStore
from screening.links.known_items import KnownItem
from screening.links.member import LinkKey, Member
from screening.links.profile import K, Profile, profile_of
from screening.ports import LinkStore, Rooted, Standing
from screening.workflows.campaign_parts import campaign_key
from screening.workflows.linking import LinkPosts, LinkSettings
from tests.component.conftest import StillClock
from tests.fakes.basics import FakeClock, FakeMetrics
from tests.unit.links.members import member, phone

TEXT = "Жінки на прибирання готелів у Берліні щодня. Житло від фірми і проїзд автобусом ввечері. Оплата щотижня у конверті в офісі. Пишіть одразу бо мало місць лишилось. Без досвіду і без мови беремо всіх хто готовий працювати. Дзвінки приймаємо щодня з дев'ятої до двадцятої години."


@pytest.fixture(params=["table", "file"])
def store(request: pytest.FixtureRequest, clock: StillClock) -> Iterator[LinkStore]:
    if request.param == "file":
        yield SqliteLinkStore()
    else:
        make_table: Callable[[str], Any] = request.getfixturevalue("make_table")
        yield DynamoDbLinkStore(make_table("LinksTable"), clock, threads=1)


def later(clock: StillClock) -> Any:
    return clock.now() + timedelta(days=180)


def put(store: LinkStore, clock: StillClock, *members: Member) -> None:
    wanted = [(key, each.under(key)) for each in members for key in each.keys]
    assert store.put_members(wanted, expires=later(clock)) == frozenset()


def test_a_membership_is_read_back_as_it_was_written_and_twice_is_once(store: LinkStore, clock: StillClock) -> None:
    post = member(
        "оголошення/1 #a", phone("a"), text=TEXT, employer="e", country="DE", pay=1200, licensed=True, dated=False
    )
    put(store, clock, post)
    put(store, clock, post)
    reads = store.read_keys(post.keys)
    for key in post.keys:
        (found,) = reads[key].members
        assert found == post.under(key) or (found.sketch and found.sketch.sample == post.sketch.sample)  # type: ignore[union-attr]
        assert (found.post, found.keys, found.pay, found.dated) == (post.post, post.keys, 1200, False)
    assert store.read_keys([phone("nobody")])[phone("nobody")].members == ()


def test_a_page_says_that_there_are_more_and_the_profile_comes_with_it(store: LinkStore, clock: StillClock) -> None:
    posts = [member(f"p{number:03d}", phone("a")) for number in range(phone("a").page + 5)]
    put(store, clock, *posts)
    assert store.write_profile(phone("a"), Profile.of(posts[0]), expected_revision=None, expires=later(clock))
    read = store.read_keys([phone("a")])[phone("a")]
    assert read.full
    assert len(read.members) == phone("a").page
    assert read.profile == Profile.of(posts[0])
    assert len(store.members_of(phone("a"), limit=1_000)) == phone("a").page + 5


def test_a_profile_is_written_only_over_the_one_that_was_read(store: LinkStore, clock: StillClock) -> None:
    key, one, two = phone("a"), Profile.of(member("p1", phone("a"))), Profile.of(member("p2", phone("a")))
    assert store.write_profile(key, one, expected_revision=None, expires=later(clock))
    assert not store.write_profile(key, two, expected_revision=None, expires=later(clock))
    revision = store.read_keys([key])[key].revision
    assert store.write_profile(key, one.joined(two), expected_revision=revision, expires=later(clock))
    assert not store.write_profile(key, two, expected_revision=revision, expires=later(clock))
    assert store.read_keys([key])[key].profile == one.joined(two)


def test_a_removed_profile_is_gone_and_a_new_one_may_come(store: LinkStore, clock: StillClock) -> None:
    key, profile = phone("a"), Profile.of(member("p1", phone("a")))
    store.write_profile(key, profile, expected_revision=None, expires=later(clock))
    revision = store.read_keys([key])[key].revision
    assert revision is not None
    assert store.remove_profile(key, expected_revision=revision)
    assert not store.remove_profile(key, expected_revision=revision)
    read = store.read_keys([key])[key]
    assert read.profile is None
    assert store.write_profile(key, profile, expected_revision=read.revision, expires=later(clock))


def test_roots_only_fall_and_keep_every_key(store: LinkStore, clock: StillClock) -> None:
    post = ("board", "p1")
    assert store.roots([post]) == {}
    assert store.lower_root(post, "b", frozenset({phone("x")}), expires=later(clock))[0] is None
    before, after = store.lower_root(post, "a", frozenset({phone("y")}), expires=later(clock))
    assert before is not None
    assert (before.root, after.root) == ("b", "a")
    assert store.lower_root(post, "c", frozenset(), expires=later(clock))[1].root == "a"
    assert store.roots([post])[post].keys == {phone("x"), phone("y")}
    store.remove_root(post)
    assert store.roots([post]) == {}


def test_merges_are_followed_and_remembered(store: LinkStore, clock: StillClock) -> None:
    store.note_merge("c", into="b", at=clock.now())
    store.note_merge("b", into="a", at=clock.now())
    store.note_merge("b", into="a", at=clock.now() + timedelta(days=1))
    assert store.merged_into("c") == "a"
    assert [(event.what, event.other) for event in store.history("b")] == [("took_in", "c"), ("went_into", "a")]
    store.note_split("a", part="b", at=clock.now())
    assert store.merged_into("b") == "b"
    assert ("split_off", "b") in [(event.what, event.other) for event in store.history("a")]


def test_tombstones_and_known_items(store: LinkStore, clock: StillClock) -> None:
    store.put_tombstone(("board", "p1"), expires=later(clock))
    assert store.tombstoned([("board", "p1"), ("board", "p2")]) == {("board", "p1")}
    item = KnownItem.given("confirmed", case="c1", source="senior", at=clock.now())
    store.put_known(phone("a"), item)
    assert store.read_keys([phone("a")])[phone("a")].known == item
    assert store.read_keys([phone("a")])[phone("a")].profile is None
    profile = Profile.of(member("p1", phone("a")))
    assert store.write_profile(
        phone("a"), profile, expected_revision=store.read_keys([phone("a")])[phone("a")].revision, expires=later(clock)
    )
    assert store.read_keys([phone("a")])[phone("a")].known == item


def test_one_look_tells_who_was_erased_and_who_is_in_a_campaign(store: LinkStore, clock: StillClock) -> None:
    erased, rooted, both, nothing = (("board", f"p{number}") for number in range(4))
    for post in (erased, both):
        store.put_tombstone(post, expires=later(clock))
    for post in (rooted, both):
        store.lower_root(post, "a", frozenset({phone("x")}), expires=later(clock))
    place = Rooted("a", frozenset({phone("x")}))
    assert store.standing([erased, rooted, both, nothing, erased]) == {
        erased: Standing(erased=True), rooted: Standing(rooted=place), both: Standing(erased=True, rooted=place),
        nothing: Standing(),
    }  # fmt: skip


def test_removed_members_are_gone_with_every_version(store: LinkStore, clock: StillClock) -> None:
    put(store, clock, member("p1", phone("a")), member("p1", phone("a"), version="v2"), member("p11", phone("a")))
    assert store.remove_members([(phone("a"), ("board", "p1"))]) == frozenset()
    assert [found.id for found in store.members_of(phone("a"), limit=9)] == ["p11"]


def test_a_cleared_key_keeps_its_profile_alone(store: LinkStore, clock: StillClock) -> None:
    posts = [member(f"p{number:03d}", phone("a")) for number in range(60)]
    put(store, clock, *posts)
    store.write_profile(phone("a"), Profile.of(posts[0]), expected_revision=None, expires=later(clock))
    store.clear_key(phone("a"))
    read = store.read_keys([phone("a")])[phone("a")]
    assert (read.members, read.profile) == ((), Profile.of(posts[0]))


def test_linking_finds_the_same_in_both(store: LinkStore) -> None:
    clock = FakeClock()
    link = LinkPosts(store=store, clock=clock, metrics=FakeMetrics(), settings=LinkSettings())
    posts = [
        member("p1", phone("a"), text=TEXT, employer="e1", day=20_001), member("p2", phone("a"), employer="e2", day=20_002),
        member("p3", phone("b"), text=". ".join(TEXT.rstrip(".").split(". ")[::-1]), employer="e3", day=20_003),
        member("p4", phone("c"), day=20_004),
    ]  # fmt: skip
    for post in posts:
        assert link.link([post]).failed == {}
    findings = [link.look(post) for post in posts]
    assert len({found.campaign for found in findings[:3]}) == 1
    assert (findings[0].size, findings[3].campaign) == (3, None)
    assert {sign.indicator for sign in findings[0].signs} >= {"contact_many_names"}
    root = store.roots([("board", "p1")])[("board", "p1")].root
    assert {found.id for found in store.members_of(campaign_key(root), limit=9)} == {"p1", "p2", "p3"}


def test_expired_items_count_as_gone(make_table: Callable[[str], Any], clock: StillClock) -> None:
    table = DynamoDbLinkStore(make_table("LinksTable"), clock, threads=1)
    put(table, clock, member("p1", phone("a")))
    table.write_profile(phone("a"), Profile.of(member("p1", phone("a"))), expected_revision=None, expires=later(clock))
    clock.advance(days=181)
    read = table.read_keys([phone("a")])[phone("a")]
    assert (read.members, read.profile) == ((), None)
    assert table.write_profile(
        phone("a"), Profile.of(member("p2", phone("a"))), expected_revision=read.revision, expires=later(clock)
    )


def test_what_expired_of_a_post_doesnt_stand(make_table: Callable[[str], Any], clock: StillClock) -> None:
    store, post = DynamoDbLinkStore(make_table("LinksTable"), clock, threads=1), ("board", "p1")
    store.put_tombstone(post, expires=later(clock))
    store.lower_root(post, "a", frozenset(), expires=later(clock))
    clock.advance(days=181)
    assert store.standing([post]) == {post: Standing()}


def test_a_tombstone_that_a_replica_does_not_have_yet_stands_all_the_same(
    make_table: Callable[[str], Any], clock: StillClock
) -> None:
    """`standing` reads eventually consistent: the replica that answers may lag."""
    table, post, other = make_table("LinksTable"), ("board", "p 1"), ("board", "p2")
    store = DynamoDbLinkStore(table, clock, threads=1)
    store.put_tombstone(post, expires=later(clock))
    table.delete(post_pk(*post), "TOMBSTONE")
    assert store.standing([post, other]) == {post: Standing(erased=True), other: Standing()}
    clock.advance(hours=2)
    assert store.standing([post]) == {post: Standing()}


def test_a_profile_written_as_text_is_read_and_becomes_packed(
    make_table: Callable[[str], Any], clock: StillClock
) -> None:
    table = make_table("LinksTable")
    store, key, old = DynamoDbLinkStore(table, clock, threads=1), phone("a"), Profile.of(member("p1", phone("a")))
    table.put({
        "pk": {"S": f"F#{key.text}"}, "sk": {"S": "PROFILE"}, "profile": {"S": old.to_json()}, "revision": {"N": "7"},
        "ttl": {"N": str(int(later(clock).timestamp()))},
    })  # fmt: skip
    read = store.read_keys([key])[key]
    assert (read.profile, read.revision) == (old, 7)
    new = old.joined(Profile.of(member("p2", phone("a"))))
    assert store.write_profile(key, new, expected_revision=7, expires=later(clock))
    assert store.read_keys([key])[key].profile == new
    assert "B" in table.get(f"F#{key.text}", "PROFILE")["profile"]


def test_a_full_profile_is_kept_in_half_of_its_length(make_table: Callable[[str], Any], clock: StillClock) -> None:
    table = make_table("LinksTable")
    store, key = DynamoDbLinkStore(table, clock, threads=1), phone("a")
    crowd = [
        member(
            f"p{n}",
            phone("a"),
            phone(f"own{n}"),
            employer=f"{n:012x}",
            place=f"{7 * n:012x}",
            country="DE",
            sector="91",
        )
        for n in range(2 * K)
    ]
    full = profile_of(crowd)
    assert full is not None
    store.write_profile(key, full, expected_revision=None, expires=later(clock))
    kept = bytes(table.get(f"F#{key.text}", "PROFILE")["profile"]["B"])
    assert len(kept) < len(full.to_json()) / 2
    assert store.read_keys([key])[key].profile == full


def test_a_membership_costs_one_write_unit(make_table: Callable[[str], Any], clock: StillClock) -> None:
    """1 kB is one unit (AWS, "Read/write capacity mode"); a post with six keys and a full sketch is the usual largest."""
    from screening.aws.link_store import _member_to_item

    keys = [LinkKey(kind, "k1", "0123456789abcdef0123") for kind in ("phone", "email", "telegram", "name")]
    long_text = ". ".join(" ".join(f"слово{n}{m}" for m in range(12)) for n in range(30))
    post = member("a-rather-long-identifier-of-a-post-0123456789", *keys, text=long_text, employer="0123456789ab",
                  place="0123456789ab", title="0123456789ab", country="DE", language="uk", sector="91", pay=1200)  # fmt: skip
    item = _member_to_item(LinkKey("text", "k1", "0123456789abcdef0123"), post, later(clock))
    size = sum(len(name) + len(next(iter(value.values()))) for name, value in item.items())
    assert size <= 1_024, size


@pytest.mark.parametrize("known_first", [True, False])
def test_an_opinion_lasts_as_long_as_it_holds_whatever_expires_beside_it(
    make_table: Callable[[str], Any], clock: StillClock, known_first: bool
) -> None:
    table = make_table("LinksTable")
    store, key, profile = DynamoDbLinkStore(table, clock, threads=1), phone("a"), Profile.of(member("p1", phone("a")))
    item = KnownItem.given("confirmed", case="c1", source="senior", at=clock.now())
    soon = clock.now() + timedelta(days=31)

    def until() -> int:
        return int(table.get(f"F#{key.text}", "PROFILE")["ttl"]["N"])

    if known_first:
        store.put_known(key, item)
    assert store.write_profile(key, profile, expected_revision=None, expires=soon)
    if not known_first:
        assert until() == int(soon.timestamp())
        store.put_known(key, item)
    assert until() == int(item.expires.timestamp())
    assert not store.write_profile(key, profile, expected_revision=7, expires=soon)
    assert not store.remove_profile(key, expected_revision=7)
    assert store.remove_profile(key, expected_revision=1)
    assert until() == int(item.expires.timestamp())
    assert store.write_profile(key, profile, expected_revision=2, expires=later(clock))
    store.put_known(key, item)
    assert until() == int(later(clock).timestamp())


def test_an_opinion_brings_back_no_profile_that_has_expired(
    make_table: Callable[[str], Any], clock: StillClock
) -> None:
    store, key = DynamoDbLinkStore(make_table("LinksTable"), clock, threads=1), phone("a")
    store.write_profile(key, Profile.of(member("p1", key)), expected_revision=None, expires=later(clock))
    clock.advance(days=181)
    store.put_known(key, KnownItem.given("confirmed", case="c1", source="senior", at=clock.now()))
    read = store.read_keys([key])[key]
    assert (read.profile, read.known is not None) == (None, True)
