"""What the queue page shows: rows in words and figures that the template only lays out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import get_args

from functions.console.marked_text import visible
from screening.cases.assigning import assigned_to
from screening.cases.batch import MAY_DECIDE_MANY
from screening.cases.case import Case
from screening.cases.decisions import decision_to_recheck
from screening.cases.people import MAY_WORK, Person
from screening.posts.post import PostKind
from screening.values.result import ConcernType
from screening.workflows.case_excerpts import Excerpt, StatedAmount
from screening.workflows.case_lists import ListName

SHOWN_TIERS = ("urgent", "review", "inconclusive")
"""An offer of the audit sample is of a lower tier and reads `review`, which is what it waits for: it stays unmarked."""
SHOWN_QUEUES = ("review", "reports", "inconclusive", "appeals")
SIGNS_SHOWN = 3
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
    """`left` is seconds until it is due, or since then where `overdue`. `held`: "", "mine" or "others".

    `sentence` and `title` are of the post; `veiled` and `title_veiled`: shown when asked for. `signs` are indicators, the
    strongest first, `more_signs` counts those left out. `decided` is the newest action, "" where the case waits.
    """

    case: str
    tier: str
    title: str
    title_veiled: bool
    sentence: str
    veiled: bool
    signs: tuple[str, ...]
    more_signs: int
    pay: StatedAmount | None
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
    decided: str = ""
    decided_at: datetime | None = None
    pickable: bool = False  # for a batch; what is to be judged blind looks like any other, and is left out there

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
    """A page of a list. `total` counts the whole list, `more` says that there are more than were counted; `overdue` is of all."""

    team: str
    teams: tuple[str, ...]
    name: ListName
    query: str  # what is searched for; "" where the page shows a list
    unknown: tuple[str, ...]
    rows: tuple[QueueRow, ...]
    total: int
    more: bool
    overdue: int
    page: int
    pages: int
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
    decides: bool = False

    @property
    def may_batch(self) -> bool:
        """Whether cases of this page may be chosen to be decided together."""
        return self.decides and any(row.pickable for row in self.rows)

    @property
    def counted(self) -> str:
        """The texts that say how many cases the list has."""
        return f"list.count.{self.name}"

    @property
    def set_filters(self) -> tuple[tuple[str, str], ...]:
        """The filters as a case's address carries them, so that the next case is one of this list."""
        return tuple(pair for pair in self.chosen if pair[0] in FILTERS)

    @property
    def list_query(self) -> tuple[tuple[str, str], ...]:
        """Team, filters and list, as links to other pages of it carry them."""
        return (*self.chosen, *((("list", self.name),) if self.name != "waiting" else ()))

    @property
    def near(self) -> tuple[int, ...]:
        """The pages that are linked by number: the first, the last, and those around this one. 0 stands for a gap."""
        linked = sorted({1, self.pages, *range(max(1, self.page - 2), min(self.pages, self.page + 2) + 1)})
        numbers: list[int] = []
        for number in linked:
            if numbers and number - numbers[-1] > 1:
                numbers.append(0)
            numbers.append(number)
        return tuple(numbers)


