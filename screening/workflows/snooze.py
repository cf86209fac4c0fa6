"""Putting one rule aside for one poster for a time: it goes on being recorded, but opens no case by itself.

For the honest poster whose adverts a rule misreads every week. A strong sign can't be put aside, nor anything sexual or
about minors; whatever else the advert shows is weighed as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from screening.assessment.tier_rules import load_tier_rules
from screening.assessment.weighing import weigh
from screening.cases.case import Case
from screening.cases.people import MAY_SNOOZE, Person
from screening.cases.updates import CASE_TIERS
from screening.errors import NotFoundError, PermissionDeniedError
from screening.ports import Archive, CaseStore, Clock, Metrics, Snooze
from screening.workflows.archived import ArchivedPost, read_archived
from screening.workflows.case_saving import CaseSaver, Entry

PosterKey = Callable[[str, str | None], str | None]
"""(platform, a poster's id) to a keyed hash; None for none."""
LONGEST = timedelta(days=30)
NEVER_FOR = frozenset({"minor", "sexual_exploitation"})


class SnoozeRule:
    def __init__(
        self, *, cases: CaseStore, archive: Archive, saver: CaseSaver, clock: Clock, metrics: Metrics,
        poster_key: PosterKey,
    ) -> None:  # fmt: skip
        self._cases = cases
        self._archive = archive
        self._saver = saver
        self._clock = clock
        self._metrics = metrics
        self._poster_key = poster_key

    def __call__(self, person: Person, case_id: str, rule: str, *, days: int, reason: str) -> Snooze:
        """Put aside `rule` for the poster of the case's leading post.

        Raises:
            NotFoundError: no such case within reach, or its record is gone.
            PermissionDeniedError: role, rule, poster, days or reason don't allow it; says which.
        """
        person.acting_role(MAY_SNOOZE, f"case {case_id}: snooze")
        case = self._cases.read(case_id)
        if case is None or not person.reaches(case):
            raise NotFoundError(f"case {case_id}: no such case")
        if not reason.strip():
            raise PermissionDeniedError(f"case {case_id}: snooze: needs a reason in your own words")
        if not timedelta(days=1) <= timedelta(days=days) <= LONGEST:
            raise PermissionDeniedError(f"case {case_id}: snooze: 1 to {LONGEST.days} days, not {days}")
        archived = self._archived(case)
        self._check_rule(case, archived, rule)
        poster = self._poster_key(case.platform, archived.poster)
        if poster is None:
            raise PermissionDeniedError(f"case {case_id}: snooze: the platform names no poster")
        until = self._clock.now() + timedelta(days=days)
        snooze = Snooze(case.platform, poster, rule, until, person.actor)
        entry = Entry(
            kind="snoozed",
            actor=person.actor,
            payload={"rule": rule, "until": until.isoformat(), "reason": reason[:4_000]},
        )
        self._saver.save(case, before=case, entries=[entry], correlation_id=case_id)
        if case.golden is not None:
            return snooze  # it is on record, and no poster's offers are left out for it
        self._cases.put_snooze(snooze)
        self._metrics.count("RulesSnoozed", rule=rule)
        return snooze

    def _archived(self, case: Case) -> ArchivedPost:
        if case.archive is None:
            raise NotFoundError(f"case {case.case}: nobody has read its post")
        return read_archived(self._archive, case.archive)

    def _check_rule(self, case: Case, archived: ArchivedPost, rule: str) -> None:
        found = [piece for piece in archived.evidence() if piece.rule == rule]
        if not found:
            raise PermissionDeniedError(f"case {case.case}: snooze: no evidence of this rule in it")
        if any(piece.strength == "strong" for piece in found):
            raise PermissionDeniedError(f"case {case.case}: snooze: a strong sign can't be put aside")
        if NEVER_FOR & {concern.type for concern in case.concerns}:
            raise PermissionDeniedError(
                f"case {case.case}: snooze: not where minors or sexual exploitation are concerned"
            )


def still_flagged(archived: ArchivedPost, snoozes: Sequence[Snooze], *, now: datetime) -> bool:
    """Whether a post would open a case without the evidence of the rules that are put aside.

    Strong evidence always counts, and what other posts say of it does. The post is taken to read as it did when it was assessed.
    """
    aside = {snooze.rule for snooze in snoozes}
    found = (*archived.evidence(), *archived.network())
    left = [piece for piece in found if piece.strength == "strong" or piece.rule not in aside]
    if len(left) == len(found):
        return True  # nothing of it is put aside
    weighed = weigh(left, archived.evidence("protective"), load_tier_rules(), act_by=None, at=now, reads=archived.reads)
    return weighed.tier in CASE_TIERS
