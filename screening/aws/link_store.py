"""The link store in DynamoDB: memberships, profiles, roots of posts and the history of campaigns in one table.

| pk | sk | what |
|---|---|---|
| `F#{key id}#{kind}#{digest}` | `M#{platform}#{id}#{version}` | a membership |
| the same | `PROFILE` | the key's profile, and the opinion of a known item |
| `P#{platform}#{id}` | `ROOT` | a post's place in its campaign |
| `P#{platform}#{id}` | `TOMBSTONE` | erased: not to be linked again |
| `T` | `{milliseconds}#P#{platform}#{id}` | a copy of such a tombstone, for a day |
| `C#{root}` | `INTO`, `E#{what}#{other}` | where a campaign went, and its history |

A profile is kept packed (zlib, binary): as JSON it is more than twice as long, and costs more write units. Those that stand as
JSON, a text, are read as they are and packed with their next write. A version of this module that knows no packed ones fails on
them (KeyError), so that it never takes a key for one without a profile.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any, get_args

from screening.aws.dynamo import Item, Table, as_json, from_millis, key_part, millis, number, post_pk, text
from screening.aws.recent_copies import put_copy, recent_copies
from screening.errors import ConflictError, TransientError
from screening.links.known_items import KnownItem, replaced
from screening.links.member import LinkKey, Member
from screening.links.profile import Profile
from screening.links.text_sketch import unpacked
from screening.ports import CampaignEvent, CampaignEventKind, Clock, KeyRead, Refused, Rooted, Standing
from screening.workflows.records import PostKey

PROFILE, ROOT, TOMBSTONE, INTO = "PROFILE", "ROOT", "TOMBSTONE", "INTO"
ATTEMPTS = 5


class DynamoDbLinkStore:
    def __init__(self, table: Table, clock: Clock, *, threads: int = 16) -> None:
        self._table = table
        self._clock = clock
        self._threads = threads

    # ------------------------------------------------------------------------------------------------ keys

    def put_members(self, memberships: Sequence[tuple[LinkKey, Member]], *, expires: datetime) -> Refused:
        return self._table.put_many([_member_to_item(key, member, expires) for key, member in memberships])

    def read_keys(self, keys: Sequence[LinkKey]) -> dict[LinkKey, KeyRead]:
        """One query a key, side by side: a batch of 100 posts has some 600."""
        unique = list(dict.fromkeys(keys))
        return dict(zip(unique, self._side_by_side(self._read, unique), strict=True))

    def _read(self, key: LinkKey) -> KeyRead:
        # PROFILE sorts behind every M#: read from the end, it comes first, and one page holds both.
        found = list(
            self._table.query(
                "pk = :pk", {":pk": text(_key_pk(key))}, limit=key.page + 1, ScanIndexForward=False, ConsistentRead=True
            )
        )
        profile = next((item for item in found if item["sk"]["S"] == PROFILE), None)
        members = [item for item in found if item["sk"]["S"] != PROFILE][: key.page]
        live = profile is not None and self._alive(profile)
        return KeyRead(
            members=tuple(_member_from_item(item) for item in members if self._alive(item)),
            full=len(members) == key.page,
            profile=_profile(profile) if profile and live else None,
            revision=int(profile["revision"]["N"]) if profile and "revision" in profile else None,
            known=KnownItem.read(json.loads(profile["known"]["S"])) if profile and "known" in profile else None,
        )

    def members_of(self, key: LinkKey, *, limit: int) -> tuple[Member, ...]:
        found = self._table.query(
            "pk = :pk AND begins_with(sk, :m)", {":pk": text(_key_pk(key)), ":m": text("M#")}, limit=limit,
            ConsistentRead=True,
        )  # fmt: skip
        return tuple(_member_from_item(item) for item in found if self._alive(item))

    def write_profile(
        self, key: LinkKey, profile: Profile, *, expected_revision: int | None, expires: datetime
    ) -> bool:
        values = {":profile": {"B": zlib.compress(profile.to_json().encode())}}
        update = "SET profile = :profile, revision = :next, #ttl = :ttl"
        return self._changed(key, update, values, expected_revision, int(expires.timestamp()))

    def remove_profile(self, key: LinkKey, *, expected_revision: int) -> bool:
        """The revision stays, so that who read the profile before can't write it back."""
        update = "SET revision = :next, #ttl = :ttl REMOVE profile"
        return self._changed(key, update, {}, expected_revision, int(self._clock.now().timestamp()) + 86_400)

    def _changed(
        self, key: LinkKey, update: str, values: dict[str, Any], expected_revision: int | None, until: int
    ) -> bool:
        """The opinion of a known item may stand in the same item, and mustn't go before its time. Few have one: who does is found
        by the refusal of the first try, so that the others need no look."""
        condition = "attribute_not_exists(revision)"
        values = values | {":next": number((expected_revision or 0) + 1), ":ttl": number(until)}
        if expected_revision is not None:
            condition, values[":expected"] = "revision = :expected", number(expected_revision)
        if self._updated(key, update, f"{condition} AND attribute_not_exists(known)", values):
            return True
        item = self._profile_item(key)
        if "known" not in item:
            return False
        known = KnownItem.read(json.loads(item["known"]["S"]))
        values |= {":known": item["known"], ":ttl": number(max(until, int(known.expires.timestamp())))}
        return self._updated(key, update, f"{condition} AND known = :known", values)

    def _profile_item(self, key: LinkKey) -> Item:
        """Asked for by a query: who gives opinions may not get single items (template.yaml)."""
        values = {":pk": text(_key_pk(key)), ":sk": text(PROFILE)}
        return next(iter(self._table.query("pk = :pk AND sk = :sk", values, ConsistentRead=True)), {})

    def _updated(self, key: LinkKey, update: str, condition: str, values: dict[str, Any]) -> bool:
        try:
            self._table.update(
                _key_pk(key), PROFILE, UpdateExpression=update, ConditionExpression=condition,
                ExpressionAttributeValues=values, ExpressionAttributeNames={"#ttl": "ttl"},
            )  # fmt: skip
        except ConflictError:
            return False
        return True

    def remove_members(self, memberships: Sequence[tuple[LinkKey, PostKey]]) -> Refused:
        removed = self._side_by_side(self._remove, memberships)
        return frozenset(index for index, done in enumerate(removed) if not done)

    def _remove(self, membership: tuple[LinkKey, PostKey]) -> bool:
        key, post = membership
        found = self._table.query(
            "pk = :pk AND begins_with(sk, :m)", {":pk": text(_key_pk(key)), ":m": text(_member_prefix(post))},
            ConsistentRead=True, ProjectionExpression="pk, sk",
        )  # fmt: skip
        try:
            for item in found:
                self._table.delete(item["pk"]["S"], item["sk"]["S"])
        except TransientError:
            return False
        return True

    def clear_key(self, key: LinkKey) -> None:
        found = self._table.query(
            "pk = :pk AND begins_with(sk, :m)", {":pk": text(_key_pk(key)), ":m": text("M#")},
            ConsistentRead=True, ProjectionExpression="pk, sk",
        )  # fmt: skip
        left = self._table.delete_many([(item["pk"]["S"], item["sk"]["S"]) for item in found])
        if left:
            raise TransientError(f"{left} memberships of a common key are left")

    # ------------------------------------------------------------------------------------------------ campaigns

    def roots(self, posts: Sequence[PostKey]) -> dict[PostKey, Rooted]:
        found, unread = self._table.get_many([(post_pk(*post), ROOT) for post in posts])
        if unread:
            raise TransientError(f"{len(unread)} roots not read")
        items = ((post, found.get((post_pk(*post), ROOT))) for post in posts)
        return {post: _rooted(item) for post, item in items if item is not None and self._alive(item)}

    def lower_root(
        self, post: PostKey, root: str, keys: frozenset[LinkKey], *, expires: datetime
    ) -> tuple[Rooted | None, Rooted]:
        for _ in range(ATTEMPTS):
            known = self.roots([post]).get(post)
            after = Rooted(min(root, known.root), known.keys | keys) if known else Rooted(root, keys)
            item: Item = {
                "pk": text(post_pk(*post)), "sk": text(ROOT), "root": text(after.root),
                "keys": as_json(sorted(key.text for key in after.keys)), "ttl": number(int(expires.timestamp())),
            }  # fmt: skip
            more: dict[str, Any] = {"ConditionExpression": "attribute_not_exists(pk) OR #ttl < :now"}
            more["ExpressionAttributeNames"] = {"#ttl": "ttl"}
            more["ExpressionAttributeValues"] = {":now": number(int(self._clock.now().timestamp()))}
            if known:
                more = {
                    "ConditionExpression": "root = :root AND #keys = :keys",
                    "ExpressionAttributeNames": {"#keys": "keys"},
                    "ExpressionAttributeValues": {
                        ":root": text(known.root), ":keys": as_json(sorted(key.text for key in known.keys)),
                    },
                }  # fmt: skip
            try:
                self._table.put(item, **more)
            except ConflictError:
                continue
            return known, after
        raise TransientError("the root of a post kept changing")

    def remove_root(self, post: PostKey) -> None:
        self._table.delete(post_pk(*post), ROOT)

    def note_merge(self, root: str, *, into: str, at: datetime) -> None:
        with suppress(ConflictError):  # it went into an older one already
            self._table.put(
                {"pk": text(f"C#{root}"), "sk": text(INTO), "root": text(into)},
                ConditionExpression="attribute_not_exists(pk) OR root > :root",
                ExpressionAttributeValues={":root": text(into)},
            )
        self._note(root, "went_into", into, at)
        self._note(into, "took_in", root, at)

    def note_split(self, root: str, *, part: str, at: datetime) -> None:
        self._table.delete(f"C#{part}", INTO)
        self._note(root, "split_off", part, at)

    def _note(self, root: str, what: CampaignEventKind, other: str, at: datetime) -> None:
        with suppress(ConflictError):  # noted before, with its first time
            self._table.put(
                {"pk": text(f"C#{root}"), "sk": text(f"E#{what}#{other}"), "at": number(millis(at))},
                ConditionExpression="attribute_not_exists(pk)",
            )

    def went_into(self, root: str) -> str | None:
        item = self._table.get(f"C#{root}", INTO)
        return item["root"]["S"] if item else None

    def merged_into(self, root: str) -> str:
        while (into := self.went_into(root)) is not None:
            root = into
        return root

    def history(self, root: str) -> tuple[CampaignEvent, ...]:
        found = self._table.query(
            "pk = :pk AND begins_with(sk, :e)", {":pk": text(f"C#{root}"), ":e": text("E#")}, ConsistentRead=True
        )
        return tuple(sorted(_event(item) for item in found))

    # ------------------------------------------------------------------------------------------------ erasure, known items

    def put_tombstone(self, post: PostKey, *, expires: datetime) -> None:
        self._table.put({"pk": text(post_pk(*post)), "sk": text(TOMBSTONE), "ttl": number(int(expires.timestamp()))})
        put_copy(self._table, post, {}, now=self._clock.now())

    def tombstoned(self, posts: Sequence[PostKey]) -> frozenset[PostKey]:
        found, unread = self._table.get_many([(post_pk(*post), TOMBSTONE) for post in posts])
        if unread:
            raise TransientError(f"{len(unread)} tombstones not read")
        return frozenset(
            post for post in posts if (item := found.get((post_pk(*post), TOMBSTONE))) and self._alive(item)
        )

    def standing(self, posts: Sequence[PostKey]) -> dict[PostKey, Standing]:
        """One query a post, side by side: of both items it costs half a read unit, where getting each would cost as much each."""
        recent = {post for post, _ in recent_copies(self._table, now=self._clock.now())}
        unique = list(dict.fromkeys(posts))
        found = zip(unique, self._side_by_side(self._standing, unique), strict=True)
        return {post: replace(standing, erased=standing.erased or post in recent) for post, standing in found}

    def _standing(self, post: PostKey) -> Standing:
        found = self._table.query("pk = :pk", {":pk": text(post_pk(*post))})
        alive = {item["sk"]["S"]: item for item in found if self._alive(item)}
        return Standing(erased=TOMBSTONE in alive, rooted=_rooted(alive[ROOT]) if ROOT in alive else None)

    def put_known(self, key: LinkKey, item: KnownItem) -> None:
        for _ in range(ATTEMPTS):
            stands = self._profile_item(key)
            before = KnownItem.read(json.loads(stands["known"]["S"])) if "known" in stands else None
            after = replaced(before, item)
            until = int(after.expires.timestamp())
            values: dict[str, Any] = {":known": as_json(after.to_dict())}
            update, condition = "SET known = :known, #ttl = :ttl", "attribute_not_exists(#ttl)"
            if "ttl" in stands:
                until, condition = max(until, int(stands["ttl"]["N"])), "#ttl = :was"
                values[":was"] = stands["ttl"]
            if not self._alive(stands):
                update += " REMOVE profile"  # which has expired, and mustn't come back with the item
            if self._updated(key, update, condition, values | {":ttl": number(until)}):
                return
        raise TransientError("a known item kept changing")

    def _alive(self, item: Item) -> bool:
        """TTL is best effort: what has expired may still be read for days (AWS, "How it works: TTL")."""
        return "ttl" not in item or int(item["ttl"]["N"]) >= int(self._clock.now().timestamp())

    def _side_by_side[Thing, Done](self, work: Callable[[Thing], Done], things: Iterable[Thing]) -> list[Done]:
        wanted = list(things)
        if self._threads <= 1 or len(wanted) <= 1:
            return [work(thing) for thing in wanted]
        with ThreadPoolExecutor(max_workers=min(self._threads, len(wanted))) as pool:
            return list(pool.map(work, wanted))


