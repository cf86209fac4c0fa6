"""The posts of a case's campaign as one person may read them: for the shared wording, and when they were published.

Reading them is looking at personal data as reading one of them is: it is entered in the ledger before anything is shown.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from screening.assessment.record import ArchivePointer
from screening.cases.case import Case
from screening.cases.people import MAY_READ, Person
from screening.cases.quality.exposure import View
from screening.errors import NotFoundError
from screening.ports import Archive, CaseStore, Clock, WorkStore
from screening.posts.post import Post
from screening.posts.serialise import post_from_dict
from screening.workflows.archived import read_archived
from screening.workflows.case_reading import ViewRecorder
from screening.workflows.sealing import CONTACTS

MOST_READ = 24
"""Posts whose text is read: enough to see what is shared, few enough for a page that opens within a second."""
TOGETHER = 8
VIEWS_KEPT = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class CampaignOfCase:
    """`texts` of the leading post and the first of the others; those whose record is gone are left out.

    `posted` are the moments at which these were published, as far as the platforms say.
    """

    case: Case
    texts: tuple[str, ...]
    posted: tuple[datetime, ...]


class ReadCaseCampaign:
    def __init__(
        self, *, cases: CaseStore, archive: Archive, work: WorkStore, clock: Clock, record_view: ViewRecorder
    ) -> None:
        self._work = work
        self._clock = clock
        self._cases = cases
        self._archive = archive
        self._record_view = record_view

    def __call__(self, person: Person, case_id: str) -> CampaignOfCase:
        """Raises NotFoundError outside the person's reach, PermissionDeniedError, TransientError."""
        person.acting_role(MAY_READ, f"case {case_id}")
        case = self._cases.read(case_id)
        if case is None:
            raise NotFoundError(f"case {case_id}: no such case")
        person.check_reach(case)
        self._record_view(case.case, person.actor, ("campaign",))
        now = self._clock.now()
        self._work.note_view(person.actor, View(now, case.severe, f"{case.case}/campaign"), until=now + VIEWS_KEPT)
        pointers = [pointer for pointer in (case.archive, *(one.archive for one in case.members)) if pointer]
        with ThreadPoolExecutor(TOGETHER) as pool:
            read = [post for post in pool.map(self._post, pointers[:MOST_READ]) if post is not None]
        return CampaignOfCase(
            case, tuple(post.description for post in read if post.description),
            tuple(post.posted_at for post in read if post.posted_at),
        )  # fmt: skip

    def _post(self, pointer: ArchivePointer) -> Post | None:
        """Without its contacts, which nobody needs here and which stay sealed."""
        try:
            record = read_archived(self._archive, pointer).post
        except NotFoundError:
            return None
        return post_from_dict({name: value for name, value in record.items() if name != CONTACTS})
