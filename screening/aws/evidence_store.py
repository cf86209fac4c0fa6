"""The evidence bucket: objects under S3 Object Lock, for the roots of the ledger and what a referral or a hold rests on.

A lock protects versions, not names: somebody may put a newer version over a key, or hide it behind a delete marker. What
counts is therefore always the oldest version of a key, which the lock keeps.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal
from urllib.parse import quote, unquote

from screening.aws.failures import translated
from screening.errors import ConflictError, NotFoundError, PermanentError
from screening.ports import Evidence

LockMode = Literal["GOVERNANCE", "COMPLIANCE"]
BASIS = "legal-basis"
MAX_BASIS = 600
"""Characters: S3 takes 2 kB of metadata, and escaping may triple them."""


class S3EvidenceStore:
    """The `EvidenceStore` of the functions.

    `mode`: COMPLIANCE can be shortened by nobody, and is for what holds no personal data; GOVERNANCE can be by whoever has
    s3:BypassGovernanceRetention, which no function has: a court or a data protection authority may order an erasure.
    """

    def __init__(self, s3: Any, bucket: str, *, mode: LockMode = "GOVERNANCE") -> None:
        self._s3 = s3
        self._bucket = bucket
        self._mode = mode

    def keep(self, key: str, body: bytes, *, retain_until: datetime, legal_basis: str) -> None:
        if len(legal_basis) > MAX_BASIS:
            raise PermanentError(f"evidence {key}: legal basis: is longer than {MAX_BASIS} characters")
        if self._first_version(key) is None:
            with translated(f"S3 PutObject {key}"):
                self._s3.put_object(
                    Bucket=self._bucket, Key=key, Body=body, ObjectLockMode=self._mode,
                    ObjectLockRetainUntilDate=retain_until, Metadata={BASIS: quote(legal_basis, safe=" ,.:;()-/")},
                    ChecksumAlgorithm="SHA256",
                )  # fmt: skip
        # Of two that kept at once the first version counts, for both.
        if self.read(key).body != body:
            raise ConflictError(f"evidence {key}: other bytes are kept there")

    def hold(self, key: str, on: bool) -> None:
        version = self._required_version(key)
        with translated(f"S3 PutObjectLegalHold {key}"):
            self._s3.put_object_legal_hold(
                Bucket=self._bucket, Key=key, VersionId=version, LegalHold={"Status": "ON" if on else "OFF"}
            )

    def read(self, key: str) -> Evidence:
        version = self._required_version(key)
        with translated(f"S3 GetObject {key}"):
            answer = self._s3.get_object(Bucket=self._bucket, Key=key, VersionId=version)
            body: bytes = answer["Body"].read()
        return Evidence(
            body=body, legal_basis=unquote(answer["Metadata"].get(BASIS, "")),
            retain_until=answer["ObjectLockRetainUntilDate"], held=answer.get("ObjectLockLegalHoldStatus") == "ON",
        )  # fmt: skip

    def keys(self, prefix: str) -> tuple[str, ...]:
        return tuple(sorted({str(version["Key"]) for version in self._versions(prefix)}))

    def _required_version(self, key: str) -> str:
        version = self._first_version(key)
        if version is None:
            raise NotFoundError(f"evidence {key}: nothing is kept there")
        return version

    def _first_version(self, key: str) -> str | None:
        versions = [version for version in self._versions(key) if version["Key"] == key]
        if not versions:
            return None
        # Listed newest first; the time decides, and at the same second the place in the list.
        return str(min(reversed(versions), key=lambda version: version["LastModified"])["VersionId"])

    def _versions(self, prefix: str) -> Iterator[dict[str, Any]]:
        pages = self._s3.get_paginator("list_object_versions").paginate(Bucket=self._bucket, Prefix=prefix)
        with translated(f"S3 ListObjectVersions {prefix}"):
            for page in pages:
                yield from page.get("Versions", ())
