"""One's own decisions as samples: `screening decisions export` beside the posts that were decided on.

People's decision is the label; what became of it counts before it where somebody said so. No word is missing, not negative:
such a row stands by its decision, and only once it is old enough for a word to have come. A post that was drawn for the audit
stands for all that weren't, so that it weighs the inverse of its chance of being drawn.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from screening.errors import UnreadableInputError
from screening.fields import parse_moment
from screening.posts.post import Post
from screening.training.learned.rows import Sample

WAIT_DAYS = 30
MOST_WEIGHT = 100.0
"""Of one audited post, so that a single rare one doesn't decide the model."""
TRUE, FALSE = frozenset({"confirmed", "lead"}), frozenset({"disputed"})
"""Outcomes that say what the offer was; `not_useful` says that a package was of no use, and nothing of the offer."""
NO_PLATFORM = "unknown"
"""Of a case that a report alone opened, about an offer that no platform sent."""
NOTHING = frozenset({"dismiss", "restore"})


@dataclass(frozen=True, slots=True)
class DecidedSamples:
    """Samples by target, and how many rows were left out for which reason."""

    samples: Mapping[str, tuple[Sample, ...]]
    left_out: Mapping[str, int]


def decision_samples(path: Path, posts: Sequence[Post], *, now: datetime, wait_days: int = WAIT_DAYS) -> DecidedSamples:
    """Label the posts by the decisions on them. Rows without their post are left out: nothing can be read of them.

    Raises:
        UnreadableInputError: a line is no exported decision; the message names file and line.
    """
    samples: dict[str, list[Sample]] = {"fraud": [], "risk": []}
    left_out: dict[str, int] = {}
    rows = list(_rows(path))
    post_of = _finder(posts, {str(row["platform"]) for _, row in rows} - {NO_PLATFORM})
    for number, row in rows:
        try:
            reason, label = _label(row, now, wait_days)
            post = post_of(row["platform"], row["post"])
            case, weight = str(row["case"]), _weight(row)
        except (ValueError, KeyError, TypeError) as error:
            raise UnreadableInputError(str(path), f"no exported decision ({error!r})", line=number) from error
        if reason is None and post is None:
            reason = "post not given"
        if reason is not None or post is None or label is None:
            left_out[reason or "undecided"] = left_out.get(reason or "undecided", 0) + 1
            continue
        target = "fraud" if row.get("concerns") == ["employment_fraud"] else "risk"
        notes = {"lang": row.get("language") or ""}
        samples[target].append(Sample(post, "decisions", label, case, weight, notes=notes))
    return DecidedSamples({name: tuple(found) for name, found in samples.items()}, left_out)


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Line numbers and rows. Raises UnreadableInputError."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            row["platform"]
        except (ValueError, KeyError, TypeError) as error:
            raise UnreadableInputError(str(path), f"no exported decision ({error!r})", line=number) from error
        yield number, row


def _finder(posts: Sequence[Post], decided_on: set[str]) -> Callable[[str, str], Post | None]:
    """Finds a decision's post: by platform and id, else by the id alone where that can mean one post only.

    A file of posts often names no platform; where all decisions are of one, it must be theirs.
    """
    named = {(post.platform, post.id): post for post in posts}
    others = [post for post in posts if post.platform not in decided_on] if len(decided_on) == 1 else []
    times = Counter(post.id for post in others)
    nameless = {post.id: post for post in others if times[post.id] == 1}

    def post_of(platform: str, post_id: str) -> Post | None:
        return named.get((platform, post_id)) or (nameless.get(post_id) if platform in decided_on else None)

    return post_of


def _label(row: Mapping[str, Any], now: datetime, wait_days: int) -> tuple[str | None, int | None]:
    """(why it is left out or None, label)."""
    if row["queue"] == "appeals":
        return "appeal", None
    action = row["last_action"] or row["action"]
    if action is None or row["decided_at"] is None:
        return "undecided", None
    if row["outcome"] in TRUE:
        return None, 1
    if row["outcome"] in FALSE:
        return None, 0
    if parse_moment(row["decided_at"]) > now - timedelta(days=wait_days):
        return f"decided less than {wait_days} days ago, no word yet", None
    return None, int(action not in NOTHING)


def _weight(row: Mapping[str, Any]) -> float:
    chance = row["audit_probability"]
    return 1.0 if chance is None else min(MOST_WEIGHT, 1 / max(float(chance), 1e-9))
