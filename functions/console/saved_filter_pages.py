"""A person's own filters of the queue: shown above it, kept, deleted, or begun with."""

from __future__ import annotations

from dataclasses import dataclass

from chalice.app import Response

from functions.console.app import routes, session, to_sign_in
from functions.console.pages import address, redirect
from functions.console.queue_filters import Asked, asked_from, filters_from
from functions.console.session import FORM_TYPES
from screening.aws.wiring import console as wiring
from screening.cases.saved_filters import LONGEST_NAME, MOST_SAVED, SavedFilter, SavedFilters
from screening.fields import Fields
from screening.workflows.case_lists import QueueView

BEGINNING = frozenset({"team", "lang"})
"""An address that holds no more than this asks for the queue as such: the default filter is begun with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedRow:
    """`count`: how many of the queue's cases it would show; None where that would take another reading of the queue."""

    name: str
    query: tuple[tuple[str, str], ...]
    default: bool
    chosen: bool
    count: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPart:
    rows: tuple[SavedRow, ...]
    room: bool
    longest_name: int = LONGEST_NAME


def begins_with(saved: SavedFilters) -> Asked | None:
    """The person's default, where the address asks for nothing of its own."""
    one = saved.beginning
    if one is None or set(routes.request.query_params or ()) - BEGINNING:
        return None
    return _asked(one)


def saved_part(saved: SavedFilters, asked: Asked, found: QueueView) -> SavedPart:
    """Counted is what was read anyway: an unfiltered list of what waits, where that is all of it."""
    whole = found.whole if not asked.chosen and found.name == "waiting" and not found.more else None
    rows = tuple(
        SavedRow(
            name=one.name, query=(("team", one.team), *one.chosen, ("list", "waiting")), default=one.begins,
            chosen=dict(one.chosen) == asked.chosen,
            count=None if whole is None else sum(map(_asked(one).filters.fit, whole)),
        )
        for one in saved.filters
    )  # fmt: skip
    return SavedPart(rows=rows, room=len(saved.filters) < MOST_SAVED)


@routes.add("/console/filters", "POST", content_types=FORM_TYPES, on_error=to_sign_in("sign-in"))
def change_filters() -> Response:
    person, form = session.person(), Fields(session.form(), "form")
    what = form.choice("do", ("save", "delete", "default", "no_default"))
    team, name = form.text("team", limit=100), form.text("name", limit=LONGEST_NAME, empty=True).strip()
    sent = form.text
    chosen, _ = filters_from(lambda field: sent(field, limit=100, empty=True) if form.has(field) else "")
    if what == "save":
        wiring.saved_filters().save(person, team, name, chosen)
    elif what == "delete":
        wiring.saved_filters().delete(person, team, name)
    else:
        wiring.saved_filters().begin_with(person, team, name if what == "default" else "")
    return redirect(address("../console", {"team": team, **chosen, "list": "waiting", "told": "filters"}))


def _asked(one: SavedFilter) -> Asked:
    return asked_from(lambda name: dict(one.chosen).get(name, ""))
