"""The proof of an erasure: what was erased where, what was left and why it may be, and who must be told."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from screening.cases.ledger import canonical_json
from screening.fields import rfc3339


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureRequest:
    """`by` is who erases, `reason` why, in words that name no person: both stay in the ledger."""

    platform: str
    post_id: str
    reason: str
    by: str
    with_reports: bool = False


@dataclass(slots=True, kw_only=True)
class ErasureProof:
    """Holds hashes, keys and times; nothing of what was erased."""

    request: ErasureRequest
    at: datetime
    dry_run: bool
    erased: list[dict[str, Any]] = field(default_factory=list)
    left: list[dict[str, str]] = field(default_factory=list)
    to_be_told: list[dict[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    entered: dict[str, Any] | None = None  # chain, index and hash of the ledger's entry

    def gone(self, where: str, what: str, *, before: str | None = None, after: str | None = None) -> None:
        """One thing that was erased, with the SHA-256 of what stood there and of what stands there now."""
        self.erased.append({"where": where, "what": what, "sha256_before": before, "sha256_after": after})

    def keeps(self, where: str, what: str, basis: str) -> None:
        self.left.append({"where": where, "what": what, "basis": basis})

    def tell(self, partner: str, referral: str, fetched_at: datetime) -> None:
        """GDPR article 19: whoever was given the data is told that it was erased."""
        self.to_be_told.append({"partner": partner, "referral": referral, "fetched_at": rfc3339(fetched_at)})

    @property
    def counts(self) -> dict[str, int]:
        return dict(sorted(Counter(str(line["where"]) for line in self.erased).items()))

    @property
    def sha256(self) -> str:
        """Over the proof without its own place in the ledger."""
        return hashlib.sha256(canonical_json(self._hashed())).hexdigest()

    def _hashed(self) -> dict[str, Any]:
        return {
            "platform": self.request.platform, "post": self.request.post_id, "reason": self.request.reason,
            "by": self.request.by, "at": rfc3339(self.at), "dry_run": self.dry_run, "erased": self.erased,
            "left": self.left, "to_be_told": self.to_be_told, "notes": self.notes,
        }  # fmt: skip

    def to_dict(self) -> dict[str, Any]:
        return {**self._hashed(), "counts": self.counts, "sha256": self.sha256, "ledger": self.entered}
