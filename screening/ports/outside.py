"""Those outside: partners, platforms, the Transparency Database, reports of the public."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Protocol

from screening.workflows.messages import ClaimTicket
from screening.workflows.records import (
    Answer,
    AppealClaim,
    Partner,
    Platform,
    Referral,
    Report,
)


class PartnerQueue(Protocol):
    def send(self, partner: Partner, ticket: ClaimTicket) -> None: ...


class PlatformNotices(Protocol):
    """Signed calls to a platform's own endpoint (Standard Webhooks), for notices to its applicants."""

    def send(self, platform: Platform, *, message_id: str, body: dict[str, Any]) -> None: ...


class TransparencyDatabase(Protocol):
    def send(self, platform: str, records: Sequence[dict[str, Any]]) -> tuple[str, ...]:
        """Why records were refused, in words; () where all are there now. Sending the same again is safe.

        Raises AuthenticationError, TransientError or PermanentError where nothing could be told.
        """
        ...


class ReferralStore(Protocol):
    def put_package(self, key: str, sealed: str) -> None:
        """Idempotent by key."""
        ...

    def read_package(self, key: str) -> str:
        """The sealed package. Raises NotFoundError where it is gone."""
        ...

    def create(self, referral: Referral) -> bool:
        """False where a referral of this id exists already."""
        ...

    def read(self, referral: str) -> Referral | None: ...

    def update(self, referral: Referral, *, expected_revision: int) -> None:
        """Raises ConflictError where the stored revision is another."""
        ...

    def unfetched(self, *, before: datetime) -> Iterator[Referral]:
        """Those that `is_waited_for` and that were issued before `before`, the oldest first, read as far as they are asked for."""
        ...


class ReportStore(Protocol):
    def put(self, report: Report) -> None: ...

    def read(self, report: str) -> Report | None:
        """Strongly consistent."""
        ...

    def put_answer(self, report: str, answer: Answer) -> bool:
        """False, and nothing written, where the stored answer follows the same or a later decision (`Answer.as_of`)."""
        ...

    def read_answer(self, report: str) -> Answer | None:
        """Strongly consistent."""
        ...

    def follow(self, report: Report, leader: str) -> None:
        """Note that the report isn't listed on its case, and is answered as another is. Again it changes nothing."""
        ...

    def leader_of(self, report: str) -> str | None:
        """The report that this one follows, None where it stands for itself. Strongly consistent."""
        ...

    def claim_appeal(self, restriction: str, claim: AppealClaim, *, seen: str | None) -> None:
        """Note that this appeal is the one that is answered.

        Args:
            restriction: names the restriction of one post.
            seen: the report of the claim that stood when it was read; None for none.

        Raises:
            ConflictError: another claim stands by now; nothing was written.
        """
        ...

    def read_appeal_claim(self, restriction: str) -> AppealClaim | None:
        """Strongly consistent."""
        ...
