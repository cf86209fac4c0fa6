"""Every class of docs/privacy.md goes when the page says: the page's table is read, and each row held against what is stored."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest

from screening.aws.case_store import DynamoDbCaseStore
from screening.aws.dynamo import Table
from screening.aws.erasure_store import AwsErasureStore
from screening.aws.link_store import DynamoDbLinkStore
from screening.aws.post_store import DynamoDbPostStore
from screening.aws.record_stores import DynamoDbReportStore
from screening.aws.work_store import DynamoDbWorkStore
from screening.cases.golden_marks import Golden
from screening.cases.ledger import next_entry
from screening.cases.vote import Decision
from screening.links.known_items import KnownItem
from screening.ports import CaseChange, ErasedPost
from screening.values.result import Tier
from screening.workflows.erase import TOMBSTONE_DAYS
from screening.workflows.evidence import DEFAULT_DAYS, KeepEvidence
from screening.workflows.ledger_root import KEPT_FOR, ForgetLedgerPayloads
from screening.workflows.linking import LinkPosts, LinkSettings
from screening.workflows.records import Rejected, Report
from screening.workflows.retention import Retention
from screening.workflows.saved_filters import KeepFilters
from tests.component.conftest import StillClock, no_pause
from tests.component.test_case_store import case
from tests.component.test_post_store import head
from tests.fakes.basics import FakeMetrics
from tests.fakes.faults import Faults
from tests.fakes.ledger_stores import FakeEvidenceStore, FakeLedgerStore
from tests.fakes.stores import FakeArchive, FakeCaseStore
from tests.fakes.world import person
from tests.template_reader import ROOT, read_template
from tests.unit.links.members import member, phone

NOW = StillClock().now()
DAY = timedelta(days=1)
TEMPLATE = read_template()


def classes() -> dict[str, str]:
    """Class -> how long, from the table of the page."""
    page = Path(ROOT / "docs" / "privacy.md").read_text("utf-8")
    section = (
        page.partition("## What is kept, where, how long")[2].partition("\n\n**")[0].partition("\nContacts are")[0]
    )
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return {row[0].strip(): row[2].strip() for row in rows[2:]}


def days_of(told: str) -> list[int]:
    """Days named in words of the page, in their order."""
    plain = told.replace("a year", "365 days").replace("6 months", "183 days").replace("10 years", "3653 days")
    return [int(number) for number in re.findall(r"(\d+) days", plain)]


@dataclass
class Shop:
    """The tables, made as the template has them, and when what was put into one goes."""

    make_table: Any
    clock: StillClock

    def table(self, name: str) -> Table:
        found: Table = self.make_table(name)
        return found

    def goes(self, table: Table) -> set[timedelta]:
        """How long after now each item of a table goes by its TTL."""
        items = table.dynamodb.scan(TableName=table.name)["Items"]
        assert TEMPLATE["Resources"][table.name]["Properties"]["TimeToLiveSpecification"]["Enabled"]
        return {datetime.fromtimestamp(int(item["ttl"]["N"]), UTC) - NOW for item in items}


def post_goes(shop: Shop, tier: Tier, days: int) -> None:
    expires = Retention().post_expires(tier, received_at=NOW, post_expires_at=NOW + 5 * DAY)
    table = shop.table("PostsTable")
    store = DynamoDbPostStore(table, shop.clock)
    assert store.write_head(head(expires=expires, tier=tier), expected_revision=None)
    assert shop.goes(table) == {(5 + days) * DAY}
    shop.clock.advance(days=5 + days + 1)
    assert store.read_head(head().key) is None, "TTL may be days late: what has expired counts as gone"
    table.dynamodb.delete_table(TableName=table.name)


def heads_of_clear(shop: Shop, told: list[int]) -> None:
    kept, assumed = told
    assert Retention().post_expires("clear", received_at=NOW, post_expires_at=None) == NOW + (kept + assumed) * DAY
    post_goes(shop, "clear", kept)


def heads_of_flagged(shop: Shop, told: list[int]) -> None:
    watch, year = told
    for tier, days in (("watch", watch), ("review", year), ("urgent", year)):
        shop.clock = StillClock()
        post_goes(shop, tier, days)  # type: ignore[arg-type]


def lifecycle(bucket: str, prefix: str) -> int:
    rules = TEMPLATE["Resources"][bucket]["Properties"]["LifecycleConfiguration"]["Rules"]
    (days,) = [r["ExpirationInDays"] for r in rules if "ExpirationInDays" in r and r.get("Prefix", "") == prefix]
    return int(days)


def text_of_clear(_shop: Shop, told: list[int]) -> None:
    assert [lifecycle("ArchiveBucket", "text/brief/")] == told


def text_of_others(_shop: Shop, told: list[int]) -> None:
    assert [lifecycle("ArchiveBucket", "text/kept/")] == told


def links(shop: Shop, told: list[int]) -> None:
    memberships, opinions = told
    assert LinkSettings().membership_days == memberships
    table = shop.table("LinksTable")
    store = DynamoDbLinkStore(table, shop.clock, threads=1)
    posts = LinkPosts(store=store, clock=shop.clock, metrics=FakeMetrics(), settings=LinkSettings())
    posts.link([member("p1", phone("a")), member("p2", phone("a"))])
    assert shop.goes(table) == {memberships * DAY}
    shop.clock.advance(days=memberships + 1)
    assert store.read_keys([phone("a")])[phone("a")].members == ()
    assert KnownItem.given("suspected", case="c", source="review", at=NOW).expires == NOW + opinions * DAY


def decided_case() -> Any:
    decision = Decision(action="dismiss", partner=None, decided_at=NOW, votes=("v",), actors=("a",))
    return case(state="decided", decisions=(decision,))


def cases(shop: Shop, told: list[int]) -> None:
    (days,) = told
    table = shop.table("CasesTable")
    store = DynamoDbCaseStore(
        table, shop.table("LedgerTable"), retention_days=Retention().cases_after_decision, pause=no_pause
    )
    store.save(CaseChange(decided_case(), None, ()))
    (item,) = [one for one in table.dynamodb.scan(TableName=table.name)["Items"] if one["sk"]["S"] == "CASE"]
    assert int(item["ttl"]["N"]) == int((NOW + days * DAY).timestamp())
    store.save(CaseChange(replace(decided_case(), hold="court 12", revision=2), 1, ()))
    (item,) = [one for one in table.dynamodb.scan(TableName=table.name)["Items"] if one["sk"]["S"] == "CASE"]
    assert "ttl" not in item, "a case on legal hold goes by no clock"


def golden_cases(shop: Shop, told: list[int]) -> None:
    (days,) = told
    table = shop.table("CasesTable")
    store = DynamoDbCaseStore(
        table, shop.table("LedgerTable"), retention_days=Retention().cases_after_decision,
        pause=no_pause,
    )  # fmt: skip
    mark = Golden(source="s", actor="anna", right=("remove",), days=40)
    for one in (case(opened_at=NOW, golden=mark), replace(decided_case(), case="answered", opened_at=NOW, golden=mark)):
        store.save(CaseChange(one, None, ()))
        item = table.get(f"C#{one.case}", "CASE")
        assert item is not None
        assert int(item["ttl"]["N"]) == int((NOW + days * DAY).timestamp())


def saved_filters(shop: Shop, told: list[int]) -> None:
    (days,) = told
    table = shop.table("CasesTable")
    keep = KeepFilters(work=DynamoDbWorkStore(table), clock=shop.clock)
    keep.save(person("anna", "reviewer"), "team-a", "mine", {"tier": "urgent"})
    assert shop.goes(table) == {days * DAY}


def own_notes(shop: Shop, told: list[int]) -> None:
    assert told == []  # told by the skip's own length
    table = shop.table("CasesTable")
    DynamoDbWorkStore(table).skip("anna", "c", until=NOW + DAY, note="Ask for the licence.")
    assert shop.goes(table) == {2 * DAY}


def ledger_payloads(shop: Shop, told: list[int]) -> None:
    assert told == []  # no days of its own: as long as the case
    stored = FakeCaseStore(Faults())
    entry = next_entry(
        case="c", index=0, prev_hash="", kind="vote", actor="a", at=NOW, salt="00" * 16, payload={"reason": "r"}
    )
    stored.save(CaseChange(replace(decided_case(), case="c", revision=1), None, (entry,)))
    ledger = FakeLedgerStore(Faults(), stored)
    days = Retention().cases_after_decision
    forget = ForgetLedgerPayloads(
        ledger=ledger, cases=stored, clock=shop.clock, metrics=FakeMetrics(), quiet_for=days * DAY
    )
    shop.clock.advance(days=days + 1)
    assert forget() == 0
    stored.items.clear()  # TTL took the case
    assert forget() == 1
    assert ledger.entries("c")[0].payload is None


def chains(_shop: Shop, told: list[int]) -> None:
    assert told == []
    assert "TimeToLiveSpecification" not in TEMPLATE["Resources"]["LedgerTable"]["Properties"]


def roots(_shop: Shop, told: list[int]) -> None:
    assert [KEPT_FOR.days] == told
    assert lifecycle("EvidenceBucket", "ledger-roots/") == KEPT_FOR.days + 1


def evidence(shop: Shop, told: list[int]) -> None:
    archive, store = FakeArchive(Faults()), FakeEvidenceStore(Faults())
    judged = replace(decided_case(), archive=head().archive)
    assert judged.archive is not None
    archive.put(judged.archive.key, b"x" * 10_000)
    keep = KeepEvidence(archive=archive, evidence=store, clock=shop.clock)
    key = keep.of_referral(judged, judged.archive, "r1", legal_basis="law")
    assert store.kept[key].retain_until == NOW + DEFAULT_DAYS * DAY
    assert told == [DEFAULT_DAYS]
    assert lifecycle("EvidenceBucket", "referrals/") == lifecycle("EvidenceBucket", "holds/") == DEFAULT_DAYS + 1


def tombstones(shop: Shop, told: list[int]) -> None:
    table = shop.table("PostsTable")
    AwsErasureStore(table, shop.clock).put_tombstone(
        ErasedPost(
            platform="p", id="1", seq=1, versions=(), erased_at=NOW, expires=NOW + TOMBSTONE_DAYS * DAY,
        )
    )  # fmt: skip
    assert shop.goes(table) == {told[0] * DAY, DAY}  # itself, and the copy for readers that may lag


def packages(_shop: Shop, told: list[int]) -> None:
    (most,) = told
    assert most <= lifecycle("ReferralsBucket", "") <= most + 7


def rejected(shop: Shop, told: list[int]) -> None:
    table = shop.table("PostsTable")
    DynamoDbPostStore(table, shop.clock).put_rejected([
        Rejected(
            platform="p", id="1", received_at=NOW, field="title", reason="is missing", source="webhook",
            expires=Retention().rejected_expires(NOW),
        )
    ])  # fmt: skip
    assert shop.goes(table) == {told[0] * DAY}


def reports(shop: Shop, told: list[int]) -> None:
    assert told == [Retention().reports]
    _reports_go(shop, told[0])


def notices(shop: Shop, told: list[int]) -> None:
    assert told == [Retention().notices]
    _reports_go(shop, told[0])


def _reports_go(shop: Shop, days: int) -> None:
    table = shop.table("ReportsTable")
    expires = NOW + days * DAY
    DynamoDbReportStore(table).put(
        Report(id="n1", platform="p", post_id="1", language=None, received_at=NOW, sealed="x", expires=expires)
    )
    assert shop.goes(table) == {days * DAY}


def logs(_shop: Shop, told: list[int]) -> None:
    assert [TEMPLATE["Parameters"]["LogRetentionDays"]["Default"]] == told


CHECKS: dict[str, Callable[[Shop, list[int]], None]] = {
    "heads of clear posts": heads_of_clear,
    "heads of `watch` posts": heads_of_flagged,
    "text of clear posts that nobody looked at": text_of_clear,
    "text of all others": text_of_others,
    "links: hashed contacts, names, places and text sketches of posts": links,
    "cases, decisions": cases,
    "golden cases: what one person answered, no text": golden_cases,
    "a person's saved filters of the queue, under names of their own": saved_filters,
    "a note for oneself on a case that one skipped": own_notes,
    "what ledger entries say (reasons, comments, tiers)": ledger_payloads,
    "chains of the ledger: kinds, times, who acted, hashes": chains,
    "roots of the ledger: case ids and hashes": roots,
    "evidence: copies of what a referral or a legal hold rests on, contacts sealed": evidence,
    "tombstones of erased posts: id, versions' hashes": tombstones,
    "referral packages": packages,
    "rejected items (field and reason, no text)": rejected,
    "reports and complaints of the public": reports,
    "notices under DSA art. 16, with name and e-mail of who sent them; the answers hold neither ([reporting.md](reporting.md))": notices,
    "logs": logs,
}


def test_every_class_of_the_page_is_checked_and_no_other() -> None:
    assert CHECKS.keys() == classes().keys()


@pytest.mark.parametrize("name", CHECKS)
def test_a_class_goes_when_the_page_says(name: str, make_table: Any, clock: StillClock) -> None:
    assert boto3.client("dynamodb").list_tables()["TableNames"] == []
    CHECKS[name](Shop(make_table, clock), days_of(classes()[name]))
