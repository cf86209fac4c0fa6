"""One boto3 client per service and process: making one costs 30 to 100 ms, and its connections are kept."""

from __future__ import annotations

from functools import cache
from typing import Any

import boto3
from botocore.config import Config

_CONFIG = Config(
    connect_timeout=2,
    read_timeout=5,
    retries={"mode": "standard", "total_max_attempts": 3},
    max_pool_connections=16,
    tcp_keepalive=True,
)


@cache
def client(service: str) -> Any:
    """The client of a service, from the function's own role and region. Safe to share between threads."""
    return boto3.client(service, config=_CONFIG)  # type: ignore[call-overload]


@cache
def regional_client(service: str, region: str) -> Any:
    """The client of a service in a region that may be another than the function's own."""
    return boto3.client(service, region_name=region, config=_CONFIG)  # type: ignore[call-overload]
