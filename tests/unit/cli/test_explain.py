"""`screening explain`: one post of a file, or why it isn't there."""

from __future__ import annotations

import json
from pathlib import Path

from tests.unit.cli.samples import HONEST, RISKY, Run, lines_of, write_lines

AT = ("--at", "2026-03-01")


def test_a_post_is_explained_with_words_signs_and_sources(run: Run, posts_file: Path) -> None:
    result = run("explain", posts_file, "risky-1", *AT)
    assert result.exit_code == 0
    flat = " ".join(result.stdout.split())
    assert flat.startswith("urgent board risky-1")
    assert "act by 2026-03-02" in flat
    assert "We keep your passport" in flat
    assert "worker_fee." in flat
    assert "C181" in flat
    assert "Pay is not stated." in flat


def test_the_tier_is_told_with_the_condition_that_gave_it(run: Run, posts_file: Path) -> None:
    flat = " ".join(run("explain", posts_file, "risky-1", *AT).stdout.split())
    assert "urgent: a strong sign beside another dimension in a post that reads urgent (" in flat
    assert "clear: no condition of a tier holds" in run("explain", posts_file, "honest-1", *AT).stdout
    assessment = json.loads(run("explain", posts_file, "risky-1", "--json", *AT).stdout)
    assert not {"tier_reason", "tier_signs"} & assessment.keys()


def test_one_id_on_two_platforms_is_told_apart(run: Run, tmp_path: Path) -> None:
    posts = [{**RISKY, "id": "1", "platform": "a"}, {**HONEST, "id": "1", "platform": "b"}]
    file = write_lines(tmp_path / "x.jsonl", posts)
    assert run("explain", file, "1", *AT).stdout.startswith("urgent  a 1")
    assert run("explain", file, "b/1", *AT).stdout.startswith("clear  b 1")


def test_pay_is_held_against_the_reference(run: Run, posts_file: Path) -> None:
    flat = " ".join(run("explain", posts_file, "honest-1", *AT).stdout.split())
    assert flat.startswith("clear board honest-1")
    assert "EUR a month, within what such work earns: a statutory minimum of" in flat
    assert "speaks for it" in flat


def test_a_post_without_signs_is_not_called_safe(run: Run, tmp_path: Path) -> None:
    file = write_lines(tmp_path / "a.jsonl", [{"id": "1", "title": "Cook"}])
    assert "proves nothing" in run("explain", file, "1").stdout


def test_json_is_the_assessment_alone(run: Run, posts_file: Path) -> None:
    explained = json.loads(run("explain", posts_file, "risky-1", "--json", *AT).stdout)
    scanned = json.loads(run("scan", posts_file, "--out", "-", *AT).stdout.splitlines()[0])
    assert explained == scanned


def test_what_was_left_out_says_why(run: Run, tmp_path: Path) -> None:
    file = write_lines(tmp_path / "a.jsonl", [HONEST, {"id": "2", "title": "I look for work", "is_seek": True}])
    result = run("explain", file, "2")
    assert result.exit_code == 2
    assert "post 2 was left out" in result.stderr


def test_what_was_refused_names_the_field(run: Run, tmp_path: Path) -> None:
    result = run("explain", write_lines(tmp_path / "a.jsonl", [HONEST, {"id": "2", "company": "A"}]), "2")
    assert result.exit_code == 2
    assert "post 2 was refused: field '" in result.stderr


def test_an_id_that_is_not_there_names_the_closest(run: Run, posts_file: Path) -> None:
    result = run("explain", posts_file, "honest-2")
    assert result.exit_code == 2
    assert "no post with id honest-2 (did you mean honest-1?)" in result.stderr


def test_standard_input_is_searched(run: Run) -> None:
    assert run("explain", "-", "risky-1", *AT, stdin=lines_of([RISKY])).exit_code == 0


def test_a_missing_file_and_an_unknown_format_fail_as_in_scan(run: Run, posts_file: Path, tmp_path: Path) -> None:
    missing = run("explain", tmp_path / "none", "1")
    unknown = run("explain", posts_file, "1", "--format", "greenhous")
    assert (missing.exit_code, unknown.exit_code) == (2, 2)
    assert "no such file" in missing.stderr
    assert "did you mean 'greenhouse'?" in unknown.stderr


def test_hostile_text_stays_text(run: Run, tmp_path: Path) -> None:
    file = write_lines(
        tmp_path / "a.jsonl", [{"id": "1", "title": "[red]x[/red]", "description": "a \x1b[2J \u202eb " * 5}]
    )
    shown = run("explain", file, "1").stdout
    assert "[red]x[/red]" in shown
    assert not {"\x1b", "\u202e"} & set(shown)
