"""What the queue page shows: rows in words and figures that the template only lays out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import get_args

from screening.cases.case import Case
from screening.cases.people import MAY_WORK, Person
from screening.posts.post import PostKind
from screening.values.result import ConcernType

SHOWN_TIERS = ("urgent", "review", "inconclusive")
"""An offer of the audit sample is of a lower tier and reads `review`, which is what it waits for: it stays unmarked."""
SHOWN_QUEUES = ("review", "reports", "inconclusive", "appeals")
FILTERS = ("queue", "tier", "concern", "kind", "language", "country", "platform")
_GROUPS = {
    "queue": "queue_name",
    "tier": "tier",
    "concern": "concern",
    "kind": "kind",
    "language": "language",
    "country": "",
    "platform": "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """`left` is seconds until it is due, or since then where `overdue`. `held`: "", "mine" or "others"."""

    case: str
    tier: str
    concerns: tuple[str, ...]
    kind: str
    place: str  # "UA → PL", "PL", or ""
    language: str | None
    posts: int
    platform: str
    due_at: datetime
    left: float
    overdue: bool
    act_by: date | None = None
    held: str = ""
    remarks: tuple[str, ...] = ()  # names of texts under "remark."

    @property
    def short(self) -> str:
        return self.case[:8]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookRow:
    """A notice to an authority that went out on one person's word, and waits for this person's second look."""

    case: str
    platform: str
    partner: str  # id
    due_at: datetime
    left: float
    overdue: bool

    @property
    def short(self) -> str:
        return self.case[:8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """`group` names the texts of its values; "" where they are shown as they are."""

    name: str
    group: str
    values: tuple[str, ...]
    chosen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    team: str
    teams: tuple[str, ...]
    rows: tuple[QueueRow, ...]
    filters: tuple[Filter, ...]
    chosen: tuple[tuple[str, str], ...]  # team and filters as they are sent on with the next request
    filtered: int  # how many filters are set
    budget: int | None
    decided_today: int
    beyond: int
    break_due: bool
    breaks: int
    severe_left: int | None
    may_work: bool
    looks: tuple[LookRow, ...] = ()

    @property
    def overdue(self) -> int:
        return sum(row.overdue for row in self.rows)


def queue_page(
    cases: Iterable[Case], person: Person, team: str, *, chosen: dict[str, str], mine: frozenset[str] = frozenset(),
    leased: frozenset[str] = frozenset(), skipped: frozenset[str] = frozenset(), budget: int | None = None, decided_today: int = 0, beyond: int = 0,
    break_due: bool = False, breaks: int = 0, severe_left: int | None = None, looks: Iterable[Case] = (), now: datetime,
) -> QueuePage:  # fmt: skip
    """Args:
    chosen: the filters set, by name; those that aren't are left out or empty.
    mine: ids of cases that this person took; `leased`, of those that others did.
    looks: cases whose notice waits for this person's second look.
    """
    rows = tuple(queue_row(case, mine=mine, leased=leased, skipped=skipped, now=now) for case in cases)
    set_ = tuple((name, chosen[name]) for name in FILTERS if chosen.get(name))
    return QueuePage(
        team=team, teams=tuple(sorted(person.teams)), rows=rows, filters=tuple(_filters(rows, chosen)),
        chosen=(("team", team), *set_), filtered=len(set_), budget=budget, decided_today=decided_today, beyond=beyond,
        break_due=break_due, breaks=breaks, severe_left=severe_left, may_work=bool(person.roles & MAY_WORK),
        looks=tuple(look for case in looks for look in _looks(case, person, now)),
    )  # fmt: skip


def queue_row(
    case: Case, *, mine: frozenset[str], leased: frozenset[str], skipped: frozenset[str] = frozenset(), now: datetime
) -> QueueRow:  # fmt: skip
    left = (case.due_at - now).total_seconds()
    held = "mine" if case.case in mine else "others" if case.case in leased else ""
    remarks = (
        "child_notice" if case.child_notice else "",
        f"held_{held}" if held else "",
        "skipped" if case.case in skipped else "",
        case.state if case.state in ("second_look", "escalated") else "",
        "appeal" if case.appeal else "",
        "withdrawn" if case.post_withdrawn else "",
        "severe" if case.severe else "",
    )
    return QueueRow(
        case=case.case, tier=shown_tier(case.tier), concerns=tuple(concern.type for concern in case.concerns),
        kind=case.kind, place=shown_place(case.corridor, case.work_country), language=case.language,
        posts=case.member_count + 1, platform=case.platform, due_at=case.due_at, left=left, overdue=left < 0,
        act_by=case.act_by, held=held, remarks=tuple(filter(None, remarks)),
    )  # fmt: skip


def _looks(case: Case, person: Person, now: datetime) -> Iterable[LookRow]:
    for made in case.decisions:
        if made.second_look_by is not None and made.looked_at is None and person.actor not in made.actors:
            left = (made.second_look_by - now).total_seconds()
            yield LookRow(
                case=case.case, platform=case.platform, partner=made.partner or "", due_at=made.second_look_by, left=left,
                overdue=left < 0,
            )  # fmt: skip


def shown_tier(tier: str) -> str:
    return tier if tier in SHOWN_TIERS else "review"


def shown_place(corridor: str | None, country: str | None) -> str:
    """`UA → PL` where it is known whom the offer aims at, else the country of work."""
    return corridor.replace(">", " → ") if corridor else country or ""


def _filters(rows: tuple[QueueRow, ...], chosen: dict[str, str]) -> Iterable[Filter]:
    """What may be chosen: fixed sets, and of languages, countries and platforms those that wait now and the chosen one."""
    seen = {
        "language": {row.language for row in rows if row.language},
        "country": {row.place.rpartition(" ")[2] for row in rows if row.place},
        "platform": {row.platform for row in rows},
    }
    fixed = {
        "queue": SHOWN_QUEUES,
        "tier": SHOWN_TIERS,
        "concern": get_args(ConcernType),
        "kind": get_args(PostKind),
    }
    for name in FILTERS:
        now = chosen.get(name, "")
        values = fixed[name] if name in fixed else tuple(sorted(seen[name] | ({now} if now else set())))
        yield Filter(name=name, group=_GROUPS[name], values=values, chosen=now)
