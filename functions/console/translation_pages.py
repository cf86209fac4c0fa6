"""A case with its text in the reader's language, by machine: shown once, when it is asked for, and kept nowhere."""

from __future__ import annotations

from chalice.app import Response

from functions.console.app import language, routes, session, to_sign_in
from functions.console.case_pages import case_answer
from functions.console.session import FORM_TYPES
from screening.aws.wiring import console as wiring
from screening.fields import Fields


@routes.add("/console/translate", "POST", content_types=FORM_TYPES, on_error=to_sign_in("sign-in"))
def translate() -> Response:
    """The case's page itself: a redirect would need a place where the translation lies meanwhile."""
    person, form = session.person(), Fields(session.form(), "form")
    view, translation = wiring.translate_case()(
        person, form.text("case"), language(), show_severe=form.text("show", empty=True) == "1"
    )
    return case_answer(person, view, translation=translation)
