"""Leases, skipped cases and views: one holder at a time, each item by its own clock."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.stub import Stubber

from screening.aws.dynamo import Table
from screening.aws.work_store import DynamoDbWorkStore
from screening.cases.case_parts import Lease
from screening.cases.quality.exposure import View
from screening.cases.saved_filters import SavedFilter, SavedFilters
from screening.errors import ConflictError, TransientError
from tests.component.conftest import no_pause, stub_client

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
MINUTES = timedelta(minutes=20)


def lease(actor: str, at: datetime = NOW, case: str = "case-1") -> Lease:
    return Lease(case, actor, f"{actor}-{at:%H%M}", at, at + MINUTES)


@pytest.fixture
def store(make_table: Any) -> DynamoDbWorkStore:
    return DynamoDbWorkStore(make_table("CasesTable"))


def test_a_lease_is_read_back(store: DynamoDbWorkStore) -> None:
    assert store.take_lease(lease("anna"), now=NOW) == lease("anna")
    assert store.leases(["case-1", "case-2"], now=NOW) == {"case-1": lease("anna")}


def test_nobody_takes_what_another_holds(store: DynamoDbWorkStore) -> None:
    store.take_lease(lease("anna"), now=NOW)
    later = NOW + MINUTES - timedelta(milliseconds=1)
    with pytest.raises(ConflictError, match="somebody else"):
        store.take_lease(lease("ben", later), now=later)
    assert store.leases(["case-1"], now=later) == {"case-1": lease("anna")}


def test_taking_it_again_renews_it_from_where_it_began(store: DynamoDbWorkStore) -> None:
    first = store.take_lease(lease("anna"), now=NOW)
    later = NOW + timedelta(minutes=7)
    again = store.take_lease(lease("anna", later), now=later)
    assert (again.token, again.taken_at, again.until) == (first.token, NOW, later + MINUTES)
    assert store.leases(["case-1"], now=later)["case-1"] == again


def test_a_lease_that_ran_out_is_anybodys(store: DynamoDbWorkStore) -> None:
    store.take_lease(lease("anna"), now=NOW)
    over = NOW + MINUTES
    assert store.leases(["case-1"], now=over) == {}
    assert store.take_lease(lease("ben", over), now=over) == lease("ben", over)


def test_who_takes_it_anew_after_it_ran_out_begins_anew(store: DynamoDbWorkStore) -> None:
    store.take_lease(lease("anna"), now=NOW)
    over = NOW + MINUTES
    assert store.take_lease(lease("anna", over), now=over).taken_at == over


def test_a_lease_given_back_is_free_at_once(store: DynamoDbWorkStore) -> None:
    store.take_lease(lease("anna"), now=NOW)
    store.release_lease("case-1", "ben")
    assert store.leases(["case-1"], now=NOW) == {"case-1": lease("anna")}
    store.release_lease("case-1", "anna")
    store.release_lease("case-1", "anna")
    store.release_lease("case-2", "anna")
    assert store.leases(["case-1"], now=NOW) == {}
    assert store.take_lease(lease("ben"), now=NOW).actor == "ben"


class Between(Table):
    """Does something between a store's look and its write, once."""

    def __init__(self, table: Table, meanwhile: Any) -> None:
        super().__init__(table.dynamodb, table.name, pause=no_pause)
        self._meanwhile = meanwhile

    def put(self, item: Any, **more: Any) -> None:
        meanwhile, self._meanwhile = self._meanwhile, lambda: None
        meanwhile()
        super().put(item, **more)


def test_giving_back_late_takes_nothing_from_who_took_it_meanwhile(make_table: Any) -> None:
    table = make_table("CasesTable")
    plain = DynamoDbWorkStore(table)
    plain.take_lease(lease("anna"), now=NOW)
    over = NOW + MINUTES
    slow = DynamoDbWorkStore(Between(table, lambda: plain.take_lease(lease("ben", over), now=over)))
    slow.release_lease("case-1", "anna")
    assert plain.leases(["case-1"], now=over)["case-1"].actor == "ben"


def test_between_look_and_write_the_condition_holds(make_table: Any) -> None:
    table = make_table("CasesTable")
    plain = DynamoDbWorkStore(table)
    slow = DynamoDbWorkStore(Between(table, lambda: plain.take_lease(lease("ben"), now=NOW)))
    with pytest.raises(ConflictError):
        slow.take_lease(lease("anna"), now=NOW)
    assert plain.leases(["case-1"], now=NOW)["case-1"].actor == "ben"


