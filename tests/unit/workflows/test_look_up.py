"""Looking up: what is known of a post, a poster, a contact or a case, entered before it is shown, within reach alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from screening.cases.ledger import views_of
from screening.cases.people import Person
from screening.errors import TransientError
from screening.links.typed_contact import typed_names
from screening.posts.post import Poster
from screening.workflows.look_up import LookedUp, look_ups_of
from tests.fakes.world import World, post
from tests.unit.workflows.deciding import ANNA, BEN, decide

NUMBER = "+48 600 100 200"
BOTH = replace(ANNA, teams=frozenset({"team-a", "team-b"}))


@pytest.fixture
def world() -> World:
    """Three posts of one number on two platforms, one of them with a case; another of the first one's account."""
    made = World()
    mark = {"contacts": (NUMBER,)}
    made.publish(
        post("1", "review: call me", poster=Poster(id="acc-7"), **mark),
        post("2", "A quiet job in a bakery.", **mark),
        post("3", "A quiet job in a shop.", poster=Poster(id="acc-7")),
        post("9", "A quiet job elsewhere.", platform="beta", poster=Poster(id="acc-7"), **mark),
    )
    made.run()
    return made


def of_contact(world: World, typed: str, who: Person = ANNA) -> LookedUp:
    return world.look_up(who, "team-a", world.look_up.by_contact(who, "team-a", typed))


def names(found: LookedUp) -> list[str]:
    return sorted(f"{one.platform}/{one.id}" for one in found.posts)


def entered(world: World) -> list[list[str]]:
    chain = views_of(look_ups_of("team-a", world.clock.now()))
    return [(entry.payload or {})["what"] for entry in world.ledger.entries(chain)]


@pytest.mark.parametrize("typed", [NUMBER, "600100200", " 600-100-200 ", "0048600100200"])
def test_posts_are_found_by_a_number_however_it_is_typed(world: World, typed: str) -> None:
    assert names(of_contact(world, typed)) == ["alpha/1", "alpha/2"]
    assert names(of_contact(world, typed, BOTH)) == ["alpha/1", "alpha/2", "beta/9"]


def test_the_query_that_stands_in_the_address_holds_no_contact_and_no_account(world: World) -> None:
    for query in (world.look_up.by_contact(ANNA, "team-a", NUMBER), world.look_up.by_account(ANNA, "team-a", "acc-7")):
        assert query
        assert "600" not in query.replace(query.partition(":")[2], "")
        assert "acc-7" not in query
    assert world.look_up.by_contact(ANNA, "team-a", "call me tomorrow, please") == ""
    assert world.look_up.by_account(ANNA, "team-a", "  ") == ""


def test_posts_of_an_account_are_those_of_its_own_platform(world: World) -> None:
    found = world.look_up(ANNA, "team-a", world.look_up.by_account(ANNA, "team-a", "acc-7"))
    assert names(found) == ["alpha/1", "alpha/3"]
    assert {one.shares for one in found.posts} == {("account",)}


def test_what_is_out_of_reach_reads_as_what_is_not_there(world: World) -> None:
    elsewhere = replace(ANNA, platforms=frozenset({"beta"}))
    hidden = world.look_up.by_account(ANNA, "team-a", "acc-7")
    unknown = world.look_up(ANNA, "team-a", "account=k1:" + "0" * 32)
    answers = [
        world.look_up(elsewhere, "team-a", query)
        for query in (hidden, "alpha/1", "1", world.cases.all()[0].case, "beta/1")
    ]
    assert {(found.posts, found.stories, found.total, found.cut) for found in (*answers, unknown)} == {
        ((), (), 0, False)
    }
    assert "beta" not in repr(world.look_up(ANNA, "team-a", "1"))
    assert world.look_up(ANNA, "team-a", "beta/9").stories == ()


@pytest.mark.parametrize("asked", ["1", "alpha/1", "case"])
def test_a_post_is_told_with_its_cases_decisions_and_others_of_its_poster(world: World, asked: str) -> None:
    case = world.cases.all()[0]
    decide(world, case, BEN, "warn_applicants")
    (story,) = world.look_up(ANNA, "team-a", case.case if asked == "case" else asked).stories
    assert (story.platform, story.id, story.tier, story.status) == ("alpha", "1", "review", "published")
    assert [[made.action for made in one.decisions] for one in story.cases] == [["warn_applicants"]]
    assert {(one.id, one.shares) for one in story.others} == {("2", ("phone",)), ("3", ("account",))}


