"""Keyed hashes: contacts become fingerprints that only who holds the key can make, and the audit draw can't be foreseen."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

from screening.aws.config_store import read_secret
from screening.links.contribution import Hashes
from screening.links.text_sketch import TextSketcher


@dataclass(frozen=True, slots=True)
class KeyedHashes:
    """The key of the contact fingerprints. Other uses derive keys of their own from it, so that none tells of another."""

    key_id: str
    key: bytes

    @classmethod
    def load(cls, secretsmanager: Any, secret: str) -> KeyedHashes:
        """From a secret {"id": ..., "key": ...}. Raises NotFoundError or TransientError."""
        data = read_secret(secretsmanager, secret)
        return cls(key_id=str(data["id"]), key=str(data["key"]).encode())

    def fingerprint(self, kind: str, value: str) -> str:
        """ "{key id}:{hex}" of a normalised contact, 128 bits."""
        digest = hmac.new(self.key, f"contact\x1f{kind}\x1f{value}".encode(), hashlib.sha256)
        return f"{self.key_id}:{digest.hexdigest()[:32]}"

    def hashes(self) -> Hashes:
        """The hashing of the link store: contacts under the fingerprint key, texts and short facts under keys derived from it."""
        seed = self.derived("links")
        return Hashes(fingerprint=self.fingerprint, sketcher=TextSketcher(seed), seed=seed)

    def derived(self, purpose: str) -> bytes:
        return hmac.new(self.key, f"derive\x1f{purpose}".encode(), hashlib.sha256).digest()
