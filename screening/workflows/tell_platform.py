"""What a platform is told of a decision: one signed message for each of its posts, under the same id however often it is sent.

What a referral, a notice or a hold is, no message says: those decisions have none.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from screening.assessment.record import ArchivePointer
from screening.cases.case import Case
from screening.cases.vote import Decision
from screening.errors import NotFoundError, PermanentError, ScreeningError, TransientError
from screening.links.sign_texts import NEVER_TOLD
from screening.ports import Archive, Clock, ConfigStore, Metrics, PlatformNotices, ReportStore, TransparencyDatabase
from screening.reference.transparency_values import transparency_values
from screening.referrals.platform_notices import EVENT_TYPES, PlatformAction, Told, platform_notice
from screening.referrals.statement_of_reasons import Reasons
from screening.referrals.transparency_record import FIRST_CONTENT_DATE, RestrictionFacts, transparency_record
from screening.workflows.archived import ArchivedPost, read_archived
from screening.workflows.case_saving import OUTBOX_NAMESPACE
from screening.workflows.hold_statement import held_until
from screening.workflows.notifier_answers import source_of
from screening.workflows.records import Platform, PostKey

TOGETHER = 16
"""Messages sent at once: two hundred, each answered within seconds, fit into a function's minute."""


@dataclass(frozen=True, slots=True)
class _Post:
    platform: str
    post_id: str
    archive: ArchivePointer | None


class TellPlatform:
    def __init__(
        self, *, config: ConfigStore, notices: PlatformNotices, archive: Archive, clock: Clock, metrics: Metrics,
        reports: ReportStore, transparency: TransparencyDatabase | None = None,
    ) -> None:  # fmt: skip
        self._config = config
        self._notices = notices
        self._archive = archive
        self._clock = clock
        self._metrics = metrics
        self._reports = reports
        self._transparency = transparency

    def __call__(self, case: Case, decision: Decision, *, lifted: Collection[PostKey] = ()) -> int:
        """Tell every platform of the case's posts; of how many posts they were told.

        Args:
            lifted: posts for which the restriction was lifted since: a message that comes late must not renew it.

        Raises:
            NotFoundError: a platform isn't configured any more.
            TransientError: a platform or the Transparency Database can't be reached for now; what was sent is sent again
                under the same id.
            PermanentError: it refuses, or has no address where it could be told.
        """
        if decision.action not in EVENT_TYPES:
            return 0
        action: PlatformAction = decision.action
        about = [post for post in posts_of(case, decision) if (post.platform, post.post_id) not in lifted]
        found = [(post, self._config.platform(post.platform)) for post in about]
        posts = [
            (post, platform) for post, platform in found if platform is not None and platform.webhook_url is not None
        ]
        # Every platform first: what the database says of one post keeps no other post online.
        told = self._send_all(case, decision, action, posts)
        if action == "remove":
            self._enter_in_database(case, decision, posts)
        for post, platform in found:  # all others know by now
            if platform is None:
                raise NotFoundError(f"platform '{post.platform}': not configured")
            if platform.webhook_url is None:
                # Decided and told to nobody: it waits in the dead letters, alarmed, rather than pass for done.
                self._metrics.count("PlatformWithoutWebhook", platform=platform.id)
                raise PermanentError(
                    f"platform {platform.id}: no webhook address, so that it can't be told of '{action}'; "
                    f"give it one (screening platforms add {platform.id} --webhook-url ADDRESS) and redrive 'decided'"
                )
        return told

    def _send_all(
        self, case: Case, decision: Decision, action: PlatformAction, posts: Sequence[tuple[_Post, Platform]]
    ) -> int:
        """Several at once, since after a timeout all begins anew; one that is refused keeps no other back."""
        reasons = self._reasons(case, decision)

        def send(told: tuple[_Post, Platform]) -> ScreeningError | None:
            post, platform = told
            body = platform_notice(action, _told(case, decision, post, reasons))
            try:
                self._notices.send(platform, message_id=f"msg_{_identity(case, decision, post)}", body=body)
            except ScreeningError as error:
                return error
            return None

        with ThreadPoolExecutor(TOGETHER if len(posts) > TOGETHER else 1) as pool:
            failed = [error for error in pool.map(send, posts) if error is not None]
        if failed:
            raise next((error for error in failed if isinstance(error, TransientError)), failed[0])
        return len(posts)

    def _enter_in_database(self, case: Case, decision: Decision, posts: Sequence[tuple[_Post, Platform]]) -> None:
        if self._transparency is None:
            return
        reasons = self._reasons(case, decision)
        records: dict[str, list[dict[str, Any]]] = {}
        for post, platform in posts:
            if platform.transparency:
                records.setdefault(platform.id, []).append(self._record(case, decision, post, reasons))
        refused = [word for name, own in records.items() for word in self._transparency.send(name, own)]
        if refused:
            raise PermanentError(f"case {case.case}: transparency record: {'; '.join(refused)}")

    def _reasons(self, case: Case, decision: Decision) -> Reasons:
        return Reasons(
            concerns=tuple(concern.type for concern in case.concerns),
            indicators=tuple(name for name in case.indicators if name not in NEVER_TOLD),
            language=case.language, applied_on=takes_effect(case, decision).date(), source=source_of(case, self._reports),
        )  # fmt: skip

    def _record(self, case: Case, decision: Decision, post: _Post, reasons: Reasons) -> dict[str, Any]:
        return transparency_record(
            RestrictionFacts(
                concerns=reasons.concerns, indicators=reasons.indicators, language=_known_language(case.language),
                published_on=self._published_on(reasons.applied_on, post), applied_on=reasons.applied_on,
                source=reasons.source, puid=_identity(case, decision, post),
            )
        )  # fmt: skip

    def _published_on(self, applied_on: date, post: _Post) -> date:
        """The day the platform says, where it can be; else the day we received it."""
        archived = self._archived(post)
        if archived is None:
            return applied_on
        posted = str(archived.post.get("posted_at") or "")[:10]
        day = date.fromisoformat(posted) if posted else None
        return day if day and FIRST_CONTENT_DATE <= day <= applied_on else archived.received_at.date()

    def _archived(self, post: _Post) -> ArchivedPost | None:
        try:
            return read_archived(self._archive, post.archive) if post.archive else None
        except NotFoundError:
            return None


