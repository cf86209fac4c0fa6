"""The pages a reviewer works in: the queue, a case, and the forms that decide it. They work without script."""

from __future__ import annotations

from chalice.app import Response

from functions.console.app import language, routes, session, to_sign_in
from functions.console.aside_part import AsidePart
from functions.console.assign_part import assign_part
from functions.console.case_page_parts import OVERRIDE
from functions.console.case_view import CONFIRMED, case_page
from functions.console.comment_part import comment_part
from functions.console.decided_part import reason_row
from functions.console.decision_fields import check_decision, chosen_reasons, decide_from, ticked, whole_number
from functions.console.marked_text import visible
from functions.console.next_case import NEXT, going_on, remembered, to_next
from functions.console.pages import address, file_answer, redirect
from functions.console.policy_part import policy_part
from functions.console.queue_filters import asked_from, filters_from
from functions.console.queue_view import FILTERS, queue_page
from functions.console.saved_filter_pages import begins_with, saved_part
from functions.console.session import FORM_TYPES
from functions.console.showing import HERE, shown, team_of
from functions.console.texts import texts
from functions.console.translation_link import translation_link
from functions.console.translation_part import translation_part
from screening.aws.wiring import console as wiring
from screening.aws.wiring.parts import CLOCK, IDS
from screening.cases.golden import may_be_proposed
from screening.cases.people import MAY_ADMINISTER, MAY_READ, Person
from screening.cases.putting_aside import USUAL, aside_choices
from screening.errors import ThinReasonError
from screening.fields import Fields
from screening.workflows.case_reading import CaseView
from screening.workflows.translate_case import CaseTranslation

SENT_ON = ("case", "decision_id", "revision", "action", "partner", "reason", NEXT, *FILTERS)
"""The fields of a decision that is stated once more, and how the reviewer goes on after it."""


@routes.add("/console", "GET", on_error=to_sign_in("console/sign-in"))
def show_queue() -> Response:
    """A list of cases, or what a search finds, page by page."""
    person = session.person()
    if not person.roles & MAY_READ and person.roles & MAY_ADMINISTER:
        return redirect("console/admin")  # the console's first page is theirs
    team = team_of(person)
    saved = wiring.saved_filters()(person, team)
    asked = begins_with(saved) or asked_from(routes.query, routes.request.query_params or ())
    now, here = CLOCK.now(), ("team", *asked.chosen, "all", "list", "page", "q")
    if asked.query:
        sought = wiring.find_cases()(person, team, asked.query)
        view = queue_page(
            sought.cases, person, team, chosen=asked.chosen, more=sought.more, query=asked.query, unknown=asked.unknown,
            excerpts=wiring.read_excerpts()(person, team, sought.cases), now=now,
        )  # fmt: skip
        return shown("queue.html", person, nav="queue", up="", query=here, view=view, saved=None, last=None)
    found = wiring.list_cases()(person, team, asked.filters, name=asked.name, page=asked.page)
    if any(dict(one.chosen) == asked.chosen for one in saved.filters):
        wiring.saved_filters().note_use(person, team, asked.chosen)
    view = queue_page(
        found.cases, person, team, chosen=asked.chosen, mine=found.mine, leased=found.leased, skipped=found.skipped,
        budget=found.budget, decided_today=found.decided_today, beyond=found.beyond, break_due=found.break_due, breaks=found.breaks,
        severe_left=found.severe_left, looks=found.looks, whole=found.whole, more=found.more, page=found.page,
        pages=found.pages, name=found.name, unknown=asked.unknown,
        excerpts=wiring.read_excerpts()(person, team, found.cases), now=now,
    )  # fmt: skip
    kept = saved_part(saved, asked, found)
    return shown(
        "queue.html", person, nav="queue", up="", query=here, view=view, saved=kept, last=going_on(person).last
    )  # fmt: skip


@routes.add("/console/case", "GET", on_error=to_sign_in("sign-in"))
def show_case() -> Response:
    person = session.person()
    return case_answer(person, wiring.read_case()(person, routes.query("id"), show_severe=routes.query("show") == "1"))


