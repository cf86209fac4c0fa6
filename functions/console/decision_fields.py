"""A decision as a form or a JSON body states it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from functions.console.case_page_parts import OVERRIDE
from screening.aws.wiring import console as wiring
from screening.cases.case import Case
from screening.cases.decisions import DecisionRequest
from screening.cases.people import Person
from screening.cases.vote import Action
from screening.errors import PermanentError
from screening.fields import Fields

READY = "ready:"


def decide_from(data: object, person: Person) -> Case:
    """The case after the decision in a form or JSON body."""
    case, request = _read(data)
    return wiring.decide_case()(case, person, request)


def check_decision(data: object, person: Person) -> None:
    """Raises what `decide_from` would, and decides nothing."""
    case, request = _read(data)
    wiring.decide_case().check(case, person, request)


def _read(data: object) -> tuple[str, DecisionRequest]:
    """Case and decision; a form has its numbers as text and an empty partner for none."""
    fields = Fields(data, "decision")
    action = fields.text("action", limit=100)
    override = action.endswith(OVERRIDE) or (fields.has("override") and fields.flag("override"))
    named = Fields({"action": action.removesuffix(OVERRIDE)}, "decision")
    request = DecisionRequest(
        decision_id=fields.text("decision_id", limit=100),
        action=named.choice("action", get_args(Action)),
        revision=whole_number(fields, "revision"),
        reason=fields.text("reason", limit=4_000, empty=True) if fields.has("reason") else "",
        partner=(fields.text("partner", limit=100, empty=True) if fields.has("partner") else "") or None,
        reasons=fields.texts("reasons") if fields.has("reasons") else chosen_reasons(data),
        override=override,
    )
    return fields.text("case"), request


def ticked(form: Mapping[str, str]) -> dict[str, str]:
    """The boxes of a form that were ticked. Each is a field of its own: `ready:{action}:{reason}`."""
    return {name: value for name, value in form.items() if name.startswith(READY)}


def chosen_reasons(form: object) -> tuple[str, ...]:
    """The ready-made reasons ticked for the action that was chosen; what was ticked for another before doesn't count."""
    if not isinstance(form, dict):
        return ()
    prefix = f"{READY}{form.get('action')}:"
    return tuple(name.removeprefix(prefix) for name in form if isinstance(name, str) and name.startswith(prefix))


def whole_number(fields: Fields, name: str) -> int:
    """A number of a JSON body, or its digits in a form."""
    try:
        digits = fields.text(name, limit=9)
    except PermanentError:
        return fields.integer(name)
    if not (digits.isascii() and digits.isdigit()):
        raise PermanentError(f"form: field '{name}': digits were expected")
    return int(digits)
