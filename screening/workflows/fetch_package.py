"""Partners: fetching a package, acknowledging it; and recalling one. Recall and expiry bind until it is fetched."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from typing import Any, Literal, get_args

from screening.cases.ledger import EntryKind
from screening.cases.people import MAY_RECALL, Person
from screening.errors import (
    AuthenticationError,
    ConflictError,
    NotFoundError,
    PermanentError,
    PermissionDeniedError,
    TransientError,
)  # fmt: skip
from screening.ports import CaseStore, Clock, ConfigStore, Metrics, ReferralStore, Sealer, Secrets
from screening.referrals.formats import FORMATS, render
from screening.referrals.signing import signature_headers
from screening.workflows.batch import body_fields
from screening.workflows.case_saving import CaseSaver, Entry
from screening.workflows.records import Partner, Referral
from screening.workflows.signatures import REFUSED, SignedHeaders, request_line, verify_sender

AcknowledgedState = Literal["received", "accepted", "declined", "closed"]
PRODUCER = "Offer Screening"
MAX_ATTEMPTS = 6
LEFT_LYING = "left lying"
"""Why a package was recalled that goes to another partner instead: the entry `rerouted` tells of that."""


@dataclass(frozen=True, slots=True)
class FetchedPackage:
    """`headers` hold the content type and a detached signature over `body` (`referrals.signing`)."""

    body: bytes
    headers: dict[str, str]


class PartnerGate:
    """Lets in requests that a configured, active partner signed; whatever else is refused in the same words."""

    def __init__(self, *, config: ConfigStore, secrets: Secrets, clock: Clock) -> None:
        self._config = config
        self._secrets = secrets
        self._clock = clock

    def check(self, partner: str, headers: SignedHeaders, body: bytes) -> Partner:
        """Raises AuthenticationError, or TransientError where configuration or secrets can't be read."""
        configured = self._config.partner(partner)
        if configured is None or not configured.active:
            raise AuthenticationError(REFUSED)
        verify_sender(
            lambda refresh: self._secrets.signing_secrets("partner", partner, refresh=refresh),
            headers, body, now=self._clock.now(),
        )  # fmt: skip
        return configured


class _ReferralSteps:
    """What fetching, acknowledging and recalling share: the referral itself, and its entry in the ledger."""

    def __init__(
        self, *, referrals: ReferralStore, cases: CaseStore, saver: CaseSaver, clock: Clock, metrics: Metrics
    ) -> None:
        self._referrals = referrals
        self._cases = cases
        self._saver = saver
        self._clock = clock
        self._metrics = metrics

    def _of_partner(self, referral_id: str, partner: str) -> Referral:
        """Another partner's referral isn't even said to exist."""
        referral = self._referrals.read(referral_id)
        if referral is None or referral.partner != partner:
            raise NotFoundError("no such package")
        return referral

    def _is_entered(self, referral: Referral, kind: EntryKind, **told: str) -> bool:
        """Whether the ledger tells it already. What is written before its entry may lack it, after a crash in between."""
        wanted = {"referral": referral.id, **told}.items()
        entries = (one for one in self._cases.ledger(referral.case) if one.kind == kind)
        return any(one.payload is None or wanted <= one.payload.items() for one in entries)

    def _enter(self, referral: Referral, kind: EntryKind, actor: str, payload: dict[str, Any]) -> None:
        for _ in range(MAX_ATTEMPTS):
            case = self._cases.read(referral.case)
            if case is None:
                raise TransientError(f"case {referral.case}: can't be read")
            entry = Entry(kind=kind, actor=actor, payload={"referral": referral.id, **payload})
            try:
                self._saver.save(case, before=case, entries=[entry], correlation_id=referral.id)
            except ConflictError:
                continue
            return
        raise TransientError(f"case {referral.case}: it kept changing")


class FetchPackage(_ReferralSteps):
    """Hands a package to the partner it was made for. Each time is a disclosure, with its own entry in the ledger."""

    def __init__(
        self, *, gate: PartnerGate, referrals: ReferralStore, cases: CaseStore, saver: CaseSaver, sealer: Sealer,
        secrets: Secrets, clock: Clock, metrics: Metrics,
    ) -> None:  # fmt: skip
        super().__init__(referrals=referrals, cases=cases, saver=saver, clock=clock, metrics=metrics)
        self._gate = gate
        self._sealer = sealer
        self._secrets = secrets

    def __call__(
        self,
        partner: str,
        headers: SignedHeaders,
        referral_id: str,
        *,
        format: str = "json",  # noqa: A002
    ) -> FetchedPackage:
        """The package in one of the partner's formats; as JSON its SHA-256 is that of the claim ticket.

        Raises:
            AuthenticationError: unknown partner or bad signature, in the same words.
            PermanentError: the partner takes no such format.
            NotFoundError: no such package for this partner, or it was recalled or has expired.
            TransientError: it can't be had, or the disclosure can't be entered in the ledger, for now.
        """
        query = {"id": referral_id} if format == "json" else {"format": format, "id": referral_id}
        line = request_line("GET", f"/v1/partners/{partner}/packages", **query)
        configured = self._gate.check(partner, headers, line)
        if format != "json" and format not in configured.formats:
            raise PermanentError(
                f"package: format '{format[:40]}': this partner takes {', '.join(dict.fromkeys(('json', *configured.formats)))}"
            )
        referral = self._of_partner(referral_id, partner)
        now = self._clock.now()
        if referral.recalled_at is not None:
            raise NotFoundError("the package was recalled")
        if referral.expires_at <= now:
            raise NotFoundError("the package has expired")
        sealed = self._referrals.read_package(referral.package_key)
        body = self._sealer.unseal(sealed, f"referral/{referral.id}")
        if hashlib.sha256(body).hexdigest() != referral.hash:
            raise PermanentError(f"referral {referral.id}: the stored package isn't the one that was issued")
        if format != "json":
            body = render(json.loads(body), format, new_id=ids_from(referral.seed, format), producer=PRODUCER)
        self._mark_fetched(referral, now)
        payload = {"hash": referral.hash, "format": format, "sha256": hashlib.sha256(body).hexdigest()}
        self._enter(referral, "referral_fetched", f"partner:{partner}", payload)
        self._metrics.count("PackagesFetched", partner=partner)
        signed = signature_headers(
            self._secrets.signing_secrets("partner", partner), referral=referral.id, at=now, body=body
        )
        return FetchedPackage(body, {"Content-Type": FORMATS[format].content_type, **signed})

    def _mark_fetched(self, referral: Referral, now: datetime) -> None:
        """Raises NotFoundError where it is recalled in this very moment, TransientError where it keeps changing."""
        stored = referral
        for _ in range(MAX_ATTEMPTS):
            if stored.recalled_at is not None:
                raise NotFoundError("the package was recalled")
            if stored.fetched_at is not None:
                return
            # Who acknowledged the ticket first has fetched it all the same: an erasure tells them, and their opinion counts.
            state = "fetched" if stored.state == "issued" else stored.state
            fetched = replace(stored, state=state, fetched_at=now, revision=stored.revision + 1)
            try:
                self._referrals.update(fetched, expected_revision=stored.revision)
            except ConflictError:
                stored = self._of_partner(referral.id, referral.partner)
                continue
            return
        raise TransientError(f"referral {referral.id}: it kept changing")


