"""The feed formats by name, in the order in which they are tried on an unknown payload: the most particular first."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from screening.posts import (
    ashby,
    email_message,
    generic_feed,
    greenhouse,
    hh,
    lever,
    olx,
    pasted_text,
    recruitee,
    schema_org,
    smartrecruiters,
    telegram_export,
    whatsapp_export,
    workable,
    xml_feed,
)
from screening.posts.feed_format import FeedFormat

FORMATS: Mapping[str, FeedFormat] = MappingProxyType(
    {
        feed_format.name: feed_format
        for feed_format in (
            telegram_export.FORMAT,
            olx.FORMAT,
            hh.FORMAT,
            greenhouse.FORMAT,
            ashby.FORMAT,
            recruitee.FORMAT,
            lever.FORMAT,
            workable.FORMAT,
            smartrecruiters.FORMAT,
            xml_feed.FORMAT,
            schema_org.FORMAT,
            whatsapp_export.FORMAT,
            email_message.FORMAT,
            generic_feed.FORMAT,
            pasted_text.FORMAT,
        )
    }
)
"""Adding one: docs/adding-a-feed-format.md."""
