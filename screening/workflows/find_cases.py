"""Finding cases by what a person has at hand: a case's id or its beginning, a post's id, a contact's fingerprint.

A contact itself is never asked for: what is searched for stands in the page's address, and so in logs and histories.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain

from screening.cases.case import Case
from screening.cases.people import MAY_READ, Person
from screening.links.member import CONTACT_KINDS, LinkKey
from screening.ports import CaseStore, Clock, ConfigStore, LinkStore
from screening.workflows.case_lists import GoldenForLists
from screening.workflows.case_queue import QUEUE_READ, QueueFilters, check_team, waiting_cases
from screening.workflows.merged_cases import cases_of_post, find_case
from screening.workflows.records import PostKey

CASE = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
SHORT = re.compile(r"[0-9a-f]{4,8}(?:-[0-9a-f-]{0,27})?", re.ASCII)
"""The beginning of a case's id, as the pages show it."""
FINGERPRINT = re.compile(r"[a-z0-9-]{1,16}:[0-9a-f]{20,32}", re.ASCII)
"""Of a contact or a poster's account, as assessments and packages name it."""
LOOKED_BACK = timedelta(days=183)
MOST_FOUND = 50
MEMBERS_READ = 100
SEARCHED_KINDS = (*sorted(CONTACT_KINDS), "account")
LONGEST_QUERY = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCases:
    """The newest first; `more` where there were more than `MOST_FOUND`."""

    cases: tuple[Case, ...]
    more: bool = False


class FindCases:
    """Searches the cases that a person may see. What is out of their reach isn't counted and isn't said to exist."""

    def __init__(
        self, *, cases: CaseStore, config: ConfigStore, links: LinkStore, clock: Clock, golden: GoldenForLists | None = None
    ) -> None:  # fmt: skip
        self._golden = golden
        self._cases = cases
        self._config = config
        self._links = links
        self._clock = clock

    def __call__(self, person: Person, team: str, query: str) -> FoundCases:
        """Cases of any of the person's teams; by the beginning of an id, of `team` alone.

        Raises:
            NotFoundError: the team isn't the person's.
            PermissionDeniedError: the role doesn't read cases.
        """
        person.acting_role(MAY_READ, "cases")
        check_team(person, team)
        asked = query.strip()[:LONGEST_QUERY]
        if not asked:
            return FoundCases(cases=())
        found: dict[str, Case] = {}
        own = self._golden.own(person, team) if self._golden else ()
        sources = {case.golden.source for case in own if case.golden is not None}
        for case in chain(self._candidates(person, team, asked), _of_posts_or_called(own, asked)):
            if person.reaches(case) and case.case not in sources:
                found[case.case] = case
            if len(found) > MOST_FOUND:
                break
        newest = sorted(found.values(), key=lambda case: (case.opened_at, case.case), reverse=True)
        return FoundCases(cases=tuple(newest[:MOST_FOUND]), more=len(newest) > MOST_FOUND)

    def _candidates(self, person: Person, team: str, asked: str) -> Iterator[Case]:
        lowered = asked.lower()
        if CASE.fullmatch(lowered):
            found = find_case(self._cases, lowered)
            if found is not None:
                yield found
        elif SHORT.fullmatch(lowered):
            yield from (case for case in self._of_team(person, team) if case.case.startswith(lowered))
        if FINGERPRINT.fullmatch(lowered):
            yield from self._of_posts(self._posts_under(lowered))
        yield from self._of_posts(self._posts_called(person, asked))

    def _of_team(self, person: Person, team: str) -> Iterator[Case]:
        yield from waiting_cases(self._cases, person, team, QueueFilters(), everything=True)
        yield from self._cases.decided(team, since=self._clock.now() - LOOKED_BACK, limit=QUEUE_READ)

    def _posts_called(self, person: Person, asked: str) -> Iterator[PostKey]:
        """`asked` as a post's id on each platform within reach, and as `platform/id`, as the pages name one."""
        named, _, rest = asked.partition("/")
        for platform in self._config.platforms_of(person.teams):
            if not person.platforms or platform in person.platforms:
                yield platform, asked
                if rest and platform == named:
                    yield platform, rest

    def _posts_under(self, fingerprint: str) -> Iterator[PostKey]:
        for kind in SEARCHED_KINDS:
            key = LinkKey.of_fingerprint(kind, fingerprint)
            yield from (member.post for member in self._links.members_of(key, limit=MEMBERS_READ))

    def _of_posts(self, posts: Iterable[PostKey]) -> Iterator[Case]:
        unique = list(dict.fromkeys(posts))
        if not unique:
            return
        known = self._cases.latest_of_each(unique)
        for platform, post_id in unique:
            if (platform, post_id) in known:
                yield from cases_of_post(self._cases, platform, post_id)


def _of_posts_or_called(golden: Iterable[Case], asked: str) -> Iterator[Case]:
    """Golden cases of this person, found by what finds any other."""
    lowered = asked.lower()
    for case in golden:
        begins = SHORT.fullmatch(lowered) is not None and case.case.startswith(lowered)
        if begins or asked in (case.post_id, f"{case.platform}/{case.post_id}"):
            yield case
