"""A batch is linked as a whole: what that saves, what fails in it alone, and what somebody else changes meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import pytest

from screening.cli.link_store import SqliteLinkStore
from screening.errors import TransientError
from screening.links.clusters import campaign_id, root_of
from screening.links.member import LinkKey, Member
from screening.links.profile import COMMON_ABOVE, INTERMEDIARY_NAMES, Profile, profile_of
from screening.ports import Rooted, Standing
from screening.workflows.campaign_parts import campaign_key
from screening.workflows.linking import LinkPosts, LinkSettings
from screening.workflows.records import PostKey
from tests.fakes.basics import FakeClock, FakeMetrics
from tests.unit.links.members import member, phone
from tests.unit.links.test_cross_ad import TEXT


class Watched(SqliteLinkStore):
    """A store that tells what is asked of it, and fails or is changed by somebody else where a test wants it."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[LinkKey] = []
        self.refused = 0
        self.looks_at_roots = 0
        self.broken: set[PostKey] = set()
        self.broken_keys: set[LinkKey] = set()
        self.unlisted: set[LinkKey] = set()
        self.meanwhile: list[Callable[[], object]] = []
        self.after_whole_key: list[Callable[[], object]] = []

    def write_profile(
        self, key: LinkKey, profile: Profile, *, expected_revision: int | None, expires: datetime
    ) -> bool:
        if key in self.broken_keys:
            raise TransientError("throttled")
        written = super().write_profile(key, profile, expected_revision=expected_revision, expires=expires)
        self.written.append(key)
        self.refused += not written
        return written

    def members_of(self, key: LinkKey, *, limit: int) -> tuple[Member, ...]:
        if key in self.unlisted:
            raise TransientError("throttled")
        found = super().members_of(key, limit=limit)
        while self.after_whole_key and limit == COMMON_ABOVE:
            self.after_whole_key.pop()()
        return found

    def standing(self, posts: Sequence[PostKey]) -> dict[PostKey, Standing]:
        roots = super().roots(posts)
        return {post: Standing(rooted=roots.get(post)) for post in posts}

    def roots(self, posts: Sequence[PostKey]) -> dict[PostKey, Rooted]:
        self.looks_at_roots += len(posts) > 1  # `lower_root` looks at one
        found = super().roots(posts)
        while self.meanwhile:
            self.meanwhile.pop()()
        return found

    def lower_root(
        self, post: PostKey, root: str, keys: frozenset[LinkKey], *, expires: datetime
    ) -> tuple[Rooted | None, Rooted]:
        if post in self.broken:
            raise TransientError("throttled")
        return super().lower_root(post, root, keys, expires=expires)


def dump(store: Watched, table: str) -> list[tuple[object, ...]]:
    return store._db.execute(f"SELECT * FROM {table}").fetchall()  # the test's own name


def watching() -> tuple[Watched, LinkPosts]:
    store = Watched()
    return store, LinkPosts(store=store, clock=FakeClock(), metrics=FakeMetrics(), settings=LinkSettings())


def test_a_batch_writes_each_profile_once_and_looks_at_roots_once() -> None:
    store, link = watching()
    name = LinkKey("name", "k1", "firm")
    posts = [member(f"p{n}", phone(f"of-{n % 3}"), name, employer="firm", day=20_000 + n) for n in range(30)]
    assert link.link(posts).failed == {}
    assert sorted(key for key in store.written if key.kind != "campaign") == sorted(
        [name, *(phone(f"of-{n}") for n in range(3))]
    )
    assert store.refused == 0
    assert store.looks_at_roots == 1
    assert len({rooted.root for rooted in store.roots([each.post for each in posts]).values()}) == 3


def test_a_root_that_falls_while_a_batch_is_joined_is_read_anew() -> None:
    store, link = watching()
    link.link([member("old", phone("a"), day=20_000)])
    oldest = "000001" + "0" * 16

    def somebody_else() -> None:
        SqliteLinkStore.lower_root(store, ("board", "old"), oldest, frozenset({phone("a")}), expires=FakeClock().now())

    posts = [member(f"p{n}", phone("a"), day=20_001 + n) for n in range(4)]
    store.meanwhile = [somebody_else]
    first = link.link(posts)
    assert first.failed == {}
    found = store.roots([("board", "old"), *(each.post for each in posts)])
    assert {rooted.root for rooted in found.values()} == {oldest}
    assert {first.of(each).campaign for each in posts if first.of(each)} == {campaign_id(oldest)}  # type: ignore[union-attr]


