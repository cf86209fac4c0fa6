"""A rule put aside for one poster opens no case by itself; whatever else the advert shows is weighed as ever."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from screening.assessment.network import LinkFindings, NetworkSign
from screening.assessment.reading import Reading
from screening.assessment.tier_rules import load_tier_rules
from screening.assessment.weighing import weigh
from screening.errors import NotFoundError, PermissionDeniedError, TransientError
from screening.posts.post import Post, Poster
from screening.values.evidence import Evidence
from screening.values.result import Assessment
from tests.fakes.assessor import FakeAssessor
from tests.fakes.world import World, person, post

ANNA = person("anna", "reviewer")
LEO = person("leo", "partner_liaison")
BEA = person("bea", "reviewer", teams=("team-b",))
STRENGTHS = ("weak", "medium", "strong")
DIMENSIONS = ("deceptive_recruitment", "exploitative_conditions", "abuse_of_vulnerability")
HONEST = "medium-hours medium-housing medium-agency"


class WordAssessor(FakeAssessor):
    """ "medium-hours" in the text is medium evidence of the rule "hours.test"; the tier is as the tier rules say.

    "tied" is a strong sign of other posts; "reads-risky" makes the whole read so.
    """

    def conclude(self, reading: Reading, *, links: LinkFindings | None = None) -> Assessment:
        words = reading.post.description.split()
        evidence = tuple(_piece(word, place) for place, word in enumerate(words) if word.split("-")[0] in STRENGTHS)
        signs = (NetworkSign(indicator="contact_many_names", strength="strong"),) if "tied" in words else ()
        weighed = weigh(
            (*evidence, *(sign.as_evidence() for sign in signs)), (), load_tier_rules(), act_by=None, at=reading.at,
            reads=(reads := "risky" if "reads-risky" in words else "doubtful"),
        )  # fmt: skip
        found = LinkFindings(signs=signs).to_dict()
        return replace(
            super().conclude(reading), tier=weighed.tier, evidence=evidence, concerns=weighed.concerns,
            dimensions=weighed.dimensions, links=found, learned={"reads": reads},
        )  # fmt: skip


def _piece(word: str, place: int) -> Evidence:
    strength, name = word.split("-", 1)
    return Evidence(
        indicator=name, state="stated", strength=strength, dimension=DIMENSIONS[place % 3], field="description", start=0,  # type: ignore[arg-type]
        end=1, quote="x", rule=f"{name}.test", sources=(),
    )  # fmt: skip


@pytest.fixture
def world() -> World:
    """A case of an honest poster's advert, which three medium signs have flagged."""
    made = World()
    made.assessor = WordAssessor()
    publish(made, advert("1", HONEST))
    assert made.only_case().tier == "review"
    return made


def advert(post_id: str, text: str, poster: str | None = "honest", **fields: Any) -> Post:
    return post(post_id, text, poster=Poster(id=poster) if poster else None, **fields)


def publish(world: World, *posts: Post) -> None:
    world.clock.advance(minutes=1)
    world.publish(*posts)
    world.run()


def snooze(world: World, rule: str = "hours.test", **given: Any) -> None:
    values: dict[str, Any] = {"days": 7, "reason": "They always write it so; the hours are lawful."} | given
    world.snooze(given.pop("who", ANNA), world.cases.all()[0].case, rule, days=values["days"], reason=values["reason"])


def opened(world: World) -> set[str]:
    return {case.post_id for case in world.cases.all()} - {"1"}


def test_the_same_posters_next_advert_opens_no_case(world: World) -> None:
    snooze(world)
    publish(world, advert("2", HONEST))
    assert opened(world) == set()
    assert world.posts.heads["alpha", "2"].tier == "review", "it is recorded as ever"
    assert world.metrics.counts["CasesSnoozed"] == 1


@pytest.mark.parametrize(
    "text",
    [
        f"{HONEST} strong-doc_retention", f"{HONEST} medium-fee", f"{HONEST} tied", "strong-hours medium-housing",
        "medium-fee medium-housing medium-agency",
    ],
)  # fmt: skip
def test_whatever_else_flags_an_advert_opens_a_case(world: World, text: str) -> None:
    snooze(world)
    publish(world, advert("2", text))
    assert opened(world) == {"2"}


