"""Cases of what turned out to be one campaign become one, whoever opened them and under whichever name."""

from __future__ import annotations

from screening.cases.campaign_case import TIED, fit_together, merge_into, merged_away, takes_posts
from screening.cases.case import Case
from screening.cases.updates import CaseFacts
from screening.links.clusters import root_of_id
from screening.ports import CaseStore, Clock, ReportStore
from screening.workflows.campaign_cases import CampaignCases
from screening.workflows.case_saving import CaseSaver, Entry
from screening.workflows.merged_cases import stored_case
from screening.workflows.report_places import follow_instead

SYSTEM = "system:review"


class CaseMerging:
    def __init__(
        self, *, cases: CaseStore, saver: CaseSaver, campaign_cases: CampaignCases, reports: ReportStore, clock: Clock
    ) -> None:
        self._reports = reports
        self._cases = cases
        self._saver = saver
        self._campaign_cases = campaign_cases
        self._clock = clock

    def settle(self, case: Case, facts: CaseFacts, correlation_id: str, *, joined: bool = False) -> None:
        """After a post opened or joined a case: whoever opened another one of the campaign in this very moment finds this, or is found.

        Both may do so under names of their own, where two batches of one campaign are linked in this moment too. So the name is
        asked for anew: links join campaigns before a post of either tells of the one that they became. Who dies here, or finds
        that somebody else saved first, does it again when the event comes again.

        Args:
            joined: the case was found by the campaign's name; another can only stand under a name that it bore.
        """
        if case.queue not in TIED or not takes_posts(case):
            return
        name = self._campaign_cases.name_by_now(facts.key, facts.campaign)
        if name is None:
            return
        if joined and name == facts.campaign:
            root = root_of_id(name)
            other = self._campaign_cases.under_former_name(case.team, root, but=case.case) if root else None
        else:
            other, _ = self._campaign_cases.of(case.team, name, but=case.case)
        if other is not None and other.case != case.case and takes_posts(other):
            stored = stored_case(self._cases, case.case)
            if stored.case != other.case and fit_together(stored, other):
                self.merge(stored, other, correlation_id)

    def merge(self, one: Case, other: Case, correlation_id: str) -> None:
        """Two open cases of what is now one campaign become one: the older. Done again it changes nothing."""
        now = self._clock.now()
        kept, gone = sorted((one, other), key=lambda case: (case.opened_at, case.case))
        merged = merge_into(kept, gone, now=now)
        follow_instead((name for name in gone.reports if name not in merged.reports), merged, reports=self._reports)
        if merged != kept:
            self._saver.save(
                merged, before=kept, entries=[Entry(kind="merged", actor=SYSTEM, payload={"took_in": gone.case})],
                pointer=merged.due_at < kept.due_at or merged.tier != kept.tier, correlation_id=correlation_id,
            )  # fmt: skip
        away = merged_away(gone, merged, now=now)
        entry = Entry(kind="merged", actor=SYSTEM, payload={"into": merged.case})
        self._saver.save(away, before=gone, entries=[entry], correlation_id=correlation_id)
