"""The feed formats by name, in the order in which they are tried on an unknown payload: the most particular first."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from screening.posts import (
    generic_feed,
    olx,
    pasted_text,
    schema_org,
)
from screening.posts.feed_format import FeedFormat

FORMATS: Mapping[str, FeedFormat] = MappingProxyType(
    {
        feed_format.name: feed_format
        for feed_format in (
            olx.FORMAT,
            schema_org.FORMAT,
            generic_feed.FORMAT,
            pasted_text.FORMAT,
        )
    }
)
"""Adding one: docs/adding-a-feed-format.md."""
