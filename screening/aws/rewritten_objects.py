"""When archive objects that an erasure rewrote are to go: S3's lifecycle would count their age anew from the rewriting.

A marker is an empty object `rewritten/{day to delete on}/{key}` in the archive bucket.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from screening.aws.failures import translated

MARKERS = "rewritten/"


class S3RewrittenObjects:
    """The `RewrittenObjects` of `daily`, and of erasing."""

    def __init__(self, s3: Any, bucket: str) -> None:
        self._s3 = s3
        self._bucket = bucket

    def note(self, key: str, *, delete_on: date) -> None:
        marker = f"{MARKERS}{delete_on.isoformat()}/{key}"
        with translated(f"S3 PutObject {marker}"):
            self._s3.put_object(Bucket=self._bucket, Key=marker, Body=b"")

    def due(self, day: date) -> tuple[tuple[date, str], ...]:
        found: list[tuple[date, str]] = []
        pages = self._s3.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=MARKERS)
        with translated(f"S3 ListObjects {MARKERS}"):
            for page in pages:
                for item in page.get("Contents", ()):
                    on, _, key = str(item["Key"]).removeprefix(MARKERS).partition("/")
                    if date.fromisoformat(on) > day:
                        return tuple(found)  # in order of day
                    found.append((date.fromisoformat(on), key))
        return tuple(found)

    def delete(self, key: str, *, noted_for: date) -> None:
        for one in (key, f"{MARKERS}{noted_for.isoformat()}/{key}"):  # the marker last: it names what is left to do
            with translated(f"S3 DeleteObject {one}"):
                self._s3.delete_object(Bucket=self._bucket, Key=one)