def test_a_posts_history_tells_each_version_that_a_case_learned_of(world: World) -> None:
    world.clock.advance(minutes=5)
    world.publish(post("1", "urgent: call me now", poster=Poster(id="acc-7"), contacts=(NUMBER,)))
    world.run()
    (story,) = world.look_up(ANNA, "team-a", "alpha/1").stories
    assert [one.tier for one in story.versions] == ["urgent", "review"]
    assert len({one.version for one in story.versions}) == 2


def test_of_a_campaigns_case_a_post_is_told_what_was_said_of_itself() -> None:
    world = World()
    for number in range(2):
        world.publish(post(f"m{number}", f"review {number} the same hand", contacts=("@one_hand_only",)))
        world.run(batch=1)
        world.clock.advance(minutes=1)
    stories = [world.look_up(ANNA, "team-a", f"m{number}").stories[0] for number in range(2)]
    assert [len(story.versions) for story in stories] == [1, 1]
    assert stories[0].posts_in_campaign == 2


def test_a_post_without_a_case_is_told_as_it_stands(world: World) -> None:
    (story,) = world.look_up(ANNA, "team-a", "2").stories
    assert (story.tier, story.cases, story.versions) == ("clear", (), ())


def test_a_post_of_the_audit_sample_is_told_as_any_other() -> None:
    world = World(sampling=1.0)
    world.publish(post("quiet", "A quiet job."))
    world.run()
    assert world.only_case().queue == "audit"
    (story,) = world.look_up(ANNA, "team-a", "quiet").stories
    told = [story.tier, *(one.tier for one in story.cases), *(one.tier for one in story.versions)]
    assert set(told) == {"review"}


def test_who_judges_blind_reads_no_decision_here_either() -> None:
    world = World()
    world.publish(post("1", "urgent"))
    world.run()
    decide(world, world.only_case(), ANNA, "dismiss")
    (story,) = world.look_up(BEN, "team-a", "1").stories
    assert [(one.state, one.decisions) for one in story.cases] == [("open", ())]


def test_each_look_up_is_entered_by_fingerprint_and_never_by_what_was_typed(world: World) -> None:
    of_contact(world, NUMBER)
    world.look_up(ANNA, "team-a", "alpha/1")
    world.look_up(ANNA, "team-a", "600100200")
    contact, story, nothing = entered(world)
    assert contact[0].startswith("phone=")
    assert (story, nothing) == (["post=alpha/1"], ["nothing"])
    assert "600100200" not in repr(world.ledger.entries(views_of(look_ups_of("team-a", world.clock.now()))))
    assert "600100200" not in world.everything_in_transit()


def test_nothing_is_looked_up_that_cannot_be_entered(world: World) -> None:
    world.faults.throttle("ledger.append", times=99)
    with pytest.raises(TransientError):
        world.look_up(ANNA, "team-a", "alpha/1")


def test_many_posts_come_in_pages() -> None:
    world = World()
    world.publish(*(post(f"p{number}", f"Work number {number}.", contacts=(NUMBER,)) for number in range(30)))
    world.run()
    query = world.look_up.by_contact(ANNA, "team-a", NUMBER)
    first, second = (world.look_up(ANNA, "team-a", query, page=page) for page in (1, 9))
    assert (first.total, len(first.posts), len(second.posts), second.page) == (30, 25, 5, 2)


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        ("@olena_work", {"telegram", "instagram", "facebook", "viber"}),
        ("olena_work", {"telegram", "instagram", "facebook", "viber"}),
        ("Olena@Example.com", {"email"}),
        ("https://t.me/olena_work", {"telegram"}),
        ("no-reply@example.com", set()),
        ("two words", set()),
        ("", set()),
        ("\x00" * 500, set()),
    ],
)
def test_what_is_typed_is_read_as_a_contact_of_a_post_is(typed: str, kinds: set[str]) -> None:
    assert {kind for kind, _ in typed_names(typed)} == kinds
