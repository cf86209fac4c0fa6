"""Referrals with their packages, and reports from the public."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from screening.aws.dynamo import Item, Table, as_json, from_millis, millis, number, text
from screening.aws.failures import translated
from screening.errors import ConflictError
from screening.workflows.records import Answer, AppealClaim, Referral, Report

_REPORT_MOMENTS = ("received_at", "expires")
_ANSWER_MOMENTS = ("as_of", "shown_from", "earlier_from", "expires")
_CLAIM_MOMENTS = ("at", "expires")
_REFERRAL_MOMENTS = ("issued_at", "expires_at", "fetched_at", "acknowledged_at", "recalled_at", "opinion_at")
FOLLOWER, LEADER = "FOLLOWER#", "LEADER"
"""Beside a report: those that follow it, and the one that it follows."""
WAITING = "WAITING"
"""One item for each referral that nobody has fetched yet, by the time it was issued: few, and soon gone."""
REFERRAL_KEPT = timedelta(days=400)
"""A record of what a partner was given outlives the package: who may ask about it asks late."""


class AwsReferralStore:
    """The `ReferralStore` of the functions: records in DynamoDB, sealed packages in S3."""

    def __init__(self, table: Table, s3: Any, bucket: str) -> None:
        self._table = table
        self._s3 = s3
        self._bucket = bucket

    def put_package(self, key: str, sealed: str) -> None:
        with translated(f"S3 PutObject {key}"):
            self._s3.put_object(Bucket=self._bucket, Key=key, Body=sealed.encode("ascii"))

    def read_package(self, key: str) -> str:
        with translated(f"S3 GetObject {key}"):
            body: bytes = self._s3.get_object(Bucket=self._bucket, Key=key)["Body"].read()
        return body.decode("ascii")

    def create(self, referral: Referral) -> bool:
        # First: after a crash in between it leads nowhere, while a referral without it would lie unnoticed.
        self._table.put(_waiting_item(referral))
        try:
            self._table.put(_referral_to_item(referral), ConditionExpression="attribute_not_exists(pk)")
        except ConflictError:
            return False
        return True

    def read(self, referral: str) -> Referral | None:
        item = self._table.get(_referral_pk(referral), "REFERRAL")
        return _referral_from_item(item) if item else None

    def update(self, referral: Referral, *, expected_revision: int) -> None:
        if referral.is_waited_for and referral.state != "issued":  # declined before, perhaps, and then accepted
            self._table.put(_waiting_item(referral))
        self._table.put(
            _referral_to_item(referral),
            ConditionExpression="revision = :expected",
            ExpressionAttributeValues={":expected": number(expected_revision)},
        )
        if not referral.is_waited_for:
            self._table.delete(WAITING, _waiting_sk(referral))

    def unfetched(self, *, before: datetime) -> Iterator[Referral]:
        found = self._table.query(
            "pk = :pk AND sk < :before", {":pk": text(WAITING), ":before": text(f"{millis(before):015d}")}
        )
        waiting = ((item["sk"]["S"], self.read(item["sk"]["S"].partition("#")[2])) for item in found)
        return (one for sk, one in waiting if one and one.is_waited_for and sk == _waiting_sk(one))


class DynamoDbReportStore:
    """The `ReportStore` of the functions."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def put(self, report: Report) -> None:
        self._table.put({
            "pk": text(f"N#{report.id}"), "sk": text("REPORT"), "ttl": number(int(report.expires.timestamp())),
            "report": _record(report, _REPORT_MOMENTS),
        })  # fmt: skip

    def read(self, report: str) -> Report | None:
        item = self._table.get(f"N#{report}", "REPORT")
        if item is None:
            return None
        return Report(**_moments(json.loads(item["report"]["S"]), _REPORT_MOMENTS))

    def put_answer(self, report: str, answer: Answer) -> bool:
        item: Item = {
            "pk": text(f"N#{report}"), "sk": text("ANSWER"), "ttl": number(int(answer.expires.timestamp())),
            "as_of": number(millis(answer.as_of)), "answer": _record(answer, _ANSWER_MOMENTS),
        }  # fmt: skip
        try:
            self._table.put(
                item,
                ConditionExpression="attribute_not_exists(pk) OR as_of < :as_of",
                ExpressionAttributeValues={":as_of": item["as_of"]},
            )
        except ConflictError:
            return False
        return True

    def read_answer(self, report: str) -> Answer | None:
        item = self._table.get(f"N#{report}", "ANSWER")
        return Answer(**_moments(json.loads(item["answer"]["S"]), _ANSWER_MOMENTS)) if item else None

    def follow(self, report: Report, leader: str) -> None:
        ttl = number(int(report.expires.timestamp()))
        # The list of followers first: an erasure finds by it what the case doesn't list.
        self._table.put({"pk": text(f"N#{leader}"), "sk": text(f"{FOLLOWER}{report.id}"), "ttl": ttl})
        self._table.put({"pk": text(f"N#{report.id}"), "sk": text(LEADER), "ttl": ttl, "leader": text(leader)})

    def leader_of(self, report: str) -> str | None:
        item = self._table.get(f"N#{report}", LEADER)
        return item["leader"]["S"] if item else None

    def claim_appeal(self, restriction: str, claim: AppealClaim, *, seen: str | None) -> None:
        item: Item = {
            "pk": text(f"A#{restriction}"), "sk": text("CLAIM"), "ttl": number(int(claim.expires.timestamp())),
            "report": text(claim.report), "claim": _record(claim, _CLAIM_MOMENTS),
        }  # fmt: skip
        if seen is None:
            self._table.put(item, ConditionExpression="attribute_not_exists(pk)")
        else:
            self._table.put(item, ConditionExpression="report = :seen", ExpressionAttributeValues={":seen": text(seen)})

    def read_appeal_claim(self, restriction: str) -> AppealClaim | None:
        item = self._table.get(f"A#{restriction}", "CLAIM")
        return AppealClaim(**_moments(json.loads(item["claim"]["S"]), _CLAIM_MOMENTS)) if item else None


def _referral_pk(referral: str) -> str:
    return f"F#{referral}"


def _waiting_sk(referral: Referral) -> str:
    return f"{millis(referral.issued_at):015d}#{referral.id}"


def _waiting_item(referral: Referral) -> Item:
    return {
        "pk": text(WAITING), "sk": text(_waiting_sk(referral)), "ttl": number(int(referral.expires_at.timestamp())),
    }  # fmt: skip


def _referral_to_item(referral: Referral) -> Item:
    return {
        "pk": text(_referral_pk(referral.id)), "sk": text("REFERRAL"), "revision": number(referral.revision),
        "ttl": number(int((referral.expires_at + REFERRAL_KEPT).timestamp())),
        "referral": _record(referral, _REFERRAL_MOMENTS),
    }  # fmt: skip


def _referral_from_item(item: Item) -> Referral:
    return Referral(**_moments(json.loads(item["referral"]["S"]), _REFERRAL_MOMENTS))


def _record(record: Referral | Report | Answer | AppealClaim, moments: tuple[str, ...]) -> dict[str, Any]:
    data = asdict(record)
    for name in moments:
        moment: datetime | None = data[name]
        data[name] = millis(moment) if moment else None
    return as_json(data)


def _moments(data: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return data | {name: from_millis(data[name]) if data[name] is not None else None for name in names}
