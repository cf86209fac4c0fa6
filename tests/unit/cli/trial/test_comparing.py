"""Posts held against decisions: what counts where, and which disagreements are kept to be read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from screening.cli.reading import ScanOptions
from screening.cli.report.summary import Flagged
from screening.cli.trial.comparing import Comparison, compare_files, signals_of, tie_of
from screening.cli.trial.decision_words import Outcome
from screening.cli.trial.decisions_file import Decision, Decisions
from screening.cli.trial.disagreements import Disagreements
from screening.errors import UnreadableInputError
from screening.posts.post import PlatformSignal, Post
from tests.unit.cli.trial.scripted import ScriptedAssessor, assessment_of, posts_file

AT = datetime(2026, 6, 1, tzinfo=UTC)


def decided(**outcomes: Outcome | None) -> Decisions:
    return Decisions(by_id={post_id: Decision(outcome, outcome or "") for post_id, outcome in outcomes.items()})


def compared(
    *files: str, decisions: Decisions, assessor: ScriptedAssessor | None = None, platform: str | None = None
) -> Comparison:
    return compare_files(files, decisions, ScanOptions(at=AT, platform=platform), assessor or ScriptedAssessor())


def test_posts_fall_into_the_cells_of_the_table(tmp_path: Path) -> None:
    posts = [
        ("a", "urgent 0.9"),
        ("b", "review 0.6"),
        ("c", "watch 0.3"),
        ("d", "clear 0"),
        ("e", "review 0.5"),
        ("f", "clear 0"),
    ]
    file = posts_file(tmp_path, *({"id": i, "title": title} for i, title in posts))
    whole = compared(file, decisions=decided(a="acted", b="kept", c="acted", d="kept", e=None)).tally.whole
    assert (whole.acted_flagged, whole.kept_flagged, whole.acted_unflagged, whole.kept_unflagged) == (1, 1, 1, 1)
    assert (whole.undecided_flagged, whole.undecided_unflagged) == (1, 1)


def test_each_post_is_scored_as_of_its_own_day(tmp_path: Path) -> None:
    assessor = ScriptedAssessor()
    file = posts_file(
        tmp_path,
        {"id": "a", "title": "clear 0", "posted_at": "2026-03-02T08:00:00Z", "updated_at": "2026-03-09T08:00:00Z"},
        {"id": "b", "title": "clear 0", "updated_at": "2026-03-04T08:00:00Z"},
        {"id": "c", "title": "clear 0"},
    )
    comparison = compared(file, decisions=decided(a="kept"), assessor=assessor)
    assert [moment.date() for moment in assessor.moments.values()] == [date(2026, 3, 2), date(2026, 3, 4), AT.date()]
    placed = comparison.ranked.placed()
    assert (placed.first, placed.last, placed.undated) == (date(2026, 3, 2), date(2026, 3, 4), 1)


def test_what_can_not_be_compared_is_counted_apart(tmp_path: Path) -> None:
    one = posts_file(
        tmp_path,
        {"id": "a", "title": "review 0.6"},
        {"id": "a", "title": "clear 0"},
        {"id": "gone", "status": "withdrawn"},
        {"id": ["broken"], "title": "clear 0"},
        {"id": "seeks", "title": "clear 0", "is_seek": True},
    )
    other = posts_file(tmp_path, {"id": "a", "title": "clear 0"}, {"id": "b", "title": "clear 0"}, name="more.jsonl")
    comparison = compared(one, other, decisions=decided(a="kept", gone="acted", elsewhere="acted"))
    assert (comparison.repeated, comparison.without_text, comparison.without_text_acted) == (2, 1, 1)
    assert (comparison.left_out, comparison.refused, comparison.unmatched) == (1, 1, 1)
    assert "field 'id'" in comparison.refusals[0]
    assert comparison.tally.whole.kept_flagged == 1  # the first version of "a"


def test_groups_are_those_of_language_sector_and_kind(tmp_path: Path) -> None:
    file = posts_file(
        tmp_path,
        {"id": "a", "title": "review 0.6", "language": "uk", "city": "care"},
        {"id": "b", "title": "clear 0", "kind": "transport"},
        {"id": "c", "title": "clear 0"},
    )
    tally = compared(file, decisions=decided(a="acted")).tally
    assert {name: cross.posts for name, cross in tally.by_language.items()} == {"uk": 1, "unknown": 2}
    assert {name: cross.posts for name, cross in tally.by_sector.items()} == {"care": 1, "transport": 1, "not told": 1}


def test_where_no_post_has_a_decision_the_error_shows_ids_of_either_side(tmp_path: Path) -> None:
    file = posts_file(tmp_path, {"id": "8841", "title": "clear 0"})
    with pytest.raises(UnreadableInputError, match=r"ids of posts are such as 8841, ids of decisions such as ad-8841;"):
        compared(file, decisions=decided(**{"ad-8841": "kept"}))


def test_a_signal_whose_value_is_false_did_not_fire() -> None:
    signals = [("b", True), ("a", 0.0), ("a", 3.0), ("off", False), (" ", True)]
    post = Post(platform="p", id="1", signals=tuple(PlatformSignal(name=n, value=v) for n, v in signals))
    assert signals_of(post) == ("a", "b")


def filled(*, kept: int, undecided: int, acted: int) -> Disagreements:
    """Flagged posts of rising rank, and posts acted on below review of rising rank."""
    found = Disagreements()
    kinds: tuple[tuple[str, int, Outcome | None, float], ...] = (
        ("k", kept, "kept", 0.5), ("u", undecided, None, 0.9), ("t", acted, "acted", 0.1),
    )  # fmt: skip
    for letter, number, outcome, base in kinds:
        for place in range(number):
            post = Post(platform="p", id=f"{letter}{place}", title="t")
            item = Flagged(assessment_of(post, "clear" if outcome == "acted" else "review", base + place / 1_000), post)
            found.add(item, Decision(outcome, ""), (), tie_of(post.id))
    return found


def ids(found: Disagreements) -> tuple[list[str], list[str]]:
    ours, theirs = found.to_read()
    return [each.item.post.id for each in ours], [each.item.post.id for each in theirs]


def test_the_most_decisive_come_first_25_each_way() -> None:
    ours, theirs = ids(filled(kept=80, undecided=80, acted=80))
    assert ours == [f"k{n}" for n in range(79, 54, -1)]
    assert theirs == [f"t{n}" for n in range(25)]


def test_where_one_way_has_fewer_the_other_fills_the_fifty() -> None:
    ours, theirs = ids(filled(kept=80, undecided=0, acted=5))
    assert (len(ours), len(theirs)) == (45, 5)
    ours, theirs = ids(filled(kept=3, undecided=0, acted=80))
    assert (len(ours), len(theirs)) == (3, 47)


def test_posts_without_a_decision_stand_behind_and_only_where_there_is_room() -> None:
    ours, _ = ids(filled(kept=20, undecided=80, acted=80))
    assert [post_id[0] for post_id in ours] == ["k"] * 20 + ["u"] * 5
    assert ours[20] == "u79"


def test_agreement_and_posts_nobody_flagged_are_no_disagreement() -> None:
    found = Disagreements()
    post = Post(platform="p", id="1", title="t")
    found.add(Flagged(assessment_of(post, "urgent", 0.9), post), Decision("acted", ""), (), 1)
    found.add(Flagged(assessment_of(post, "clear", 0.0), post), Decision("kept", ""), (), 2)
    found.add(Flagged(assessment_of(post, "watch", 0.3), post), Decision(None, ""), (), 3)
    assert found.to_read() == ([], [])


def test_equal_ranks_are_read_in_an_order_that_the_file_does_not_decide() -> None:
    posts = [Post(platform="p", id=str(n), title="t") for n in range(120)]
    chosen = []
    for order in (posts, posts[::-1]):
        found = Disagreements()
        for post in order:
            found.add(Flagged(assessment_of(post, "clear", 0.0), post), Decision("acted", ""), (), tie_of(post.id))
        chosen.append(ids(found))
    assert chosen[0] == chosen[1]
    assert len(chosen[0][1]) == 50
