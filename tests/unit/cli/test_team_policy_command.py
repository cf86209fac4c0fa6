"""A team's policy text from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from screening.cli.main import cli
from screening.workflows.records import TeamPolicy
from tests.fakes.world import World


class Stack:
    """What the command needs of a connection, over a world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.administration = self

    def has_review_queue(self, team: str) -> bool:
        return team == "team-a"

    def put_policy(self, team: str, text: str) -> TeamPolicy:
        return self.world.keep_policy.put(team, text, actor="operator:olga", reason="by command")

    def policy(self, team: str, version: int | None = None) -> TeamPolicy | None:
        return self.world.keep_policy.read(team, version)


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    made = World()
    monkeypatch.setattr("screening.cli.teams.connect", lambda *_: Stack(made))
    return made


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ("teams", "policy", *arguments), env={"COLUMNS": "200"})


def written(path: Path, text: str) -> str:
    path.write_text(text, "utf-8")
    return str(path)


def test_it_is_set_from_a_file_and_shown(world: World, tmp_path: Path) -> None:
    file = tmp_path / "policy.txt"
    assert "version 1" in run("team-a", written(file, "\ufeff# Pay\nFirst.")).output
    assert run("team-a", written(file, "# Papers\nFirst.")).exit_code == 0
    newest = run("team-a").output
    assert "version 2, set by operator:olga at 2026-03-02" in newest
    assert "# Papers\nFirst." in newest
    assert "# Pay\nFirst." in run("team-a", "--version", "1").output


def test_it_is_withdrawn(world: World, tmp_path: Path) -> None:
    run("team-a", written(tmp_path / "policy.txt", "First."))
    assert run("team-a", "--withdraw").exit_code == 0
    assert "withdrawn" in run("team-a").output


def test_what_can_t_be_set_is_said_and_changes_nothing(world: World, tmp_path: Path) -> None:
    file = tmp_path / "policy.txt"
    assert "no such policy" in run("team-a").output
    assert "20000 at most" in run("team-a", written(file, "x" * 20_001)).output
    assert "is empty" in run("team-a", written(file, " \n")).output
    file.write_bytes(b"\xff\xfe\xfa")
    assert "no UTF-8" in run("team-a", str(file)).output
    assert run("team-b", written(file, "First.")).exit_code != 0
    assert run("team-a", str(file), "--withdraw").exit_code == 2
    assert world.keep_policy.read("team-a") is None
