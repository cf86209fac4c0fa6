"""List prices of AWS, and from what was counted the dollars for a million posts, line by line.

us-east-1, on demand, without free tiers, discounts and taxes; read 2026-11-25 from the project's facts about the platform where
nothing else is said. Left out, since they don't grow with a post: alarms, custom metrics, secrets and keys by the month,
the polling of empty queues. Left out as well: storage, which is stated in bytes, and data sent out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MILLION = 1_000_000
CHUNK = 64 * 1024
"""Bytes of a payload that SQS and EventBridge charge as one request or event."""
HTTP_CHUNK = 512 * 1024
"""Bytes of a payload that an HTTP API charges as one request (AWS, "Cost optimization" of API Gateway)."""


@dataclass(frozen=True, slots=True)
class Price:
    dollars: float  # for a million units
    unit: str


PRICES: dict[str, Price] = {
    "http": Price(1.00, "requests to the HTTP API, 512 kB each"),
    "rest": Price(3.50, "requests to the REST API"),
    "invocations": Price(0.20, "invocations of functions"),
    "gb_seconds": Price(13.3334, "GB-seconds of functions, arm64"),
    "sqs": Price(0.40, "requests to queues, 64 kB each"),
    "sqs_fair": Price(0.10, "of these with a message group on a standard queue, more"),
    "events": Price(1.00, "events put on the bus, 64 kB each"),
    "write_units": Price(0.625, "write units, 1 kB each"),
    "read_units": Price(0.125, "read units, 4 kB each, strongly consistent"),
    "s3_puts": Price(5.00, "objects put"),  # $0.005 a thousand (decisions/0001)
    "s3_gets": Price(0.40, "objects read"),  # $0.0004 a thousand: from memory, not read anew
    "kms": Price(3.00, "requests to KMS"),  # $0.03 for ten thousand: second-hand (cloudburn.io, March 2026)
    "secrets": Price(5.00, "secrets read"),  # $0.05 for ten thousand: from memory, not read anew
    "log_mb": Price(0.50 * 1000, "megabytes of logs"),  # $0.50 a gigabyte
}

PLAIN_DESIGN = 9.4
"""Dollars for a million posts of a plain design: a request to a REST API, an invocation, two items and an idempotency record a
post, no linking. Behind an HTTP API it would be $2.5 less."""


@dataclass(frozen=True, slots=True)
class CostLine:
    """`quantity` units a post at `price` dollars a million units are as many dollars a million posts."""

    name: str
    unit: str
    quantity: float
    price: float

    @property
    def dollars(self) -> float:
        return self.quantity * self.price


def chunks(size: int, chunk: int = CHUNK) -> int:
    """Charged requests for a payload of so many bytes, `chunk` of which are one."""
    return max(1, -(-size // chunk))


def cost_lines(used: Mapping[str, float], posts: int) -> list[CostLine]:
    """One line for each thing used, in the order of the price list; `used` for `posts` posts together.

    Raises:
        KeyError: something was counted that has no price.
    """
    unknown = used.keys() - PRICES.keys()
    if unknown:
        raise KeyError(f"no price for {sorted(unknown)}")
    return [
        CostLine(name, price.unit, used[name] / posts, price.dollars)
        for name, price in PRICES.items()
        if used.get(name)
    ]


def dollars_per_million(lines: list[CostLine]) -> float:
    return sum(line.dollars for line in lines)
