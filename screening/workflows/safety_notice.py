"""The public safety notice of an offer."""

from __future__ import annotations

from collections.abc import Callable

from screening.cases.updates import CASE_TIERS
from screening.errors import NotFoundError
from screening.ports import Metrics, PostStore
from screening.referrals.safety_notices import SafetyNotice, safety_notice

ConfirmedLine = Callable[[str | None, str], str | None]
"""(country of the offer, language) -> a help line its operator confirmed within twelve months, or None."""


class ReadSafetyNotice:
    """Neutral advice for an offer at review or urgent. It waits for no decision and is held back for nobody."""

    def __init__(self, *, posts: PostStore, confirmed_line: ConfirmedLine, metrics: Metrics) -> None:
        self._posts = posts
        self._confirmed_line = confirmed_line
        self._metrics = metrics

    def __call__(self, platform: str, post_id: str, language: str) -> SafetyNotice:
        """Raises NotFoundError where there is no notice for that post, TransientError where that can't be told."""
        head = self._posts.read_head((platform, post_id))
        if head is None or head.tier not in CASE_TIERS:
            raise NotFoundError("no notice for this offer")
        notice = safety_notice(language, confirmed_number=self._confirmed_line(None, language))
        # By the notice's language, of which there are four: what a stranger asks for would be a metric each.
        self._metrics.count("SafetyNotices", language=notice.language)
        return notice