def case_answer(
    person: Person, view: CaseView, *, translation: CaseTranslation | None = None, thin_note: str | None = None
) -> Response:
    """The page of a case, with its translation where one was asked for; `thin_note`: why it was to be handed on, which said too
    little."""
    held = "" if view.lease is None else "mine" if view.lease.actor == person.actor else "others"
    assigning = assign_part(view, person, now=CLOCK.now())
    shown_view = case_page(
        view.case, person, texts=texts(language()), actions=view.actions, post=view.post, assessment=view.assessment,
        partners=wiring.config().partners(), decision_id=IDS.new_id(), now=CLOCK.now(), faults=view.ledger_faults,
        blind=view.blind, held=held, text_hidden=view.text_hidden, similar=view.similar, statements=view.statements,
        erased=view.erased, grounds=view.grounds, decisions=view.decisions, contested=view.contested,
        reopenings=view.reopenings, undo=view.undo, may_reopen=view.may_reopen, going=going_on(person),
        waits_for_other=assigning.state == "others",
        translate_url=translation_link(
            wiring.settings().translation_address, view.post, source=view.case.language, target=language()
        ),
    )  # fmt: skip
    part = translation_part(wiring.translate_case().offer(view, language()), translation, view.case.severe)
    here = (("id", view.case.case),) if translation is not None or thin_note is not None else None
    talk = comment_part(view, person, comment_id=IDS.new_id(), draft=thin_note)
    return shown(
        "case.html", person, nav="case", status=200 if thin_note is None else 422, talk=talk, assigning=assigning, policy=policy_part(wiring.config().policy(view.case.team)), aside=AsidePart(
            choices=aside_choices(view.case, now=CLOCK.now()), note=visible(view.own_note)
        ), query=(*HERE, *FILTERS, "after"), view=shown_view, translation=part, place=here,
        may_be_known=may_be_proposed(view.case, person),
    )  # fmt: skip


@routes.add("/console/take", "POST", content_types=FORM_TYPES, on_error=to_sign_in("sign-in"))
def take_next() -> Response:
    person, form = session.person(), session.form()
    chosen, filters = filters_from(lambda name: form.get(name, ""))
    team = form.get("team", "")
    if form.get("case"):  # this very one
        lease = wiring.take_next().take(person, form["case"])
        return redirect(address("case", {"id": lease.case, **chosen}))
    case = wiring.take_next()(person, team, filters)
    if case is None:
        return redirect(address("../console", {"team": team, **chosen, "told": "nothing"}))
    return redirect(address("case", {"id": case.case, **chosen}))


@routes.add("/console/skip", "POST", content_types=FORM_TYPES, on_error=to_sign_in("sign-in"))
def skip() -> Response:
    person, sent = session.person(), session.form()
    form = Fields(sent, "form")
    case, team = form.text("case"), form.text("team", limit=100, empty=True)
    wiring.put_aside().skip(
        person, case, aside=sent.get("aside") or USUAL, note=form.text("aside_note", limit=1_000, empty=True)
        if "aside_note" in sent else "",
    )  # fmt: skip
    if sent.get(NEXT) == "yes":
        return to_next(person, team, sent, after=case, told="skipped")
    return redirect(address("../console", {"team": team, "told": "skipped"}), cookies=(remembered(at_once=False),))


@routes.add("/console/release", "POST", content_types=FORM_TYPES, on_error=to_sign_in("sign-in"))
def release() -> Response:
    person, form = session.person(), Fields(session.form(), "form")
    wiring.put_aside().release(person, form.text("case"))
    return redirect(address("../console", {"team": form.text("team", limit=100, empty=True), "told": "released"}))


