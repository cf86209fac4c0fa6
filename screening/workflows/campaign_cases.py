"""Finding the case that a team has of a campaign, however the campaign was called when the case was opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from screening.cases.campaign_case import TIED, takes_posts
from screening.cases.case import Case
from screening.cases.updates import CaseFacts
from screening.links.clusters import campaign_id, root_of_id
from screening.links.profile import COMMON_ABOVE
from screening.ports import CaseStore, ConfigStore, LinkStore
from screening.workflows.campaign_parts import campaign_key
from screening.workflows.merged_cases import find_case
from screening.workflows.records import PostKey

CASES_ASKED = 50
"""Cases that posts of a campaign lead to and that are read, where its names lead to none."""
FORMER_ASKED = 50
"""Names of campaigns that went into one and that are looked at: each is three requests, and a team has a case under few of them."""


class CampaignCases:
    def __init__(self, *, cases: CaseStore, links: LinkStore, config: ConfigStore) -> None:
        self._cases = cases
        self._links = links
        self._config = config

    def of(self, team: str, campaign: str | None, *, but: str = "") -> tuple[Case | None, str | None]:
        """The case that a team has of a campaign (one that takes posts if there is any), and the id that its pointer holds.

        A campaign takes the name of its oldest post, which may be the last to come: where no pointer leads from its name, those
        that it bore are looked up, then its posts are asked for theirs.

        Args:
            but: a case that isn't meant.

        Raises:
            TransientError: a store can't answer for now.
        """
        if campaign is None:
            return None, None
        seen = self._cases.latest_of_campaign(team, campaign)
        found = find_case(self._cases, seen) if seen else None
        if _is_meant(found, team, but):
            return found, seen
        root = root_of_id(campaign)
        if root is not None:
            for other in (self.under_former_name(team, root, but=but), self._of_posts(team, root, but=but)):
                if other is not None:
                    return other, seen
        return found, seen

    def under_former_name(self, team: str, root: str, *, but: str) -> Case | None:
        """A case that takes posts, opened when what is now one campaign were several. Mostly there are none, and it is one request."""
        for former in self._taken_in(root):
            seen = self._cases.latest_of_campaign(team, campaign_id(former))
            case = find_case(self._cases, seen) if seen else None
            if _is_meant(case, team, but):
                return case
        return None

    def _of_posts(self, team: str, root: str, *, but: str) -> Case | None:
        """One that a post of the campaign has. All of the team's are asked: the first ones may be new, all of them."""
        members = self._links.members_of(campaign_key(root), limit=COMMON_ABOVE)
        posts = list(dict.fromkeys(member.post for member in members))
        platforms = {platform for platform in {platform for platform, _ in posts} if self._is_of(team, platform)}
        latest = self._cases.latest_of_each([post for post in posts if post[0] in platforms])
        for case_id in islice(dict.fromkeys(pointer.case for pointer in latest.values()), CASES_ASKED):
            case = find_case(self._cases, case_id) if case_id != but else None
            if _is_meant(case, team, but):
                return case
        return None

    def _is_of(self, team: str, platform: str) -> bool:
        configured = self._config.platform(platform)
        return configured is not None and configured.team == team

    def _taken_in(self, root: str) -> Iterator[str]:
        """Campaigns that went into this one, straight or by way of another, and weren't split off again; the latest first."""
        waiting, here, looked = [root], {root}, 0
        while waiting:
            events = self._links.history(waiting.pop(0))
            for other in dict.fromkeys(event.other for event in reversed(events) if event.what == "took_in"):
                if other in here:
                    continue
                if looked == FORMER_ASKED:
                    return
                looked += 1
                if self._links.went_into(other) in here:
                    here.add(other)
                    waiting.append(other)
                    yield other

    def placed(self, facts: CaseFacts) -> CaseFacts:
        """The facts with the name that the post's campaign has by now: events of a growing one bear each its own."""
        name = self.name_by_now(facts.key, facts.campaign)
        return replace(facts, campaign=name) if name else facts

    def name_by_now(self, post: PostKey, campaign: str | None) -> str | None:
        """What a post's campaign is called by now; `campaign`: what it was called, where the post has no place of its own."""
        own = self._links.roots([post]).get(post)
        root = own.root if own else root_of_id(campaign or "")
        return campaign_id(self._links.merged_into(root)) if root else None


def _is_meant(case: Case | None, team: str, but: str) -> bool:
    return case is not None and case.case != but and case.team == team and case.queue in TIED and takes_posts(case)
