"""Keeping erased versions of posts out: neither a late delivery nor the platform brings them back."""

from __future__ import annotations

from collections.abc import Sequence

from screening.ports import ErasureStore, Metrics
from screening.workflows.records import PostKey

ReceivedVersion = tuple[PostKey, int, str]
"""Post, `seq` and name of a version (`heads.version_name`)."""


class KeepOut:
    """Tells which of a batch were erased. Ask before anything of it is stored."""

    def __init__(self, *, erasures: ErasureStore, metrics: Metrics) -> None:
        self._erasures = erasures
        self._metrics = metrics

    def __call__(self, received: Sequence[ReceivedVersion]) -> frozenset[int]:
        """Indexes of the versions that a tombstone covers. Raises TransientError where that can't be told for now."""
        if not received:
            return frozenset()
        tombstones = self._erasures.tombstones(list(dict.fromkeys(post for post, _, _ in received)))
        out = frozenset(
            index
            for index, (post, seq, version) in enumerate(received)
            if post in tombstones and tombstones[post].covers(seq, version)
        )
        if out:
            self._metrics.count("ErasedPostsKeptOut", len(out))
        return out
