"""What was decided, by whom and why, can be read afterwards: on the case and on its appeal, as far as a role goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from screening.cases.case import Case
from screening.cases.case_parts import Outcome
from screening.cases.similar import similar_cases
from screening.cases.told_decisions import standing_decision, told_decisions
from screening.cases.vote import Decision
from screening.workflows.records import Team
from tests.fakes.console_cases import NOW, case
from tests.fakes.world import World, person, post
from tests.unit.workflows.deciding import appeal, campaign_case, decide, the_appeal, the_case

ANNA = person("anna", "reviewer")
BEN = person("ben", "reviewer")
SONIA = person("sonia", "senior")
SARA = person("sara", "senior")
ADA = person("ada", "auditor")
LEO = person("leo", "partner_liaison")
WORDS = "They keep the passport until the season ends."


def removed() -> World:
    world = World()
    world.publish(post("1", "review offer"))
    world.run()
    sign = the_case(world).indicators[0]
    world.vote(ANNA, "remove", reason=WORDS, reasons=(f"plain:{sign}",))
    world.run()
    return world


@pytest.mark.parametrize(("reader", "who"), [(SONIA, "anna"), (ADA, "anna"), (BEN, None), (LEO, None)])
def test_the_reason_is_read_by_all_and_who_by_those_who_answer_for_it(reader: Any, who: str | None) -> None:
    world = removed()
    (made,) = world.read_case(reader, the_case(world).case).decisions
    (said,) = made.votes
    assert (made.action, made.standing, said.words, said.actor, said.role, said.own) == (
        "remove", "stands", WORDS, who, "reviewer", False,
    )  # fmt: skip
    assert said.reasons and said.at == the_case(world).votes[0].at


def test_ones_own_word_reads_as_ones_own() -> None:
    world = removed()
    assert world.read_case(ANNA, the_case(world).case).decisions[0].votes[0].own


def test_who_answers_an_appeal_reads_why_it_was_restricted() -> None:
    world = removed()
    appeal(world)
    view = world.read_case(BEN, the_appeal(world).case)
    assert view.decisions == ()
    assert [vote.words for made in view.contested for vote in made.votes] == [WORDS]


def test_whoever_judges_blind_reads_nothing_of_it() -> None:
    world = World()
    world.config.all_teams["team-a"] = Team(id="team-a", second_review_share=1.0)
    world.publish(post("1", "review offer"))
    world.run()
    world.vote(ANNA, "remove", reason=WORDS)
    world.run()
    view = world.read_case(BEN, the_case(world).case)
    assert (view.blind, view.decisions, view.reopenings) == (True, (), ())
    world.vote(BEN, "dismiss", reason="A bakery that is known here.")
    (made,) = world.read_case(ANNA, the_case(world).case).decisions
    assert made.standing == "contested"
    assert [vote.words for vote in made.again] == ["A bakery that is known here."]


def test_words_that_were_erased_are_gone_here_too() -> None:
    stored = the_case(removed())
    erased = replace(stored, votes=tuple(replace(vote, reason="") for vote in stored.votes))
    assert [vote.words for made in told_decisions(erased, SONIA) for vote in made.votes] == [""]


# Similar cases


def decided(number: int, action: Any = "dismiss", **fields: Any) -> Case:
    made = Decision(action=action, partner=None, decided_at=NOW - timedelta(days=2), votes=(), actors=("b",))
    recheck = fields.pop("recheck", None)
    return case(number, state="decided", decisions=(replace(made, recheck=recheck),), **fields)


def outcome(source: str, opinion: Any) -> dict[str, Any]:
    return {"outcomes": (Outcome(source=source, opinion=opinion, at=NOW - timedelta(days=1)),)}


@pytest.mark.parametrize(
    "wrong",
    [
        decided(2, "remove", recheck="overturned"),
        decided(2, "remove", recheck="differs"),
        decided(2, "remove", **outcome("appeal:x", "overturned")),
        decided(2, "refer", **outcome("partner:police-b", "disputed")),
        decided(2, "dismiss", **outcome("senior", "confirmed")),
        replace(decided(2), state="open", overruled=decided(2).decisions, decisions=()),
    ],
)
def test_what_turned_out_wrong_is_no_example(wrong: Case) -> None:
    assert standing_decision(wrong) is None
    assert [one.case for one in similar_cases(case(1), [wrong, decided(3)])] == [decided(3).case]


def test_a_dismissed_offer_that_was_acted_on_later_under_another_number_is_no_example() -> None:
    first = decided(2)
    later = decided(3, "remove", previous_case=first.case)
    assert [one.case for one in similar_cases(case(1), [first, later])] == [later.case]
    assert len(similar_cases(case(1), [first, decided(4, "dismiss", previous_case=first.case)])) == 2


def test_what_was_upheld_stays_one() -> None:
    for right in (decided(2, "remove", **outcome("appeal:x", "upheld")), decided(2, "remove", recheck="upheld")):
        assert len(similar_cases(case(1), [right])) == 1


def test_of_a_campaign_one_post_that_is_free_again_leaves_no_example() -> None:
    world = campaign_case()
    decide(world, the_case(world), ANNA, "remove")
    appeal(world, "p1")
    decide(world, the_appeal(world), SONIA, "restore")
    assert standing_decision(the_case(world)) is None
