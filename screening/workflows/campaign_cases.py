"""Finding the case that a team has of a campaign, however the campaign was called when the case was opened."""

from __future__ import annotations

from dataclasses import replace

from screening.cases.campaign_case import takes_posts
from screening.cases.case import Case
from screening.cases.updates import CaseFacts
from screening.links.clusters import campaign_id, root_of_id
from screening.ports import CaseStore, LinkStore
from screening.workflows.campaigns import campaign_key
from screening.workflows.merged_cases import find_case

MEMBERS_ASKED = 50
"""Posts of a campaign that are asked for their case where its name leads to none; the first mostly knows."""


class CampaignCases:
    def __init__(self, *, cases: CaseStore, links: LinkStore) -> None:
        self._cases = cases
        self._links = links

    def of(self, team: str, campaign: str | None, *, but: str = "") -> tuple[Case | None, str | None]:
        """The case that a team has of a campaign (an open one if there is any), and the id that its pointer holds.

        A campaign takes the name of its oldest post, which may be the last to come: where no pointer leads from its name,
        its posts are asked for theirs.

        Args:
            but: a case that isn't meant.

        Raises:
            TransientError: a store can't answer for now.
        """
        if campaign is None:
            return None, None
        seen = self._cases.latest_of_campaign(team, campaign)
        found = find_case(self._cases, seen) if seen else None
        if found is not None and found.case != but and takes_posts(found):
            return found, seen
        root = root_of_id(campaign)
        for member in self._links.members_of(campaign_key(root), limit=MEMBERS_ASKED) if root else ():
            latest = self._cases.latest_of(*member.post)
            case = find_case(self._cases, latest.case) if latest and latest.case != but else None
            if case is not None and case.case != but and case.team == team and takes_posts(case):
                return case, seen
        return found, seen

    def placed(self, facts: CaseFacts) -> CaseFacts:
        """The facts with the name that the post's campaign has by now: events of a growing one bear each its own."""
        own = self._links.roots([facts.key]).get(facts.key)
        root = own.root if own else root_of_id(facts.campaign or "")
        return replace(facts, campaign=campaign_id(self._links.merged_into(root))) if root else facts
