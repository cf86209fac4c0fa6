"""Objects in S3: the archive of posts, the files that platforms drop, the runs of rescoring."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from botocore.exceptions import BotoCoreError
from botocore.response import StreamingBody

from screening.aws.failures import translated
from screening.errors import NotFoundError, TransientError
from screening.workflows.records import ArchiveObject


class S3Archive:
    """The `Archive` of the functions."""

    def __init__(self, s3: Any, bucket: str) -> None:
        self._s3 = s3
        self._bucket = bucket

    def put(self, key: str, body: bytes) -> None:
        with translated(f"S3 PutObject {key}"):
            self._s3.put_object(Bucket=self._bucket, Key=key, Body=body, ContentType="application/x-ndjson+gzip")

    def read(self, key: str, start: int, length: int) -> bytes:
        byte_range = f"bytes={start}-{start + length - 1}"
        with translated(f"S3 GetObject {key} {byte_range}"):
            return _all(self._s3.get_object(Bucket=self._bucket, Key=key, Range=byte_range)["Body"])

    def read_object(self, key: str) -> bytes:
        with translated(f"S3 GetObject {key}"):
            return _all(self._s3.get_object(Bucket=self._bucket, Key=key)["Body"])

    def list_objects(self, prefix: str) -> Iterator[ArchiveObject]:
        for item in _listed(self._s3, self._bucket, prefix):
            yield ArchiveObject(key=str(item["Key"]), size=int(item["Size"]))


class S3DropStore:
    """The `DropStore` of the functions: a dropped file as a stream, so that its size doesn't matter."""

    def __init__(self, s3: Any) -> None:
        self._s3 = s3

    @contextmanager
    def open(self, bucket: str, key: str) -> Iterator[BinaryIO]:
        with translated(f"S3 GetObject {bucket}/{key}"):
            body = self._s3.get_object(Bucket=bucket, Key=key)["Body"]
        try:
            yield cast("BinaryIO", io.BufferedReader(_Raw(body), buffer_size=1 << 18))
        finally:
            body.close()


class _Raw(io.RawIOBase):
    """A streamed body as what the standard library reads from."""

    def __init__(self, body: StreamingBody) -> None:
        self._body = body

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._body.read(len(buffer))
        except (BotoCoreError, OSError) as error:
            raise TransientError(f"S3 GetObject: the stream broke ({type(error).__name__})") from error
        buffer[: len(data)] = data
        return len(data)


class S3RescoreStore:
    """The `RescoreStore` of the functions: `runs/{run}/manifest.jsonl`, `results/{index}.json`, `diff.json`."""

    def __init__(self, s3: Any, bucket: str) -> None:
        self._s3 = s3
        self._bucket = bucket

    def put_manifest(self, run: str, lines: Sequence[str]) -> tuple[str, str]:
        return self._put(f"runs/{run}/manifest.jsonl", "".join(f"{line}\n" for line in lines).encode())

    def put_result(self, run: str, index: int, result: dict[str, Any]) -> None:
        self._put(f"runs/{run}/results/{index:08d}.json", _json(result))

    def read_result(self, run: str, index: int) -> dict[str, Any] | None:
        key = f"runs/{run}/results/{index:08d}.json"
        try:
            with translated(f"S3 GetObject {key}"):
                body = self._s3.get_object(Bucket=self._bucket, Key=key)["Body"]
        except NotFoundError:
            return None
        result: dict[str, Any] = json.loads(_all(body))
        return result

    def results(self, run: str) -> Iterator[dict[str, Any]]:
        for item in _listed(self._s3, self._bucket, f"runs/{run}/results/"):
            with translated(f"S3 GetObject {item['Key']}"):
                yield json.loads(_all(self._s3.get_object(Bucket=self._bucket, Key=item["Key"])["Body"]))

    def put_diff(self, run: str, diff: dict[str, Any]) -> tuple[str, str]:
        return self._put(f"runs/{run}/diff.json", _json(diff))

    def _put(self, key: str, body: bytes) -> tuple[str, str]:
        with translated(f"S3 PutObject {key}"):
            self._s3.put_object(Bucket=self._bucket, Key=key, Body=body)
        return self._bucket, key


def _listed(s3: Any, bucket: str, prefix: str) -> Iterator[dict[str, Any]]:
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
    with translated(f"S3 ListObjects {prefix}"):
        for page in pages:
            yield from page.get("Contents", ())


def _all(body: StreamingBody) -> bytes:
    try:
        return body.read()
    except OSError as error:  # a connection that breaks while reading is none of botocore's own errors
        raise TransientError("S3 GetObject: the stream broke") from error
    finally:
        body.close()


def _json(data: dict[str, Any]) -> bytes:
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
