"""A platform's decisions: its words, its CSV, and what is said where either can't be read."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.cli.trial.decision_words import ACTED, KEPT, UNDECIDED, DecisionWords, decision_words
from screening.cli.trial.decisions_file import NO_DECISION, Decision, Decisions, read_decisions
from screening.errors import UnreadableInputError


def written(folder: Path, text: str, name: str = "ours.csv") -> str:
    file = folder / name
    file.write_text(text, "utf-8")
    return str(file)


def read(folder: Path, text: str, words: DecisionWords | None = None) -> Decisions:
    return read_decisions(written(folder, text), words or DecisionWords())


def fault(folder: Path, text: str, words: DecisionWords | None = None) -> str:
    with pytest.raises(UnreadableInputError) as caught:
        read(folder, text, words)
    return str(caught.value).removeprefix(f"{folder}/")


def test_no_usual_word_means_two_things() -> None:
    assert not ACTED & KEPT
    assert not ACTED & UNDECIDED
    assert not KEPT & UNDECIDED


@pytest.mark.parametrize(
    ("word", "outcome"),
    [("Remove", "acted"), ("taken-down", "acted"), ("No Action", "kept"), ("in review", None), ("", None)],
)
def test_case_spaces_and_hyphens_do_not_tell_words_apart(word: str, outcome: str | None) -> None:
    assert DecisionWords().outcome(word) == outcome


def test_words_that_are_named_take_the_place_of_the_usual_ones_of_their_kind() -> None:
    words = decision_words("hide, Ban", None)
    assert words.outcome("ban") == "acted"
    assert words.outcome("approve") == "kept"
    with pytest.raises(KeyError):
        words.outcome("remove")


def test_a_named_word_wins_over_the_usual_meaning() -> None:
    assert decision_words("restore,pending", None).outcome("restore") == "acted"
    assert decision_words("restore,pending", None).outcome("pending") == "acted"
    assert decision_words(None, "hide").outcome("hide") == "kept"


@pytest.mark.parametrize(("acted", "kept", "said"), [(" , ", None, "names no word"), ("a,b", "B,c", "'b' is named")])
def test_lists_of_words_that_say_nothing_or_two_things_are_refused(acted: str, kept: str | None, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        decision_words(acted, kept)


def test_columns_are_found_by_name_in_any_order_and_delimiter(tmp_path: Path) -> None:
    decisions = read(tmp_path, "\ufeffreason;Decision;by;ID\nfees;remove;anna;8841\n;approve;;8842\n")
    assert decisions.by_id == {"8841": Decision("acted", "remove", "fees"), "8842": Decision("kept", "approve")}
    assert decisions.of("1") is NO_DECISION


def test_a_packed_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "ours.csv.gz"
    file.write_bytes(gzip.compress(b"id,decision\n1,ban\n"))
    assert read_decisions(str(file), DecisionWords()).of("1").outcome == "acted"


def test_the_latest_decision_stands_wherever_its_row_is(tmp_path: Path) -> None:
    decisions = read(
        tmp_path, "id,decision,decided_at\n1,restore,2026-03-03\n1,remove,2026-03-01T10:00:00Z\n2,remove,\n2,approve,\n"
    )
    assert (decisions.of("1").outcome, decisions.of("2").outcome) == ("kept", "kept")
    assert (decisions.rows, decisions.replaced) == (4, 2)
    assert decisions.words == {"restore": 1, "approve": 1}


@settings(max_examples=40)
@given(times=st.lists(st.integers(1, 10_000), min_size=1, max_size=8, unique=True))
def test_the_order_of_rows_does_not_decide_where_times_differ(
    tmp_path_factory: pytest.TempPathFactory, times: list[int]
) -> None:
    rows = [f"1,{'remove' if time % 2 else 'approve'},{1_700_000_000 + time}" for time in times]
    decisions = read(tmp_path_factory.mktemp("rows"), "id,decision,decided_at\n" + "\n".join(rows) + "\n")
    assert decisions.of("1").outcome == ("acted" if max(times) % 2 else "kept")


@settings(max_examples=60)
@given(rows=st.dictionaries(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1).filter(str.strip),
                            st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=80), max_size=6))  # fmt: skip
def test_any_id_and_reason_that_csv_can_hold_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: dict[str, str]
) -> None:
    file = tmp_path_factory.mktemp("any") / "ours.csv"
    with file.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows(
            [("id", "decision", "reason"), *((i, "ban", why) for i, why in {"0": "", **rows}.items())]
        )
    decisions = read_decisions(str(file), DecisionWords())
    assert set(decisions.by_id) == {post_id.strip() for post_id in {"0": "", **rows}}
    assert all(len(decision.reason) <= 200 for decision in decisions.by_id.values())


def test_unknown_words_are_listed_with_their_lines_and_what_to_do(tmp_path: Path) -> None:
    said = fault(
        tmp_path, 'id,decision,reason\n1,remove,"two\nlines"\n2,escalate,\n3,warn,\n4,Escalate,\n5,escalate,\n'
    )
    assert said.startswith("ours.csv: column 'decision': unknown words: 'escalate' (2 rows, first on line 4)")
    assert "'warn' (on line 5)" in said
    assert "--acted" in said
    assert "--kept" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,verdict\n1,remove\n", "ours.csv, line 1: has no column 'decision'; its columns are: id, verdict"),
        ("\nid,decisions\n1,remove\n", "ours.csv, line 2: has no column 'decision'; its columns are: id, decisions; "
                                       "did you mean 'decisions'?"),
        ("id,decision\n1,remove\n ,ban\n", "ours.csv, line 3: column 'id': is empty"),
        ("id,decision,decided_at\n1,ban,\n2,ban,soon\n", "ours.csv, line 3: column 'decided_at': is no RFC 3339 time"),
        ('id,decision\n1,"ban\n2,ban\n', "ours.csv, line 3: is not CSV"),
        ("id,decision\n", "ours.csv: holds no decision"),
        ("", "ours.csv, line 1: has no column 'id'; its columns are: none"),
    ],
)  # fmt: skip
def test_a_fault_names_file_line_and_column(tmp_path: Path, text: str, said: str) -> None:
    assert fault(tmp_path, text).startswith(said)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "ours.csv"
    file.write_bytes(b"id,decision\n1,\xff\xfa\n")
    with pytest.raises(UnreadableInputError, match="is not UTF-8 text"):
        read_decisions(str(file), DecisionWords())
