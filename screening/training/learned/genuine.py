"""Genuine posts to weigh a candidate on: a file of one's own, or the ordinary adverts of the evaluation data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from screening.assessment.screener import Screener
from screening.errors import UnreadableInputError
from screening.posts.post import Post
from screening.training.evaluation.corpora import data_folder
from screening.training.evaluation.pool import open_workers
from screening.training.learned.datasets import ordinary_samples
from screening.training.learned.rows import Row, Sample, read_samples


def genuine_rows(
    posts: Sequence[Post] | None, data: Path | None, most: int, workers: int, progress: Callable[[int], None]
) -> list[Row]:
    """The rows of the posts, else of at most so many adverts of each ordinary corpus.

    Raises:
        UnreadableInputError: neither posts nor data are there.
    """
    if posts is not None:
        samples = [Sample(post, "given", None) for post in posts]
    else:
        folder = data or data_folder()
        if not folder.is_dir():
            raise UnreadableInputError(str(folder), "no such folder; give posts with --posts")
        samples = ordinary_samples(folder, most=most)
        if not samples:
            raise UnreadableInputError(str(folder), "no genuine posts in it; give some with --posts")
    if not samples:
        raise UnreadableInputError("--posts", "not one post to weigh")
    with open_workers(Screener.load(with_model=False), workers) as pool:
        return read_samples(samples, pool, progress)
