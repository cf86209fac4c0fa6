"""Posts that could not be judged, each with the reason: nobody else will look at them."""

from __future__ import annotations

from dataclasses import dataclass

from screening.cli.report.language_names import language_name
from screening.cli.visible import one_line, visible
from screening.posts.post import Post
from screening.values.result import Assessment, InconclusiveReason

MOST_UNJUDGED = 200
_LONGEST_TITLE = 90
_REASONS: dict[InconclusiveReason, str] = {
    "language": "it is in a language without rules",
    "too_short": "it has too few words",
    "image": "it is pictures alone, which aren't read",
    "garbled": "its text came in broken",
}


@dataclass(frozen=True, slots=True)
class Unjudged:
    platform: str
    id: str
    title: str
    reason: str


def unjudged(assessment: Assessment, post: Post) -> Unjudged:
    """Of an assessment with an inconclusive tier."""
    return Unjudged(
        visible(post.platform), visible(post.id), one_line(post.title, _LONGEST_TITLE), reason_told(assessment)
    )


def reason_told(assessment: Assessment) -> str:
    """Why the words of a post could not be judged; "" where they could."""
    if assessment.inconclusive is None:
        return ""
    told = _REASONS[assessment.inconclusive]
    named = assessment.inconclusive == "language" and assessment.post.language
    return f"{told}, {language_name(assessment.post.language)}" if named else told