@routes.add("/console/decide", "POST", content_types=FORM_TYPES, on_error=to_sign_in("sign-in"))
def decide() -> Response:
    """What leaves the house is stated once more first: the same form comes back with `confirmed`. What can't be done isn't asked.
    Where the reason is too thin the form comes back as well, with what was written in it."""
    person, form = session.person(), session.form()
    try:
        if form.get("action", "").removesuffix(OVERRIDE) not in CONFIRMED or form.get("confirmed") == "yes":
            case = decide_from(form, person)
            if form.get(NEXT) == "yes":
                return to_next(person, case.team, form, after=case.case, told="decided")
            place = address("case", {"id": case.case, "told": "decided"})
            return redirect(place, cookies=(remembered(at_once=False),))
        check_decision(form, person)
    except ThinReasonError:
        return shown("reason.html", person, nav="confirm", query=(), status=422, fields=form)
    else:
        fields = {name: form.get(name, "") for name in SENT_ON} | ticked(form)
        names = {partner.id: partner.name for partner in wiring.config().partners()}
        partner = names.get(fields["partner"], "–")
        judges = form.get("judges") == "yes"
        reasons = [reason_row(name) for name in chosen_reasons(form)]
        return shown(
            "confirm.html",
            person,
            nav="confirm",
            query=(),
            fields=fields,
            partner=partner,
            judges=judges,
            reasons=reasons,
        )


@routes.add("/console/undo", "POST", content_types=FORM_TYPES, on_error=to_sign_in("sign-in"))
def undo() -> Response:
    person, form = session.person(), Fields(session.form(), "form")
    case = wiring.take_back().undo(person, form.text("case"), revision=whole_number(form, "revision"))
    return redirect(address("case", {"id": case.case, "told": "undone"}))


@routes.add("/console/reopen", "POST", content_types=FORM_TYPES, on_error=to_sign_in("sign-in"))
def reopen() -> Response:
    person, form = session.person(), Fields(session.form(), "form")
    case = wiring.take_back().reopen(
        person, form.text("case"), revision=whole_number(form, "revision"),
        reason=form.text("reason", limit=4_000, empty=True),
    )  # fmt: skip
    return redirect(address("case", {"id": case.case, "told": "reopened"}))


@routes.add("/console/second-look", "POST", content_types=FORM_TYPES, on_error=to_sign_in("sign-in"))
def second_look() -> Response:
    person, form = session.person(), Fields(session.form(), "form")
    case = wiring.decide_case().second_look(
        form.text("case"), person, revision=whole_number(form, "revision"),
        agrees=form.choice("agrees", ("yes", "no")) == "yes", reason=form.text("reason", limit=4_000, empty=True),
    )  # fmt: skip
    return redirect(address("case", {"id": case.case, "told": "decided"}))


@routes.add("/console/snooze", "POST", content_types=FORM_TYPES, on_error=to_sign_in("sign-in"))
def snooze() -> Response:
    person, form = session.person(), Fields(session.form(), "form")
    case = form.text("case")
    wiring.snooze_rule()(
        person, case, form.text("rule", limit=200), days=whole_number(form, "days"), reason=form.text("reason", limit=4_000)
    )  # fmt: skip
    return redirect(address("case", {"id": case, "told": "snoozed"}))


@routes.add("/console/hold", "POST", content_types=FORM_TYPES, on_error=to_sign_in("sign-in"))
def hold() -> Response:
    person, form = session.person(), Fields(session.form(), "form")
    case = wiring.hold_statement()(
        person, form.text("case"), revision=whole_number(form, "revision"), hours=whole_number(form, "hours"),
        reason=form.text("reason", limit=4_000),
    )  # fmt: skip
    return redirect(address("case", {"id": case.case, "told": "held"}))


@routes.add("/console/outcome", "POST", content_types=FORM_TYPES, on_error=to_sign_in("sign-in"))
def tell_outcome() -> Response:
    person, form = session.person(), Fields(session.form(), "form")
    case = wiring.tell_outcome()(
        person, form.text("case"), revision=whole_number(form, "revision"), opinion=form.text("opinion", limit=40),
        reason=form.text("reason", limit=4_000),
    )  # fmt: skip
    return redirect(address("case", {"id": case.case, "told": "outcome"}))


@routes.add("/console/style.css", "GET")
def show_style() -> Response:
    return file_answer("style.css")


@routes.add("/console/script.js", "GET")
def show_script() -> Response:
    return file_answer("script.js")
