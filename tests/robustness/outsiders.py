"""One offer's way through many decisions, and all that its platform, its poster and the public get to see of it.

A step is (hours since the one before, what happens). What happens is hidden (HIDDEN) or seen (SEEN). `watch` plays steps and
takes a picture of everything outside after each; the log says which of the seen steps took place, and when their effect could
show: at once, or as the hold ends.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from screening.cases.case import Case
from screening.cases.decisions import DecisionRequest
from screening.cases.people import Person
from screening.cases.vote import Action
from screening.errors import ConflictError, NotFoundError, PermanentError, PermissionDeniedError, ScreeningError
from screening.fields import rfc3339
from screening.links.clusters import campaign_id
from screening.workflows.hold_statement import held_until
from screening.workflows.notifier_answers import AskAboutReport
from screening.workflows.platform_answers import ListRejected, ReadAssessment
from screening.workflows.report import ReceiveReport
from screening.workflows.safety_notice import ReadSafetyNotice
from screening.workflows.signatures import request_line
from tests.fakes.basics import FakeIds
from tests.fakes.world import POLICE, SECRET, World, person, post

Step = tuple[int, str]
HIDDEN = (
    "refer", "offer_support", "notify:police-b", "notify:border-c", "hold:1", "hold:24", "hold:72", "fetch", "recall",
    "opinion:lead", "opinion:disputed", "reroute",
)  # fmt: skip
SEEN = (
    "warn_applicants", "ask_poster", "remove", "dismiss", "appeal", "uphold", "restore", "results", "report", "notice",
)  # fmt: skip
ANOTHER_POST = "another_post"
"""With the same contact. It comes last: it joins a case that is open, so that later decisions would be on both."""
DECISIONS = frozenset({"warn_applicants", "ask_poster", "remove", "dismiss"})
REFUSED = (ConflictError, PermissionDeniedError, NotFoundError, PermanentError)
CONTACT = "@one_hand_only"
D = replace(POLICE, id="police-d", name="Unit D", queue="screening-partner-police-d")


class Watched(World):
    """A world whose receipts to the public take no ids from the rest, as random ones don't."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.public_ids = FakeIds()
        self.received: list[Any] = []  # what was answered to requests from outside, in their order
        self.tokens: dict[str, str] = {}
        for name, platform in self.config.platforms.items():
            self.config.platforms[name] = replace(platform, transparency=True, member_state="PL")
        self.config.all_partners["police-b"] = replace(POLICE, fallback=D.id)
        self.config.all_partners[D.id] = D
        self.secrets.put("partner", D.id, SECRET)
        self.language = language
        self.publish(self.offer(1))
        self.run()

    def offer(self, number: int) -> Any:
        text = f"review helper for the season in the north {number}"
        companies = ("", "Alma GmbH", "Vega GmbH", "Delta GmbH")
        return post(
            str(number), text, contacts=(CONTACT,), company=companies[min(number, 3)], language=self.language,
        )  # fmt: skip

    @property
    def report(self) -> ReceiveReport:
        return ReceiveReport(
            reports=self.reports, sealer=self.sealer, bus=self.bus, clock=self.clock, ids=self.public_ids,
            metrics=self.metrics,
        )  # fmt: skip

    def case(self) -> Case:
        """The offer's first one: the decisions are on it."""
        own = [one for one in self.cases.all() if one.appeal is None and (one.platform, one.post_id) == ("alpha", "1")]
        return min(own, key=lambda one: one.opened_at)

    def vote_on(self, case: Case, who: Person, action: Action, partner: str | None = None) -> None:
        stored = self.cases.read(case.case)
        assert stored is not None
        request = DecisionRequest(
            decision_id=self.ids.new_id(),
            action=action,
            revision=stored.revision,
            reason="It is plain.",
            partner=partner,
        )
        self.decide(case.case, who, request)


@dataclass
class Log:
    pictures: dict[datetime, str] = field(default_factory=dict)
    seen: list[tuple[datetime, str, int]] = field(default_factory=list)  # from when it may show, what, its number


def watch(world: Watched, steps: list[Step]) -> Log:
    """Play the steps; a picture after each, and as a hold ends."""
    log = Log()
    for number, (hours, what) in enumerate(steps):
        at = world.clock.now() + timedelta(hours=hours)
        _picture_as_a_hold_ends(world, at, log)
        world_at(world, at)
        if happens(world, what, number) and what in (*SEEN, ANOTHER_POST):
            held = world.case()
            until = held_until(held, held.decision) if what in DECISIONS else None
            log.seen.append((max(at, until or at), what, number))
        _picture(world, at, log)
    at = world.clock.now() + timedelta(hours=73)
    _picture_as_a_hold_ends(world, at, log)
    _picture(world, at, log)
    return log


def _picture_as_a_hold_ends(world: Watched, before: datetime, log: Log) -> None:
    ends = world.case().silent_until
    if ends is not None and world.clock.now() <= ends < before:
        _picture(world, ends, log)


def replay(world: Watched, log: Log) -> Log:
    """The seen steps alone, each when it may show; pictures at the same moments."""
    again = Log()
    for moment in sorted(log.pictures):
        world_at(world, moment)
        for _, what, number in sorted((one for one in log.seen if one[0] == moment), key=lambda one: one[2]):
            assert happens(world, what, number) or what not in DECISIONS
        _picture(world, moment, again)
    return again


def world_at(world: Watched, moment: datetime) -> None:
    world.clock.advance(seconds=(moment - world.clock.now()).total_seconds())


