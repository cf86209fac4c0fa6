"""Looking up a post, a poster's account, a contact or a case: what is known of it within a person's reach, with its history.

What is outside their teams and platforms isn't found and isn't counted. Each look-up is entered in the ledger before anything is
shown. A contact and an account's id are turned into fingerprints at once; nothing else of them is kept, shown or sent on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from screening.cases.case import Case
from screening.cases.people import MAY_READ, Person
from screening.links.contribution import account_name
from screening.links.member import CONTACT_KINDS, LinkKey, Member
from screening.links.profile import COMMON_ABOVE
from screening.links.typed_contact import MOST_TYPED, typed_names
from screening.ports import CaseStore, Clock, ConfigStore, LinkStore, PostStore
from screening.workflows.case_lists import GoldenForLists
from screening.workflows.case_queue import check_team
from screening.workflows.case_reading import ViewRecorder
from screening.workflows.find_cases import CASE, LONGEST_QUERY
from screening.workflows.merged_cases import find_case
from screening.workflows.post_story import PostStory, StoryReader, ToldPost, told_posts
from screening.workflows.records import PostKey

Fingerprint = Callable[[str, str], str]
FOUND_KINDS = (*sorted(CONTACT_KINDS), "account")
"""Kinds of link keys that are looked up: who is behind a post. Names, pictures and sites are many people's."""
NAMED_KEY = re.compile(rf"(?:({'|'.join(FOUND_KINDS)})=)?([a-z0-9-]{{1,16}}:[0-9a-f]{{20,32}})", re.ASCII)
"""A fingerprint as assessments and packages name it, and `kind=fingerprint` as this look-up does."""
MOST_KEYS = 5
"""Of one look-up: a number may be a phone and three messengers."""
MOST_STORIES = 5
PAGE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedUp:
    """`stories` where a post or case was asked for; `posts` where fingerprints were: one page of `total`, the newest first.

    `cut`: more posts bear the contact or account than were looked through, and some of those read were within reach.
    """

    stories: tuple[PostStory, ...] = ()
    posts: tuple[ToldPost, ...] = ()
    keys: tuple[str, ...] = ()  # fingerprints that were asked for, as they stand in the address
    total: int = 0
    page: int = 1
    pages: int = 1
    cut: bool = False


