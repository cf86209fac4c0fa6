"""From log-odds to grades."""

from __future__ import annotations

from dataclasses import asdict

from screening.classifier.bounds import Bounds

BOUNDS = Bounds(
    doubtful=0.0, risky=1.0, exploitation_watch=1.5, exploitation_review=2.0, fraud_watch=0.5, fraud_review=1.5
)


def whole(**answers: float) -> dict[str, float]:
    return {"exploitation": -9.0, "fraud": -9.0, "urgent": -9.0, "mention": -9.0, "no_offer": -9.0} | answers


def test_a_sign_is_graded_by_its_chance() -> None:
    assert [BOUNDS.grade(value) for value in (-2.0, -1.0, 0.5, 2.0)] == [None, "hint", "likely", "sure"]


def test_how_a_post_reads() -> None:
    assert BOUNDS.reads(whole()) == "plain"
    assert BOUNDS.reads(whole(exploitation=0.5)) == "doubtful"
    assert BOUNDS.reads(whole(exploitation=1.0)) == "risky"
    assert BOUNDS.reads(whole(exploitation=1.0, urgent=1.0)) == "urgent"
    assert BOUNDS.reads(whole(exploitation=0.5, urgent=9.0)) == "doubtful", "urgent alone says nothing"


def test_where_the_wording_alone_leads() -> None:
    assert [BOUNDS.wording("fraud", whole(fraud=value)) for value in (0.0, 0.5, 1.5)] == ["none", "watch", "review"]
    assert [BOUNDS.wording("exploitation", whole(exploitation=value)) for value in (1.0, 1.5, 2.0)] == [
        "none", "watch", "review",
    ]  # fmt: skip


def test_bounds_come_back_from_json() -> None:
    assert Bounds.from_json(asdict(BOUNDS)) == BOUNDS