def _key_pk(key: LinkKey) -> str:
    return f"F#{key.text}"


def _member_prefix(post: PostKey) -> str:
    return f"M#{post[0]}#{key_part(post[1])}#"


def _member_to_item(key: LinkKey, member: Member, expires: datetime) -> Item:
    facts = json.loads(member.to_json())
    facts.pop("w", None)
    item: Item = {
        "pk": text(_key_pk(key)), "sk": text(f"{_member_prefix(member.post)}{member.version}"), "id": text(member.id),
        "facts": text(json.dumps(facts, separators=(",", ":"))), "ttl": number(int(expires.timestamp())),
    }  # fmt: skip
    if member.sketch:
        item["sketch"] = {"B": member.sketch.packed()}  # binary costs its bytes, in JSON it would cost a quarter more
    return item


def _member_from_item(item: Item) -> Member:
    _, platform, _, version = item["sk"]["S"].split("#")
    member = Member.from_json(platform, item["id"]["S"], version, item["facts"]["S"])
    if "sketch" not in item:
        return member
    return member.with_sketch(unpacked(bytes(item["sketch"]["B"]), member.exact))


def _profile(item: Item) -> Profile | None:
    match item.get("profile"):
        case {"B": packed}:
            return Profile.from_json(zlib.decompress(bytes(packed)).decode())
        case {"S": as_text}:
            return Profile.from_json(as_text)
    return None


def _rooted(item: Item) -> Rooted:
    return Rooted(item["root"]["S"], frozenset(LinkKey.read(key) for key in json.loads(item["keys"]["S"])))


def _event(item: Item) -> CampaignEvent:
    _, what, other = item["sk"]["S"].split("#")
    known: CampaignEventKind = next(kind for kind in get_args(CampaignEventKind) if kind == what)
    return CampaignEvent(from_millis(item["at"]["N"]), known, other)
