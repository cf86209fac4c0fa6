"""`screening train` and `screening evaluate`: what they refuse, and the gate before a candidate is deployed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from screening.assessment.learned import pack_weights
from screening.assessment.learned_features import COLUMNS
from screening.cli.train import posts_of
from screening.training.learned.export import model_file
from tests.unit.cli.samples import Run

SIGNED = (
    "Kitchen help wanted for the summer in a small hotel by the sea. Write to the manager on WhatsApp, +44 7700 900123. "
    "Meals included, two days off a week, wages paid into your account every single month."
)
PLAIN = (
    "The village library looks for somebody who puts books back on their shelves, two mornings a week, for a fair wage."
)


def candidate(folder: Path, *, bias: float) -> Path:
    """A model that puts every English post as high as its bias says."""
    target = {
        "name": "risk", "languages": ["en"], "kinds": ["job"], "least_words": 5, "most_words": 100, "bias": bias, "named": {},
        "weights": pack_weights([0.0] * COLUMNS), "slope": 1.0, "shift": 0.0, "watch_from": 0.9,
    }  # fmt: skip
    path = folder / "candidate.json"
    path.write_text(json.dumps(model_file([target], date="2026-01-01")), "utf-8")
    return path


def posts(folder: Path, *texts: str) -> Path:
    path = folder / "posts.jsonl"
    rows = [
        json.dumps({"id": str(number), "title": "Help wanted", "description": text})
        for number, text in enumerate(texts)
    ]
    path.write_text("\n".join(rows), "utf-8")
    return path


def test_a_candidate_that_flags_genuine_posts_is_refused(run: Run, tmp_path: Path) -> None:
    file = candidate(tmp_path, bias=9.0)
    result = run(
        "evaluate", file, "--against", "none", "--posts", posts(tmp_path, SIGNED, PLAIN), "--workers", "0", "-q"
    )
    assert result.exit_code == 1, result.output
    assert "clear>watch 1" in result.stdout
    assert "refused: all all: flagged genuine posts rise by 50.00%" in result.stdout


def test_a_candidate_that_moves_nobody_is_within_bounds(run: Run, tmp_path: Path) -> None:
    file = candidate(tmp_path, bias=-9.0)
    result = run(
        "evaluate", file, "--against", "none", "--posts", posts(tmp_path, SIGNED, PLAIN), "--workers", "0", "-q"
    )
    assert result.exit_code == 0, result.output
    assert "Tiers that change: none" in result.stdout


def test_a_candidate_against_itself_changes_nothing(run: Run, tmp_path: Path) -> None:
    file = candidate(tmp_path, bias=9.0)
    result = run("evaluate", file, "--against", file, "--posts", posts(tmp_path, SIGNED), "--workers", "0", "-q")
    assert result.exit_code == 0, result.output
    assert "ranks move by 0.0000" in result.stdout


def test_a_current_model_that_is_not_there_is_named(run: Run, tmp_path: Path) -> None:
    result = run("evaluate", candidate(tmp_path, bias=0.0), "--against", tmp_path / "gone.json", "-q")
    assert result.exit_code == 2
    assert "gone.json: no such file" in result.stderr


def test_a_broken_candidate_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("{}", "utf-8")
    result = run("evaluate", tmp_path / "broken.json", "-q")
    assert result.exit_code == 2
    assert "broken.json: a model of another format" in result.stderr


@pytest.mark.parametrize("content", ["[]", "3", "null"])
def test_a_candidate_that_is_another_json_is_named(run: Run, tmp_path: Path, content: str) -> None:
    (tmp_path / "broken.json").write_text(content, "utf-8")
    result = run("evaluate", tmp_path / "broken.json", "-q")
    assert result.exit_code == 2
    assert "broken.json: a model of another format" in result.stderr


def test_data_without_adverts_are_named_and_not_the_posts_that_nobody_gave(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    result = run("evaluate", candidate(tmp_path, bias=0.0), "--data", tmp_path / "data", "-q")
    assert result.exit_code == 2
    assert "data: no genuine posts in it; give some with --posts" in result.stderr


def test_posts_keep_the_platform_that_their_rows_name(tmp_path: Path) -> None:
    """Decisions name it too: by the file's name alone no decision would find its post."""
    path = tmp_path / "last-week.jsonl"
    rows = [{"id": "1", "platform": "example-jobs", "title": "Baker"}, {"id": "2", "title": "Cook"}]
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    assert [(post.platform, post.id) for post in posts_of(path)] == [("example-jobs", "1"), ("last-week", "2")]


def test_items_that_could_not_be_read_are_told(run: Run, tmp_path: Path) -> None:
    path = posts(tmp_path, PLAIN)
    path.write_text(path.read_text("utf-8") + '\n{"id": "bad"}\n', "utf-8")
    result = run(
        "evaluate", candidate(tmp_path, bias=0.0), "--against", "none", "--posts", path, "--workers", "0", "-q"
    )
    assert "1 item of posts.jsonl couldn't be read and is left out" in result.stderr


def test_decisions_need_their_posts(run: Run, tmp_path: Path) -> None:
    (tmp_path / "decisions.jsonl").write_text("", "utf-8")
    result = run("train", "--decisions", tmp_path / "decisions.jsonl", "--out", tmp_path / "model.json")
    assert result.exit_code == 2
    assert "--posts" in result.stderr


def test_training_without_data_says_where_it_was_looked_for(run: Run, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("SCREENING_DATA", str(tmp_path / "nowhere"))
    result = run("train", "--out", tmp_path / "model.json")
    assert result.exit_code == 2
    assert "nowhere: no such folder" in result.stderr
    assert not (tmp_path / "model.json").exists()