def test_what_fails_for_now_fails_the_posts_concerned_and_is_made_good_by_trying_again() -> None:
    store, link = watching()
    posts = [member(f"{name}{n}", phone(name), day=20_000 + n) for name in "abc" for n in range(2)]
    store.broken, store.broken_keys = {("board", "a1")}, {phone("b")}
    first = link.link(posts)
    assert {post_id for _, post_id in first.failed} == {"a0", "a1", "b0", "b1"}
    assert {post_id for (_, post_id), _ in first.findings} == {"c0", "c1"}
    store.broken, store.broken_keys = set(), set()
    assert link.link([each for each in posts if each.post in first.failed]).failed == {}
    whole, other = watching()
    other.link(posts)
    every = [each.post for each in posts]
    assert store.roots(every) == whole.roots(every)
    keys = [phone(name) for name in "abc"]
    assert {key: read.profile for key, read in store.read_keys(keys).items()} == {
        key: read.profile for key, read in whole.read_keys(keys).items()
    }


def test_posts_of_the_batch_are_not_sent_back_but_those_that_they_speak_of_are() -> None:
    _, link = watching()
    link.link([member("before", phone("a"), employer="e0")])
    posts = [member(f"p{n}", phone("a"), employer=f"e{n}", day=20_001 + n) for n in range(1, 4)]
    assert list(link.link(posts).requeue) == [("board", "before")]
    assert list(link.link(posts).requeue) == []


def test_a_post_that_is_looked_at_anew_sends_nobody_back() -> None:
    """Each of the three tells the other two that the template's contacts were swapped: without this they would do so for ever."""
    _, link = watching()
    posts = [member(f"p{n}", phone("abc"[n]), text=TEXT, employer=f"e{n}", day=20_001 + n) for n in range(3)]
    sent_back = [list(link.link([post]).requeue) for post in posts]
    assert sent_back[0] == []
    assert sent_back[2] == [("board", "p0"), ("board", "p1")]
    for post in posts[:2]:
        again = link.link([post], anew=frozenset({post.post}))
        assert again.requeue == {}
        assert "template_slot_swap" in {sign.indicator for sign in again.findings[post.post, post.version].signs}
    assert list(link.link([posts[2]]).requeue), "who comes again itself may have died before it sent them back"


def test_members_of_a_campaign_that_could_not_be_listed_are_not_counted() -> None:
    """What is counted is never listed again: so nothing may be counted before it is listed."""

    class Refusing(SqliteLinkStore):
        refusing = True

        def put_members(self, memberships: Sequence[tuple[LinkKey, Member]], *, expires: datetime) -> frozenset[int]:
            if self.refusing and memberships[0][0].kind == "campaign":
                return frozenset(range(len(memberships)))
            return super().put_members(memberships, expires=expires)

    store = Refusing()
    link = LinkPosts(store=store, clock=FakeClock(), metrics=FakeMetrics(), settings=LinkSettings())
    posts = [member("p1", phone("a")), member("p2", phone("a"), day=20_001)]
    assert link.link(posts).failed.keys() == {each.post for each in posts}
    store.refusing = False
    assert link.link(posts).failed == {}
    root = store.roots([("board", "p1")])["board", "p1"].root
    assert {found.id for found in store.members_of(campaign_key(root), limit=9)} == {"p1", "p2"}


def test_a_contact_that_stops_tying_while_a_batch_is_joined_by_it_holds_nothing_together() -> None:
    store, link = watching()
    board = [member(f"b{n}", phone("board"), employer=f"e{n}", day=20_000 + n) for n in range(INTERMEDIARY_NAMES - 2)]
    link.link(board)
    late = member("late", phone("board"), phone("own"), employer="e-late", day=20_200)
    friend = member("friend", phone("own"), employer="e-late", day=20_100)
    link.link([friend])
    crossing = member("crossing", phone("board"), employer="e-crossing", day=20_300)
    somebody = LinkPosts(store=store, clock=FakeClock(), metrics=FakeMetrics(), settings=LinkSettings())
    store.meanwhile = [lambda: somebody.link([crossing])]
    linked = link.link([late])
    assert linked.failed == {}
    roots = store.roots([each.post for each in (*board, crossing, late, friend)])
    assert {post: rooted.root for post, rooted in roots.items()} == {
        each.post: root_of(friend) for each in (late, friend)
    }
    found = linked.of(late)
    assert found is not None
    assert (found.campaign, found.size) == (campaign_id(root_of(friend)), 2)


