"""The reviewers' pages, which work without script, and the same as JSON."""

from __future__ import annotations

from typing import Any, get_args

from aws_lambda_powertools import Logger
from chalice.app import Response

from functions.console.pages import SECURITY_HEADERS, marked_fields, page, redirect, style
from functions.console.session import (
    FORM,
    FORM_TYPES,
    Session,
    new_form_cookie,
    session_cookie,
    signed_out_cookies,
)
from screening.aws.http import ErrorPage, Routes, json_answer, status_of
from screening.aws.wiring import console as wiring
from screening.aws.wiring.parts import IDS, METRICS
from screening.cases.case import Action, Case, CaseQueue
from screening.cases.decisions import DecisionRequest
from screening.cases.people import MAY_LOOK_AFTER, Person
from screening.errors import AuthenticationError, PermanentError, ScreeningError
from screening.fields import Fields
from screening.posts.serialise import post_to_dict

routes = Routes("console", Logger(), METRICS)
app = routes.app
session = Session(routes)


def to_sign_in(location: str) -> ErrorPage:
    """What a page does with an error: to the sign-in page where nobody is signed in, else say what was wrong."""

    def on_error(error: ScreeningError) -> Response:
        if isinstance(error, AuthenticationError):
            return redirect(location)
        up = "" if location.startswith("console/") else "../"
        status = status_of(error)
        words = str(error) if status < 500 else "Something can't be read for now. Load the page again in a moment."
        return page("error.html", status=status, up=up, message=words)

    return on_error


@routes.add("/console", "GET", on_error=to_sign_in("console/sign-in"))
def show_queue() -> Response:
    person = session.person()
    teams = sorted(person.teams)
    team = routes.query("team", teams[0] if teams else "")
    cases = wiring.list_cases()(person, team)
    return page("queue.html", up="", token=session.form_token(), team=team, teams=teams, cases=cases)


@routes.add("/console/case", "GET", on_error=to_sign_in("sign-in"))
def show_case() -> Response:
    person = session.person()
    view = wiring.read_case()(person, routes.query("id"))
    evidence = view.assessment["evidence"] if view.assessment else []
    return page(
        "case.html", up="../", token=session.form_token(), view=view, case=view.case, assessment=view.assessment,
        fields=marked_fields(view.post, evidence) if view.post else (), decision_id=IDS.new_id(),
        partners=[partner for partner in wiring.config().partners() if partner.active],
        looks_after=bool(person.roles & MAY_LOOK_AFTER) and any(d.awaits_second_look for d in view.case.decisions),
    )  # fmt: skip


@routes.add("/console/decide", "POST", content_types=FORM_TYPES, on_error=to_sign_in("sign-in"))
def decide() -> Response:
    person = session.person()
    case = decide_from(session.form(), person)
    return redirect(f"case?id={case.case}")


@routes.add("/console/second-look", "POST", content_types=FORM_TYPES, on_error=to_sign_in("sign-in"))
def second_look() -> Response:
    person, form = session.person(), Fields(session.form(), "form")
    case = wiring.decide_case().second_look(
        form.text("case"), person, revision=whole_number(form, "revision"),
        agrees=form.choice("agrees", ("yes", "no")) == "yes", reason=form.text("reason", limit=4_000, empty=True),
    )  # fmt: skip
    return redirect(f"case?id={case.case}")


@routes.add("/console/sign-in", "GET")
def show_sign_in() -> Response:
    value, cookie = new_form_cookie()
    return page(
        "sign_in.html",
        cookies=(cookie,),
        up="../",
        token=wiring.form_tokens().issue(value),
        message="",
        signed_in=False,
    )


