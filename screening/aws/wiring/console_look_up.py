"""The composition of the console's look-up. The key of the fingerprints is read when the first contact is looked up."""

from __future__ import annotations

from functools import cache

from screening.aws.clients import client
from screening.aws.keys import KeyedHashes
from screening.aws.wiring import console, parts
from screening.workflows.look_up import LookUp


@cache
def look_up() -> LookUp:
    settings = console.settings()

    @cache
    def keys() -> KeyedHashes:
        return KeyedHashes.load(client("secretsmanager"), settings.fingerprint_secret)

    return LookUp(
        cases=console.cases(), config=console.config(), links=parts.link_store(settings.links_table),
        posts=parts.posts(settings.posts_table), clock=parts.CLOCK, record_view=console.record_view(),
        fingerprint=lambda kind, value: keys().fingerprint(kind, value), golden=console.golden(),
    )  # fmt: skip
