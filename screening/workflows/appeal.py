"""A poster's appeal, as its platform passes it on by signed request, and the case it opens."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from screening.cases.appeals import OPEN_FOR, appeal_case, appeal_id, covers, restriction_of
from screening.cases.case import Case
from screening.cases.decisions import people_who_decided
from screening.cases.ledger import canonical_json
from screening.cases.updates import note
from screening.cases.vote import Decision
from screening.errors import ConflictError, NotFoundError, PermanentError, TransientError
from screening.fields import rfc3339
from screening.ports import CaseStore, Clock, EventBus, Metrics, ReportStore, Sealer
from screening.workflows.batch import body_fields
from screening.workflows.case_saving import CaseSaver, Entry
from screening.workflows.events import AppealReceived, CaseOpened, Event
from screening.workflows.hold_statement import held_until
from screening.workflows.merged_cases import cases_of_post, stored_case
from screening.workflows.receive import PlatformGate
from screening.workflows.records import AppealClaim, Report
from screening.workflows.report import MAX_REASON
from screening.workflows.retention import Retention
from screening.workflows.signatures import SignedHeaders

APPEAL_NAMESPACE = uuid.UUID("4b0f6f53-6a9d-5d7e-8a41-0f4a2f0b9c17")
SYSTEM = "system:review"
BEING_ANSWERED = "appeal: one against this restriction is being answered; its answer comes by message"
CLAIM_HOLDS = timedelta(days=1)
"""As long as the bus tries to deliver that an appeal came."""


@dataclass(frozen=True, slots=True)
class AppealReceipt:
    appeal: str  # the number to name when asking about it
    received_at: datetime


class ReceiveAppeal:
    """Takes an appeal against a restriction that stands. What the poster writes is sealed, and told of by its id alone."""

    def __init__(
        self, *, gate: PlatformGate, cases: CaseStore, reports: ReportStore, sealer: Sealer, bus: EventBus,
        clock: Clock, metrics: Metrics, retention: Retention | None = None,
    ) -> None:  # fmt: skip
        self._gate = gate
        self._cases = cases
        self._reports = reports
        self._sealer = sealer
        self._bus = bus
        self._clock = clock
        self._metrics = metrics
        self._retention = retention or Retention()

    def __call__(self, platform: str, headers: SignedHeaders, body: bytes) -> AppealReceipt:
        """`body`: {post_id, text, language?}. The same signed message again gives the same receipt and no second case.

        Raises:
            AuthenticationError: unknown platform or bad signature, in the same words.
            PermanentError: naming the field that is missing or wrong.
            NotFoundError: no restriction of such a post stands, or it is older than six months.
            ConflictError: an appeal of this post is being answered.
            TransientError: it couldn't be taken for now; send it again.
        """
        self._gate.check(platform, headers, body)
        fields = body_fields(body, "appeal")
        post_id, text = fields.text("post_id", limit=512), fields.text("text", limit=MAX_REASON)
        now = self._clock.now()
        identity = str(uuid.uuid5(APPEAL_NAMESPACE, f"{platform}\x1f{headers.id}"))
        before = self._reports.read(identity)
        case, restriction = self._restricted(platform, post_id, now)
        if case is None or restriction is None:
            if before is not None:
                return AppealReceipt(identity, before.received_at)  # answered meanwhile
            raise NotFoundError("appeal: no restriction of such a post stands that could be appealed")
        if before is None:
            if self._is_being_answered(case, platform, post_id):
                raise ConflictError(BEING_ANSWERED)
            self._claim(identity, _restriction_name(case, restriction, platform, post_id), now)
            before = Report(
                id=identity, platform=platform, post_id=post_id, language=fields.text_or_none("language", limit=10),
                received_at=now, sealed=self._sealer.seal(canonical_json({"reason": text}), f"report/{identity}"),
                expires=now + timedelta(days=self._retention.reports),
            )  # fmt: skip
            self._reports.put(before)
            self._metrics.count("AppealsReceived", platform=platform)
        event = AppealReceived(
            report=identity, platform=platform, post_id=post_id, case=case.case, decided_at=restriction.decided_at
        )
        told = Event.of(event, id=identity, timestamp=before.received_at, correlation_id=identity)
        if self._bus.publish([told]):
            raise TransientError("the appeal couldn't be passed on for now; send it again")
        return AppealReceipt(identity, before.received_at)

    def _restricted(self, platform: str, post_id: str, now: datetime) -> tuple[Case | None, Decision | None]:
        """The restriction of the post that stands, and the case that holds it: perhaps an older one than the newest.

        One that is held back doesn't stand yet: an answer would tell of it before the platform is told.
        """
        for case in cases_of_post(self._cases, platform, post_id):
            if any(made.action == "restore" for made in case.decisions):
                break
            restriction = restriction_of(case)
            if restriction is None or not covers(case, restriction, (platform, post_id)):
                continue
            told_at = max(restriction.decided_at, held_until(case, restriction) or restriction.decided_at)
            if told_at > now or told_at + OPEN_FOR < now or self._lifted(case, platform, post_id):
                break
            return case, restriction
        return None, None

    def _claim(self, identity: str, restriction: str, now: datetime) -> None:
        """Make this appeal the one that is answered: of two that come at once, one alone finds the place free.

        A claim whose case doesn't come, as its event lies among the dead letters, gives way after a day.
        """
        stands = self._reports.read_appeal_claim(restriction)
        if stands is not None and stands.report == identity:
            return
        if stands is not None:
            answered = self._cases.read(appeal_id(stands.report))
            if answered.is_open if answered is not None else now < stands.at + CLAIM_HOLDS:
                raise ConflictError(BEING_ANSWERED)
        claim = AppealClaim(report=identity, at=now, expires=now + OPEN_FOR)
        try:
            self._reports.claim_appeal(restriction, claim, seen=stands.report if stands else None)
        except ConflictError:
            raise ConflictError(BEING_ANSWERED) from None

    def _is_being_answered(self, case: Case, platform: str, post_id: str) -> bool:
        return any(
            earlier.is_open and (earlier.platform, earlier.post_id) == (platform, post_id)
            for earlier in appeals_of(self._cases, case)
        )

    def _lifted(self, case: Case, platform: str, post_id: str) -> bool:
        """Whether an appeal lifted it for this post, while it stands for others of the case."""
        for outcome in case.outcomes:
            kind, _, name = outcome.source.partition(":")
            if (kind, outcome.opinion) == ("appeal", "overturned"):
                appealed = self._cases.read(name)
                if appealed is not None and (appealed.platform, appealed.post_id) == (platform, post_id):
                    return True
        return False


class OpenAppeal:
    """Opens the case of an appeal, and notes on the decided one that it was appealed."""

    def __init__(self, *, cases: CaseStore, saver: CaseSaver, clock: Clock) -> None:
        self._cases = cases
        self._saver = saver
        self._clock = clock

    def __call__(self, received: AppealReceived, event: Event) -> bool:
        """Whether a case was opened; False where it was before.

        Raises:
            TransientError: something can't be read or written for now.
            ConflictError: somebody saved first; do it again.
            PermanentError: the case holds no such restriction.
        """
        now = self._clock.now()
        existing = self._cases.read(appeal_id(received.report))
        if existing is not None:
            self._saver.deliver(existing)
            return False
        case = stored_case(self._cases, received.case)
        restriction = next(
            (made for made in case.decisions if (made.action, made.decided_at) == ("remove", received.decided_at)), None
        )
        if restriction is None:
            raise PermanentError(f"case {case.case}: it holds no restriction of {rfc3339(received.decided_at)}")
        if not any(line.what == "appealed" and line.detail == received.report for line in case.history):
            noted = note(case, now, "appealed", received.report)
            entry = Entry(kind="appealed", actor=f"platform:{received.platform}", payload={"report": received.report})
            self._saver.save(noted, before=case, entries=[entry], correlation_id=event.correlation_id)
        opened = appeal_case(
            case, restriction, report=received.report, now=now, post=(received.platform, received.post_id)
        )
        # Who answered an earlier appeal of it has decided on it too.
        answered = (actor for earlier in appeals_of(self._cases, case) for actor in people_who_decided(earlier))
        opened = replace(opened, excluded=tuple(dict.fromkeys((*opened.excluded, *answered))))
        told = CaseOpened(
            case=opened.case, platform=opened.platform, post_id=opened.post_id, tier=opened.tier, queue=opened.queue,
            team=opened.team, due_at=opened.due_at,
        )  # fmt: skip
        entry = Entry(kind="opened", actor=SYSTEM, payload={"appeal_of": case.case, "report": received.report})
        try:
            self._saver.save(
                opened, before=None, entries=[entry], events=[told], pointer=True, correlation_id=event.correlation_id
            )
        except ConflictError:
            return False  # another worker opened it this very moment
        return True


def _restriction_name(case: Case, restriction: Decision, platform: str, post_id: str) -> str:
    """Names the restriction of one post: of several in a case each is appealed for itself."""
    parts = (case.case, restriction.decided_at.isoformat(), platform, post_id)
    return str(uuid.uuid5(APPEAL_NAMESPACE, "\x1f".join(parts)))


def appeals_of(cases: CaseStore, case: Case) -> Iterator[Case]:
    """The appeals against a decided case that are still kept. Raises TransientError."""
    for line in case.history:
        appealed = cases.read(appeal_id(line.detail)) if line.what == "appealed" else None
        if appealed is not None:
            yield appealed