def _picture(world: Watched, moment: datetime, log: Log) -> None:
    """Some minutes after `moment`, when what was due has been sent."""
    world_at(world, moment)
    world.run()
    world.clock.advance(minutes=5)
    world.sweep()
    world.run()
    log.pictures[moment] = json.dumps(outside(world), sort_keys=True, ensure_ascii=False)


def happens(world: Watched, what: str, number: int) -> bool:
    """Whether the step took place; what people or rules refuse leaves no trace."""
    reviewer, other = person(f"zz-reviewer-{number}a", "reviewer"), person(f"zz-reviewer-{number}b", "reviewer")
    senior = person(f"zz-senior-{number}", "senior")
    kind, _, detail = what.partition(":")
    try:
        if kind in DECISIONS:
            world.vote_on(world.case(), reviewer, kind)  # type: ignore[arg-type]
        elif kind in ("refer", "offer_support"):
            partner = "police-b" if kind == "refer" else "ngo-a"
            for who in (reviewer, other):
                world.vote_on(world.case(), who, kind, partner)  # type: ignore[arg-type]
        elif kind == "notify":
            world.vote_on(world.case(), senior, "notify_authority", detail)
        elif kind == "hold":
            held = world.case()
            world.hold_statement(senior, held.case, revision=held.revision, hours=int(detail), reason="They are there.")
        elif kind in ("uphold", "restore"):
            waiting = [one for one in world.cases.all() if one.appeal is not None and one.is_open]
            if not waiting:
                return False
            world.vote_on(min(waiting, key=lambda one: one.case), senior, kind)  # type: ignore[arg-type]
        elif kind in ("fetch", "recall", "opinion", "reroute"):
            _of_partners(world, kind, detail, senior)
        else:
            _from_outside(world, kind, number)
    except REFUSED:
        return False
    finally:
        world.run()
    return True


def _of_partners(world: Watched, kind: str, detail: str, senior: Person) -> None:
    if kind == "reroute":
        world.reroute(lambda: 900.0)
    for referral in list(world.referrals.referrals.values()):
        if kind == "fetch":
            line = world.signed_line("GET", f"/v1/partners/{referral.partner}/packages", id=referral.id)
            with suppress(NotFoundError):
                world.fetch(referral.partner, line, referral.id)
        elif kind == "recall":
            world.recall(senior, referral.id, "The wrong offer.")
        elif kind == "opinion":
            body = json.dumps({"id": referral.id, "opinion": detail, "note": "Known to us."}).encode()
            with suppress(NotFoundError):
                world.opinion(referral.partner, world.signed(body), body)


def _from_outside(world: Watched, kind: str, number: int) -> None:
    """Requests of platform, poster and public; their answers, refusals too, are what somebody outside sees."""
    world.received.append(f"{number} {kind}")
    try:
        world.received.append(_answer(world, kind, number))
    except ScreeningError as error:
        world.received.append(str(error))


def _answer(world: Watched, kind: str, number: int) -> object:
    if kind == ANOTHER_POST:
        world.publish(world.offer(number + 2))
        return "sent"
    if kind == "appeal":
        body = json.dumps({"post_id": "1", "text": "We pay fairly."}).encode()
        receipt = world.appeal("alpha", world.signed(body, id=f"a-{number}"), body)
        return [receipt.appeal, rfc3339(receipt.received_at)]
    if kind == "results":
        body = json.dumps({"id": "1", "delivered": number + 1}).encode()
        return world.notice_results("alpha", world.signed(body), body).to_dict()
    about: dict[str, Any] = {"platform": "alpha", "post_id": "1", "language": world.language}
    if kind == "report":
        sent = world.report({**about, "reason": "Strange."})
    else:
        told = {"kind": "notice", "explanation": "Strange.", "name": "N", "email": "n@example.net", "good_faith": True}
        sent = world.report({**about, **told})
    world.tokens[sent.report] = sent.token
    return sent.to_dict()


def outside(world: Watched) -> dict[str, Any]:
    """Everything that left, and every answer that may be asked for, but for those to reports (`answers_to_reports`)."""
    read = ReadAssessment(gate=world.gate, posts=world.posts, archive=world.archive)
    rejected = ListRejected(gate=world.gate, posts=world.posts, clock=world.clock)
    safety = ReadSafetyNotice(posts=world.posts, confirmed_line=lambda country, language: None, metrics=world.metrics)
    path = "/v1/platforms/alpha"
    own = sorted(key for key in world.posts.heads if key[0] == "alpha")
    roots = sorted({rooted.root for rooted in world.links.roots(own).values()})
    campaigns = [
        world.read_campaign(name, world.signed_line("GET", f"/v1/campaigns/{name}", platform="alpha"), "alpha")
        for name in map(campaign_id, roots)
    ]
    return {
        "sent": sorted(world.platform_notices.sent, key=lambda one: json.dumps(one, sort_keys=True)),
        "database": world.transparency.records,
        "received": world.received,
        "assessments": [
            read("alpha", world.signed(request_line("GET", f"{path}/assessment", id=post_id)), post_id)
            for _, post_id in own
        ],
        "rejected": rejected("alpha", world.signed_line("GET", f"{path}/rejected")),
        "campaigns": campaigns,
        "safety": [asdict(safety("alpha", post_id, world.language)) for _, post_id in own],
    }


def answers_to_reports(world: Watched) -> list[dict[str, Any]]:
    ask = AskAboutReport(reports=world.reports, clock=world.clock, metrics=world.metrics)
    return [ask(report, token).to_dict() for report, token in world.tokens.items()]
