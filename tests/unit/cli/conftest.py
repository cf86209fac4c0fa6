"""The `screening` command as a user runs it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from screening.cli.main import cli
from tests.unit.cli.samples import HONEST, RISKY, Run, write_lines


@pytest.fixture
def run() -> Run:
    def invoke(*arguments: object, stdin: bytes | None = None) -> Result:
        return CliRunner(env={"COLUMNS": "120"}).invoke(cli, [str(a) for a in arguments], input=stdin)

    return invoke


@pytest.fixture
def posts_file(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "board.jsonl", [RISKY, HONEST])
