"""What stays of an assessment outside the archive: where its record stands, and its concerns in short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args

from screening.fields import Fields
from screening.values.result import ConcernType, Tier


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePointer:
    """Where a post's record stands: `length` bytes from `start` of an archive object are one gzip member."""

    key: str
    start: int
    length: int

    def to_dict(self) -> dict[str, Any]:
        return {"key": self.key, "start": self.start, "length": self.length}

    @classmethod
    def read(cls, fields: Fields) -> ArchivePointer:
        return cls(key=fields.text("key"), start=fields.integer("start"), length=fields.integer("length", least=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernSummary:
    type: ConcernType
    tier: Tier

    def to_dict(self) -> dict[str, Any]:
        return {"type": self.type, "tier": self.tier}

    @classmethod
    def read(cls, item: object) -> ConcernSummary:
        fields = Fields(item, "concern")
        return cls(type=fields.choice("type", get_args(ConcernType)), tier=fields.choice("tier", get_args(Tier)))


def corridor_of(origins: Sequence[str], work_country: str | None) -> str | None:
    """ "UA>PL": whose people an offer aims at first, and where the work is. None where either isn't known, or both are one."""
    if work_country is None or not origins or work_country in origins:
        return None
    return f"{origins[0]}>{work_country}"
