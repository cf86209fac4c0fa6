"""Humane limits: when a person should rest, and how many severe texts they should still be shown today.

Nothing is forbidden by it: the console says so and offers other cases. It is computed for the person alone, for their own
eyes; nobody else's page holds it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureLimits:
    """`work` then `rest`: Directive 90/270/EEC art. 7 asks for periodic breaks without a figure; 5 to 10 minutes after 50 to 60
    is the British guidance on it (HSE, L26, on regulation 4). No source gives a number of severe texts that does no harm:
    `severe_a_day` is a default to be agreed with the team, and each person may ask for less.
    """

    work: timedelta = timedelta(minutes=50)
    rest: timedelta = timedelta(minutes=10)
    severe_a_day: int = 20


@dataclass(frozen=True, slots=True)
class View:
    """A text that the person opened; `severe` as in `Case.severe`.

    `text` names what was read: the same name again is the same text read twice. "" where it isn't known: a text of its own.
    """

    at: datetime
    severe: bool
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """`minutes_since_break` is the work since the last rest, 0 while the person rests or before they began.

    `rest_until` is set where a break is due: when it is over, if nothing more is opened until then.
    """

    severe_seen: int
    severe_left: int
    minutes_since_break: float
    break_due: bool
    breaks: int  # pauses of `limits.rest` or more between two views today
    rest_until: datetime | None


def exposure(views: Iterable[View], *, now: datetime, limits: ExposureLimits | None = None) -> Exposure:
    """From a person's views today, in any order. A pause of `limits.rest` or more between two views is a break.

    A text that is opened again costs nothing of the share: what is read twice was hard to read once.
    """
    limits = limits or ExposureLimits()
    seen = sorted((view for view in views if view.at <= now), key=lambda view: view.at)
    severe = len(severe_texts(seen)) + sum(view.severe and not view.text for view in seen)
    worked = _worked([view.at for view in seen], now, limits.rest)
    due = worked >= limits.work
    return Exposure(
        severe_seen=severe,
        severe_left=max(0, limits.severe_a_day - severe),
        minutes_since_break=worked / timedelta(minutes=1),
        break_due=due,
        breaks=sum(later.at - earlier.at >= limits.rest for earlier, later in pairwise(seen)),
        rest_until=seen[-1].at + limits.rest if due else None,
    )


def severe_texts(views: Iterable[View]) -> frozenset[str]:
    """The names of the severe texts among what a person opened."""
    return frozenset(view.text for view in views if view.severe and view.text)


def _worked(moments: list[datetime], now: datetime, rest: timedelta) -> timedelta:
    began = later = now
    for moment in reversed(moments):
        if later - moment >= rest:
            break
        began = later = moment
    return now - began
