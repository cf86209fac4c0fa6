"""What administrators do in the console: teams, platforms, partners, their secrets, rules that are off for a time. What discloses more,
or hides offers, takes two of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from typing import Literal

from screening.cases.ledger import ADMINISTRATION, LedgerEntry
from screening.cases.people import MAY_ADMINISTER, Person
from screening.errors import ConflictError, NotFoundError, PermanentError, PermissionDeniedError
from screening.ports import Clock, Ids, LedgerStore
from screening.ports.settings import QueueNames, SettingsStore, SettingWrite
from screening.workflows.change_settings import ChangeSettings
from screening.workflows.records import Partner, Platform, RuleSwitch, Team
from screening.workflows.settings_records import (
    Data,
    Proposal,
    ProposedAction,
    SecretState,
    Setting,
    SettingKind,
    SignerKind,
    kind_of,
    proposal_key,
    setting_from_data,
    setting_to_data,
)
from screening.workflows.settings_rules import check_reason, check_setting, discloses_more

WAITS = timedelta(days=7)
"""How long a proposal can be confirmed."""
PAGE = 25
MOST_PAGES = 40
"""How far the page of changes leads back; `screening ledger export` has all of them."""
Did = Literal["changed", "unchanged", "proposed", "declined"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """`secret` was made by this very change and is told this once."""

    did: Did
    secret: str | None = None
    kind: SettingKind
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The newest first. `more`: there are older ones on the next page."""

    entries: tuple[LedgerEntry, ...]
    page: int
    more: bool


