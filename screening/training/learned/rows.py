"""A post as it is learned from: read once, on several cores, with its features and what its evidence alone comes to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from screening.assessment.conclusive import inconclusive_reason
from screening.assessment.evidence import Evidence
from screening.assessment.learned_features import LearnedFeatures, learned_features, words_read
from screening.assessment.screener import Screener
from screening.posts.post import Post
from screening.training.evaluation.pool import Workers
from screening.training.evaluation.records import AT

CHUNK = 100


@dataclass(frozen=True, slots=True)
class Sample:
    """A post with its label (1, 0, None where it is only measured) and its weight. `together`: samples that no split may
    part, whatever they say. `style`: what the control model sees of the text as its source has it (`strip.STYLE`)."""

    post: Post
    source: str
    label: int | None
    together: str | None = None
    weight: float = 1.0
    style: tuple[float, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """A sample that was read. The evidence holds words of the post: rows are never written."""

    sample: Sample
    language: str | None
    kind: str
    sector: str  # a high-risk sector, "other", or "unknown"
    named_employer: bool
    features: LearnedFeatures
    evidence: tuple[Evidence, ...]
    protective: tuple[Evidence, ...]
    act_by: date | None
    reads: str
    inconclusive: str | None


def read_samples(samples: Sequence[Sample], workers: Workers, progress: Callable[[int], None]) -> list[Row]:
    """The samples' rows, in their order."""
    waiting = [
        workers.start_with_screener(read_chunk, samples[start : start + CHUNK])
        for start in range(0, len(samples), CHUNK)
    ]
    rows: list[Row] = []
    for wait in waiting:
        found = wait()
        rows.extend(found)
        progress(len(found))
    return rows


def read_chunk(screener: Screener, samples: Sequence[Sample]) -> list[Row]:
    return [_read(screener, sample) for sample in samples]


def _read(screener: Screener, sample: Sample) -> Row:
    reading = screener.read(sample.post, assessed_at=AT)
    document, facts = reading.document, reading.facts
    return Row(
        sample=sample,
        language=document.language.main,
        kind=sample.post.kind,
        sector="unknown" if facts.sector is None else facts.sector.high_risk or "other",
        named_employer="employer.named" in facts.marks,
        features=learned_features(words_read(document), facts),
        evidence=facts.evidence,
        protective=facts.protective,
        act_by=facts.act_by,
        reads=facts.reads,
        inconclusive=inconclusive_reason(sample.post, document, occupation_known=facts.sector is not None),
    )
