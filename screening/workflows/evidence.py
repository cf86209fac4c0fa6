"""Evidence: copies of what people judged, under lock. Made for each referral, and for everything of a case on legal hold."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta

from screening.assessment.record import ArchivePointer
from screening.cases.case import Case
from screening.errors import ConflictError, NotFoundError, TransientError
from screening.ports import Archive, CaseStore, Clock, EvidenceStore
from screening.workflows.case_saving import CaseSaver, Entry

REFERRALS = "referrals/"
HOLDS = "holds/"
MAX_ATTEMPTS = 6
DEFAULT_DAYS = 730
"""As long as the archive keeps the text of flagged posts (template.yaml, `text/kept/`): evidence doesn't outlive by default what
it is a copy of. A hold keeps it beyond."""


def referral_key(case: str, referral: str) -> str:
    return f"{REFERRALS}{case}/{referral}.jsonl.gz"


def hold_key(case: str, pointer: ArchivePointer) -> str:
    """Of a record that a hold keeps; the same record gives the same key."""
    name = hashlib.sha256(f"{pointer.key}\x1f{pointer.start}".encode()).hexdigest()[:32]
    return f"{HOLDS}{case}/{name}.jsonl.gz"


class KeepEvidence:
    """Copies archive records into the evidence store as they are: their contacts stay sealed."""

    def __init__(self, *, archive: Archive, evidence: EvidenceStore, clock: Clock, days: int = DEFAULT_DAYS) -> None:
        self._archive = archive
        self._evidence = evidence
        self._clock = clock
        self._kept_for = timedelta(days=days)

    def of_referral(self, case: Case, pointer: ArchivePointer, referral: str, *, legal_basis: str) -> str:
        """Keep what was judged, under the referral's name; done again it changes nothing.

        Args:
            pointer: `Decision.archive`, the record that the package was made from.
            legal_basis: the partner's, as it is configured.

        Returns:
            The key of the copy.

        Raises:
            NotFoundError: the record is gone.
            TransientError: it can't be read or kept for now.
        """
        key = referral_key(case.case, referral)
        self._keep(key, pointer, legal_basis)
        if case.hold:
            self._evidence.hold(key, True)
        return key

    def of_hold(self, case: Case, *, legal_basis: str) -> tuple[str, ...]:
        """Keep every record that the case was judged on, and lay a hold on these and on the copies of its referrals."""
        keys = [referral_key(case.case, referral) for referral in case.referrals]
        for pointer in pointers_of(case):
            key = hold_key(case.case, pointer)
            try:
                self._keep(key, pointer, legal_basis)
            except NotFoundError:
                continue  # gone by retention or erased before the hold: there is nothing left to keep
            keys.append(key)
        return self._held(keys, True)

    def lift(self, case: Case) -> tuple[str, ...]:
        """Take the hold off every copy; each then stays until its own time."""
        return self._held([*self._evidence.keys(f"{REFERRALS}{case.case}/"), *self._evidence.keys(f"{HOLDS}{case.case}/")], False)  # fmt: skip

    def _keep(self, key: str, pointer: ArchivePointer, legal_basis: str) -> None:
        try:
            self._evidence.read(key)
        except NotFoundError:
            body = self._archive.read(pointer.key, pointer.start, pointer.length)
            until = self._clock.now() + self._kept_for
            self._evidence.keep(key, body, retain_until=until, legal_basis=legal_basis)

    def _held(self, keys: list[str], on: bool) -> tuple[str, ...]:
        done = []
        for key in keys:
            try:
                self._evidence.hold(key, on)
            except NotFoundError:
                continue  # a referral from before evidence was kept
            done.append(key)
        return tuple(done)


def pointers_of(case: Case) -> tuple[ArchivePointer, ...]:
    """Every archive record a case names: what its decisions judged, what it holds now, its other posts'."""
    named = [case.archive, *(decision.archive for decision in case.decisions), *(m.archive for m in case.members)]
    return tuple(dict.fromkeys(pointer for pointer in named if pointer is not None))


@dataclass(frozen=True, slots=True)
class Held:
    case: Case
    evidence: tuple[str, ...]  # keys of the copies the hold lies on


class HoldCase:
    """Sets and lifts a named legal hold: while it stands, neither retention nor an erasure touches the case's evidence."""

    def __init__(self, *, cases: CaseStore, keep: KeepEvidence, saver: CaseSaver) -> None:
        self._cases = cases
        self._keep = keep
        self._saver = saver

    def set(self, case_id: str, *, name: str, basis: str, by: str) -> Held:
        """Lay a hold on a case.

        Args:
            name: of the proceedings or order it rests on, as "district court 12/2026".
            basis: the law or order that demands it.
            by: who does it, for the ledger.

        Raises:
            NotFoundError: no such case.
            ConflictError: it is on hold under another name; lift that first.
            TransientError: doing it again goes on where it stopped.
        """
        case = self._read(case_id)
        if case.golden is not None:
            raise NotFoundError(f"case {case_id}: it shows case {case.golden.source}, and holds no text of its own")
        if case.hold and case.hold != name:
            raise ConflictError(f"case {case_id}: is on hold '{case.hold}' already; lift that first")
        # The case first: from then on nothing of it goes by its age while the copies are made.
        if case.hold != name:
            case = self._save(case_id, hold=name, entry=Entry(kind="held", actor=by, payload={"name": name, "basis": basis}))  # fmt: skip
        return Held(case, self._keep.of_hold(case, legal_basis=f"legal hold {name}: {basis}"))

    def lift(self, case_id: str, *, name: str, basis: str, by: str) -> Held:
        """Lift a hold, of this very name.

        Raises:
            NotFoundError: no such case, or it isn't on this hold.
            TransientError: doing it again goes on where it stopped.
        """
        case = self._read(case_id)
        if case.hold != name:
            raise NotFoundError(
                f"case {case_id}: isn't on hold '{name}'" + (f" but on '{case.hold}'" if case.hold else "")
            )
        keys = self._keep.lift(case)
        entry = Entry(kind="hold_ended", actor=by, payload={"name": name, "basis": basis})
        return Held(self._save(case_id, hold=None, entry=entry), keys)

    def _read(self, case_id: str) -> Case:
        case = self._cases.read(case_id)
        if case is None:
            raise NotFoundError(f"case {case_id}: no such case")
        return case

    def _save(self, case_id: str, *, hold: str | None, entry: Entry) -> Case:
        for _ in range(MAX_ATTEMPTS):
            case = self._read(case_id)
            try:
                return self._saver.save(
                    replace(case, hold=hold), before=case, entries=[entry], correlation_id=f"hold/{case_id}"
                )
            except ConflictError:
                continue
        raise TransientError(f"case {case_id}: it kept changing")
