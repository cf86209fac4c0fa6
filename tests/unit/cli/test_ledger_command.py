"""`screening ledger verify --file`: exit 0 for a whole export, 1 for a tampered one, 2 for what is none."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from screening.cases.ledger import LedgerEntry, next_entry
from screening.cases.ledger_root import ChainHead, next_root
from tests.unit.cli.samples import Run

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


def exported() -> list[dict[str, Any]]:
    """Two chains of three entries and a root over them."""
    lines: list[dict[str, Any]] = []
    heads = []
    for chain in ("case-1", "views:case-1"):
        made: list[LedgerEntry] = []
        for index in range(3):
            made.append(
                next_entry(
                    case=chain, index=index, prev_hash=made[-1].hash if made else "", kind="updated", actor="anna",
                    at=NOW, salt=f"{index:032x}", payload={"n": index},
                )
            )  # fmt: skip
        heads.append(ChainHead(chain, 2, made[-1].hash, NOW))
        lines += [{"head": heads[-1].to_dict()}, *({"entry": entry.to_dict()} for entry in made)]
    root = next_root(None, heads, at=NOW + timedelta(hours=12), moved_since=NOW)
    header = {"ledger_export": 1, "at": "2026-05-05T00:30:00Z", "partial": False, "payloads": True}
    return [header, {"root": root.to_dict()}, {"table_root": root.summary()}, *lines]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ledger.jsonl"


def write(path: Path, lines: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")


def test_a_whole_export_is_said_to_hold(run: Run, file: Path) -> None:
    write(file, exported())
    result = run("ledger", "verify", "--file", file)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "2 chains, 6 entries (0 without payload), 1 root: no fault\n"


def test_each_tampered_missing_or_slipped_in_entry_is_named(run: Run, file: Path) -> None:
    lines = exported()
    lines[4]["entry"]["actor"] = "mallory"
    slipped = {"entry": lines[-1]["entry"] | {"actor": "mallory"}}
    write(file, [*lines[:9], *lines[10:], slipped])
    result = run("ledger", "verify", "--file", file)
    assert result.exit_code == 1
    assert "chain case-1: entry 0 was changed\n" in result.stdout
    assert "chain views:case-1: entry 1 is missing before 2\n" in result.stdout
    assert "chain views:case-1: entry 2 stands there twice\n" in result.stdout


def test_a_root_that_does_not_match_is_named(run: Run, file: Path) -> None:
    lines = exported()
    lines[1]["root"]["hash"] = "0" * 64
    write(file, lines)
    result = run("ledger", "verify", "--file", file)
    assert result.exit_code == 1
    assert "root 0 of 2026-05-05T00:00:00Z isn't the hash of the 2 chains it covers\n" in result.stdout
    assert "root 0 of the table isn't that of the locked bucket\n" in result.stdout


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is empty"),
        ("{\n", "line 1: is no JSON"),
        ('{"id": "1"}\n', "no export of the ledger"),
        ("\xff\n", "no JSON"),
    ],
)
def test_what_is_no_export_is_bad_input(run: Run, file: Path, content: str, said: str) -> None:
    file.write_text(content, "latin-1")
    result = run("ledger", "verify", "--file", file)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_file_and_cases_at_once_are_refused(run: Run, file: Path) -> None:
    write(file, exported())
    assert run("ledger", "verify", "case-1", "--file", file).exit_code == 2
    assert run("ledger", "verify", "--file", file.parent / "none.jsonl").exit_code == 2
