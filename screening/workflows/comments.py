"""Commenting on a case, asking a senior, and handing the case to one."""

from __future__ import annotations

from screening.cases.case import Case
from screening.cases.comments import MOST_COMMENTS, answered, asking, asks_a_senior, check_comment
from screening.cases.given_reasons import check_words
from screening.cases.people import MAY_HAND_OVER, MAY_WORK, Person
from screening.errors import ConflictError, NotFoundError, PermissionDeniedError, TransientError
from screening.ports import CaseStore, Clock, Metrics, WorkStore
from screening.workflows.case_saving import CaseSaver, Entry

MAX_ATTEMPTS = 6


class CommentOnCase:
    """What colleagues say to each other on a case. A comment is made on no revision: news of the post doesn't refuse it."""

    def __init__(
        self, *, cases: CaseStore, work: WorkStore, saver: CaseSaver, clock: Clock, metrics: Metrics
    ) -> None:  # fmt: skip
        self._cases = cases
        self._work = work
        self._saver = saver
        self._clock = clock
        self._metrics = metrics

    def __call__(self, person: Person, case_id: str, words: str, *, comment_id: str) -> Case:
        """The case with the comment. The same id again changes nothing. `@senior` among the words asks a senior.

        Raises:
            NotFoundError: no such case within the person's reach.
            PermissionDeniedError: by role, words or state, or the person is to judge it blind.
            ConflictError: its posts went to another case.
            TransientError: something can't be read or written for now; the same id may be sent again.
        """
        role = person.acting_role(MAY_WORK, f"case {case_id}: comment")
        return self._add(person, case_id, words, comment_id=comment_id, role=role, handed=False)

    def hand_over(self, person: Person, case_id: str, words: str, *, comment_id: str) -> Case:
        """Hand the case that this person holds to a senior, with a note that says what is asked. It becomes a comment, the lease is
        given up, and the case isn't given to this person again until a senior answers.

        Raises:
            ThinReasonError: the note has fewer than three words.
            ConflictError: the person doesn't hold it, or its posts went to another case.
            And as `__call__` does.
        """
        role = person.acting_role(MAY_HAND_OVER, f"case {case_id}: hand over")
        return self._add(person, case_id, words, comment_id=comment_id, role=role, handed=True)

    def _add(self, person: Person, case_id: str, words: str, *, comment_id: str, role: str, handed: bool) -> Case:
        asks = handed or asks_a_senior(words)
        for _ in range(MAX_ATTEMPTS):
            case = self._read(person, case_id)
            said = [entry for entry in self._cases.ledger(case_id) if entry.kind == "commented"]
            if any((one.payload or {}).get("comment") == comment_id and one.actor == person.actor for one in said):
                self._give_up(person, case_id, handed=handed)
                return case
            check_comment(case, person, words, asks=asks)
            if handed:
                self._check_handed(case, person, words)
            if len(said) >= MOST_COMMENTS:
                raise PermissionDeniedError(f"case {case_id}: comment: it has {MOST_COMMENTS} comments already")
            after = answered(case, person)
            if asks:
                after = asking(after, person, now=self._clock.now(), handed=handed)
            payload = {"comment": comment_id, "role": role, "words": words, "asks": asks, "handed": handed}
            entry = Entry(kind="commented", actor=person.actor, payload=payload)
            try:
                saved = self._saver.save(after, before=case, entries=[entry], correlation_id=comment_id)
            except ConflictError:
                if case.golden is not None:
                    raise  # closed: its time to be spoken of is over
                continue
            self._give_up(person, case_id, handed=handed)
            if case.golden is None:
                self._metrics.count("CasesHandedOver" if handed else "Comments")
            return saved
        raise TransientError(f"case {case_id}: it kept changing")

    def _check_handed(self, case: Case, person: Person, words: str) -> None:
        lease = self._work.leases([case.case], now=self._clock.now()).get(case.case)
        if lease is None or lease.actor != person.actor:
            raise ConflictError(f"case {case.case}: hand over: you don't hold it; take it first")
        check_words(f"case {case.case}: hand over", words)

    def _give_up(self, person: Person, case_id: str, *, handed: bool) -> None:
        if handed:
            self._work.release_lease(case_id, person.actor)

    def _read(self, person: Person, case_id: str) -> Case:
        case = self._cases.read(case_id)
        if case is None or not person.reaches(case):
            raise NotFoundError(f"case {case_id}: no such case")
        return case


class AnswerByTaking:
    """A senior who takes a case that asks for one answers it by that."""

    def __init__(self, *, cases: CaseStore, saver: CaseSaver) -> None:
        self._cases = cases
        self._saver = saver

    def __call__(self, person: Person, case: Case) -> Case:
        """The case as it stands then. Where it keeps changing the question stays, which the senior's word will answer."""
        for _ in range(MAX_ATTEMPTS):
            after = answered(case, person)
            if after is case:
                return case
            try:
                return self._saver.save(after, before=case, entries=[], correlation_id=case.case)
            except ConflictError:
                stored = self._cases.read(case.case)
                if stored is None or case.golden is not None:
                    return case
                case = stored
        return case
