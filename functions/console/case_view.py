"""What the case page shows: the case, the post with its notes, and the actions as this person may take them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from functions.console.action_choices import choices, lacking_part
from functions.console.campaign_page import member_rows
from functions.console.case_page_parts import (
    ActionChoice,
    AppealPart,
    CampaignPart,
    CaseNote,
    ContactCount,
    Fact,
    HistoryRow,
    JudgedPart,
    LackingPart,
    OutcomeRow,
    PayPart,
    SimilarRow,
    StatedPay,
    StatementPart,
)
from functions.console.decided_part import DecisionRow, UndoPart, WordRow, decision_rows, reopening_rows
from functions.console.going_on import GoingOn
from functions.console.marked_text import MarkedField, Note, marked_post, sources_of, visible
from functions.console.queue_view import shown_tier
from functions.console.texts import Texts, key_of
from screening.cases.case import Case
from screening.cases.case_parts import Outcome
from screening.cases.decisions import decision_to_recheck, standing_votes
from screening.cases.pay_chart import pay_chart
from screening.cases.people import MAY_HOLD, MAY_LOOK_AFTER, MAY_SNOOZE, MAY_TELL_OUTCOME, MAY_WORK, Person
from screening.cases.similar import SimilarCase
from screening.cases.support import ReferralGrounds
from screening.cases.told_decisions import ToldDecision, ToldReopening
from screening.cases.vote import Action
from screening.posts.post import Post
from screening.signals.pay_check import lies_under
from screening.workflows.case_reading import Erased
from screening.workflows.records import Partner
from screening.workflows.report import Statement

TONES = ("strong", "medium", "weak", "for")
NETWORK = "network"
WORDLESS = Post(platform="-", id="-")
MEMBERS_SHOWN = 8
IMAGES_SHOWN = 5
MOST_SNOOZE_DAYS = 30
DETAILED = frozenset({"voted", "decided", "undone", "reported", "took_in", "merged", "snoozed"})
"""Lines of the history whose detail is shown: names of partners, ids of reports and cases. Outcomes are told above them."""
CONFIRMED = frozenset({"refer", "offer_support", "notify_authority"})
"""What leaves the house is stated once more before it is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """`blind`: a colleague's word is kept from this person until theirs is given. `text_hidden`: shown when asked for."""

    case: str
    team: str
    revision: int
    decision_id: str
    tier: str
    kind: str
    platform: str
    state: str
    concerns: tuple[str, ...]
    due_at: datetime
    left: float
    overdue: bool
    waits: bool  # for somebody: what is settled has no hour by which it is due
    act_by: date | None
    withdrawn: bool
    faults: tuple[str, ...]
    blind: bool
    held: str  # "", mine, others
    silent_until: datetime | None
    text_hidden: bool
    fields: tuple[MarkedField, ...]
    notes: tuple[CaseNote, ...]
    dimensions: tuple[tuple[str, str], ...]
    facts: tuple[Fact, ...]
    contacts: tuple[ContactCount, ...]
    pay: PayPart | None
    campaign: CampaignPart | None
    similar: tuple[SimilarRow, ...]
    history: tuple[HistoryRow, ...]
    outcomes: tuple[OutcomeRow, ...]
    appeal: AppealPart | None
    statements: tuple[StatementPart, ...]  # of a poster who appeals, or of notifiers
    child_notice: bool
    missing: (
        str  # why there is no text: reported (a report is all that is known), erased, hidden, wordless, gone; or ""
    )
    inconclusive: str  # why its words couldn't be judged; "" where they were
    erased: Erased | None
    reported: bool  # so that the statement of reasons tells the poster of a notice (DSA art. 17(3)(b))
    actions: tuple[ActionChoice, ...]
    lacking: LackingPart | None  # where the evidence carries no referral
    partners: tuple[Partner, ...]
    second_look: bool
    voted: JudgedPart | None  # this person's own word, while it waits for another's
    judged: JudgedPart | None  # a decision that somebody contests, where this person settles it
    may_work: bool
    may_skip: bool  # the case waits for somebody
    may_hold: bool
    may_tell_outcome: bool
    snoozable: tuple[str, ...]
    translate_url: str = ""
    unseen: bool = False  # nothing is offered to this person until the text was shown to them
    decisions: tuple[DecisionRow, ...] = ()
    contested: tuple[DecisionRow, ...] = ()  # of the case that an appeal is about
    reopenings: tuple[WordRow, ...] = ()
    undo: UndoPart | None = None
    may_reopen: bool = False
    most_snooze_days: int = MOST_SNOOZE_DAYS
    going: GoingOn = field(default_factory=GoingOn)

    @property
    def short(self) -> str:
        return self.case[:8]

    @property
    def signs(self) -> tuple[CaseNote, ...]:
        """What was found, the strongest first."""
        return tuple(note for note in self.notes if note.tone != "for" and note.state != "absent_checked")

    @property
    def against(self) -> tuple[CaseNote, ...]:
        """What speaks against the finding: claims that reassure, and denials."""
        return tuple(note for note in self.notes if note.tone == "for")

    @property
    def absent(self) -> tuple[CaseNote, ...]:
        """What a complete post would say, and this one doesn't."""
        return tuple(note for note in self.notes if note.state == "absent_checked")

    @property
    def tones(self) -> tuple[str, ...]:
        found = {note.tone for note in self.notes if note.marked}
        return tuple(tone for tone in TONES if tone in found)


