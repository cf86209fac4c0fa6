"""The audit sample: posts below `review` that enter a queue unmarked, the only way to know what is missed.

A post is drawn twice over. First a keyed hash decides with the chance of its language, worked out from yesterday's posts, so
that nobody outside can tell or steer what is drawn. What is drawn so gets a number of its day and language and must win one of
the day's places by it. Places are as many as the setting says, so that a day with a hundred times yesterday's posts doesn't bury
the reviewers. The first three quarters are sure. Each of the rest is shared by ever more numbers, of which a keyed hash picks one.

Every post keeps a chance above 0 that doesn't depend on what it is, and that is known when it is drawn: the chance of the hash,
divided by the numbers that share its place. It is stored with the case, so that estimates can be weighed by it
(docs/decisions/0021-places-of-the-audit-sample.md).
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from screening.values.result import Tier
from screening.workflows.records import Sampling

SAMPLED_TIERS: frozenset[Tier] = frozenset({"clear", "watch", "inconclusive"})
SURE_SHARE = 0.75
"""Of a day's places. Yesterday's rates aim at these: on a day like yesterday few draws share a place, and weights stay even."""
FIRST_SHARED = 4
"""Numbers that share the first place which isn't sure; each further place is shared by the square of those before."""
MOST_SHARED = 10**12


@dataclass(frozen=True, slots=True)
class _Place:
    first: int  # number, from 1
    numbers: int  # that share it


def draw(key: bytes, platform: str, post_id: str, version: str) -> float:
    """A number in [0, 1) that is the same for the same version of a post under the same key."""
    return _chance(key, f"{platform}\x1f{post_id}\x1f{version}")


def drawn_with(
    key: bytes, sampling: Sampling, *, platform: str, post_id: str, version: str, tier: Tier, language: str | None
) -> float | None:
    """The chance with which the post was drawn by its hash; None where it wasn't. It still has to win a place."""
    if tier not in SAMPLED_TIERS:
        return None
    probability = sampling.probability(language)
    return probability if draw(key, platform, post_id, version) < probability else None


def place_won(key: bytes, *, day: date, language: str | None, number: int, places: int) -> float | None:
    """The chance with which the number, one of a day's and language's, wins a place, where it does; None where it doesn't.

    Args:
        number: how many were drawn that day in this language, with this one: 1 for the first.
        places: how many there are.
    """
    for index, place in enumerate(_places(places)):
        if number < place.first + place.numbers:
            picked = place.first + int(_chance(key, f"place\x1f{day}\x1f{language or ''}\x1f{index}") * place.numbers)
            return 1 / place.numbers if number == picked else None
    return None


def numbers_covered(places: int) -> int:
    """How many draws a day can share its places; what is drawn beyond has none."""
    return sum(place.numbers for place in _places(places))


def next_sampling(counted: Mapping[str, int], *, previous: Sampling) -> Sampling:
    """Tomorrow's probabilities from yesterday's posts below `review` per language ("" where it isn't known).

    They aim at the places that are sure. A language without posts yesterday keeps its probability: one quiet day says nothing
    about the next.
    """
    target = previous.target_per_day
    aim = sure_places(target)
    rates = {language: min(1.0, aim / count) for language, count in counted.items() if count > 0}
    return Sampling(default=previous.default, by_language={**previous.by_language, **rates}, target_per_day=target)


def sure_places(places: int) -> int:
    return max(1, int(places * SURE_SHARE)) if places > 0 else 0


def _places(places: int) -> Iterator[_Place]:
    sure = sure_places(places)
    for number in range(1, sure + 1):
        yield _Place(number, 1)
    first, numbers = sure + 1, FIRST_SHARED
    for _ in range(places - sure):
        yield _Place(first, numbers)
        first, numbers = first + numbers, min(numbers * numbers, MOST_SHARED)


def _chance(key: bytes, text: str) -> float:
    digest = hmac.new(key, text.encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:6]) / 2**48
