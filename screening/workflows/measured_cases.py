"""The cases behind a figure of the metrics page, as a list that can be filtered and paged like any other."""

from __future__ import annotations

from dataclasses import dataclass

from screening.cases.case import Case
from screening.cases.decisions import decision_to_recheck
from screening.cases.people import MAY_SEE_MEASURES, Person
from screening.cases.quality.behind_figures import Figure, stands_behind
from screening.cases.quality.reviewed_case import reviewed
from screening.ports import CaseStore, Clock
from screening.workflows.case_lists import PAGE
from screening.workflows.case_queue import QueueFilters, check_team
from screening.workflows.measures import measured_cases


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredCases:
    """A page of the list. `unlisted`: so many more stand behind the figure, and wait for this person's blind second judgement."""

    cases: tuple[Case, ...]
    whole: tuple[Case, ...]
    unlisted: int
    page: int
    pages: int


class ListMeasuredCases:
    def __init__(self, *, cases: CaseStore, clock: Clock) -> None:
        self._cases = cases
        self._clock = clock

    def __call__(
        self, person: Person, team: str, figure: Figure, filters: QueueFilters, *, page: int = 1, limit: int = PAGE
    ) -> MeasuredCases:
        """What waits, in the order in which it is due, then what was decided, the newest first. A page behind the last is the last.

        Raises NotFoundError for another team's, PermissionDeniedError by role.
        """
        person.acting_role(MAY_SEE_MEASURES, "measures")
        check_team(person, team)
        now = self._clock.now()
        counted = [
            case
            for case in measured_cases(self._cases, person, team, now)
            if case.state != "merged"
            and stands_behind(figure, reviewed(case), now=now)
            and filters.fit(case)
            and filters.platform in (None, case.platform)  # figures count a campaign where its leading post stands
        ]
        listed = [case for case in counted if decision_to_recheck(case, person) is None]
        waiting = sorted((case for case in listed if case.is_open), key=lambda case: case.queue_order)
        settled = sorted((case for case in listed if not case.is_open), key=_decided_at, reverse=True)
        whole = (*waiting, *settled)
        pages = max(1, -(-len(whole) // limit))
        page = min(max(1, page), pages)
        return MeasuredCases(
            cases=whole[(page - 1) * limit : page * limit], whole=whole, unlisted=len(counted) - len(listed), page=page,
            pages=pages,
        )  # fmt: skip


def _decided_at(case: Case) -> tuple[float, str]:
    made = case.decision
    return (made.decided_at.timestamp() if made else 0.0), case.case
