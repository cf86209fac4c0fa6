"""How long a post's records stay, by tier (design, "Retention"): each figure is a setting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from screening.cases.appeals import OPEN_FOR, restriction_of
from screening.cases.case import Case
from screening.values.result import Tier

CONTESTABLE_FOR = OPEN_FOR + timedelta(days=3)
"""Six months from when somebody was told (DSA art. 20(1)), which a hold or a notice that is pending puts off by 72 hours at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """Days after a post's life ends. A post that states no expiry is taken to live `assumed_life` days."""

    clear: int = 30
    inconclusive: int = 30
    watch: int = 180
    review: int = 365
    urgent: int = 365
    rejected: int = 30
    assumed_life: int = 60
    longest_life: int = 365  # a stated expiry further away counts as this
    cases_after_decision: int = 183
    reports: int = 183
    notices: int = 366  # as long again: who sent one has half a year for a complaint after the answer (DSA art. 20(1))

    def post_expires(self, tier: Tier, *, received_at: datetime, post_expires_at: datetime | None) -> datetime:
        """When the records of a post may go; the same message gives the same moment."""
        end = post_expires_at or received_at + timedelta(days=self.assumed_life)
        end = min(max(end, received_at), received_at + timedelta(days=self.longest_life))
        days = {
            "clear": self.clear, "inconclusive": self.inconclusive, "watch": self.watch,
            "review": self.review, "urgent": self.urgent,
        }[tier]  # fmt: skip
        return end + timedelta(days=days)

    def case_expires(self, case: Case) -> datetime | None:
        """When a decided case may go; None while it is open, awaits a second look or review, or is held by name."""
        if case.golden is not None:
            return case.opened_at + timedelta(days=self.cases_after_decision)
        if case.state == "merged" and not case.hold:
            # Its posts went to another case, which people still have to decide: it stays the time of both.
            merged_at = case.history[-1].at if case.history else case.opened_at
            return merged_at + timedelta(days=2 * self.cases_after_decision)
        if case.is_open or case.decision is None or case.hold:
            return None
        if case.waits_for_people or any(decision.awaits_second_look for decision in case.decisions):
            return None
        kept = timedelta(days=self.cases_after_decision)
        # A poster's appeal, and a notifier's complaint, finds the case that it is about.
        may_be_contested = bool(case.reports) or restriction_of(case) is not None
        return case.decision.decided_at + (max(kept, CONTESTABLE_FOR) if may_be_contested else kept)

    def rejected_expires(self, received_at: datetime) -> datetime:
        return received_at + timedelta(days=self.rejected)
