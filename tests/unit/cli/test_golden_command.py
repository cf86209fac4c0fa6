"""Known cases from the command line: proposed from a file, shown to nobody before a senior confirms."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from screening.cli.main import cli
from screening.workflows.golden_cases import OperateGoldenCases
from screening.workflows.records import Team
from tests.fakes.world import World
from tests.unit.workflows.golden import ANNA, SARA, SONIA, TOKEN, golden_of, known_case, stored


class Stack:
    def __init__(self, world: World) -> None:
        self.world = world
        self.ledger = self.administration = self
        self.golden = OperateGoldenCases(cases=world.cases, saver=world.saver)

    def review_teams(self) -> tuple[str, ...]:
        return self.world.config.review_teams()

    def teams(self) -> tuple[Team, ...]:
        return tuple(self.world.config.all_teams.values())

    def put_team(self, team: Team) -> None:
        self.world.config.all_teams[team.id] = team

    def has_review_queue(self, team: str) -> bool:
        return team == "team-a"


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    made = World()
    for command in ("golden", "teams"):
        monkeypatch.setattr(f"screening.cli.{command}.connect", lambda *_: Stack(made))
    return made


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, env={"COLUMNS": "200"})


def written(path: Path, *lines: Any) -> str:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    return str(path)


def test_a_file_proposes_and_a_senior_confirms(world: World, tmp_path: Path) -> None:
    case = known_case(world)
    world.keep_golden.retire(SONIA, case.case)
    line = {"case": case.case, "right": ["remove"], "why": "It states unpaid weeks."}
    answer = run("golden", "add", written(tmp_path / "known.jsonl", line), "--by", "operator:olga")
    assert answer.exit_code == 0, answer.output
    assert "1 case proposed" in answer.output
    world.golden.draw(ANNA, "team-a", TOKEN)
    assert not golden_of(world)
    assert "proposed" in run("golden", "list", "team-a").output
    world.keep_golden.confirm(SARA, case.case)
    assert "shown" in run("golden", "list", "team-a").output
    assert world.cases.ledger(case.case)[-2].actor == "operator:olga"


def test_what_can_t_be_proposed_is_named_and_the_rest_is_done(world: World, tmp_path: Path) -> None:
    case = known_case(world)
    world.keep_golden.retire(SONIA, case.case)
    why = "It states unpaid weeks."
    lines = [
        {"case": "no-such-case", "right": ["remove"], "why": why}, {"case": case.case, "right": ["remove"], "why": why},
    ]  # fmt: skip
    answer = run("golden", "add", written(tmp_path / "known.jsonl", *lines))
    assert answer.exit_code == 1
    assert "line 1: case no-such-case: no such case" in answer.output
    assert stored(world, case.case).known is not None


@pytest.mark.parametrize("line", ["no json", '{"case": "c"}', "[1]"])
def test_a_file_that_can_t_be_read_proposes_nothing_and_names_the_line(world: World, tmp_path: Path, line: str) -> None:
    case = known_case(world)
    world.keep_golden.retire(SONIA, case.case)
    file = tmp_path / "known.jsonl"
    good = json.dumps({"case": case.case, "right": ["remove"], "why": "It states unpaid weeks."})
    file.write_text(f"{good}\n{line}\n", "utf-8")
    answer = run("golden", "add", str(file))
    assert "line 2" in answer.output
    assert answer.exit_code != 0
    assert stored(world, case.case).known is None


def test_an_operator_retires_one(world: World) -> None:
    case = known_case(world)
    assert run("golden", "retire", case.case, "--by", "operator:olga").exit_code == 0
    assert stored(world, case.case).known is None
    assert world.cases.ledger(case.case)[-1].kind == "golden_retired"


def test_a_team_says_its_share_and_keeps_it(world: World) -> None:
    assert run("teams", "add", "team-a", "--golden-share", "0.05").exit_code == 0
    assert run("teams", "add", "team-a", "--daily-budget", "60").exit_code == 0
    assert world.config.team("team-a").golden_share == 0.05
    assert run("teams", "add", "team-a", "--golden-share", "0").exit_code == 0
    assert world.config.team("team-a").golden_share == 0
    assert run("teams", "add", "team-a", "--golden-share", "0.5").exit_code != 0
