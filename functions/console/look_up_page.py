"""Looking up a post, a poster, a contact or a case: the page, and the form whose words never stand in an address."""

from __future__ import annotations

from chalice.app import Response

from functions.console.app import routes, session, to_sign_in
from functions.console.marked_text import visible
from functions.console.pages import address, redirect
from functions.console.session import FORM_TYPES
from functions.console.showing import shown, team_of
from screening.aws.wiring.console_look_up import look_up
from screening.fields import Fields
from screening.links.typed_contact import MOST_TYPED

HERE = ("team", "q", "page", "nothing")


@routes.add("/console/look-up", "GET", on_error=to_sign_in("sign-in"))
def show_look_up() -> Response:
    """What is known of a case, a post, or posts under fingerprints; the forms alone where nothing is asked for."""
    person = session.person()
    team, query = team_of(person), routes.query("q").strip()
    found = look_up()(person, team, query, page=_page(routes.query("page")))
    return shown(
        "look_up.html", person, nav="look_up", query=HERE, view=found, team=team, teams=sorted(person.teams),
        asked="" if found.keys else query, clean=visible, nothing=routes.query("nothing") == "1", page_query=[("team", team), ("q", query)],
    )  # fmt: skip


@routes.add("/console/look-up", "POST", content_types=FORM_TYPES, on_error=to_sign_in("sign-in"))
def look_up_hidden() -> Response:
    """A contact or the id of an account, turned into fingerprints here: the address that this leads to holds nothing else."""
    person, form = session.person(), Fields(session.form(), "form")
    what = form.choice("what", ("contact", "account"))
    typed, team = form.text("typed", limit=MOST_TYPED, empty=True), form.text("team", limit=100, empty=True)
    query = (
        look_up().by_contact(person, team, typed) if what == "contact" else look_up().by_account(person, team, typed)
    )
    return redirect(address("look-up", {"team": team, "q": query, "nothing": "" if query else "1"}))


def _page(asked: str) -> int:
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
