"""What erasing needs of tables and buckets beside the stores that write: reading whole, deleting, rewriting."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

from botocore.exceptions import ClientError

from screening.aws.dynamo import Item, Table, key_part, number, post_pk, text
from screening.aws.failures import error_code, translated
from screening.aws.record_stores import FOLLOWER
from screening.aws.rewritten_objects import S3RewrittenObjects
from screening.aws.tombstones import ERASED, put_tombstone, tombstone_from_item
from screening.errors import ConflictError, NotFoundError, TransientError
from screening.ports import Clock, ErasedPost, OpenedObject, VersionKey
from screening.workflows.records import PostKey

HEAD = "HEAD"


class AwsErasureStore:
    """The `ErasureStore` of the operator."""

    def __init__(
        self, posts: Table, clock: Clock, s3: Any = None, *, archive_bucket: str = "", referrals_bucket: str = "",
        reports: Table | None = None,
    ) -> None:  # fmt: skip
        """For tombstones alone the posts table is enough."""
        self._posts = posts
        self._clock = clock
        self._s3 = s3
        self._archive = archive_bucket
        self._referrals = referrals_bucket
        self._reports = reports

    def put_tombstone(self, tombstone: ErasedPost) -> None:
        put_tombstone(self._posts, tombstone, now=self._clock.now())

    def tombstones(self, posts: Sequence[PostKey]) -> dict[PostKey, ErasedPost]:
        by_pk = {(post_pk(*post), ERASED): post for post in posts}
        found, unread = self._posts.get_many(list(by_pk))
        if unread:
            raise TransientError(f"{len(unread)} tombstones not read")
        return {by_pk[key]: tombstone_from_item(by_pk[key], item) for key, item in found.items()}

    def versions(self, post: PostKey) -> tuple[VersionKey, ...]:
        found = self._posts.query(
            "pk = :pk AND begins_with(sk, :v)", {":pk": text(post_pk(*post)), ":v": text("V#")}, ConsistentRead=True
        )
        return tuple(_version_key(item) for item in found)

    def delete_version(self, post: PostKey, version: VersionKey) -> None:
        self._posts.delete(post_pk(*post), f"V#{version.seq:015d}#{version.version}")

    def delete_head(self, post: PostKey, *, revision: int) -> None:
        what = f"DynamoDB DeleteItem of the head of {post[0]}/{key_part(post[1])}"
        with translated(what):
            self._posts.dynamodb.delete_item(
                TableName=self._posts.name, Key={"pk": text(post_pk(*post)), "sk": text(HEAD)},
                ConditionExpression="attribute_not_exists(pk) OR revision = :revision",
                ExpressionAttributeValues={":revision": number(revision)},
            )  # fmt: skip

    def open_object(self, key: str) -> OpenedObject:
        with translated(f"S3 GetObject {key}"):
            answer = self._s3.get_object(Bucket=self._archive, Key=key)
            return OpenedObject(answer["Body"].read(), answer["ETag"], answer["LastModified"])

    def rewrite_object(self, key: str, body: bytes, *, tag: str, delete_on: date) -> None:
        S3RewrittenObjects(self._s3, self._archive).note(key, delete_on=delete_on)
        try:
            self._s3.put_object(
                Bucket=self._archive, Key=key, Body=body, IfMatch=tag, ContentType="application/x-ndjson+gzip"
            )
        except ClientError as error:
            if error_code(error) in ("PreconditionFailed", "ConditionalRequestConflict"):
                raise ConflictError(f"archive {key}: somebody else wrote it meanwhile") from error
            with translated(f"S3 PutObject {key}"):
                raise

    def delete_package(self, key: str) -> bool:
        return self._gone(self._referrals, key)

    def _gone(self, bucket: str, key: str) -> bool:
        try:
            with translated(f"S3 HeadObject {key}"):
                self._s3.head_object(Bucket=bucket, Key=key)
        except NotFoundError:
            return False
        with translated(f"S3 DeleteObject {key}"):
            self._s3.delete_object(Bucket=bucket, Key=key)
        return True

    def followers(self, report: str) -> tuple[str, ...]:
        if self._reports is None:
            return ()
        found = self._reports.query(
            "pk = :pk AND begins_with(sk, :prefix)", {":pk": text(f"N#{report}"), ":prefix": text(FOLLOWER)},
            ConsistentRead=True,
        )  # fmt: skip
        return tuple(item["sk"]["S"].removeprefix(FOLLOWER) for item in found)

    def delete_report(self, report: str) -> bool:
        if self._reports is None:
            return False
        pk = f"N#{report}"  # the notice and what was answered to it
        items = [item["sk"]["S"] for item in self._reports.query("pk = :pk", {":pk": text(pk)}, ConsistentRead=True)]
        for sk in items:
            self._reports.delete(pk, sk)
        return bool(items)


def _version_key(item: Item) -> VersionKey:
    _, seq, version = item["sk"]["S"].split("#")
    content: bytes = item["assessment"]["B"]
    return VersionKey(int(seq), version, hashlib.sha256(bytes(content)).hexdigest())
