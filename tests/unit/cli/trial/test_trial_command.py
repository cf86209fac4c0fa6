"""`screening trial` as a platform runs it on its own history."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.unit.cli.samples import HONEST, RISKY, Run, write_lines

SECRET = "passport until the season ends"
"""Words of a post, which mustn't stand where no text may."""


@pytest.fixture
def run(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    return run


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """Two risky posts, of which one was left up, and an honest one that was removed as a copy."""
    signals = [{"name": "new_account", "value": True, "source": "rules"}]
    posts: list[dict[str, Any]] = [
        {**RISKY, "id": "left-up", "posted_at": "2026-03-02T08:00:00Z"},
        {**RISKY, "id": "removed", "posted_at": "2026-03-03T08:00:00Z", "signals": signals},
        {**HONEST, "id": "copy", "posted_at": "2026-03-03T09:00:00Z", "signals": signals},
    ]
    return write_lines(tmp_path / "board.jsonl", posts)


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    file = tmp_path / "ours.csv"
    file.write_text(
        f"id,decision,reason\nleft-up,approve,\nremoved,remove,fees\ncopy,remove,a copy {SECRET}\n", "utf-8"
    )
    return file


def fails(result: Result, *said: str) -> None:
    """Exit 2 with one message, and no traceback."""
    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)
    for words in said:
        assert words in result.stderr


