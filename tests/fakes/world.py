"""All fakes wired to the use cases: a whole installation in memory."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import timedelta
from typing import Any

from screening.cases.case import Case
from screening.cases.decisions import DecisionRequest
from screening.cases.people import Person, Role
from screening.cases.quality.expected_hits import read_figures
from screening.cases.vote import Action
from screening.cli.linking import file_hashes
from screening.posts.post import Post
from screening.workflows.administer import Administer
from screening.workflows.appeal import ReceiveAppeal
from screening.workflows.assign import AssignCase
from screening.workflows.batch_decisions import DecideBatch, PrepareBatch
from screening.workflows.campaign_answers import ReadCampaign
from screening.workflows.case_excerpts import ReadExcerpts
from screening.workflows.case_lists import ListCases
from screening.workflows.case_queue import PutAside, TakeNext
from screening.workflows.case_reading import ReadCase
from screening.workflows.case_saving import CaseSaver
from screening.workflows.change_settings import ChangeSettings
from screening.workflows.comments import AnswerByTaking, CommentOnCase
from screening.workflows.decide import DecideCase
from screening.workflows.enqueue import Enqueue
from screening.workflows.evidence import KeepEvidence
from screening.workflows.fetch_package import AcknowledgePackage, FetchPackage, PartnerGate, RecallReferral
from screening.workflows.find_cases import FindCases
from screening.workflows.golden_cases import KeepGoldenCases
from screening.workflows.golden_draw import GoldenCases
from screening.workflows.golden_quality import ReadQuality
from screening.workflows.hold_statement import HoldStatement
from screening.workflows.intake import ReadDrop
from screening.workflows.issue_referral import IssueReferral
from screening.workflows.known_contacts import KnownContacts
from screening.workflows.ledger_chain import SHOWN_REPORT, SHOWN_TEXT, AppendToChain, RecordView, ShownTo
from screening.workflows.linking import LinkPosts, LinkSettings
from screening.workflows.look_up import LookUp
from screening.workflows.measured_cases import ListMeasuredCases
from screening.workflows.measures import ListReferrals, ReadMeasures
from screening.workflows.next_case import GoOn
from screening.workflows.notice_results import TakeNoticeResults
from screening.workflows.outcomes import TakeOpinion, TellOutcome
from screening.workflows.packs import ScreenPacked
from screening.workflows.receive import PlatformGate, ReceivePosts, WithdrawPost
from screening.workflows.records import Partner, Platform, Sampling
from screening.workflows.refer import CarryOutDecisions
from screening.workflows.relinking import Linking
from screening.workflows.report import ReceiveReport
from screening.workflows.rescore import ConcludeRescore, PlanRescore, RescoreChunk, RescoreSettings
from screening.workflows.review import ReviewEvents, ReviewSettings
from screening.workflows.saved_filters import KeepFilters
from screening.workflows.screen import ScreenPosts, ScreenSettings
from screening.workflows.signatures import SignedHeaders, request_line, signed_headers
from screening.workflows.silent_partners import RerouteSilent
from screening.workflows.snooze import SnoozeRule
from screening.workflows.sweep import SweepOutboxes, Swept
from screening.workflows.take_back import TakeBack
from screening.workflows.team_policy import KeepPolicy
from screening.workflows.tell_platform import TellPlatform
from screening.workflows.translate_case import TranslateCase
from screening.workflows.urgent_watch import WatchUrgent
from tests.fakes.assessor import FakeAssessor
from tests.fakes.basics import FakeClock, FakeConfig, FakeIds, FakeMetrics, FakeSealer, FakeSecrets
from tests.fakes.faults import Faults
from tests.fakes.ledger_stores import FakeErasureStore, FakeEvidenceStore, FakeLedgerStore
from tests.fakes.links import FakeLinkStore
from tests.fakes.people import FakeDirectory
from tests.fakes.queues import (
    FakeBus,
    FakeIntakeQueue,
    FakePartnerQueue,
    FakePlatformNotices,
    FakePostQueue,
    FakeQueue,
    FakeReviewQueue,
    FakeTransparencyDatabase,
)
from tests.fakes.settings import FakeQueueNames, FakeSecretKeeper, FakeSettingsStore
from tests.fakes.stores import (
    FakeArchive,
    FakeCaseStore,
    FakeDropStore,
    FakePostStore,
    FakeReferralStore,
    FakeReportStore,
    FakeRescoreStore,
)
from tests.fakes.translation import FakeTranslationBudget, FakeTranslator
from tests.fakes.work import FakeWorkStore

SECRET = "whsec_" + base64.b64encode(b"s" * 32).decode()
NGO = Partner(
    id="ngo-a", name="Help line A", kind="ngo", queue="screening-partner-ngo-a", countries=("PL",),
    fields=frozenset({"kind", "tier", "concerns", "indicators", "url", "work_country", "language", "act_by"}),
    legal_basis="GDPR art. 6(1)(f)", purpose="offering help to those who may be at risk",
)  # fmt: skip
POLICE = Partner(
    id="police-b", name="Unit B", kind="police", queue="screening-partner-police-b", countries=("PL",),
    fields=frozenset(
        {"kind", "tier", "concerns", "indicators", "evidence", "url", "text", "contacts", "work_country", "language", "act_by", "published", "company"}
    ),
    legal_basis="national law on reports to the police", purpose="investigating trafficking in human beings",
)  # fmt: skip
BORDER = Partner(
    id="border-c", name="Border unit C", kind="police", queue="screening-partner-border-c", countries=("PL",),
    fields=frozenset({"kind", "tier", "concerns", "indicators", "url"}), legal_basis="DSA art. 18",
    purpose="notices", immigration_enforcement=True,
)  # fmt: skip


def person(actor: str, *roles: Role, teams: tuple[str, ...] = ("team-a",)) -> Person:
    return Person(actor=actor, roles=frozenset(roles), teams=frozenset(teams))


def post(post_id: str = "1", text: str = "A quiet job.", *, platform: str = "alpha", **fields: Any) -> Post:
    return Post(platform=platform, id=post_id, description=text, **fields)


def poster_key(platform: str, poster: str | None) -> str | None:
    return hashlib.sha256(f"{platform} {poster}".encode()).hexdigest() if poster else None


def sender_mark(contact: str) -> str:
    return hashlib.sha256(contact.encode()).hexdigest()[:16]


class HasReadAll(ShownTo):
    """Of tests that ask something else than whether a person has read what they decide on."""

    def __call__(self, case: str, actor: str, version: str) -> frozenset[str]:
        return frozenset({SHOWN_TEXT, SHOWN_REPORT})


class World:
    """Two platforms with a team each, three partners. Use cases are made anew by each property, as a new process would."""

    def __init__(
        self, *, threads: int = 1, sampling: float = 0.0, max_receives: int = 5, packed: int = 1
    ) -> None:  # fmt: skip
        """`packed`: so many posts travel in one message of the posts queue.

        Whoever decides counts as having read the case, unless `all_have_read` is taken away.
        """
        self.faults = Faults()
        self.clock = FakeClock()
        self.ids = FakeIds()
        self.metrics = FakeMetrics()
        self.sealer = FakeSealer(self.faults)
        self.config = FakeConfig(self.faults)
        self.secrets = FakeSecrets(self.faults)
        self.archive = FakeArchive(self.faults)
        self.posts = FakePostStore(self.faults, self.clock)
        self.cases = FakeCaseStore(self.faults)
        self.drops = FakeDropStore(self.faults)
        self.referrals = FakeReferralStore(self.faults)
        self.reports = FakeReportStore(self.faults)
        self.rescores = FakeRescoreStore(self.faults)
        self.links = FakeLinkStore(self.faults)
        self.work = FakeWorkStore(self.faults)
        self.directory = FakeDirectory(self.faults)
        self.translator: FakeTranslator | None = None
        self.translation_budget = FakeTranslationBudget(self.faults)
        self.evidence = FakeEvidenceStore(self.faults)
        self.transparency = FakeTransparencyDatabase(self.faults)
        self.erasures = FakeErasureStore(self.faults, self.posts, self.archive, self.referrals, self.reports)
        self.settings = FakeSettingsStore(self.faults, self.config, self.cases)
        self.queue_names = FakeQueueNames(
            "review-team-a", "review-team-b", *(one.queue for one in (NGO, POLICE, BORDER))
        )
        self.hashes = file_hashes(b"k" * 32)
        self.posts_queue = FakeQueue("posts", max_receives)
        self.intake_jobs = FakeQueue("intake", max_receives)
        self.review_jobs = FakeQueue("review", max_receives)
        self.refer_jobs = FakeQueue("refer", max_receives)
        self.post_queue = FakePostQueue(self.faults, self.posts_queue, packed)
        self.intake_queue = FakeIntakeQueue(self.faults, self.intake_jobs)
        self.bus = FakeBus(self.faults)
        self.bus.route("PostAssessed", self.review_jobs)
        self.bus.route("ReportReceived", self.review_jobs)
        self.bus.route("AppealReceived", self.review_jobs)
        self.bus.route("CaseDecided", self.refer_jobs)
        self.review_queue = FakeReviewQueue(self.faults)
        self.partner_queue = FakePartnerQueue(self.faults)
        self.platform_notices = FakePlatformNotices(self.faults)
        self.assessor = FakeAssessor()
        self.threads = threads
        self.all_have_read = True
        self.config.rates = Sampling(default=sampling)
        for platform, team in (("alpha", "team-a"), ("beta", "team-b")):
            self.config.platforms[platform] = Platform(
                id=platform, team=team, webhook_url=f"https://{platform}.example/notices"
            )
            self.secrets.put("platform", platform, SECRET)
            self.review_queue.teams[team] = []
        for partner in (NGO, POLICE, BORDER):
            self.config.all_partners[partner.id] = partner
            self.secrets.put("partner", partner.id, SECRET)

    @property
    def change_settings(self) -> ChangeSettings:
        return ChangeSettings(
            store=self.settings, ledger=self.ledger, secrets=FakeSecretKeeper(self.faults, self.secrets),
            clock=self.clock, ids=self.ids, new_secret=lambda: f"whsec_{self.ids.salt()}",
        )  # fmt: skip

    @property
    def keep_policy(self) -> KeepPolicy:
        return KeepPolicy(store=self.settings, change=self.change_settings, clock=self.clock)

    @property
    def administer(self) -> Administer:
        return Administer(
            store=self.settings, ledger=self.ledger, change=self.change_settings, queues=self.queue_names,
            clock=self.clock, ids=self.ids, review_queue_prefix="review-",
        )  # fmt: skip

    @property
    def gate(self) -> PlatformGate:
        return PlatformGate(config=self.config, secrets=self.secrets, clock=self.clock)

    @property
    def receive(self) -> ReceivePosts:
        return ReceivePosts(
            gate=self.gate, sealer=self.sealer, queue=self.post_queue, posts=self.posts, clock=self.clock,
            metrics=self.metrics,
        )  # fmt: skip

    @property
    def withdraw(self) -> WithdrawPost:
        return WithdrawPost(gate=self.gate, sealer=self.sealer, queue=self.post_queue, metrics=self.metrics)

    @property
    def enqueue(self) -> Enqueue:
        return Enqueue(sealer=self.sealer, queue=self.post_queue)

    @property
    def screen(self) -> ScreenPacked:
        screen = ScreenPosts(
            assessor=self.assessor, sealer=self.sealer, archive=self.archive, posts=self.posts, bus=self.bus,
            config=self.config, metrics=self.metrics, clock=self.clock,
            settings=ScreenSettings(sample_key=b"k" * 32, threads=self.threads), linking=self.linking,
        )  # fmt: skip
        return ScreenPacked(screen=screen, queue=self.post_queue)

    @property
    def link_posts(self) -> LinkPosts:
        return LinkPosts(store=self.links, clock=self.clock, metrics=self.metrics, settings=LinkSettings())

    @property
    def linking(self) -> Linking:
        return Linking(
            links=self.link_posts, hashes=self.hashes, posts=self.posts, archive=self.archive, sealer=self.sealer,
            queue=self.post_queue, metrics=self.metrics,
        )  # fmt: skip

    @property
    def read_campaign(self) -> ReadCampaign:
        return ReadCampaign(gate=self.gate, links=self.links)

    @property
    def saver(self) -> CaseSaver:
        return CaseSaver(
            cases=self.cases, bus=self.bus, review_queue=self.review_queue, clock=self.clock, ids=self.ids,
            metrics=self.metrics,
        )  # fmt: skip

    @property
    def review(self) -> ReviewEvents:
        return ReviewEvents(
            cases=self.cases, posts=self.posts, archive=self.archive, config=self.config, saver=self.saver,
            clock=self.clock, ids=self.ids, metrics=self.metrics, settings=ReviewSettings(reports_team="team-a"),
            poster_key=poster_key, reports=self.reports, links=self.links,
        )  # fmt: skip

    @property
    def decide(self) -> DecideCase:
        return DecideCase(
            cases=self.cases, archive=self.archive, config=self.config, saver=self.saver, clock=self.clock,
            metrics=self.metrics, work=self.work, reports=self.reports, shown=self.shown,
        )  # fmt: skip

    @property
    def shown(self) -> ShownTo:
        return HasReadAll(store=self.ledger) if self.all_have_read else ShownTo(store=self.ledger)

    @property
    def take_back(self) -> TakeBack:
        return TakeBack(cases=self.cases, saver=self.saver, clock=self.clock, metrics=self.metrics)

    @property
    def list_cases(self) -> ListCases:
        return ListCases(cases=self.cases, work=self.work, config=self.config, clock=self.clock, golden=self.golden)

    @property
    def find_cases(self) -> FindCases:
        return FindCases(cases=self.cases, config=self.config, links=self.links, clock=self.clock, golden=self.golden)

    @property
    def read_excerpts(self) -> ReadExcerpts:
        ledger = self.ledger
        recorder = RecordView(
            store=ledger, append=AppendToChain(store=ledger, clock=self.clock, ids=self.ids), clock=self.clock
        )
        return ReadExcerpts(archive=self.archive, record_view=recorder, clock=self.clock, metrics=self.metrics)

    @property
    def take_next(self) -> TakeNext:
        return TakeNext(
            cases=self.cases, work=self.work, clock=self.clock, ids=self.ids, golden=self.golden,
            answer=AnswerByTaking(cases=self.cases, saver=self.saver),
        )  # fmt: skip

    @property
    def comment(self) -> CommentOnCase:
        return CommentOnCase(
            cases=self.cases, work=self.work, saver=self.saver, clock=self.clock, metrics=self.metrics
        )  # fmt: skip

    @property
    def assign(self) -> AssignCase:
        return AssignCase(
            cases=self.cases, work=self.work, directory=self.directory, saver=self.saver, clock=self.clock,
            metrics=self.metrics,
        )  # fmt: skip

    @property
    def golden(self) -> GoldenCases:
        return GoldenCases(
            cases=self.cases, archive=self.archive, config=self.config, saver=self.saver,
            shown=ShownTo(store=self.ledger), clock=self.clock, metrics=self.metrics,
        )  # fmt: skip

    @property
    def keep_golden(self) -> KeepGoldenCases:
        return KeepGoldenCases(cases=self.cases, saver=self.saver, clock=self.clock)

    @property
    def quality(self) -> ReadQuality:
        return ReadQuality(cases=self.cases, config=self.config, clock=self.clock)

    @property
    def go_on(self) -> GoOn:
        return GoOn(cases=self.cases, work=self.work, take_next=self.take_next, clock=self.clock)

    @property
    def put_aside(self) -> PutAside:
        return PutAside(cases=self.cases, work=self.work, clock=self.clock)

    @property
    def ledger(self) -> FakeLedgerStore:
        return FakeLedgerStore(self.faults, self.cases)

    @property
    def read_case(self) -> ReadCase:
        return ReadCase(
            cases=self.cases, archive=self.archive, sealer=self.sealer, work=self.work, config=self.config,
            reports=self.reports, clock=self.clock, record_view=self.record_view,
        )  # fmt: skip

    @property
    def translate_case(self) -> TranslateCase:
        append = AppendToChain(store=self.ledger, clock=self.clock, ids=self.ids)
        return TranslateCase(
            read=self.read_case, translator=self.translator, budget=self.translation_budget, config=self.config,
            record_view=RecordView(store=self.ledger, append=append, clock=self.clock, same=timedelta(0)),
            clock=self.clock, metrics=self.metrics,
        )  # fmt: skip

    @property
    def record_view(self) -> RecordView:
        ledger = self.ledger
        append = AppendToChain(store=ledger, clock=self.clock, ids=self.ids)
        return RecordView(store=ledger, append=append, clock=self.clock)

    @property
    def snooze(self) -> SnoozeRule:
        return SnoozeRule(
            cases=self.cases, archive=self.archive, saver=self.saver, clock=self.clock, metrics=self.metrics,
            poster_key=poster_key,
        )  # fmt: skip

    @property
    def hold_statement(self) -> HoldStatement:
        return HoldStatement(cases=self.cases, saver=self.saver, clock=self.clock, metrics=self.metrics)

    @property
    def keep_evidence(self) -> KeepEvidence:
        return KeepEvidence(archive=self.archive, evidence=self.evidence, clock=self.clock)

    @property
    def issue_referral(self) -> IssueReferral:
        return IssueReferral(
            cases=self.cases, archive=self.archive, sealer=self.sealer, referrals=self.referrals,
            keep=self.keep_evidence, partner_queue=self.partner_queue, config=self.config, saver=self.saver, clock=self.clock, ids=self.ids,
            metrics=self.metrics,
        )  # fmt: skip

    @property
    def carry_out(self) -> CarryOutDecisions:
        return CarryOutDecisions(
            cases=self.cases, config=self.config, saver=self.saver, issue=self.issue_referral,
            tell=TellPlatform(
                config=self.config, notices=self.platform_notices, archive=self.archive, clock=self.clock,
                metrics=self.metrics, reports=self.reports, transparency=self.transparency,
            ),
            reports=self.reports, clock=self.clock, metrics=self.metrics, known=KnownContacts(links=self.links, posts=self.posts),
        )  # fmt: skip

    @property
    def appeal(self) -> ReceiveAppeal:
        return ReceiveAppeal(
            gate=self.gate, cases=self.cases, reports=self.reports, sealer=self.sealer, bus=self.bus, clock=self.clock,
            metrics=self.metrics,
        )  # fmt: skip

    @property
    def partner_gate(self) -> PartnerGate:
        return PartnerGate(config=self.config, secrets=self.secrets, clock=self.clock)

    @property
    def fetch(self) -> FetchPackage:
        return FetchPackage(
            gate=self.partner_gate, referrals=self.referrals, cases=self.cases, saver=self.saver, sealer=self.sealer,
            secrets=self.secrets, clock=self.clock, metrics=self.metrics,
        )  # fmt: skip

    @property
    def opinion(self) -> TakeOpinion:
        return TakeOpinion(
            gate=self.partner_gate, referrals=self.referrals, cases=self.cases, saver=self.saver, clock=self.clock,
            metrics=self.metrics,
        )  # fmt: skip

    @property
    def outcome(self) -> TellOutcome:
        return TellOutcome(cases=self.cases, saver=self.saver, clock=self.clock, metrics=self.metrics)

    @property
    def look_up(self) -> LookUp:
        return LookUp(
            cases=self.cases, config=self.config, links=self.links, posts=self.posts, clock=self.clock,
            record_view=RecordView(
                store=self.ledger, append=AppendToChain(store=self.ledger, clock=self.clock, ids=self.ids), clock=self.clock
            ),
            fingerprint=self.hashes.fingerprint, golden=self.golden,
        )  # fmt: skip

    @property
    def saved_filters(self) -> KeepFilters:
        return KeepFilters(work=self.work, clock=self.clock)

    @property
    def prepare_batch(self) -> PrepareBatch:
        return PrepareBatch(
            cases=self.cases, archive=self.archive, work=self.work, links=self.links, clock=self.clock,
            record_view=RecordView(
                store=self.ledger, append=AppendToChain(store=self.ledger, clock=self.clock, ids=self.ids), clock=self.clock
            ),
            shown=ShownTo(store=self.ledger),
        )  # fmt: skip

    @property
    def decide_batch(self) -> DecideBatch:
        return DecideBatch(cases=self.cases, decide=self.decide, clock=self.clock, metrics=self.metrics)

    @property
    def measures(self) -> ReadMeasures:
        return ReadMeasures(cases=self.cases, clock=self.clock, figures=read_figures())

    @property
    def list_measured(self) -> ListMeasuredCases:
        return ListMeasuredCases(cases=self.cases, clock=self.clock)

    @property
    def list_referrals(self) -> ListReferrals:
        return ListReferrals(cases=self.cases, referrals=self.referrals, clock=self.clock)

    @property
    def notice_results(self) -> TakeNoticeResults:
        return TakeNoticeResults(
            gate=self.gate, cases=self.cases, saver=self.saver, clock=self.clock, metrics=self.metrics
        )

    @property
    def reroute(self) -> RerouteSilent:
        return RerouteSilent(
            referrals=self.referrals, cases=self.cases, config=self.config, issue=self.issue_referral, clock=self.clock,
            metrics=self.metrics,
        )  # fmt: skip

    @property
    def acknowledge(self) -> AcknowledgePackage:
        return AcknowledgePackage(
            gate=self.partner_gate, referrals=self.referrals, cases=self.cases, saver=self.saver, clock=self.clock,
            metrics=self.metrics,
        )  # fmt: skip

    @property
    def recall(self) -> RecallReferral:
        return RecallReferral(
            referrals=self.referrals, cases=self.cases, saver=self.saver, clock=self.clock, metrics=self.metrics
        )

    @property
    def report(self) -> ReceiveReport:
        return ReceiveReport(
            reports=self.reports, sealer=self.sealer, bus=self.bus, clock=self.clock, ids=self.ids,
            metrics=self.metrics, mark=sender_mark,
        )  # fmt: skip

    def intake(self, *, max_posts: int = 20_000) -> ReadDrop:
        return ReadDrop(
            drops=self.drops, sealer=self.sealer, queue=self.post_queue, intake_queue=self.intake_queue,
            posts=self.posts, config=self.config, clock=self.clock, metrics=self.metrics, max_posts=max_posts,
        )  # fmt: skip

    @property
    def plan_rescore(self) -> PlanRescore:
        return PlanRescore(archive=self.archive, store=self.rescores, settings=RescoreSettings(max_keys=2))

    @property
    def rescore_chunk(self) -> RescoreChunk:
        return RescoreChunk(
            assessor=self.assessor, sealer=self.sealer, archive=self.archive, posts=self.posts, bus=self.bus,
            store=self.rescores, config=self.config, clock=self.clock, metrics=self.metrics, settings=RescoreSettings(),
            links=self.link_posts, hashes=self.hashes,
        )  # fmt: skip

    @property
    def conclude_rescore(self) -> ConcludeRescore:
        return ConcludeRescore(
            store=self.rescores, config=self.config, bus=self.bus, clock=self.clock, metrics=self.metrics,
            settings=RescoreSettings(),
        )  # fmt: skip

    def sweep(self) -> Swept:
        return SweepOutboxes(
            posts=self.posts,
            cases=self.cases,
            bus=self.bus,
            saver=self.saver,
            clock=self.clock,
            metrics=self.metrics,
            watch=WatchUrgent(cases=self.cases, config=self.config, clock=self.clock, metrics=self.metrics),
        )()

    def signed(self, body: bytes, *, id: str = "msg-1", secret: str = SECRET) -> SignedHeaders:  # noqa: A002
        return SignedHeaders.of(signed_headers([secret], id=id, at=self.clock.now(), body=body))

    def signed_line(self, method: str, path: str, **query: str) -> SignedHeaders:
        """Headers of a request without a body."""
        return self.signed(request_line(method, path, **query))

    def publish(self, *posts: Post) -> None:
        """Put posts on the queue as if received now."""
        result = self.enqueue(list(posts), received_at=self.clock.now(), source="webhook", correlation_id="test/1")
        assert not result.later
        assert not result.unfit

    def run(self, *, batch: int = 10, twice: bool = False) -> None:
        """Pump screening and review until nothing waits."""
        self.posts_queue.pump(lambda messages: self.screen(messages), batch=batch, twice=twice)
        self.review_jobs.pump(lambda messages: self.review(messages), batch=batch, twice=twice)
        self.refer_jobs.pump(lambda messages: self.carry_out(messages), batch=batch, twice=twice)

    def let_out(self) -> None:
        """What can't be undone any more leaves the house, and is carried out."""
        self.clock.advance(minutes=13)
        self.sweep()
        self.run()

    def only_case(self) -> Case:
        (case,) = self.cases.all()
        return case

    def vote(self, who: Person, action: Action, partner: str | None = None, **given: Any) -> Case:
        """A vote on the only case, as the person sees it now."""
        case = self.only_case()
        request = DecisionRequest(
            decision_id=given.get("decision_id") or self.ids.new_id(), action=action,
            revision=given.get("revision", case.revision), reason=given.get("reason", "It is plain."), partner=partner,
            reasons=given.get("reasons", ()), override=given.get("override", False),
        )  # fmt: skip
        return self.decide(case.case, who, request)

    def everything_in_transit(self) -> str:
        """Every message that ever lay on a queue, the bus or among the dead letters, and every metric."""
        queues = (self.posts_queue, self.intake_jobs, self.review_jobs, self.refer_jobs)
        bodies = [body for queue in queues for body in (*queue.all_bodies, *queue.dead)]
        pointers = json.dumps([self.review_queue.teams, self.partner_queue.sent])
        return "\n".join((*bodies, *self.bus.bodies, pointers, *self.metrics.seen))
