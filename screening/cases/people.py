"""Who may do what: roles as a table, and the person who acts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from screening.cases.case import Case
from screening.cases.vote import Action
from screening.errors import NotFoundError, PermissionDeniedError

Role = Literal["reviewer", "senior", "auditor", "partner_liaison", "administrator"]

MAY_DECIDE: dict[Action, frozenset[Role]] = {
    "dismiss": frozenset({"reviewer", "senior"}),
    "warn_applicants": frozenset({"reviewer", "senior"}),
    "ask_poster": frozenset({"reviewer", "senior"}),
    "remove": frozenset({"reviewer", "senior"}),
    "offer_support": frozenset({"reviewer", "senior", "partner_liaison"}),
    "refer": frozenset({"reviewer", "senior", "partner_liaison"}),
    "notify_authority": frozenset({"senior"}),
    "uphold": frozenset({"reviewer", "senior"}),
    "restore": frozenset({"senior"}),
}
"""Auditors read and verify, administrators configure: neither decides. Who overturns a colleague's decision is a senior."""

MAY_READ: frozenset[Role] = frozenset(get_args(Role)) - {"administrator"}
MAY_LOOK_AFTER: frozenset[Role] = frozenset({"senior", "partner_liaison"})
"""Who may give the second look at a notice."""
MAY_RECALL: frozenset[Role] = frozenset({"senior", "partner_liaison"})
MAY_WORK: frozenset[Role] = frozenset({"reviewer", "senior", "partner_liaison"})
"""Who may take a case, and put it aside."""
MAY_HAND_OVER: frozenset[Role] = frozenset({"reviewer", "partner_liaison"})
"""Who may hand a case that they hold to a senior."""
MAY_SNOOZE: frozenset[Role] = frozenset({"reviewer", "senior"})
MAY_HOLD: frozenset[Role] = frozenset({"senior"})
MAY_TELL_OUTCOME: frozenset[Role] = frozenset({"senior"})
MAY_REOPEN: frozenset[Role] = MAY_DECIDE["dismiss"]
"""Who may say that a decision was wrong: whoever might have made it."""
MAY_SEE_WHO: frozenset[Role] = frozenset({"senior", "auditor"})
"""Who is told which colleague decided; the others read in which role it was."""
MAY_KEEP_GOLDEN: frozenset[Role] = frozenset({"senior"})
"""Who may say that a case's right answer is known; it takes two of them."""
MAY_SEE_MEASURES: frozenset[Role] = frozenset({"senior", "auditor"})
MAY_ADMINISTER: frozenset[Role] = frozenset({"administrator"})
"""Who sets up teams, platforms and partners. By this role alone nobody reads a post, a case or a figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody signed in. `actor` is the stable id of the account; teams say whose cases they see.

    `platforms` narrows that further, to cases of these platforms alone; empty: all of the teams'.
    """

    actor: str
    roles: frozenset[Role]
    teams: frozenset[str]
    platforms: frozenset[str] = frozenset()

    def acting_role(self, allowed: frozenset[Role], what: str) -> Role:
        """The role this person acts in. Raises PermissionDeniedError where none of theirs is allowed."""
        fitting = sorted(self.roles & allowed)
        if not fitting:
            raise PermissionDeniedError(f"{what}: needs the role {' or '.join(sorted(allowed))}")
        return fitting[-1]

    def check_reach(self, case: Case) -> None:
        """Raises NotFoundError for another team's case: it isn't even said to exist."""
        if not self.reaches(case):
            raise NotFoundError(f"case {case.case}: no such case")

    def reaches(self, case: Case) -> bool:
        """Every post of the case must lie within reach: half a campaign can't be judged. A golden case is one person's alone."""
        if case.golden is not None and case.golden.actor != self.actor:
            return False
        platforms = {case.platform, *(member.platform for member in case.members)}
        return case.team in self.teams and (not self.platforms or platforms <= self.platforms)
