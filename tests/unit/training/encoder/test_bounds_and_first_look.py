"""Bounds follow the honest posts that they may stop; the first look's follows the reported ones that it may lose."""

from __future__ import annotations

from typing import Any

import numpy as np

from screening.classifier.answer import QUESTIONS
from screening.classifier.model_file import deployed_model
from screening.training.encoder.batches import Tokens
from screening.training.encoder.bounds_fit import SHARES, HeldApart, bounds_of, left_out_table
from screening.training.encoder.first_look_fit import fit_first_look

FRAUD = QUESTIONS.index("fraud")


def apart(honest: int = 1_000, reported: int = 100) -> HeldApart:
    """Honest posts evenly between -5 and 5, reported ones all at 6."""
    kept = HeldApart()
    values = [*np.linspace(-5, 5, honest), *[6.0] * reported]
    examples = [{"source": "a/site", "whole": {"fraud": int(number >= honest)}} for number in range(len(values))]
    rows = np.full((len(values), len(QUESTIONS)), -9.0)
    rows[:, FRAUD] = values
    kept.add(examples, [], rows)
    return kept


def test_no_more_honest_posts_than_allowed_reach_a_bound() -> None:
    kept = apart()
    bounds = bounds_of(kept)
    honest = kept.of("fraud", honest=True, board=False)
    assert (honest >= bounds.fraud_review).mean() <= SHARES["fraud_review"][1]
    assert (honest >= bounds.fraud_watch).mean() <= SHARES["fraud_watch"][1]
    assert bounds.fraud_watch < bounds.fraud_review
    assert (honest >= bounds.fraud_review - 0.2).mean() > SHARES["fraud_review"][1], "the lowest such bound"


def test_each_source_is_told_with_its_interval() -> None:
    kept = apart()
    rows = left_out_table(kept, bounds_of(kept))
    reported = next(row for row in rows if row["reported"])
    assert (reported["posts"], reported["watch"]["part"]) == (100, 100)
    assert 0.9 < reported["watch"]["interval"][0] < 1


def test_the_first_look_tells_money_for_nothing_from_a_kitchen() -> None:
    tokens = Tokens(deployed_model().pieces)

    def row(number: int, text: str, risky: int) -> dict[str, Any]:
        return {"source": "a/bot" if number % 2 else "b/site", "pair": f"p{number % 8}", "segments": [text], "weight": 1.0,
                "whole": {"fraud": risky}}  # fmt: skip

    examples = [row(n, f"easy money online every day {n} write me", 1) for n in range(40)]
    examples += [row(n, f"cook for a small kitchen near the station {n}", 0) for n in range(40)]
    look = fit_first_look(examples, tokens, len(deployed_model().words))
    assert look.told["reported_lost"] <= 0.05
    assert look.told["honest_unread"] > 0.5
    assert (
        look.weights[tokens.processor.encode("money")].max()
        > 0
        > look.weights[tokens.processor.encode("kitchen")].min()
    )
