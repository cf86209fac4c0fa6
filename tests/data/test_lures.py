"""The constructed example pairs of the evaluation data: a risky offer and its honest twin, alike but for the decisive words."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from screening.assessment.screener import Screener
from screening.assessment.weighing import TIER_ORDER
from screening.posts.post import Post

DATA = Path(os.environ.get("SCREENING_DATA", Path(__file__).resolve().parents[3] / "shared" / "data")) / "lures"
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

NOT_YET: dict[str, str] = {
    "cs01-risky": "at watch: the classifier is in two minds about the whole, and each sign by itself is medium or weak",
    "pl13-benign": "at review: leaving early 'without repaying costs' is taken for a penalty",
}
"""Examples that don't come out as they should, with the reason. A test fails when one of them is mended but still listed."""

pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"no evaluation data at {DATA} (set SCREENING_DATA)"),
]


def examples(name: str) -> list[dict[str, Any]]:
    path = DATA / name
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


@pytest.fixture(scope="module")
def screener() -> Screener:
    return Screener.load()


def assess(screener: Screener, example: dict[str, Any]) -> Any:
    post = Post.from_generic(
        {
            "id": example["id"], "description": example["text"], "kind": example["post_type"],
            "country": example.get("country") or example.get("country_of_work"),
        },
        platform="lures",
    )  # fmt: skip
    return screener.assess(post, assessed_at=AT)


@pytest.mark.parametrize("example", examples("pairs_examples.jsonl"), ids=lambda e: e["id"])
def test_a_pair_is_told_apart(screener: Screener, example: dict[str, Any]) -> None:
    result = assess(screener, example)
    order = TIER_ORDER[result.tier]
    if example["variant"] == "risky":
        right = order >= TIER_ORDER[example["min_tier"]]
    else:
        right = order <= TIER_ORDER[example["max_tier"]]
    found = [(e.indicator, e.state, e.quote) for e in result.evidence]
    if example["id"] in NOT_YET:
        assert not right, f"{example['id']} comes out right now: take it off the list"
        pytest.xfail(NOT_YET[example["id"]])
    assert right, f"{result.tier}: {found}"


@pytest.mark.parametrize("example", examples("benign_hard.jsonl"), ids=lambda e: e["id"])
def test_a_legitimate_look_alike_opens_no_case_but_for_labour_law(screener: Screener, example: dict[str, Any]) -> None:
    result = assess(screener, example)
    raised = [c.type for c in result.concerns if TIER_ORDER[c.tier] >= TIER_ORDER["review"] and c.type != "labour_law"]
    if example["id"] in NOT_YET:
        assert raised, f"{example['id']} opens no case now: take it off the list"
        pytest.xfail(NOT_YET[example["id"]])
    assert not raised, [(e.indicator, e.state, e.quote) for e in result.evidence]
