"""A case: what a reviewer works on. The posts of one campaign, one post, or one report of an unknown post."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, get_args

from screening.assessment.record import ArchivePointer, ConcernSummary
from screening.cases.case_parts import AppealOf, Asked, Assigned, CaseMember, HistoryLine, OutboxItem, Outcome, Warned
from screening.cases.golden_marks import Golden, Known
from screening.cases.vote import Decision, Vote
from screening.fields import Fields, rfc3339
from screening.posts.post import PostKind
from screening.values.result import DimensionState, Tier

CaseQueue = Literal["review", "audit", "inconclusive", "reports", "appeals"]
CaseState = Literal["open", "second_look", "escalated", "decided", "merged"]
OPEN_STATES: frozenset[CaseState] = frozenset({"open", "second_look", "escalated"})

CASE_NAMESPACE = uuid.UUID("6a4f0a5e-1f0c-5d0e-9b0a-2f6f2d1c7a10")
MAX_EVENTS = 20
"""Event ids remembered on a case; the bus retries for 24 hours, an offer has far fewer changes in them."""
MAX_HISTORY = 50
MAX_REPORTS, MAX_PLAIN_REPORTS = 400, 200
"""Reports listed on a case, some 40 bytes each; beyond the second figure notices alone, which are owed a reasoned answer."""
MAX_SENDERS = 10
"""Senders remembered on a case: more of them change nothing about when it is due."""
MAX_MEMBERS = 200
"""Posts listed on a case beside its leading one: some 300 bytes each, within DynamoDB's 400 kB an item."""