def test_an_input_that_cannot_be_read_is_told_beside_the_figures(
    run: Run, history: Path, ours: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty.jsonl").touch()
    result = run("trial", "empty.jsonl", history, "--decisions", ours, "--out", "trial.json")
    fails(result, "1 of 2 inputs", "empty.jsonl: is empty")
    assert "3 posts, 3 of them decided" in " ".join(result.stdout.split())
    assert json.loads((tmp_path / "trial.json").read_text("utf-8"))["posts"]["inputs_not_read_whole"] == 1
    assert "empty.jsonl: is empty" in (tmp_path / "trial.html").read_text("utf-8")
    fails(run("trial", "empty.jsonl", "--decisions", ours), "empty.jsonl: is empty")


def test_the_terminal_tells_what_was_missed_and_what_would_be(run: Run, history: Path, ours: Path) -> None:
    result = run("trial", history, "--decisions", ours)
    assert result.exit_code == 0, result.stderr
    told = " ".join(result.stdout.split())
    assert "3 posts, 3 of them decided" in told
    assert "you left it up, we flag (missed so far, or our mistake) 1 1 100% (21% to 100%)" in told
    assert "you acted, we don't flag (would be missed) 1 2" in told
    assert "new_account 2 1 2" in told
    assert "trial.html (holds texts of posts" in told
    assert SECRET in Path("trial.html").read_text("utf-8")


def test_figures_hold_neither_texts_nor_ids(run: Run, history: Path, ours: Path) -> None:
    result = run("trial", history, "--decisions", ours, "--out", "-", "--budget", "1/day", "-q")
    assert result.exit_code == 0, result.stderr
    figures = json.loads(result.stdout)
    assert figures["posts"]["compared"] == 3
    assert (figures["whole"]["kept_flagged"], figures["whole"]["acted_unflagged"]) == (1, 1)
    assert figures["whole"]["shares"]["agreement"] == {"part": 1, "whole": 3, "share": None, "low": None, "high": None}
    assert figures["signals"]["by_name"]["new_account"]["posts"] == 2
    assert figures["budget"]["steps"][0]["shown"] == 2
    for words in (SECRET, "left-up", HONEST["title"]):
        assert words not in result.stdout


def test_two_runs_agree_to_the_byte(run: Run, history: Path, ours: Path) -> None:
    arguments = ("trial", history, "--decisions", ours, "-q", "--at", "2026-06-01")
    for name in ("one", "two"):
        assert run(*arguments, "--out", f"{name}.json", "--report", f"{name}.html").exit_code == 0
    for suffix in ("json", "html"):
        assert Path(f"one.{suffix}").read_bytes() == Path(f"two.{suffix}").read_bytes()


def test_a_page_without_texts_names_ids_and_signs_alone(run: Run, history: Path, ours: Path) -> None:
    result = run("trial", history, "--decisions", ours, "--without-texts", "--report", "bare.html")
    assert result.exit_code == 0, result.stderr
    page = Path("bare.html").read_text("utf-8")
    assert SECRET not in page
    assert RISKY["title"] not in page
    assert HONEST["company"] not in page
    assert "left-up" in page
    assert "names ids of posts" in result.stdout


def test_quiet_says_nothing(run: Run, history: Path, ours: Path) -> None:
    result = run("trial", history, "--decisions", ours, "-q")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_columns_of_their_own_are_mapped(run: Run, tmp_path: Path) -> None:
    export = tmp_path / "export.csv"
    export.write_text(f"ad;name;body\n7;{RISKY['title']};{RISKY['description']}\n", "utf-8")
    (tmp_path / "ours.csv").write_text("id,decision\n7,hide\n", "utf-8")
    result = run(
        "trial", export, "--map", "id=ad,title=name,description=body", "--decisions", "ours.csv", "--acted", "hide"
    )
    assert result.exit_code == 0, result.stderr
    assert "No post has a date" in result.stdout
    assert "hours in all" in result.stdout


def test_names_that_would_steer_a_terminal_or_break_a_file_are_shown_as_they_are(
    run: Run, tmp_path: Path, ours: Path
) -> None:
    signals = [{"name": name, "value": True} for name in ("[/red]", "half \ud800", "bell \x07")]
    file = tmp_path / "odd.jsonl"
    file.write_text(json.dumps({**HONEST, "id": "copy", "signals": signals}) + "\n", "utf-8")
    result = run("trial", file, "--decisions", ours, "--out", "odd.json")
    assert result.exit_code == 0, result.output
    assert "[/red]" in result.stdout
    assert "\x07" not in result.stdout
    assert "[/red]" in json.loads(Path("odd.json").read_text("utf-8"))["signals"]["by_name"]


def test_faults_exit_with_one_message(run: Run, history: Path, ours: Path, tmp_path: Path) -> None:
    fails(
        run("trial", history, "--decisions", ours, "--acted", "ban"), "ours.csv: column 'decision'", "'remove' (2 rows"
    )
    fails(run("trial", history, "--decisions", ours, "--budget", "9/week"), "--budget", "200/day")
    fails(run("trial", history, "--decisions", "no.csv"), "no.csv: no such file")
    fails(run("trial", history, "--decisions", "-"), "--decisions", "must be a file")
    fails(run("trial", history), "--decisions")
    fails(
        run("trial", history, "--decisions", ours, "--acted", "x", "--kept", "x"),
        "'x' is named by --acted and by --kept",
    )
    (tmp_path / "broken.jsonl.gz").write_bytes(b"\x1f\x8bnothing")
    fails(run("trial", "broken.jsonl.gz", "--decisions", ours), "broken.jsonl.gz: breaks off or is damaged")


def test_everything_refused_is_kept_line_by_line(run: Run, history: Path, ours: Path, tmp_path: Path) -> None:
    history.write_bytes(b"{broken\n" * 12 + history.read_bytes())
    result = run("trial", history, "--decisions", ours, "--refused", "refused.jsonl")
    assert result.exit_code == 0, result.stderr
    kept = [json.loads(line) for line in (tmp_path / "refused.jsonl").read_text("utf-8").splitlines()]
    assert [line["where"] for line in kept] == [f"{history}, line {n}" for n in range(1, 13)]
    more = "and 2 more refused: --refused FILE keeps all"
    assert more in " ".join(result.stdout.split())
    assert more in (tmp_path / "trial.html").read_text("utf-8")


def test_no_input_is_overwritten_and_no_file_holds_two_things(run: Run, history: Path, ours: Path) -> None:
    before = ours.read_bytes()
    fails(run("trial", history, "--decisions", ours, "--report", ours), "would be overwritten")
    fails(run("trial", history, "--decisions", ours, "--out", history), "would be overwritten")
    fails(run("trial", history, "--decisions", ours, "--refused", ours), "would be overwritten")
    fails(run("trial", history, "--decisions", ours, "--out", "x.html", "--report", "x.html"), "--report too")
    fails(run("trial", history, "--decisions", ours, "--refused", "trial.html"), "--report too")
    assert ours.read_bytes() == before


def test_the_help_teaches_by_an_example(run: Run) -> None:
    told = run("trial", "--help").stdout
    assert "id,decision,decided_at,reason" in told
    assert "screening trial posts.jsonl --decisions ours.csv --budget 200/day" in told
