"""Controls tell how far a post's dress alone goes, from sources that they haven't learned from."""

from __future__ import annotations

from screening.posts.post import Post
from screening.training.encoder.plan import FOLDS
from screening.training.evaluation.real import RealPost
from screening.training.evaluation.real_controls import controls

SOURCES = [next(iter(sorted(fold))) for fold in FOLDS] + ["somebody/else"]


def posts(honest: str, reported: str) -> list[RealPost]:
    return [
        RealPost(Post(platform="p", id=f"{source}{number}", description=f"{text} {number}"), source, risky, "en", "job", False)
        for source in SOURCES
        for number in range(40)
        for text, risky in ((honest, False), (reported, True))
    ]  # fmt: skip


def test_where_the_dress_goes_with_the_label_a_control_finds_it() -> None:
    found = controls(posts("Cook for a small kitchen", "Work 🎉🎉🎉🎉 for a kitchen"))
    assert found["emoji"]["share"] == 1.0
    assert found["dollars and euros"]["share"] == 0.0


def test_where_both_are_dressed_alike_none_finds_more_than_is_stopped() -> None:
    found = controls(posts("Cook for a small kitchen", "Cook for a small kitchen"))
    assert all(share["share"] <= 0.1 for share in found.values())
