"""Copies of what was put within the last hour, for readers that mustn't miss it though they read eventually consistent.

An eventually consistent read costs half, and may not see what was put only just now (AWS, "Read consistency": usually a second or
less). Where little is put and much is read, each thing is put a second time under the key `T`, and one strongly consistent query a
batch finds those of the last hour. So what was put is seen from the moment on that putting both returned.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from screening.aws.dynamo import Item, Table, millis, number, post_pk, text
from screening.workflows.records import PostKey

_COPIES = "T"
_RECENT = timedelta(hours=1)
_STANDS = timedelta(days=1)


def put_copy(table: Table, post: PostKey, facts: Item, *, now: datetime) -> None:
    """Raises TransientError."""
    platform, post_id = post
    table.put({
        "pk": text(_COPIES), "sk": text(f"{_since(now)}#{post_pk(*post)}"), "platform": text(platform),
        "id": text(post_id), "ttl": number(int((now + _STANDS).timestamp())),
    } | facts)  # fmt: skip


def recent_copies(table: Table, *, now: datetime) -> Iterator[tuple[PostKey, Item]]:
    """The newest last. Raises TransientError."""
    values = {":pk": text(_COPIES), ":since": text(_since(now - _RECENT))}
    for item in table.query("pk = :pk AND sk >= :since", values, ConsistentRead=True):
        yield (item["platform"]["S"], item["id"]["S"]), item


def _since(moment: datetime) -> str:
    """Texts sort as the moments do."""
    return f"{millis(moment):015d}"
