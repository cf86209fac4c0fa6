"""Posts that could not be judged, each with the reason: nobody else will look at them."""

from __future__ import annotations

from dataclasses import dataclass

from screening.cli.report.words import Words
from screening.cli.visible import one_line, visible
from screening.posts.post import Post
from screening.values.result import Assessment, InconclusiveReason

MOST_UNJUDGED = 200
_LONGEST_TITLE = 90


@dataclass(frozen=True, slots=True)
class Unjudged:
    platform: str
    id: str
    title: str
    reason: InconclusiveReason | None
    language: str | None

    def told(self, t: Words) -> str:
        """Why its words could not be judged, in the reader's language; "" where they could."""
        if self.reason is None:
            return ""
        said = t(f"unread.{self.reason}")
        return f"{said}, {t.language_name(self.language)}" if self.reason == "language" and self.language else said


def unjudged(assessment: Assessment, post: Post) -> Unjudged:
    """Of an assessment with an inconclusive tier."""
    return Unjudged(
        visible(post.platform), visible(post.id), one_line(post.title, _LONGEST_TITLE), assessment.inconclusive,
        assessment.post.language,
    )  # fmt: skip