def case_page(
    case: Case, person: Person, *, texts: Texts, actions: Sequence[Action], post: Post | None,
    assessment: Mapping[str, Any] | None, partners: Iterable[Partner], decision_id: str, now: datetime,
    faults: Sequence[str] = (), blind: bool = False, held: str = "", text_hidden: bool = False,
    similar: Sequence[SimilarCase] = (), statements: Sequence[Statement] = (), erased: Erased | None = None, translate_url: str = "",
    grounds: ReferralGrounds | None = None, decisions: Sequence[ToldDecision] = (), contested: Sequence[ToldDecision] = (),
    reopenings: Sequence[ToldReopening] = (), undo: tuple[Action, datetime, bool] | None = None, may_reopen: bool = False,
    going: GoingOn | None = None, waits_for_other: bool = False,
) -> CasePage:  # fmt: skip
    """Args:
    actions: those offered to this person, in order; each gets a digit.
    held: "mine" or "others" where somebody took the case.
    waits_for_other: it is assigned to a colleague.
    """
    found, partners = assessment or {}, tuple(partners)
    names = {partner.id: partner.name for partner in partners}
    links = found.get("links") or {}
    pieces = [*found.get("evidence", ()), *found.get("protective", ())]
    tied = {sign["indicator"]: sign for sign in links.get("evidence", ())}
    words = [piece for piece in pieces if piece["dimension"] != NETWORK] if post else []
    # A post without text has its ties alone; both kinds of signs stand in one list, the strongest first.
    marked = marked_post(post or WORDLESS, [*words, *map(_as_piece, tied.values())])
    notes = tuple(
        _sign(note.number, tied[note.indicator], texts) if note.dimension == NETWORK else _note(note, texts)
        for note in marked.notes
    )
    signs = tuple(note for note in notes if note.dimension == NETWORK)
    left = (case.due_at - now).total_seconds()
    aside = {
        rule
        for note in notes
        if note.tone in ("medium", "weak") and note.state == "stated" and not note.veiled and note.dimension != NETWORK
        for rule in note.rules
    }
    taken = held == "others" or waits_for_other
    offered = tuple(action for action in actions if not taken or action == "notify_authority")
    return CasePage(
        case=case.case, team=case.team, revision=case.revision, decision_id=decision_id, tier=shown_tier(case.tier), kind=case.kind,
        platform=case.platform, state=case.state, concerns=tuple(concern.type for concern in case.concerns),
        due_at=case.due_at, left=left, overdue=left < 0 and case.is_open,
        waits=case.is_open or decision_to_recheck(case, person) is not None, act_by=case.act_by,
        withdrawn=case.post_withdrawn, faults=tuple(faults), blind=blind, held=held, silent_until=case.silent_until,
        text_hidden=text_hidden, fields=marked.fields if post else (), notes=notes,
        dimensions=tuple((name, state) for name, state in case.dimensions.items() if state != "none"),
        facts=tuple(_facts(case, post, found, texts)), contacts=_contacts(found.get("contacts", ())),
        pay=_pay(found["pay"], texts, undated=post is not None and not post.posted_at) if found.get("pay") else None, campaign=_campaign(case, links, signs),
        similar=tuple(
            SimilarRow(case=one.case, action=one.action, at=one.decided_at, shared=one.shared_indicators) for one in similar
        ),
        history=tuple(_history(case, names)),
        outcomes=tuple(_outcome(one, names) for one in case.outcomes),
        appeal=AppealPart(
            case=case.appeal.case, action=case.appeal.action, decided_at=case.appeal.decided_at
        ) if case.appeal else None,
        statements=tuple(_statement(one) for one in statements), child_notice=case.child_notice,
        missing=_missing(case, post, worded=bool(marked.fields), text_hidden=text_hidden, erased=erased),
        inconclusive=found.get("inconclusive") or "", erased=erased, reported=bool(case.reports),
        actions=choices(offered, case, partners=partners, grounds=grounds, senior="senior" in person.roles),
        lacking=lacking_part(grounds, offered, senior="senior" in person.roles),
        partners=tuple(partner for partner in partners if partner.active),
        second_look=bool(person.roles & MAY_LOOK_AFTER) and not text_hidden
        and any(made.awaits_second_look and person.actor not in made.actors for made in case.decisions),
        voted=_voted(case, person, names), judged=_judged(case, person, names),
        may_work=bool(person.roles & MAY_WORK), may_skip=bool(person.roles & MAY_WORK) and case.is_open,
        may_hold=bool(person.roles & MAY_HOLD) and any(made.action == "notify_authority" for made in case.decisions),
        may_tell_outcome=bool(person.roles & MAY_TELL_OUTCOME) and bool(case.decisions) and not blind
        and not any(person.actor in made.actors for made in case.decisions),
        snoozable=tuple(sorted(aside)) if person.roles & MAY_SNOOZE and not case.severe else (), translate_url=translate_url,
        unseen=text_hidden and bool(person.roles & MAY_WORK), decisions=decision_rows(decisions, names),
        contested=decision_rows(contested, names), reopenings=reopening_rows(reopenings),
        undo=UndoPart(action=undo[0], until=undo[1], gone=undo[2]) if undo else None, may_reopen=may_reopen,
        going=going or GoingOn(),
    )  # fmt: skip


