"""The ways in: limits, formats, drops in parts, and what the public may ask."""

from __future__ import annotations

import gzip
import json

import pytest

from screening.errors import AuthenticationError, NotFoundError, PermanentError, UnreadableInputError
from screening.workflows.archive_object import build_object, iter_records, read_record
from screening.workflows.audit_sample import draw, drawn_with, next_sampling
from screening.workflows.batch import QueuedMessage
from screening.workflows.messages import job_from_drop
from screening.workflows.receive import MAX_BODY, PayloadTooLargeError
from screening.workflows.records import Sampling
from screening.workflows.redrive import READERS, RedriveDeadLetters
from screening.workflows.safety_notice import ReadSafetyNotice
from screening.workflows.signatures import SignedHeaders
from tests.fakes.world import World, post


def lines(count: int) -> bytes:
    return "\n".join(
        json.dumps({"id": str(n), "title": "t", "description": f"watch {n}"}) for n in range(count)
    ).encode()


def test_too_many_bytes_are_refused_before_anything_is_looked_up() -> None:
    world = World()
    with pytest.raises(PayloadTooLargeError):
        world.receive("alpha", SignedHeaders("", "", ""), b" " * (MAX_BODY + 1))
    assert world.faults.calls == []


def test_too_many_posts_are_refused_as_a_whole() -> None:
    world = World()
    body = lines(1_001)
    with pytest.raises(PayloadTooLargeError):
        world.receive("alpha", world.signed(body), body)
    assert not world.posts_queue.waiting


def test_what_holds_no_posts_is_unreadable() -> None:
    world = World()
    with pytest.raises(UnreadableInputError):
        world.receive("alpha", world.signed(b"[]"), b"[]")


def test_an_item_that_is_no_object_is_told_and_kept_and_the_others_go_on() -> None:
    world = World()
    body = b'[null, {"id": "1", "title": "t", "description": "review"}, "x"]'
    receipts = world.receive("alpha", world.signed(body), body)
    assert [(receipt.status, receipt.field) for receipt in receipts] == [
        ("rejected", "post"), ("accepted", ""), ("rejected", "post"),
    ]  # fmt: skip
    assert [kept.source for kept in world.posts.rejected] == ["webhook item 1", "webhook item 3"]


@pytest.mark.parametrize("body", [b"[null]", b'{"posts": [5]}'], ids=["a list", "under a key"])
def test_an_item_alone_that_is_no_object_is_told_and_kept_too(body: bytes) -> None:
    world = World()
    (receipt,) = world.receive("alpha", world.signed(body), body)
    assert (receipt.status, receipt.field) == ("rejected", "post")
    assert [kept.source for kept in world.posts.rejected] == ["webhook item 1"]


@pytest.mark.parametrize("broken", [b"null", b'{"id": "0", "title": ', b"oops", b"[1]", b"text, which is no JSON"])
def test_a_broken_first_line_is_rejected_by_itself_like_any_other(broken: bytes) -> None:
    world = World()
    good = b'{"id": "1", "title": "t", "description": "review"}'
    body = broken + b"\n" + good
    first, second = world.receive("alpha", world.signed(body), body)
    assert (first.status, second.status) == ("rejected", "accepted")
    assert first.field == "post" or first.reason.startswith("request, line 1: is not JSON")


@pytest.mark.parametrize(
    "body", [b"null", b'"a text"', b"oops\nand more", b"nr;inhalt\n1;Koch\n", b"<p>Cooks wanted</p>"]
)
def test_what_is_no_known_format_is_refused_and_never_read_as_one_text(body: bytes) -> None:
    world = World()
    with pytest.raises(UnreadableInputError, match=r"its format was not recognised; name one of .*pasted_text"):
        world.receive("alpha", world.signed(body), body)
    assert not world.posts_queue.waiting


