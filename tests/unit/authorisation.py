"""What each use case of the console needs before it may be asked, and who may ask: the rows of the authorisation matrix."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from screening.assessment.network import LinkFindings
from screening.assessment.reading import Reading
from screening.cases.case import Case
from screening.cases.decisions import DecisionRequest
from screening.cases.ledger import views_of
from screening.cases.people import Person, Role
from screening.cases.quality.behind_figures import Figure
from screening.cases.quality.expected_hits import read_figures
from screening.cases.vote import Action
from screening.posts.post import Poster
from screening.values.result import Assessment
from screening.workflows.case_campaign import ReadCaseCampaign
from screening.workflows.case_queue import QueueFilters
from screening.workflows.ledger_chain import AppendToChain, RecordView
from screening.workflows.measures import ListReferrals, ReadMeasures
from screening.workflows.records import RuleSwitch, Team
from tests.fakes.assessor import FakeAssessor
from tests.fakes.world import NGO, World, person, post
from tests.unit.workflows.deciding import appeal, decide, fetch, referred

ROLES: tuple[Role, ...] = ("reviewer", "senior", "auditor", "partner_liaison", "administrator")
FIRST, SECOND, CHIEF = person("first", "reviewer"), person("second", "reviewer"), person("chief", "senior")

Ask = Callable[[World, Person, str], Any]
"""Asks the use case as a person about the object of this id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`use_case` as the console's composition names it. `prepare` makes the object and answers its id."""

    use_case: str
    what: str
    allowed: frozenset[Role]
    prepare: Callable[[World], str]
    ask: Ask
    mild: bool = False  # whether its signs may be put aside
    of_installation: bool = False  # asks about what is no team's: whose cases somebody sees says nothing of it
    of_team: bool = False  # asks about the team as a whole: what is out of reach is missing from the answer

    @property
    def name(self) -> str:
        return f"{self.use_case}:{self.what}"


class MildAssessor(FakeAssessor):
    """Its signs are of middling strength: those alone may be put aside for a poster."""

    def conclude(self, reading: Reading, *, links: LinkFindings | None = None) -> Assessment:
        found = super().conclude(reading, links=links)
        return replace(found, evidence=tuple(replace(piece, strength="medium") for piece in found.evidence))


def flagged(*, mild: bool = False) -> World:
    """An offer on alpha, of team-a, that waits for people."""
    world = World()
    if mild:
        world.assessor = MildAssessor()
    text = "review: call Olena on +48 600 100 200, two weeks unpaid trial"
    world.publish(post("1", text, contacts=("+48 600 100 200",), poster=Poster(id="p-1")))
    world.run()
    return world


def the_offer(world: World) -> Case:
    (case,) = [case for case in world.cases.all() if case.appeal is None]
    return case


def _case(world: World) -> str:
    return the_offer(world).case


def _appealed(world: World) -> str:
    decide(world, the_offer(world), FIRST, "remove")
    appeal(world)
    (case,) = [case for case in world.cases.all() if case.appeal is not None]
    return case.case


def _noticed(world: World) -> str:
    decide(world, the_offer(world), CHIEF, "notify_authority", "police-b")
    return _case(world)


def _removed(world: World) -> str:
    decide(world, the_offer(world), FIRST, "remove")
    return _case(world)


def _proposed_golden(world: World) -> str:
    case = _removed(world)
    world.keep_golden.propose(CHIEF, case, right=["remove"], why="It states unpaid weeks.")
    return case


def _known_team(world: World) -> str:
    _proposed_golden(world)
    return "team-a"


def _voted_by_somebody(world: World) -> str:
    """A first vote for a support offer, which any of the roles that work on cases may give and take back."""
    decide(world, the_offer(world), person("somebody", "partner_liaison"), "offer_support", "ngo-a")
    return _case(world)


def _referral(world: World) -> str:
    referral = referred(world)
    fetch(world, referral)
    return referral


def _with_colleague(world: World) -> str:
    world.directory.add("colleague", "reviewer")
    return _case(world)


def _assigned(world: World) -> str:
    world.assign(FIRST, _with_colleague(world), "colleague")
    return _case(world)


def _assigned_by_somebody(world: World) -> str:
    """By whoever is asked to act on it."""
    world.assign(person("somebody", "reviewer"), _with_colleague(world), "colleague")
    return _case(world)


def _decides(action: Action, partner: str | None = None) -> Ask:
    def ask(world: World, who: Person, case_id: str) -> Case:
        stored = world.cases.read(case_id)
        revision = stored.revision if stored else 0
        request = DecisionRequest(
            decision_id="d", action=action, revision=revision, reason="It is plain.", partner=partner
        )
        return world.decide(case_id, who, request)

    return ask


