"""What tests of golden cases share: a team with a known case, and one that was drawn for somebody."""

from __future__ import annotations

from screening.cases.case import Case
from screening.cases.golden import drawn
from screening.cases.people import Person
from screening.workflows.case_lists import ListName
from screening.workflows.records import Team
from tests.fakes.world import World, person, post
from tests.unit.workflows.deciding import decide

ANNA, BEN = person("anna", "reviewer"), person("ben", "reviewer")
SONIA, SARA, ZOE = (person(name, "senior") for name in ("sonia", "sara", "zoe"))
SHARE = 0.02
TOKEN = next(str(number) for number in range(10_000) if drawn(str(number), SHARE))
"""A lease that brings a golden case after it."""
WHY = "It states unpaid trial weeks and hides the employer."


def known_case(
    world: World, post_id: str = "1", *, text: str = "review: two weeks unpaid trial", confirmed: bool = True
) -> Case:
    """Ben removed the offer; Sonia says that this was right, and Sara confirms it. Forty days ago."""
    world.config.all_teams["team-a"] = Team(id="team-a", second_review_share=0.0, golden_share=SHARE)
    world.publish(post(post_id, text, posted_at=world.clock.now(), country="PL", language="pl"))
    world.run()
    latest = world.cases.latest_of("alpha", post_id)
    assert latest is not None
    case = world.cases.read(latest.case)
    assert case is not None
    decide(world, case, BEN, "remove")
    world.keep_golden.propose(SONIA, case.case, right=["remove", "warn_applicants"], why=WHY)
    if confirmed:
        world.keep_golden.confirm(SARA, case.case)
    world.clock.advance(days=40)
    return stored(world, case.case)


def stored(world: World, case: str) -> Case:
    found = world.cases.read(case)
    assert found is not None
    return found


def drawn_for(world: World, who: Person = ANNA, token: str = TOKEN) -> Case:
    """The golden case that this lease brings."""
    before = {case.case for case in golden_of(world)}
    world.golden.draw(who, "team-a", token)
    (case,) = [case for case in golden_of(world) if case.case not in before]
    return case


def golden_of(world: World) -> list[Case]:
    return [case for case in world.cases.all() if case.golden is not None]


def ids(world: World, who: Person, name: ListName = "waiting") -> list[str]:
    return [case.case for case in world.list_cases(who, "team-a", name=name).cases]


def take(world: World, who: Person = ANNA) -> str:
    case = world.take_next(who, "team-a")
    assert case is not None
    return case.case


def left_the_house(world: World) -> tuple[object, ...]:
    """Every message, notice, package and metric, but that the outboxes were swept."""
    lines = world.everything_in_transit().splitlines()
    return (
        [line for line in lines if "OutboxSwept" not in line], list(world.platform_notices.sent),
        dict(world.referrals.referrals), dict(world.transparency.records), list(world.cases.put_aside),
    )  # fmt: skip


def open_offer(world: World, post_id: str = "9", text: str = "review: night shifts unpaid") -> str:
    world.publish(post(post_id, text))
    world.run()
    latest = world.cases.latest_of("alpha", post_id)
    assert latest is not None
    return latest.case
