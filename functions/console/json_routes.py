"""The console's work as JSON, for programs with a bearer token."""

from __future__ import annotations

import re
from typing import Any, get_args

from chalice.app import Response

from functions.console.app import routes, session
from functions.console.decision_fields import decide_from
from functions.console.queue_filters import asked_from
from screening.aws.http import json_answer
from screening.aws.wiring import console as wiring
from screening.aws.wiring.parts import CLOCK
from screening.cases.assigning import assigned_to
from screening.cases.case import Case
from screening.cases.comments import ToldComment
from screening.cases.decisions import seen_blind
from screening.cases.ledger import LedgerEntry
from screening.cases.people import MAY_SEE_WHO, Person
from screening.errors import PermanentError
from screening.fields import Fields, rfc3339
from screening.posts.serialise import post_to_dict
from screening.values.evidence import listed_place
from screening.values.result import Tier
from screening.workflows.archive_object import day_of
from screening.workflows.case_queue import shown_tier
from screening.workflows.case_reading import without_what_was_said

JSON_PAGE = 100
MARKING = frozenset({"queue", "tier", "due_at", "golden", "versions"})
"""What a ledger entry about a post's news says of the sample, or of a case shown to measure; an auditor reads it, to verify."""
OF_KNOWN_CASES = frozenset({"golden_proposed", "golden_confirmed", "golden_retired"})
"""Entries that say which case's right answer is known: who might be shown it reads none of them."""
NAMING = OF_KNOWN_CASES | {"commented", "assigned"}
"""Left out for who isn't told names as well: the entries of comments, which are told under "comments" in place of that, and of
assignments."""
DAY = re.compile(r"day=[0-9-]{10}", re.ASCII)


@routes.add("/v1/cases", "GET")
def list_cases() -> Response:
    """A list of cases as the page takes it, a hundred a page. What isn't understood is refused: a program would not read a note."""
    person = session.bearer()
    asked = asked_from(routes.query, routes.request.query_params or ())
    if asked.unknown:
        raise PermanentError(f"request: not understood: {', '.join(asked.unknown)}")
    view = wiring.list_cases()(
        person, routes.query("team"), asked.filters, name=asked.name, page=asked.page, limit=JSON_PAGE
    )
    return json_answer({
        "cases": [shown(case, person) for case in view.cases], "beyond": view.beyond, "page": view.page,
        "pages": view.pages, "total": len(view.whole) + view.beyond, "more": view.more,
    })  # fmt: skip


@routes.add("/v1/case", "GET")
def read_case() -> Response:
    person = session.bearer()
    view = wiring.read_case()(person, routes.query("id"), show_severe=routes.query("show") == "1")
    return json_answer({
        "case": shown(view.case, person), "actions": list(view.actions), "post": post_to_dict(view.post) if view.post else None,
        "assessment": view.assessment and strongest_first(undated(unmarked(view.assessment))), "text_hidden": view.text_hidden,
        "ledger": [
            told(entry, person) for entry in view.ledger if entry.kind not in NAMING or person.roles & MAY_SEE_WHO
        ],
        "comments": [] if view.text_hidden else [comment_told(one) for one in view.comments],
        "ledger_faults": list(view.ledger_faults),
    })  # fmt: skip


@routes.add("/v1/decisions", "POST")
def decide_as_json() -> Response:
    person = session.bearer()
    return json_answer({"case": shown(decide_from(routes.json_body(), person), person)})


@routes.add("/v1/second-looks", "POST")
def second_look_as_json() -> Response:
    person, body = session.bearer(), Fields(routes.json_body(), "second look")
    case = wiring.decide_case().second_look(
        body.text("case"), person, revision=body.integer("revision"), agrees=body.flag("agrees"),
        reason=body.text_or_none("reason", limit=4_000) or "",
    )  # fmt: skip
    return json_answer({"case": shown(case, person)})


@routes.add("/v1/recalls", "POST")
def recall_as_json() -> Response:
    person, body = session.bearer(), Fields(routes.json_body(), "recall")
    referral = wiring.recall_referral()(person, body.text("referral"), body.text("reason", limit=4_000))
    return json_answer({"referral": referral.id, "state": referral.state})


def shown(case: Case, person: Person) -> dict[str, Any]:
    """A case as this person may see it: what it owes the world is machinery, what was drawn for a sample or a second
    review stays unmarked, and who judges blind isn't told what a colleague said."""
    hidden = ("outbox", "audit_probability", "second_review", "events", "known", "golden", "asked", "assigned")
    told_case = without_what_was_said(case) if seen_blind(case, person) else case
    seen = told_case.to_dict() | {"asks_senior": told_case.asks_senior, "assigned_to": _assigned(told_case, person)}
    seen |= {
        "queue": "review" if case.queue == "audit" else case.queue,
        "highest_tier": shown_tier(case.highest_tier),
        "history": [line | {"detail": _without_tier(line["detail"])} for line in seen["history"]],
    }
    if case.golden is not None and seen["archive"]:
        seen["archive"] = seen["archive"] | {"key": DAY.sub(f"day={day_of(case.seq)}", seen["archive"]["key"])}
    return {name: value for name, value in undated(unmarked(seen)).items() if name not in hidden}


def _assigned(case: Case, person: Person) -> str | None:
    """Whom the case waits for: the id where this person is told it, else "colleague"; None for everybody."""
    to = assigned_to(case, CLOCK.now())
    return to if to is None or to == person.actor or person.roles & MAY_SEE_WHO else "colleague"


def comment_told(one: ToldComment) -> dict[str, Any]:
    return {
        "at": rfc3339(one.at), "role": one.role, "actor": one.actor, "own": one.own, "words": one.words, "asks": one.asks,
        "handed": one.handed,
    }  # fmt: skip


def undated(told: dict[str, Any]) -> dict[str, Any]:
    """Without the versions it was read with: they would say how long ago that was, and so which case is shown to measure."""
    return {name: value for name, value in told.items() if name != "versions"}


def unmarked(told: dict[str, Any]) -> dict[str, Any]:
    """Without its rank, and with the tiers that the console shows: they lie lower where an offer was drawn."""
    kept = {name: value for name, value in told.items() if name != "rank"}
    for name in ("concerns", "members"):
        if name in kept:
            kept[name] = [one | {"tier": shown_tier(one["tier"])} for one in kept[name]]
    return kept | {"tier": shown_tier(told["tier"])}


def strongest_first(assessment: dict[str, Any]) -> dict[str, Any]:
    """Its evidence in the order of the page: the strongest first, those of one strength in the order of the text."""
    return assessment | {
        "evidence": sorted(assessment["evidence"], key=lambda e: listed_place(state=e["state"], strength=e["strength"]))
    }


def told(entry: LedgerEntry, person: Person) -> dict[str, Any]:
    shown_entry = entry.to_dict()
    if entry.payload is not None and "auditor" not in person.roles:
        shown_entry["payload"] = {name: value for name, value in entry.payload.items() if name not in MARKING}
    return shown_entry


def _without_tier(detail: str) -> str:
    return "" if set(detail.replace(">", " ").split()) & set(get_args(Tier)) else detail