def queue_page(
    cases: Iterable[Case], person: Person, team: str, *, chosen: dict[str, str], mine: frozenset[str] = frozenset(),
    leased: frozenset[str] = frozenset(), skipped: frozenset[str] = frozenset(), budget: int | None = None, decided_today: int = 0, beyond: int = 0,
    break_due: bool = False, breaks: int = 0, severe_left: int | None = None, looks: Iterable[Case] = (), now: datetime,
    whole: Iterable[Case] | None = None, more: bool = False, page: int = 1, pages: int = 1, name: ListName = "waiting",
    query: str = "", unknown: tuple[str, ...] = (), excerpts: Mapping[str, Excerpt] | None = None,
) -> QueuePage:  # fmt: skip
    """Args:
    cases: those of the page; `whole`, of the list.
    chosen: the filters set, by name; those that aren't are left out or empty.
    mine: ids of cases that this person took; `leased`, of those that others did.
    looks: cases whose notice waits for this person's second look.
    excerpts: words of the posts, by case.
    """
    known, shown = excerpts or {}, tuple(cases)
    listed = shown if whole is None else tuple(whole)
    rows = tuple(
        queue_row(
            case, mine=mine, leased=leased, skipped=skipped, now=now, excerpt=known.get(case.case),
            told=decision_to_recheck(case, person) is None, assigned=_assigned(case, person, now),
        )
        for case in shown
    )  # fmt: skip
    set_ = tuple((filter_, chosen[filter_]) for filter_ in FILTERS if chosen.get(filter_))
    return QueuePage(
        team=team, teams=tuple(sorted(person.teams)), name=name, query=query, unknown=unknown, rows=rows,
        total=len(listed) + beyond, more=more, overdue=sum(case.is_open and case.due_at < now for case in listed),
        page=page, pages=pages, filters=tuple(_filters(listed, chosen)),
        chosen=(("team", team), *set_), filtered=len(set_), budget=budget, decided_today=decided_today, beyond=beyond,
        break_due=break_due, breaks=breaks, severe_left=severe_left, may_work=bool(person.roles & MAY_WORK),
        looks=tuple(look for case in looks for look in _looks(case, person, now)),
        decides=bool(person.roles & MAY_DECIDE_MANY) and name != "decided",
    )  # fmt: skip


def queue_row(
    case: Case, *, mine: frozenset[str], leased: frozenset[str], skipped: frozenset[str] = frozenset(), now: datetime,
    excerpt: Excerpt | None = None, told: bool = True, assigned: str = "",
) -> QueueRow:  # fmt: skip
    """Args:
    assigned: "mine" or "others" where it is assigned to somebody.
    told: whether this person may know what was decided: not who is to judge it blind.
    """
    left = (case.due_at - now).total_seconds()
    held = "mine" if case.case in mine else "others" if case.case in leased else ""
    distressing = case.severe or (excerpt is not None and excerpt.distressing)
    remarks = (
        "child_notice" if case.child_notice else "",
        f"held_{held}" if held else "",
        f"assigned_{assigned}" if assigned else "",
        "skipped" if case.case in skipped else "",
        case.state if case.state in ("second_look", "escalated") else "",
        "asks_senior" if case.asks_senior else "",
        "appeal" if case.appeal else "",
        "withdrawn" if case.post_withdrawn else "",
        "severe" if distressing else "",
    )
    signs = excerpt.signs if excerpt else ()
    made = case.decision if case.state == "decided" and told else None
    return QueueRow(
        case=case.case, tier=shown_tier(case.tier), title=visible(excerpt.title) if excerpt else "",
        title_veiled=excerpt is not None and excerpt.title_distressing, sentence=visible(excerpt.sentence) if excerpt else "",
        veiled=distressing, signs=signs[:SIGNS_SHOWN], more_signs=max(0, len(signs) - SIGNS_SHOWN),
        pay=excerpt.pay if excerpt else None, kind=case.kind, place=shown_place(case.corridor, case.work_country),
        language=case.language, posts=case.member_count + 1, platform=case.platform, due_at=case.due_at, left=left,
        overdue=left < 0, act_by=case.act_by, held=held, remarks=tuple(filter(None, remarks)),
        decided=made.action if made else "", decided_at=made.decided_at if made else None,
        pickable=made is None and "others" not in (held, assigned) and case.appeal is None and case.state not in ("second_look", "escalated", "merged"),
    )  # fmt: skip


def _assigned(case: Case, person: Person, now: datetime) -> str:
    to = assigned_to(case, now)
    return "" if to is None else "mine" if to == person.actor else "others"


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


def _filters(cases: tuple[Case, ...], chosen: dict[str, str]) -> Iterable[Filter]:
    """What may be chosen: fixed sets, and of languages, countries and platforms those of the list and the chosen one."""
    seen = {
        "language": {case.language for case in cases if case.language},
        "country": {case.work_country for case in cases if case.work_country},
        "platform": {case.platform for case in cases},
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