@routes.add("/console/sign-in", "POST", content_types=FORM_TYPES)
def sign_in() -> Response:
    try:
        form = Fields(session.form(cookie=FORM), "form")
        token = wiring.sign_in()(form.text("name", limit=200), form.text("password", limit=300))
    except AuthenticationError as error:
        value, cookie = new_form_cookie()
        token = wiring.form_tokens().issue(value)
        return page(
            "sign_in.html", status=401, cookies=(cookie,), up="../", token=token, message=str(error), signed_in=False
        )
    return redirect("../console", cookies=(session_cookie(token),))


@routes.add("/console/sign-out", "POST", content_types=FORM_TYPES, on_error=to_sign_in("sign-in"))
def sign_out() -> Response:
    session.form()
    return redirect("sign-in", cookies=signed_out_cookies())


@routes.add("/console/style.css", "GET")
def show_style() -> Response:
    headers: dict[str, Any] = {
        **SECURITY_HEADERS,
        "Content-Type": "text/css; charset=utf-8",
        "Cache-Control": "max-age=3600",
    }
    return Response(body=style(), status_code=200, headers=headers)


@routes.add("/v1/cases", "GET")
def list_cases() -> Response:
    person = session.bearer()
    queue = routes.query("queue")
    chosen = Fields({"queue": queue}, "request").choice("queue", get_args(CaseQueue)) if queue else None
    return json_answer({"cases": [shown(case) for case in wiring.list_cases()(person, routes.query("team"), chosen)]})


@routes.add("/v1/case", "GET")
def read_case() -> Response:
    view = wiring.read_case()(session.bearer(), routes.query("id"))
    return json_answer({
        "case": shown(view.case), "actions": list(view.actions), "post": post_to_dict(view.post) if view.post else None,
        "assessment": view.assessment, "ledger": [entry.to_dict() for entry in view.ledger],
        "ledger_faults": list(view.ledger_faults),
    })  # fmt: skip


@routes.add("/v1/decisions", "POST")
def decide_as_json() -> Response:
    person = session.bearer()
    return json_answer({"case": shown(decide_from(routes.json_body(), person))})


@routes.add("/v1/second-looks", "POST")
def second_look_as_json() -> Response:
    person, body = session.bearer(), Fields(routes.json_body(), "second look")
    case = wiring.decide_case().second_look(
        body.text("case"), person, revision=body.integer("revision"), agrees=body.flag("agrees"),
        reason=body.text_or_none("reason", limit=4_000) or "",
    )  # fmt: skip
    return json_answer({"case": shown(case)})


@routes.add("/v1/recalls", "POST")
def recall_as_json() -> Response:
    person, body = session.bearer(), Fields(routes.json_body(), "recall")
    referral = wiring.recall_referral()(person, body.text("referral"), body.text("reason", limit=4_000))
    return json_answer({"referral": referral.id, "state": referral.state})


def decide_from(data: object, person: Person) -> Case:
    """The decision in a form or JSON body; a form has its numbers as text and an empty partner for none."""
    fields = Fields(data, "decision")
    request = DecisionRequest(
        decision_id=fields.text("decision_id", limit=100),
        action=fields.choice("action", get_args(Action)),
        revision=whole_number(fields, "revision"),
        reason=fields.text("reason", limit=4_000, empty=True) if fields.has("reason") else "",
        partner=(fields.text("partner", limit=100, empty=True) if fields.has("partner") else "") or None,
    )
    return wiring.decide_case()(fields.text("case"), person, request)


def whole_number(fields: Fields, name: str) -> int:
    """A number of a JSON body, or its digits in a form."""
    try:
        digits = fields.text(name, limit=9)
    except PermanentError:
        return fields.integer(name)
    if not (digits.isascii() and digits.isdigit()):
        raise PermanentError(f"form: field '{name}': digits were expected")
    return int(digits)


def shown(case: Case) -> dict[str, Any]:
    """A case as reviewers see it: what it owes the world is machinery, and the audit sample stays unmarked."""
    hidden = ("outbox", "audit_probability", "events")
    return {name: value for name, value in case.to_dict().items() if name not in hidden}
