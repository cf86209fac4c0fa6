"""Links in the way of a post: what one post says about another, the way back to the queue, erasure, and who may see what."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from screening.cases.vote import Action
from screening.errors import AuthenticationError, NotFoundError
from screening.links.clusters import campaign_id
from screening.links.known_items import KnownItem
from screening.links.member import LinkKey, Member
from screening.links.profile import COMMON_ABOVE, INTERMEDIARY_NAMES
from screening.posts.post import Post
from screening.workflows.archived import read_archived
from screening.workflows.campaign_parts import campaign_key
from screening.workflows.known_contacts import KnownContacts, UnlinkPost
from screening.workflows.linking import LinkPosts, LinkSettings
from screening.workflows.platform_answers import ReadAssessment
from tests.fakes.world import World, person, post
from tests.unit.links.members import member, phone

HANDLE = "@one_hand_only"


def offer(post_id: str, company: str, text: str = "watch", platform: str = "alpha") -> Post:
    words = f"{text} helper for the season in the north {post_id}"
    return post(post_id, words, platform=platform, company=company, contacts=(HANDLE,))


def tier_of(world: World, post_id: str, platform: str = "alpha") -> str:
    head = world.posts.read_head((platform, post_id))
    assert head is not None
    return head.tier


def test_posts_that_share_a_contact_become_a_campaign_and_the_first_ones_are_looked_at_anew() -> None:
    world = World()
    for number, company in enumerate(("Alma GmbH", "Vega GmbH", "Delta GmbH")):
        world.publish(offer(f"p{number}", company))
        world.run(batch=1)
        world.clock.advance(minutes=1)
    assert [tier_of(world, f"p{number}") for number in range(3)] == ["review", "review", "review"]
    assert world.metrics.counts["PostsRequeued"] >= 2
    told = [json.loads(body) for body in world.bus.bodies]
    campaigns = {event["detail"]["data"]["campaign"]["id"] for event in told if event["detail"]["data"].get("campaign")}
    assert len(campaigns) == 1
    case = world.only_case()
    assert {post_id for _, post_id in case.posts} == {"p0", "p1", "p2"}
    assert (case.campaign, case.member_count) == (campaigns.pop(), 2)


def test_news_of_a_post_looked_at_anew_is_later_than_what_its_case_was_told() -> None:
    world = World()
    for number, company in enumerate(("Alma GmbH", "Vega GmbH", "Delta GmbH")):
        world.publish(offer(f"p{number}", company))
        world.run(batch=1)
        world.clock.advance(minutes=1)
    told = [json.loads(body)["detail"] for body in world.bus.bodies]
    times = [event["metadata"]["timestamp"] for event in told if event["data"].get("id") == "p0"]
    assert len(times) > 1
    assert times == sorted(set(times))


def test_a_post_looked_at_anew_that_says_nothing_new_stays_as_it_was() -> None:
    world = World()
    world.publish(offer("p0", "Alma GmbH"))
    world.run()
    before = world.posts.read_head(("alpha", "p0"))
    world.linking.requeue([("alpha", "p0")])
    world.run()
    assert world.posts.read_head(("alpha", "p0")) == before


def test_an_older_version_on_its_way_back_changes_nothing() -> None:
    world = World()
    world.publish(offer("p0", "Alma GmbH"))
    world.run()
    world.linking.requeue([("alpha", "p0")])
    waiting = list(world.posts_queue.all_bodies)
    world.clock.advance(minutes=5)
    world.publish(replace(offer("p0", "Alma GmbH", text="quiet"), updated_at=world.clock.now()))
    world.run(batch=1)
    assert waiting
    assert tier_of(world, "p0") == "clear"


def test_a_withdrawn_post_is_not_looked_at_anew() -> None:
    world = World()
    world.publish(offer("p0", "Alma GmbH"))
    world.run()
    world.clock.advance(minutes=1)
    world.publish(replace(offer("p0", "Alma GmbH"), status="withdrawn", updated_at=world.clock.now()))
    world.run()
    sent = len(world.posts_queue.all_bodies)
    world.linking.requeue([("alpha", "p0")])
    assert len(world.posts_queue.all_bodies) == sent


@pytest.mark.parametrize("call", ["links.put_members", "links.read_keys"])
def test_a_throttled_link_store_delays_a_post_and_loses_nothing(call: str) -> None:
    world = World()
    world.faults.throttle(call)
    world.publish(offer("p0", "Alma GmbH"), post("quiet", "A quiet job."))
    world.run()
    assert tier_of(world, "p0") == "watch"
    assert tier_of(world, "quiet") == "clear"


def test_refused_memberships_fail_their_post_alone() -> None:
    world = World()
    world.faults.refuse("links.put_members", 1)
    world.publish(offer("p0", "Alma GmbH"), offer("p1", "Alma GmbH"))
    world.run()
    assert (tier_of(world, "p0"), tier_of(world, "p1")) == ("watch", "watch")


def test_a_confirmed_contact_raises_the_next_post_and_a_possible_victims_does_not() -> None:
    world = World()
    key = LinkKey.of_fingerprint("telegram", world.hashes.fingerprint("telegram", HANDLE[1:]))
    world.links.put_known(key, KnownItem.given("confirmed", case="c1", source="senior", at=world.clock.now()))
    world.publish(offer("p0", "Alma GmbH"))
    world.run()
    assert tier_of(world, "p0") == "review"
    world.clock.advance(days=1)
    world.links.put_known(key, KnownItem.given("possible_victim", case="c1", source="ngo", at=world.clock.now()))
    world.publish(offer("p1", "Alma GmbH"))
    world.run()
    assert tier_of(world, "p1") == "watch"


@pytest.mark.parametrize(("action", "later"), [("dismiss", None), ("remove", "weak")])
def test_a_decision_is_remembered_on_the_contact_for_ninety_days(action: Action, later: str | None) -> None:
    world = World()
    world.publish(offer("p0", "Alma GmbH", text="review"))
    world.run()
    world.vote(person("anna", "senior"), action)
    world.run()
    world.clock.advance(days=80)
    world.publish(offer("p1", "Alma GmbH"))
    world.run()
    assert known_sign(world, "p1") == later
    world.clock.advance(days=15)
    world.publish(offer("p2", "Alma GmbH"))
    world.run()
    assert known_sign(world, "p2") is None


def known_sign(world: World, post_id: str) -> str | None:
    head = world.posts.read_head(("alpha", post_id))
    assert head is not None and head.archive is not None
    links = read_archived(world.archive, head.archive).assessment["links"] or {"evidence": []}
    found = {sign["indicator"]: sign["strength"] for sign in links["evidence"]}
    return found.get("linked_to_confirmed")


def test_an_opinion_from_outside_is_given_on_every_contact_of_a_post() -> None:
    world = World()
    world.publish(offer("p0", "Alma GmbH"))
    world.run()
    known = KnownContacts(links=world.links, posts=world.posts)
    assert known.give(("alpha", "p0"), "confirmed", case="c1", source="police", at=world.clock.now()) == 1
    with pytest.raises(NotFoundError):
        known.give(("alpha", "nobody"), "confirmed", case="c1", source="police", at=world.clock.now())
    world.publish(offer("p1", "Alma GmbH"))
    world.run()
    assert known_sign(world, "p1") == "strong"
    read = ReadAssessment(gate=world.gate, posts=world.posts, archive=world.archive)
    line = world.signed_line("GET", "/v1/platforms/alpha/assessment", id="p1")
    answer = read("alpha", line, "p1")
    assert answer["reasons"] == ["It matches published warning signs."]
    assert "confirmed" not in json.dumps(answer), "a platform isn't told what the police made of another offer"


def test_an_unlinked_post_stands_under_no_key() -> None:
    world = World()
    world.publish(offer("p0", "Alma GmbH"), offer("p1", "Vega GmbH"))
    world.run()
    unlink = UnlinkPost(links=world.link_posts, posts=world.posts)
    assert unlink(("alpha", "p0"), until=world.clock.now() + timedelta(days=9)) > 0
    assert not [row for row in world.links.dump("members") if row[2] == "p0"]
    with pytest.raises(NotFoundError):
        unlink(("alpha", "nobody"), until=world.clock.now())


def test_nothing_of_a_contact_or_text_leaves_with_the_links() -> None:
    world = World()
    for number, company in enumerate(("Alma GmbH", "Vega GmbH", "Delta GmbH")):
        world.publish(offer(f"p{number}", company))
        world.run(batch=1)
    stored = "\n".join(str(row) for table in ("members", "profiles", "posts") for row in world.links.dump(table))
    for secret in (HANDLE[1:], "helper for the season", "Alma", "alma"):
        assert secret not in stored
        assert secret not in world.everything_in_transit()


# ---------------------------------------------------------------------------------------------------- campaigns


def linker(world: World) -> LinkPosts:
    return LinkPosts(store=world.links, clock=world.clock, metrics=world.metrics, settings=LinkSettings())


def link_all(world: World, *members: Member) -> None:
    link = linker(world)
    for each in members:
        assert link.link([each]).failed == {}


def roots(world: World, *names: str) -> list[str]:
    found = world.links.roots([("board", name) for name in names])
    return [found[("board", name)].root if ("board", name) in found else "" for name in names]


def test_a_contact_that_turns_out_an_intermediarys_lets_go_of_what_it_held() -> None:
    world = World()
    held = [
        member("a1", phone("own"), phone("board"), employer="e-a"),
        member("a2", phone("own"), employer="e-a", day=20_001),
    ]
    others = [member(f"b{n}", phone("board"), employer=f"e{n}", day=20_100 + n) for n in range(INTERMEDIARY_NAMES - 2)]
    link_all(world, *held, *others)
    assert len(set(roots(world, "a1", "a2", "b0", "b5"))) == 1
    link_all(world, member("last", phone("board"), employer="e-last", day=20_200))
    assert roots(world, "b0", "b5", "last") == ["", "", ""]
    one, other = roots(world, "a1", "a2")
    assert one == other != ""
    assert {found.id for found in world.links.members_of(campaign_key(one), limit=99)} == {"a1", "a2"}


def test_a_key_of_thousands_keeps_no_memberships_and_ties_nothing() -> None:
    world = World()
    crowd = [member(f"p{n}", phone("hotline"), day=20_000 + n % 9) for n in range(COMMON_ABOVE + 300)]
    link = linker(world)
    for start in range(0, len(crowd), 100):
        link.link(crowd[start : start + 100])
    late = member("late", phone("hotline"), phone("own"))
    findings = linker(world).link([late]).of(late)
    assert findings is not None
    assert (findings.campaign, findings.signs) == (None, ())
    assert world.links.members_of(phone("hotline"), limit=9_999) == ()
    assert world.metrics.counts["CommonLinkKeys"] >= 1


def test_erasing_a_post_takes_out_all_that_it_contributed_and_nothing_brings_it_back() -> None:
    world = World()
    text = ". ".join(" ".join(f"word{n}{m}" for m in range(9)) for n in range(9))
    posts = [
        member("p1", phone("a"), text=text, employer="e1"), member("p2", phone("a"), phone("b"), employer="second-name", day=20_001),
        member("p3", phone("b"), employer="e3", day=20_002),
    ]  # fmt: skip
    link_all(world, *posts)
    assert len(set(roots(world, "p1", "p2", "p3"))) == 1
    link = linker(world)
    link.erase(("board", "p2"), posts[1].keys, until=world.clock.now() + timedelta(days=400))
    assert roots(world, "p1", "p2", "p3") == ["", "", ""]
    stored = "\n".join(str(row) for table in ("members", "profiles") for row in world.links.dump(table))
    assert "p2" not in stored
    assert "second-name" not in stored
    assert posts[1].identity not in stored
    assert link.tombstoned([("board", "p2"), ("board", "p1")]) == {("board", "p2")}
    link.erase(
        ("board", "p2"), posts[1].keys, until=world.clock.now() + timedelta(days=400)
    )  # again: nothing more to do


def test_rescoring_leaves_an_erased_post_alone() -> None:
    world = World()
    world.publish(offer("p0", "Alma GmbH"))
    world.run()
    head = world.posts.read_head(("alpha", "p0"))
    assert head is not None
    keys = [LinkKey.read(key) for key in head.links]
    assert keys
    linker(world).erase(("alpha", "p0"), keys, until=world.clock.now() + timedelta(days=400))
    world.assessor = world.assessor.with_rules("r2")
    plan = world.plan_rescore("run-1", world.clock.now())
    results = [world.rescore_chunk(json.loads(line)) for line in world.rescores.manifests["run-1"]]
    assert plan.count == len(results)
    assert sum(result["gone"] for result in results) == 1
    assert sum(result["scored"] for result in results) == 0


# ---------------------------------------------------------------------------------------------------- what a platform sees


def campaign_of(world: World) -> str:
    (rooted,) = set(world.links.roots([("alpha", "p0")]).values())
    return campaign_id(rooted.root)


def two_platforms() -> World:
    world = World()
    world.publish(offer("p0", "Alma GmbH"), offer("p1", "Vega GmbH"), offer("secret-id", "Delta GmbH", platform="beta"))
    world.run()
    return world


def read(world: World, campaign: str, platform: str) -> dict[str, object]:
    headers = world.signed_line("GET", f"/v1/campaigns/{campaign}", platform=platform)
    return world.read_campaign(campaign, headers, platform)


def test_a_platform_sees_its_own_posts_by_id_and_others_by_number() -> None:
    world = two_platforms()
    answer = read(world, campaign_of(world), "alpha")
    assert (answer["size"], answer["elsewhere"], answer["platforms"]) == (3, 1, 2)
    assert answer["members"] == [{"platform": "alpha", "id": "p0"}, {"platform": "alpha", "id": "p1"}]
    assert "secret-id" not in json.dumps(answer)
    assert "beta" not in json.dumps(answer)
    assert answer["employers"] == 3
    assert {sign["indicator"] for sign in answer["evidence"]} == {"contact_many_names"}  # type: ignore[attr-defined]


def test_a_platform_without_a_post_in_it_learns_nothing() -> None:
    world = World()
    world.publish(offer("p0", "Alma GmbH"), offer("p1", "Vega GmbH"))
    world.run()
    for campaign in (campaign_of(world), "c000000" + "0" * 16, "nonsense"):
        with pytest.raises(NotFoundError):
            read(world, campaign, "beta")


def test_a_signature_of_another_platform_or_campaign_opens_nothing() -> None:
    world = two_platforms()
    campaign = campaign_of(world)
    other = world.signed_line("GET", "/v1/campaigns/cother", platform="alpha")
    with pytest.raises(AuthenticationError):
        world.read_campaign(campaign, other, "alpha")
    beta = world.signed_line("GET", f"/v1/campaigns/{campaign}", platform="beta")
    with pytest.raises(AuthenticationError):
        world.read_campaign(campaign, beta, "alpha")


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1)])
@pytest.mark.parametrize("batch", [1, 10])
def test_a_campaign_that_comes_in_a_burst_is_one_case_whatever_its_oldest_post(
    order: tuple[int, ...], batch: int
) -> None:
    """Each older post renames the campaign, and the first post is assessed before anything is tied to it."""
    world = World()
    for day in order:
        stated = world.clock.now() - timedelta(days=10 - day)
        world.publish(replace(offer(f"p{day}", f"Firm {day}", text="review"), posted_at=stated))
        if batch == 1:
            world.run(batch=1)
    world.run(batch=batch)
    world.run(batch=batch)
    opened = [case for case in world.cases.all() if case.state != "merged"]
    assert len(opened) == 1
    assert {post_id for _, post_id in opened[0].posts} == {f"p{day}" for day in order}
    assert opened[0].member_count == len(order) - 1
