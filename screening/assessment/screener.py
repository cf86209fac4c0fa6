"""The scorer: one post in, one assessment out."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from screening.assessment.conclusive import inconclusive_reason
from screening.assessment.learned import LearnedModel, deployed_model
from screening.assessment.network import LinkFindings
from screening.assessment.reasons import reasons_for
from screening.assessment.result import AssessedPost, Assessment, ContactFingerprint, Tier, Versions
from screening.assessment.tier_rules import TierRules, load_tier_rules
from screening.assessment.weighing import weigh
from screening.posts.post import Post
from screening.reference.library import reference_version
from screening.rules.library import CompiledRules, load_rules
from screening.signals.facts import gather
from screening.signals.found import Contact, Facts
from screening.text.document import Document
from screening.text.reading import read_document
from screening.version import CODE_VERSION

Fingerprint = Callable[[str, str], str]
"""(kind, normalised value) -> "{key id}:{hex}"; the key stays with the caller."""

NO_MODEL = "none"
"""Version of the learned score where none is deployed: the rank rests on evidence alone."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A post as it was read: what `Screener.conclude` and `links.contribution` go on from."""

    post: Post
    document: Document
    facts: Facts
    seq: int
    at: datetime


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the garbage collector: it would walk, again and again, over tables that grow by half a million objects and are
    never garbage; the compiled rules load in three quarters of the time (0.18 to 0.135 s)."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@dataclass(frozen=True, slots=True)
class Screener:
    """Scores posts. Holds rules and reference data; safe to share between threads, loaded once per process."""

    rules: CompiledRules
    tier_rules: TierRules
    fingerprint: Fingerprint | None = None
    model: LearnedModel | None = None

    @classmethod
    def load(cls, *, fingerprint: Fingerprint | None = None, with_model: bool = True) -> Screener:
        """Load the shipped rules and reference data, and the learned weights where there are any.

        Args:
            fingerprint: keyed hash for contacts; without it the assessment names their kinds alone.
            with_model: False leaves the learned score out: rank and tier then rest on evidence alone.

        Raises:
            RulePackError: where the rules in a source checkout don't compile.
            UnreadableInputError: the file of the learned weights is broken.
        """
        with _uncollected():
            model = deployed_model() if with_model else None
            return cls(rules=load_rules(), tier_rules=load_tier_rules(), fingerprint=fingerprint, model=model)

    @property
    def versions(self) -> Versions:
        model = self.model.version if self.model is not None else NO_MODEL
        return Versions(code=CODE_VERSION, rules=self.rules.version, model=model, reference=reference_version())

    def assess(
        self,
        post: Post,
        *,
        seq: int | None = None,
        assessed_at: datetime | None = None,
        reader_language: str = "en",
    ) -> Assessment:
        """Assess one version of a post by itself.

        Args:
            seq: order of this version in milliseconds since 1970; default the post's own updated or posted time, else 0.
            assessed_at: the moment (with zone) that dates are held against and that the result bears; default now.
            reader_language: ISO 639-1 language of the reasons; English where the rules have none in it.
        """
        return self.conclude(self.read(post, seq=seq, assessed_at=assessed_at), reader_language=reader_language)

    def read(self, post: Post, *, seq: int | None = None, assessed_at: datetime | None = None) -> Reading:
        """Everything that the post itself tells, before it is held against others."""
        at = assessed_at or datetime.now(UTC)
        document = read_document(post)
        facts = gather(document, self.rules, today=at.date())
        return Reading(post, document, facts, seq if seq is not None else default_seq(post), at)

    def conclude(
        self, reading: Reading, *, links: LinkFindings | None = None, reader_language: str = "en"
    ) -> Assessment:
        """The assessment of a read post together with what other posts say about it."""
        post, document, facts = reading.post, reading.document, reading.facts
        network = links.signs if links else ()
        learned = self.model.score(document, facts) if self.model is not None else None
        weighing = weigh(
            (*facts.evidence, *(sign.as_evidence() for sign in network)), facts.protective, self.tier_rules,
            act_by=facts.act_by, at=reading.at, reads=facts.reads, learned=learned,
        )  # fmt: skip
        inconclusive = inconclusive_reason(post, document, occupation_known=facts.sector is not None)
        tier: Tier = weighing.tier
        if inconclusive and tier == "clear":
            tier = "inconclusive"
        content_hash = post.content_hash()
        return Assessment(
            post=AssessedPost(
                platform=post.platform,
                id=post.id,
                version=content_hash[:16],
                seq=reading.seq,
                kind=post.kind,
                url=post.url,
                language=document.language.main,
                languages=document.language.languages,
                work_country=facts.place.work_country,
                origin_countries=facts.place.origins,
                content_hash=content_hash,
                sector=facts.sector,
            ),
            tier=tier,
            inconclusive=inconclusive,
            rank=weighing.rank,
            concerns=weighing.concerns,
            dimensions=weighing.dimensions,
            evidence=facts.evidence,
            protective=facts.protective,
            pay=facts.pay_check,
            contacts=tuple(self._fingerprinted(contact) for contact in facts.contacts),
            links=links.to_dict() if links else None,
            learned=learned.to_dict() if learned is not None else None,
            act_by=facts.act_by,
            reasons=reasons_for(weighing, self.rules, reader_language, network),
            versions=self.versions,
            assessed_at=reading.at,
            tier_reason=weighing.tier_reason,
            tier_signs=weighing.tier_signs,
            learned_abstains=learned.abstains if learned is not None else None,
        )

    def _fingerprinted(self, contact: Contact) -> ContactFingerprint:
        fingerprint = self.fingerprint(contact.kind, contact.value) if self.fingerprint and contact.value else ""
        return ContactFingerprint(kind=contact.kind, country=contact.country, fingerprint=fingerprint)


def default_seq(post: Post) -> int:
    """Milliseconds since 1970 of the post's own last change, 0 where it tells none."""
    moment = post.updated_at or post.posted_at
    return int(moment.timestamp() * 1000) if moment else 0
