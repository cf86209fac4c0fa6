"""What waits to be fetched, as DynamoDB holds it; and what an operator says of partners, platforms and teams, read back."""

from __future__ import annotations

import http.client
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import boto3
import pytest

from screening.aws.administration import Administration
from screening.aws.case_store import DynamoDbCaseStore
from screening.aws.config_store import DynamoDbConfigStore
from screening.aws.record_stores import WAITING, AwsReferralStore
from screening.aws.transparency_client import HttpTransparencyDatabase
from screening.aws.wiring.refer import PlatformRecords
from screening.cases.case_parts import AppealOf, CaseMember, Outcome, Warned
from screening.cases.vote import Decision
from screening.errors import AuthenticationError, NotFoundError, TransientError
from screening.ports import CaseChange
from screening.referrals.transparency_record import RestrictionFacts, transparency_record
from screening.workflows.records import Partner, Platform, Referral, Team
from tests.component.conftest import REGION
from tests.component.test_case_store import case

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


def referral(name: str, *, days_ago: int = 5, **fields: Any) -> Referral:
    values: dict[str, Any] = {
        "id": name, "case": "c", "partner": "unit", "kind": "referral", "state": "issued", "package_key": f"unit/{name}",
        "hash": "0" * 64, "issued_at": NOW - timedelta(days=days_ago), "expires_at": NOW + timedelta(days=25),
        "seed": "ab" * 16,
    }  # fmt: skip
    return Referral(**{**values, **fields})


