"""Tombstones in the posts table: `ERASED` under the post's own key, and a copy for those who read eventually consistent."""

from __future__ import annotations

import json
from datetime import datetime

from screening.aws.dynamo import Item, Table, as_json, from_millis, millis, number, post_pk, text
from screening.aws.recent_copies import put_copy, recent_copies
from screening.ports import ErasedPost
from screening.workflows.records import PostKey

ERASED = "ERASED"


def put_tombstone(table: Table, tombstone: ErasedPost, *, now: datetime) -> None:
    """Raises TransientError: then it is to be put again, and `screen` may see it or not."""
    facts = {
        "seq": tombstone.seq, "versions": list(tombstone.versions), "erased_at": millis(tombstone.erased_at),
        "expires": millis(tombstone.expires), "proof": tombstone.proof,
    }  # fmt: skip
    table.put({
        "pk": text(post_pk(tombstone.platform, tombstone.id)), "sk": text(ERASED), "erased": as_json(facts),
        "ttl": number(int(tombstone.expires.timestamp())),
    })  # fmt: skip
    put_copy(table, (tombstone.platform, tombstone.id), {"erased": as_json(facts)}, now=now)


def tombstone_from_item(post: PostKey, item: Item) -> ErasedPost:
    data = json.loads(item["erased"]["S"])
    moments = {name: from_millis(data[name]) for name in ("erased_at", "expires")}
    return ErasedPost(platform=post[0], id=post[1], **(data | moments | {"versions": tuple(data["versions"])}))


def recent_tombstones(table: Table, *, now: datetime) -> dict[PostKey, ErasedPost]:
    """Those of the last hour, each as it was put last, strongly consistent. Raises TransientError."""
    return {post: tombstone_from_item(post, item) for post, item in recent_copies(table, now=now)}
