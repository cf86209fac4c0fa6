"""What is known of one post within a person's reach: how it stands, its versions and tiers over time, its cases with what was
decided, its campaign, and other posts of the same poster or contact. It shows no text and no contact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from screening.cases.case import Case, CaseState
from screening.cases.decisions import seen_blind
from screening.cases.ledger import LedgerEntry
from screening.cases.people import Person
from screening.cases.told_decisions import ToldDecision, told_decisions
from screening.links.clusters import campaign_id
from screening.links.member import CONTACT_KINDS, LinkKey, Member, day_text
from screening.links.profile import COMMON_ABOVE
from screening.ports import CaseStore, LinkStore, PostStore
from screening.posts.post import PostKind, PostStatus
from screening.values.result import Tier
from screening.workflows.campaign_parts import campaign_key
from screening.workflows.case_queue import shown_tier
from screening.workflows.case_reading import NEWS_IN_LEDGER, without_what_was_said
from screening.workflows.merged_cases import cases_of_post, find_case
from screening.workflows.records import Head, PostKey

MEMBERS_READ = 200
"""Posts looked through under each contact or account of a post: each key is a request of its own."""
OTHERS_SHOWN = 25
VERSIONS_SHOWN = 40
CASES_SHOWN = 20
TIED_BY = CONTACT_KINDS | {"account"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldPost:
    """A post in a list. `tier` is None where its record is gone; `case` its newest within reach, "" for none."""

    platform: str
    id: str
    day: date
    kind: PostKind
    shares: tuple[str, ...]  # kinds of what it shares with what was looked up
    tier: Tier | None
    status: PostStatus | None
    case: str
    case_state: CaseState | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldVersion:
    """One assessment of the post that a case learned of. `version` is "" where only a withdrawal came."""

    at: datetime
    cause: str
    tier: Tier
    version: str
    withdrawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldCase:
    """A case of the post. Who is to judge it blind reads of no decision; its state reads as open then."""

    case: str
    team: str
    state: CaseState
    tier: Tier
    opened_at: datetime
    reports: int
    decisions: tuple[ToldDecision, ...]
    leads: bool  # this post leads the case


@dataclass(frozen=True, slots=True, kw_only=True)
class PostStory:
    """`tier`, `status`, `kind` and `language` are None where the post's record is gone. `posts_in_campaign` are within reach,
    the post among them; 0 where it is tied to nothing."""

    platform: str
    id: str
    tier: Tier | None
    status: PostStatus | None
    kind: PostKind | None
    language: str | None
    versions: tuple[ToldVersion, ...]
    cases: tuple[ToldCase, ...]
    campaign: str
    posts_in_campaign: int
    others: tuple[ToldPost, ...]
    more_others: bool

    @property
    def reports(self) -> int:
        return sum(case.reports for case in self.cases)


class StoryReader:
    def __init__(self, *, cases: CaseStore, links: LinkStore, posts: PostStore) -> None:
        self._cases = cases
        self._links = links
        self._posts = posts

    def is_known(self, person: Person, post: PostKey) -> bool:
        """Whether there is a record of the post, or a case of it within reach. The caller sees to its platform."""
        return self._posts.read_head(post) is not None or bool(self._cases_of(person, post))

    def __call__(
        self, person: Person, platforms: Sequence[str], post: PostKey, golden: Mapping[str, Case] | None = None
    ) -> PostStory:
        """What is known of the post.

        Args:
            golden: the person's golden cases by the known case that each stands for; they are told in its place.

        Raises:
            TransientError: something can't be read.
        """
        head, cases = self._posts.read_head(post), as_shown(self._cases_of(person, post), golden or {})
        had_case = bool(cases) or self._cases.latest_of(*post) is not None
        root, tied = self._campaign(platforms, post)
        others, more = self._others(person, platforms, post, head, golden or {})
        return PostStory(
            platform=post[0], id=post[1], tier=_told_tier(head, had_case=had_case), status=head.status if head else None,
            kind=head.kind if head else None, language=head.language if head else None,
            versions=self._versions(post, cases), cases=tuple(_told_case(case, person, post) for case in cases),
            campaign=root, posts_in_campaign=tied, others=others, more_others=more,
        )  # fmt: skip

    def of_report(self, person: Person, case: Case) -> PostStory:
        """Of a case about an offer that no platform sent: the case is all that is known."""
        return PostStory(
            platform="", id="", tier=None, status=None, kind=None, language=None, versions=(),
            cases=(_told_case(case, person, ("", "")),), campaign="", posts_in_campaign=0, others=(), more_others=False,
        )  # fmt: skip

    def _cases_of(self, person: Person, post: PostKey) -> tuple[Case, ...]:
        return tuple(case for case in cases_of_post(self._cases, *post) if person.reaches(case))[:CASES_SHOWN]

    def _versions(self, post: PostKey, cases: Iterable[Case]) -> tuple[ToldVersion, ...]:
        """The newest first, from the ledgers of its cases. Of a campaign's case only what its entries say of this post."""
        found = {
            (entry.at, entry.index): told
            for case in cases
            for entry in self._cases.ledger(case.case)
            if (told := _told_version(entry, post, alone=case.member_count == 0)) is not None
        }
        return tuple(found[key] for key in sorted(found, reverse=True)[:VERSIONS_SHOWN])

    def _campaign(self, platforms: Sequence[str], post: PostKey) -> tuple[str, int]:
        rooted = self._links.roots([post]).get(post)
        if rooted is None:
            return "", 0
        members = self._links.members_of(campaign_key(rooted.root), limit=COMMON_ABOVE)
        return campaign_id(rooted.root), len({member.post for member in members if member.platform in platforms})

    def _others(
        self, person: Person, platforms: Sequence[str], post: PostKey, head: Head | None, golden: Mapping[str, Case]
    ) -> tuple[tuple[ToldPost, ...], bool]:
        members: dict[PostKey, Member] = {}
        shared: dict[PostKey, set[str]] = {}
        for key in map(LinkKey.read, head.links if head else ()):
            if key.kind not in TIED_BY:
                continue
            for member in self._links.members_of(key, limit=MEMBERS_READ):
                if member.platform in platforms and member.post != post:
                    newest = members.get(member.post)
                    members[member.post] = member if newest is None or member.day > newest.day else newest
                    shared.setdefault(member.post, set()).add(key.kind)
        ordered = sorted(members.values(), key=lambda one: (-one.day, one.post))
        shown = told_posts(person, ordered[:OTHERS_SHOWN], shared, golden, cases=self._cases, posts=self._posts)
        return shown, len(ordered) > OTHERS_SHOWN


