"""Filters of the queue, as an address or a form states them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, get_args

from functions.console.queue_view import FILTERS, SHOWN_QUEUES, SHOWN_TIERS
from screening.posts.post import PostKind
from screening.values.result import ConcernType
from screening.workflows.case_queue import QueueFilters

_ALLOWED: Mapping[str, Callable[[str], bool]] = {
    "queue": SHOWN_QUEUES.__contains__,
    "tier": SHOWN_TIERS.__contains__,
    "concern": get_args(ConcernType).__contains__,
    "kind": get_args(PostKind).__contains__,
    "language": lambda value: re.fullmatch(r"[a-z]{2,3}", value, re.ASCII) is not None,
    "country": lambda value: re.fullmatch(r"[A-Z]{2}", value, re.ASCII) is not None,
    "platform": lambda value: 0 < len(value) <= 100,
}


def filters_from(value_of: Callable[[str], str]) -> tuple[dict[str, str], QueueFilters]:
    """The filters that are set, by name, and the same as the queue takes them; what is no filter's value is left out."""
    chosen = {name: value for name in FILTERS if (value := value_of(name)) and _ALLOWED[name](value)}
    fields: dict[str, Any] = dict(chosen)
    return chosen, QueueFilters(**fields, everything=value_of("all") == "1")
