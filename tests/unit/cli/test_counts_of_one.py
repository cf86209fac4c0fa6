"""One of a thing is named as one: "1 post", never "1 posts"."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from screening.cli import erase as erase_commands
from screening.cli import operate
from screening.counted import counted
from screening.workflows.records import Partner
from screening.workflows.redrive import RedriveLine
from tests.fakes.world import NGO
from tests.unit.cli.samples import HONEST, RISKY, Run, write_lines

AT = ("--at", "2026-03-01")
_ONE_OF_SEVERAL = re.compile(r"(?<![\w,.:;/-])1 (?:[a-z]+ )?(?!is\b|was\b|has\b|as\b|matches\b)[a-z]+(?<![aiou])s\b")


def wrong(text: str) -> list[str]:
    plain = " ".join(re.sub(r"<style.*?</style>|<[^>]*>", " ", text, flags=re.DOTALL).split())
    return _ONE_OF_SEVERAL.findall(plain)


def test_what_is_counted_is_named_by_its_number() -> None:
    assert [counted(number, "post") for number in (0, 1, 2_400)] == ["0 posts", "1 post", "2,400 posts"]
    assert [counted(number, "entry", "entries") for number in (1, 2)] == ["1 entry", "2 entries"]
    assert wrong("1 posts, 11 posts, 1 dead letters, 1 post, 1 is, <b>1</b> files") == [
        "1 posts", "1 dead letters", "1 files",
    ]  # fmt: skip


@pytest.mark.parametrize("post", [RISKY, HONEST], ids=["flagged", "clear"])
def test_of_one_post(run: Run, tmp_path: Path, post: dict[str, Any]) -> None:
    posts = write_lines(tmp_path / "board.jsonl", [post])
    (tmp_path / "empty.jsonl").touch()
    (tmp_path / "ours.csv").write_text(f"id,decision\n{post['id']},remove\n", "utf-8")
    report = tmp_path / "report.html"
    for command in (
        ("scan", *AT), ("link",), ("trial", "--decisions", tmp_path / "ours.csv", "--budget", "1/day", "--minutes-per-case", "1"),
    ):  # fmt: skip
        for inputs in ((posts,), (posts, tmp_path / "empty.jsonl")):
            done = run(command[0], *inputs, "--report", report, *command[1:])
            assert wrong(done.output) == []
            assert wrong(report.read_text("utf-8")) == []


def test_of_a_campaign(run: Run, tmp_path: Path) -> None:
    posts = [{**RISKY, "id": name, "contacts": ["+48 600 100 200"]} for name in "ab"]
    report = tmp_path / "report.html"
    done = run("link", write_lines(tmp_path / "board.jsonl", posts), "--report", report)
    page = report.read_text("utf-8")
    assert "2 posts tied together" in page
    assert wrong(done.output) == wrong(page) == []


def test_of_a_row_whose_text_would_be_lost(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "board.csv"
    file.write_text('id,title,description\n1,Cook,"Cook lunch\n2,Cook,Cook lunch\n', "utf-8")
    assert wrong(run("scan", file, "-q", *AT).output) == []


def test_of_a_held_case_and_a_dead_letter(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    held = SimpleNamespace(evidence=["one"])
    holds = SimpleNamespace(set=lambda *_, **__: held, lift=lambda *_, **__: held)
    letters = SimpleNamespace(release=lambda: None)
    line = RedriveLine("m", "post p/1 seq 1", readable=True, sent_back=True)
    partner: Partner = NGO
    stack = SimpleNamespace(
        ledger=SimpleNamespace(holds=holds), dead_letters=lambda _queue: (letters, lambda **_: [line]),
        administration=SimpleNamespace(partners=lambda: [SimpleNamespace(**{**_fields(partner), "fetch_within_days": 1})]),
    )  # fmt: skip
    for module in (erase_commands, operate):
        monkeypatch.setattr(module, "connect", lambda *_: stack)
    for command in (
        ("hold", "set", "c", "--name", "n", "--basis", "b"), ("hold", "lift", "c", "--name", "n", "--basis", "b"),
        ("redrive", "posts"), ("partners", "list"),
    ):  # fmt: skip
        done = run(*command)
        assert done.exit_code == 0, done.output
        assert "1 " in done.stdout
        assert wrong(done.stdout) == []


def _fields(partner: Partner) -> dict[str, Any]:
    return {name: getattr(partner, name) for name in partner.__slots__}
