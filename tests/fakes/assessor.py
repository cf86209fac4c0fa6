"""A scorer for tests: the tier is a word of the text, so that a test says what it wants."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from screening.assessment.grading import Graded
from screening.assessment.indicators import IndicatorFindings
from screening.assessment.network import LinkFindings
from screening.assessment.reading import Reading
from screening.assessment.switched_off import rules_version
from screening.errors import InvalidPostError
from screening.posts.post import Post
from screening.signals.facts import gather
from screening.text.reading import read_document
from screening.values.evidence import Evidence, Strength
from screening.values.result import (
    AssessedPost,
    Assessment,
    Concern,
    ContactFingerprint,
    DimensionState,
    PayCheck,
    Tier,
    Versions,
)

TIERS: tuple[Tier, ...] = ("urgent", "review", "watch", "inconclusive")
VERSIONS = Versions(code="1", rules="r1", model="none", reference="2026-01")


class FakeAssessor:
    """ "urgent", "review", "watch" and "inconclusive" in the text give that tier; "poison" crashes, "invalid" is refused.

    "act-by-2026-03-04" sets the date to act by; "paperless" makes visa and contract the only evidence,
    "one-sided" signs of a single dimension.
    """

    def __init__(self, versions: Versions = VERSIONS) -> None:
        self.versions = versions
        self.overrides: dict[str, Tier] = {}
        self.assessed: list[tuple[str, str]] = []

    def with_rules(self, rules: str) -> FakeAssessor:
        other = FakeAssessor(replace(self.versions, rules=rules))
        other.overrides = self.overrides
        return other

    def read(
        self, post: Post, *, seq: int | None = None, assessed_at: datetime | None = None,
        switched_off: frozenset[str] = frozenset(),
    ) -> Reading:  # fmt: skip
        text = post.description
        if "poison" in text:
            raise RuntimeError(f"crash on: {text}")
        if "invalid" in text:
            raise InvalidPostError("description", "can't be assessed", item=post.id)
        at = assessed_at or datetime(2026, 1, 1, tzinfo=UTC)
        document = read_document(post)
        return Reading(
            post, document, gather(document, today=at.date()), IndicatorFindings((), (), frozenset()),
            Graded((), "plain", warns=False), None, seq or 0, at, switched_off,
        )  # fmt: skip

    def conclude(self, reading: Reading, *, links: LinkFindings | None = None) -> Assessment:
        """A strong sign of the network lifts `watch` to `review`."""
        post, text, seq = reading.post, reading.post.description, reading.seq
        self.assessed.append((post.platform, post.id))
        stated: Tier = next((tier for tier in TIERS if tier in text), "clear")
        tier: Tier = self.overrides.get(post.id, stated)
        if tier == "watch" and links and any(sign.strength == "strong" for sign in links.signs):
            tier = "review"
        flagged = tier in ("urgent", "review")
        content_hash = post.content_hash()
        act_by = next((date.fromisoformat(word[7:]) for word in text.split() if word.startswith("act-by-")), None)
        return Assessment(
            post=AssessedPost(
                platform=post.platform, id=post.id, version=content_hash[:16], seq=seq, kind=post.kind,
                url=post.url, language=post.language, languages=(), work_country=post.country, origin_countries=(),
                content_hash=content_hash, sector=None,
            ),
            tier=tier, inconclusive="language" if tier == "inconclusive" else None,
            rank={"clear": 0.0, "inconclusive": 0.1, "watch": 0.3, "review": 0.6, "urgent": 0.9}[tier],
            concerns=(Concern(type="trafficking_pattern", tier=tier, dimensions=("coercive_recruitment",)),) if flagged else (),
            dimensions=_dimensions(text) if flagged else {}, evidence=_evidence(post, text) if flagged else (),
            protective=(), pay=PayCheck(),
            contacts=tuple(ContactFingerprint(kind="phone", country=None, fingerprint="k1:ab") for _ in post.contacts),
            links=links.to_dict() if links else None, learned=None, act_by=act_by,
            reasons=(
                "It matches published warning signs.",
                *(sign.reasons["en"] for sign in (links.signs if links else ()) if "en" in sign.reasons),
            ),
            versions=replace(self.versions, rules=rules_version(self.versions.rules, reading.left_out)), assessed_at=reading.at,
        )  # fmt: skip


def _dimensions(text: str) -> dict[str, DimensionState]:
    base: dict[str, DimensionState] = {
        "coercive_recruitment": "none",
        "deceptive_recruitment": "positive",
        "exploitative_conditions": "positive",
    }
    if "coercion" in text:
        base["coercive_recruitment"] = "strong"
    return base


def _evidence(post: Post, text: str) -> tuple[Evidence, ...]:
    names: tuple[tuple[str, Strength, str], ...] = (
        (("visa_irregular", "strong", "deceptive_recruitment"), ("no_contract", "strong", "exploitative_conditions"))
        if "paperless" in text
        else (
            ("no_interview", "strong", "deceptive_recruitment"),
            ("excess_hours", "strong", "exploitative_conditions"),
        )
    )
    if "one-sided" in text:
        names = names[:1]
    quote = post.description[:20]
    return tuple(
        Evidence(
            indicator=name, state="stated", strength=strength, dimension=dimension, field="description", start=0,
            end=len(quote), quote=quote, rule=f"{name}.test", sources=("UA",),
        )
        for name, strength, dimension in names
    )  # fmt: skip