def _held(world: World) -> str:
    """By whoever is asked to act on it."""
    world.take_next.take(person("somebody", "reviewer"), _case(world))
    return _case(world)


def _with_revision(call: Callable[[World, Person, str, int], Any]) -> Ask:
    def ask(world: World, who: Person, case_id: str) -> Any:
        stored = world.cases.read(case_id)
        return call(world, who, case_id, stored.revision if stored else 0)

    return ask


def _record_view(world: World) -> RecordView:
    ledger = world.ledger
    return RecordView(
        store=ledger, append=AppendToChain(store=ledger, clock=world.clock, ids=world.ids), clock=world.clock
    )


def _read_campaign(world: World, who: Person, case_id: str) -> Any:
    return ReadCaseCampaign(
        cases=world.cases, archive=world.archive, work=world.work, clock=world.clock, record_view=_record_view(world)
    )(who, case_id)


def _measures(world: World, who: Person, team: str) -> Any:
    return ReadMeasures(cases=world.cases, clock=world.clock, figures=read_figures())(who, team)


def _referrals(world: World, who: Person, team: str) -> Any:
    return ListReferrals(cases=world.cases, referrals=world.referrals, clock=world.clock)(who, team)


def _team(world: World) -> str:
    _referral(world)
    return "team-a"


def _waiting_team(world: World) -> str:
    return the_offer(world).team


def _proposed(world: World) -> str:
    """A wider policy of ngo-a, proposed by another administrator."""
    world.administer.put(person("other", "administrator"), WIDER, seen=NGO, reason=WHY)
    (waiting,) = world.administer.waiting(person("other", "administrator"))
    return waiting.id


def _nothing(_world: World) -> str:
    return ""


WHY = "Agreed with them on Monday."
WIDER = replace(NGO, countries=("PL", "UA"))
ADMINISTRATION: tuple[tuple[str, Callable[[World], str], Ask], ...] = (
    ("teams", _nothing, lambda world, who, _: world.administer.teams(who)),
    ("platforms", _nothing, lambda world, who, _: world.administer.platforms(who)),
    ("partners", _nothing, lambda world, who, _: world.administer.partners(who)),
    ("rules", _nothing, lambda world, who, _: world.administer.rules(who)),
    ("put_rule", _nothing, lambda world, who, _: world.administer.put(who, RuleSwitch(id="worker_fee.read"), seen=None, reason=WHY)),
    ("secret_state", _nothing, lambda world, who, _: world.administer.secret_state(who, "platform", "alpha")),
    ("waiting", _proposed, lambda world, who, _: world.administer.waiting(who)),
    ("changes", _proposed, lambda world, who, _: world.administer.changes(who)),
    ("put_team", _nothing, lambda world, who, _: world.administer.put(who, Team(id="team-a"), seen=None, reason=WHY)),
    ("put_partner", _nothing, lambda world, who, _: world.administer.put(who, WIDER, seen=NGO, reason=WHY)),
    ("rotate", _nothing, lambda world, who, _: world.administer.rotate(who, "platform", "alpha", seen=0, reason=WHY)),
    ("confirm", _proposed, lambda world, who, waiting: world.administer.answer(
        who, "partner", "ngo-a", waiting, confirms=True, reason="")),
    ("decline", _proposed, lambda world, who, waiting: world.administer.answer(
        who, "partner", "ngo-a", waiting, confirms=False, reason=WHY)),
)  # fmt: skip

READERS = frozenset[Role]({"reviewer", "senior", "auditor", "partner_liaison"})
WORKERS = frozenset[Role]({"reviewer", "senior", "partner_liaison"})
REVIEWERS = frozenset[Role]({"reviewer", "senior"})
SENIORS = frozenset[Role]({"senior"})
LIAISON = frozenset[Role]({"senior", "partner_liaison"})

DECISIONS: tuple[tuple[Action, str | None, frozenset[Role], Callable[[World], str]], ...] = (
    ("dismiss", None, REVIEWERS, _case),
    ("warn_applicants", None, REVIEWERS, _case),
    ("ask_poster", None, REVIEWERS, _case),
    ("remove", None, REVIEWERS, _case),
    ("offer_support", "ngo-a", WORKERS, _case),
    ("refer", "police-b", WORKERS, _case),
    ("notify_authority", "police-b", SENIORS, _case),
    ("uphold", None, REVIEWERS, _appealed),
    ("restore", None, SENIORS, _appealed),
)

NUMBER, ACCOUNT = "+48 600 100 200", "p-1"


def _query(kind: str, value: str) -> Ask:
    """Asks by the fingerprint of what the offer bears: one that is known to somebody of another team."""
    return lambda world, who, _: world.look_up(who, "team-a", f"{kind}={world.hashes.fingerprint(kind, value)}").posts


