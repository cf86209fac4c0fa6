"""News of the posts of campaigns in any order, again and again, with workers dying in between: one open case per team and campaign."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screening.values.result import Tier
from screening.workflows.events import Event
from tests.fakes.campaign_events import as_message, assessed, tell
from tests.fakes.faults import Killed
from tests.fakes.world import World

PLATFORMS = ("alpha", "alpha", "alpha", "beta")
CAMPAIGNS = ("c-a", "c-b", "c-c")


@st.composite
def news(draw: st.DrawFn) -> list[Event]:
    """Of up to seven posts: each has one content, perhaps is withdrawn, perhaps turns out to be of another campaign too."""
    events: list[Event] = []
    for number in range(draw(st.integers(1, 7))):
        platform = draw(st.sampled_from(PLATFORMS))
        tier: Tier = draw(st.sampled_from(("review", "urgent")))
        names = draw(st.lists(st.sampled_from(CAMPAIGNS), min_size=1, max_size=2, unique=True))
        for minute, campaign in enumerate(names):
            again = {"seq": 1, "version": "v1", "content_seq": 1, "content_version": "v1"}
            events.append(
                assessed(f"p{number}", tier, campaign=campaign, platform=platform, minute=minute, **again)  # type: ignore[arg-type]
            )
        if draw(st.booleans()):
            events.append(assessed(f"p{number}", tier, campaign=names[-1], platform=platform, minute=9, withdrawn=True))
    return events


def expected(events: list[Event]) -> set[tuple[str, frozenset[str], str]]:
    """(platform, its posts, the highest tier) for everything that hangs together by the names of its campaigns."""
    found: set[tuple[str, frozenset[str], str]] = set()
    for platform in set(PLATFORMS):
        names: dict[str, set[str]] = {}
        tiers: dict[str, str] = {}
        for event in events:
            if event.data["platform"] == platform:
                names.setdefault(event.data["id"], set()).add(event.data["campaign"]["id"])
                tiers[event.data["id"]] = event.data["tier"]
        left = dict(names)
        while left:
            post, tied = left.popitem()
            together = {post}
            while joining := {other for other, its in left.items() if its & tied}:
                for other in joining:
                    tied = tied | left.pop(other)
                together |= joining
            found.add(
                (platform, frozenset(together), max((tiers[one] for one in together), key=("review", "urgent").index))
            )
    return found


def open_cases(world: World) -> set[tuple[str, frozenset[str], str]]:
    cases = [case for case in world.cases.all() if case.is_open]
    for case in cases:
        assert len(case.posts) == case.member_count + 1
        assert len(set(case.posts)) == len(case.posts)
        assert case.concerns, "what it is led by was never told of"
    found = {(case.platform, frozenset(post for _, post in case.posts), str(case.tier)) for case in cases}
    assert len(found) == len(cases)
    return found


def withdrawn(world: World) -> set[str]:
    """Posts that the open cases hold as withdrawn."""
    cases = [case for case in world.cases.all() if case.is_open]
    found = {member.post_id for case in cases for member in case.members if member.withdrawn}
    return found | {case.post_id for case in cases if case.post_withdrawn}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(events=news(), data=st.data())
def test_any_order_and_repetition_ends_in_the_same_cases(events: list[Event], data: st.DataObject) -> None:
    order = data.draw(st.permutations(events + data.draw(st.lists(st.sampled_from(events), max_size=6))))
    world = World()
    tell(world, *order)
    assert open_cases(world) == expected(events)
    assert withdrawn(world) == {event.data["id"] for event in events if event.data["status"] == "withdrawn"}
    before = {case.case: case.revision for case in world.cases.all()}
    told = len(world.bus.published)
    tell(world, *order[-5:])
    assert open_cases(world) == expected(events)
    assert len(world.bus.published) == told
    assert set(before) == {case.case for case in world.cases.all()}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(events=news(), data=st.data())
def test_workers_that_die_and_stores_that_fail_change_nothing(events: list[Event], data: st.DataObject) -> None:
    """As the queue does it: what failed comes again, after others."""
    world = World()
    waiting = list(data.draw(st.permutations(events)))
    troubles = data.draw(
        st.lists(
            st.tuples(
                st.sampled_from(("kill_after", "kill_before", "lose_answer", "throttle")),
                st.sampled_from(("cases.save", "cases.save", "cases.mark_delivered", "cases.latest_of_campaign", "cases.read")),
                st.integers(1, 3),
            ),
            max_size=8,
        )
    )  # fmt: skip
    for turn in range(100):
        if not waiting:
            break
        if troubles:
            what, call, nth = troubles.pop()
            getattr(world.faults, what)(call, nth)
        event = waiting.pop(0)
        world.clock.advance(seconds=20)
        failed = True
        with suppress(Killed):
            failed = bool(world.review([as_message(event, turn)]).failed)
        world.faults.forget()
        if failed:
            waiting.append(event)
    assert not waiting
    assert open_cases(world) == expected(events)
    assert withdrawn(world) == {event.data["id"] for event in events if event.data["status"] == "withdrawn"}
