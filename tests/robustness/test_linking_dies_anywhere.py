"""A worker that links a batch dies between any two calls of the store, and the batch comes again: nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from screening.cli.link_store import SqliteLinkStore
from screening.links.member import LinkKey, Member
from screening.workflows.linking import LinkPosts, LinkSettings
from tests.fakes.basics import FakeClock, FakeMetrics
from tests.fakes.faults import Killed
from tests.robustness.test_links_in_any_order import linked, members, one_of_each, state

CALLS = frozenset({
    "standing", "put_members", "read_keys", "members_of", "write_profile", "roots", "lower_root", "note_merge",
    "remove_members",
})  # fmt: skip


class Dying:
    """A store whose caller dies before its nth call; 0 for never."""

    def __init__(self, store: SqliteLinkStore) -> None:
        self._store = store
        self.left = 0

    def __getattr__(self, name: str) -> Any:
        found: Callable[..., object] = getattr(self._store, name)
        if name in CALLS and self.left:
            self.left -= 1
            if not self.left:
                raise Killed(f"before {name}")
        return found


def link(store: Any, batch: Sequence[Member]) -> None:
    """One call after the other, so that the nth is the same each time."""
    worker = LinkPosts(store=store, clock=FakeClock(), metrics=FakeMetrics(), settings=LinkSettings(threads=1))
    assert worker.link(batch).failed == {}


@settings(max_examples=150, deadline=None)
@given(
    st.lists(members(), min_size=4, max_size=20).map(one_of_each), st.integers(1, 6), st.integers(0, 19), st.integers(1, 40)
)  # fmt: skip
def test_a_batch_that_was_broken_off_is_made_good_when_it_comes_again(
    found: list[Member], size: int, dies: int, call: int
) -> None:
    expected = state(linked([[member] for member in found]), found)
    store = SqliteLinkStore()
    dying = Dying(store)
    batches = [found[start : start + size] for start in range(0, len(found), size)]
    for place, batch in enumerate(batches):
        dying.left = call if place == dies % len(batches) else 0
        with suppress(Killed):
            link(dying, batch)
        dying.left = 0
        link(dying, batch)
    assert state(store, found) == expected


def test_campaigns_that_meet_become_one_wherever_the_worker_dies() -> None:
    """A chain of posts, each tied to the next alone, meets an older post at its end."""

    def post(name: str, day: int, *contacts: str) -> Member:
        keys = tuple(LinkKey("phone", "k1", contact) for contact in contacts)
        return Member(platform="board", id=name, version="v1", day=day, kind="job", keys=keys)

    chain = [post(f"p{n}", 20_100 + n, f"c{n}", f"c{n + 1}") for n in range(6)]
    older = post("older", 20_000, "c6")
    expected = state(linked([[older], *([each] for each in chain)]), [*chain, older])
    call, died = 0, True
    while died:
        call += 1
        store = SqliteLinkStore()
        dying = Dying(store)
        for each in chain:
            link(dying, [each])
        dying.left = call
        with suppress(Killed):
            link(dying, [older])
        died, dying.left = not dying.left, 0
        link(dying, [older])
        assert state(store, [*chain, older]) == expected, f"died before call {call}"
    assert call > 20
