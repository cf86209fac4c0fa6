"""What `benchmarks.reviewing` reviews: which cases there are, and how they come into the tables of a running stack.

The offers are the demo's, all constructed, each under many ids. They are sealed, archived, made heads and told of by the use
cases and adapters of the functions themselves; only linking is left out, so that a campaign is as large as it was planned.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from benchmarks.posts import demo_posts
from screening.assessment.screener import Screener
from screening.assessment.tier_rules import load_tier_rules
from screening.aws.archive import S3Archive
from screening.aws.bus import EventBridgeBus
from screening.aws.case_store import DynamoDbCaseStore
from screening.aws.config_store import DynamoDbConfigStore
from screening.aws.dynamo import Table
from screening.aws.link_store import DynamoDbLinkStore
from screening.aws.local.stack import LocalStack
from screening.aws.post_store import DynamoDbPostStore
from screening.aws.queues import SqsReviewQueue
from screening.aws.record_stores import DynamoDbReportStore
from screening.aws.sealer import KmsSealer
from screening.aws.system import RandomIds, SystemClock
from screening.cases.case import case_id
from screening.cases.support import LEAST_DIMENSIONS, supporting_dimensions
from screening.cases.vote import Action
from screening.fields import rfc3339
from screening.posts.post import Post
from screening.values.result import Assessment
from screening.workflows.archive_object import build_object, day_of
from screening.workflows.case_saving import CaseSaver
from screening.workflows.enqueue import said_at
from screening.workflows.events import Event
from screening.workflows.heads import candidate_of, move, version_name
from screening.workflows.messages import PostMessage
from screening.workflows.retention import Retention
from screening.workflows.review import ReviewEvents, ReviewSettings
from screening.workflows.sealing import open_post, seal_post

PLATFORM = "bench-jobs"
SHARES = (("review", 0.6), ("urgent", 0.12), ("clear", 0.2), ("inconclusive", 0.08))
"""Of tiers. Those below `review` that are clear come in as the audit sample."""
BIG, SMALL = 200, 20
"""Posts of a large and of a small campaign."""
AUDIT_PROBABILITY = 0.1
TOGETHER = 8
RISKY: tuple[tuple[Action, float], ...] = (
    ("remove", 0.3), ("warn_applicants", 0.2), ("dismiss", 0.3), ("ask_poster", 0.1), ("offer_support", 0.1),
)  # fmt: skip
REFERRED = 0.5
"""Of the cases whose evidence carries a referral: these need two people."""


class NoMetrics:
    def count(self, name: str, value: int = 1, **dimensions: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Sample:
    """A constructed offer, assessed once."""

    post: Post
    assessment: Assessment
    carries_referral: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedCase:
    """`action` is what whoever judges it well decides. `samples` are the texts its posts are taken from in turn."""

    first_post: str
    posts: int
    samples: tuple[Sample, ...]
    action: Action
    campaign: str | None = None

    @property
    def case(self) -> str:
        return case_id(PLATFORM, self.first_post, 1)

    def post_id(self, place: int) -> str:
        return self.first_post if place == 0 else f"{self.first_post}-{place}"


def load_samples() -> list[Sample]:
    screener, rules = Screener.load(), load_tier_rules()
    found = []
    for name in ("jobs.json", "rooms.json"):
        for post in demo_posts("bench", name):
            assessment = screener.assess(post)
            dimensions = supporting_dimensions(assessment.evidence, assessment.protective, rules)
            found.append(Sample(post, assessment, len(dimensions) >= LEAST_DIMENSIONS))
    return found


def plan_cases(number: int, samples: Sequence[Sample], *, seed: int) -> list[PlannedCase]:
    """`number` cases: mixed tiers, one campaign of `BIG` posts and some of `SMALL`, all others of a single post."""
    chance = random.Random(seed)
    by_tier: dict[str, list[Sample]] = {tier: [] for tier, _ in SHARES}
    for sample in samples:
        by_tier.setdefault(sample.assessment.tier, []).append(sample)
    wordings = tuple(sample for sample in by_tier["review"] if sample.post.id.startswith("campaign-"))
    planned: list[PlannedCase] = []
    for place in range(number):
        tier = chance.choices([tier for tier, _ in SHARES], [share for _, share in SHARES])[0]
        texts: tuple[Sample, ...] = (chance.choice(by_tier[tier]),)
        posts, campaign = 1, None
        if place == 0 or place % 200 == 100 or (number < 200 and place == 1):
            posts, campaign, texts = BIG if place == 0 else SMALL, f"bench-campaign-{place:04d}", wordings
        planned.append(
            PlannedCase(
                first_post=f"bench-{place:04d}", posts=posts, samples=texts, campaign=campaign,
                action=_judged(texts[0], chance),
            )
        )  # fmt: skip
    return planned


def _judged(sample: Sample, chance: random.Random) -> Action:
    if sample.assessment.tier not in ("review", "urgent"):
        return "dismiss" if chance.random() < 0.85 else "warn_applicants"
    if sample.carries_referral and chance.random() < REFERRED:
        return "refer"
    actions: list[Action] = [action for action, _ in RISKY]
    return chance.choices(actions, [share for _, share in RISKY])[0]


class Seeder:
    """Brings planned cases into the tables of a stack."""

    def __init__(self, stack: LocalStack) -> None:
        self._clock, self._ids = SystemClock(), RandomIds()
        dynamodb, outputs = stack.client("dynamodb"), stack.outputs
        self._sealer = KmsSealer(stack.client("kms"), outputs["SealingKeyId"])
        self._archive = S3Archive(stack.client("s3"), outputs["ArchiveBucketName"])
        self._posts = DynamoDbPostStore(Table(dynamodb, outputs["PostsTableName"]), self._clock)
        cases = case_store(stack)
        saver = CaseSaver(
            cases=cases, bus=EventBridgeBus(stack.client("events"), outputs["BusName"]),
            review_queue=SqsReviewQueue(stack.client("sqs"), _review_queue_prefix(stack)), clock=self._clock,
            ids=self._ids, metrics=NoMetrics(),
        )  # fmt: skip
        self._review = ReviewEvents(
            cases=cases, posts=self._posts, archive=self._archive,
            config=DynamoDbConfigStore(Table(dynamodb, outputs["ConfigTableName"])), saver=saver, clock=self._clock,
            ids=self._ids, metrics=NoMetrics(), settings=ReviewSettings(reports_team="general"),
            poster_key=lambda _platform, _poster: None,  # nobody has put a rule aside here
            reports=DynamoDbReportStore(Table(dynamodb, outputs["ReportsTableName"])),
            links=DynamoDbLinkStore(Table(dynamodb, outputs["LinksTableName"]), self._clock),
        )  # fmt: skip
        self._retention = Retention()

    def seed(self, planned: Sequence[PlannedCase]) -> None:
        """Posts of one campaign come one after the other, as they join its case; campaigns and single posts side by side."""
        with ThreadPoolExecutor(TOGETHER) as pool:
            for _ in pool.map(self._seed_one, sorted(planned, key=lambda case: -case.posts)):
                pass

    def _seed_one(self, planned: PlannedCase) -> None:
        for start in range(0, planned.posts, 100):
            places = range(start, min(start + 100, planned.posts))
            for event in self._publish([self._post(planned, place) for place in places], planned):
                self._review.handle(event)

    def _post(self, planned: PlannedCase, place: int) -> tuple[Assessment, Post, datetime]:
        sample = planned.samples[place % len(planned.samples)]
        received = self._clock.now() - timedelta(minutes=5 * (planned.posts - place))
        name, seq = planned.post_id(place), int(received.timestamp() * 1000)
        post = replace(sample.post, platform=PLATFORM, id=name, posted_at=received)
        about = replace(sample.assessment.post, platform=PLATFORM, id=name, seq=seq)
        return replace(sample.assessment, post=about), post, received

    def _publish(
        self, posts: Iterable[tuple[Assessment, Post, datetime]], planned: PlannedCase
    ) -> Iterable[Event]:  # fmt: skip
        made, records = [], []
        for assessment, post, received in posts:
            sealed = seal_post(self._sealer, post, assessment.post.seq)
            message = PostMessage(
                platform=post.platform, id=post.id, seq=assessment.post.seq, status="published", received_at=received,
                source="webhook", correlation_id=self._ids.new_id(), sealed=sealed,
            )  # fmt: skip
            records.append({
                "post": open_post(self._sealer, message).archived, "seq": assessment.post.seq,
                "received_at": rfc3339(received), "assessment": assessment.to_dict(),
            })  # fmt: skip
            made.append((assessment, message))
        day = day_of(made[0][1].seq)
        packed = build_object(PLATFORM, day, records, archive_class="kept")
        self._archive.put(packed.key, packed.body)
        for (assessment, message), pointer in zip(made, packed.pointers, strict=True):
            candidate = candidate_of(
                assessment, version=version_name(assessment.post.content_hash, "published"),
                said=said_at(message), received_at=message.received_at, correlation_id=message.correlation_id,
                audit=AUDIT_PROBABILITY if assessment.tier == "clear" else None,
                expires=self._retention.post_expires(
                    assessment.tier, received_at=message.received_at, post_expires_at=None
                ),
            )  # fmt: skip
            tied = replace(candidate, archive=pointer, campaign=planned.campaign, campaign_size=planned.posts)
            _, head = move(None, tied, now=self._clock.now())
            assert head is not None and head.event is not None
            self._posts.write_head(head, expected_revision=None)
            yield Event.from_detail(head.event)
            self._posts.mark_sent(head.key, head.event_id)


def case_store(stack: LocalStack) -> DynamoDbCaseStore:
    dynamodb, outputs = stack.client("dynamodb"), stack.outputs
    return DynamoDbCaseStore(
        Table(dynamodb, outputs["CasesTableName"]), Table(dynamodb, outputs["LedgerTableName"]),
        retention_days=int(outputs["CaseRetentionDays"]),
    )  # fmt: skip


def _review_queue_prefix(stack: LocalStack) -> str:
    """As the functions have it: their queue's name without its team."""
    name: str = stack.outputs["ReviewGeneralQueueUrl"].rpartition("/")[2]
    return name.removesuffix("general")


def summary_of(planned: Sequence[PlannedCase]) -> dict[str, Any]:
    """What was planned, in figures."""
    tiers = [case.samples[0].assessment.tier for case in planned]
    return {
        "cases": len(planned), "posts": sum(case.posts for case in planned),
        "campaigns": sum(case.campaign is not None for case in planned),
        "by_tier": {tier: tiers.count(tier) for tier in sorted(set(tiers))},
        "needing_two_people": sum(case.action in ("refer", "offer_support") for case in planned),
    }  # fmt: skip
