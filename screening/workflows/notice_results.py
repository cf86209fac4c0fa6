"""What a platform reports of a warning to its applicants: how many it reached, who answered, who asked for help. Numbers alone."""

from __future__ import annotations

from dataclasses import replace

from screening.cases.appeals import covers
from screening.cases.case import Case
from screening.cases.case_parts import Warned
from screening.cases.updates import note
from screening.errors import ConflictError, NotFoundError, PermanentError, TransientError
from screening.ports import CaseStore, Clock, Metrics
from screening.workflows.batch import body_fields
from screening.workflows.case_saving import CaseSaver, Entry
from screening.workflows.merged_cases import cases_of_post
from screening.workflows.receive import PlatformGate
from screening.workflows.signatures import SignedHeaders

MAX_ATTEMPTS = 6


class TakeNoticeResults:
    def __init__(
        self, *, gate: PlatformGate, cases: CaseStore, saver: CaseSaver, clock: Clock, metrics: Metrics
    ) -> None:
        self._gate = gate
        self._cases = cases
        self._saver = saver
        self._clock = clock
        self._metrics = metrics

    def __call__(self, platform: str, headers: SignedHeaders, body: bytes) -> Warned:
        """`body`: {id, delivered, replied?, asked_help?}, each counted since the warning. The newest numbers stand.

        Raises:
            AuthenticationError: unknown platform or bad signature, in the same words.
            PermanentError: naming the field that is missing or wrong.
            NotFoundError: no warning about such a post was sent.
            TransientError: it can't be written for now; send it again.
        """
        self._gate.check(platform, headers, body)
        fields = body_fields(body, "notice results")
        post_id = fields.text("id", limit=512)
        delivered = fields.integer("delivered")
        replied = fields.integer("replied") if fields.has("replied") else 0
        asked = fields.integer("asked_help") if fields.has("asked_help") else 0
        if max(replied, asked) > delivered:
            raise PermanentError("notice results: field 'delivered': is below 'replied' or 'asked_help'")
        warned = Warned(
            platform=platform,
            post_id=post_id,
            delivered=delivered,
            replied=replied,
            asked_help=asked,
            at=self._clock.now(),
        )
        for _ in range(MAX_ATTEMPTS):
            case = self._warned_case(platform, post_id)
            try:
                self._save(case, warned)
            except ConflictError:
                continue
            self._metrics.count("ApplicantsWarned", delivered, platform=platform)
            self._metrics.count("ApplicantsAskedHelp", asked, platform=platform)
            return warned
        raise TransientError(f"post '{post_id[:100]}': its case kept changing")

    def _warned_case(self, platform: str, post_id: str) -> Case:
        for case in cases_of_post(self._cases, platform, post_id):
            if any(
                made.action == "warn_applicants" and covers(case, made, (platform, post_id)) for made in case.decisions
            ):
                return case
        raise NotFoundError("notice results: no warning about such a post was sent")

    def _save(self, case: Case, warned: Warned) -> None:
        others = tuple(one for one in case.warned if (one.platform, one.post_id) != (warned.platform, warned.post_id))
        told = note(replace(case, warned=(*others, warned)), warned.at, "applicants_warned", str(warned.delivered))
        entry = Entry(kind="outcome", actor=f"platform:{warned.platform}", payload=warned.to_dict())
        self._saver.save(told, before=case, entries=[entry], correlation_id=case.case)