def merged_campaigns(store: SqliteLinkStore, link: LinkPosts) -> tuple[Member, str]:
    """The youngest post of a campaign that has gone into an older one, and the root that it bore."""
    erased = member("younger-2", phone("b"), employer="its-name", day=20_011)
    link.link([member("older-1", phone("a"), day=20_000), member("older-2", phone("a"), day=20_001)])
    link.link([member("younger-1", phone("b"), day=20_010), erased])
    root = store.roots([erased.post])[erased.post].root
    assert link.link([member("bridge", phone("a"), phone("b"), day=20_020)]).failed == {}
    return erased, root


def test_a_campaign_that_went_into_another_keeps_no_list() -> None:
    store, link = watching()
    _, root = merged_campaigns(store, link)
    assert store.merged_into(root) != root
    assert store.members_of(campaign_key(root), limit=9) == ()
    assert store.read_keys([campaign_key(root)])[campaign_key(root)].profile is None


def test_an_erased_post_leaves_lists_that_stood_on_after_a_merge() -> None:
    store, link = watching()
    erased, root = merged_campaigns(store, link)
    further = "zz" + root
    store.note_merge(further, into=root, at=FakeClock().now())
    for old in (root, further):  # as earlier versions left them
        store.put_members([(campaign_key(old), erased.under(campaign_key(old)))], expires=FakeClock().now())
        store.write_profile(campaign_key(old), Profile.of(erased), expected_revision=None, expires=FakeClock().now())
    link.erase(erased.post, erased.keys, until=FakeClock().now())
    stored = "\n".join(
        str(row) for table in ("members", "profiles") for row in store._db.execute(f"SELECT * FROM {table}")
    )
    assert erased.id not in stored
    assert "its-name" not in stored


def test_a_post_that_comes_again_when_its_campaign_goes_is_told_of_none() -> None:
    store, link = watching()
    board = [member(f"b{n}", phone("board"), employer=f"e{n}", day=20_000 + n) for n in range(INTERMEDIARY_NAMES - 1)]
    assert link.link(board).failed == {}
    last = member("last", phone("board"), employer="e-last", day=20_200)
    found = link.link([board[3], last])
    assert found.failed == {}
    assert store.roots([board[3].post]) == {}
    again = found.of(board[3])
    assert again is not None
    assert (again.campaign, again.size) == (None, 1)


def test_a_post_that_could_not_be_taken_out_from_under_a_common_key_comes_again() -> None:
    class Refusing(SqliteLinkStore):
        refusing = True

        def remove_members(self, memberships: Sequence[tuple[LinkKey, PostKey]]) -> frozenset[int]:
            if self.refusing:
                return frozenset(range(len(memberships)))
            return super().remove_members(memberships)

    store, metrics = Refusing(), FakeMetrics()
    link = LinkPosts(store=store, clock=FakeClock(), metrics=metrics, settings=LinkSettings())
    crowd = [member(f"p{n}", phone("hotline")) for n in range(COMMON_ABOVE + 1)]
    common = profile_of(crowd)
    assert common is not None and common.common
    store.write_profile(phone("hotline"), common, expected_revision=None, expires=FakeClock().now())
    late = [member("late", phone("hotline")), member("other", phone("own"))]
    assert link.link(late).failed.keys() == {late[0].post}
    assert metrics.counts["PostsLinked"] == 1
    store.refusing = False
    assert link.link(late[:1]).failed == {}
    assert store.members_of(phone("hotline"), limit=9) == ()


def test_posts_are_counted_once_whatever_their_versions() -> None:
    metrics = FakeMetrics()
    link = LinkPosts(store=SqliteLinkStore(), clock=FakeClock(), metrics=metrics, settings=LinkSettings())
    link.link([member("p1", phone("a")), member("p1", phone("b"), version="v2")])
    assert metrics.counts["PostsLinked"] == 1


@pytest.mark.parametrize("first", [range(27), range(173, 200)], ids=["before", "behind"])
def test_a_batch_that_fills_the_page_of_a_contact_joins_the_campaign_that_was_there(first: range) -> None:
    """A page holds ten posts; whichever end it is read from, it may hold posts of the batch alone."""
    store, link = watching()
    posts = [member(f"p{n:03}", phone("of-one-hand"), employer="firm") for n in range(200)]
    assert link.link([posts[n] for n in first]).failed == {}
    assert link.link([post for n, post in enumerate(posts) if n not in first]).failed == {}
    assert {rooted.root for rooted in store.roots([each.post for each in posts]).values()} == {min(map(root_of, posts))}


