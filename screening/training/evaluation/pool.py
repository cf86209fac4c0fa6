"""Scoring on several cores: chunks of posts out, records back in order, the same rules in every process."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any

from screening.assessment.screener import Screener
from screening.assessment.tier_rules import load_tier_rules
from screening.classifier.classifier import Classifier
from screening.classifier.model_file import ModelFile
from screening.posts.post import Post
from screening.rules.compiled import CompiledRules
from screening.training.evaluation.records import Record, score

CHUNK = 100
_SCREENERS: list[Screener] = []
"""The screener of a worker process, set by its initialiser."""

Progress = Callable[[int], None]
"""Told how many more posts are done."""


class Workers:
    """Processes that score; with a count of 0 everything runs in this one."""

    def __init__(self, screener: Screener, executor: ProcessPoolExecutor | None) -> None:
        self._screener, self._executor = screener, executor

    def score(self, posts: Sequence[Post], progress: Progress) -> list[Record]:
        """The posts' records, in their order however the work was shared."""
        chunks = [posts[start : start + CHUNK] for start in range(0, len(posts), CHUNK)]
        records: list[Record] = []
        for found in self._in_order(chunks):
            records.extend(found)
            progress(len(found))
        return records

    def start[T](self, work: Callable[..., T], *arguments: Any) -> Callable[[], T]:
        """Begin other work beside the scoring; the answer waits for its result."""
        if self._executor is None:
            return lambda: work(*arguments)
        future: Future[T] = self._executor.submit(work, *arguments)
        return future.result

    def start_with_screener[T](self, work: Callable[..., T], *arguments: Any) -> Callable[[], T]:
        """As `start`; the work gets the process's screener before its arguments."""
        if self._executor is None:
            return lambda: work(self._screener, *arguments)
        return self.start(_with_screener, work, *arguments)

    def _in_order(self, chunks: Sequence[Sequence[Post]]) -> Iterator[list[Record]]:
        if self._executor is None:
            return (score(chunk, self._screener) for chunk in chunks)
        return self._executor.map(_score_chunk, chunks)


@contextmanager
def open_workers(screener: Screener, count: int) -> Iterator[Workers]:
    """Start `count` processes with the rules of `screener`, however the packs on disk change meanwhile."""
    if not count:
        yield Workers(screener, None)
        return
    rules = screener.rules.to_bytes()
    with ProcessPoolExecutor(
        count,
        mp_context=get_context("spawn"),
        initializer=_begin,
        initargs=(rules, screener.classifier.model, screener.without),
    ) as executor:
        yield Workers(screener, executor)


def _begin(rules: bytes, model: ModelFile, without: frozenset[str]) -> None:
    _SCREENERS[:] = [Screener(CompiledRules.from_bytes(rules), load_tier_rules(), Classifier(model), without=without)]


def _score_chunk(posts: Sequence[Post]) -> list[Record]:
    return score(posts, _SCREENERS[0])


def _with_screener[T](work: Callable[..., T], *arguments: Any) -> T:
    return work(_SCREENERS[0], *arguments)
