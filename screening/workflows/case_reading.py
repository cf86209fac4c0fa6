"""What reviewers see: their teams' queues, and a case with the evidence and text that were judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from screening.cases.case import Action, Case, CaseQueue
from screening.cases.decisions import offered_actions
from screening.cases.ledger import LedgerEntry, chain_faults
from screening.cases.people import MAY_READ, Person
from screening.errors import NotFoundError
from screening.ports import Archive, CaseStore, Sealer
from screening.posts.post import Post
from screening.workflows.archived import read_archived
from screening.workflows.messages import seal_context
from screening.workflows.sealing import post_from_archive

WORKED_QUEUES: tuple[CaseQueue, ...] = ("review", "reports", "inconclusive", "audit")


@dataclass(frozen=True, slots=True)
class CaseView:
    """`post` and `assessment` are None where nobody has read the post, or its record is gone by retention."""

    case: Case
    actions: tuple[Action, ...]
    post: Post | None
    assessment: dict[str, Any] | None
    ledger: tuple[LedgerEntry, ...]
    ledger_faults: tuple[str, ...]


class ListCases:
    """A team's open cases in the order in which they are due."""

    def __init__(self, *, cases: CaseStore) -> None:
        self._cases = cases

    def __call__(self, person: Person, team: str, queue: CaseQueue | None = None, *, limit: int = 100) -> list[Case]:
        """One queue, or all of them as one: audit cases then stand among the others unmarked.

        Raises:
            NotFoundError: the team isn't the person's.
            PermissionDeniedError: the role doesn't read cases.
        """
        person.acting_role(MAY_READ, "cases")
        if team not in person.teams:
            raise NotFoundError(f"team '{team[:60]}': no such team")
        queues = WORKED_QUEUES if queue is None else (queue,)
        found = [case for name in queues for case in self._cases.queue(team, name, limit=limit)]
        return sorted(found, key=lambda case: (case.due_at, case.case))[:limit]


class ReadCase:
    """One case with what was judged."""

    def __init__(self, *, cases: CaseStore, archive: Archive, sealer: Sealer) -> None:
        self._cases = cases
        self._archive = archive
        self._sealer = sealer

    def __call__(self, person: Person, case_id: str) -> CaseView:
        """Raises NotFoundError outside the person's reach, PermissionDeniedError, TransientError."""
        person.acting_role(MAY_READ, f"case {case_id}")
        case = self._cases.read(case_id)
        if case is None:
            raise NotFoundError(f"case {case_id}: no such case")
        person.check_reach(case)
        post, assessment = self._judged(case)
        ledger = self._cases.ledger(case_id)
        faults = chain_faults(ledger, head_index=case.ledger_index, head_hash=case.ledger_hash)
        return CaseView(case, offered_actions(case, person), post, assessment, ledger, faults)

    def _judged(self, case: Case) -> tuple[Post | None, dict[str, Any] | None]:
        if case.archive is None:
            return None, None
        try:
            archived = read_archived(self._archive, case.archive)
        except NotFoundError:
            return None, None
        context = seal_context(case.platform, case.post_id, archived.seq)
        return post_from_archive(self._sealer, archived.post, context), archived.assessment