class OneCallAtATime:
    """DynamoDB writes an item atomically under its condition; moto doesn't, between threads."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._lock = threading.Lock()

    def __getattr__(self, name: str) -> Any:
        def call(**given: Any) -> Any:
            with self._lock:
                return getattr(self._client, name)(**given)

        return call


@pytest.mark.parametrize("number", range(10))
def test_of_two_threads_one_gets_it(make_table: Any, number: int) -> None:
    table = make_table("CasesTable")
    store = DynamoDbWorkStore(Table(OneCallAtATime(table.dynamodb), table.name, pause=no_pause))
    barrier = threading.Barrier(2)
    answers: dict[str, bool] = {}

    def take(actor: str) -> None:
        barrier.wait()
        try:
            store.take_lease(lease(actor), now=NOW)
        except ConflictError:
            answers[actor] = False
        else:
            answers[actor] = True

    threads = [threading.Thread(target=take, args=(actor,)) for actor in ("anna", "ben")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    (holder,) = store.leases(["case-1"], now=NOW).values()
    assert answers == {actor: actor == holder.actor for actor in ("anna", "ben")}


def test_more_leases_than_one_call_takes(store: DynamoDbWorkStore) -> None:
    for number in range(0, 240, 3):
        store.take_lease(lease("anna", case=f"case-{number}"), now=NOW)
    found = store.leases([f"case-{number}" for number in range(240)], now=NOW)
    assert set(found) == {f"case-{number}" for number in range(0, 240, 3)}


def test_leases_that_could_not_be_read_are_not_free() -> None:
    client = stub_client("dynamodb")
    with Stubber(client) as stub:
        for _ in range(5):
            stub.add_client_error("batch_get_item", "ProvisionedThroughputExceededException")
        with pytest.raises(TransientError):
            DynamoDbWorkStore(Table(client, "cases", pause=no_pause)).leases(["case-1"], now=NOW)


def test_what_is_put_aside_is_one_persons_and_ends(store: DynamoDbWorkStore) -> None:
    store.skip("anna", "case-1", until=NOW + timedelta(hours=1))
    store.skip("anna", "case-2", until=NOW + timedelta(hours=2))
    assert store.skipped("anna", now=NOW) == {"case-1", "case-2"}
    assert store.skipped("ben", now=NOW) == frozenset()
    assert store.skipped("anna", now=NOW + timedelta(hours=1)) == {"case-2"}


def test_a_note_on_what_is_put_aside_is_one_persons_and_lasts_a_day_longer(store: DynamoDbWorkStore) -> None:
    back = NOW + timedelta(hours=1)
    store.skip("anna", "case-1", until=back, note="Ask for the licence.")
    assert store.own_note("anna", "case-1", now=back) == "Ask for the licence."
    assert store.own_note("ben", "case-1", now=NOW) == store.own_note("anna", "case-2", now=NOW) == ""
    assert store.own_note("anna", "case-1", now=back + timedelta(days=1)) == ""
    store.skip("anna", "case-1", until=back)
    assert store.own_note("anna", "case-1", now=NOW) == ""


def test_views_are_one_persons_in_order_of_time(store: DynamoDbWorkStore) -> None:
    views = [View(NOW + timedelta(minutes=minute), minute == 7) for minute in (7, 0, 30)]
    for view in views:
        store.note_view("anna", view, until=NOW + timedelta(days=2))
    store.skip("anna", "case-1", until=NOW + timedelta(hours=1))
    assert store.views("anna", since=NOW) == tuple(sorted(views, key=lambda view: view.at))
    assert store.views("anna", since=NOW + timedelta(minutes=1)) == (views[0], views[2])
    assert store.views("ben", since=NOW) == ()


def test_two_texts_opened_in_one_moment_are_two(store: DynamoDbWorkStore) -> None:
    views = [View(NOW, True, "case-1/v1"), View(NOW, True, "case-2/v1")]
    for view in (*views, views[0]):
        store.note_view("anna", view, until=NOW + timedelta(days=2))
    assert store.views("anna", since=NOW) == tuple(views)


def test_views_noted_before_texts_had_names_still_read(store: DynamoDbWorkStore, dynamodb: Any) -> None:
    key = {"pk": {"S": "W#anna"}, "sk": {"S": f"VIEW#{int(NOW.timestamp() * 1000):015d}"}}
    dynamodb.put_item(TableName="CasesTable", Item=key | {"severe": {"BOOL": True}, "ttl": {"N": "1"}})
    assert store.views("anna", since=NOW) == (View(NOW, True),)


def test_everything_goes_by_its_own_clock(store: DynamoDbWorkStore, dynamodb: Any) -> None:
    store.take_lease(lease("anna"), now=NOW)
    store.skip("anna", "case-1", until=NOW + timedelta(hours=1))
    store.note_view("anna", View(NOW, False), until=NOW + timedelta(days=2))
    items = dynamodb.scan(TableName="CasesTable")["Items"]
    assert len(items) == 3
    assert all(int(item["ttl"]["N"]) > NOW.timestamp() for item in items)


def test_a_lease_lies_beside_its_case_and_touches_it_not(make_table: Any) -> None:
    """Both stores share a table: a lease is in no index of cases, and changes no revision."""
    from screening.aws.case_store import DynamoDbCaseStore
    from screening.ports import CaseChange
    from tests.component.test_case_store import case

    table = make_table("CasesTable")
    cases = DynamoDbCaseStore(table, make_table("LedgerTable"), retention_days=183, pause=no_pause)
    opened = case()
    cases.save(CaseChange(opened, None, ()))
    DynamoDbWorkStore(table).take_lease(lease("anna", case=opened.case), now=NOW)
    assert cases.read(opened.case) == opened
    assert cases.queue("general", "review", limit=5) == (opened,)


def test_saved_filters_are_read_back_and_written_over_what_was_read_alone(store: DynamoDbWorkStore) -> None:
    one = SavedFilter(name="mine", team="general", chosen=(("tier", "urgent"),), used_at=NOW, begins=True)
    assert store.filters("anna") == SavedFilters()
    first = SavedFilters(filters=(one,), revision=1)
    store.put_filters("anna", first, until=NOW + timedelta(days=365))
    assert store.filters("anna") == first
    assert store.filters("ben") == SavedFilters()
    for stale in (first, SavedFilters(revision=3)):
        with pytest.raises(ConflictError):
            store.put_filters("anna", stale, until=NOW)
    store.put_filters("anna", SavedFilters(revision=2), until=NOW)
    assert store.filters("anna") == SavedFilters(revision=2)
    assert store.skipped("anna", now=NOW) == frozenset()
