"""Windows and batches: labels follow their segments, unknown ones teach nothing."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

from screening.classifier.model_file import deployed_model
from screening.training.encoder.batches import CODES, WINDOW, Tokens, batch_of, labels_of, shuffled, windows_of
from screening.training.encoder.signs import WHOLE

D1 = CODES.index("D1")


@pytest.fixture(scope="module")
def tokens() -> Tokens:
    return Tokens(deployed_model().pieces)


def example(count: int = 3, **more: Any) -> dict[str, Any]:
    segments = [f"This is sentence number {number} of the advert." for number in range(count)]
    return {
        "segments": segments, "stated": [], "denied": [], "unknown": [], "whole": {"exploitation": 1}, "weight": 1.0,
    } | more  # fmt: skip


def test_labels_stand_at_their_segment_and_code() -> None:
    signs, whole = labels_of(example(stated=[(1, "D1")], denied=[(2, "D1")], unknown=["M1"]))
    assert signs[:, D1].tolist() == [0, 1, 0]
    assert signs[:, len(CODES) + D1].tolist() == [0, 0, 1]
    assert (signs[:, CODES.index("M1")] == -1).all()
    assert whole[WHOLE.index("exploitation")] == 1
    assert whole[WHOLE.index("fraud")] == -1


def test_a_star_makes_all_signs_unknown() -> None:
    signs, _ = labels_of(example(unknown=["*"]))
    assert (signs == -1).all()


def test_windows_hold_every_segment_once_and_fit(tokens: Tokens) -> None:
    windows = windows_of(0, example(60), tokens, None)
    assert len(windows) > 1
    assert sum(len(window.pieces) for window in windows) == 60
    assert [window.first for window in windows] == sorted({window.first for window in windows})
    assert all(window.length <= WINDOW for window in windows)


def test_a_window_without_a_sign_says_nothing_of_exploitation(tokens: Tokens) -> None:
    first, *others = windows_of(0, example(60, stated=[(0, "D1")]), tokens, None)
    number = WHOLE.index("exploitation")
    assert first.whole[number] == 1
    assert {int(window.whole[number]) for window in others} == {-1}


def test_a_batch_averages_each_segment_s_own_pieces(tokens: Tokens) -> None:
    windows = windows_of(0, example(2), tokens, None) + windows_of(1, example(3), tokens, None)
    batch = batch_of(windows, tokens)
    assert batch.ids.shape == batch.mask.shape
    assert np.allclose(batch.spans.sum(-1), [[1, 1, 0], [1, 1, 1]])
    assert (batch.signs[0, 2] == -1).all(), "a segment that isn't there"
    assert not batch.mask[batch.ids == 1].any()


def test_a_drawn_window_is_the_same_for_the_same_seed(tokens: Tokens) -> None:
    def drawn(seed: int) -> list[list[int]]:
        return windows_of(0, example(60), tokens, random.Random(seed))[0].pieces

    assert drawn(1) == drawn(1)
    assert any(drawn(1) != drawn(seed) for seed in range(2, 6))


def test_every_window_is_dealt_once(tokens: Tokens) -> None:
    windows = [window for number in range(20) for window in windows_of(number, example(1 + number % 4), tokens, None)]
    dealt = sum(len(batch.weight) for batch in shuffled(windows, tokens, 2, random.Random(1)))
    assert dealt == len(windows)
