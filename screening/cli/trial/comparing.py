"""Posts read as a stream, scored, and held against the platform's decisions; of each only a few bytes stay."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import blake2b

from screening.cli.reading import InputCounts, ScanOptions, read_posts
from screening.cli.report.summary import Flagged
from screening.cli.scanning import Assessor
from screening.cli.trial.budget import RankedPosts
from screening.cli.trial.decisions_file import Decisions
from screening.cli.trial.disagreements import Disagreements
from screening.cli.trial.tally import Tally
from screening.cli.visible import one_line
from screening.errors import UnreadableInputError
from screening.posts.post import Post
from screening.posts.reading import Refused
from screening.values.result import Assessment

MAX_SIGNAL_NAME = 80


@dataclass(slots=True, kw_only=True)
class Comparison(InputCounts):
    """All that the page, the table and the figures are made of."""

    tally: Tally = field(default_factory=Tally)
    ranked: RankedPosts = field(default_factory=RankedPosts)
    disagreements: Disagreements = field(default_factory=Disagreements)
    repeated: int = 0  # further versions of an id; the first is compared
    without_text: int = 0  # emptied by a removal, most likely: there is nothing to score
    without_text_acted: int = 0
    unmatched: int = 0  # decisions on posts that the files don't hold
    decisions: Decisions = field(default_factory=Decisions)


def compare_files(
    inputs: Sequence[str],
    decisions: Decisions,
    options: ScanOptions,
    assessor: Assessor,
    on_bytes: Callable[[str, int], None] = lambda _name, _count: None,
    on_refused: Callable[[Refused], None] = lambda _item: None,
) -> Comparison:
    """Score each post as of its own day, so that a date to act by is held against the day it would have been seen on, and
    `options.at` where it has none.

    Raises:
        ScreeningError: where no input could be read at all; where no post has a decision, with ids of either side.
    """
    comparison = Comparison(decisions=decisions)
    seen: set[str] = set()
    for post in read_posts(inputs, options, comparison, on_bytes, on_refused):
        if post.id in seen:
            comparison.repeated += 1
            continue
        seen.add(post.id)
        compare_post(comparison, post, options, assessor)
    comparison.check_any_read()
    comparison.unmatched = sum(post_id not in seen for post_id in decisions.by_id)
    if decisions.by_id and comparison.unmatched == len(decisions.by_id):
        comparison.check_all_read(len(inputs))  # the better reason
        raise UnreadableInputError(" ".join(inputs), _no_match(seen, decisions))
    return comparison


def compare_post(comparison: Comparison, post: Post, options: ScanOptions, assessor: Assessor) -> None:
    """Count one post, and keep it whole only where the two judge it most differently."""
    decision = comparison.decisions.of(post.id)
    if not (post.title or post.description or post.images):
        comparison.without_text += 1
        comparison.without_text_acted += decision.outcome == "acted"
        return
    moment = post.posted_at or post.updated_at
    assessment = assessor.assess(post, assessed_at=moment or options.at, reader_language=options.language)
    tie, signals = tie_of(post.id), signals_of(post)
    comparison.tally.add(
        decision.outcome,
        assessment.tier,
        language=assessment.post.language or "unknown",
        sector=sector_of(assessment),
        signals=signals,
    )
    comparison.ranked.add(_day(moment), assessment.rank, tie, assessment.tier, decision.outcome)
    comparison.disagreements.add(Flagged(assessment, post), decision, signals, tie)


def tie_of(post_id: str) -> int:
    """64 bits of the id's hash: an order that is the same on any machine and knows nothing of the file's."""
    return int.from_bytes(blake2b(post_id.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def signals_of(post: Post) -> tuple[str, ...]:
    """Names of the platform's own signals, each once; one whose value is false didn't fire."""
    return tuple(sorted({one_line(s.name, MAX_SIGNAL_NAME) for s in post.signals if s.value is not False} - {""}))


def sector_of(assessment: Assessment) -> str:
    """As the scan report groups them: a sector known for exploitation, "other sectors", or the kind of another offer."""
    if assessment.post.kind != "job":
        return assessment.post.kind
    if assessment.post.sector is None:
        return "not told"
    return assessment.post.sector.high_risk or "other sectors"


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _no_match(seen: set[str], decisions: Decisions) -> str:
    ours = ", ".join(one_line(post_id, 40) for post_id in sorted(seen)[:3]) or "none"
    theirs = ", ".join(one_line(post_id, 40) for post_id in sorted(decisions.by_id)[:3])
    return (
        f"no post has a decision: ids of posts are such as {ours}, ids of decisions such as {theirs}; "
        "name the column of the id with --map id=COLUMN"
    )
