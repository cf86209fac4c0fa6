"""One case per campaign: posts that are tied join the open case of those they are tied to.

A case is led by the post with the highest tier; its facts are what reviewers judge. Campaigns of several teams have a case
with each team, of the team's own posts: nobody sees another team's.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from screening.cases.case import MAX_EVENTS, MAX_MEMBERS, MAX_REPORTS, MAX_SENDERS, Case, CaseQueue
from screening.cases.case_parts import CaseMember
from screening.cases.queue_order import due_at
from screening.cases.states import check_move
from screening.cases.updates import TIER_ORDER, CaseFacts, lapsed_votes, note


def holds(case: Case, facts: CaseFacts) -> bool:
    """Whether the post is one of the case's, leading or not."""
    return facts.key in case.posts


def leads(case: Case, facts: CaseFacts) -> bool:
    return facts.key == (case.platform, case.post_id)


TIED: frozenset[CaseQueue] = frozenset({"review", "reports"})
"""Queues whose cases are found and merged by campaign: an audit sample stays what was drawn."""


def takes_posts(case: Case) -> bool:
    """Whether posts may join it.

    A post never slips in under a decision that was made without it, nor into an appeal or a complaint about one. A case
    that is full takes none: the next post opens another, linked to it.
    """
    open_to_any = case.is_open and case.appeal is None and not case.decisions and not case.excluded
    return open_to_any and len(case.members) < MAX_MEMBERS


def fit_together(one: Case, other: Case) -> bool:
    """Whether two cases of a campaign may become one. Larger ones stay apart: what isn't listed is never acted on."""
    return takes_posts(one) and takes_posts(other) and len(one.members) + len(other.members) < MAX_MEMBERS


def join_case(case: Case, facts: CaseFacts, *, now: datetime, counted: bool = False) -> Case:
    """An open case after news of another of its posts, or of a post that joins it.

    A post of a higher tier leads from then on, so that votes on what was judged before lapse; another one changes nothing
    of what is judged, and votes stand.

    Args:
        counted: the post is one of the case's already, perhaps beyond those it lists.
    """
    known = {member.key: member for member in case.members}
    before = known.get(facts.key)
    member = _member(facts, joined_at=before.joined_at if before else now)
    late = before is not None and (before.seq, before.version) > (member.seq, member.version)
    if before is not None and late:
        member = before
    joins = before is None and not counted
    case = replace(case, member_count=case.member_count + joins)
    if facts.event:
        case = replace(case, events=(*case.events, facts.event)[-MAX_EVENTS:])
    if _should_lead(case, facts, newest=member, late=late):
        others = (*(one for one in case.members if one.key != facts.key), _leader_as_member(case))
        led = replace(_led_by(case, facts, now=now), members=others[-MAX_MEMBERS:])
        led = replace(led, seq=member.seq, version=member.version, post_withdrawn=member.withdrawn)
        return note(lapsed_votes(case, led, now=now), now, "led_by", f"{case.tier}>{facts.tier}")
    joined = replace(case, members=tuple({**known, facts.key: member}.values())[-MAX_MEMBERS:])
    if joins:
        return note(joined, now, "joined", facts.tier)
    if before is not None and member.withdrawn != before.withdrawn:
        return note(joined, now, "member_withdrawn" if member.withdrawn else "member_published_again", "")
    return joined


