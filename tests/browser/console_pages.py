"""The console's pages with made-up cases, for the browser tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from functions.console.admin_view import change_rows, settings_page, waiting_rows
from functions.console.aside_part import AsidePart
from functions.console.batch_pages import batch_page
from functions.console.campaign_page import campaign_page
from functions.console.case_view import case_page
from functions.console.comment_part import CommentPart, CommentRow
from functions.console.going_on import GoingOn
from functions.console.pages import rendered
from functions.console.partners_page import partners_page
from functions.console.policy_part import policy_part
from functions.console.queue_filters import asked_from
from functions.console.queue_view import queue_page
from functions.console.saved_filter_pages import SavedPart, SavedRow
from functions.console.texts import texts
from screening.assessment.record import ConcernSummary
from screening.cases.case import Case
from screening.cases.decisions import offered_actions
from screening.cases.golden import RIGHT_ACTIONS, GoldenAnswer
from screening.cases.golden_marks import Known
from screening.cases.ledger import ADMINISTRATION, next_entry
from screening.cases.people import Person
from screening.cases.quality.chart import flow_chart, precision_plot
from screening.cases.quality.expected_hits import read_figures
from screening.cases.quality.false_alarms import alarms_plot
from screening.cases.quality.golden_answers import by_person, drift_plot, golden_figures
from screening.cases.quality.page_model import metrics_page
from screening.cases.similar import similar_cases
from screening.cases.support import ReferralGrounds
from screening.cases.told_decisions import ToldReopening, told_decisions
from screening.cases.vote import Decision, Vote
from screening.posts.serialise import post_to_dict
from screening.workflows.archived import ArchivedPost
from screening.workflows.batch_decisions import Decided, LeftCase, Prepared, ReadyCase
from screening.workflows.case_excerpts import Excerpt, excerpt_of
from screening.workflows.case_lists import PAGE
from screening.workflows.golden_cases import KnownCase
from screening.workflows.golden_quality import QualityView, ToldAnswer
from screening.workflows.look_up import LookedUp
from screening.workflows.next_case import LastCase
from screening.workflows.post_story import PostStory, ToldCase, ToldPost, ToldVersion
from screening.workflows.records import Platform, Referral, Team, TeamPolicy
from screening.workflows.report import Statement
from screening.workflows.settings_records import Proposal, SecretState, Setting, SettingKind, setting_to_data
from tests.browser.console_site import View
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
    saved = SavedPart(room=True, rows=(
        SavedRow(name="Нічні термінові", query=(("team", "team-a"), ("tier", "urgent")), default=True, chosen=False, count=7),
        SavedRow(name="Rides to Poland", query=(("team", "team-a"), ("kind", "transport")), default=False, chosen=True, count=None),
    ))  # fmt: skip
    return shown("queue.html", query, nav="queue", up="", view=view, saved=None if asked.query else saved)


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
    talk = None if kind == "blind" else CommentPart(
        rows=tuple(
            CommentRow(at=NOW, role="reviewer", who=who, own=False, words=words, asks=True, handed=bool(who))
            for who, words in (("ben", "@senior is this agency known?"), ("", ""))
        ),
        hidden=0, asks=True, may_write=kind != "read", may_hand_over=kind != "read", may_take=kind != "read", full=False,
        comment_id="k-1", draft="…" if kind == "pictures" else None,
    )  # fmt: skip
    policy = policy_part(
        TeamPolicy(team="team-a", version=3, text="# Pay\nWe look at it first.\n\n- one\n- two", by="o", at=NOW)
    )
    aside = AsidePart(choices=("1h", "4h", "12h"), note="Ask for the licence." if kind == "open" else "")
    return shown("case.html", query, nav="case", view=view, talk=talk, policy=policy, aside=aside)


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
        alarms_picture=alarms_plot(
            model.false_alarms.by_language, words=words, called=lambda row: words.named("language", row.name)
        ),
    )  # fmt: skip


def show_measured(query: dict[str, str]) -> str:
    cases = queue_cases()
    view = queue_page(
        cases[:5], SENIOR, "team-a", chosen={"language": "uk"}, whole=cases, page=2, pages=3, name="mine", now=NOW
    )
    return shown(
        "measured.html", query, nav="metrics", view=view, figure=(("of", "false_alarms"), ("rule", "worker_fee.paid")),
        named="false_alarms", rule="worker_fee.paid", indicator=None, unlisted=2,
    )  # fmt: skip


def show_quality(query: dict[str, str]) -> str:
    answers = [
        GoldenAnswer(
            case=case(n).case, source=case(90 + n).case, actor=("anna", "ben")[n % 2], action="dismiss" if n % 3 else "remove",
            right=("remove", "warn_applicants"), signs=("worker_fee", "doc_retention"), at=NOW - timedelta(days=3 * n + 1),
        )
        for n in range(12)
    ]  # fmt: skip
    own = golden_figures(answers[::2], today=NOW.date())
    team = golden_figures(answers, today=NOW.date())
    model = QualityView(
        team="team-a", share=0.02, own=own, people=by_person(answers), team_figures=team,
        told=tuple(ToldAnswer(answer=one, why="It states a fee before departure." if n else "") for n, one in enumerate(answers[:4])),
    )  # fmt: skip
    words = texts(query.get("lang", "en"))
    return shown(
        "quality.html", query, nav="quality", model=model, team="team-a", teams=["team-a", "team-b"], may_keep=True,
        own_picture=drift_plot(own.weeks, words=words, name="own"), team_picture=drift_plot(team.weeks, words=words, name="team"),
    )  # fmt: skip


def show_golden(query: dict[str, str]) -> str:
    known = Known(right=("remove",), why="It states a fee.", proposed_by="zoe", proposed_at=NOW)
    rows = [
        KnownCase(
            case=case(n).case,
            known=known,
            serves=n == 1,
            unfit="dated" if n == 2 else "",
            decided="remove",
            may_confirm=n == 3,
        )
        for n in (1, 2, 3)
    ]
    return shown(
        "golden.html", query, nav="quality", rows=rows, team="team-a", teams=["team-a", "team-b"], case=case(7).case,
        right_actions=RIGHT_ACTIONS, longest=1_000,
    )  # fmt: skip


def show_confirm(query: dict[str, str]) -> str:
    fields = {
        "case": case(1).case, "decision_id": "d-1", "revision": "0", "action": "refer", "partner": "police-b", "reason": "Fee and passport.",
    }  # fmt: skip
    return shown("confirm.html", query, nav="case", fields=fields, partner=POLICE.name)


def show_look_up(query: dict[str, str]) -> str:
    told = {
        "platform": "jobs-pl", "kind": "job", "shares": ("account", "phone"), "tier": "review", "status": "published",
        "case": case(2).case, "case_state": "open",
    }  # fmt: skip
    posts = tuple(ToldPost(id=f"a-{number}", day=NOW.date(), **told) for number in range(4))  # type: ignore[arg-type]
    found = decided_case()
    cases = (
        ToldCase(
            case=found.case, team="team-a", state="decided", tier="urgent", opened_at=NOW, reports=2, leads=True,
            decisions=told_decisions(found, SENIOR),
        ),
    )  # fmt: skip
    versions = (
        ToldVersion(at=NOW, cause="edit", tier="urgent", version="0f3a99c1e2", withdrawn=False),
        ToldVersion(at=NOW - timedelta(days=1), cause="new", tier="review", version="77aa01b2c3", withdrawn=True),
    )
    story = PostStory(
        platform="jobs-pl", id="a-4711", tier="urgent", status="published", kind="job", language="uk", versions=versions,
        cases=cases, campaign="c" * 16, posts_in_campaign=4, others=posts, more_others=True,
    )  # fmt: skip
    asked = query.get("q", "")
    view = LookedUp()
    if asked.startswith("phone="):
        view = LookedUp(posts=posts, keys=(asked,), total=54, page=2, pages=3, cut=True)
    elif asked and asked != "nothing":
        view = LookedUp(stories=(story,))
    return shown(
        "look_up.html", query, nav="look_up", view=view, team="team-a", teams=["team-a", "team-b"], clean=str,
        asked="" if view.keys else asked, nothing=query.get("nothing") == "1", page_query=[("team", "team-a"), ("q", asked)],
    )  # fmt: skip


def show_batch(query: dict[str, str]) -> str:
    cases = queue_cases()[:4]
    words = excerpts(cases)
    ready = tuple(
        ReadyCase(
            case=one, excerpt=words[one.case], text=POST if number == 1 else None,
            actions=("dismiss", "warn_applicants", "remove") if number else ("warn_applicants", "remove"),
        )
        for number, one in enumerate(cases)
    )  # fmt: skip
    left = (LeftCase(case(5).case, "distressing"), LeftCase(case(6).case, "too_many_texts"))
    view = batch_page(Prepared(ready, left, 3))
    wrong = query.get("wrong", "")
    return shown("batch.html", query, nav="batch", view=view, batch="b-1", wrong=wrong, filled={}, team="team-a")


def show_batch_done(query: dict[str, str]) -> str:
    made = (Decided(case(1).case, "done"), Decided(case(2).case, "changed"), Decided(case(3).case, "later"))
    fields = {"batch": "b-1", "action": "remove", "count": "3"}
    return shown(
        "batch_done.html",
        query,
        nav="batch",
        made=made,
        action="remove",
        done=1,
        later=True,
        again=fields,
        team="team-a",
    )


def show_error(query: dict[str, str]) -> str:
    words = texts(query.get("lang", "en"))("error.not_found")
    return shown("error.html", query, message=words, detail="case 4711: no such case")


def shown(name: str, query: dict[str, str], **values: Any) -> str:
    language = query.get("lang", "en")
    here = tuple((key, value) for key, value in query.items() if key != "lang")
    frame = {
        "up": "../",
        "token": "t",
        "here": here,
        "told": "",
        "sees": ("queue", "partners", "metrics", "quality", "admin"),
    }
    return rendered(name, language=language, **{**frame, **values})


def admin_settings(kind: SettingKind, settings: Sequence[Setting]) -> View:
    def show(query: dict[str, str]) -> str:
        chosen = query.get("id", "")
        state = (
            SecretState(kind="partner", id=chosen, number=1, changed_at=NOW) if chosen and kind == "partner" else None
        )
        view = settings_page(
            kind, settings, chosen, waiting=(WAITING,), secret=state, teams=("team-a", "team-b"), partners=PARTNERS,
            platforms={"team-a": ("alpha", "beta")},
        )  # fmt: skip
        return shown("admin_settings.html", query, nav="admin", up="../../", tab=view.page, view=view)

    return show


WAITING = Proposal(
    id="p-1", kind="partner", target="ngo-a", action="put", before=setting_to_data(NGO),
    after=setting_to_data(replace(NGO, countries=("PL", "UA"), active=False)), proposed_by="max",
    reason="The agreement of 1 December names Ukraine too.", proposed_at=NOW, expires_at=NOW + timedelta(days=7),
)  # fmt: skip


def show_changes(query: dict[str, str]) -> str:
    kim = Person(actor="kim", roles=frozenset({"administrator"}), teams=frozenset())
    payload = {
        "what": "partner",
        "id": "ngo-a",
        "changed": WAITING.changed,
        "reason": WAITING.reason,
        "proposed_by": "max",
    }
    entries = [
        next_entry(case=ADMINISTRATION, index=n, prev_hash="", kind=kind, actor=actor, at=NOW, salt="s", payload=payload)
        for n, (kind, actor) in enumerate((("configured", "kim"), ("proposed", "max"), ("declined", "ada")))  # type: ignore[arg-type]
    ]  # fmt: skip
    waiting = waiting_rows((WAITING, replace(WAITING, id="p-2", target="police-b", action="rotate", proposed_by="kim",
                                             before={"number": 1}, after={"number": 2})), kim)  # fmt: skip
    return shown(
        "admin_changes.html", query, nav="admin", tab="changes", waiting=waiting, rows=change_rows(entries, kim),
        page_number=2, more=True, told="setting_proposed",
    )  # fmt: skip


def show_secret(query: dict[str, str]) -> str:
    return shown(
        "admin_secret.html", query, nav="", up="../../", kind="platform", page="platforms", target="jobs-pl",
        secret="whsec_" + "QUJD" * 10,
    )  # fmt: skip


PLATFORMS = tuple(
    Platform(id=name, team="team-a", webhook_url=f"https://{name}.example/{'a-long-path/' * 4}", member_state="PL")
    for name in ("alpha", "beta-with-a-long-name")
)
TEAMS = (Team(id="team-a", daily_budget=40), Team(id="team-b"))
PAGES = {
    "/console/admin": show_changes, "/console/admin/teams": admin_settings("team", TEAMS), "/console/admin/secrets": show_secret,
    "/console/admin/platforms": admin_settings("platform", PLATFORMS), "/console/admin/partners": admin_settings("partner", PARTNERS),
    "/console": show_queue, "/console/case": show_case, "/console/campaign": show_campaign, "/console/partners": show_partners,
    "/console/measured": show_measured, "/console/quality": show_quality, "/console/golden": show_golden,
    "/console/metrics": show_metrics, "/console/confirm": show_confirm, "/console/reason": show_reason, "/console/error": show_error,
    "/console/look-up": show_look_up, "/console/batch": show_batch, "/console/batch-done": show_batch_done,
    "/done": lambda query: "<!doctype html><html lang=en><title>Done</title><h1>Done</h1></html>",
}  # fmt: skip
