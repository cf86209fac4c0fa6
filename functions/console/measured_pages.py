"""What leads on from the metrics page: the cases behind one of its figures, and its tables as a file."""

from __future__ import annotations

from typing import Any, get_args

from chalice.app import Response

from functions.console.app import routes, session, to_sign_in
from functions.console.metrics_csv import metrics_csv
from functions.console.pages import SECURITY_HEADERS
from functions.console.queue_filters import asked_from
from functions.console.queue_view import queue_page
from functions.console.showing import shown, team_of
from screening.aws.wiring import console as wiring
from screening.aws.wiring.parts import CLOCK
from screening.cases.quality.behind_figures import Figure, FigureName
from screening.fields import Fields

HERE = (
    "team",
    "of",
    "rule",
    "indicator",
    "queue",
    "tier",
    "concern",
    "kind",
    "language",
    "country",
    "platform",
    "page",
)
LONGEST_SIGN = 200


@routes.add("/console/measured", "GET", on_error=to_sign_in("sign-in"))
def show_measured() -> Response:
    person = session.person()
    team = team_of(person)
    named = Fields({"of": routes.query("of")}, "figure").choice("of", get_args(FigureName))
    rule, indicator = (routes.query(name)[:LONGEST_SIGN] or None for name in ("rule", "indicator"))
    asked = asked_from(routes.query)
    found = wiring.list_measured()(
        person, team, Figure(name=named, rule=rule, indicator=indicator), asked.filters, page=asked.page
    )
    view = queue_page(
        found.cases, person, team, chosen=asked.chosen, whole=found.whole, page=found.page, pages=found.pages,
        name="mine", unknown=asked.unknown, excerpts=wiring.read_excerpts()(person, team, found.cases), now=CLOCK.now(),
    )  # fmt: skip
    figure = tuple((name, value) for name, value in (("of", named), ("rule", rule), ("indicator", indicator)) if value)
    return shown(
        "measured.html", person, nav="metrics", query=HERE, view=view, figure=figure, named=named, rule=rule,
        indicator=indicator, unlisted=found.unlisted,
    )  # fmt: skip


@routes.add("/console/metrics.csv", "GET", on_error=to_sign_in("sign-in"))
def download_metrics() -> Response:
    """The tables of the metrics page, one figure a line."""
    person = session.person()
    team = team_of(person)
    body = metrics_csv(wiring.read_measures()(person, team))
    headers: dict[str, Any] = {
        **SECURITY_HEADERS, "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": 'attachment; filename="metrics.csv"',
    }  # fmt: skip
    return Response(body=body, status_code=200, headers=headers)
