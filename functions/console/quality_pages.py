"""The pages about how people judge: one's own answers to golden cases, the team's for its seniors, and which cases are known."""

from __future__ import annotations

from chalice.app import Response

from functions.console.app import language, routes, session, to_sign_in
from functions.console.pages import address, redirect
from functions.console.session import FORM_TYPES
from functions.console.showing import shown, team_of
from functions.console.texts import texts
from screening.aws.wiring import console as wiring
from screening.cases.golden import RIGHT_ACTIONS
from screening.cases.golden_marks import LONGEST_WHY
from screening.cases.people import MAY_KEEP_GOLDEN
from screening.cases.quality.golden_answers import drift_plot
from screening.fields import Fields

RIGHT = "right:"
STEPS = ("propose", "confirm", "retire")


@routes.add("/console/quality", "GET", on_error=to_sign_in("sign-in"))
def show_quality() -> Response:
    person = session.person()
    team = team_of(person)
    model = wiring.read_quality()(person, team)
    words = texts(language())
    return shown(
        "quality.html", person, nav="quality", model=model, team=team, teams=sorted(person.teams),
        may_keep=bool(person.roles & MAY_KEEP_GOLDEN), own_picture=drift_plot(model.own.weeks, words=words, name="own"),
        team_picture=drift_plot(model.team_figures.weeks, words=words, name="team") if model.team_figures else "",
    )  # fmt: skip


@routes.add("/console/golden", "GET", on_error=to_sign_in("sign-in"))
def show_golden() -> Response:
    person = session.person()
    team = team_of(person)
    return shown(
        "golden.html", person, nav="quality", rows=wiring.keep_golden().list(person, team), team=team,
        teams=sorted(person.teams), case=routes.query("case")[:100], right_actions=RIGHT_ACTIONS, longest=LONGEST_WHY,
    )  # fmt: skip


@routes.add("/console/golden", "POST", content_types=FORM_TYPES, on_error=to_sign_in("sign-in"))
def keep_golden() -> Response:
    """Proposes, confirms or retires; each action that is right is a box of its own."""
    person, sent = session.person(), session.form()
    form = Fields(sent, "form")
    case, step = form.text("case", limit=100).strip(), form.choice("step", STEPS)
    if step == "propose":
        right = [name.removeprefix(RIGHT) for name in sent if name.startswith(RIGHT)]
        wiring.keep_golden().propose(person, case, right=right, why=form.text("why", limit=4_000, empty=True))
    elif step == "confirm":
        wiring.keep_golden().confirm(person, case)
    else:
        wiring.keep_golden().retire(person, case)
    return redirect(address("golden", {"team": form.text("team", limit=100, empty=True), "told": f"golden_{step}"}))
