"""What an operator says of a platform or team is kept until they say otherwise, and what can't work is refused or told."""

from __future__ import annotations

import shlex
from datetime import UTC, datetime
from typing import Any

import pytest
from click.testing import CliRunner, Result

from screening.cli.main import cli
from screening.workflows.records import Platform, Rejected, Team


class Stack:
    """A deployed stack as far as adding platforms and teams needs one."""

    def __init__(self) -> None:
        self.known: dict[str, Platform] = {}
        self.secrets: dict[str, str] = {}
        self.team_of: dict[str, Team] = {}
        self.rejected: tuple[Rejected, ...] = ()
        self.administration = self.posts = self

    def has_review_queue(self, team: str) -> bool:
        return team in ("general", "north")

    def platforms(self) -> tuple[Platform, ...]:
        return tuple(self.known.values())

    def add_platform(self, platform: Platform) -> str:
        self.known[platform.id] = platform
        return self.secrets.setdefault(platform.id, "whsec_first")

    def teams(self) -> tuple[Team, ...]:
        return tuple(self.team_of.values())

    def list_rejected(self, _platform: str, *, since: datetime, limit: int) -> tuple[Rejected, ...]:
        return self.rejected

    def put_team(self, team: Team) -> None:
        self.team_of[team.id] = team

    def rotate(self, _kind: str, name: str) -> str:
        self.secrets[name] = "whsec_second"
        return self.secrets[name]


@pytest.fixture
def stack(monkeypatch: pytest.MonkeyPatch) -> Stack:
    made = Stack()
    for command in ("operate", "teams", "decisions"):
        monkeypatch.setattr(f"screening.cli.{command}.connect", lambda *_: made)
    return made


def run(line: str) -> Result:
    return CliRunner().invoke(cli, ["platforms", "add", *shlex.split(line)], env={"COLUMNS": "200"})


FULL = "jobs --team north --webhook-url https://jobs.example/hook --transparency --member-state pl"


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        ("jobs", {}),
        ("jobs --rotate", {}),
        ("jobs --team general", {"team": "general"}),
        ("jobs --inactive", {"active": False}),
        ("jobs --no-transparency", {"transparency": False}),
        ("jobs --member-state DE", {"member_state": "DE"}),
        ("jobs --no-webhook", {"webhook_url": None}),
        ("jobs --rotate --webhook-url https://new.example/", {"webhook_url": "https://new.example/"}),
    ],
)
def test_of_a_known_platform_what_is_not_named_stays(stack: Stack, line: str, changed: dict[str, Any]) -> None:
    assert run(FULL).exit_code == 0
    before: dict[str, Any] = {
        "id": "jobs", "team": "north", "webhook_url": "https://jobs.example/hook", "transparency": True, "member_state": "PL",
    }  # fmt: skip
    result = run(line)
    assert result.exit_code == 0, result.output
    assert stack.known["jobs"] == Platform(**before | changed)


def test_an_inactive_platform_stays_so_until_it_is_made_active(stack: Stack) -> None:
    for line, active in (("jobs --inactive", False), ("jobs --member-state PL", False), ("jobs --active", True)):
        assert run(line).exit_code == 0
        assert stack.known["jobs"].active is active


def test_who_adds_a_platform_that_can_be_told_nothing_is_told_so(stack: Stack) -> None:
    told = run("jobs").stderr
    assert "no --webhook-url" in told
    assert "no --webhook-url" not in run("jobs --webhook-url https://jobs.example/hook").stderr
    assert "no --webhook-url" not in run("jobs --team north").stderr


@pytest.mark.parametrize(
    "address", ["http://jobs.example/", "jobs.example/hook", "https://", "https://[", "https://a:b/"]
)
def test_an_address_that_nothing_could_be_sent_to_is_refused(stack: Stack, address: str) -> None:
    result = run(f"jobs --webhook-url {address}")
    assert result.exit_code == 2
    assert "an address with https was expected" in result.output
    assert not stack.known


@pytest.mark.parametrize("name", ["a/b", "a#b", "", "-jobs", "a b", "ж", "a" * 64])
def test_a_name_that_no_address_could_hold_is_refused(stack: Stack, name: str) -> None:
    result = run(f"-- '{name}'")
    assert result.exit_code == 2
    assert "1 to 63 letters" in result.output
    assert not stack.known


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        ("general", {}),
        ("general --severe-per-day 5", {"severe_per_day": 5}),
        ("general --second-review-share 0", {"second_review_share": 0.0}),
        ("general --no-daily-budget", {"daily_budget": None}),
    ],
)
def test_of_a_known_team_what_is_not_named_stays(stack: Stack, line: str, changed: dict[str, Any]) -> None:
    full = "general --daily-budget 60 --second-review-share 0.3 --severe-per-day 15"
    for words in (full, line):
        result = CliRunner().invoke(cli, ["teams", "add", *words.split()])
        assert result.exit_code == 0, result.output
    before: dict[str, Any] = {"id": "general", "daily_budget": 60, "second_review_share": 0.3, "severe_per_day": 15}
    assert stack.team_of["general"] == Team(**before | changed)


def test_a_new_team_works_by_the_defaults(stack: Stack) -> None:
    assert CliRunner().invoke(cli, ["teams", "add", "north"]).exit_code == 0
    assert stack.team_of["north"] == Team(id="north")


def test_a_budget_and_none_at_once_are_refused(stack: Stack) -> None:
    result = CliRunner().invoke(cli, ["teams", "add", "general", "--daily-budget", "5", "--no-daily-budget"])
    assert result.exit_code == 2
    assert "--no-daily-budget" in result.output
    assert not stack.team_of


@pytest.mark.parametrize(
    "line", ["rejected jbos", "decisions transparency-report jbos --from 2026-07-01 --until 2027-01-01"]
)
def test_a_misspelt_platform_gets_no_empty_answer(stack: Stack, line: str) -> None:
    """An official report of zeros would be worse than none."""
    assert run("jobs").exit_code == 0
    result = CliRunner().invoke(cli, line.split())
    assert result.exit_code == 2
    assert "no platform 'jbos'; there are jobs" in result.output


def test_what_others_named_is_listed_as_it_stands(stack: Stack) -> None:
    """A file's name or an address is no markup, and steers no terminal."""
    assert run("jobs --webhook-url https://jobs.example/[/b]").exit_code == 0
    listed = CliRunner().invoke(cli, ["platforms", "list"], env={"COLUMNS": "200"})
    assert "https://jobs.example/[/b]" in listed.output
    moment = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    stack.rejected = (
        Rejected(
            platform="jobs", id="[/b]\x1b[2J", received_at=moment, field="[/x]", reason="is [/missing]",
            source="drop jobs/auto/[/red].csv item 1", expires=moment,
        ),
    )  # fmt: skip
    result = CliRunner().invoke(cli, ["rejected", "jobs"], env={"COLUMNS": "200"})
    assert result.exit_code == 0, result.exception
    for words in ("[/b]\ufffd[2J", "[/x]", "is [/missing]", "drop jobs/auto/[/red].csv item 1"):
        assert words in result.output
