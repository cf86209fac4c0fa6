"""The six silent failures: data lost, stale data, a wrong answer where a part failed, partial success, misrouting, drift."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from screening.errors import AuthenticationError, NotFoundError, TransientError
from screening.workflows.platform_answers import ListRejected, ReadAssessment
from screening.workflows.receive import Receipt
from screening.workflows.safety_notice import ReadSafetyNotice
from tests.fakes.world import World, person, post

ANNA = person("anna", "reviewer")
BEN = person("ben", "reviewer")
BEA = person("bea", "reviewer", teams=("team-b",))
CANARIES = ("Zebrafink", "+48 600 700 800", "canary@example.org", "Quittenmus GmbH", "reporter@example.net")


def statuses(receipts: tuple[Receipt, ...]) -> list[str]:
    return [receipt.status for receipt in receipts]


def feed(*texts: str) -> bytes:
    return json.dumps([{"id": str(n), "title": "t", "description": text} for n, text in enumerate(texts)]).encode()


# Data lost


@pytest.mark.parametrize("refused", [1, 2])
def test_what_the_queue_refused_is_answered_retry_one_by_one(refused: int) -> None:
    world = World()
    world.faults.refuse("post_queue.send", refused)
    body = feed("review a", "review b", "review c")
    assert statuses(world.receive("alpha", world.signed(body), body)) == ["retry"] * refused + ["accepted"] * (
        3 - refused
    )
    assert statuses(world.receive("alpha", world.signed(body), body)) == ["accepted"] * 3
    world.run()
    assert len(world.cases.all()) == 3


def test_a_queue_that_is_down_answers_retry_for_all() -> None:
    world = World()
    world.faults.throttle("post_queue.send")
    body = feed("review a", "review b")
    assert statuses(world.receive("alpha", world.signed(body), body)) == ["retry", "retry"]


def test_a_key_that_cannot_be_had_answers_retry_for_that_post() -> None:
    world = World()
    world.faults.throttle("sealer.seal")
    body = feed("review a", "review b")
    assert statuses(world.receive("alpha", world.signed(body), body)) == ["retry", "accepted"]


def test_a_withdrawal_that_was_not_taken_is_answered_retry() -> None:
    world = World()
    world.faults.throttle("post_queue.send")
    assert (
        world.withdraw("alpha", world.signed_line("DELETE", "/v1/platforms/alpha/posts", id="1"), "1").status == "retry"
    )


def test_a_report_that_cannot_be_passed_on_is_not_thanked_for() -> None:
    world = World()
    world.faults.throttle("bus.publish")
    with pytest.raises(TransientError):
        world.report({"reason": "They keep passports.", "platform": "alpha", "post_id": "1"})


# Stale data


def test_rotated_secrets_are_noticed_at_once() -> None:
    world = World()
    body = feed("review a")
    world.receive("alpha", world.signed(body), body)
    new = "whsec_" + "bmV3" * 8
    world.secrets.put("platform", "alpha", new)
    assert statuses(world.receive("alpha", world.signed(body, secret=new), body)) == ["accepted"]
    with pytest.raises(AuthenticationError):
        world.receive("alpha", world.signed(body), body)


# Wrong answer where a part failed


@pytest.mark.parametrize(
    ("call", "ask"),
    [
        ("config.platform", lambda world: world.receive("alpha", world.signed(feed("a")), feed("a"))),
        ("secrets.signing_secrets", lambda world: world.receive("alpha", world.signed(feed("a")), feed("a"))),
        ("posts.read_head", lambda world: notice(world)),
        ("posts.read_head", lambda world: assessment(world)),
        ("archive.read", lambda world: assessment(world)),
        ("cases.latest_of", lambda world: world.review.handle(world.bus.of("PostAssessed")[0])),
        ("cases.read", lambda world: world.read_case(ANNA, world.only_case().case)),
        ("archive.read", lambda world: world.read_case(ANNA, world.only_case().case)),
    ],
)  # fmt: skip
def test_could_not_tell_is_never_answered_as_no(call: str, ask: Callable[[World], object]) -> None:
    world = World()
    world.publish(post("1", "review this"))
    world.run()
    world.faults.throttle(call)
    with pytest.raises(TransientError):
        ask(world)


def notice(world: World) -> object:
    return ReadSafetyNotice(posts=world.posts, confirmed_line=lambda _c, _l: None, metrics=world.metrics)(
        "alpha", "1", "uk"
    )


def assessment(world: World, platform: str = "alpha") -> object:
    read = ReadAssessment(gate=world.gate, posts=world.posts, archive=world.archive)
    return read(platform, world.signed_line("GET", f"/v1/platforms/{platform}/assessment", id="1"), "1")


def test_a_platform_taken_out_of_the_configuration_loses_no_flagged_post() -> None:
    world = World()
    world.publish(post("1", "review this"))
    world.posts_queue.pump(lambda messages: world.screen(messages))
    del world.config.platforms["alpha"]
    world.review_jobs.pump(lambda messages: world.review(messages))
    assert len(world.review_jobs.dead) == 1
    assert world.metrics.counts["ReviewFailed"] == world.review_jobs.max_receives


def test_unknown_platform_and_bad_signature_sound_the_same() -> None:
    world = World()
    body = feed("a")
    words = set()
    for platform, headers in (("nobody", world.signed(body)), ("alpha", world.signed(b"other"))):
        with pytest.raises(AuthenticationError) as refused:
            world.receive(platform, headers, body)
        words.add(str(refused.value))
    assert len(words) == 1


# Partial success


def test_bad_items_are_named_and_good_ones_go_on() -> None:
    world = World()
    body = b'[{"id": "1", "title": "t", "description": "review a"}, {"title": "no id"}, {"id": "3", "title": "t", "description": "b"}]'
    receipts = world.receive("alpha", world.signed(body), body)
    assert statuses(receipts) == ["accepted", "rejected", "accepted"]
    assert receipts[1].field == "id"
    world.run()
    assert len(world.posts.heads) == 2
    listed = ListRejected(gate=world.gate, posts=world.posts, clock=world.clock)(
        "alpha", world.signed_line("GET", "/v1/platforms/alpha/rejected")
    )
    assert [item["field"] for item in listed] == ["id"]


def test_a_drop_goes_on_where_it_stopped_and_loses_nothing_when_killed() -> None:
    world = World()
    lines = [json.dumps({"id": str(n), "title": "t", "description": f"review {n}"}) for n in range(25)]
    world.drops.objects["uploads", "alpha/auto/x.jsonl"] = ("\n".join(lines) + "\n{broken\n").encode()
    from screening.workflows.messages import job_from_drop

    job = job_from_drop("uploads", "alpha/auto/x.jsonl", world.clock.now(), "drop/1")
    world.intake_queue.send(job)
    world.faults.kill_after("post_queue.send", 2)
    world.intake_jobs.pump(lambda messages: world.intake(max_posts=10).batch(messages), batch=1)
    world.run()
    assert len(world.posts.heads) == 25
    assert len(world.cases.all()) == 25
    assert [record.platform for record in world.posts.rejected] == ["alpha"]


# Misrouting


def test_a_platforms_post_reaches_its_own_team_alone() -> None:
    world = World()
    world.publish(post("1", "review a"), post("1", "urgent b", platform="beta"))
    world.run()
    by_team = {
        team: {pointer["platform"] for pointer in pointers} for team, pointers in world.review_queue.teams.items()
    }
    assert by_team == {"team-a": {"alpha"}, "team-b": {"beta"}}
    listed = world.list_cases
    assert {case.platform for case in listed(ANNA, "team-a").cases} == {"alpha"}
    with pytest.raises(NotFoundError):
        listed(ANNA, "team-b")
    read = world.read_case
    own = next(case for case in world.cases.all() if case.platform == "alpha")
    assert read(ANNA, own.case).case == own
    with pytest.raises(NotFoundError):
        read(BEA, own.case)


def test_a_platform_reads_its_own_posts_alone() -> None:
    world = World()
    world.publish(post("1", "review a"))
    world.run()
    answer = assessment(world)
    assert isinstance(answer, dict)
    assert answer["tier"] == "review"
    assert "rank" not in answer
    with pytest.raises(NotFoundError):
        assessment(world, "beta")


def test_a_package_goes_to_its_partner_alone() -> None:
    world = World()
    world.publish(post("1", "review a"))
    world.run()
    world.vote(ANNA, "refer", "police-b")
    world.vote(BEN, "refer", "police-b")
    world.run()
    assert list(world.partner_queue.sent) == ["screening-partner-police-b"]
    (ticket,) = world.partner_queue.sent["screening-partner-police-b"]
    with pytest.raises(NotFoundError):
        world.fetch("ngo-a", world.signed_line("GET", "/v1/partners/ngo-a/packages", id=ticket["id"]), ticket["id"])
    line = world.signed_line("GET", "/v1/partners/police-b/packages", id=ticket["id"])
    package = json.loads(world.fetch("police-b", line, ticket["id"]).body)
    assert package["partner"] == "police-b"


def test_a_sealed_post_cannot_be_passed_off_as_another() -> None:
    world = World()
    world.publish(post("1", "review a"))
    (waiting,) = world.posts_queue.waiting
    waiting.body = waiting.body.replace('"platform": "alpha"', '"platform": "beta"')
    world.run()
    assert not world.posts.heads
    assert [(record.platform, record.field) for record in world.posts.rejected] == [("beta", "message")]


# Privacy


def test_nothing_in_transit_holds_text_quotes_or_contacts() -> None:
    """Every queue, the bus, the dead letters and the metrics, after good, bad, poison and half sealed posts."""
    world = World(max_receives=2)
    text = "review Zebrafink, call +48 600 700 800 or canary@example.org"
    world.publish(
        post("1", text, contacts=("+48 600 700 800", "canary@example.org"), company="Quittenmus GmbH"),
        post("2", f"poison {text}", contacts=("+48 600 700 800",)), post("3", f"invalid {text}"),
        post("4", f"inconclusive {text}"),
    )  # fmt: skip
    body = json.dumps(
        [{"id": "5", "description": text, "title": "t", "contacts": ["+48 600 700 800"], "kind": "Zebrafink"}]
    ).encode()
    world.receive("alpha", world.signed(body), body)
    world.report({"reason": "Zebrafink", "contact": "reporter@example.net", "platform": "alpha", "post_id": "1"})
    world.run()
    case = next(case for case in world.cases.all() if case.post_id == "1")
    from screening.cases.decisions import DecisionRequest

    for who in (ANNA, BEN):
        current = world.cases.read(case.case)
        assert current is not None
        request = DecisionRequest(
            decision_id=who.actor,
            action="refer",
            revision=current.revision,
            reason="Zebrafink, as it is plain.",
            partner="police-b",
        )
        world.decide(case.case, who, request)
    world.run()
    assert world.posts_queue.dead
    assert world.partner_queue.sent
    transit = world.everything_in_transit()
    assert [canary for canary in CANARIES if canary in transit] == []
    # What lies sealed doesn't show it either; only the assessed text in the archive does.
    resting = "".join(
        [*world.referrals.packages.values(), *(report.sealed for report in world.reports.reports.values())]
    )
    assert [canary for canary in CANARIES if canary in resting] == []
    assert all(canary not in str(record) for record in world.posts.rejected for canary in CANARIES)


def test_contacts_lie_sealed_in_the_archive() -> None:
    world = World()
    world.publish(post("1", "review", contacts=("canary@example.org",)))
    world.run()
    from screening.workflows.archive_object import iter_records

    for key, body in world.archive.objects.items():
        for _, record in iter_records(key, body):
            assert "canary@example.org" not in json.dumps(record)
    view = world.read_case(ANNA, world.only_case().case)
    assert view.post is not None
    assert view.post.contacts == ("canary@example.org",)
