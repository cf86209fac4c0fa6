"""Reading back what the archive holds of a post: its record, its evidence, and the facts for a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

from screening.assessment.network import NetworkSign
from screening.assessment.record import ArchivePointer, ConcernSummary, corridor_of
from screening.cases.updates import CaseFacts
from screening.classifier.bounds import READS
from screening.fields import Fields
from screening.ports import Archive
from screening.values.evidence import Evidence, EvidenceState, Strength
from screening.values.result import ConcernType, DimensionState, Tier
from screening.workflows.archive_object import read_record
from screening.workflows.records import Head


@dataclass(frozen=True, slots=True)
class ArchivedPost:
    """A record of the archive: `post` with its contacts sealed, `assessment` in the contract's shape."""

    post: dict[str, Any]
    seq: int
    received_at: datetime
    assessment: dict[str, Any]

    @classmethod
    def read(cls, record: object) -> ArchivedPost:
        """Raises PermanentError naming the field."""
        fields = Fields(record, "archive record")
        return cls(
            post=fields.mapping("post"), seq=fields.integer("seq"), received_at=fields.moment("received_at"),
            assessment=fields.mapping("assessment"),
        )  # fmt: skip

    @property
    def poster(self) -> str | None:
        """The poster's id as the platform gave it, None where it gave none."""
        poster = self.post.get("poster")
        return str(poster["id"]) if isinstance(poster, dict) and poster.get("id") else None

    def evidence(self, name: str = "evidence") -> tuple[Evidence, ...]:
        """Raises PermanentError naming the field."""
        return Fields(self.assessment, "assessment").each(name, _evidence)

    @property
    def reads(self) -> str:
        """How the post read as a whole (`classifier.bounds.READS`); plain where the classifier didn't read it."""
        learned = self.assessment.get("learned")
        reads = learned.get("reads") if isinstance(learned, dict) else None
        return reads if reads in READS else READS[0]

    def network(self) -> tuple[Evidence, ...]:
        """What other posts said about it. Raises PermanentError naming the field."""
        if not self.assessment.get("links"):
            return ()
        return Fields(self.assessment["links"], "assessment.links").each("evidence", _network_sign)


def read_archived(archive: Archive, pointer: ArchivePointer) -> ArchivedPost:
    """Raises NotFoundError where the object is gone, TransientError where it can't be had, PermanentError where it is spoilt."""
    return ArchivedPost.read(read_record(archive.read(pointer.key, pointer.start, pointer.length)))


def facts_of_record(head: Head, pointer: ArchivePointer, archived: ArchivedPost) -> CaseFacts:
    """The facts for a case opened without an event, as when an unflagged post is reported."""
    fields = Fields(archived.assessment, "assessment")
    dimensions = fields.fields("dimensions")
    evidence = archived.evidence()
    post = fields.fields("post")
    return CaseFacts(
        event="", cause="reported", at=archived.received_at, platform=head.platform, post_id=head.id, seq=head.seq,
        version=head.version, content_seq=head.content_seq, content_version=head.content_version, kind=head.kind, tier=fields.choice("tier", get_args(Tier)), rank=fields.number("rank"),
        concerns=fields.each("concerns", _concern),
        dimensions={n: dimensions.choice(n, get_args(DimensionState)) for n in fields.mapping("dimensions")},
        indicators=tuple(sorted({piece.indicator for piece in evidence if piece.state == "stated"})),
        act_by=fields.day_or_none("act_by"), language=post.text_or_none("language"),
        work_country=post.text_or_none("work_country"), archive=pointer, versions=head.versions,
        withdrawn=head.status == "withdrawn", audit_probability=None,
        corridor=corridor_of(post.texts("origin_countries"), post.text_or_none("work_country")),
    )  # fmt: skip


def _concern(item: object) -> ConcernSummary:
    fields = Fields(item, "assessment.concerns")
    return ConcernSummary(type=fields.choice("type", get_args(ConcernType)), tier=fields.choice("tier", get_args(Tier)))


def _network_sign(item: object) -> Evidence:
    fields = Fields(item, "assessment.links.evidence")
    return NetworkSign(
        indicator=fields.text("indicator"), strength=fields.choice("strength", get_args(Strength)),
        sources=fields.texts("sources"),
    ).as_evidence()  # fmt: skip


def _evidence(item: object) -> Evidence:
    fields = Fields(item, "assessment.evidence")
    return Evidence(
        indicator=fields.text("indicator"), state=fields.choice("state", get_args(EvidenceState)),
        strength=fields.choice("strength", get_args(Strength)), dimension=fields.text("dimension"),
        field=fields.text("field", empty=True), start=fields.integer("start"), end=fields.integer("end"),
        quote=fields.text("quote", limit=200_000, empty=True), rule=fields.text("rule"),
        sources=fields.texts("sources"),
    )  # fmt: skip
