"""The console's pages with made-up cases, for the browser tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from functions.console.campaign_page import campaign_page
from functions.console.case_view import case_page
from functions.console.going_on import GoingOn
from functions.console.pages import rendered
from functions.console.partners_page import partners_page
from functions.console.queue_filters import asked_from
from functions.console.queue_view import queue_page
from functions.console.texts import texts
from screening.assessment.record import ConcernSummary
from screening.cases.case import Case
from screening.cases.decisions import offered_actions
from screening.cases.people import Person
from screening.cases.quality.chart import flow_chart, precision_plot
from screening.cases.quality.expected_hits import read_figures
from screening.cases.quality.page_model import metrics_page
from screening.cases.similar import similar_cases
from screening.cases.support import ReferralGrounds
from screening.cases.told_decisions import ToldReopening, told_decisions
from screening.cases.vote import Decision, Vote
from screening.posts.serialise import post_to_dict
from screening.workflows.archived import ArchivedPost
from screening.workflows.case_excerpts import Excerpt, excerpt_of
from screening.workflows.case_lists import PAGE
from screening.workflows.next_case import LastCase
from screening.workflows.records import Referral
from screening.workflows.report import Statement
from tests.fakes.console_cases import ASSESSMENT, NOW, POST, appeal_case, case, member
from tests.fakes.world import BORDER, NGO, POLICE

SENIOR = Person(
    actor="zoe", roles=frozenset({"reviewer", "senior", "partner_liaison"}), teams=frozenset({"team-a", "team-b"})
)
PARTNERS = (NGO, POLICE, BORDER)
TEMPLATE = (
    "We look for women to clean hotel rooms in {0} from Monday to Saturday. Housing is given by the firm and is free. "
    "You travel by bus from the station on {2} evening. Pay is {1} euro a month and is paid in hand. Write to @hand{3}."
)


APPEALED = Statement(words="Я нічого не порушував.", address=None, post=("jobs-pl", "a-9"), child_offence=False)


def queue_cases() -> list[Case]:
    return [
        case(1, due_at=NOW - timedelta(minutes=50), state="second_look"),
        case(2, act_by=None),
        case(3, tier="review", corridor=None, language="pl", due_at=NOW + timedelta(hours=30), act_by=None, members=(), member_count=0),
        case(4, tier="clear", queue="audit", audit_probability=0.01, concerns=(), due_at=NOW + timedelta(days=2, hours=4), act_by=None, dimensions={}, members=(), member_count=0),
        case(5, tier="inconclusive", queue="inconclusive", kind="accommodation", language=None, work_country=None, corridor=None, due_at=NOW + timedelta(days=3), act_by=None, concerns=(), dimensions={}),
        case(6, post_withdrawn=True, kind="transport", due_at=NOW + timedelta(days=3)),
        *(case(number, tier="review", due_at=NOW + timedelta(days=4, hours=number), act_by=None) for number in range(10, 24)),
    ]  # fmt: skip


def many_cases() -> list[Case]:
    """Three pages of a list."""
    return [*queue_cases(), *(case(number, tier="review", act_by=None, dimensions={}) for number in range(100, 140))]


def excerpts(cases: list[Case]) -> dict[str, Excerpt]:
    """Words of each case; the third of them, and the one of the audit sample, are of a plain post."""
    found = ArchivedPost(post=post_to_dict(POST), seq=1, received_at=NOW, assessment=ASSESSMENT)
    plain = replace(POST, title="Пекар у Кракові", description="Печемо хліб. Договір підписуємо до виходу на роботу.")
    quiet = ArchivedPost(
        post=post_to_dict(plain), seq=1, received_at=NOW, assessment={**ASSESSMENT, "evidence": [], "pay": None}
    )
    return {one.case: excerpt_of(one, quiet if one.concerns == () else found) for one in cases}


def show_queue(query: dict[str, str]) -> str:
    asked = asked_from(lambda name: query.get(name, ""), [name for name in query if name != "platform"])
    cases = [] if query.get("platform") == "none" else many_cases()
    if asked.name == "decided":
        made = Decision(action="remove", partner=None, decided_at=NOW - timedelta(hours=2), votes=(), actors=("b",))
        cases = [replace(one, state="decided", decisions=(made,)) for one in cases[:8]]
    if asked.query:
        cases = cases[:1] if asked.query != "nothing" else []
    pages = max(1, -(-len(cases) // PAGE))
    page = min(asked.page, pages)
    shown_cases = cases[(page - 1) * PAGE : page * PAGE]
    waiting = asked.name == "waiting" and not asked.query
    view = queue_page(
        shown_cases, SENIOR, "team-a", chosen={**asked.chosen, **({"platform": query["platform"]} if "platform" in query else {})},
        mine=frozenset({cases[1].case} if len(cases) > 1 else ()), leased=frozenset({cases[2].case} if len(cases) > 2 else ()),
        budget=40 if waiting else None, decided_today=12, beyond=7 if waiting else 0, break_due=True, severe_left=4, now=NOW,
        whole=cases, page=page, pages=pages, name=asked.name, query=asked.query, unknown=asked.unknown,
        excerpts=excerpts(shown_cases),
    )  # fmt: skip
    return shown("queue.html", query, nav="queue", up="", view=view)


def show_case(query: dict[str, str]) -> str:
    kind = query.get("id", "")
    person = Person(actor="auditor", roles=frozenset({"auditor"}), teams=SENIOR.teams) if kind == "read" else SENIOR
    found = {"appeal": appeal_case, "decided": decided_case, "seven": seven_actions}.get(kind, lambda: case(1))()
    hidden = kind == "hidden"
    post, assessment = POST, ASSESSMENT
    if kind == "pictures":
        post = replace(
            POST,
            title="",
            description="",
            company="",
            salary=None,
            images=("https://jobs-pl.example/1.jpg", "sha256:0f3a"),
        )
        assessment = {**ASSESSMENT, "evidence": [], "protective": [], "inconclusive": "image"}
    decided = [
        case(number, state="decided", decisions=(Decision(
            action="remove" if number % 2 else "dismiss", partner=None, decided_at=NOW - timedelta(days=number), votes=(), actors=("b",),
        ),))
        for number in range(30, 33)
    ]  # fmt: skip
    view = case_page(
        found, person, texts=texts(query.get("lang", "en")), actions=() if hidden else offered_actions(found, person),
        post=None if hidden else post, assessment=None if hidden else assessment, partners=PARTNERS, decision_id="d-1",
        now=NOW, blind=kind == "blind", held="others" if kind == "blind" else "mine", text_hidden=hidden,
        similar=similar_cases(found, decided), statements=(APPEALED,) if kind == "appeal" else (),
        faults=("entry 3 was changed",) if kind == "appeal" else (), decisions=told_decisions(found, person),
        contested=told_decisions(decided_case(), person) if kind == "appeal" else (),
        reopenings=(ToldReopening(at=NOW, actor="ben", own=False, words="The passport is kept after all."),) if kind == "decided" else (),
        undo=("remove", NOW + timedelta(minutes=8), query.get("gone") == "1") if kind == "decided" else None,
        may_reopen=kind == "decided",
        grounds=ReferralGrounds(supporting=("documents",), weak=("deceptive_recruitment",), left_out=("no_contract",))
        if kind == "lacking"
        else None,
        going=GoingOn(last=LastCase(case=case(2).case, revision=4, action="dismiss", undo_until=NOW + timedelta(minutes=9)), break_due=True)
        if kind == "next"
        else None,
    )  # fmt: skip
    return shown("case.html", query, nav="case", view=view)


def seven_actions() -> Case:
    """Nothing in it forbids to ask its poster: every action is offered."""
    worry = ConcernSummary(type="labour_law", tier="review")
    return case(1, tier="review", concerns=(worry,), dimensions={"exploitative_conditions": "strong"})


def decided_case() -> Case:
    """Dismissed, opened again, and removed."""
    said = (("d-1", "anna", "dismiss", ("not_borne_out",), ""), ("d-2", "ben", "remove", ("plain:doc_retention",), "They keep the papers."))  # fmt: skip
    votes = tuple(
        Vote(
            decision_id=name, actor=actor, role="reviewer", action=action, partner=None, reason=words,  # type: ignore[arg-type]
            at=NOW - timedelta(minutes=40), facts=1, reasons=reasons,
        )
        for name, actor, action, reasons, words in said
    )  # fmt: skip
    dismissal, removal = (
        Decision(action=vote.action, partner=None, decided_at=vote.at, votes=(vote.decision_id,), actors=(vote.actor,))
        for vote in votes
    )
    return case(1, state="decided", votes=votes, decisions=(removal,), overruled=(dismissal,))


def show_reason(query: dict[str, str]) -> str:
    fields = {"case": case(1).case, "decision_id": "d-1", "revision": "0", "action": "dismiss", "partner": "", "reason": "."}  # fmt: skip
    return shown("reason.html", query, nav="case", fields=fields)


def show_campaign(query: dict[str, str]) -> str:
    many = 200
    led = case(1, members=tuple(member(number) for number in range(1, many)), member_count=many - 1)
    places = ("Berlin", "Prague", "Vienna", "Brno", "Варшава")
    words = [TEMPLATE.format(places[n % 5], 900 + n, ("Friday", "Sunday")[n % 2], n % 4) for n in range(many)]
    return shown("campaign.html", query, nav="campaign", view=campaign_page(led, words))


def show_partners(query: dict[str, str]) -> str:
    def referral(number: int, partner: str, state: Any, **fields: Any) -> Referral:
        return Referral(
            id=f"{number:08d}-referral", case=appeal_case().case if number == 2 else case(number).case, partner=partner,
            kind="referral", state=state, package_key="k", hash="h", issued_at=NOW - timedelta(days=number),
            expires_at=NOW + timedelta(days=30 - number), **fields,
        )  # fmt: skip

    referrals = [
        referral(1, "police-b", "issued"),
        referral(2, "police-b", "acknowledged"),
        referral(3, "ngo-a", "recalled"),
    ]
    view = partners_page(PARTNERS, referrals, [case(1), appeal_case(), case(3)], SENIOR, now=NOW)
    return shown(
        "partners.html", query, nav="partners", view=view, told="recalled", team="team-a", teams=["team-a", "team-b"]
    )


def show_metrics(query: dict[str, str]) -> str:
    model = metrics_page(
        [*queue_cases(), *(case(n, state="decided", opened_at=NOW - timedelta(days=n % 20), decisions=(Decision(
            action="remove" if n % 3 else "dismiss", partner=None, decided_at=NOW - timedelta(days=n % 20, hours=-3), votes=(), actors=("b",),
        ),)) for n in range(100, 160))],
        read_figures(), now=NOW,
    )  # fmt: skip
    words = texts(query.get("lang", "en"))
    return shown(
        "metrics.html", query, nav="metrics", model=model, team="team-a", teams=["team-a", "team-b"],
        flow_picture=flow_chart(model.flow.days, words=words), rules_picture=precision_plot(model.rules.rules, words=words),
    )  # fmt: skip


def show_confirm(query: dict[str, str]) -> str:
    fields = {
        "case": case(1).case, "decision_id": "d-1", "revision": "0", "action": "refer", "partner": "police-b", "reason": "Fee and passport.",
    }  # fmt: skip
    return shown("confirm.html", query, nav="case", fields=fields, partner=POLICE.name)


def show_error(query: dict[str, str]) -> str:
    words = texts(query.get("lang", "en"))("error.not_found")
    return shown("error.html", query, message=words, detail="case 4711: no such case")


def shown(name: str, query: dict[str, str], **values: Any) -> str:
    language = query.get("lang", "en")
    here = tuple((key, value) for key, value in query.items() if key != "lang")
    frame = {"up": "../", "token": "t", "here": here, "told": "", "sees": ("queue", "partners", "metrics")}
    return rendered(name, language=language, **{**frame, **values})


PAGES = {
    "/console": show_queue, "/console/case": show_case, "/console/campaign": show_campaign, "/console/partners": show_partners,
    "/console/metrics": show_metrics, "/console/confirm": show_confirm, "/console/reason": show_reason, "/console/error": show_error,
    "/done": lambda query: "<!doctype html><html lang=en><title>Done</title><h1>Done</h1></html>",
}  # fmt: skip
