"""Commenting on a case and handing it to a senior, by form and as JSON."""

from __future__ import annotations

from chalice.app import Response

from functions.console.app import routes, session, to_sign_in
from functions.console.case_pages import case_answer
from functions.console.json_routes import shown
from functions.console.pages import address, redirect
from functions.console.session import FORM_TYPES
from screening.aws.http import json_answer
from screening.aws.wiring import console as wiring
from screening.errors import ThinReasonError
from screening.fields import Fields

LONGEST = 10_000
"""Read of a form at most; how long a comment may be is said by the workflow, in its words."""


@routes.add("/console/comment", "POST", content_types=FORM_TYPES, on_error=to_sign_in("sign-in"))
def comment() -> Response:
    """A comment; or with `hand_over`, the note with which the case goes to a senior. Where that is too thin the case comes back with
    what was written."""
    person, sent = session.person(), session.form()
    form = Fields(sent, "form")
    case_id, comment_id = form.text("case"), form.text("comment_id", limit=100)
    words = _unix(form.text("words", limit=LONGEST, empty=True))
    if sent.get("hand_over") != "yes":
        case = wiring.comment_on_case()(person, case_id, words, comment_id=comment_id)
        return redirect(address("case", {"id": case.case, "told": "commented"}))
    try:
        case = wiring.comment_on_case().hand_over(person, case_id, words, comment_id=comment_id)
    except ThinReasonError:
        return case_answer(person, wiring.read_case()(person, case_id), thin_note=words)
    return redirect(address("../console", {"team": case.team, "told": "handed_over"}))


@routes.add("/v1/comments", "POST")
def comment_as_json() -> Response:
    person, body = session.bearer(), Fields(routes.json_body(), "comment")
    use_case = wiring.comment_on_case()
    say = use_case.hand_over if body.has("hand_over") and body.flag("hand_over") else use_case
    case = say(
        person, body.text("case"), body.text("words", limit=LONGEST, empty=True),
        comment_id=body.text("comment_id", limit=100),
    )  # fmt: skip
    return json_answer({"case": shown(case, person)})


def _unix(words: str) -> str:
    """Browsers send the line ends of a text field as two characters, which would count against its length."""
    return words.replace("\r\n", "\n")