def as_shown(cases: Iterable[Case], golden: Mapping[str, Case]) -> tuple[Case, ...]:
    """The cases with each known one replaced by the golden one that stands for it: beside it the known one would tell it."""
    return tuple(golden.get(case.case, case) for case in cases)


def told_posts(
    person: Person, members: Sequence[Member], shared: Mapping[PostKey, Iterable[str]], golden: Mapping[str, Case], *,
    cases: CaseStore, posts: PostStore,
) -> tuple[ToldPost, ...]:  # fmt: skip
    """The posts as a list tells them; `golden` as for `StoryReader`. Raises TransientError."""
    keys = [member.post for member in members]
    heads = posts.read_heads(keys).heads if keys else {}
    latest = cases.latest_of_each(keys) if keys else {}
    read = {post: find_case(cases, found.case) for post, found in latest.items()}
    told = []
    for member in members:
        case = read.get(member.post)
        case = golden.get(case.case, case) if case is not None else None
        within = case if case is not None and person.reaches(case) else None
        head = heads.get(member.post)
        told.append(ToldPost(
            platform=member.platform, id=member.id, day=date.fromisoformat(day_text(member.day)), kind=member.kind,
            shares=tuple(sorted(shared.get(member.post, ()))), tier=_told_tier(head, had_case=case is not None),
            status=head.status if head else None, case=within.case if within else "",
            case_state=_told_state(within, person) if within else None,
        ))  # fmt: skip
    return tuple(told)


def _told_tier(head: Head | None, *, had_case: bool) -> Tier | None:
    """Of a post that has a case as the console tells it, so that what was drawn for the audit isn't told apart."""
    if head is None:
        return None
    return shown_tier(head.tier) if had_case else head.tier


def _told_case(case: Case, person: Person, post: PostKey) -> ToldCase:
    blind = seen_blind(case, person)
    return ToldCase(
        case=case.case, team=case.team, state=_told_state(case, person), tier=shown_tier(case.tier), opened_at=case.opened_at,
        reports=case.report_count, decisions=() if blind else told_decisions(case, person),
        leads=(case.platform, case.post_id) == post,
    )  # fmt: skip


def _told_state(case: Case, person: Person) -> CaseState:
    return without_what_was_said(case).state if seen_blind(case, person) else case.state


def _told_version(entry: LedgerEntry, post: PostKey, *, alone: bool) -> ToldVersion | None:
    """Entries of earlier releases don't name the post: they are told where the case has no other."""
    payload = entry.payload or {}
    if entry.kind not in NEWS_IN_LEDGER or "tier" not in payload or "version" not in payload:
        return None
    named = (payload.get("platform"), payload.get("post_id"))
    if named != post and not (alone and named == (None, None)):
        return None
    return ToldVersion(
        at=entry.at, cause=str(payload.get("cause", "")), tier=shown_tier(payload["tier"]),
        version=str(payload["version"]), withdrawn=bool(payload.get("withdrawn")),
    )  # fmt: skip
