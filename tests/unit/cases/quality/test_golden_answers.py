"""What golden answers add up to: agreement with its interval by action, sign, person and week."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from functions.console.texts import texts
from screening.cases.golden import GoldenAnswer
from screening.cases.quality.golden_answers import WEEKS_SHOWN, by_person, drift_plot, golden_figures
from screening.cases.vote import Action
from screening.statistics import wilson

TODAY = date(2026, 4, 16)  # a Thursday


def answer(action: Action, right: tuple[Action, ...], *, actor: str = "anna", days_ago: int = 1) -> GoldenAnswer:
    return GoldenAnswer(
        case="c", source="s", actor=actor, action=action, right=right, signs=("no_interview",),
        at=datetime(2026, 4, 16, 9, tzinfo=UTC) - timedelta(days=days_ago),
    )  # fmt: skip


def test_an_answer_agrees_where_its_action_is_among_the_right_ones() -> None:
    figures = golden_figures(
        [
            answer("warn_applicants", ("remove", "warn_applicants")),
            answer("dismiss", ("remove",)),
            answer("dismiss", ("dismiss",)),
        ],
        today=TODAY,
    )
    assert (figures.agreed.part, figures.agreed.whole) == (2, 3)
    assert (figures.agreed.low, figures.agreed.high) == wilson(2, 3)
    assert (figures.acted.part, figures.acted.whole) == (1, 2)
    assert (figures.dismissed.part, figures.dismissed.whole) == (1, 1)
    assert [(name, share.part, share.whole) for name, share in figures.by_action] == [
        ("remove", 1, 2),
        ("dismiss", 1, 1),
    ]
    assert [(name, share.whole) for name, share in figures.by_sign] == [("no_interview", 3)]


def test_people_stand_each_for_themselves() -> None:
    rows = by_person([answer("dismiss", ("dismiss",)), answer("remove", ("dismiss",), actor="ben")])
    assert [(name, share.part, share.whole) for name, share in rows] == [("anna", 1, 1), ("ben", 0, 1)]


def test_weeks_begin_on_mondays_and_have_no_gap() -> None:
    figures = golden_figures(
        [answer("dismiss", ("dismiss",), days_ago=days) for days in (1, 3, 4, 40, 400)], today=TODAY
    )
    weeks = figures.weeks
    assert len(weeks) == WEEKS_SHOWN
    assert {week.first.weekday() for week in weeks} == {0}
    assert weeks[-1].first == date(2026, 4, 13)
    assert [week.agreed.whole for week in weeks[-2:]] == [1, 2]
    assert sum(week.agreed.whole for week in weeks) == 4


def test_the_drift_is_drawn_from_two_weeks_on_and_says_in_words_what_it_shows() -> None:
    one = golden_figures([answer("dismiss", ("dismiss",))], today=TODAY)
    assert drift_plot(one.weeks, words=texts("en")) == ""
    two = golden_figures([answer("dismiss", ("dismiss",)), answer("remove", ("dismiss",), days_ago=9)], today=TODAY)
    drawn = drift_plot(two.weeks, words=texts("en"))
    assert "week of 2026-04-06: 0 of 1; week of 2026-04-13: 1 of 1." in drawn
    assert "<svg" in drawn
