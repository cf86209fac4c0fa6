"""Reading a case by an id that may have been merged into another since, and those that a post has had."""

from __future__ import annotations

from collections.abc import Iterator

from screening.cases.case import Case
from screening.errors import PermanentError, TransientError
from screening.ports import CaseStore

MAX_MERGES = 20
MAX_EARLIER = 50
"""Cases of one post that are looked at: each is a request."""


def stored_case(cases: CaseStore, case_id: str) -> Case:
    """The case, or the one that took in its posts.

    Raises:
        TransientError: it can't be read, though something leads to it.
        PermanentError: it was merged too many times to be followed, which is a bug.
    """
    case = find_case(cases, case_id)
    if case is None:
        raise TransientError(f"case {case_id}: something leads to it, but it can't be read")
    return case


def find_case(cases: CaseStore, case_id: str) -> Case | None:
    """As `stored_case`; None where the case is gone, its time over, and what leads to it has stayed."""
    for _ in range(MAX_MERGES):
        case = cases.read(case_id)
        if case is None or case.merged_into is None:
            return case
        case_id = case.merged_into
    raise PermanentError(f"case {case_id}: it was merged too many times to be followed")


def cases_of_post(cases: CaseStore, platform: str, post_id: str) -> Iterator[Case]:
    """The post's newest case, and those before it that are still kept. Raises TransientError or PermanentError."""
    latest = cases.latest_of(platform, post_id)
    case_id, seen = (latest.case if latest else None), set[str]()
    while case_id is not None and case_id not in seen and len(seen) < MAX_EARLIER:
        seen.add(case_id)
        case = find_case(cases, case_id)
        if case is None:
            return
        seen.add(case.case)
        yield case
        case_id = case.previous_case
