"""Erasing in tables and buckets: tombstones, versions, and an archive object rewritten under the eyes of another."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import boto3
import pytest

from screening.aws.archive import S3Archive
from screening.aws.dynamo import Table, post_pk
from screening.aws.erasure_store import AwsErasureStore
from screening.aws.post_store import DynamoDbPostStore
from screening.aws.record_stores import AwsReferralStore, DynamoDbReportStore
from screening.aws.rewritten_objects import S3RewrittenObjects
from screening.aws.tombstones import ERASED
from screening.errors import ConflictError, NotFoundError
from screening.ports import ErasedPost
from screening.workflows.archive_erasure import records_of, without_records
from screening.workflows.archive_object import build_object, read_record
from screening.workflows.records import AppealClaim, Report
from tests.component.conftest import REGION, StillClock
from tests.component.test_post_store import head

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
KEY = ("olx-pl", "17 / a#b")
DAY = date(2028, 5, 4)


@pytest.fixture
def posts_table(make_table: Any) -> Table:
    found: Table = make_table("PostsTable")
    return found


@pytest.fixture
def reports_table(make_table: Any) -> Table:
    found: Table = make_table("ReportsTable")
    return found


@pytest.fixture
def s3(aws: None) -> Any:
    client = boto3.client("s3", region_name=REGION)
    where: Any = {"LocationConstraint": REGION}
    for bucket in ("archive", "referrals"):
        client.create_bucket(Bucket=bucket, CreateBucketConfiguration=where)
    return client


@pytest.fixture
def store(posts_table: Table, reports_table: Table, s3: Any, clock: StillClock) -> AwsErasureStore:
    return AwsErasureStore(
        posts_table, clock, s3, archive_bucket="archive", referrals_bucket="referrals", reports=reports_table
    )


def test_a_tombstone_is_read_back_and_goes_by_its_time(store: AwsErasureStore, posts_table: Table) -> None:
    tombstone = ErasedPost(
        platform=KEY[0], id=KEY[1], seq=7, versions=("a" * 16, "b" * 16), erased_at=NOW,
        expires=NOW + timedelta(days=730), proof="c" * 64,
    )  # fmt: skip
    store.put_tombstone(tombstone)
    assert store.tombstones([KEY, ("olx-pl", "18")]) == {KEY: tombstone}
    item = posts_table.get(post_pk(*KEY), ERASED)
    assert item is not None
    assert item["ttl"]["N"] == str(int(tombstone.expires.timestamp()))


def test_a_tombstone_that_a_replica_does_not_have_yet_is_seen_all_the_same(
    store: AwsErasureStore, posts_table: Table, clock: StillClock
) -> None:
    """`standing` reads eventually consistent: the replica that answers may lag."""
    posts = DynamoDbPostStore(posts_table, clock)
    first = ErasedPost(
        platform=KEY[0], id=KEY[1], seq=7, versions=("a" * 16,), erased_at=NOW, expires=NOW + timedelta(days=730)
    )
    second = replace(first, seq=9, versions=("a" * 16, "b" * 16))
    store.put_tombstone(first)
    posts_table.delete(post_pk(*KEY), ERASED)
    assert posts.standing([KEY, ("olx-pl", "18"), ("olx", KEY[1])]).erased == {KEY: first}
    store.put_tombstone(first)
    behind = posts_table.get(post_pk(*KEY), ERASED)
    clock.advance(seconds=1)
    store.put_tombstone(second)
    posts_table.put(behind or {})
    assert posts.standing([KEY]).erased == {KEY: second}
    store.put_tombstone(second)
    clock.advance(hours=2)
    assert posts.standing([KEY]).erased == {KEY: second}, "by then it stands everywhere"
    posts_table.delete(post_pk(*KEY), ERASED)
    assert posts.standing([KEY]).erased == {}


def test_the_copy_of_a_tombstone_goes_after_a_day(store: AwsErasureStore, posts_table: Table) -> None:
    store.put_tombstone(
        ErasedPost(platform="p", id="1", seq=7, versions=(), erased_at=NOW, expires=NOW + timedelta(days=730))
    )
    items = posts_table.dynamodb.scan(TableName=posts_table.name)["Items"]
    goes = {datetime.fromtimestamp(int(item["ttl"]["N"]), UTC) for item in items}
    assert goes == {NOW + timedelta(days=1), NOW + timedelta(days=730)}


def test_versions_that_an_earlier_release_stored_go(store: AwsErasureStore, posts_table: Table) -> None:
    for seq in (3, 5):
        assessment = gzip.compress(json.dumps({"tier": "watch", "seq": seq}).encode(), mtime=0)
        posts_table.put({
            "pk": {"S": post_pk(*KEY)}, "sk": {"S": f"V#{seq:015d}#{'a' * 16}"}, "assessment": {"B": assessment},
        })  # fmt: skip
    found = store.versions(KEY)
    assert [(version.seq, version.version) for version in found] == [(3, "a" * 16), (5, "a" * 16)]
    assert len({version.sha256 for version in found}) == 2
    for version in found:
        store.delete_version(KEY, version)
        store.delete_version(KEY, version)
    assert store.versions(KEY) == ()


def test_a_head_that_moved_meanwhile_is_not_deleted(
    store: AwsErasureStore, posts_table: Table, clock: StillClock
) -> None:
    posts = DynamoDbPostStore(posts_table, clock)
    first = head()
    assert posts.write_head(first, expected_revision=None)
    with pytest.raises(ConflictError):
        store.delete_head(first.key, revision=first.revision + 1)
    store.delete_head(first.key, revision=first.revision)
    assert posts.read_head(first.key) is None
    store.delete_head(first.key, revision=first.revision)


def test_an_erased_record_leaves_every_other_pointer_valid(store: AwsErasureStore, s3: Any) -> None:
    archive = S3Archive(s3, "archive")
    records = [{"post": {"platform": "p", "id": str(n), "description": "x" * n * 50}} for n in range(5)]
    packed = build_object("p", "2026-05-04", records, archive_class="kept")
    archive.put(packed.key, packed.body)
    opened = store.open_object(packed.key)
    assert opened.body == packed.body
    erased, _ = without_records(opened.body, list(records_of(("p", "2"), packed.key, opened.body)))
    store.rewrite_object(packed.key, erased, tag=opened.tag, delete_on=DAY)
    for number, pointer in enumerate(packed.pointers):
        member = archive.read(pointer.key, pointer.start, pointer.length)
        if number == 2:
            with pytest.raises(NotFoundError, match="was erased"):
                read_record(member)
        else:
            assert read_record(member) == records[number]
    assert b"x" * 100 + b'"' not in gzip.decompress(archive.read_object(packed.key)).splitlines()[2]
    with pytest.raises(ConflictError):
        # The state before would bring the record back.
        store.rewrite_object(packed.key, opened.body, tag=opened.tag, delete_on=DAY)
    with pytest.raises(NotFoundError):
        store.open_object("text/kept/none")


def test_rewritten_objects_are_found_and_deleted_by_their_day(s3: Any) -> None:
    rewritten, archive = S3RewrittenObjects(s3, "archive"), S3Archive(s3, "archive")
    for number in range(3):
        archive.put(f"text/kept/platform=p/{number}", b"x")
        rewritten.note(f"text/kept/platform=p/{number}", delete_on=DAY + timedelta(days=number))
    assert rewritten.due(DAY - timedelta(days=1)) == ()
    due = rewritten.due(DAY + timedelta(days=1))
    assert [key for _, key in due] == ["text/kept/platform=p/0", "text/kept/platform=p/1"]
    for noted_for, key in due:
        rewritten.delete(key, noted_for=noted_for)
        rewritten.delete(key, noted_for=noted_for)
    assert [item.key for item in archive.list_objects("text/")] == ["text/kept/platform=p/2"]
    assert [key for _, key in rewritten.due(DAY + timedelta(days=9))] == ["text/kept/platform=p/2"]


def test_reports_that_follow_another_are_found_by_it(store: AwsErasureStore, reports_table: Table) -> None:
    reports = DynamoDbReportStore(reports_table)
    for name in ("f-1", "f-2"):
        reports.follow(a_report(name), "lead")
        reports.follow(a_report(name), "lead")
    assert reports.leader_of("f-1") == "lead"
    assert reports.leader_of("lead") is None
    assert store.followers("lead") == ("f-1", "f-2")
    assert store.followers("f-1") == ()


def test_one_appeal_alone_finds_the_place_free(reports_table: Table) -> None:
    reports = DynamoDbReportStore(reports_table)
    first, second = (AppealClaim(report=name, at=NOW, expires=NOW + timedelta(days=184)) for name in ("r-1", "r-2"))
    reports.claim_appeal("removal-1", first, seen=None)
    for seen in (None, "r-9"):
        with pytest.raises(ConflictError):
            reports.claim_appeal("removal-1", second, seen=seen)
    assert reports.read_appeal_claim("removal-1") == first
    reports.claim_appeal("removal-1", second, seen="r-1")
    assert reports.read_appeal_claim("removal-1") == second
    assert reports.read_appeal_claim("removal-2") is None


def a_report(name: str) -> Report:
    return Report(
        id=name, platform="p", post_id="1", language=None, received_at=NOW, sealed="c2VhbGVk",
        expires=NOW + timedelta(days=183),
    )  # fmt: skip


def test_packages_and_reports_go_once(store: AwsErasureStore, s3: Any, reports_table: Table) -> None:
    AwsReferralStore(reports_table, s3, "referrals").put_package("police/r1", "c2VhbGVk")
    report = Report(
        id="n1", platform="p", post_id="1", language=None, received_at=NOW, sealed="c2VhbGVk", expires=NOW
    )  # fmt: skip
    DynamoDbReportStore(reports_table).put(report)
    assert [store.delete_package("police/r1"), store.delete_package("police/r1")] == [True, False]
    assert [store.delete_report("n1"), store.delete_report("n1")] == [True, False]
