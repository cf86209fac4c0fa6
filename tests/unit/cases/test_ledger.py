"""A chain tells on whoever changed, dropped, slipped in or reordered an entry, and forgets payloads without breaking."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from screening.cases.ledger import (
    ERASURES,
    LedgerEntry,
    case_of,
    chain_faults,
    find_faults,
    next_entry,
    payload_hash,
    views_of,
)

START = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
JSON = st.dictionaries(
    st.text(max_size=8), st.none() | st.booleans() | st.integers() | st.text(max_size=12), max_size=4
)
PAYLOADS = st.lists(JSON, min_size=1, max_size=7)
FIELDS: dict[str, Any] = {
    "case": "another case", "kind": "decision", "actor": "mallory", "at": START + timedelta(days=9),
    "payload_hash": "0" * 64, "prev_hash": "1" * 64, "hash": "2" * 64, "payload": {"reason": "forged"}, "salt": "ff" * 16,
}  # fmt: skip


def chain(payloads: list[dict[str, Any]], name: str = "case-1") -> list[LedgerEntry]:
    made: list[LedgerEntry] = []
    for index, payload in enumerate(payloads):
        made.append(
            next_entry(
                case=name, index=index, prev_hash=made[-1].hash if made else "", kind="updated", actor="anna",
                at=START + timedelta(minutes=index), salt=f"{index:032x}", payload=payload,
            )
        )  # fmt: skip
    return made


def faults(entries: list[LedgerEntry], whole: list[LedgerEntry]) -> set[tuple[int, str]]:
    found = find_faults(entries, head_index=whole[-1].index, head_hash=whole[-1].hash)
    return {(fault.index, fault.what) for fault in found}


@given(PAYLOADS)
def test_an_untouched_chain_holds_and_reads_back(payloads: list[dict[str, Any]]) -> None:
    whole = chain(payloads)
    assert faults(whole, whole) == set()
    assert [LedgerEntry.from_dict(entry.to_dict()) for entry in whole] == whole


@given(PAYLOADS, st.data())
def test_a_changed_field_is_named_with_its_entry(payloads: list[dict[str, Any]], data: st.DataObject) -> None:
    whole = chain(payloads)
    place = data.draw(st.integers(0, len(whole) - 1))
    name = data.draw(st.sampled_from(sorted(FIELDS)))
    entries = [*whole[:place], replace(whole[place], **{name: FIELDS[name]}), *whole[place + 1 :]]
    what = "payload_changed" if name in ("payload", "salt") else "changed"
    assert (place, what) in faults(entries, whole)


@given(PAYLOADS, st.data())
def test_a_dropped_entry_is_named(payloads: list[dict[str, Any]], data: st.DataObject) -> None:
    whole = chain(payloads)
    place = data.draw(st.integers(0, len(whole) - 1))
    assert (place, "missing") in faults([*whole[:place], *whole[place + 1 :]], whole)


@given(PAYLOADS, st.data())
def test_a_slipped_in_entry_is_named(payloads: list[dict[str, Any]], data: st.DataObject) -> None:
    whole = chain(payloads)
    place = data.draw(st.integers(0, len(whole)))
    forged = next_entry(
        case="case-1", index=place, prev_hash=whole[place - 1].hash if place else "", kind="decision", actor="mallory",
        at=START, salt="ab" * 16, payload={"action": "dismiss"},
    )  # fmt: skip
    assert (place, "slipped_in") in faults([*whole[:place], forged, *whole[place:]], whole)


@given(st.lists(JSON, min_size=2, max_size=7), st.data())
def test_reordered_entries_are_named(payloads: list[dict[str, Any]], data: st.DataObject) -> None:
    whole = chain(payloads)
    first = data.draw(st.integers(0, len(whole) - 2))
    swapped = [*whole[:first], whole[first + 1], whole[first], *whole[first + 2 :]]
    assert (first, "out_of_order") in faults(swapped, whole)
    renumbered = [
        *whole[:first], replace(whole[first + 1], index=first), replace(whole[first], index=first + 1), *whole[first + 2 :]
    ]  # fmt: skip
    assert {(first, "changed"), (first + 1, "changed")} <= faults(renumbered, whole)


@given(PAYLOADS, st.data())
def test_any_payloads_may_be_erased(payloads: list[dict[str, Any]], data: st.DataObject) -> None:
    whole = chain(payloads)
    gone = data.draw(st.sets(st.integers(0, len(whole) - 1)))
    left = [entry.without_payload if entry.index in gone else entry for entry in whole]
    assert faults(left, whole) == set()
    assert [LedgerEntry.from_dict(entry.to_dict()) for entry in left] == left


def test_a_chain_written_anew_is_told_by_its_head_alone() -> None:
    whole = chain([{"n": 1}, {"n": 2}])
    forged = chain([{"n": 1}, {"n": 3}])
    assert chain_faults(forged) == ()
    assert faults(forged, whole) == {(1, "head")}


def test_nothing_left_is_as_many_missing_as_there_were() -> None:
    whole = chain([{}, {}])
    assert faults([], whole) == {(0, "missing"), (1, "missing")}


def test_what_was_erased_can_not_be_guessed_back() -> None:
    """The salt isn't under the entry's hash: with payload and salt gone, a guess has nothing to be held against."""
    (entry,) = chain([{"reason": "yes"}])
    erased = entry.without_payload
    assert erased.expected_hash() == entry.hash
    assert payload_hash("", {"reason": "yes"}) != erased.payload_hash
    assert entry.salt is not None
    assert entry.salt not in str(erased.to_dict())


def test_a_chain_of_views_belongs_to_its_case_and_the_chain_of_erasures_to_none() -> None:
    assert case_of(views_of("case-1")) == case_of("case-1") == "case-1"
    assert case_of(ERASURES) is None