def test_a_text_is_taken_by_whoever_asks_for_it() -> None:
    world = World()
    (receipt,) = world.receive("alpha", world.signed(b"Cooks wanted"), b"Cooks wanted", format="pasted_text")
    assert receipt.status == "accepted"


def test_a_platform_cannot_post_for_another() -> None:
    world = World()
    body = b'[{"id": "1", "title": "t", "description": "review", "platform": "beta"}]'
    world.receive("alpha", world.signed(body), body)
    world.run()
    assert list(world.posts.heads) == [("alpha", "1")]


@pytest.mark.parametrize("post_id", ["", "x" * 513, "a\nb", "half \ud800"])
def test_a_withdrawal_needs_an_id(post_id: str) -> None:
    world = World()
    with pytest.raises(UnreadableInputError, match="id"):
        world.withdraw("alpha", world.signed_line("DELETE", "/v1/platforms/alpha/posts", id=post_id), post_id)


def test_withdrawing_and_hostile_text_pass_through() -> None:
    world = World()
    world.publish(post("a/b ü", "\ud83d review broken half \x00", contacts=("\udc00",)))
    world.run()
    world.clock.advance(seconds=2)
    world.withdraw("alpha", world.signed_line("DELETE", "/v1/platforms/alpha/posts", id="a/b ü"), "a/b ü")
    world.run()
    (head,) = world.posts.heads.values()
    assert (head.status, head.tier) == ("withdrawn", "review")
    (body,) = world.archive.objects.values()
    assert gzip.decompress(body).decode()  # an object holds whole characters alone


@pytest.mark.parametrize("post_id", ["half \\ud800", "a\\nb"])
def test_an_id_that_can_be_no_key_is_rejected_and_the_rest_goes_on(post_id: str) -> None:
    world = World()
    body = f'[{{"id": "{post_id}", "title": "t", "description": "x"}}, {{"id": "2", "title": "t", "description": "x"}}]'.encode()
    receipts = world.receive("alpha", world.signed(body), body)
    assert [receipt.status for receipt in receipts][1:] == ["accepted"]
    assert receipts[0].status == "rejected" or receipts[0].id.isprintable()


def test_a_long_drop_is_read_in_parts_without_loss_or_repetition() -> None:
    world = World()
    world.drops.objects["uploads", "alpha/auto/x.jsonl"] = lines(1_250)
    world.intake_queue.send(job_from_drop("uploads", "alpha/auto/x.jsonl", world.clock.now(), "drop/1"))
    world.intake_jobs.pump(lambda messages: world.intake(max_posts=500).batch(messages), batch=1)
    offsets = [json.loads(body)["offset"] for body in world.intake_jobs.all_bodies]
    assert offsets == [0, 500, 1_000]
    assert len(world.posts_queue.waiting) == 1_250


def dropped(world: World, name: str, content: bytes) -> None:
    key = f"alpha/auto/{name}"
    world.drops.objects["uploads", key] = content
    world.intake_queue.send(job_from_drop("uploads", key, world.clock.now(), "drop/1"))


def taken_in(world: World, *, max_posts: int = 20_000, twice: bool = False) -> None:
    world.intake_jobs.pump(lambda messages: world.intake(max_posts=max_posts).batch(messages), batch=1, twice=twice)


@pytest.mark.parametrize("twice", [False, True], ids=["once", "delivered twice"])
@pytest.mark.parametrize("max_posts", [20_000, 400, 150])
def test_what_was_read_before_a_file_breaks_off_is_sent_and_the_break_is_told(max_posts: int, twice: bool) -> None:
    world = World()
    good = b",\n".join(b'{"id": "%d", "title": "t", "description": "watch"}' % number for number in range(400))
    dropped(world, "x.json", b"[" + good + b',\n{"id" 400},\n{"id": "401"}]')
    taken_in(world, max_posts=max_posts, twice=twice)
    world.run(batch=100)
    assert len(world.posts.heads) == 400
    (broken,) = world.posts.rejected
    assert (broken.platform, broken.field, broken.source) == ("alpha", "file", "drop alpha/auto/x.json")
    assert broken.reason.startswith("line 401: is not JSON")


