"""Keeping erased versions of posts out: neither a late delivery nor the platform brings them back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from screening.ports import ErasedPost
from screening.workflows.records import PostKey

ReceivedVersion = tuple[PostKey, int, str]
"""Post, `seq` and name of a version (`heads.version_name`)."""


def kept_out(received: Sequence[ReceivedVersion], tombstones: Mapping[PostKey, ErasedPost]) -> frozenset[int]:
    """Indexes of the versions that a tombstone covers. Ask before anything of them is stored."""
    return frozenset(
        index
        for index, (post, seq, version) in enumerate(received)
        if post in tombstones and tombstones[post].covers(seq, version)
    )
