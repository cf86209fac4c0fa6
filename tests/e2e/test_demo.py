"""The README's demo command, as a new user runs it: every figure of its JSON, and nothing left running."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import uuid
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]


MARK = "SCREENING_DEMO_UNDER_TEST"


def processes_with(mark: bytes) -> set[str]:
    """Processes that inherited this word in their environment: all that the demo started, whoever their parent is now."""
    found = set()
    for environment in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark in environment.read_bytes():
                found.add(environment.parent.name)
        except OSError:
            continue
    return found


def left_after(mark: bytes, *, seconds: float) -> set[str]:
    """What still runs when the emulator's workers had time to notice that it is gone."""
    deadline = time.monotonic() + seconds
    while (found := processes_with(mark)) and time.monotonic() < deadline:
        time.sleep(0.2)
    return found


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], str, set[str]]:
    mark = uuid.uuid4().hex
    environment = {**os.environ, MARK: mark, "COLUMNS": "250"}
    figures = tmp_path_factory.mktemp("demo") / "demo.json"
    command = [sys.executable, "-m", "screening.cli.main", "demo", "--exit", "--json", str(figures)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=280, check=False, env=environment)
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-3000:]
    return json.loads(figures.read_text("utf-8")), run.stdout, left_after(mark.encode(), seconds=10)


def test_every_accepted_post_is_assessed(demo: tuple[dict[str, Any], str, set[str]]) -> None:
    figures = demo[0]
    assert figures["posts_sent"] >= 200
    assert (
        figures["assessed"] == figures["accepted"] == figures["posts_sent"] - figures["rejected"] - figures["left_out"]
    )
    assert sum(figures["by_tier"].values()) == figures["assessed"]


def test_nothing_reaches_a_partner_before_two_people_decided(demo: tuple[dict[str, Any], str, set[str]]) -> None:
    figures = demo[0]
    assert figures["partner_messages_before_decision"] == 0
    assert figures["partner_messages_after"] == 1


def test_rejected_items_are_named(demo: tuple[dict[str, Any], str, set[str]]) -> None:
    figures, output, _ = demo
    assert figures["rejected"] == output.count("rejected: demo-jobs/")
    assert "field 'kind': must be one of job, accommodation, transport" in output


def test_dead_letters_hold_the_poison_posts_alone(demo: tuple[dict[str, Any], str, set[str]]) -> None:
    assert demo[0]["dead_letters"] == demo[0]["poison_posts"] == 1


def test_the_night_moves_the_posts_that_the_new_rule_finds(demo: tuple[dict[str, Any], str, set[str]]) -> None:
    figures = demo[0]
    assert figures["rescored"] == figures["assessed"] - 1, "all live posts, which the withdrawn one is not"
    assert figures["changed_tier"] == 2


def test_nothing_is_left_running(demo: tuple[dict[str, Any], str, set[str]]) -> None:
    assert demo[2] == set()


def test_the_samples_stand_where_their_manifest_says(demo: tuple[dict[str, Any], str, set[str]]) -> None:
    """Each post that should be flagged is listed among the flagged ones, and no ordinary one beside them."""
    expected = json.loads((ROOT / "screening/cli/demo_posts/manifest.json").read_text("utf-8"))
    output = demo[1]
    wanted = {key for key, tier in expected["expected"].items() if tier in ("review", "urgent")} | {
        f"{expected['edit']['platform']}/{expected['edit']['id']}"
    }
    shown = {word for word in output.split() if word.startswith("demo-") and "/" in word}
    assert wanted <= shown
