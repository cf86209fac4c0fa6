"""One record for each scored post: what the tables count, small enough to travel between processes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from screening.assessment.screener import Screener
from screening.assessment.weighing import TIER_ORDER
from screening.posts.post import Post
from screening.training.evaluation.hard_stratum import strata_of
from screening.values.result import Assessment

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""Every post is scored as of this moment, so that two runs on the same data give the same figures."""

LABELS = ("expected_tier", "expected_indicators")
"""What the lures' files tell of an advert beside its text; kept with its record."""


class Words(NamedTuple):
    """Evidence as a reader sees it: "worker_fee", "strong", "stated", the quote and the rule."""

    indicator: str
    strength: str
    state: str
    quote: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A scored post. `text` and `words` stand only where a person should read it: at watch or above, or inconclusive."""

    id: str
    language: str | None  # ISO 639-1 of the main language, as detected
    kind: str
    sector: str  # a high-risk sector, "other" for an occupation outside them, "unknown" without one
    chars: int  # of title and description
    tier: str
    inconclusive: str | None
    concerns: tuple[tuple[str, str], ...]  # (type, tier)
    strata: tuple[str, ...]
    stated: tuple[str, ...]  # indicators, sorted
    absent: tuple[str, ...]  # indicators whose evidence is that something is plainly lacking
    denied: tuple[str, ...]
    rules: tuple[str, ...]  # rules whose words or conditions were found as stated or absent, marks included, sorted
    labels: tuple[tuple[str, Any], ...] = ()
    title: str = ""
    text: str = ""
    words: tuple[Words, ...] = ()

    def label(self, name: str) -> Any:
        return dict(self.labels).get(name)

    def at_least(self, tier: str) -> bool:
        return TIER_ORDER[self.tier] >= TIER_ORDER[tier]  # type: ignore[index]

    @property
    def false_alarm(self) -> bool:
        """At review or above for anything but labour law: what an ordinary advert must not be."""
        return any(
            type_ != "labour_law" and TIER_ORDER[tier] >= TIER_ORDER["review"]  # type: ignore[index]
            for type_, tier in self.concerns
        )


def score(posts: Iterable[Post], screener: Screener) -> list[Record]:
    """Assess posts as of `AT`, in their order."""
    names = frozenset(rule.id for rule in screener.rules.rules)
    return [_record(post, screener, names) for post in posts]


def _record(post: Post, screener: Screener, rule_names: frozenset[str]) -> Record:
    reading = screener.read(post, assessed_at=AT)
    assessment = screener.conclude(reading)
    read_on = TIER_ORDER[assessment.tier] >= TIER_ORDER["watch"] or assessment.inconclusive is not None
    text = f"{post.title}\n{post.description}"
    return Record(
        id=post.id,
        language=assessment.post.language,
        kind=post.kind,
        sector=_sector(assessment),
        chars=len(post.title) + len(post.description),
        tier=assessment.tier,
        inconclusive=assessment.inconclusive,
        concerns=tuple((concern.type, concern.tier) for concern in assessment.concerns),
        strata=strata_of(text),
        stated=_indicators(assessment, "stated"),
        absent=_indicators(assessment, "absent_checked"),
        denied=_indicators(assessment, "denied"),
        rules=_rules_found(reading.signs.marks, assessment, rule_names),
        labels=tuple((name, post.extra[name]) for name in LABELS if name in post.extra),
        title=post.title if read_on else "",
        text=post.description if read_on else "",
        words=tuple(Words(e.indicator, e.strength, e.state, e.quote, e.rule) for e in assessment.evidence)
        if read_on
        else (),
    )


def _sector(assessment: Assessment) -> str:
    sector = assessment.post.sector
    return "unknown" if sector is None else sector.high_risk or "other"


def _indicators(assessment: Assessment, state: str) -> tuple[str, ...]:
    return tuple(sorted({item.indicator for item in assessment.evidence if item.state == state}))


def _rules_found(marks: frozenset[str], assessment: Assessment, rule_names: frozenset[str]) -> tuple[str, ...]:
    """Marks tell of every rule found; evidence alone names the best of several that found the same words."""
    absent = {item.rule for item in assessment.evidence if item.state == "absent_checked"}
    return tuple(sorted((marks & rule_names) | absent))
