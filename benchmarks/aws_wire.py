"""Between the SDK and moto: what passes is counted, kept, or answered from what was kept before, each call as late as wanted.

Answering from what was kept shows what a function spends itself and waits for: moto's own work, which no function pays, is
left out. The same invocation asks the same questions; answers are found by the question, whatever the order of threads.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections import defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import RLock
from typing import Any, Protocol

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from moto.core.botocore_stubber import MockRawResponse
from moto.core.models import botocore_stubber

Answer = tuple[int, dict[str, str], bytes]


@dataclass(frozen=True, slots=True)
class Call:
    """`operation` as the SDK names it ("dynamodb.PutItem"); `asked` is the request's JSON, empty for S3."""

    operation: str
    url: str
    body: bytes
    size: int  # of the body
    byte_range: str

    @property
    def asked(self) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(self.body) if self.body and not self.operation.startswith("s3.") else {}
        return data

    @property
    def question(self) -> str:
        """What tells this call from others of the same invocation: of what is written the keys alone, since times differ."""
        return hashlib.sha256(repr((self.operation, *self._told_by())).encode()).hexdigest()

    def _told_by(self) -> tuple[object, ...]:
        match self.operation.partition(".")[2]:
            case "GetObject":
                return self.url, self.byte_range
            case "PutItem":
                return self.asked["TableName"], self.asked["Item"]["pk"], self.asked["Item"]["sk"]
            case "UpdateItem" | "DeleteItem":
                return self.asked["TableName"], self.asked["Key"]
            case "GetItem" | "BatchGetItem" | "Query":
                return (self.body,)
            case _:
                return ()


class Counter(Protocol):
    """What is told of every call that reaches moto."""

    def before(self, call: Call) -> Any:
        """Whatever `after` wants to know of the state before the call."""
        ...

    def after(self, call: Call, answer: Answer, noted: Any) -> None: ...


Kept = dict[str, deque[Answer]]


class Wire:
    """Attach it to every client that the functions use."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter
        self._lock = RLock()  # moto isn't made for threads, and a count needs the state before and after
        self._keep: Kept | None = None
        self._answers: Kept | None = None
        self._delay = 0.0
        self.calls = 0

    def attach(self, client: Any) -> None:
        # All handlers of an event are called, whoever answers first: moto must not be asked twice.
        client.meta.events.unregister("before-send", botocore_stubber)
        client.meta.events.register("before-send", self)

    @contextmanager
    def keeping(self) -> Iterator[Kept]:
        """All answers given inside are kept."""
        self._keep = defaultdict(deque)
        try:
            yield self._keep
        finally:
            self._keep = None

    @contextmanager
    def answering(self, kept: Kept, *, delay: float) -> Iterator[None]:
        """Calls inside are answered from `kept`, each after `delay` seconds; one that wasn't kept goes to moto, uncounted."""
        self._answers = {question: deque(answers) for question, answers in kept.items()}
        self._delay, self.calls = delay, 0
        try:
            yield
        finally:
            self._answers = None

    def __call__(self, event_name: str, request: AWSPreparedRequest, **_: Any) -> AWSResponse:
        call = _call(event_name, request)
        if self._answers is not None:
            answer = self._again(call, request)
        else:
            with self._lock:
                noted = self._counter.before(call)
                answer = _from_moto(request)
                self._counter.after(call, answer, noted)
                if self._keep is not None:
                    self._keep[call.question].append(answer)
        status, headers, body = answer
        return AWSResponse(request.url, status, headers, MockRawResponse(body))  # type: ignore[arg-type]

    def _again(self, call: Call, request: AWSPreparedRequest) -> Answer:
        if self._delay:
            time.sleep(self._delay)
        with self._lock:
            self.calls += 1
            answers = (self._answers or {}).get(call.question)
            if not answers:
                return _from_moto(request)
            return answers.popleft() if len(answers) > 1 else answers[0]


def _call(event_name: str, request: AWSPreparedRequest) -> Call:
    headers = {str(name).lower(): _text(value) for name, value in request.headers.items()}
    # What S3 is given is a stream that can be read but once: its length is told.
    body = b"" if hasattr(request.body, "read") else _bytes(request.body)
    size = int(headers.get("x-amz-decoded-content-length") or len(body))
    return Call(event_name.removeprefix("before-send."), str(request.url), body, size, headers.get("range", ""))


def _bytes(body: Any) -> bytes:
    return body.encode() if isinstance(body, str) else bytes(body or b"")


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


def _from_moto(request: AWSPreparedRequest) -> Answer:
    found = botocore_stubber.process_request(request)
    if found is None:
        raise RuntimeError(f"moto doesn't know {request.method} {request.url}")
    status, headers, body = found
    return int(status), dict(headers), body.encode() if isinstance(body, str) else bytes(body)
