"""The administrators' pages: teams, platforms, partners, what waits for a second person, and what was changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from chalice.app import Response

from functions.console.admin_fields import seen_from_form, setting_from_form
from functions.console.admin_view import PAGES, SettingsPage, change_rows, settings_page, waiting_rows
from functions.console.app import routes, session, to_sign_in
from functions.console.decision_fields import whole_number
from functions.console.pages import address, redirect
from functions.console.session import FORM_TYPES
from functions.console.showing import shown
from screening.aws.wiring.console_administration import administer
from screening.cases.people import Person
from screening.errors import NotFoundError
from screening.fields import Fields
from screening.rules.rule_ids import rule_ids
from screening.workflows.administer import Administer, Outcome
from screening.workflows.records import Partner
from screening.workflows.settings_records import SettingKind

SIGN_IN = "../sign-in"
HERE = ("id", "page")
MOST_REASON = 4_000


@routes.add("/console/admin", "GET", on_error=to_sign_in("sign-in"))
def show_changes() -> Response:
    """What waits for a second administrator, and what was changed last."""
    person = session.person()
    digits = routes.query("page", "1")
    page = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 5 else 1
    waiting, changes = administer().waiting(person), administer().changes(person, page)
    return shown(
        "admin_changes.html", person, nav="admin", query=HERE, tab="changes", waiting=waiting_rows(waiting, person),
        rows=change_rows(changes.entries, person), page_number=changes.page, more=changes.more,
    )  # fmt: skip


@routes.add("/console/admin/{page}", "GET", on_error=to_sign_in(SIGN_IN))
def show_settings(page: str) -> Response:
    """All settings of a kind, and the form of one."""
    kind, person = kind_of_page(page), session.person()
    view = VIEWS[kind](administer(), person, routes.query("id"))
    return shown("admin_settings.html", person, nav="admin", up="../../", query=HERE, tab=view.page, view=view)


@routes.add("/console/admin/{page}", "POST", content_types=FORM_TYPES, on_error=to_sign_in(SIGN_IN))
def change_setting(page: str) -> Response:
    """Add or change one."""
    kind, person, form = kind_of_page(page), session.person(), session.form()
    done = administer().put(
        person, setting_from_form(kind, form), seen=seen_from_form(kind, form), reason=reason_of(form)
    )
    return led_on(person, done)


def kind_of_page(page: str) -> SettingKind:
    """Raises NotFoundError where no settings have a page of this name."""
    for kind, name in PAGES.items():
        if name == page:
            return kind
    raise NotFoundError(f"administration: there is no page '{page[:40]}'")


def team_page(administration: Administer, person: Person, chosen: str) -> SettingsPage:
    of_team: dict[str, list[str]] = {}
    for platform in administration.platforms(person):
        of_team.setdefault(platform.team, []).append(platform.id)
    teams, waiting = administration.teams(person), administration.waiting(person)
    return settings_page("team", teams, chosen, waiting=waiting, platforms=of_team)


def platform_page(administration: Administer, person: Person, chosen: str) -> SettingsPage:
    return settings_page(
        "platform", administration.platforms(person), chosen, waiting=administration.waiting(person),
        teams=[team.id for team in administration.teams(person)],
        secret=administration.secret_state(person, "platform", chosen) if chosen else None,
    )  # fmt: skip


def partner_page(administration: Administer, person: Person, chosen: str) -> SettingsPage:
    partners: Sequence[Partner] = administration.partners(person)
    return settings_page(
        "partner", partners, chosen, waiting=administration.waiting(person), partners=partners,
        secret=administration.secret_state(person, "partner", chosen) if chosen else None,
    )  # fmt: skip


def rule_page(administration: Administer, person: Person, chosen: str) -> SettingsPage:
    rules, waiting = administration.rules(person), administration.waiting(person)
    return settings_page("rule", rules, chosen, waiting=waiting, names=sorted(rule_ids()))


VIEWS: dict[SettingKind, Callable[[Administer, Person, str], SettingsPage]] = {
    "team": team_page, "platform": platform_page, "partner": partner_page, "rule": rule_page,
}  # fmt: skip


@routes.add("/console/admin/secrets", "POST", content_types=FORM_TYPES, on_error=to_sign_in(SIGN_IN))
def rotate_secret() -> Response:
    person, form = session.person(), session.form()
    fields = Fields(form, "secret")
    done = administer().rotate(
        person, fields.choice("kind", ("platform", "partner")), fields.text("id", limit=100),
        seen=whole_number(fields, "number"), reason=reason_of(form),
    )  # fmt: skip
    return led_on(person, done)


@routes.add("/console/admin/proposals", "POST", content_types=FORM_TYPES, on_error=to_sign_in(SIGN_IN))
def answer_proposal() -> Response:
    person, form = session.person(), session.form()
    fields = Fields(form, "proposal")
    kinds: tuple[SettingKind, ...] = tuple(PAGES)
    done = administer().answer(
        person, fields.choice("kind", kinds), fields.text("target", limit=100), fields.text("proposal", limit=100),
        confirms=fields.choice("answer", ("confirm", "decline")) == "confirm", reason=reason_of(form),
    )  # fmt: skip
    return led_on(person, done)


def reason_of(form: dict[str, str]) -> str:
    fields = Fields(form, "form")
    return fields.text("reason", limit=MOST_REASON, empty=True).strip() if fields.has("reason") else ""


def led_on(person: Person, done: Outcome) -> Response:
    """Where a form leads: to the setting, or what waits; a new secret stands in the answer itself, and nowhere afterwards."""
    if done.secret is not None:
        return shown(
            "admin_secret.html", person, nav="", up="../../", query=(), kind=done.kind, page=PAGES[done.kind], target=done.target,
            secret=done.secret,
        )  # fmt: skip
    told = f"setting_{done.did}"
    if done.did in ("proposed", "declined"):
        return redirect(address("../admin", {"told": told}))
    return redirect(address(PAGES[done.kind], {"id": done.target, "told": told}))