def case_id(platform: str, post_id: str, generation: int) -> str:
    """The same post and generation give the same id, so that an event delivered twice opens one case."""
    return str(uuid.uuid5(CASE_NAMESPACE, f"{platform}\x1f{post_id}\x1f{generation}"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """`revision` grows by one with every save: a decision names the revision it was made on.

    `ledger_index` and `ledger_hash` are those of the last entry of the case's own chain (`cases.ledger`); -1 and "" before.
    """

    case: str
    generation: int
    team: str
    platform: str
    post_id: str  # "" where a report names a post that isn't known
    seq: int
    version: str
    kind: PostKind
    tier: Tier
    highest_tier: Tier
    rank: float
    concerns: tuple[ConcernSummary, ...]
    dimensions: dict[str, DimensionState]
    indicators: tuple[str, ...]
    queue: CaseQueue
    state: CaseState
    opened_at: datetime
    due_at: datetime
    facts_at: datetime  # timestamp of the event whose facts it holds: orders assessments of one version
    act_by: date | None = None
    language: str | None = None
    work_country: str | None = None
    archive: ArchivePointer | None = None
    versions: str = ""
    content_seq: int = -1  # (content_seq, content_version) name the version whose facts it holds:
    content_version: str = ""  # (seq, version), but for a withdrawn post
    post_withdrawn: bool = False
    events: tuple[str, ...] = ()  # ids applied, newest last
    reports: tuple[str, ...] = ()  # at most MAX_REPORTS; those that came after follow one of them
    report_count: int = 0  # how many there were, listed or not
    senders: tuple[str, ...] = ()  # marks of who sent them, at most MAX_SENDERS
    referrals: tuple[str, ...] = ()  # ids of those the ledger holds as issued
    votes: tuple[Vote, ...] = ()
    decisions: tuple[Decision, ...] = ()  # in time order; a removed post may be referred as well
    overruled: tuple[Decision, ...] = ()  # dismissals that somebody set aside by reopening the case
    facts: int = 1  # grows whenever what reviewers judge changes: version, tier, concerns, dimensions
    audit_probability: float | None = None
    previous_case: str | None = None
    hold: str | None = None  # name of a legal hold: the case is kept whatever its age
    history: tuple[HistoryLine, ...] = ()
    outbox: tuple[OutboxItem, ...] = ()
    campaign: str | None = None  # root of the campaign that ties its posts
    members: tuple[CaseMember, ...] = ()  # its other posts, at most MAX_MEMBERS
    member_count: int = 0  # how many other posts there are
    corridor: str | None = None  # "UA>PL": whom the offer aims at, and where the work is
    second_review: bool = False  # drawn for a blind second review; shown to nobody
    outcomes: tuple[Outcome, ...] = ()
    warned: tuple[Warned, ...] = ()  # what platforms counted since they warned applicants
    appeal: AppealOf | None = None
    excluded: tuple[str, ...] = ()  # people whose own decision is what this case is about
    merged_into: str | None = None
    silent_until: datetime | None = None  # restriction and its reasons are held back until then
    child_notice: bool = False  # somebody gave notice of a child sexual abuse offence
    known: Known | None = None  # its right answer is known, so that it may be shown again to measure
    golden: Golden | None = None  # it is such a showing, for one person
    asked: Asked | None = None  # a senior is asked about it, and hasn't answered
    assigned: Assigned | None = None  # a colleague was asked to take it
    revision: int = 0
    ledger_index: int = -1
    ledger_hash: str = field(default="")

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def asks_senior(self) -> bool:
        """Whether it waits for a senior's answer. While a second person is to judge it by themselves nobody is told so."""
        return self.asked is not None and self.state in ("open", "escalated")

    @property
    def waits_for_people(self) -> bool:
        """Whether it has its place in a queue: open, or decided and drawn for a second review. A golden one never has."""
        if self.golden is not None:
            return False
        rechecked = any(decision.recheck in ("waiting", "differs") for decision in self.decisions)
        return self.is_open or (self.state == "decided" and rechecked)

    @property
    def queue_order(self) -> tuple[bool, datetime, str]:
        """Its place in a queue: what is due first comes first, and a notice of an offence against a child before all else."""
        return not self.child_notice, self.due_at, self.case

    @property
    def posts(self) -> tuple[tuple[str, str], ...]:
        """(platform, post id) of every post of it, the leading one first."""
        own = ((self.platform, self.post_id),) if self.post_id else ()
        return (*own, *(member.key for member in self.members))

    @property
    def report_weight(self) -> int:
        """How many people reported it, for its place in the queue: one who writes ten times is one."""
        return max(len(self.senders), 1 if self.reports else 0)

    @property
    def severe(self) -> bool:
        """Whether its text, or what is said of it, may be distressing: sexualised, a minor, or coercion."""
        hard = {"minor", "sexual_exploitation"} & {concern.type for concern in self.concerns}
        dimensions = ("sexualised_recruitment", "coercive_recruitment")
        return self.child_notice or bool(hard) or any(self.dimensions.get(name) == "strong" for name in dimensions)

    @property
    def decision(self) -> Decision | None:
        """The newest decision."""
        return self.decisions[-1] if self.decisions else None

    @property
    def positive_dimensions(self) -> tuple[str, ...]:
        return tuple(name for name, state in self.dimensions.items() if state in ("positive", "strong"))

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready shape; `from_dict` reads it back to an equal case."""
        return {
            "case": self.case, "generation": self.generation, "team": self.team, "platform": self.platform,
            "post_id": self.post_id, "seq": self.seq, "version": self.version, "kind": self.kind, "tier": self.tier,
            "highest_tier": self.highest_tier, "rank": self.rank,
            "concerns": [concern.to_dict() for concern in self.concerns], "dimensions": dict(self.dimensions),
            "indicators": list(self.indicators), "queue": self.queue, "state": self.state,
            "opened_at": rfc3339(self.opened_at), "due_at": rfc3339(self.due_at), "facts_at": rfc3339(self.facts_at),
            "act_by": self.act_by.isoformat() if self.act_by else None, "language": self.language,
            "work_country": self.work_country, "archive": self.archive.to_dict() if self.archive else None,
            "versions": self.versions, "content_seq": self.content_seq, "content_version": self.content_version, "post_withdrawn": self.post_withdrawn, "events": list(self.events),
            "reports": list(self.reports), "report_count": self.report_count, "senders": list(self.senders), "referrals": list(self.referrals), "votes": [vote.to_dict() for vote in self.votes],
            "decisions": [decision.to_dict() for decision in self.decisions],
            "overruled": [decision.to_dict() for decision in self.overruled], "facts": self.facts,
            "audit_probability": self.audit_probability, "previous_case": self.previous_case, "hold": self.hold,
            "history": [line.to_dict() for line in self.history], "outbox": [item.to_dict() for item in self.outbox],
            "campaign": self.campaign, "members": [member.to_dict() for member in self.members],
            "member_count": self.member_count, "corridor": self.corridor, "second_review": self.second_review,
            "outcomes": [outcome.to_dict() for outcome in self.outcomes],
            "warned": [one.to_dict() for one in self.warned], "appeal": self.appeal.to_dict() if self.appeal else None,
            "excluded": list(self.excluded), "merged_into": self.merged_into,
            "silent_until": rfc3339(self.silent_until) if self.silent_until else None, "child_notice": self.child_notice,
            "revision": self.revision, "ledger_index": self.ledger_index, "ledger_hash": self.ledger_hash,
            **({"known": self.known.to_dict()} if self.known else {}),
            **({"golden": self.golden.to_dict()} if self.golden else {}),
            **({"asked": self.asked.to_dict()} if self.asked else {}),
            **({"assigned": self.assigned.to_dict()} if self.assigned else {}),
        }  # fmt: skip

    @classmethod
    def from_dict(cls, data: object) -> Case:
        """Raises PermanentError naming the field."""
        fields = Fields(data, "case")
        dimensions = fields.fields("dimensions")
        return cls(
            case=fields.text("case"), generation=fields.integer("generation"), team=fields.text("team"),
            platform=fields.text("platform"), post_id=fields.text("post_id", empty=True),
            seq=fields.integer("seq"), version=fields.text("version", empty=True),
            kind=fields.choice("kind", get_args(PostKind)), tier=fields.choice("tier", get_args(Tier)),
            highest_tier=fields.choice("highest_tier", get_args(Tier)), rank=fields.number("rank"),
            concerns=fields.each("concerns", ConcernSummary.read),
            dimensions={n: dimensions.choice(n, get_args(DimensionState)) for n in fields.mapping("dimensions")},
            indicators=fields.texts("indicators"), queue=fields.choice("queue", get_args(CaseQueue)),
            state=fields.choice("state", get_args(CaseState)), opened_at=fields.moment("opened_at"),
            due_at=fields.moment("due_at"), facts_at=fields.moment("facts_at"), act_by=fields.day_or_none("act_by"),
            language=fields.text_or_none("language"), work_country=fields.text_or_none("work_country"),
            archive=ArchivePointer.read(fields.fields("archive")) if fields.has("archive") else None,
            versions=fields.text("versions", empty=True), post_withdrawn=fields.flag("post_withdrawn"),
            content_seq=fields.integer("content_seq", least=-1), content_version=fields.text("content_version", empty=True),
            events=fields.texts("events"), reports=fields.texts("reports"),
            report_count=fields.integer("report_count") if fields.has("report_count") else len(fields.texts("reports")),
            senders=fields.texts("senders") if fields.has("senders") else (), referrals=fields.texts("referrals"), votes=fields.each("votes", Vote.read),
            decisions=fields.each("decisions", Decision.read),
            overruled=fields.each("overruled", Decision.read) if fields.has("overruled") else (),
            facts=fields.integer("facts"),
            audit_probability=fields.number("audit_probability") if fields.has("audit_probability") else None,
            previous_case=fields.text_or_none("previous_case"), hold=fields.text_or_none("hold"), history=fields.each("history", HistoryLine.read),
            outbox=fields.each("outbox", OutboxItem.read), campaign=fields.text_or_none("campaign"),
            members=fields.each("members", CaseMember.read), member_count=fields.integer("member_count"),
            corridor=fields.text_or_none("corridor"), second_review=fields.flag("second_review"),
            outcomes=fields.each("outcomes", Outcome.read),
            warned=fields.each("warned", Warned.read),
            appeal=AppealOf.read(fields.mapping("appeal")) if fields.has("appeal") else None,
            excluded=fields.texts("excluded"),
            merged_into=fields.text_or_none("merged_into"),
            silent_until=fields.moment_or_none("silent_until"),
            child_notice=fields.has("child_notice") and fields.flag("child_notice"), revision=fields.integer("revision"),
            ledger_index=fields.integer("ledger_index", least=-1), ledger_hash=fields.text("ledger_hash", empty=True),
            known=Known.read(fields.mapping("known")) if fields.has("known") else None,
            golden=Golden.read(fields.mapping("golden")) if fields.has("golden") else None,
            asked=Asked.read(fields.mapping("asked")) if fields.has("asked") else None,
            assigned=Assigned.read(fields.mapping("assigned")) if fields.has("assigned") else None,
        )  # fmt: skip