class LookUp:
    """Answers what is known. `fingerprint` is the keyed hashing of the link store."""

    def __init__(
        self, *, cases: CaseStore, config: ConfigStore, links: LinkStore, posts: PostStore, clock: Clock,
        record_view: ViewRecorder, fingerprint: Fingerprint, golden: GoldenForLists | None = None,
    ) -> None:  # fmt: skip
        self._golden = golden
        self._cases = cases
        self._config = config
        self._links = links
        self._posts = posts
        self._clock = clock
        self._record_view = record_view
        self._fingerprint = fingerprint
        self._story = StoryReader(cases=cases, links=links, posts=posts)

    def __call__(self, person: Person, team: str, query: str, *, page: int = 1) -> LookedUp:
        """A case's id, a post's id or `platform/id`, or fingerprints set apart by spaces.

        Raises:
            NotFoundError: the team isn't the person's.
            PermissionDeniedError: the role doesn't read cases.
            TransientError: something can't be read, or the look-up can't be entered in the ledger.
        """
        platforms = self._reach(person, team)
        asked = query.strip()[:LONGEST_QUERY]
        if not asked:
            return LookedUp()
        keys = _keys_of(asked)
        if keys:
            self._enter(person, team, keys)
            return self._of_keys(person, platforms, keys, page)
        golden = self._golden_of(person)
        posts = self._posts_asked(person, platforms, asked, golden)
        # What was found is entered, not what was typed: somebody may paste a contact into the field for ids.
        self._enter(person, team, [f"post={platform}/{post_id}" for platform, post_id in posts] or ["nothing"])
        stories = [self._story(person, platforms, post, golden) for post in posts]
        case = self._case_asked(person, asked, golden)
        if case is not None and not case.post_id:
            self._enter(person, team, [f"case={case.case}"])
            stories.append(self._story.of_report(person, case))
        return LookedUp(stories=tuple(stories))

    def by_contact(self, person: Person, team: str, typed: str) -> str:
        """The query that asks for a contact by its fingerprints; "" where the text is no contact. Raises as `__call__` does."""
        platforms = self._reach(person, team)
        names = [(kind, value) for kind, value in typed_names(typed) if kind in FOUND_KINDS]
        return self._query(person, team, platforms, names)

    def by_account(self, person: Person, team: str, account: str) -> str:
        """The query that asks for a poster by the id of their account, on whichever platform within reach. Raises as above."""
        platforms = self._reach(person, team)
        named = account.strip()[:MOST_TYPED]
        names = [account_name(platform, named) for platform in platforms] if named else []
        return self._query(person, team, platforms, names)

    def _query(self, person: Person, team: str, platforms: Sequence[str], names: Sequence[tuple[str, str]]) -> str:
        """Those that posts within reach stand under. Where none does the first, so that "nothing" is looked up alike, whether
        it is out of reach or nowhere."""
        keys = [f"{kind}={self._fingerprint(kind, value)}" for kind, value in names]
        known = [key for key in keys if self._within(_link_keys(key), platforms)[0]]
        asked = (known or keys[:1])[:MOST_KEYS]
        if asked:
            self._enter(person, team, asked)
        return " ".join(asked)

    def _reach(self, person: Person, team: str) -> tuple[str, ...]:
        """The platforms whose posts the person's teams review, as far as they are this person's."""
        person.acting_role(MAY_READ, "look-up")
        check_team(person, team)
        known = self._config.platforms_of(person.teams)
        return tuple(platform for platform in known if not person.platforms or platform in person.platforms)

    def _enter(self, person: Person, team: str, what: Iterable[str]) -> None:
        self._record_view(look_ups_of(team, self._clock.now()), person.actor, tuple(what))

    def _golden_of(self, person: Person) -> dict[str, Case]:
        """The person's golden cases, by the known case that each stands for."""
        if self._golden is None:
            return {}
        own = (case for team in sorted(person.teams) for case in self._golden.own(person, team))
        return {case.golden.source: case for case in own if case.golden is not None}

    def _posts_asked(
        self, person: Person, platforms: Sequence[str], asked: str, golden: Mapping[str, Case]
    ) -> list[PostKey]:
        case = self._case_asked(person, asked, golden)
        if case is not None:
            return [(case.platform, case.post_id)] if case.post_id and case.platform in platforms else []
        named, _, rest = asked.partition("/")
        wanted = [(platform, asked) for platform in platforms]
        wanted += [(named, rest)] if rest and named in platforms else []
        return [post for post in wanted if self._story.is_known(person, post)][:MOST_STORIES]

    def _case_asked(self, person: Person, asked: str, golden: Mapping[str, Case]) -> Case | None:
        """A known case isn't found while a golden one of this person stands for it."""
        found = find_case(self._cases, asked.lower()) if CASE.fullmatch(asked.lower()) else None
        return found if found is not None and person.reaches(found) and found.case not in golden else None

    def _of_keys(self, person: Person, platforms: Sequence[str], keys: Sequence[str], page: int) -> LookedUp:
        members: dict[PostKey, Member] = {}
        shared: dict[PostKey, set[str]] = {}
        cut = False
        for named in keys:
            found, more = self._within(_link_keys(named), platforms)
            cut = cut or more
            for key, member in found:
                newest = members.get(member.post)
                members[member.post] = member if newest is None or member.day > newest.day else newest
                shared.setdefault(member.post, set()).add(key.kind)
        ordered = sorted(members.values(), key=lambda one: (-one.day, one.post))
        pages = max(1, -(-len(ordered) // PAGE))
        page = min(max(1, page), pages)
        shown = ordered[(page - 1) * PAGE : page * PAGE]
        return LookedUp(
            posts=told_posts(person, shown, shared, self._golden_of(person), cases=self._cases, posts=self._posts), keys=tuple(keys),
            total=len(ordered), page=page, pages=pages, cut=cut,
        )  # fmt: skip

    def _within(self, keys: Iterable[LinkKey], platforms: Sequence[str]) -> tuple[list[tuple[LinkKey, Member]], bool]:
        """Memberships of posts within reach, and whether there may be more than were read; that nobody learns of where there
        is none: it would tell of posts out of reach."""
        found: list[tuple[LinkKey, Member]] = []
        cut = False
        for key in keys:
            read = self._links.members_of(key, limit=COMMON_ABOVE)
            cut = cut or len(read) == COMMON_ABOVE
            found += [(key, member) for member in read if member.platform in platforms]
        return found, cut and bool(found)


def look_ups_of(team: str, at: datetime) -> str:
    """What a day's look-ups of a team are entered under, in place of a case."""
    return f"look-ups:{team}:{at.date().isoformat()}"


def _keys_of(asked: str) -> list[str]:
    """The fingerprints where the query is made of such alone."""
    parts = list(dict.fromkeys(asked.lower().split()))[:MOST_KEYS]
    return parts if all(NAMED_KEY.fullmatch(part) for part in parts) else []


def _link_keys(named: str) -> list[LinkKey]:
    found = NAMED_KEY.fullmatch(named)
    if found is None:
        return []
    return [LinkKey.of_fingerprint(kind, found[2]) for kind in ((found[1],) if found[1] else FOUND_KINDS)]