@pytest.mark.parametrize("name", ["posts", "posts.jsonl", "posts.txt"])
def test_a_drop_with_a_broken_first_line_is_read_from_the_second(name: str) -> None:
    world = World()
    dropped(world, name, b"oops\n" + lines(3))
    taken_in(world)
    assert len(world.posts_queue.waiting) == 3
    (row,) = world.posts.rejected
    assert "line 1" in row.source + row.reason
    assert "is not JSON" in row.reason


@pytest.mark.parametrize("content", [b"oops\nand more", b"nr;inhalt\n1;Koch\n"])
def test_a_drop_of_no_known_format_is_refused_and_never_read_as_one_text(content: bytes) -> None:
    world = World()
    dropped(world, "posts.txt", content)
    taken_in(world)
    assert not world.posts_queue.waiting
    (row,) = world.posts.rejected
    assert (row.field, row.reason.partition(";")[0]) == ("file", "its format was not recognised")


def test_rows_that_are_refused_are_recorded_once_with_their_lines() -> None:
    world = World()
    dropped(world, "export.csv", b"id,title,description\n1,t,watch, and more\n2,t,watch\n")
    (job,) = world.intake_jobs.waiting
    taken_in(world)
    world.clock.advance(seconds=90)  # a run that dies at its end is delivered again when its visibility is over
    world.intake().batch([QueuedMessage(job.message_id, job.body)])
    world.run()
    assert [key for _, key in world.posts.heads] == ["2"]
    (row,) = world.posts.rejected
    assert row.source == "drop alpha/auto/export.csv, line 2"
    assert "has 4 fields, the header 3" in row.reason


@pytest.mark.parametrize("name", ["x.json", f"{'long-' * 100}.json"])
def test_each_refused_item_has_a_record_of_its_own(name: str) -> None:
    world = World()
    dropped(world, name, b'{"posts": [{"id": "1", "title": "t", "description": "watch"}, 5, 6]}')
    taken_in(world)
    assert [record.source[-6:] for record in world.posts.rejected] == ["item 2", "item 3"]


def test_a_dropped_csv_of_unknown_columns_is_told_not_read_as_a_text() -> None:
    world = World()
    dropped(world, "export.csv", b"nr;bezeichnung;inhalt\n1;Koch;watch\n")
    taken_in(world)
    assert not world.posts_queue.waiting
    (told,) = world.posts.rejected
    assert "nr, bezeichnung, inhalt" in told.reason


def test_a_drop_of_titles_alone_is_read_and_told() -> None:
    world = World()
    dropped(world, "export.csv", b"id,title,inhalt\n" + b"".join(b"%d,t,watch\n" % number for number in range(9)))
    taken_in(world, max_posts=4)
    assert len(world.posts_queue.waiting) == 9
    (told,) = world.posts.rejected
    assert (told.field, told.source) == ("file", "drop alpha/auto/export.csv")
    assert "no post has a description" in told.reason


def test_a_file_of_nobody_costs_the_others_of_its_message_nothing() -> None:
    world = World()
    world.drops.objects["uploads", "alpha/auto/x.jsonl"] = lines(3)
    jobs = (
        PermanentError("drop 'loose.json': the key must be platform/format/name"),
        job_from_drop("uploads", "nobody/auto/x.jsonl", world.clock.now(), "drop/1"),
        job_from_drop("uploads", "alpha/auto/x.jsonl", world.clock.now(), "drop/1"),
    )
    outcome = world.intake().batch([QueuedMessage("m", "")], read_jobs=lambda _body: jobs)
    assert not outcome.failed
    assert len(world.posts_queue.waiting) == 3
    assert [record.platform for record in world.posts.rejected] == ["unknown", "unknown"]