LOOK_UPS: dict[str, Ask] = {
    "case": lambda world, who, case: world.look_up(who, "team-a", case),
    "post": lambda world, who, _: world.look_up(who, "team-a", "alpha/1"),
    "contact": _query("phone", "+48600100200"),
    "account": _query("account", "alpha\x1fp-1"),
    "typed contact": lambda world, who, _: world.look_up(
        who, "team-a", world.look_up.by_contact(who, "team-a", NUMBER)
    ),
    "typed account": lambda world, who, _: world.look_up(
        who, "team-a", world.look_up.by_account(who, "team-a", ACCOUNT)
    ),
}

ROWS: tuple[Row, ...] = (
    Row(use_case="list_cases", what="team", allowed=READERS, prepare=_waiting_team, of_team=True,
        ask=lambda world, who, team: world.list_cases(who, team)),
    Row(use_case="find_cases", what="case", allowed=READERS, prepare=_case, of_team=True,
        ask=lambda world, who, case: world.find_cases(who, "team-a", case)),
    Row(use_case="find_cases", what="post", allowed=READERS, prepare=_case, of_team=True,
        ask=lambda world, who, case: world.find_cases(who, "team-a", the_offer(world).post_id)),
    *(Row(use_case="look_up", what=what, allowed=READERS, prepare=_case, of_team=True, ask=ask)
      for what, ask in LOOK_UPS.items()),
    Row(use_case="saved_filters", what="read", allowed=READERS, prepare=_waiting_team, of_team=True,
        ask=lambda world, who, team: world.saved_filters(who, team)),
    Row(use_case="saved_filters", what="delete", allowed=READERS, prepare=_waiting_team, of_team=True,
        ask=lambda world, who, team: world.saved_filters.delete(who, team, "mine")),
    Row(use_case="saved_filters", what="default", allowed=READERS, prepare=_waiting_team, of_team=True,
        ask=lambda world, who, team: world.saved_filters.begin_with(who, team, "mine")),
    Row(use_case="prepare_batch", what="campaign", allowed=REVIEWERS, prepare=_case,
        ask=lambda world, who, case: world.prepare_batch.of_campaign(who, case)),
    Row(use_case="read_excerpts", what="team", allowed=READERS, prepare=_waiting_team, of_team=True,
        ask=lambda world, who, team: world.read_excerpts(who, team, world.cases.all())),
    Row(use_case="take_next", what="team", allowed=WORKERS, prepare=_waiting_team, of_team=True,
        ask=lambda world, who, team: world.take_next(who, team)),
    Row(use_case="take_next", what="case", allowed=WORKERS, prepare=_case,
        ask=lambda world, who, case: world.take_next.take(who, case)),
    Row(use_case="go_on", what="next", allowed=WORKERS, prepare=_waiting_team, of_team=True,
        ask=lambda world, who, team: world.go_on(who, team)),
    Row(use_case="go_on", what="last", allowed=WORKERS, prepare=_case,
        ask=lambda world, who, case: world.go_on.last(who, case)),
    Row(use_case="put_aside", what="release", allowed=WORKERS, prepare=_case,
        ask=lambda world, who, case: world.put_aside.release(who, case)),
    Row(use_case="put_aside", what="skip", allowed=WORKERS, prepare=_case,
        ask=lambda world, who, case: world.put_aside.skip(who, case)),
    Row(use_case="comment_on_case", what="comment", allowed=WORKERS, prepare=_case,
        ask=lambda world, who, case: world.comment(who, case, "Is the agency known, @senior?", comment_id="k")),
    Row(use_case="comment_on_case", what="hand_over", allowed=frozenset({"reviewer", "partner_liaison"}), prepare=_held,
        ask=lambda world, who, case: world.comment.hand_over(who, case, "Is this a minor?", comment_id="k")),
    Row(use_case="assign_case", what="colleagues", allowed=WORKERS, prepare=_with_colleague,
        ask=lambda world, who, case: world.assign.colleagues(who, case)),
    Row(use_case="assign_case", what="assign", allowed=WORKERS, prepare=_with_colleague,
        ask=lambda world, who, case: world.assign(who, case, "colleague")),
    Row(use_case="assign_case", what="take_over", allowed=WORKERS, prepare=_assigned,
        ask=lambda world, who, case: world.assign.take_over(who, case)),
    Row(use_case="assign_case", what="release", allowed=WORKERS, prepare=_assigned_by_somebody,
        ask=lambda world, who, case: world.assign.release(who, case)),
    Row(use_case="read_case", what="case", allowed=READERS, prepare=_case,
        ask=lambda world, who, case: world.read_case(who, case)),
    Row(use_case="read_case", what="appeal", allowed=READERS, prepare=_appealed,
        ask=lambda world, who, case: world.read_case(who, case)),
    Row(use_case="translate_case", what="case", allowed=READERS, prepare=_case,
        ask=lambda world, who, case: world.translate_case(who, case, "uk")),
    Row(use_case="read_campaign", what="case", allowed=READERS, prepare=_case, ask=_read_campaign),
    *(Row(use_case="decide_case", what=action, allowed=allowed, prepare=prepare, ask=_decides(action, partner))
      for action, partner, allowed, prepare in DECISIONS),
    Row(use_case="decide_case", what="second_look", allowed=LIAISON, prepare=_noticed, ask=_with_revision(
        lambda world, who, case, at: world.decide.second_look(case, who, revision=at, agrees=True, reason=""))),
    Row(use_case="snooze_rule", what="case", allowed=REVIEWERS, prepare=_case, mild=True,
        ask=lambda world, who, case: world.snooze(who, case, "excess_hours.test", days=3, reason="Plain.")),
    Row(use_case="hold_statement", what="case", allowed=SENIORS, prepare=_noticed, ask=_with_revision(
        lambda world, who, case, at: world.hold_statement(who, case, revision=at, hours=2, reason="They are there."))),
    Row(use_case="tell_outcome", what="case", allowed=SENIORS, prepare=_removed, ask=_with_revision(
        lambda world, who, case, at: world.outcome(who, case, revision=at, opinion="confirmed", reason="It was said."))),
    Row(use_case="take_back", what="undo", allowed=WORKERS, prepare=_voted_by_somebody, ask=_with_revision(
        lambda world, who, case, at: world.take_back.undo(who, case, revision=at))),
    Row(use_case="take_back", what="reopen", allowed=REVIEWERS, prepare=_removed, ask=_with_revision(
        lambda world, who, case, at: world.take_back.reopen(who, case, revision=at, reason="It was read wrongly."))),
    Row(use_case="list_measured", what="team", allowed=frozenset({"senior", "auditor"}), prepare=_team, of_team=True,
        ask=lambda world, who, team: world.list_measured(who, team, Figure(name="decided"), QueueFilters())),
    Row(use_case="read_quality", what="team", allowed=WORKERS, prepare=_waiting_team, of_team=True,
        ask=lambda world, who, team: world.quality(who, team)),
    Row(use_case="keep_golden", what="list", allowed=SENIORS, prepare=_known_team, of_team=True,
        ask=lambda world, who, team: world.keep_golden.list(who, team)),
    Row(use_case="keep_golden", what="propose", allowed=SENIORS, prepare=_removed,
        ask=lambda world, who, case: world.keep_golden.propose(who, case, right=["remove"], why="It states unpaid weeks.")),
    Row(use_case="keep_golden", what="confirm", allowed=SENIORS, prepare=_proposed_golden,
        ask=lambda world, who, case: world.keep_golden.confirm(who, case)),
    Row(use_case="keep_golden", what="retire", allowed=SENIORS, prepare=_proposed_golden,
        ask=lambda world, who, case: world.keep_golden.retire(who, case)),
    Row(use_case="recall_referral", what="referral", allowed=LIAISON, prepare=_referral,
        ask=lambda world, who, referral: world.recall(who, referral, "The wrong offer.")),
    Row(use_case="read_measures", what="team", allowed=frozenset({"senior", "auditor"}), prepare=_team,
        ask=_measures, of_team=True),
    Row(use_case="list_referrals", what="team", prepare=_team, ask=_referrals, of_team=True,
        allowed=frozenset({"senior", "auditor", "partner_liaison"})),
    *(Row(use_case="administer", what=what, allowed=frozenset({"administrator"}), prepare=prepare, ask=ask, of_installation=True)
      for what, prepare, ask in ADMINISTRATION),
)  # fmt: skip

SCOPES: dict[str, Callable[[Person], Person]] = {
    "another team": lambda who: replace(who, teams=frozenset({"team-b"})),
    "no team": lambda who: replace(who, teams=frozenset()),
    "another platform": lambda who: replace(who, platforms=frozenset({"beta"})),
}


def state_of(world: World) -> str:
    """All that anybody could have changed, save that somebody looked something up: that is entered whatever it found."""
    entries = [entry for entry in world.cases.entries.values() if not entry.case.startswith(views_of("look-ups:"))]
    kept = (
        sorted(world.cases.items.items()), sorted(map(repr, entries)), world.cases.put_aside,
        sorted(world.referrals.referrals.items()), world.work.held, world.work.put_aside, world.work.saved, world.bus.bodies,
        world.platform_notices.sent, sorted(world.settings.kept.items()), world.config.all_teams, world.config.platforms,
        world.config.all_partners,
    )  # fmt: skip
    return hashlib.sha256(repr(kept).encode()).hexdigest()
