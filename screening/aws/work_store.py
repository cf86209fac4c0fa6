"""Leases, skipped cases, views and saved filters, in the cases table beside the cases themselves: each item goes by its own clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from screening.aws.dynamo import Item, Table, from_millis, millis, number, text
from screening.aws.packing import packed, unpacked
from screening.cases.case_parts import Lease
from screening.cases.putting_aside import NOTE_KEPT_FOR
from screening.cases.quality.exposure import View
from screening.cases.saved_filters import SavedFilters
from screening.errors import ConflictError, TransientError

LEASE, FILTERS = "LEASE", "FILTERS"


class DynamoDbWorkStore:
    """The `WorkStore` of the functions."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def take_lease(self, lease: Lease, *, now: datetime) -> Lease:
        held = self.leases([lease.case], now=now).get(lease.case)
        if held is not None and held.actor != lease.actor:
            raise ConflictError(f"case {lease.case}: somebody else works on it")
        if held is not None:
            lease = Lease(lease.case, lease.actor, held.token, held.taken_at, lease.until)
        # Between the look and the write somebody else may have taken it: the condition holds, not the look.
        self._table.put(
            _lease_to_item(lease),
            ConditionExpression="attribute_not_exists(pk) OR actor = :actor OR #until <= :now",
            ExpressionAttributeNames={"#until": "until"},
            ExpressionAttributeValues={":actor": text(lease.actor), ":now": number(millis(now))},
        )
        return lease

    def release_lease(self, case: str, actor: str) -> None:
        held = self._table.get(_case_pk(case), LEASE)
        if held is None or held["actor"]["S"] != actor:
            return
        try:
            self._table.put(
                held | {"until": number(0)},
                ConditionExpression="#token = :token", ExpressionAttributeNames={"#token": "token"},
                ExpressionAttributeValues={":token": held["token"]},
            )  # fmt: skip
        except ConflictError:
            return  # it had run out meanwhile, and somebody else took it

    def leases(self, cases: Sequence[str], *, now: datetime) -> dict[str, Lease]:
        found, unread = self._table.get_many([(_case_pk(case), LEASE) for case in cases])
        if unread:
            raise TransientError("leases: not all could be read for now")
        held = [_lease_from_item(item) for item in found.values()]
        return {lease.case: lease for lease in held if lease.until > now}

    def skip(self, actor: str, case: str, *, until: datetime, note: str = "") -> None:
        noted: Item = {"note": text(note)} if note else {}
        kept = until + NOTE_KEPT_FOR if note else until
        self._put_own(actor, f"SKIP#{case}", {"until": number(millis(until)), **noted}, kept)

    def own_note(self, actor: str, case: str, *, now: datetime) -> str:
        item = self._table.get(f"W#{actor}", f"SKIP#{case}")
        if item is None or "note" not in item or int(item["ttl"]["N"]) <= now.timestamp():
            return ""
        return str(item["note"]["S"])

    def skipped(self, actor: str, *, now: datetime) -> frozenset[str]:
        found = self._own(actor, "SKIP#")
        return frozenset(
            item["sk"]["S"].removeprefix("SKIP#") for item in found if from_millis(int(item["until"]["N"])) > now
        )

    def note_view(self, actor: str, view: View, *, until: datetime) -> None:
        # The text is part of the key: two texts opened in one millisecond are two.
        seen: Item = {"severe": {"BOOL": view.severe}, **({"text": text(view.text)} if view.text else {})}
        self._put_own(actor, f"VIEW#{millis(view.at):015d}#{view.text}", seen, until)

    def views(self, actor: str, *, since: datetime) -> tuple[View, ...]:
        found = (
            View(
                from_millis(int(item["sk"]["S"].split("#")[1])), bool(item["severe"]["BOOL"]),
                item["text"]["S"] if "text" in item else "",
            )
            for item in self._own(actor, "VIEW#")
        )  # fmt: skip
        return tuple(view for view in found if view.at >= since)

    def filters(self, actor: str) -> SavedFilters:
        item = self._table.get(f"W#{actor}", FILTERS)
        if item is None:
            return SavedFilters()
        return SavedFilters.read(unpacked(item["filters"]), revision=int(item["revision"]["N"]))

    def put_filters(self, actor: str, filters: SavedFilters, *, until: datetime) -> None:
        item: Item = {
            "pk": text(f"W#{actor}"), "sk": text(FILTERS), "ttl": number(int(until.timestamp())),
            "revision": number(filters.revision), "filters": packed(filters.to_dict()),
        }  # fmt: skip
        if filters.revision == 1:
            self._table.put(item, ConditionExpression="attribute_not_exists(pk)")
        else:
            self._table.put(
                item, ConditionExpression="revision = :before",
                ExpressionAttributeValues={":before": number(filters.revision - 1)},
            )  # fmt: skip

    def _put_own(self, actor: str, sk: str, values: Item, until: datetime) -> None:
        key: Item = {"pk": text(f"W#{actor}"), "sk": text(sk), "ttl": number(int(until.timestamp()))}
        self._table.put(key | values)

    def _own(self, actor: str, prefix: str) -> list[Item]:
        return list(
            self._table.query(
                "pk = :pk AND begins_with(sk, :prefix)", {":pk": text(f"W#{actor}"), ":prefix": text(prefix)}
            )
        )


def _lease_to_item(lease: Lease) -> Item:
    return {
        "pk": text(_case_pk(lease.case)), "sk": text(LEASE), "case": text(lease.case), "actor": text(lease.actor),
        "token": text(lease.token), "taken_at": number(millis(lease.taken_at)), "until": number(millis(lease.until)),
        "ttl": number(int(lease.until.timestamp()) + 86_400),
    }  # fmt: skip


def _lease_from_item(item: Item) -> Lease:
    return Lease(
        item["case"]["S"], item["actor"]["S"], item["token"]["S"], from_millis(int(item["taken_at"]["N"])),
        from_millis(int(item["until"]["N"])),
    )  # fmt: skip


def _case_pk(case: str) -> str:
    return f"C#{case}"
