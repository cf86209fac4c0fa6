"""What is told whom and when: never twice, never not at all, and what quiet hours hold back and let through."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.cases.alerts.channel import Breach, Channel, QuietHours
from screening.cases.alerts.telling import Cause, Waiting, digest_day, to_tell

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NIGHT = QuietHours(zone="Europe/Warsaw", begins=time(22), ends=time(7))
ZONES = ("Europe/Warsaw", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC")


def one(
    name: str = "c1", *, cause: Cause = "urgent", due: datetime = NOON + timedelta(hours=9), minor: bool = False
) -> Waiting:
    return Waiting(cause=cause, subject=name, case=name, tier="urgent", queue="review", due_at=due, minor=minor)


def channel(**fields: object) -> Channel:
    values: dict[str, object] = {"name": "desk", "team": "team-a", "kind": "slack", **fields}
    return Channel(**values)  # type: ignore[arg-type]


def test_what_was_told_is_not_told_again_and_each_cause_is_one_of_its_own() -> None:
    waiting = [one(), one(cause="overdue")]
    assert to_tell(channel(), waiting, told={"urgent#c1"}, last_at=None, now=NOON) == (waiting[1],)


def test_a_group_waits_for_its_minutes_and_then_holds_all_that_came() -> None:
    waiting = [one("c1"), one("c2")]
    for minutes, told in ((0, 0), (4.9, 0), (5, 2)):
        found = to_tell(channel(), waiting, told=(), last_at=NOON, now=NOON + timedelta(minutes=minutes))
        assert len(found) == told


@pytest.mark.parametrize(
    ("case", "breaks", "through"),
    [
        (one(minor=True), {"minor", "due_soon"}, True),
        (one(due=datetime(2026, 3, 2, 23, 30, tzinfo=UTC)), {"minor", "due_soon"}, True),
        (one(due=datetime(2026, 3, 3, 9, 0, tzinfo=UTC)), {"minor", "due_soon"}, False),
        (one(due=datetime(2026, 3, 3, 9, 0, tzinfo=UTC)), {"urgent"}, True),
        (one(cause="overdue", minor=True), {"minor", "due_soon"}, False),
        (one(cause="overdue"), {"overdue"}, True),
        (one(minor=True), set(), False),
    ],
)
def test_in_quiet_hours_only_what_is_set_to_breaks_through(case: Waiting, breaks: set[Breach], through: bool) -> None:
    quiet = channel(quiet=NIGHT, breaks=frozenset(breaks))
    night = datetime(2026, 3, 2, 22, 0, tzinfo=UTC)
    assert bool(to_tell(quiet, [case], told=(), last_at=None, now=night)) is through
    morning = datetime(2026, 3, 3, 6, 0, tzinfo=UTC)
    assert to_tell(quiet, [case], told=(), last_at=None, now=morning) == (case,), "in Warsaw it is seven"


def test_quiet_days_are_those_on_which_a_night_begins() -> None:
    weekend = QuietHours(zone="Europe/Warsaw", begins=time(18), ends=time(8), days=frozenset({4, 5, 6}))
    whole = QuietHours(zone="Europe/Warsaw", begins=time(0), ends=time(0), days=frozenset({6}))
    at = [
        datetime(2026, 3, day, hour, tzinfo=UTC) for day, hour in ((5, 20), (6, 20), (7, 5), (7, 12), (9, 5), (9, 20))
    ]
    assert [weekend.hold(moment) for moment in at] == [False, True, True, False, True, False]
    assert [whole.hold(datetime(2026, 3, day, 12, tzinfo=UTC)) for day in (7, 8, 9)] == [False, True, False]


@pytest.mark.parametrize(
    ("day", "hours"), [((2026, 3, 28), 8), ((2026, 10, 24), 10), ((2026, 5, 1), 9)], ids=["forward", "back", "plain"]
)
def test_a_night_in_which_the_clock_changes_ends_by_the_wall(day: tuple[int, int, int], hours: int) -> None:
    begin = datetime(*day, 22, tzinfo=ZoneInfo("Europe/Warsaw")).astimezone(UTC)
    assert not NIGHT.hold(begin - timedelta(minutes=1))
    assert NIGHT.hold(begin)
    assert NIGHT.hold(begin + timedelta(hours=hours) - timedelta(minutes=1))
    assert not NIGHT.hold(begin + timedelta(hours=hours))


@settings(max_examples=40)
@given(
    zone=st.sampled_from(ZONES), begins=st.times(), ends=st.times(),
    start=st.integers(0, 350 * 24 * 12).map(lambda step: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=5 * step)),
)  # fmt: skip
def test_whatever_the_clock_does_quiet_hours_begin_once_a_day_and_end(
    zone: str, begins: time, ends: time, start: datetime
) -> None:
    begins, ends = begins.replace(second=0, microsecond=0), ends.replace(second=0, microsecond=0)
    quiet = QuietHours(zone=zone, begins=begins, ends=ends)
    held = [quiet.hold(start + timedelta(minutes=5 * step)) for step in range(3 * 24 * 12)]
    beginnings = sum(not before and after for before, after in itertools.pairwise(held))
    assert beginnings <= 3
    if begins != ends:
        span = (datetime.combine(start, ends) - datetime.combine(start, begins)) % timedelta(days=1)
        if span < timedelta(hours=20):
            assert not all(held)


@settings(max_examples=40)
@given(
    arrivals=st.lists(st.tuples(st.integers(0, 2_000), st.booleans(), st.integers(30, 3_000)), max_size=25),
    group=st.integers(1, 30), begins=st.integers(0, 23), hours=st.integers(0, 12), zone=st.sampled_from(ZONES),
    start=st.sampled_from([datetime(2026, 3, 28, 9, tzinfo=UTC), datetime(2026, 10, 24, 9, tzinfo=UTC), NOON]),
)  # fmt: skip
def test_each_case_is_told_once_and_one_that_waits_long_enough_always(
    arrivals: list[tuple[int, bool, int]], group: int, begins: int, hours: int, zone: str, start: datetime
) -> None:
    quiet = QuietHours(zone=zone, begins=time(begins), ends=time((begins + hours) % 24)) if hours else None
    desk = channel(group_minutes=group, quiet=quiet)
    told: list[str] = []
    sent: list[datetime] = []
    for minute in range(0, 4_200, 5):
        now = start + timedelta(minutes=minute)
        waiting = [
            one(f"c{place}", minor=minor, due=start + timedelta(days=9))
            for place, (came, minor, stays) in enumerate(arrivals)
            if came <= minute < came + stays
        ]
        if not waiting:
            continue
        found = to_tell(desk, waiting, told=frozenset(told), last_at=sent[-1] if sent else None, now=now)
        if found:
            if quiet is not None and quiet.hold(now):
                assert all(case.minor for case in found)
            told += [case.key for case in found]
            sent.append(now)
    assert len(told) == len(set(told)), "never twice"
    assert all(later - earlier >= timedelta(minutes=group) for earlier, later in itertools.pairwise(sent))
    for place, (came, _, stays) in enumerate(arrivals):
        if came + stays <= 4_200 and stays > 24 * 60:
            assert f"urgent#c{place}" in told, "never not at all"


def test_a_digest_is_sent_once_a_local_day_from_its_hour_on() -> None:
    desk = channel(zone="Europe/Warsaw", digest_at=time(8))
    before, at = datetime(2026, 3, 2, 6, 59, tzinfo=UTC), datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
    assert digest_day(desk, last=None, now=before) is None
    day = digest_day(desk, last=None, now=at)
    assert day is not None
    assert digest_day(desk, last=day, now=at + timedelta(hours=9)) is None
    assert digest_day(desk, last=day, now=at + timedelta(days=1)) is not None
    assert digest_day(channel(), last=None, now=at) is None


def test_a_channel_is_read_back_as_it_was_kept() -> None:
    kept = channel(quiet=NIGHT, digest_at=time(8, 30), breaks=frozenset({"overdue"}), language="uk", zone="Europe/Kyiv")
    assert Channel.from_dict(kept.to_dict()) == kept
