"""The scorer: one post in, one assessment out."""

from __future__ import annotations

import gc
import math
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from screening.assessment.clauses import in_clauses
from screening.assessment.conclusive import inconclusive_reason, is_garbled
from screening.assessment.grading import grade, in_doubt
from screening.assessment.indicators import as_evidence
from screening.assessment.mark_places import mark_places
from screening.assessment.network import LinkFindings
from screening.assessment.reading import Reading
from screening.assessment.reasons import reasons_for
from screening.assessment.stages import StageTimes, Untimed, checked
from screening.assessment.switched_off import keep, rules_version
from screening.assessment.tier_rules import TierRules, load_tier_rules
from screening.assessment.weighing import weigh
from screening.classifier.answer import PostAnswer
from screening.classifier.classifier import Classifier
from screening.classifier.segments import segments_of
from screening.posts.post import Post
from screening.reference.library import reference_version
from screening.rules.evaluation import Evaluation, Matched, conclude, match_phrases
from screening.rules.languages import WITH_PHRASES
from screening.rules.library import CompiledRules, load_rules
from screening.signals.facts import gather, marks_of
from screening.signals.found import Contact
from screening.text.reading import read_document
from screening.values.result import AssessedPost, Assessment, ContactFingerprint, Tier, Versions
from screening.version import CODE_VERSION

Fingerprint = Callable[[str, str], str]
"""(kind, normalised value) -> "{key id}:{hex}"; the key stays with the caller."""

NO_MODEL = "none"
"""Version of the classifier where it is switched off."""
MOST_UNKNOWN = 0.1
"""Share of a text's pieces that the vocabulary may lack where the text counts as read."""
_NOTHING = Matched((), (), warns=False)


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
    classifier: Classifier = field(default_factory=Classifier.load)
    fingerprint: Fingerprint | None = None
    without: frozenset[str] = frozenset()

    @classmethod
    def load(cls, *, fingerprint: Fingerprint | None = None, without: Iterable[str] = ()) -> Screener:
        """Load the shipped rules, reference data and classifier.

        Args:
            fingerprint: keyed hash for contacts; without it the assessment names their kinds alone.
            without: names of stages to leave out (`assessment.stages`), to see what each is worth.

        Raises:
            RulePackError: where the rules in a source checkout don't compile.
            UnreadableInputError: the classifier's file is missing or broken.
            NotFoundError: a stage that doesn't exist, or can't be left out.
        """
        off = checked(frozenset(without))
        with _uncollected():
            return cls(load_rules(), load_tier_rules(), Classifier.load(), fingerprint, off)

    @property
    def versions(self) -> Versions:
        model = NO_MODEL if "classifier" in self.without else self.classifier.version
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

    def read(
        self,
        post: Post,
        *,
        seq: int | None = None,
        assessed_at: datetime | None = None,
        times: StageTimes | None = None,
        switched_off: frozenset[str] = frozenset(),
    ) -> Reading:
        """Everything that the post itself tells, before it is held against others.

        Args:
            times: adds up what each stage takes.
            switched_off: ids of rules whose findings count for nothing; the assessment names those that found something.
        """
        at, timed = assessed_at or datetime.now(UTC), times or Untimed()
        with timed.of("text"):
            document = read_document(post)
        with timed.of("facts"):
            facts = gather(document, today=at.date())
            marks = marks_of(document, facts, today=at.date())
            computed = mark_places(document, facts, today=at.date())
        with timed.of("phrases"):
            matched = _NOTHING if "phrases" in self.without else match_phrases(document, self.rules)
            kept, left_out = keep(matched.findings, switched_off)
            matched = replace(matched, findings=kept)
        with timed.of("classifier"):
            answer = (
                None
                if "classifier" in self.without or is_garbled(post)
                else self.classifier.read(document, in_doubt=in_doubt(matched, self.rules))
            )
        with timed.of("grading"):
            graded = grade(matched, answer, self.classifier.bounds, document, self.rules)
            kept, read_out = keep(graded.findings, switched_off)
            graded = replace(graded, findings=kept)
        with timed.of("conditions"):
            found = (
                Evaluation(graded.findings, marks)
                if "conditions" in self.without
                else conclude(
                    graded.findings,
                    document,
                    self.rules,
                    marks,
                    warns=graded.warns,
                    plain=answer is not None and graded.reads == "plain",
                    computed=computed,
                    switched_off=switched_off,
                )
            )
            segments = answer.segments if answer else segments_of(document)
            signs = as_evidence(
                replace(found, findings=in_clauses(found.findings, segments, document)), self.rules, document
            )
        order = seq if seq is not None else default_seq(post)
        all_left_out = left_out | read_out | found.left_out
        return Reading(post, document, facts, signs, graded, answer, order, at, all_left_out)

    def conclude(
        self, reading: Reading, *, links: LinkFindings | None = None, reader_language: str = "en"
    ) -> Assessment:
        """The assessment of a read post together with what other posts say about it."""
        post, document, facts, signs = reading.post, reading.document, reading.facts, reading.signs
        network = links.signs if links else ()
        with_phrases = not document.language.languages or not WITH_PHRASES.isdisjoint(document.language.languages)
        weighing = weigh(
            (*signs.evidence, *(sign.as_evidence() for sign in network)), signs.protective, self.tier_rules,
            act_by=facts.act_by, at=reading.at, reads=reading.graded.reads,
            at_most="urgent" if with_phrases else self.tier_rules.without_phrases_at_most,
        )  # fmt: skip
        inconclusive = inconclusive_reason(
            post, document, occupation_known=facts.sector is not None, readable=self._readable(reading)
        )
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
            evidence=signs.evidence,
            protective=signs.protective,
            pay=facts.pay_check,
            contacts=tuple(self._fingerprinted(contact) for contact in facts.contacts),
            links=links.to_dict() if links else None,
            learned=_learned(reading.answer, reading.graded.reads),
            act_by=facts.act_by,
            reasons=reasons_for(weighing, self.rules, reader_language, network, with_phrases=with_phrases),
            versions=replace(self.versions, rules=rules_version(self.rules.version, reading.left_out)),
            assessed_at=reading.at,
            tier_reason=weighing.tier_reason,
            tier_signs=weighing.tier_signs,
        )

    def _readable(self, reading: Reading) -> bool:
        """Whether the classifier was shown to read the post's language, and knows its letters."""
        return (
            reading.answer is not None
            and reading.document.language.main in self.classifier.model.languages
            and reading.answer.unknown <= MOST_UNKNOWN
        )

    def _fingerprinted(self, contact: Contact) -> ContactFingerprint:
        fingerprint = self.fingerprint(contact.kind, contact.value) if self.fingerprint and contact.value else ""
        return ContactFingerprint(kind=contact.kind, country=contact.country, fingerprint=fingerprint)


def _learned(answer: PostAnswer | None, reads: str) -> dict[str, Any] | None:
    """What the classifier says of the whole, as the contract has it: chances, not yet held against any bound, and how the post reads."""
    if answer is None or not answer.read:
        return None
    chances = {question: round(1 / (1 + math.exp(-value)), 2) for question, value in answer.whole.items()}
    top = [[question, chance] for question, chance in sorted(chances.items(), key=lambda item: -item[1])]
    return {"score": max(chances["exploitation"], chances["fraud"]), "top": top, "reads": reads}


def default_seq(post: Post) -> int:
    """Milliseconds since 1970 of the post's own last change, 0 where it tells none."""
    moment = post.updated_at or post.posted_at
    return int(moment.timestamp() * 1000) if moment else 0
