"""Alike cases decided together: the page on which they are read and confirmed by their number, and what became of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from chalice.app import Response

from functions.console.app import CASE, routes, session, to_sign_in
from functions.console.decided_part import ReasonRow, reason_row
from functions.console.decision_fields import chosen_reasons
from functions.console.marked_text import FIELDS, visible
from functions.console.queue_view import shown_place, shown_tier
from functions.console.session import FORM_TYPES
from functions.console.showing import shown, team_of
from screening.aws.wiring.console_batch import decide_batch, prepare_batch
from screening.aws.wiring.parts import IDS
from screening.cases.batch import MOST_IN_BATCH
from screening.cases.given_reasons import READY
from screening.cases.people import Person
from screening.cases.vote import Action
from screening.errors import PermanentError, ThinReasonError
from screening.fields import Fields
from screening.workflows.batch_decisions import MOST_TEXTS, LeftCase, Prepared, ReadyCase

PICK, CASE_FIELD = "c-", "case:"
"""Names of boxes: one that chooses a case on a list, and one that keeps it in the batch, whose value is its revision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRow:
    case: str
    revision: int
    tier: str
    kind: str
    place: str
    platform: str
    posts: int
    title: str
    sentence: str
    veiled: bool
    title_veiled: bool
    text: tuple[tuple[str, str], ...]  # (field, words) where the post is shown whole; () where it was read before
    not_dismissed: bool
    not_asked: bool
    chosen: bool

    @property
    def short(self) -> str:
        return self.case[:8]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchPage:
    rows: tuple[BatchRow, ...]
    left: tuple[LeftCase, ...]
    beyond: int
    actions: tuple[Action, ...]
    ready: tuple[tuple[Action, tuple[ReasonRow, ...]], ...]
    most: int = MOST_IN_BATCH
    most_texts: int = MOST_TEXTS


@routes.add("/console/batch", "GET", on_error=to_sign_in("sign-in"))
def show_batch() -> Response:
    """The cases that were chosen on a list (`c-{id}`), or the open ones of the campaign of `case`."""
    person = session.person()
    names = list(routes.request.query_params or ())
    chosen = [
        name.removeprefix(PICK) for name in names if CASE.fullmatch(name.removeprefix(PICK)) and name.startswith(PICK)
    ]
    if routes.query("case"):
        chosen = [*prepare_batch().of_campaign(person, routes.query("case")), *chosen]
    found = prepare_batch()(person, chosen)
    return _page(found, person, batch=IDS.new_id(), query=("team", "case", *(PICK + case for case in chosen)))


@routes.add("/console/batch", "POST", content_types=FORM_TYPES, on_error=to_sign_in("sign-in"))
def decide_many() -> Response:
    """Decides on each case that is still ticked. Where the number or the reason is wrong, the page comes back as it was filled in."""
    person, form = session.person(), session.form()
    fields = Fields(form, "batch")
    batch, action = fields.text("batch", limit=100), fields.choice("action", get_args(Action))
    revisions = _revisions(form)
    words = fields.text("reason", limit=4_000, empty=True)
    wrong = "" if form.get("count", "").strip() == str(len(revisions)) and revisions else "count"
    if not wrong:
        try:
            made = decide_batch()(person, batch, revisions, action, reasons=chosen_reasons(form), words=words)
        except ThinReasonError:
            wrong = "thin"
        else:
            return shown(
                "batch_done.html", person, nav="batch", query=(), made=made, action=action, team=team_of(person),
                done=sum(one.outcome in ("done", "waits") for one in made), again=form,
                later=any(one.outcome == "later" for one in made),
            )  # fmt: skip
    every = [name.removeprefix("shown:") for name in form if name.startswith("shown:")]
    found = prepare_batch()(person, [case for case in every if CASE.fullmatch(case)])
    return _page(
        found, person, batch=batch, query=(), wrong=wrong, filled=form, ticked=frozenset(revisions), status=422
    )


def _revisions(form: Mapping[str, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, value in form.items():
        case = name.removeprefix(CASE_FIELD)
        if name.startswith(CASE_FIELD) and CASE.fullmatch(case):
            if not (value.isascii() and value.isdigit() and len(value) < 10):
                raise PermanentError(f"form: field '{CASE_FIELD}': digits were expected")
            found[case] = int(value)
    return found


def _page(
    found: Prepared, person: Person, *, batch: str, query: tuple[str, ...], wrong: str = "",
    filled: Mapping[str, str] | None = None, ticked: frozenset[str] | None = None, status: int = 200,
) -> Response:  # fmt: skip
    view = batch_page(found, ticked=ticked)
    return shown(
        "batch.html", person, nav="batch", query=query, view=view, batch=batch, wrong=wrong, filled=filled or {}, status=status,
        team=team_of(person),
    )  # fmt: skip


def batch_page(found: Prepared, *, ticked: frozenset[str] | None = None) -> BatchPage:
    """Args:
    ticked: the cases that stay in it; None: all.
    """
    return BatchPage(
        rows=tuple(_row(one, ticked is None or one.case.case in ticked) for one in found.ready), left=found.left,
        beyond=found.beyond, actions=found.actions,
        ready=tuple((action, tuple(map(reason_row, READY[action]))) for action in found.actions),
    )  # fmt: skip


def _row(one: ReadyCase, chosen: bool) -> BatchRow:
    case, excerpt = one.case, one.excerpt
    return BatchRow(
        case=case.case, revision=case.revision, tier=shown_tier(case.tier), kind=case.kind,
        place=shown_place(case.corridor, case.work_country), platform=case.platform, posts=case.member_count + 1,
        title=visible(excerpt.title), sentence=visible(excerpt.sentence), veiled=excerpt.distressing,
        title_veiled=excerpt.title_distressing, text=tuple(_text(one)), not_dismissed="dismiss" not in one.actions,
        not_asked="ask_poster" not in one.actions, chosen=chosen,
    )  # fmt: skip


def _text(one: ReadyCase) -> Iterable[tuple[str, str]]:
    post: Any = one.text
    if post is None:
        return
    for name in FIELDS:
        words = post.field_text(name)
        if words:
            yield name, visible(words)
