"""`screening rules`: checking packs, listing indicators, trying a text."""

from __future__ import annotations

from pathlib import Path

from screening.rules.library import RULES_FOLDER, load_rules
from tests.unit.cli.samples import Run

PACK = next((RULES_FOLDER / "packs").glob("*/worker_fee.yaml"))


def test_a_sound_pack_passes(run: Run) -> None:
    result = run("rules", "check", PACK)
    assert result.exit_code == 0, result.output
    assert "no faults" in result.stdout


def test_a_faulty_pack_is_shown_at_its_place_with_a_hint(run: Run, tmp_path: Path) -> None:
    faulty = tmp_path / "worker_fee.yaml"
    faulty.write_text(
        PACK.read_text("utf-8").replace("dimension: coercive_recruitment", "dimension: coercive_recruitmnt"), "utf-8"
    )
    line = next(n for n, text in enumerate(faulty.read_text("utf-8").splitlines(), 1) if text.startswith("dimension:"))
    result = run("rules", "check", faulty)
    assert result.exit_code == 1
    assert f"worker_fee.yaml:{line}:" in result.stdout
    assert "coercive_recruitment" in result.stdout.split("help:")[1]


def test_a_missing_pack_is_an_argument_error(run: Run, tmp_path: Path) -> None:
    assert run("rules", "check", tmp_path / "none.yaml").exit_code == 2


def test_all_indicators_are_listed(run: Run) -> None:
    shown = "".join(run("rules", "list").stdout.split())
    assert all(name in shown for name in load_rules().indicators)


def test_one_indicator_is_listed_with_reasons_sources_and_phrases(run: Run) -> None:
    flat = " ".join(run("rules", "list", "worker_fee").stdout.split())
    assert "The worker is asked to pay for the job" in flat
    assert "source C181: ILO" in flat
    assert "uk:" in flat
    assert "phrases:" in flat
    assert "denied:" in flat


def test_an_unknown_indicator_gets_a_hint(run: Run) -> None:
    for command in (("list", "worker_fees"), ("test", "worker_fees", "x")):
        result = run("rules", *command)
        assert result.exit_code == 2
        assert "did you mean 'worker_fee'?" in result.stderr


def test_a_text_is_tried(run: Run) -> None:
    stated = run("rules", "test", "worker_fee", "A registration fee of 200 euro is due before departure.").stdout
    denied = run("rules", "test", "worker_fee", "We never charge a fee to workers.", "--language", "en").stdout
    absent = run("rules", "test", "worker_fee", "Bring warm clothes to the farm, please.").stdout
    assert "stated: “" in stated
    assert "denied: “" in denied
    assert "worker_fee is not found." in absent


def test_an_unknown_indicator_or_language_is_told_with_what_there_is(run: Run) -> None:
    assert "`screening rules list` names all" in run("rules", "list", "zzz").stderr
    unknown = run("rules", "test", "worker_fee", "hello", "--language", "zz")
    assert (unknown.exit_code, "'uk'" in unknown.stderr) == (2, True)
