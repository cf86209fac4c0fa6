"""Rows of made texts: an honest and a risky manner of speaking, in words of their own, with a few facts and signs."""

from __future__ import annotations

import random
from dataclasses import replace

from screening.assessment.evidence import Evidence, Strength
from screening.assessment.learned_features import LearnedFeatures, columns_of
from screening.posts.post import Post
from screening.training.learned.rows import Row, Sample

HONEST = [
    "contract",
    "holidays",
    "rota",
    "supervisor",
    "training",
    "payslip",
    "uniform",
    "canteen",
    "pension",
    "colleagues",
    "interview",
    "references",
]
RISKY = [
    "passport",
    "deposit",
    "tonight",
    "secret",
    "quickly",
    "driver",
    "fee",
    "cash",
    "boss",
    "locked",
    "girls",
    "borders",
]
PLAIN = [
    "work",
    "team",
    "room",
    "weekly",
    "house",
    "farm",
    "kitchen",
    "cleaning",
    "start",
    "weekend",
    "evening",
    "office",
    "garden",
    "hotel",
    "family",
    "town",
]


def evidence(indicator: str, strength: Strength = "medium", dimension: str = "coercive_recruitment") -> Evidence:
    return Evidence(
        indicator=indicator, state="stated", strength=strength, dimension=dimension, field="description", start=0, end=1,
        quote="x", rule=f"{indicator}.test", sources=(),
    )  # fmt: skip


def made_row(
    words: list[str], *, label: int | None, source: str = "made", number: int = 0, named: dict[str, float] | None = None,
    found: tuple[Evidence, ...] = (), language: str = "en", together: str | None = None, weight: float = 1.0,
) -> Row:  # fmt: skip
    post = Post.from_generic({"id": f"{source}-{number}", "description": " ".join(words)}, platform=source)
    sample = Sample(post, source, label, together, weight, style=(float(len(words)),), notes={"lang": language})
    features = LearnedFeatures(named or {}, tuple(words), columns_of(words))
    return Row(
        sample=sample, language=language, kind="job", sector="other", named_employer=bool(number % 2), features=features,
        evidence=found, protective=(), act_by=None, reads="plain", inconclusive=None,
    )  # fmt: skip


def made_rows(count: int = 120, *, seed: int = 1, sources: tuple[str, ...] = ("one", "two")) -> list[Row]:
    """Half risky, half honest, of the same lengths, each source with both."""
    chosen = random.Random(seed)
    rows = []
    for number in range(count):
        label = number % 2
        own = chosen.choices(RISKY if label else HONEST, k=8) + chosen.choices(PLAIN, k=22)
        chosen.shuffle(own)
        named = {"pay.high": 1.0} if chosen.random() < (0.6 if label else 0.2) else {"pay.plausible": 1.0}
        if chosen.random() < (0.7 if label else 0.1):
            named |= {"stated.worker_fee.weak": 1.0, "dimension.coercive_recruitment.weak": 1.0}
        if chosen.random() < (0.1 if label else 0.7):
            named |= {"stated.pressure.weak": 1.0}  # a sign that the honest ones bear: its weight would be below 0
        rows.append(
            made_row(own, label=label, source=sources[(number // 2) % len(sources)], number=number, named=named)
        )
    return rows


def relabelled(row: Row, label: int | None) -> Row:
    return replace(row, sample=replace(row.sample, label=label))