def test_a_blank_in_the_name_of_a_drop_is_no_fault() -> None:
    world = World()
    dropped(world, "nightly posts (1) ą+b.jsonl", lines(3))
    taken_in(world, max_posts=2)
    world.run()
    assert len(world.posts.heads) == 3
    assert not world.posts.rejected


@pytest.mark.parametrize("fault", ["posts", "config", "intake"])
def test_a_drop_comes_again_where_something_failed_for_now(fault: str) -> None:
    world = World()
    world.drops.objects["uploads", "alpha/auto/x.jsonl"] = lines(30)
    world.intake_queue.send(job_from_drop("uploads", "alpha/auto/x.jsonl", world.clock.now(), "drop/1"))
    if fault == "posts":
        world.faults.refuse("post_queue.send", 3)
    else:
        world.faults.throttle({"config": "config.platform", "intake": "intake_queue.send"}[fault])
    world.intake_jobs.pump(lambda messages: world.intake(max_posts=10).batch(messages), batch=1)
    world.run()
    assert len(world.posts.heads) == 30


def test_a_drop_of_an_unknown_platform_or_a_missing_file_is_recorded_not_retried() -> None:
    world = World()
    world.intake_queue.send(job_from_drop("uploads", "nobody/auto/x", world.clock.now(), "drop/1"))
    world.intake_queue.send(job_from_drop("uploads", "alpha/auto/gone", world.clock.now(), "drop/1"))
    world.intake_jobs.pump(lambda messages: world.intake().batch(messages), batch=1)
    assert not world.intake_jobs.dead
    assert [(record.platform, record.field) for record in world.posts.rejected] == [
        ("unknown", "message"),
        ("alpha", "file"),
    ]


@pytest.mark.parametrize("key", ["x.jsonl", "alpha/x.jsonl", "//x", "alpha//x"])
def test_a_drop_whose_owner_cannot_be_told_is_refused(key: str) -> None:
    with pytest.raises(PermanentError):
        job_from_drop("uploads", key, World().clock.now(), "drop/1")


@pytest.mark.parametrize(
    "report",
    [{}, {"reason": ""}, {"reason": "x"}, {"reason": "x", "platform": "alpha"}, {"reason": "x" * 5_001, "url": "https://x"}, [], "x"],
)  # fmt: skip
def test_a_report_says_what_it_lacks(report: object) -> None:
    with pytest.raises(PermanentError, match="report"):
        World().report(report)


def test_the_notice_is_there_for_flagged_offers_before_anybody_decides() -> None:
    world = World()
    world.publish(post("1", "review"), post("2", "watch"))
    world.run()
    read = ReadSafetyNotice(posts=world.posts, confirmed_line=lambda _country, _language: None, metrics=world.metrics)
    assert read("alpha", "1", "pl").language == "pl"
    for unknown in ("2", "3"):
        with pytest.raises(NotFoundError):
            read("alpha", unknown, "pl")


def test_archive_objects_are_read_whole_and_by_range() -> None:
    records = [{"n": n, "text": "є" * n} for n in range(5)]
    packed = build_object("alpha", "2026-03-02", records, archive_class="kept")
    assert build_object("alpha", "2026-03-02", records, archive_class="kept") == packed
    assert [record for _, record in iter_records(packed.key, packed.body)] == records
    assert [pointer for pointer, _ in iter_records(packed.key, packed.body)] == list(packed.pointers)
    for pointer, record in zip(packed.pointers, records, strict=True):
        assert read_record(packed.body[pointer.start : pointer.start + pointer.length]) == record


@pytest.mark.parametrize("damage", [lambda b: b[:-3], lambda b: b + b"junk", lambda b: b[:20] + b"\x00" + b[21:]])
def test_damaged_archive_objects_are_noticed(damage) -> None:  # type: ignore[no-untyped-def]
    packed = build_object("alpha", "2026-03-02", [{"n": 1, "text": "some text " * 20}], archive_class="kept")
    with pytest.raises(PermanentError):
        read_record(damage(packed.body))


