"""The audit sample: posts below `review` that enter a queue unmarked, the only way to know what is missed.

A keyed hash decides, so that nobody outside can tell or steer what is drawn, and a redelivered post is drawn again.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping

from screening.values.result import Tier
from screening.workflows.records import Sampling

SAMPLED_TIERS: frozenset[Tier] = frozenset({"clear", "watch", "inconclusive"})


def draw(key: bytes, platform: str, post_id: str, version: str) -> float:
    """A number in [0, 1) that is the same for the same version of a post under the same key."""
    digest = hmac.new(key, f"{platform}\x1f{post_id}\x1f{version}".encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:6]) / 2**48


def drawn_with(
    key: bytes, sampling: Sampling, *, platform: str, post_id: str, version: str, tier: Tier, language: str | None
) -> float | None:
    """The inclusion probability where the post is drawn, else None."""
    if tier not in SAMPLED_TIERS:
        return None
    probability = sampling.probability(language)
    return probability if draw(key, platform, post_id, version) < probability else None


def next_sampling(counted: Mapping[str, int], *, previous: Sampling) -> Sampling:
    """Tomorrow's probabilities from yesterday's posts below `review` per language ("" where it isn't known).

    A language without posts yesterday keeps its probability: one quiet day says nothing about the next.
    """
    target = previous.target_per_day
    rates = {language: min(1.0, target / count) for language, count in counted.items() if count > 0}
    return Sampling(default=previous.default, by_language={**previous.by_language, **rates}, target_per_day=target)
