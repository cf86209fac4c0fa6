"""Posts written in the world's genres: their marks land on the segments that a moderator would underline."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from screening.classifier.model_file import deployed_model
from screening.training.encoder.batches import CODES, Tokens, batch_of, windows_of
from screening.training.encoder.examples import Example, genre_posts
from screening.training.encoder.signs import WHOLE

FRAUD = {
    "id": "t1", "lang": "en", "genre": "chat", "title": "", "label": "fraud", "kind": "cards", "urgent": 0,
    "text": "Hello everybody. We pay for bank cards in your name. No fee is asked.",
    "telling": ["We pay for bank cards in your name."],
    "signs": [
        {"code": "M8", "state": "stated", "quote": "We pay for bank cards in your name."},
        {"code": "M1", "state": "denied", "quote": "No fee is asked."},
    ],
}  # fmt: skip


def made(folder: Path, **changed: Any) -> Example:
    (folder / "en.jsonl").write_text(json.dumps(FRAUD | changed) + "\n", "utf-8")
    (example,) = genre_posts(folder)
    return example


def test_marks_and_what_tells_lie_on_their_segments(tmp_path: Path) -> None:
    example = made(tmp_path)
    assert example.stated == [(1, "M8")]
    assert example.denied == [(2, "M1")]
    assert example.telling == [1]
    assert example.whole == {"fraud": 1, "mention": 0, "no_offer": 0}


def test_beside_a_marked_sign_its_like_is_unknown_and_the_marked_one_is_not(tmp_path: Path) -> None:
    example = made(tmp_path)
    assert {"J15", "M9", "E11", "E1"} <= set(example.unknown), "who lends a card may be a courier, too"
    assert not {"M8", "M1"} & set(example.unknown)


@pytest.mark.parametrize(
    ("label", "whole"),
    [
        ("honest", {"exploitation": 0, "fraud": 0, "urgent": 0, "mention": 0, "no_offer": 0}),
        ("no_offer", {"exploitation": 0, "fraud": 0, "urgent": 0, "mention": 0, "no_offer": 1}),
        ("mention", {"exploitation": 0, "fraud": 0, "urgent": 0, "mention": 1}),
        ("exploitation", {"exploitation": 1, "urgent": 0, "mention": 0, "no_offer": 0}),
    ],
)
def test_the_label_answers_the_questions_that_it_knows(tmp_path: Path, label: str, whole: dict[str, int]) -> None:
    assert made(tmp_path, label=label).whole == whole


def test_a_window_of_a_long_post_that_holds_nothing_telling_says_nothing_of_fraud(tmp_path: Path) -> None:
    filler = " ".join(f"Our team number {n} works in the large new office with many windows." for n in range(30))
    example = made(tmp_path, text=f"{FRAUD['text']} {filler}")
    row = json.loads(example.to_json())
    windows = windows_of(0, row, Tokens(deployed_model().pieces), None)
    fraud = WHOLE.index("fraud")
    assert len(windows) > 1
    assert [int(window.whole[fraud]) for window in windows] == [1] + [-1] * (len(windows) - 1)
    batch = batch_of(windows, Tokens(deployed_model().pieces))
    assert np.argwhere(batch.telling).tolist() == [[0, 1]]


def test_the_shipped_posts_are_marked_whole() -> None:
    posts = list(genre_posts())
    risky = [post for post in posts if post.whole.get("fraud") == 1 or post.whole.get("exploitation") == 1]
    assert all(post.telling for post in risky)
    assert 0.35 < len(risky) / len(posts) < 0.6, "each risky post has an honest one of the same dress"
    assert len({post.lang for post in posts}) >= 15
    assert {code for post in posts for _, code in (*post.stated, *post.denied)} <= set(CODES)
