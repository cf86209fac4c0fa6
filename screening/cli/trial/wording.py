"""Figures in words: the same on the page and on the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from screening.cli.trial.budget import PlacedPosts
from screening.cli.trial.comparing import Comparison
from screening.cli.trial.tally import LEAST
from screening.counted import counted
from screening.statistics import Share

TOO_FEW = "too few"


def percent(value: float) -> str:
    """As many digits as tell a small share from none: "0.04%", "4.2%", "42%", "97.3%"."""
    if value in (0, 1):
        return f"{value:.0%}"
    return f"{value:.2%}" if value < 0.01 else f"{value:.1%}" if value < 0.1 or value > 0.9 else f"{value:.0%}"


def interval(share: Share) -> str:
    """ "12% (8.1% to 17%)"; "too few" below 30 posts."""
    if share.value is None or share.whole < LEAST:
        return TOO_FEW
    return f"{percent(share.value)} ({percent(share.low)} to {percent(share.high)})"


def interval_of_few(share: Share) -> str:
    """As `interval`, for the figures of the whole: there few posts widen the interval, and it is shown all the same."""
    if share.value is None:
        return "none to count"
    return f"{percent(share.value)} ({percent(share.low)} to {percent(share.high)})"


def hours(value: float) -> str:
    return f"{value:,.1f}" if value < 10 else f"{value:,.0f}"


def notes(comparison: Comparison, placed: PlacedPosts) -> Iterator[str]:
    """What was read otherwise than a reader may think."""
    decisions = comparison.decisions
    if comparison.left_out:
        yield f"{counted(comparison.left_out, 'item was', 'items were')} no offer and left out."
    if comparison.unreadable:
        yield f"{counted(len(comparison.unreadable), 'file', 'files')} could not be read, or not to the end: figures lack the rest."
    if comparison.refused:
        yield f"{counted(comparison.refused, 'item', 'items')} could not be read."
    if comparison.without_text:
        yield (
            f"{counted(comparison.without_text, 'post holds', 'posts hold')} no text, title or picture any more (you acted on "
            f"{comparison.without_text_acted:,} of them): there is nothing to compare, and they count nowhere."
        )
    if comparison.repeated:
        yield (
            f"{counted(comparison.repeated, 'further version of a post was', 'further versions of posts were')} passed over: "
            "the first of each id is compared."
        )
    if decisions.replaced:
        yield (
            f"{counted(decisions.replaced, 'row was', 'rows were')} of a post that was decided more than once: "
            "the latest decision stands."
        )
    if comparison.unmatched:
        yield (
            f"{counted(comparison.unmatched, 'decided post is', 'decided posts are')} not among the posts that were read, "
            "and counted nowhere."
        )
    if not placed.dated_days:
        yield "No post has a date (posted_at or updated_at): all count as one day, and a budget a day is a budget in all."
    elif placed.undated:
        yield f"{counted(placed.undated, 'post has', 'posts have')} no date; such posts together count as one further day."
