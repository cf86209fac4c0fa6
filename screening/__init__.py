"""Offer Screening: reads job, accommodation and transport offers and weighs published signs of exploitative recruitment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from screening.assessment.screener import Screener
    from screening.posts.post import Post

__all__ = ["Post", "Screener"]


def __getattr__(name: str) -> Any:
    # Loaded on first use: a function that only checks a signature must not pay for the rules at its cold start.
    if name == "Screener":
        from screening.assessment.screener import Screener

        return Screener
    if name == "Post":
        from screening.posts.post import Post

        return Post
    raise AttributeError(f"module 'screening' has no attribute {name!r}")
