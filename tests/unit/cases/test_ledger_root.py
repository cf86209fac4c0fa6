"""Roots name the chain that was written anew, and the root that was."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from screening.cases.ledger_root import (
    ChainHead,
    LedgerRoot,
    UnreadHead,
    differing_roots,
    next_root,
    read_roots,
    root_hash,
)

NIGHT = datetime(2026, 5, 4, 1, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def head(chain: str, index: int, day: int) -> ChainHead:
    return ChainHead(chain, index, f"{chain}-{index}", NIGHT + day * DAY - timedelta(hours=3))


def made(nights: list[dict[str, int]]) -> list[LedgerRoot]:
    """Roots of nights, each with the entries that each chain got on the day before it."""
    roots: list[LedgerRoot] = []
    heads: dict[str, ChainHead] = {}
    for day, grown in enumerate(nights):
        for chain, by in grown.items():
            last = heads.get(chain)
            heads[chain] = head(chain, (last.index if last else -1) + by, day)
        last_root = roots[-1] if roots else None
        since = last_root.at - DAY if last_root else NIGHT
        roots.append(next_root(last_root, heads.values(), at=NIGHT + day * DAY, moved_since=since))
    return roots


NIGHTS = st.lists(
    st.dictionaries(st.sampled_from(["a", "b", "views:a", "c"]), st.integers(1, 3), max_size=4), min_size=1, max_size=6
)


@given(NIGHTS)
def test_untouched_roots_hold_and_read_back(nights: list[dict[str, int]]) -> None:
    roots = made(nights)
    seen = read_roots(roots)
    assert seen.faults == ()
    assert [LedgerRoot.read(root.to_dict()) for root in roots] == roots
    for root in roots:
        for one in root.changed:
            assert seen.chains[one.chain][one.index][0] == one.hash


@given(NIGHTS, st.data())
def test_a_changed_or_missing_root_is_named(nights: list[dict[str, int]], data: st.DataObject) -> None:
    roots = made(nights)
    place = data.draw(st.integers(0, len(roots) - 1))
    forged = data.draw(
        st.sampled_from(
            [
                replace(roots[place], hash="0" * 64),
                replace(roots[place], previous="1" * 64),
                replace(roots[place], at=NIGHT - 9 * DAY),
                replace(roots[place], number=len(roots)),
                replace(roots[place], changed=(*roots[place].changed, head("forged", 0, place))),
            ]
        )
    )
    named = {fault.number for fault in read_roots([*roots[:place], forged, *roots[place + 1 :]]).faults}
    assert place in named or forged.number in named
    if place < len(roots) - 1:
        assert place in {fault.number for fault in read_roots([*roots[:place], *roots[place + 1 :]]).faults}


def test_roots_list_what_moved_and_cover_everything() -> None:
    first, second, third = made([{"a": 2, "b": 1}, {"a": 1}, {"c": 1}])
    assert [one.chain for one in first.changed] == ["a", "b"]
    assert "b" in {one.chain for one in second.changed}  # within the margin for clocks that are off
    assert [one.chain for one in third.changed] == ["a", "c"]
    assert third.hash == root_hash(2, third.at, second.hash, {"a": (2, "a-2"), "b": (0, "b-0"), "c": (0, "c-0")})
    assert (third.chains, third.previous) == (3, second.hash)


def test_a_chain_that_lost_entries_between_two_roots_is_named() -> None:
    roots = made([{"a": 3}])
    shorter = next_root(roots[0], [head("a", 1, 1)], at=NIGHT + DAY, moved_since=NIGHT - DAY)
    (fault,) = read_roots([*roots, shorter]).faults
    assert "chain a had 3 entries before, and now 2" in fault.text


UNREAD_NIGHTS = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from("abc"), st.integers(1, 3), max_size=3), st.sets(st.sampled_from("abc"), max_size=2)
    ),
    min_size=1, max_size=6,
)  # fmt: skip


@given(UNREAD_NIGHTS)
def test_a_head_that_can_not_be_read_is_left_out_by_name_and_taken_up_again(
    nights: list[tuple[dict[str, int], set[str]]],
) -> None:
    """Whatever heads can't be read in whatever nights: each root holds, and names them."""
    roots: list[LedgerRoot] = []
    heads: dict[str, ChainHead] = {}
    for day, (grown, broken) in enumerate(nights):
        for chain, by in grown.items():
            heads[chain] = head(chain, (heads[chain].index if chain in heads else -1) + by, day)
        read = [UnreadHead(chain, "gone") if chain in broken else one for chain, one in heads.items()]
        last = roots[-1] if roots else None
        root = next_root(last, read, at=NIGHT + day * DAY, moved_since=last.at - DAY if last else NIGHT)
        assert root.unread == tuple(sorted(broken & heads.keys()))
        assert LedgerRoot.read(root.to_dict()) == root
        roots.append(LedgerRoot.read(root.summary()))  # as the table gives it back for the next night
        roots[-1] = replace(roots[-1], changed=root.changed)
    told = [(fault.number, fault.text) for fault in read_roots(roots).faults]
    assert told == [
        (root.number, f"root {root.number}: the head of chain {chain} couldn't be read when it was made")
        for root in roots for chain in root.unread
    ]  # fmt: skip


def test_a_list_of_unread_chains_is_covered_by_the_root_s_hash() -> None:
    root = next_root(None, [head("a", 0, 0), UnreadHead("b", "gone")], at=NIGHT, moved_since=NIGHT)
    faults = read_roots([replace(root, unread=("c",))]).faults
    assert any("isn't the hash" in fault.text for fault in faults)


def test_a_head_that_no_root_lists_makes_the_root_fail() -> None:
    roots = made([{"a": 1}])
    hidden = next_root(roots[0], [head("a", 0, 0), head("old", 0, -30)], at=NIGHT + DAY, moved_since=NIGHT - DAY)
    assert [fault.number for fault in read_roots([*roots, hidden]).faults] == [1]


def test_a_table_that_tells_another_root_than_the_bucket_is_named() -> None:
    roots = made([{"a": 1}, {"a": 1}])
    summaries = [replace(root, changed=()) for root in roots]
    assert differing_roots(roots, summaries) == ()
    assert [fault.number for fault in differing_roots(roots, [summaries[0], replace(summaries[1], hash="x")])] == [1]
    assert [fault.text for fault in differing_roots(roots, summaries[:1])] == ["root 1 isn't in the table"]
    assert [fault.text for fault in differing_roots(roots[:1], summaries)] == ["root 1 isn't in the locked bucket"]
