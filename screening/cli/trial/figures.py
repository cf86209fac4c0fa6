"""The figures of a trial as JSON: counts and shares with their intervals; no text, no id, no rank of a post."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from screening.cli.trial.budget import AtBudget, PlacedPosts
from screening.cli.trial.comparing import Comparison
from screening.cli.trial.tally import LEAST, Cross, largest_first, tiers_of
from screening.cli.visible import visible
from screening.statistics import Share
from screening.values.result import Versions

FORMAT = 1


def figures_of(
    comparison: Comparison,
    placed: PlacedPosts,
    *,
    budget: int,
    minutes: float,
    versions: Versions,
    inputs: Sequence[str],
) -> dict[str, Any]:
    """The same posts and decisions give the same figures, but for those without a date, which are scored as of `--at`."""
    tally, decisions = comparison.tally, comparison.decisions
    return {
        "format": FORMAT,
        "inputs": [visible(name) for name in inputs],
        "versions": {"code": versions.code, "rules": versions.rules, "reference": versions.reference, "model": versions.model},
        "posts": {
            "compared": tally.whole.posts,
            "left_out": comparison.left_out,
            "refused": comparison.refused,
            "inputs_not_read_whole": len(comparison.unreadable),
            "repeated": comparison.repeated,
            "without_text": comparison.without_text,
            "without_text_acted": comparison.without_text_acted,
            "first_day": placed.first.isoformat() if placed.first else None,
            "last_day": placed.last.isoformat() if placed.last else None,
            "days_with_posts": placed.dated_days,
            "undated": placed.undated,
        },
        "decisions": {
            "rows": decisions.rows,
            "posts": len(decisions.by_id),
            "replaced_by_a_later_one": decisions.replaced,
            "without_a_post": comparison.unmatched,
            "words": dict(sorted(decisions.words.items())),
        },
        "whole": _cross(tally.whole),
        "by_tier": {name: _cross(cross) for name, cross in tiers_of(tally.by_tier)},
        "by_language": {name: _cross(cross) for name, cross in largest_first(tally.by_language)},
        "by_sector": {name: _cross(cross) for name, cross in largest_first(tally.by_sector)},
        "signals": {
            "with": _cross(tally.with_signals),
            "without": _cross(tally.without_signals),
            "by_name": {name: _cross(cross) for name, cross in largest_first(tally.by_signal)},
            "further_names": tally.signals_left_out,
        },
        "budget": {
            "a_day": budget,
            "minutes_per_case": minutes,
            "largest_day": placed.largest,
            "steps": [_at(placed.at(step, minutes), weekly=placed.dated_days > 0) for step in placed.steps(budget)],
        },
    }  # fmt: skip


def _cross(cross: Cross) -> dict[str, Any]:
    return {
        "posts": cross.posts,
        "acted_flagged": cross.acted_flagged,
        "acted_unflagged": cross.acted_unflagged,
        "kept_flagged": cross.kept_flagged,
        "kept_unflagged": cross.kept_unflagged,
        "undecided_flagged": cross.undecided_flagged,
        "undecided_unflagged": cross.undecided_unflagged,
        "shares": {
            "agreement": _share(cross.agreement),
            "agreement_if_nothing_were_flagged": _share(cross.agreement_of_silence),
            "of_acted_flagged": _share(cross.acted_found),
            "of_kept_flagged": _share(cross.kept_found),
            "of_undecided_flagged": _share(cross.undecided_found),
            "of_flagged_and_decided_acted": _share(cross.flags_acted_on),
        },
    }


def _share(share: Share) -> dict[str, Any]:
    """None for share and interval below `LEAST` posts: nobody should quote such a figure."""
    if share.value is None or share.whole < LEAST:
        return {"part": share.part, "whole": share.whole, "share": None, "low": None, "high": None}
    return {
        "part": share.part,
        "whole": share.whole,
        "share": round(share.value, 4),
        "low": round(share.low, 4),
        "high": round(share.high, 4),
    }


def _at(row: AtBudget, *, weekly: bool) -> dict[str, Any]:
    hours = "hours_a_week" if weekly else "hours_in_all"
    return {
        "a_day": row.budget,
        "shown": row.shown,
        "by_tier": dict(row.by_tier),
        "of_flagged_shown": _share(row.flagged),
        "of_acted_shown": _share(row.acted),
        "of_acted_shown_by_chance": None if row.by_chance is None else round(row.by_chance, 4),
        hours: {"all_shown": round(row.hours, 2), "flagged_alone": round(row.flagged_hours, 2)},
    }
