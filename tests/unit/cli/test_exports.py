"""What is exported from a stack is whole or isn't there: a stack that fails midway leaves no cut file behind."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from screening.cases.case import Case
from screening.errors import TransientError
from tests.fakes.console_cases import case
from tests.unit.cli.samples import Run

FAILED = "DynamoDB: throttled"


class Stack:
    """A deployed stack with two decided cases and two chains; `fails` after the first of each."""

    def __init__(self) -> None:
        self.fails = False
        self.cases = self.ledger = self

    def review_teams(self) -> tuple[str, ...]:
        return ("general",)

    def decided(self, _team: str, *, since: datetime, limit: int) -> Iterator[Case]:
        yield case(1, state="decided")
        self._fail()
        yield case(2, state="decided")

    def export(self, _cases: object = (), *, payloads: bool = True) -> Iterator[dict[str, Any]]:
        yield {"ledger_export": 1}
        self._fail()
        yield {"end": 1}

    def _fail(self) -> None:
        if self.fails:
            raise TransientError(FAILED)


class Export:
    def __init__(self, stack: Stack) -> None:
        self._stack = stack

    def __call__(self, *cases: object, payloads: bool = True) -> Iterator[dict[str, Any]]:
        return Stack.export(self._stack, *cases, payloads=payloads)

    def expected_chains(self) -> int:
        return 2


@pytest.fixture
def stack(monkeypatch: pytest.MonkeyPatch) -> Stack:
    made = Stack()
    monkeypatch.setattr(made, "export", Export(made))
    for command in ("decisions", "ledger"):
        monkeypatch.setattr(f"screening.cli.{command}.connect", lambda *_: made)
    return made


EXPORTS = pytest.mark.parametrize("command", [("decisions", "export"), ("ledger", "export")], ids=" ".join)


@EXPORTS
def test_a_whole_export_takes_the_place_of_the_one_before(run: Run, stack: Stack, tmp_path: Path, command: Any) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("before\n")
    done = run(*command, "--out", out)
    assert done.exit_code == 0, done.output
    assert len([json.loads(line) for line in out.read_text().splitlines()]) == 2
    assert list(tmp_path.iterdir()) == [out]


@EXPORTS
@pytest.mark.parametrize("before", [None, "before\n"], ids=["none before", "one before"])
def test_an_export_that_fails_midway_changes_no_file(
    run: Run, stack: Stack, tmp_path: Path, command: Any, before: str | None
) -> None:
    stack.fails = True
    out = tmp_path / "out.jsonl"
    if before:
        out.write_text(before)
    done = run(*command, "--out", out)
    assert done.exit_code == 2
    assert FAILED in done.stderr
    assert f"{out}: nothing was written" in done.stderr
    assert [path.read_text() for path in tmp_path.iterdir()] == ([before] if before else [])


@EXPORTS
def test_on_standard_output_a_cut_export_is_said_to_be_one(run: Run, stack: Stack, command: Any) -> None:
    whole = run(*command, "--out", "-")
    assert whole.exit_code == 0
    assert len([json.loads(line) for line in whole.stdout.splitlines()]) == 2
    stack.fails = True
    cut = run(*command, "--out", "-")
    assert cut.exit_code == 2
    assert "standard output: what was written is incomplete" in cut.stderr
    assert len(cut.stdout.splitlines()) == 1


@EXPORTS
def test_a_device_or_pipe_is_written_to_and_stays_what_it_is(run: Run, stack: Stack, command: Any) -> None:
    done = run(*command, "--out", os.devnull)
    assert done.exit_code == 0, done.output
    assert not Path(os.devnull).is_file()


@EXPORTS
def test_a_folder_that_is_not_there_is_told_by_its_option(run: Run, stack: Stack, tmp_path: Path, command: Any) -> None:
    done = run(*command, "--out", tmp_path / "none" / "out.jsonl")
    assert done.exit_code == 2
    assert "--out" in done.stderr