def test_an_advert_that_read_risky_is_judged_as_one_without_the_rule_too(world: World) -> None:
    """What flagged it must not be lost with one rule of several."""
    snooze(world)
    publish(world, advert("2", "medium-hours weak-housing weak-agency reads-risky"))
    publish(world, advert("3", "weak-a medium-fee weak-b medium-agency reads-risky"))
    assert opened(world) == {"3"}
    snooze(world, "agency.test")
    publish(world, advert("4", "medium-agency medium-fee weak-a weak-b reads-risky"))
    publish(world, advert("5", "medium-agency weak-a reads-risky"))
    assert opened(world) == {"3", "4"}


def test_other_posters_and_other_platforms_are_not_touched(world: World) -> None:
    snooze(world)
    publish(world, advert("2", HONEST, "another"), advert("3", HONEST, None), advert("4", HONEST, platform="beta"))
    assert opened(world) == {"2", "3", "4"}


def test_it_ends_by_the_clock(world: World) -> None:
    snooze(world, days=7)
    world.clock.advance(days=6, hours=23)
    publish(world, advert("2", HONEST))
    world.clock.advance(hours=1)
    publish(world, advert("3", HONEST))
    assert opened(world) == {"3"}


def test_an_open_case_goes_on(world: World) -> None:
    snooze(world)
    publish(world, advert("1", f"{HONEST} today"))
    case = world.only_case()
    assert (case.state, case.tier) == ("open", "review")


def test_an_advert_that_gets_worse_afterwards_opens_a_case(world: World) -> None:
    snooze(world)
    publish(world, advert("2", HONEST))
    publish(world, advert("2", f"{HONEST} strong-fee"))
    assert opened(world) == {"2"}


def test_who_put_what_aside_and_why_stands_in_the_ledger(world: World) -> None:
    snooze(world)
    entry = world.cases.ledger(world.only_case().case)[-1]
    assert (entry.kind, entry.actor) == ("snoozed", "anna")
    assert entry.payload is not None
    assert (entry.payload["rule"], entry.payload["reason"][:11]) == ("hours.test", "They always")
    assert "honest" not in str(world.cases.put_aside), "the poster is kept as a keyed hash"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"rule": "fee.test"}, "no evidence of this rule"), ({"days": 31}, "1 to 30 days"), ({"days": 0}, "1 to 30 days"),
        ({"reason": "  "}, "needs a reason"), ({"who": LEO}, "role"),
    ],
)  # fmt: skip
def test_what_may_not_be_put_aside(world: World, given: dict[str, Any], words: str) -> None:
    with pytest.raises(PermissionDeniedError, match=words):
        snooze(world, **given)
    assert world.cases.put_aside == []


def test_a_strong_sign_is_never_put_aside() -> None:
    world = World()
    world.assessor = WordAssessor()
    publish(world, advert("1", "strong-hours"))
    with pytest.raises(PermissionDeniedError, match="a strong sign"):
        snooze(world)


def test_where_minors_are_concerned_nothing_is_put_aside() -> None:
    world = World()
    world.assessor = WordAssessor()
    publish(world, advert("1", "medium-minor medium-hours medium-housing"))
    assert "minor" in {concern.type for concern in world.only_case().concerns}
    with pytest.raises(PermissionDeniedError, match="minors"):
        snooze(world)


def test_a_post_without_a_poster_has_nobody_to_put_it_aside_for() -> None:
    world = World()
    world.assessor = WordAssessor()
    publish(world, advert("1", HONEST, None))
    with pytest.raises(PermissionDeniedError, match="no poster"):
        snooze(world)


def test_another_teams_case_is_not_said_to_exist(world: World) -> None:
    with pytest.raises(NotFoundError, match="no such case"):
        snooze(world, who=BEA)


def test_snoozes_that_cannot_be_read_open_nothing_and_lose_nothing(world: World) -> None:
    snooze(world)
    world.faults.throttle("cases.snoozes")
    publish(world, advert("2", f"{HONEST} strong-fee"))
    assert opened(world) == {"2"}
    assert not world.review_jobs.dead


def test_a_record_that_is_gone_keeps_no_case_from_opening(world: World) -> None:
    snooze(world)
    world.clock.advance(minutes=1)
    world.publish(advert("2", HONEST))
    world.posts_queue.pump(lambda messages: world.screen(messages))
    world.archive.objects.clear()
    world.run()
    assert opened(world) == {"2"}


def test_a_snooze_that_could_not_be_written_is_not_answered_as_done(world: World) -> None:
    world.faults.throttle("cases.put_snooze")
    with pytest.raises(TransientError):
        snooze(world)
    snooze(world)
    publish(world, advert("2", HONEST))
    assert opened(world) == set()
