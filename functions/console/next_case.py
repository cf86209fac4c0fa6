"""From one case to the next: the box that says so and is remembered, the filters that are carried along, the last case."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from chalice.app import Response

from functions.console.app import CASE, routes, session
from functions.console.going_on import GoingOn
from functions.console.pages import address, redirect
from functions.console.queue_filters import filters_from
from functions.console.showing import A_YEAR
from screening.aws.wiring import console as wiring
from screening.cases.people import MAY_WORK, Person
from screening.errors import NotFoundError

NEXT = "next"
"""The field of the form, and the cookie that remembers it: it is kept by the server, so that it works without script."""


def going_on(person: Person) -> GoingOn:
    """As the address of the current page says; the last case is read where the page follows on one."""
    after = routes.query("after")
    chosen, _ = filters_from(routes.query)
    last = None
    if person.roles & MAY_WORK and CASE.fullmatch(after):
        with suppress(NotFoundError):
            last = wiring.go_on().last(person, after)
    return GoingOn(
        at_once=session.cookie(NEXT) != "no", filters=tuple(chosen.items()),
        last=last, break_due=routes.query("rest") == "1",
    )  # fmt: skip


def to_next(person: Person, team: str, form: Mapping[str, str], *, after: str, told: str) -> Response:
    """To the next case; where none is left, to the queue, which says so."""
    chosen, filters = filters_from(lambda name: form.get(name, ""))
    found = wiring.go_on()(person, team, filters)
    rest = "1" if found.break_due else ""
    if found.case is None:
        place = address("../console", {"team": team, **chosen, "after": after, "told": f"{told}_none_left"})
    else:
        told = told if told == "skipped" else ""
        place = address("case", {"id": found.case.case, **chosen, "after": after, "rest": rest, "told": told})
    return redirect(place, cookies=(remembered(at_once=True),))


def remembered(*, at_once: bool) -> str:
    """The cookie that keeps the box as it was left."""
    secure = "; Secure" if wiring.settings().cookie_secure else ""
    return f"{NEXT}={'yes' if at_once else 'no'}; Max-Age={A_YEAR}; Path=/; HttpOnly; SameSite=Lax{secure}"