def _missing(case: Case, post: Post | None, *, worded: bool, text_hidden: bool, erased: Erased | None) -> str:
    if post is not None:
        return "" if worded else "wordless"
    return "hidden" if text_hidden else "erased" if erased else "gone" if case.post_id else "reported"


def _statement(one: Statement) -> StatementPart:
    """An address is text, never a link: a visit may tell the poster that somebody looks."""
    return StatementPart(
        words=visible(one.words), address=visible(one.address or ""), post=visible("/".join(one.post or ())),
        child_offence=one.child_offence,
    )  # fmt: skip


def _voted(case: Case, person: Person, names: Mapping[str, str]) -> JudgedPart | None:
    own = standing_votes(case).get(person.actor) if case.state == "second_look" else None
    return JudgedPart(action=own.action, partner=names.get(own.partner or "", own.partner or "")) if own else None


def _judged(case: Case, person: Person, names: Mapping[str, str]) -> JudgedPart | None:
    decision = decision_to_recheck(case, person)
    if decision is None or decision.recheck != "differs":
        return None
    return JudgedPart(action=decision.action, partner=names.get(decision.partner or "", decision.partner or ""))


def _note(note: Note, texts: Texts) -> CaseNote:
    return CaseNote(
        number=note.number, indicator=note.indicator, state=note.state, strength=note.strength, dimension=note.dimension,
        tone=note.tone, quotes=note.quotes, rules=note.rules, sources=note.sources, veiled=note.veiled,
        marked=note.marked, means_key=_key(texts, note.indicator, "means"), else_key=_key(texts, note.indicator, "else"),
    )  # fmt: skip


def _as_piece(sign: Mapping[str, Any]) -> dict[str, Any]:
    """A sign from comparing posts as evidence that stands nowhere in this post's text."""
    return {
        "indicator": sign["indicator"], "state": "stated", "strength": sign["strength"], "dimension": NETWORK, "field": "",
        "start": 0, "end": 0, "quote": "", "rule": f"{sign['indicator']}.links", "sources": sign["sources"],
    }  # fmt: skip


def _sign(number: int, sign: Mapping[str, Any], texts: Texts) -> CaseNote:
    """A note for what comparing posts found: it has counts in place of words."""
    return CaseNote(
        number=number, indicator=sign["indicator"], state="stated", strength=sign["strength"], dimension="network",
        tone=sign["strength"], quotes=(), rules=(f"{sign['indicator']}.links",), sources=sources_of(sign["sources"]),
        veiled=False, marked=False, means_key=_key(texts, sign["indicator"], "means"),
        else_key=_key(texts, sign["indicator"], "else"), counter=sign["counter"],
        counter_key=key_of("counter", sign["counter"]),
        counts=tuple(sorted(sign["counts"].items())),
    )  # fmt: skip


def _key(texts: Texts, indicator: str, part: str) -> str:
    key = f"indicator.{indicator}.{part}"
    return key if key in texts.words else ""


