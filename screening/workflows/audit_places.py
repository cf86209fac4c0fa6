"""Which posts of a batch enter the audit sample: drawn by their hash, and with a place of their day and language.

The count of a day's draws is one number a language in the posts table, grown once a batch however many were drawn in it. A batch
that dies on its way leaves numbers that nobody has. That costs places, and no estimate: the chance of a post is that of the
number which it had when it was written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from screening.errors import TransientError
from screening.ports import Metrics, PostStore
from screening.values.result import Tier
from screening.workflows.audit_sample import drawn_with, numbers_covered, place_won
from screening.workflows.records import Head, PostKey, Sampling

Version = tuple[str, str, str]
"""(platform, post id, version): the same one twice in a batch is drawn once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampled:
    """A version that may be drawn."""

    key: PostKey
    version: str
    tier: Tier
    language: str | None

    @property
    def name(self) -> Version:
        return (*self.key, self.version)


class AuditPlaces:
    def __init__(self, *, posts: PostStore, metrics: Metrics, key: bytes, places: int) -> None:
        """`places`: at most so many posts of a day and language enter the sample."""
        self._posts = posts
        self._metrics = metrics
        self._key = key
        self._places = places

    def drawn(
        self, versions: Iterable[Sampled], sampling: Sampling, *, heads: Mapping[PostKey, Head], day: date
    ) -> dict[Version, float]:
        """The chance with which each was drawn; those that weren't are left out.

        A version that a head stands for already was drawn or not when it came first, and isn't drawn again. Where the count
        can't be had nobody of that language is drawn: no post waits for the sample.
        """
        by_language: dict[str, dict[Version, float]] = defaultdict(dict)
        for one in versions:
            head = heads.get(one.key)
            if head is not None and head.version == one.version:
                continue
            chance = drawn_with(
                self._key, sampling, platform=one.key[0], post_id=one.key[1], version=one.version, tier=one.tier,
                language=one.language,
            )  # fmt: skip
            if chance is not None:
                by_language[one.language or ""][one.name] = chance
        won: dict[Version, float] = {}
        for language, chances in sorted(by_language.items()):
            won |= self._with_a_place(chances, language, day)
        return won

    def _with_a_place(self, chances: Mapping[Version, float], language: str, day: date) -> dict[Version, float]:
        try:
            last = self._posts.count_drawn(day, language, by=len(chances))
        except TransientError:
            self._metrics.count("AuditDrawsNotCounted", len(chances))
            return {}
        beyond = last - max(numbers_covered(self._places), last - len(chances))
        if beyond > 0:
            self._metrics.count("AuditDrawsBeyondPlaces", beyond)
        won = {}
        for number, (name, chance) in enumerate(chances.items(), last - len(chances) + 1):
            share = place_won(self._key, day=day, language=language, number=number, places=self._places)
            if share is not None:
                won[name] = chance * share
        return won