def ids_from(seed: str, purpose: str) -> Callable[[], str]:
    """Random UUIDs (version 4) that are the same each time a referral's package is made, and that nobody can guess."""
    numbers = count()

    def new_id() -> str:
        digest = hashlib.sha256(f"{seed}\x1f{purpose}\x1f{next(numbers)}".encode()).digest()
        return str(uuid.UUID(bytes=digest[:16], version=4))

    return new_id


class AcknowledgePackage(_ReferralSteps):
    """Takes a partner's word of what it does with a package."""

    def __init__(
        self, *, gate: PartnerGate, referrals: ReferralStore, cases: CaseStore, saver: CaseSaver, clock: Clock,
        metrics: Metrics,
    ) -> None:  # fmt: skip
        super().__init__(referrals=referrals, cases=cases, saver=saver, clock=clock, metrics=metrics)
        self._gate = gate

    def __call__(self, partner: str, headers: SignedHeaders, body: bytes) -> Referral:
        """The referral after it; the same state twice changes nothing, but for an entry that couldn't be made.

        Raises:
            AuthenticationError: unknown partner or bad signature, in the same words.
            PermanentError: the body isn't {id, state} with a known state.
            NotFoundError: no such package for this partner, or it was recalled.
            ConflictError: it changed in this moment; send it again.
        """
        self._gate.check(partner, headers, body)
        fields = body_fields(body, "acknowledgement")
        state = fields.choice("state", get_args(AcknowledgedState))
        referral = self._of_partner(fields.text("id"), partner)
        if referral.recalled_at is not None:
            raise NotFoundError("the package was recalled")
        if (referral.state, referral.acknowledged_state) == ("acknowledged", state):
            if not self._is_entered(referral, "referral_acknowledged", state=state):
                self._enter(referral, "referral_acknowledged", f"partner:{partner}", {"state": state})
            return referral
        acknowledged = replace(
            referral, state="acknowledged", acknowledged_at=self._clock.now(), acknowledged_state=state,
            revision=referral.revision + 1,
        )  # fmt: skip
        self._referrals.update(acknowledged, expected_revision=referral.revision)
        self._enter(referral, "referral_acknowledged", f"partner:{partner}", {"state": state})
        self._metrics.count("PackagesAcknowledged", partner=partner, state=state)
        return acknowledged


class RecallReferral(_ReferralSteps):
    """Calls a package back: from then on it can't be fetched. What was fetched before stands in the ledger."""

    def __call__(self, person: Person, referral_id: str, reason: str) -> Referral:
        """The recalled referral; a second recall changes nothing, but for an entry in the ledger that the first couldn't make.

        Raises:
            NotFoundError: no such referral within the person's reach.
            PermissionDeniedError: the role doesn't allow it, or no reason is given.
            ConflictError: it changed in this moment; recall it again.
        """
        person.acting_role(MAY_RECALL, f"referral {referral_id}: recall")
        referral = self._referrals.read(referral_id)
        case = self._cases.read(referral.case) if referral else None
        if referral is None or case is None or not person.reaches(case):
            raise NotFoundError(f"referral {referral_id}: no such referral")
        if not reason.strip():
            raise PermissionDeniedError(f"referral {referral_id}: recall: needs a reason in your own words")
        if referral.state == "recalled":
            if referral.recall_reason != LEFT_LYING and not self._is_entered(referral, "referral_recalled"):
                payload = {"reason": referral.recall_reason, "was": "fetched" if referral.fetched_at else "issued"}
                self._enter(referral, "referral_recalled", person.actor, payload)
            return referral
        recalled = replace(
            referral, state="recalled", recalled_at=self._clock.now(), recall_reason=reason[:4_000],
            revision=referral.revision + 1,
        )  # fmt: skip
        self._referrals.update(recalled, expected_revision=referral.revision)
        self._enter(referral, "referral_recalled", person.actor, {"reason": reason[:4_000], "was": referral.state})
        self._metrics.count("PackagesRecalled", partner=referral.partner)
        return recalled
