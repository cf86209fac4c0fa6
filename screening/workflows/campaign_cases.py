"""Finding the case that a team has of a campaign, however the campaign was called when the case was opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from screening.cases.campaign_case import takes_posts
from screening.cases.case import Case
from screening.cases.updates import CaseFacts
from screening.links.clusters import campaign_id, root_of_id
from screening.ports import CaseStore, LinkStore
from screening.workflows.campaign_parts import campaign_key
from screening.workflows.merged_cases import find_case

MEMBERS_ASKED = 50
"""Posts of a campaign that are asked for their case where its names lead to none; the first mostly knows."""
FORMER_ASKED = 50
"""Names of campaigns that went into one: each is two requests, and a team has a case under few of them."""


class CampaignCases:
    def __init__(self, *, cases: CaseStore, links: LinkStore) -> None:
        self._cases = cases
        self._links = links

    def of(self, team: str, campaign: str | None, *, but: str = "") -> tuple[Case | None, str | None]:
        """The case that a team has of a campaign (an open one if there is any), and the id that its pointer holds.

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
        if found is not None and found.case != but and takes_posts(found):
            return found, seen
        root = root_of_id(campaign)
        for other in self._elsewhere(team, root) if root else ():
            if other is not None and other.case != but and other.team == team and takes_posts(other):
                return other, seen
        return found, seen

    def _elsewhere(self, team: str, root: str) -> Iterator[Case | None]:
        """Where else a case of the campaign may be found. Posts alone don't do: the first ones of a campaign that has just become
        larger may all be new, and have no case yet."""
        for former in self._taken_in(root):
            seen = self._cases.latest_of_campaign(team, campaign_id(former))
            yield find_case(self._cases, seen) if seen else None
        for member in self._links.members_of(campaign_key(root), limit=MEMBERS_ASKED):
            latest = self._cases.latest_of(*member.post)
            yield find_case(self._cases, latest.case) if latest else None

    def _taken_in(self, root: str) -> Iterator[str]:
        """Campaigns that went into this one, straight or by way of another, and weren't split off again; the latest first."""
        waiting, seen = [root], {root}
        while waiting:
            events = self._links.history(waiting.pop(0))
            for other in [event.other for event in reversed(events) if event.what == "took_in"]:
                if len(seen) > FORMER_ASKED:
                    return
                if other not in seen and self._links.merged_into(other) == root:
                    seen.add(other)
                    waiting.append(other)
                    yield other

    def placed(self, facts: CaseFacts) -> CaseFacts:
        """The facts with the name that the post's campaign has by now: events of a growing one bear each its own."""
        own = self._links.roots([facts.key]).get(facts.key)
        root = own.root if own else root_of_id(facts.campaign or "")
        return replace(facts, campaign=campaign_id(self._links.merged_into(root))) if root else facts

    def name_by_now(self, campaign: str) -> str:
        """What a campaign of this name is called since it went into another, if it did."""
        root = root_of_id(campaign)
        return campaign_id(self._links.merged_into(root)) if root else campaign
