"""Golden and known cases in the cases table: found by their own names, and by no list of cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from screening.aws.case_store import DynamoDbCaseStore
from screening.cases.golden_marks import Golden, Known
from screening.ports import CaseChange
from tests.component.conftest import no_pause
from tests.component.test_case_store import NOW, case, decided


@pytest.fixture
def store(make_table: Any) -> DynamoDbCaseStore:
    return DynamoDbCaseStore(make_table("CasesTable"), make_table("LedgerTable"), retention_days=183, pause=no_pause)


def test_no_list_of_cases_finds_a_golden_one(store: DynamoDbCaseStore) -> None:
    mark = Golden(source="s", actor="anna", right=("remove",), days=40)
    waiting, answered = case("1", golden=mark), decided("2", 5, golden=mark)
    for one in (waiting, answered):
        store.save(CaseChange(one, None, ()))
    assert store.queue("general", "review", limit=9) == ()
    assert store.decided("general", since=NOW - timedelta(days=9), limit=9) == ()
    assert store.due_for_second_look("general", limit=9) == ()
    assert store.pending(before=NOW + timedelta(days=9), limit=9) == ()
    found = store.golden("general", since=NOW - timedelta(minutes=1), limit=9)
    assert {one.case for one in found} == {waiting.case, answered.case}
    assert store.golden("general", since=NOW + timedelta(minutes=1), limit=9) == ()
    mine = store.golden("general", since=NOW - timedelta(minutes=1), limit=9, actor="anna")
    assert {one.case for one in mine} == {waiting.case, answered.case}
    assert len(store.golden("general", since=NOW - timedelta(minutes=1), limit=1, actor="anna")) == 1
    assert store.golden("general", since=NOW - timedelta(minutes=1), limit=9, actor="ben") == ()
    assert store.golden("general", since=NOW + timedelta(minutes=1), limit=9, actor="anna") == ()
    assert store.golden("other", since=NOW - timedelta(days=9), limit=9) == ()
    assert store.read(waiting.case) == waiting


def test_a_known_case_stays_among_the_decided_and_is_found_by_its_name_until_it_retires(
    store: DynamoDbCaseStore,
) -> None:
    known = Known(right=("dismiss",), why="It is a baker.", proposed_by="sonia", proposed_at=NOW)
    stored = decided("1", 5, known=known)
    store.save(CaseChange(stored, None, ()))
    assert store.known("general", limit=9) == (stored,)
    assert store.decided("general", since=NOW - timedelta(days=9), limit=9) == (stored,)
    assert store.due_for_second_look("general", limit=9) == ()
    retired = replace(stored, known=None, revision=2)
    store.save(CaseChange(retired, 1, ()))
    assert store.known("general", limit=9) == ()