def merge_into(case: Case, other: Case, *, now: datetime) -> Case:
    """`case` with the posts of `other`, whose campaign turned out to be the same; led by whichever has the higher tier.

    Done again, as after a crash, it takes in what `other` was given since.
    """
    held = {member.key: member for member in case.members}
    posts = (*other.members, _leader_as_member(other)) if other.post_id else other.members
    again = took_in(case, other)
    unlisted = 0 if again else other.member_count - len(other.members)
    counted = unlisted + sum(one.key not in case.posts for one in posts)
    leader = (case.platform, case.post_id)
    for one in posts:
        if one.key == leader and (one.seq, one.version) > (case.seq, case.version):
            # A crash left the post in both, and the news of it went to the other.
            case = replace(case, seq=one.seq, version=one.version, post_withdrawn=one.withdrawn)
        newer = one.key not in held or (one.seq, one.version) > (held[one.key].seq, held[one.key].version)
        if newer and one.key != leader:
            held[one.key] = one
    reports = tuple(dict.fromkeys((*case.reports, *other.reports)))
    shared = len(case.reports) + len(other.reports) - len(reports)
    merged = replace(
        case, members=tuple(held.values())[-MAX_MEMBERS:], member_count=case.member_count + counted,
        queue=other.queue if case.queue in ("audit", "inconclusive") else case.queue,
        reports=reports[:MAX_REPORTS],
        # Taken in again, only what is listed anew counts: what found no place then was counted then.
        report_count=case.report_count + (len(reports[:MAX_REPORTS]) - len(case.reports) if again else other.report_count - shared),
        senders=tuple(dict.fromkeys((*case.senders, *other.senders)))[:MAX_SENDERS],
        events=tuple(dict.fromkeys((*case.events, *other.events)))[-MAX_EVENTS:], due_at=min(case.due_at, other.due_at),
        child_notice=case.child_notice or other.child_notice, asked=case.asked or other.asked,
        assigned=case.assigned or other.assigned,
    )  # fmt: skip
    told = other.archive is not None and bool(other.indicators or other.concerns or other.dimensions)
    led_by = (other.platform, other.post_id)
    newer = led_by == leader and _content_order(other) > _content_order(case)
    if told and (TIER_ORDER[other.tier] > TIER_ORDER[case.tier] or newer):
        before = () if led_by == leader else (_leader_as_member(case),)
        others = (*(one for one in merged.members if one.key != led_by), *before)
        led = replace(
            merged, members=others[-MAX_MEMBERS:], platform=other.platform, post_id=other.post_id, seq=other.seq,
            version=other.version, content_seq=other.content_seq, content_version=other.content_version, kind=other.kind,
            tier=other.tier, highest_tier=max(case.highest_tier, other.highest_tier, key=TIER_ORDER.__getitem__),
            rank=other.rank, concerns=other.concerns, dimensions=other.dimensions, indicators=other.indicators,
            facts_at=other.facts_at, act_by=other.act_by, language=other.language, work_country=other.work_country,
            archive=other.archive, versions=other.versions, post_withdrawn=other.post_withdrawn, corridor=other.corridor,
        )  # fmt: skip
        if led_by == leader:  # whether the post stands was settled above
            led = replace(led, seq=case.seq, version=case.version, post_withdrawn=case.post_withdrawn)
        merged = note(lapsed_votes(merged, led, now=now), now, "led_by", f"{case.tier}>{other.tier}")
    return merged if again else note(merged, now, "took_in", other.case)


def _content_order(case: Case) -> tuple[int, str, datetime]:
    return case.content_seq, case.content_version, case.facts_at


def took_in(case: Case, other: Case) -> bool:
    """Whether the posts of `other` came to `case` before."""
    return any(line.what == "took_in" and line.detail == other.case for line in case.history)


def merged_away(case: Case, into: Case, *, now: datetime) -> Case:
    """`case` once its posts went to another: closed, without a decision."""
    gone = replace(case, state=check_move(case.state, "merged"), merged_into=into.case)
    return note(gone, now, "merged", into.case)


def _should_lead(case: Case, facts: CaseFacts, *, newest: CaseMember, late: bool) -> bool:
    """Late news leads only where nothing but the post's withdrawal came before it: a withdrawal tells no content."""
    if facts.withdrawn or facts.archive is None or not facts.tells_content:
        return False
    if late and not (newest.withdrawn and newest.tier == facts.tier):
        return False
    return TIER_ORDER[facts.tier] > TIER_ORDER[case.tier]


def _led_by(case: Case, facts: CaseFacts, *, now: datetime) -> Case:
    due = due_at(
        queue=case.queue, tier=facts.tier, rank=facts.rank, act_by=facts.act_by, reports=case.report_weight, since=now,
        corridor=facts.corridor,
    )  # fmt: skip
    return replace(
        case, platform=facts.platform, post_id=facts.post_id, seq=facts.seq, version=facts.version,
        content_seq=facts.content_seq, content_version=facts.content_version, kind=facts.kind, tier=facts.tier,
        highest_tier=max(case.highest_tier, facts.tier, key=TIER_ORDER.__getitem__), rank=facts.rank,
        concerns=facts.concerns, dimensions=facts.dimensions, indicators=facts.indicators, facts_at=facts.at,
        due_at=min(case.due_at, due), act_by=facts.act_by, language=facts.language, work_country=facts.work_country,
        archive=facts.archive, versions=facts.versions, post_withdrawn=facts.withdrawn, corridor=facts.corridor,
    )  # fmt: skip


def _leader_as_member(case: Case) -> CaseMember:
    return CaseMember(
        platform=case.platform, post_id=case.post_id, seq=case.seq, version=case.version, kind=case.kind, tier=case.tier,
        archive=case.archive, withdrawn=case.post_withdrawn, joined_at=case.opened_at,
    )  # fmt: skip


def _member(facts: CaseFacts, *, joined_at: datetime) -> CaseMember:
    return CaseMember(
        platform=facts.platform, post_id=facts.post_id, seq=facts.seq, version=facts.version, kind=facts.kind,
        tier=facts.tier, archive=facts.archive, withdrawn=facts.withdrawn, joined_at=joined_at,
    )  # fmt: skip