def _told(case: Case, decision: Decision, post: _Post, reasons: Reasons) -> Told:
    return Told(
        platform=post.platform, post_id=post.post_id, tier=case.tier, act_by=case.act_by,
        decided_at=takes_effect(case, decision), reasons=reasons, answers_appeal=case.appeal is not None,
    )  # fmt: skip


def takes_effect(case: Case, decision: Decision) -> datetime:
    """When a platform learns of the decision: as it was made, or as the hold ends. That one waited, no date may show."""
    return max(decision.decided_at, held_until(case, decision) or decision.decided_at)


def _identity(case: Case, decision: Decision, post: _Post) -> str:
    moment = takes_effect(case, decision).isoformat()
    parts = (case.case, decision.action, moment, post.platform, post.post_id)
    return uuid.uuid5(OUTBOX_NAMESPACE, "\x1f".join(parts)).hex


def _known_language(language: str | None) -> str | None:
    known = language is not None and language.upper() in transparency_values().lists["content_language"]
    return language if known else None


def posts_of(case: Case, decision: Decision) -> Sequence[_Post]:
    """The posts a decision is about: those that stood in the case when it was made, and that their platforms still show.

    A restriction that is lifted is lifted whether or not the platform shows the post.
    """
    lifted = decision.action in ("restore", "uphold")
    leading = _Post(case.platform, case.post_id, decision.archive)
    posts = [leading] if case.post_id and (lifted or not case.post_withdrawn) else []
    judged = (member for member in case.members if member.joined_at <= decision.decided_at)
    return [*posts, *(_Post(one.platform, one.post_id, one.archive) for one in judged if lifted or not one.withdrawn)]