class Administer:
    """Every method raises PermissionDeniedError for whoever is no administrator."""

    def __init__(
        self, *, store: SettingsStore, ledger: LedgerStore, change: ChangeSettings, queues: QueueNames, clock: Clock,
        ids: Ids, review_queue_prefix: str,
    ) -> None:  # fmt: skip
        self._store = store
        self._ledger = ledger
        self._change = change
        self._queues = queues
        self._clock = clock
        self._ids = ids
        self._review_queues = review_queue_prefix

    def teams(self, person: Person) -> tuple[Team, ...]:
        """Those of which something was said, and those that a platform's posts go to; sorted."""
        _check(person)
        known = {team.id: team for team in self._all(Team)}
        named = known.keys() | {platform.team for platform in self._all(Platform)}
        return tuple(known.get(name, Team(id=name)) for name in sorted(named))

    def platforms(self, person: Person) -> tuple[Platform, ...]:
        _check(person)
        return tuple(sorted(self._all(Platform), key=lambda platform: platform.id))

    def partners(self, person: Person) -> tuple[Partner, ...]:
        _check(person)
        return tuple(sorted(self._all(Partner), key=lambda partner: partner.id))

    def rules(self, person: Person) -> tuple[RuleSwitch, ...]:
        """Those that were switched off, whether they are on again or not; those that are off first."""
        _check(person)
        now = self._clock.now()
        return tuple(sorted(self._all(RuleSwitch), key=lambda rule: (not rule.is_off(now), rule.id)))

    def secret_state(self, person: Person, kind: SignerKind, id: str) -> SecretState | None:  # noqa: A002
        """When the secret was made last. Never the secret."""
        _check(person)
        return self._change.secret_state(kind, id)

    def waiting(self, person: Person) -> tuple[Proposal, ...]:
        """Changes that a second administrator may confirm, the oldest first."""
        _check(person)
        now = self._clock.now()
        found = (Proposal.from_data(data) for data in self._store.all("proposal"))
        return tuple(sorted((one for one in found if one.waits(now)), key=lambda one: one.proposed_at))

    def changes(self, person: Person, page: int = 1) -> Changes:
        _check(person)
        page = min(max(page, 1), MOST_PAGES)
        start = (page - 1) * PAGE
        found = tuple(islice(self._ledger.newest(ADMINISTRATION), start, start + PAGE + 1))
        return Changes(entries=found[:PAGE], page=page, more=len(found) > PAGE and page < MOST_PAGES)

    def put(self, person: Person, setting: Setting, *, seen: Setting | None, reason: str) -> Outcome:
        """Add or change a team, platform or partner; or propose it, where it discloses more.

        Args:
            seen: what the person was shown before they changed it; None for something new.

        Raises:
            PermanentError: it can't work, or there is no reason.
            ConflictError: it isn't any more what was seen, or another change of it waits.
        """
        _check(person)
        kind = kind_of(setting)
        check_reason(f"{kind} {setting.id}", reason)
        if seen is not None and (kind_of(seen), seen.id) != (kind, setting.id):
            raise PermanentError(f"{kind} {setting.id}: another was shown")
        if seen in (Team(id=setting.id), RuleSwitch(id=setting.id)) and self._store.read(kind, setting.id) is None:
            seen = None  # it worked by the defaults, and nothing was stored of it
        if setting == seen:
            return Outcome(did="unchanged", kind=kind, target=setting.id)
        self._check_works(setting)
        if discloses_more(seen, setting):
            before = None if seen is None else setting_to_data(seen)
            return self._propose(person, kind, setting.id, "put", before, setting_to_data(setting), reason)
        return self._put(person, setting, seen, reason)

    def rotate(self, person: Person, kind: SignerKind, id: str, *, seen: int, reason: str) -> Outcome:  # noqa: A002
        """A new secret for a platform; for a partner, whose secret opens packages, it is proposed.

        Raises:
            NotFoundError: no such platform or partner.
            ConflictError: it was rotated since, or another change of the partner waits.
        """
        _check(person)
        check_reason(f"{kind} {id}", reason)
        if self._store.read(kind, id) is None:
            raise NotFoundError(f"{kind} {id}: there is none")
        if kind == "partner":
            return self._propose(person, kind, id, "rotate", {"number": seen}, {"number": seen + 1}, reason)
        secret = self._change.rotate(kind, id, seen=seen, actor=person.actor, reason=reason)
        return Outcome(did="changed", secret=secret, kind=kind, target=id)

    def answer(
        self, person: Person, kind: SettingKind, target: str, proposal_id: str, *, confirms: bool, reason: str
    ) -> Outcome:
        """Confirm somebody else's proposal, which then takes effect, or decline it; who made it may take it back so.

        Args:
            reason: of a refusal; of a confirmation it may be empty, since the proposal has one.

        Raises:
            NotFoundError: no such proposal waits: it was answered, or its seven days are over.
            PermissionDeniedError: nobody confirms their own.
            ConflictError: what it would change isn't any more what it was.
        """
        _check(person)
        stored = self._store.read("proposal", proposal_key(kind, target))
        proposal = None if stored is None else Proposal.from_data(stored)
        if proposal is None or proposal.id != proposal_id or not proposal.waits(self._clock.now()):
            raise NotFoundError(f"{kind} {target}: no such proposal waits any more")
        more = {"proposal": proposal.id, "proposed_by": proposal.proposed_by}
        answered = replace(proposal, state="confirmed" if confirms else "declined")
        write = SettingWrite(kind="proposal", id=proposal.key, before=stored, after=answered.to_data())
        if not confirms:
            check_reason(f"{kind} {target}", reason)
            payload = {"what": kind, "id": target, "changed": proposal.changed, "reason": reason, **more}
            self._change.write((write,), "declined", person.actor, payload)
            return Outcome(did="declined", kind=kind, target=target)
        if person.actor == proposal.proposed_by:
            raise PermissionDeniedError(f"{kind} {target}: another administrator must confirm it")
        return self._carry_out(person, proposal, (write,), {**more, "answer": reason})

    def _carry_out(
        self, person: Person, proposal: Proposal, also: Sequence[SettingWrite], more: dict[str, str]
    ) -> Outcome:
        kind, target = proposal.kind, proposal.target
        if proposal.action == "rotate":
            secret = self._change.rotate(
                _signer(kind), target, seen=proposal.after["number"] - 1, actor=person.actor, reason=proposal.reason,
                also=also, more=more,
            )  # fmt: skip
            return Outcome(did="changed", secret=secret, kind=kind, target=target)
        seen = None if proposal.before is None else setting_from_data(kind, proposal.before)
        setting = setting_from_data(kind, proposal.after)
        self._check_works(setting)
        return self._put(person, setting, seen, proposal.reason, also=also, more=more)

    def _put(
        self, person: Person, setting: Setting, seen: Setting | None, reason: str, *,
        also: Sequence[SettingWrite] = (), more: dict[str, str] | None = None,
    ) -> Outcome:  # fmt: skip
        kind = kind_of(setting)
        changed = self._change.put(setting, seen=seen, actor=person.actor, reason=reason, also=also, more=more)
        secret = None
        if changed and seen is None and kind in ("platform", "partner"):
            # Whoever adds a platform or confirms a partner is told its first secret, and nobody after them.
            secret = self._change.rotate(_signer(kind), setting.id, seen=0, actor=person.actor, reason=reason)
        return Outcome(did="changed" if changed else "unchanged", secret=secret, kind=kind, target=setting.id)

    def _propose(
        self, person: Person, kind: SettingKind, target: str, action: ProposedAction, before: Data | None, after: Data,
        reason: str,
    ) -> Outcome:  # fmt: skip
        now = self._clock.now()
        key = proposal_key(kind, target)
        stored = self._store.read("proposal", key)
        known = None if stored is None else Proposal.from_data(stored)
        proposal = Proposal(
            id=self._ids.new_id(), kind=kind, target=target, action=action, before=before, after=after,
            proposed_by=person.actor, reason=reason, proposed_at=now, expires_at=now + WAITS,
        )  # fmt: skip
        if known is not None and known.waits(now):
            if (known.action, known.after, known.proposed_by) == (action, after, person.actor):
                return Outcome(did="proposed", kind=kind, target=target)  # the form came twice
            raise ConflictError(f"{kind} {target}: another change of it waits. Confirm or decline that one first")
        self._check_is_as_seen(proposal)
        write = SettingWrite(kind="proposal", id=key, before=stored, after=proposal.to_data())
        payload = {
            "what": kind, "id": target, "changed": proposal.changed or {"secret": [before, after]}, "reason": reason,
            "proposal": proposal.id,
        }  # fmt: skip
        self._change.write((write,), "proposed", person.actor, payload)
        return Outcome(did="proposed", kind=kind, target=target)

    def _check_is_as_seen(self, proposal: Proposal) -> None:
        """What was made on an old page is refused now, not when somebody else confirms it."""
        kind, target = proposal.kind, proposal.target
        if proposal.action == "rotate":
            state = self._change.secret_state(_signer(kind), target)
            if proposal.before != {"number": state.number if state else 0}:
                raise ConflictError(f"{kind} {target}: its secret was changed meanwhile. Look again")
            return
        stored = self._store.read(kind, target)
        current = None if stored is None else setting_to_data(setting_from_data(kind, stored))
        if current != proposal.before:
            raise ConflictError(f"{kind} {target}: it was changed meanwhile. Look again")

    def _check_works(self, setting: Setting) -> None:
        check_setting(setting, self._all(Partner), today=self._clock.now().date())
        team = setting.id if isinstance(setting, Team) else setting.team if isinstance(setting, Platform) else None
        if team is not None and not self._queues.has_queue(self._review_queues + team):
            raise PermanentError(
                f"team '{team}' has no review queue: its cases would wait for ever. Add a queue named "
                f"{self._review_queues}{team} to template.yaml, beside ReviewGeneralQueue, and deploy"
            )
        if isinstance(setting, Partner) and setting.active and not self._queues.has_queue(setting.queue):
            raise PermanentError(
                f"partner {setting.id}: there is no queue '{setting.queue}': deploy infra/partner.yaml for it first"
            )

    def _all[S: (Team, Platform, Partner, RuleSwitch)](self, made: type[S]) -> list[S]:
        kinds: dict[type[Setting], SettingKind] = {
            Team: "team", Platform: "platform", Partner: "partner", RuleSwitch: "rule",
        }  # fmt: skip
        kind = kinds[made]
        found = (setting_from_data(kind, data) for data in self._store.all(kind))
        return [one for one in found if isinstance(one, made)]


def _check(person: Person) -> None:
    person.acting_role(MAY_ADMINISTER, "administration")


def _signer(kind: SettingKind) -> SignerKind:
    if kind not in ("platform", "partner"):
        raise PermanentError(f"a {kind} has no secret")
    return kind
