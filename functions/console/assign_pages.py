"""Assigning a case to a colleague, by form and as JSON."""

from __future__ import annotations

from chalice.app import Response

from functions.console.app import routes, session, to_sign_in
from functions.console.json_routes import shown as shown_case
from functions.console.pages import address, redirect
from functions.console.session import FORM_TYPES
from functions.console.showing import shown
from screening.aws.http import json_answer
from screening.aws.wiring import console as wiring
from screening.fields import Fields
from screening.workflows.records import Access


@routes.add("/console/assign", "GET", on_error=to_sign_in("sign-in"))
def show_colleagues() -> Response:
    """Those who could take the case. It is a page of its own, since only who assigns one waits for the directory of people."""
    person, case = session.person(), routes.query("id")
    colleagues = wiring.assign_case().colleagues(person, case)
    return shown("assign.html", person, nav="case", query=("id",), case=case, colleagues=colleagues)


@routes.add("/console/assign", "POST", content_types=FORM_TYPES, on_error=to_sign_in("sign-in"))
def assign() -> Response:
    """To a colleague; or the person takes it over (`take_over`), or gives it back to everybody (`release`)."""
    person, form = session.person(), Fields(session.form(), "form")
    case_id, use_case = form.text("case", limit=100), wiring.assign_case()
    step = form.choice("step", ("assign", "take_over", "release"))
    if step == "take_over":
        use_case.take_over(person, case_id)
        return redirect(address("case", {"id": case_id, "told": "taken_over"}))
    if step == "release":
        use_case.release(person, case_id)
        return redirect(address("case", {"id": case_id, "told": "unassigned"}))
    case = use_case(person, case_id, form.text("to", limit=100))
    return redirect(address("../console", {"team": case.team, "told": "assigned"}))


@routes.add("/v1/assignments", "GET")
def colleagues_as_json() -> Response:
    found = wiring.assign_case().colleagues(session.bearer(), routes.query("case"))
    return json_answer({"colleagues": [_told(one) for one in found]})


@routes.add("/v1/assignments", "POST")
def assign_as_json() -> Response:
    """`to` is a colleague's id, the person's own to take it over, or null: it waits for everybody again."""
    person, body = session.bearer(), Fields(routes.json_body(), "assignment")
    case_id, to, use_case = body.text("case", limit=100), body.text_or_none("to", limit=100), wiring.assign_case()
    if to is None:
        case = use_case.release(person, case_id)
    else:
        case = use_case.take_over(person, case_id) if to == person.actor else use_case(person, case_id, to)
    return json_answer({"case": shown_case(case, person)})


def _told(one: Access) -> dict[str, object]:
    return {"id": one.actor, "name": one.id, "roles": list(one.roles)}
