"""Keyed hashes of posters, for the rules that reviewers put aside: apart, as few functions need them."""

from __future__ import annotations

import hashlib
import hmac
from functools import cache

from screening.aws.clients import client
from screening.aws.keys import KeyedHashes
from screening.workflows.snooze import PosterKey


def poster_key(secret: str) -> PosterKey:
    """Keyed hashes of posters under a key derived from the fingerprints' one, which is read when first needed."""

    @cache
    def key() -> bytes:
        return KeyedHashes.load(client("secretsmanager"), secret).derived("posters")

    def hashed(platform: str, poster: str | None) -> str | None:
        if poster is None:
            return None
        return hmac.new(key(), f"{platform}\x1f{poster}".encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()

    return hashed
