"""Pages about more than one case: a campaign, the partners, and how the work goes."""

from __future__ import annotations

from chalice.app import Response

from functions.console.app import language, routes, session, to_sign_in
from functions.console.campaign_page import campaign_page
from functions.console.pages import address, redirect
from functions.console.partners_page import partners_page
from functions.console.session import FORM_TYPES
from functions.console.showing import shown, team_of
from functions.console.texts import texts
from screening.aws.wiring import console as wiring
from screening.aws.wiring.console_campaign import read_campaign
from screening.aws.wiring.parts import CLOCK
from screening.cases.batch import MAY_DECIDE_MANY
from screening.cases.quality.chart import flow_chart, precision_plot
from screening.cases.quality.false_alarms import alarms_plot
from screening.fields import Fields


@routes.add("/console/campaign", "GET", on_error=to_sign_in("sign-in"))
def show_campaign() -> Response:
    person = session.person()
    found = read_campaign()(person, routes.query("id"))
    return shown(
        "campaign.html", person, nav="campaign", view=campaign_page(found.case, found.texts, found.posted),
        may_batch=bool(person.roles & MAY_DECIDE_MANY) and found.case.is_open,
    )  # fmt: skip


@routes.add("/console/partners", "GET", on_error=to_sign_in("sign-in"))
def show_partners() -> Response:
    person = session.person()
    team = team_of(person)
    listed = wiring.list_referrals()(person, team)
    view = partners_page(
        wiring.config().partners(),
        [one.referral for one in listed],
        [one.case for one in listed],
        person,
        now=CLOCK.now(),
    )
    return shown("partners.html", person, nav="partners", view=view, team=team, teams=sorted(person.teams))


@routes.add("/console/metrics", "GET", on_error=to_sign_in("sign-in"))
def show_metrics() -> Response:
    person = session.person()
    team = team_of(person)
    model = wiring.read_measures()(person, team)
    words = texts(language())
    return shown(
        "metrics.html", person, nav="metrics", model=model, team=team, teams=sorted(person.teams),
        flow_picture=flow_chart(model.flow.days, words=words), rules_picture=precision_plot(model.rules.rules, words=words),
        alarms_picture=alarms_plot(
            (*model.false_alarms.by_language, *model.false_alarms.by_platform), words=words,
            called=lambda row: words.named("language", row.name or "unknown") if row.by == "language" else row.name,
        ),
    )  # fmt: skip


@routes.add("/console/recall", "POST", content_types=FORM_TYPES, on_error=to_sign_in("sign-in"))
def recall() -> Response:
    person, form = session.person(), Fields(session.form(), "form")
    wiring.recall_referral()(person, form.text("referral"), form.text("reason", limit=4_000))
    return redirect(address("partners", {"team": form.text("team", limit=100, empty=True), "told": "recalled"}))
