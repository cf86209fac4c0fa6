"""What golden cases tell: each person about themselves, and the seniors of the team about its people. Nobody else, and no today.

An answer is told from the day after it was given (UTC), by its right answer and why, so that the next ones stay unmarked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from screening.cases.case import Case
from screening.cases.golden import NOT_TWICE_WITHIN, GoldenAnswer, answer_of, is_told
from screening.cases.people import MAY_KEEP_GOLDEN, MAY_WORK, Person
from screening.cases.quality.golden_answers import GoldenFigures, by_person, golden_figures
from screening.ports import CaseStore, Clock, ConfigStore
from screening.statistics import Share
from screening.workflows.case_queue import check_team

MOST_READ = 20_000
TOLD_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAnswer:
    """One of the person's own answers. `why` is "" where the case is known no more: it was retired, erased, or its time is over."""

    answer: GoldenAnswer
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityView:
    """`people` and `team_figures` are there for the team's seniors alone."""

    team: str
    share: float
    own: GoldenFigures
    told: tuple[ToldAnswer, ...]
    people: tuple[tuple[str, Share], ...] = ()
    team_figures: GoldenFigures | None = None


class ReadQuality:
    def __init__(self, *, cases: CaseStore, config: ConfigStore, clock: Clock) -> None:
        self._cases = cases
        self._config = config
        self._clock = clock

    def __call__(self, person: Person, team: str) -> QualityView:
        """Raises NotFoundError for another team's, PermissionDeniedError for who takes no cases."""
        person.acting_role(MAY_WORK, "quality")
        check_team(person, team)
        now = self._clock.now()
        today = now.astimezone(UTC).date()
        senior = bool(person.roles & MAY_KEEP_GOLDEN)
        shown = self._cases.golden(
            team, since=now - NOT_TWICE_WITHIN, limit=MOST_READ, actor=None if senior else person.actor
        )
        answers = _answers(shown, person, now)
        own = [one for one in answers if one.actor == person.actor]
        newest = sorted(own, key=lambda one: one.at, reverse=True)[:TOLD_SHOWN]
        return QualityView(
            team=team, share=self._config.team(team).golden_share, own=golden_figures(own, today=today),
            told=tuple(ToldAnswer(answer=one, why=self._why(one)) for one in newest),
            people=by_person(answers) if senior else (),
            team_figures=golden_figures(answers, today=today) if senior else None,
        )  # fmt: skip

    def _why(self, answer: GoldenAnswer) -> str:
        source = self._cases.read(answer.source)
        return source.known.why if source is not None and source.known is not None else ""


def _answers(shown: Iterable[Case], person: Person, now: datetime) -> list[GoldenAnswer]:
    """Those that are told by now, of cases on platforms within the person's reach."""
    within = (case for case in shown if not person.platforms or case.platform in person.platforms)
    told = (answer_of(case) for case in within if is_told(case, now))
    return [answer for answer in told if answer is not None]
