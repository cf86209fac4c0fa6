"""Filters of the queue, its lists, pages and search, as an address or a form states them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast, get_args

from functions.console.queue_view import FILTERS, SHOWN_QUEUES, SHOWN_TIERS
from screening.posts.post import PostKind
from screening.values.result import ConcernType
from screening.workflows.case_lists import ListName
from screening.workflows.case_queue import QueueFilters
from screening.workflows.find_cases import LONGEST_QUERY

OTHERS = frozenset({"team", "list", "page", "q", "all", "lang", "told", "after"})
"""What the queue's address may hold beside filters."""
_ALLOWED: Mapping[str, Callable[[str], bool]] = {
    "queue": SHOWN_QUEUES.__contains__,
    "tier": SHOWN_TIERS.__contains__,
    "concern": get_args(ConcernType).__contains__,
    "kind": get_args(PostKind).__contains__,
    "language": lambda value: re.fullmatch(r"[a-z]{2,3}", value, re.ASCII) is not None,
    "country": lambda value: re.fullmatch(r"[A-Z]{2}", value, re.ASCII) is not None,
    "platform": lambda value: 0 < len(value) <= 100,
}
_MOST_TOLD = 10
_LONGEST_TOLD = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What of the queue was asked for. `unknown` are "name=value" of what isn't understood, to be said so."""

    chosen: dict[str, str]
    filters: QueueFilters
    name: ListName = "waiting"
    page: int = 1
    query: str = ""
    unknown: tuple[str, ...] = ()


def asked_from(value_of: Callable[[str], str], names: Iterable[str] = ()) -> Asked:
    """Filters that are set, the list and its page.

    Args:
        names: all that the address holds, so that a filter that there isn't is told.
    """
    chosen = {name: value for name in FILTERS if (value := value_of(name)) and _ALLOWED[name](value)}
    fields: dict[str, Any] = dict(chosen)
    listed, page = value_of("list") or "waiting", value_of("page") or "1"
    numbered = page.isascii() and page.isdigit() and 0 < len(page) < 7 and int(page) > 0
    unknown = [f"{name}={value_of(name)}" for name in FILTERS if value_of(name) and name not in chosen]
    if listed not in get_args(ListName):
        unknown.append(f"list={listed}")
        listed = "waiting"
    if not numbered:
        unknown.append(f"page={page}")
    unknown += [f"{name}={value_of(name)}" for name in names if name not in OTHERS and name not in FILTERS]
    return Asked(
        chosen=chosen, filters=QueueFilters(**fields, everything=value_of("all") == "1"), name=cast("ListName", listed),
        page=int(page) if numbered else 1, query=value_of("q").strip()[:LONGEST_QUERY],
        unknown=tuple(part[:_LONGEST_TOLD] for part in dict.fromkeys(unknown))[:_MOST_TOLD],
    )  # fmt: skip


def filters_from(value_of: Callable[[str], str]) -> tuple[dict[str, str], QueueFilters]:
    """The filters that are set, by name, and the same as the queue takes them; what is no filter's value is left out."""
    asked = asked_from(value_of)
    return asked.chosen, asked.filters