@pytest.fixture
def store(make_table: Any) -> AwsReferralStore:
    s3 = boto3.client("s3", region_name=REGION)
    s3.create_bucket(Bucket="referrals", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    return AwsReferralStore(make_table("ReferralsTable"), s3, "referrals")


def waiting(store: AwsReferralStore, *, days: int = 1) -> list[str]:
    return [one.id for one in store.unfetched(before=NOW - timedelta(days=days))]


def test_what_nobody_fetched_is_found_the_oldest_first(store: AwsReferralStore) -> None:
    for name, days_ago in (("b", 2), ("a", 9), ("c", 0), ("d", 4)):
        assert store.create(referral(name, days_ago=days_ago))
    assert waiting(store) == ["a", "d", "b"]
    assert waiting(store, days=3) == ["a", "d"]
    assert next(store.unfetched(before=NOW)).id == "a"


@pytest.mark.parametrize("state", ["fetched", "acknowledged", "recalled"])
def test_what_is_done_waits_no_more(store: AwsReferralStore, state: Any) -> None:
    store.create(referral("a"))
    store.update(referral("a", state=state, revision=2), expected_revision=1)
    assert waiting(store) == []
    assert store._table.get(WAITING, f"{int((NOW - timedelta(days=5)).timestamp() * 1000):015d}#a") is None


def test_what_was_acknowledged_and_not_fetched_waits_on(store: AwsReferralStore) -> None:
    store.create(referral("a"))
    steps = [
        ({"state": "acknowledged", "acknowledged_state": "received"}, ["a"]),
        ({"state": "acknowledged", "acknowledged_state": "declined"}, []),
        ({"state": "acknowledged", "acknowledged_state": "accepted"}, ["a"]),
        ({"state": "acknowledged", "acknowledged_state": "accepted", "fetched_at": NOW}, []),
    ]
    for revision, (fields, waits) in enumerate(steps, 2):
        store.update(referral("a", revision=revision, **fields), expected_revision=revision - 1)
        assert waiting(store) == waits


def test_a_ticket_that_was_sent_or_a_recall_under_way_changes_nothing_about_waiting(store: AwsReferralStore) -> None:
    store.create(referral("a"))
    under_way = referral("a", ticket_sent=True, recalled_at=NOW, recall_reason="left lying", revision=2)
    store.update(under_way, expected_revision=1)
    assert list(store.unfetched(before=NOW)) == [under_way]


def test_a_crash_before_the_referral_itself_leaves_nothing_and_the_next_try_is_found(store: AwsReferralStore) -> None:
    class Crash(BaseException):
        pass

    put = store._table.put
    calls = 0

    def put_then_crash(*args: Any, **options: Any) -> None:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise Crash
        put(*args, **options)

    store._table.put = put_then_crash  # type: ignore[method-assign]
    with pytest.raises(Crash):
        store.create(referral("a", days_ago=6))
    store._table.put = put  # type: ignore[method-assign]
    assert waiting(store) == []
    assert store.create(referral("a", days_ago=5))
    assert waiting(store) == ["a"]
    assert not store.create(referral("a", days_ago=4))
    assert waiting(store) == ["a"]


def test_every_field_of_a_referral_is_read_back(store: AwsReferralStore) -> None:
    full = referral(
        "a", ticket_sent=True, fetched_at=NOW, acknowledged_at=NOW, acknowledged_state="accepted", opinion="disputed",
        opinion_at=NOW + timedelta(seconds=1), instead_of="b", state="acknowledged", recalled_at=NOW, recall_reason="r",
    )  # fmt: skip
    store.create(full)
    assert store.read("a") == full


def test_what_became_of_a_case_is_read_back(make_table: Any) -> None:
    store = DynamoDbCaseStore(make_table("CasesTable"), make_table("LedgerTable"), retention_days=183)
    made = Decision(
        action="refer", partner="unit", decided_at=NOW, votes=("v", "w"), actors=("a", "b"), recheck="differs",
        rules=("excess_hours.test",),
    )  # fmt: skip
    full = case(
        state="decided", decisions=(made,), silent_until=NOW + timedelta(hours=5), merged_into=None, referrals=("r",),
        outcomes=(Outcome(source="partner:unit", opinion="disputed", at=NOW),),
        warned=(Warned(platform="olx-pl", post_id="17", delivered=4, replied=2, asked_help=1, at=NOW),),
        appeal=AppealOf(case="c", action="remove", decided_at=NOW, actors=("a",), report="n"),
        members=(
            CaseMember(
                platform="olx-pl", post_id="18", seq=1, version="v", kind="job", tier="review", archive=None,
                withdrawn=True, joined_at=NOW,
            ),
        ),
        member_count=1,
    )  # fmt: skip
    store.save(CaseChange(case=full, expected_revision=None, entries=()))
    assert store.read(full.case) == full
    assert [one.case for one in store.queue("general", "review", limit=5)] == [full.case]  # a senior's word is awaited


@pytest.fixture
def administration(make_table: Any, aws: None) -> tuple[Administration, DynamoDbConfigStore]:
    table = make_table("ConfigTable")
    secrets = boto3.client("secretsmanager", region_name=REGION)
    make_table("LedgerTable")
    made = Administration(
        boto3.client("dynamodb", region_name=REGION), secrets, config_table="ConfigTable", ledger_table="LedgerTable",
        secrets_prefix="screening",
    )  # fmt: skip
    return made, DynamoDbConfigStore(table)


def test_what_is_said_of_partners_platforms_and_teams_is_what_the_functions_read(
    administration: tuple[Administration, DynamoDbConfigStore],
) -> None:
    made, config = administration
    partner = Partner(
        id="unit", name="Unit", kind="police", queue="q", countries=("PL",), fields=frozenset({"evidence"}),
        legal_basis="law", purpose="p", formats=("json", "stix"), fetch_within_days=5, fallback="other",
    )  # fmt: skip
    platform = Platform(id="jobs", team="general", transparency=True, member_state="PL")
    team = Team(id="general", daily_budget=40, second_review_share=0.25, severe_per_day=7)
    made.add_partner(partner)
    made.add_platform(platform)
    made.put_team(team)
    assert (config.partner("unit"), config.platform("jobs"), config.team("general")) == (partner, platform, team)
    assert made.teams() == (team,)
    made.put_team(replace(team, daily_budget=None))
    assert made.teams()[0].daily_budget is None
    assert config.team("unheard-of") == Team(id="unheard-of")


class Connection(http.client.HTTPConnection):
    """A database that answers as it is told, and keeps what it was asked with."""

    asked: list[dict[str, str]]

    def __init__(self, status: int, asked: list[dict[str, str]]) -> None:
        super().__init__("127.0.0.1")
        self.status = status
        self.asked = asked

    def request(self, *_: Any, headers: Any = None, **__: Any) -> None:
        self.asked.append(dict(headers))

    def getresponse(self) -> Any:
        status = self.status

        class Answer:
            def __init__(self) -> None:
                self.status = status

            def read(self, _most: int = 0) -> bytes:
                return b"{}"

        return Answer()


def records(status: int, asked: list[dict[str, str]]) -> PlatformRecords:
    def database(address: str, token: Callable[[], str]) -> HttpTransparencyDatabase:
        return HttpTransparencyDatabase(address, token, connect=lambda host, port: Connection(status, asked))

    return PlatformRecords("https://database.example", "screening", database=database)


def statement() -> dict[str, Any]:
    return transparency_record(
        RestrictionFacts(
            concerns=("trafficking_pattern",), indicators=(), language="pl", published_on=date(2026, 5, 1),
            applied_on=date(2026, 5, 4), source="own_initiative", puid="p-1",
        )
    )  # fmt: skip


def put_token(platform: str, value: str) -> None:
    boto3.client("secretsmanager", region_name=REGION).create_secret(
        Name=f"screening/transparency/{platform}", SecretString=value
    )


def test_each_platforms_records_go_with_its_own_token(aws: None) -> None:
    put_token("jobs", '{"token": "one"}')
    put_token("flats", '{"token": "two"}')
    asked: list[dict[str, str]] = []
    for platform in ("jobs", "flats"):
        assert records(201, asked).send(platform, [statement()]) == ()
    assert [headers["Authorization"] for headers in asked] == ["Bearer one", "Bearer two"]


def test_a_record_that_breaks_the_rules_is_named_and_not_sent(aws: None) -> None:
    put_token("jobs", '{"token": "one"}')
    asked: list[dict[str, str]] = []
    (reason,) = records(201, asked).send("jobs", [statement() | {"category": "STATEMENT_CATEGORY_NONE"}])[:1]
    assert "category" in reason
    assert not asked


def test_without_a_token_nothing_is_sent_and_the_message_waits(aws: None) -> None:
    asked: list[dict[str, str]] = []
    with pytest.raises(NotFoundError):
        records(201, asked).send("jobs", [statement()])
    put_token("jobs", '{"token": ""}')
    with pytest.raises(AuthenticationError):
        records(201, asked).send("jobs", [statement()])
    put_token("flats", "no JSON")
    with pytest.raises(TransientError):
        records(201, asked).send("flats", [statement()])
    assert not asked


def test_a_team_that_a_platform_leaves_is_watched_and_counted_all_the_same(
    administration: tuple[Administration, DynamoDbConfigStore],
) -> None:
    """Its open cases stay with it: the alarm for urgent ones and the exports go through the teams that are known."""
    made, config = administration
    made.add_platform(Platform(id="jobs", team="north"))
    made.add_platform(Platform(id="jobs", team="general"))
    assert config.review_teams() == ("general", "north")
    assert config.team("north") == Team(id="north")


def test_a_team_that_was_set_up_keeps_its_settings_when_a_platform_leaves_it(
    administration: tuple[Administration, DynamoDbConfigStore],
) -> None:
    made, config = administration
    made.put_team(Team(id="north", daily_budget=7))
    made.add_platform(Platform(id="jobs", team="north"))
    made.add_platform(Platform(id="jobs", team="general"))
    assert config.teams() == (Team(id="north", daily_budget=7),)