def _facts(case: Case, post: Post | None, found: Mapping[str, Any], texts: Texts) -> Iterable[Fact]:
    """Plain facts of the post. Its address is text, never a link: a visit may tell the poster that somebody looks."""
    assessed = found.get("post") or {}
    country = assessed.get("work_country") or case.work_country
    place = ", ".join(filter(None, (visible(post.city) if post else "", country or "")))
    sector = assessed.get("sector") or {}
    plain = (
        Fact(name="place", values=(place,) if place else ()),
        Fact(name="from", values=tuple(assessed.get("origin_countries") or ())),
        Fact(
            name="language",
            values=tuple(assessed.get("languages") or filter(None, (case.language,))),
            group="language",
        ),
        Fact(name="sector", values=(_sector(sector, texts),) if sector else ()),
    )
    yield from (fact for fact in plain if fact.values)
    if post is not None:
        if post.posted_at:
            yield Fact(name="posted", moment=post.posted_at)
        if post.poster and post.poster.created_at:
            yield Fact(name="account_since", moment=post.poster.created_at)
        if post.poster and post.poster.prior_removals:
            yield Fact(name="prior_removals", values=(str(post.poster.prior_removals),))
        if post.url:
            yield Fact(name="address", values=(visible(post.url),))
        if post.images:
            yield Fact(name="images", values=tuple(map(visible, post.images[:IMAGES_SHOWN])))
        yield Fact(name="post", values=(visible(post.id),))


def _sector(sector: Mapping[str, Any], texts: Texts) -> str:
    """In the reader's language; of an older assessment, whose group has no name of ours, as it was named then."""
    return texts.words.get(f"occupation.{sector['isco08']}") or str(sector["name"])


def _contacts(contacts: Iterable[Mapping[str, Any]]) -> tuple[ContactCount, ...]:
    """By kind and country alone: whom to reach is nothing that the decision needs."""
    counted = Counter((str(one["kind"]), one["country"]) for one in contacts)
    ordered = sorted(counted.items(), key=lambda entry: (entry[0][0], entry[0][1] or ""))
    return tuple(ContactCount(kind=kind, country=country, count=count) for (kind, country), count in ordered)


def _pay(pay: Mapping[str, Any], texts: Texts, *, undated: bool) -> PayPart:
    monthly, reference = pay.get("monthly_eur") or {}, pay.get("reference")
    figures = reference or {}
    chart = pay_chart(
        monthly.get("min"),
        monthly.get("max"),
        figures.get("minimum"),
        figures.get("typical"),
        figures.get("high"),
        "EUR",
        words=texts,
    )
    stated = tuple(
        StatedPay(
            low=one["min"], high=one["max"], currency=one["currency"] or "", period=one["period"], basis=one["basis"]
        )
        for one in pay["stated"]
    )
    under = pay["verdict"] == "plausible" and lies_under(monthly.get("max"), figures.get("minimum"))
    return PayPart(
        verdict="under_full_time" if under else pay["verdict"], stated=stated, chart=chart, reference=reference,
        undated=undated,
    )  # fmt: skip


def _campaign(case: Case, links: Mapping[str, Any], signs: tuple[CaseNote, ...]) -> CampaignPart | None:
    """None for a post that is tied to no other."""
    if not (case.campaign or case.members or links.get("campaign") or signs):
        return None
    members = member_rows(case)[:MEMBERS_SHOWN] if case.members else ()
    size = case.member_count + 1 if case.members else max(1, links.get("size", 1))
    return CampaignPart(size=size, members=members, signs=signs, shown=bool(case.members))


def _outcome(one: Outcome, names: Mapping[str, str]) -> OutcomeRow:
    source, _, name = one.source.partition(":")
    return OutcomeRow(at=one.at, source=source, name=names.get(name, name), opinion=one.opinion)


def _history(case: Case, names: Mapping[str, str]) -> Iterable[HistoryRow]:
    """Newest first, the same over and over as one line: posts that join a campaign would hide what people did.

    Tiers stay out: an offer of the audit sample would show itself by them.
    """
    rows: list[HistoryRow] = []
    for line in reversed(case.history):
        what, _, action = line.what.partition(":")
        row = HistoryRow(
            at=line.at, what=f"{what}_{action}" if what == "recheck" else what,
            action=action if what in ("voted", "decided", "undone", "outcome", "appeal") else "",
            detail=names.get(line.detail, line.detail) if what in DETAILED else "",
        )  # fmt: skip
        before = rows[-1] if rows else None
        if before and (before.what, before.action, before.detail) == (row.what, row.action, row.detail):
            rows[-1] = replace(before, times=before.times + 1)
        else:
            rows.append(row)
    return rows
