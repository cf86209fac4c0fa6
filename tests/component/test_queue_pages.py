"""Queries that take a few items at a time give the same items in the same order as one that takes all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from screening.aws.case_store import QUEUE_SHARDS, DynamoDbCaseStore
from screening.aws.dynamo import Table, shard_of
from screening.cases.case import Case
from screening.ports import CaseChange
from tests.component.conftest import no_pause
from tests.component.test_case_store import NOW, case, decided


@pytest.fixture
def store(make_table: Any) -> DynamoDbCaseStore:
    cases, ledger = make_table("CasesTable"), make_table("LedgerTable")
    return DynamoDbCaseStore(cases, ledger, retention_days=30, pause=no_pause)


def of_one_shard(number: int) -> list[str]:
    """Posts whose cases all lie in one shard of the index: none of the others makes up for it."""
    names = (str(name) for name in range(10_000))
    found = [name for name in names if shard_of(case(name).case, QUEUE_SHARDS) == "0"]
    return found[:number]


def save(store: DynamoDbCaseStore, *cases: Case) -> None:
    for one in cases:
        store.save(CaseChange(case=one, expected_revision=None, entries=()))


def test_a_queue_that_lies_in_one_shard_is_read_as_far_as_asked(store: DynamoDbCaseStore) -> None:
    waiting = [
        replace(case(name), due_at=NOW + timedelta(minutes=place)) for place, name in enumerate(of_one_shard(40))
    ]
    save(store, *reversed(waiting))
    assert store.queue("general", "review", limit=30) == tuple(waiting[:30])
    assert store.queue("general", "review", limit=100) == tuple(waiting)


def test_decided_cases_of_one_shard_come_newest_first_as_far_as_asked(store: DynamoDbCaseStore) -> None:
    done = [decided(name, minutes=place) for place, name in enumerate(of_one_shard(40))]
    save(store, *done)
    assert store.decided("general", since=NOW - timedelta(days=1), limit=30) == tuple(done[:30])


def test_a_query_reads_on_over_small_pages_and_stops_at_its_limit(make_table: Any) -> None:
    table: Table = make_table("LedgerTable")
    for number in range(7):
        table.put({"pk": {"S": "one"}, "sk": {"S": f"{number}"}})
    found = table.query("pk = :pk", {":pk": {"S": "one"}}, limit=5, at_once=2)
    assert [item["sk"]["S"] for item in found] == ["0", "1", "2", "3", "4"]
