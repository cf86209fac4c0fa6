"""The same posts reordered, redelivered, cut into other batches or linked by eight workers at once: the same profiles and campaigns."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from screening.cli.link_store import SqliteLinkStore
from screening.links.clusters import campaign_id, campaigns_of
from screening.links.member import LinkKey, Member
from screening.links.text_sketch import TextSketcher
from screening.workflows.campaign_parts import campaign_key
from screening.workflows.linking import LinkPosts, LinkSettings
from tests.fakes.basics import FakeClock, FakeMetrics

SKETCHER = TextSketcher(b"a seed of sixteen bytes or more")
TEXTS = tuple(
    SKETCHER.sketch([[f"{letter}{number}" for number in range(start, start + 40)]])
    for letter, start in (("a", 0), ("a", 2), ("a", 30), ("b", 0), ("b", 1))
)
"""Two near-copies, one text that shares a little with them, and two near-copies of another."""


@st.composite
def members(draw: st.DrawFn) -> Member:
    post = draw(st.integers(0, 11))
    contacts = draw(st.lists(st.sampled_from("pqrstu"), max_size=2, unique=True))
    text = draw(st.sampled_from((None, *TEXTS)))
    keys = [LinkKey("phone", "k1", contact) for contact in contacts]
    keys += [LinkKey("name", "k1", draw(st.sampled_from("xy")))]
    if text:
        keys += [LinkKey("text", "k1", band) for band in text.bands]
    return Member(
        platform="board", id=f"post-{post}", version=draw(st.sampled_from(("v1", "v2"))), day=20_000 + post % 5,
        kind="job", keys=tuple(keys), employer=draw(st.sampled_from(("", "e1", "e2", "e3"))),
        country=draw(st.sampled_from(("", "DE", "PL"))), exact=text.exact if text else "", sketch=text,
    )  # fmt: skip


def one_of_each(found: Sequence[Member]) -> list[Member]:
    """A version of a post has one content."""
    return list({(member.post, member.version): member for member in found}.values())


def linked(batches: Sequence[Sequence[Member]], *, workers: int = 1) -> SqliteLinkStore:
    store = SqliteLinkStore()
    waiting = list(batches)
    lock = threading.Lock()

    def work() -> None:
        link = LinkPosts(store=store, clock=FakeClock(), metrics=FakeMetrics(), settings=LinkSettings())
        while True:
            with lock:
                if not waiting:
                    return
                batch = waiting.pop()
            for _ in range(50):  # as the queue does: what failed comes again
                failed = link.link(batch).failed
                batch = [member for member in batch if member.post in failed]
                if not batch:
                    break
            assert not batch

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return store


def roots_of(store: SqliteLinkStore, posts: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
    return {post: rooted.root for post, rooted in store.roots(posts).items()}


def state(store: SqliteLinkStore, found: Sequence[Member]) -> dict[str, object]:
    keys = sorted({key for member in found for key in member.keys})
    posts = sorted({member.post for member in found})
    roots = roots_of(store, posts)
    return {
        "profiles": {key.text: read.profile for key, read in store.read_keys(keys).items()},
        "roots": roots,
        "campaigns": {root: store.read_keys([campaign_key(root)])[campaign_key(root)].profile for root in set(roots.values())},
    }  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(members(), min_size=2, max_size=25).map(one_of_each), st.randoms(use_true_random=False))
def test_order_batches_and_repetition_change_nothing(found: list[Member], random: object) -> None:
    expected = state(linked([[member] for member in found]), found)
    again = found + found[: len(found) // 2]
    random.shuffle(again)  # type: ignore[attr-defined]
    batches = [again[start : start + 4] for start in range(0, len(again), 4)]
    assert state(linked(batches), found) == expected


@settings(max_examples=15, deadline=None)
@given(st.lists(members(), min_size=8, max_size=25).map(one_of_each))
def test_eight_workers_at_once_find_the_same(found: list[Member]) -> None:
    expected = state(linked([[member] for member in found]), found)
    assert state(linked([[member] for member in found], workers=8), found) == expected


@settings(max_examples=60, deadline=None)
@given(st.lists(members(), min_size=2, max_size=25).map(one_of_each))
def test_what_is_found_post_by_post_is_what_the_whole_shows(found: list[Member]) -> None:
    store = linked([[member] for member in found])
    whole = {post: c.campaign for c in campaigns_of(store.shared_keys()) for post in {m.post for m in c.members}}
    roots = roots_of(store, sorted({member.post for member in found}))
    assert {post: campaign_id(root) for post, root in roots.items()} == whole


def test_campaigns_that_meet_keep_the_older_name_and_remember_the_other() -> None:
    def post(name: str, day: int, *contacts: str) -> Member:
        keys = tuple(LinkKey("phone", "k1", contact) for contact in contacts)
        return Member(platform="board", id=name, version="v1", day=day, kind="job", keys=keys)

    store = linked(
        [[post("a", 20_000, "p"), post("b", 20_001, "p")], [post("c", 20_002, "q"), post("d", 20_003, "q")]][::-1]
    )
    older, younger = (roots_of(store, [("board", name)])["board", name] for name in "ac")
    link = LinkPosts(
        store=store, clock=FakeClock(datetime(2026, 3, 3, tzinfo=UTC)), metrics=FakeMetrics(), settings=LinkSettings()
    )
    bridge = post("e", 20_009, "p", "q")
    findings = link.link([bridge]).of(bridge)
    assert findings is not None
    assert (findings.campaign, findings.size) == (campaign_id(older), 5)
    assert set(roots_of(store, [("board", name) for name in "abcde"]).values()) == {older}
    assert store.merged_into(younger) == older
    assert [(event.what, event.other) for event in store.history(older)] == [("took_in", younger)]


@settings(max_examples=15, deadline=None)
@given(st.lists(members(), min_size=8, max_size=25).map(one_of_each), st.integers(2, 6))
def test_eight_workers_with_whole_batches_find_the_same(found: list[Member], size: int) -> None:
    expected = state(linked([[member] for member in found]), found)
    batches = [found[start : start + size] for start in range(0, len(found), size)]
    assert state(linked(batches + batches[::-1], workers=8), found) == expected
