"""A campaign's own page: what its texts share and where they differ, when its posts came, and which they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from functions.console.marked_text import visible
from screening.cases.case import Case
from screening.links.template_view import Part, template_of

MOST_BARS = 60
COMPARED_TEXTS = 24
"""Texts that the template is made of: aligning each takes some milliseconds, and the page has a second in all."""
TIMELINE_WIDTH, TIMELINE_HEIGHT = 600, 80
WIDEST_BAR = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    platform: str
    post_id: str
    kind: str
    at: datetime
    withdrawn: bool
    leads: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """`day` is the first of the days it counts; place and size in the picture's units."""

    day: date
    count: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    bars: tuple[Bar, ...]
    first: date | None
    last: date | None
    most: int
    counted: int = 0  # posts in it
    width: int = TIMELINE_WIDTH
    height: int = TIMELINE_HEIGHT


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplatePart:
    """Common words, or a slot (`number` from 1) with the words that fill it most often."""

    text: str
    number: int = 0
    fillings: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignPage:
    case: str
    campaign: str
    size: int
    members: tuple[MemberRow, ...]
    timeline: Timeline
    parts: tuple[TemplatePart, ...]
    texts: int  # how many the template was made of
    facts: tuple[tuple[str, tuple[str, ...]], ...]  # (name of a text under "fact.", values)
    severe: bool  # the wording is shown on a click

    @property
    def short(self) -> str:
        return self.campaign[:8]

    @property
    def slots(self) -> tuple[TemplatePart, ...]:
        return tuple(part for part in self.parts if part.number)


def campaign_page(case: Case, texts: Sequence[str], posted: Sequence[datetime] = ()) -> CampaignPage:
    """Args:
    texts: of the case's posts, the leading one's first; those that can't be read are left out.
    posted: when its posts were published, as far as known; else the days on which they joined stand for it.
    """
    members = member_rows(case)
    compared = [visible(text) for text in texts[:COMPARED_TEXTS]]
    days = [moment.astimezone(UTC).date() for moment in posted or [member.at for member in members]]
    facts = (
        ("platforms", tuple(sorted({member.platform for member in members}))),
        ("countries", (case.work_country,) if case.work_country else ()),
    )
    return CampaignPage(
        case=case.case, campaign=case.campaign or case.case, size=case.member_count + 1, members=members,
        timeline=timeline_of(days), parts=tuple(_numbered(template_of(compared))), texts=len(compared),
        facts=tuple((name, values) for name, values in facts if values), severe=case.severe,
    )  # fmt: skip


def member_rows(case: Case) -> tuple[MemberRow, ...]:
    """The leading post first, then the others as they joined."""
    leading = MemberRow(
        platform=case.platform, post_id=visible(case.post_id), kind=case.kind, at=case.opened_at,
        withdrawn=case.post_withdrawn, leads=True,
    )  # fmt: skip
    others = (
        MemberRow(
            platform=one.platform, post_id=visible(one.post_id), kind=one.kind, at=one.joined_at,
            withdrawn=one.withdrawn,
        )
        for one in sorted(case.members, key=lambda member: (member.joined_at, member.key))
    )  # fmt: skip
    return (leading, *others)


def timeline_of(days: Sequence[date]) -> Timeline:
    """Posts by day, or by as many days together as fit into `MOST_BARS`."""
    if not days:
        return Timeline(bars=(), first=None, last=None, most=0)
    first, last = min(days), max(days)
    together = -(-((last - first).days + 1) // MOST_BARS)
    slots = (last - first).days // together + 1
    counted = Counter((day - first).days // together for day in days)
    most = max(counted.values())
    wide = TIMELINE_WIDTH / slots
    bars = tuple(
        Bar(
            day=date.fromordinal(first.toordinal() + slot * together), count=count, x=round(slot * wide, 2),
            y=round(TIMELINE_HEIGHT * (1 - count / most), 2), width=round(max(1.0, min(wide - 1, WIDEST_BAR)), 2),
            height=round(TIMELINE_HEIGHT * count / most, 2),
        )
        for slot, count in sorted(counted.items())
    )  # fmt: skip
    return Timeline(bars=bars, first=first, last=last, most=most, counted=len(days))


def _numbered(parts: Sequence[Part]) -> list[TemplatePart]:
    numbered, number = [], 0
    for part in parts:
        if part.is_slot:
            number += 1
            words = next((filling for filling, _ in part.fillings if filling), "")
            numbered.append(TemplatePart(text=words, number=number, fillings=part.fillings))
        else:
            numbered.append(TemplatePart(text=part.text))
    return numbered
