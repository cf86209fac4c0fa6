"""A campaign drawn as SVG: what its posts share in the middle, the posts around, and when they appeared below."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from screening.counted import counted
from screening.links.campaign_view import CampaignView
from screening.links.member import Member, day_text

MOST_POSTS = 60
"""Circles drawn; of a larger campaign the first by day are, and the caption says so."""
MOST_HUBS = 12
WIDTH, HEIGHT = 640, 420
_MIDDLE_X, _MIDDLE_Y = WIDTH / 2, HEIGHT / 2
_OUTER_X, _OUTER_Y, _INNER_X, _INNER_Y = 285, 185, 140, 90
_TIME_WIDTH, _TIME_HEIGHT = 640, 90
_MOST_BARS = 60


@dataclass(frozen=True, slots=True)
class Circle:
    x: float
    y: float
    radius: float
    css: str
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Graph:
    circles: tuple[Circle, ...]
    lines: tuple[Line, ...]
    title: str
    left_out: int  # posts that aren't drawn


def graph_of(view: CampaignView) -> Graph:
    """Posts on an ellipse by day, each joined to what it shares with others."""
    members = view.campaign.members[:MOST_POSTS]
    posts = [_on_ellipse(place, len(members), _OUTER_X, _OUTER_Y) for place in range(len(members))]
    hubs = [hub for hub in view.hubs if sum(place < len(members) for place in hub.posts) > 1][:MOST_HUBS]
    circles, lines = [], []
    for number, hub in enumerate(hubs):
        x, y = (_MIDDLE_X, _MIDDLE_Y) if len(hubs) == 1 else _on_ellipse(number, len(hubs), _INNER_X, _INNER_Y)
        drawn = [place for place in hub.posts if place < len(members)]
        lines += [Line(x, y, *posts[place]) for place in drawn]
        name = "the same or nearly the same text" if hub.kind == "text" else f"one {hub.kind}"
        circles.append(Circle(x, y, 9 + min(len(drawn), 20) / 2, "wording" if hub.kind == "text" else "contact",
                              f"{name} in {len(hub.posts)} posts"))  # fmt: skip
    names = {name: number for number, name in enumerate(dict.fromkeys(m.employer for m in members if m.employer))}
    for (x, y), member in zip(posts, members, strict=True):
        css = f"name{names[member.employer] % 6}" if member.employer else "unnamed"
        circles.append(Circle(x, y, 7, css, _post_label(member, names)))
    title = (
        f"{view.campaign.size} posts and {counted(len(hubs), 'contact or text', 'contacts or texts')} that they share"
    )
    return Graph(tuple(circles), tuple(lines), title, view.campaign.size - len(members))


def _post_label(member: Member, names: dict[str, int]) -> str:
    name = f"employer {names[member.employer] + 1}" if member.employer else "no employer named"
    day = day_text(member.day) if member.dated else "undated"
    return ", ".join(part for part in (f"{member.platform}/{member.id}"[:80], day, name, member.country) if part)


def _on_ellipse(place: int, count: int, width: float, height: float) -> tuple[float, float]:
    angle = 2 * math.pi * place / max(count, 1) - math.pi / 2
    return round(_MIDDLE_X + width * math.cos(angle), 1), round(_MIDDLE_Y + height * math.sin(angle), 1)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars of posts per day, week or longer; None of it for posts without dates."""

    bars: tuple[tuple[float, float, float, float, str], ...]  # x, y, width, height, label
    first: str
    last: str
    days: int  # of a bar


def timeline_of(members: Sequence[Member]) -> Timeline | None:
    days = [member.day for member in members if member.dated]
    if not days or len(set(days)) < 2:
        return None
    span = max(days) - min(days) + 1
    step = max(1, -(-span // _MOST_BARS))
    counts = Counter((day - min(days)) // step for day in days)
    number, most = -(-span // step), max(counts.values())
    width = _TIME_WIDTH / number
    bars = []
    for place, count in sorted(counts.items()):
        height = round(_TIME_HEIGHT * count / most, 1)
        label = f"{day_text(min(days) + place * step)}: {count}"
        bars.append(
            (round(place * width, 1), round(_TIME_HEIGHT - height, 1), round(max(width - 1, 1), 1), height, label)
        )
    return Timeline(tuple(bars), day_text(min(days)), day_text(max(days)), step)