def test_the_sample_is_drawn_evenly_and_the_same_every_time() -> None:
    key = b"k" * 32
    draws = [draw(key, "alpha", str(n), "v") for n in range(4_000)]
    assert draws == [draw(key, "alpha", str(n), "v") for n in range(4_000)]
    assert all(0 <= one < 1 for one in draws)
    assert 0.22 < sum(one < 0.25 for one in draws) / 4_000 < 0.28
    assert draw(b"other" * 8, "alpha", "1", "v") != draws[1]


@pytest.mark.parametrize(
    ("tier", "drawn"), [("clear", True), ("watch", True), ("inconclusive", True), ("review", False), ("urgent", False)]
)
def test_only_posts_that_nobody_would_see_are_sampled(tier, drawn) -> None:  # type: ignore[no-untyped-def]
    found = drawn_with(
        b"k" * 32, Sampling(default=1.0), platform="a", post_id="1", version="v", tier=tier, language="uk"
    )
    assert (found is not None) == drawn


def test_a_language_without_posts_yesterday_keeps_its_rate() -> None:
    rates = next_sampling(
        {"uk": 200, "pl": 5, "ro": 0}, previous=Sampling(default=0.5, by_language={"cs": 0.3, "ro": 0.2})
    )
    assert rates.by_language == {"cs": 0.3, "ro": 0.2, "uk": 0.075, "pl": 1.0}
    assert rates.probability("de") == 0.5


class Letters:
    def __init__(self, *bodies: str) -> None:
        self.messages = [QueuedMessage(str(n), body) for n, body in enumerate(bodies)]
        self.sent: list[str] = []

    def peek(self, limit: int) -> list[QueuedMessage]:
        return self.messages[:limit]

    def send_back(self, message: QueuedMessage) -> None:
        self.sent.append(message.message_id)


def test_redrive_sends_back_what_can_be_read_and_a_dry_run_nothing() -> None:
    world = World()
    world.publish(post("1", "poison"))
    letters = Letters(world.posts_queue.waiting[0].body, "no json")
    redrive = RedriveDeadLetters(letters=letters, reader=READERS["posts"])
    assert [(line.readable, line.sent_back) for line in redrive(dry_run=True)] == [(True, False), (False, False)]
    assert letters.sent == []
    assert [line.sent_back for line in redrive(dry_run=False)] == [True, False]
    assert letters.sent == ["0"]


def test_a_signature_of_one_request_fits_no_other() -> None:
    """A signature over an empty body, overheard, would withdraw any post for five minutes."""
    world = World()
    overheard = world.signed_line("DELETE", "/v1/platforms/alpha/posts", id="1")
    with pytest.raises(AuthenticationError):
        world.withdraw("alpha", overheard, "2")
    with pytest.raises(AuthenticationError):
        world.withdraw("alpha", world.signed_line("GET", "/v1/platforms/alpha/posts", id="1"), "1")
    assert world.withdraw("alpha", overheard, "1").status == "accepted"


def test_clear_posts_and_those_that_a_case_may_need_are_archived_apart() -> None:
    """Each class has a lifecycle of its own, so that text of ordinary posts goes soon."""
    world = World()
    world.publish(post("plain", "an ordinary offer"), post("risky", "review"))
    world.run()
    classes = {key: head.archive.key.split("/")[1] for key, head in world.posts.heads.items() if head.archive}
    assert classes == {("alpha", "plain"): "brief", ("alpha", "risky"): "kept"}


def test_posts_are_counted_by_platform_and_tier() -> None:
    world = World()
    world.publish(post("plain", "an ordinary offer"), post("risky", "review"))
    world.run()
    counted = [line for line in map(json.loads, world.metrics.seen) if line[0] == "PostsByTier"]
    assert counted == [
        ["PostsByTier", 1, {"platform": "alpha", "tier": "clear"}],
        ["PostsByTier", 1, {"platform": "alpha", "tier": "review"}],
    ]