@pytest.mark.parametrize("first", [range(27), range(173, 200)], ids=["before", "behind"])
def test_a_batch_of_copies_that_fills_the_page_of_a_text_joins_the_copies_that_were_there(first: range) -> None:
    store, link = watching()
    posts = [member(f"p{n:03}", text=TEXT) for n in range(200)]
    assert link.link([posts[n] for n in first]).failed == {}
    assert link.link([post for n, post in enumerate(posts) if n not in first]).failed == {}
    assert {rooted.root for rooted in store.roots([each.post for each in posts]).values()} == {min(map(root_of, posts))}


@pytest.mark.parametrize("kind", ["contact", "copies"])
@pytest.mark.parametrize("first", [range(27), range(173, 200)], ids=["before", "behind"])
def test_two_batches_at_once_join_the_campaign_that_was_there(first: range, kind: str) -> None:
    """Both are written before either is linked."""
    store, link = watching()
    posts = [
        member(f"p{n:03}", text=TEXT) if kind == "copies" else member(f"p{n:03}", phone("one")) for n in range(200)
    ]
    assert link.link([posts[n] for n in first]).failed == {}
    late = [post for n, post in enumerate(posts) if n not in first]
    expires = FakeClock().now() + timedelta(days=180)
    store.put_members([(key, post.under(key)) for post in late for key in post.keys], expires=expires)
    for batch in (late[::2], late[1::2]):
        assert link.link(batch).failed == {}
    assert {rooted.root for rooted in store.roots([each.post for each in posts]).values()} == {min(map(root_of, posts))}


def test_who_is_erased_while_a_crowd_is_joined_does_not_come_back() -> None:
    store, link = watching()
    crowd = [member(f"p{n:02}", phone("of-one-hand")) for n in range(40)]
    expires = FakeClock().now() + timedelta(days=180)
    store.put_members([(key, post.under(key)) for post in crowd for key in post.keys], expires=expires)
    victim = crowd[20]
    store.after_whole_key.append(lambda: link.erase(victim.post, victim.keys, until=expires))
    assert link.link([member("q1", phone("of-one-hand"))]).failed == {}
    assert store.roots([victim.post]) == {}
    assert not any(str(victim.post[1]) in str(row) for row in dump(store, "members"))
    assert {rooted.root for rooted in store.roots([each.post for each in crowd]).values()} == {
        min(root_of(each) for each in crowd if each is not victim)
    }


def test_a_band_that_cannot_be_read_fails_its_own_posts_alone() -> None:
    store, link = watching()
    crowd = [member(f"p{n:02}", text=TEXT) for n in range(20)]
    assert link.link(crowd).failed == {}
    late, other, another = member("q1", text=TEXT), member("q2", phone("own")), member("q3", phone("own"))
    store.unlisted.update(late.keys)
    assert set(link.link([late, other, another]).failed) == {late.post}
    store.unlisted.clear()
    assert link.link([late]).failed == {}


def test_posts_that_arrive_at_once_each_by_itself_join_the_campaign_that_was_there() -> None:
    """All are written before any of them is linked: the page of their contact holds nobody else."""
    store, link = watching()
    early, late = ([member(f"{age}{n:02}", phone("of-one-hand")) for n in range(30)] for age in ("x", "a"))
    assert link.link(early).failed == {}
    expires = FakeClock().now() + timedelta(days=180)
    store.put_members([(key, post.under(key)) for post in late for key in post.keys], expires=expires)
    for post in late:
        assert link.link([post]).failed == {}
    every = [*early, *late]
    assert {rooted.root for rooted in store.roots([each.post for each in every]).values()} == {min(map(root_of, every))}


def test_a_crowded_contact_that_cannot_be_read_fails_its_own_posts_alone() -> None:
    store, link = watching()
    crowd = [member(f"p{n:02}", phone("of-one-hand")) for n in range(12)]
    assert link.link(crowd).failed == {}
    store.unlisted.add(phone("of-one-hand"))
    late, other, another = member("q1", phone("of-one-hand")), member("q2", phone("own")), member("q3", phone("own"))
    assert set(link.link([late, other, another]).failed) == {late.post}
    store.unlisted.clear()
    assert link.link([late]).failed == {}
    every = [*crowd, late]
    assert {rooted.root for rooted in store.roots([each.post for each in every]).values()} == {min(map(root_of, every))}
    assert store.roots([other.post])[other.post] == store.roots([another.post])[another.post]
