"""One's own decisions as samples: what is a label, what is missing, and how much a post counts."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from screening.errors import UnreadableInputError
from screening.posts.post import Post
from screening.training.learned.decisions import DecidedSamples, decision_samples

NOW = datetime(2026, 6, 1, tzinfo=UTC)
POSTS = [Post.from_generic({"id": f"p{n}", "description": f"Offer {n}"}, platform="alpha") for n in range(3)]


def decision(**given: Any) -> dict[str, Any]:
    return {
        "case": "c1", "platform": "alpha", "post": "p0", "queue": "review", "language": "en", "concerns": ["forced_labour"],
        "decided_at": "2026-01-01T00:00:00Z", "action": "remove", "last_action": None, "audit_probability": None,
        "outcome": None,
    } | given  # fmt: skip


def read(tmp_path: Path, *rows: dict[str, Any]) -> DecidedSamples:
    path = tmp_path / "decisions.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    return decision_samples(path, POSTS, now=NOW)


def test_posts_that_name_no_platform_are_known_by_their_id_where_one_platform_was_decided_on(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    nameless = [Post.from_generic({"id": f"p{n}", "description": f"Offer {n}"}, platform="posts") for n in range(3)]
    path.write_text(json.dumps(decision()) + "\n", "utf-8")
    assert labels(decision_samples(path, nameless, now=NOW)) == [1]
    twice = [*nameless, Post.from_generic({"id": "p0", "description": "Another"}, platform="other-file")]
    assert decision_samples(path, twice, now=NOW).left_out == {"post not given": 1}, (
        "which of two is meant, nobody knows"
    )
    path.write_text("\n".join(map(json.dumps, (decision(), decision(platform="unknown", post="p1")))), "utf-8")
    found = decision_samples(path, nameless, now=NOW)
    assert (labels(found), found.left_out) == ([1], {"post not given": 1}), (
        "an offer that no platform sent is none of them"
    )
    path.write_text("\n".join(map(json.dumps, (decision(), decision(platform="beta")))), "utf-8")
    assert decision_samples(path, nameless, now=NOW).left_out == {"post not given": 2}
    assert labels(decision_samples(path, [*nameless, *POSTS], now=NOW)) == [1]


def labels(found: DecidedSamples, target: str = "risk") -> list[int | None]:
    return [sample.label for sample in found.samples[target]]


def test_an_action_is_a_label_and_what_stands_in_the_end_counts(tmp_path: Path) -> None:
    found = read(
        tmp_path, decision(), decision(action="dismiss", post="p1"), decision(last_action="restore", post="p2")
    )
    assert labels(found) == [1, 0, 0]


def test_an_outcome_counts_before_the_action(tmp_path: Path) -> None:
    found = read(tmp_path, decision(outcome="disputed"), decision(action="dismiss", outcome="confirmed", post="p1"))
    assert labels(found) == [0, 1]


def test_no_word_is_missing_and_not_negative(tmp_path: Path) -> None:
    young = decision(decided_at="2026-05-20T00:00:00Z")
    found = read(
        tmp_path, young, {**young, "outcome": "confirmed"}, decision(outcome=None), decision(outcome="not_useful")
    )
    assert labels(found) == [1, 1, 1]
    assert found.left_out == {"decided less than 30 days ago, no word yet": 1}


def test_an_audited_post_stands_for_those_that_were_not_drawn(tmp_path: Path) -> None:
    found = read(tmp_path, decision(audit_probability=0.05, action="dismiss"), decision(audit_probability=1e-6))
    assert [sample.weight for sample in found.samples["risk"]] == [20.0, 100.0]


def test_appeals_undecided_cases_and_posts_not_given_are_left_out(tmp_path: Path) -> None:
    found = read(
        tmp_path, decision(queue="appeals"), decision(action=None, decided_at=None), decision(post="gone"),
    )  # fmt: skip
    assert found.left_out == {"appeal": 1, "undecided": 1, "post not given": 1}
    assert labels(found) == []


def test_fraud_alone_is_another_target(tmp_path: Path) -> None:
    found = read(
        tmp_path, decision(concerns=["employment_fraud"]), decision(concerns=["employment_fraud", "minor"], post="p1")
    )
    assert (labels(found, "fraud"), labels(found, "risk")) == ([1], [1])


def test_a_line_that_is_no_decision_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInputError, match="line 2"):
        read(tmp_path, decision(), {"case": "c2"})
