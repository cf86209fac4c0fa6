"""Offers as platforms publish them: the post, and one reader per feed format."""

from screening.posts.post import PlatformSignal, Post, Poster, Salary

__all__ = ["PlatformSignal", "Post", "Poster", "Salary"]
