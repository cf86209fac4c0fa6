"""Keyed fingerprints of contacts: posts are tied by them without keeping the contact.

A plain hash of a phone number can be undone by trying all numbers; a keyed one can't without the key. The key's id stands
in the fingerprint, so that keys can be rotated: fingerprints under different keys never match by accident.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

LEAST_KEY = 32
"""Bytes of a key."""
_KEY_ID = re.compile(r"[a-z0-9-]{1,16}")
_DIGEST_BYTES = 16
"""128 bits: no accidental match among any number of contacts that exist."""


@dataclass(frozen=True, slots=True)
class FingerprintKeys:
    """`keys` by id; `current` makes new fingerprints, the others match what was made before the rotation.

    Raises:
        ValueError: a key is short, its id malformed, or `current` isn't among them.
    """

    keys: Mapping[str, bytes] = field(repr=False)
    current: str

    def __post_init__(self) -> None:
        if self.current not in self.keys:
            raise ValueError(f"fingerprint key '{self.current}' isn't among the keys")
        for key_id, key in self.keys.items():
            if not _KEY_ID.fullmatch(key_id):
                raise ValueError(f"fingerprint key id '{key_id}': must be 1 to 16 of a-z, 0-9 and '-'")
            if len(key) < LEAST_KEY:
                raise ValueError(f"fingerprint key '{key_id}': has {len(key)} bytes, at least {LEAST_KEY} are needed")

    def fingerprint(self, kind: str, value: str) -> str:
        """ "{key id}:{hex}" of a normalised contact (E.164, lower-cased handle or address), under the current key."""
        return self._under(self.current, kind, value)

    def all_fingerprints(self, kind: str, value: str) -> tuple[str, ...]:
        """Under every key, the current one first: to look up ties made before a rotation."""
        others = sorted(key_id for key_id in self.keys if key_id != self.current)
        return tuple(self._under(key_id, kind, value) for key_id in (self.current, *others))

    def _under(self, key_id: str, kind: str, value: str) -> str:
        digest = hmac.new(self.keys[key_id], f"{kind}\x1f{value}".encode("utf-8", "surrogatepass"), hashlib.sha256)
        return f"{key_id}:{digest.digest()[:_DIGEST_BYTES].hex()}"


def key_id_of(fingerprint: str) -> str:
    """The id of the key a fingerprint was made under; "" where it has none."""
    key_id, colon, _ = fingerprint.partition(":")
    return key_id if colon else ""
