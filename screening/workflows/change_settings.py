"""Changes of what administrators set up: each one transaction with its entry in the ledger. Pages and command line both use it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from screening.cases.ledger import ADMINISTRATION, FIRST_PREVIOUS, EntryKind, LedgerEntry, next_entry
from screening.errors import ConflictError, TransientError
from screening.ports import Clock, Ids, LedgerStore
from screening.ports.settings import SecretKeeper, SettingsStore, SettingWrite
from screening.workflows.records import Platform, Team
from screening.workflows.settings_records import (
    SecretState,
    Setting,
    SettingKind,
    SignerKind,
    differences,
    in_words,
    kind_of,
    secret_key,
    setting_from_data,
    setting_to_data,
)

MAX_ATTEMPTS = 8


class ChangeSettings:
    """Writes settings and secrets as its caller has decided; who may do what is decided in `Administer`."""

    def __init__(
        self, *, store: SettingsStore, ledger: LedgerStore, secrets: SecretKeeper, clock: Clock, ids: Ids,
        new_secret: Callable[[], str],
    ) -> None:  # fmt: skip
        self._store = store
        self._ledger = ledger
        self._secrets = secrets
        self._clock = clock
        self._ids = ids
        self._new_secret = new_secret

    def put(
        self, setting: Setting, *, seen: Setting | None, actor: str, reason: str, also: Sequence[SettingWrite] = (),
        more: dict[str, Any] | None = None,
    ) -> bool:  # fmt: skip
        """Store a setting. Answers False, and writes nothing, where it is so already.

        Args:
            seen: what its editor was shown; None: there was none.
            also: further records of the same transaction; then it is written in any case.
            more: what else the entry shall say.

        Raises:
            ConflictError: it isn't any more what was seen; the message says what changed.
        """
        kind, after = kind_of(setting), setting_to_data(setting)
        stored = self._store.read(kind, setting.id)
        current = None if stored is None else setting_from_data(kind, stored)
        if current == setting and not also:
            return False
        if current != seen:
            raise ConflictError(_changed_meanwhile(kind, seen, current))
        whole = None if current is None else setting_to_data(current)
        payload = {
            "what": kind,
            "id": setting.id,
            "changed": differences(whole, after),
            "reason": reason,
            **(more or {}),
        }
        write = SettingWrite(kind=kind, id=setting.id, before=stored, after=after)
        self.write((write, *self._team_kept(current, setting), *also), "configured", actor, payload)
        return True

    def _team_kept(self, current: Setting | None, setting: Setting) -> tuple[SettingWrite, ...]:
        """The open cases of a platform stay with the team that had them, which must not be forgotten when the platform leaves:
        alarms and exports go through the known teams."""
        if not (isinstance(current, Platform) and isinstance(setting, Platform)) or current.team == setting.team:
            return ()
        if self._store.read("team", current.team) is not None:
            return ()
        kept = setting_to_data(Team(id=current.team))
        return (SettingWrite(kind="team", id=current.team, before=None, after=kept),)

    def rotate(
        self, kind: SignerKind, id: str, *, seen: int, actor: str, reason: str,  # noqa: A002
        also: Sequence[SettingWrite] = (), more: dict[str, Any] | None = None,
    ) -> str:  # fmt: skip
        """A new secret beside the one before it; both hold until the next rotation. Answers the new one.

        The ledger has it first: a secret that nobody entered never holds. Where writing it fails then, rotate again.

        Args:
            seen: how often it had been made when this was asked for, so that asking twice rotates once.

        Raises:
            ConflictError: somebody rotated it meanwhile.
        """
        stored = self._store.read("secret", secret_key(kind, id))
        number = 0 if stored is None else SecretState.from_data(stored).number
        if number != seen:
            raise ConflictError(f"{kind} {id}: its secret was changed meanwhile, or by this very form. Look again")
        state = SecretState(kind=kind, id=id, number=number + 1, changed_at=self._clock.now())
        payload = {
            "what": kind,
            "id": id,
            "changed": {"secret": [number, number + 1]},
            "reason": reason,
            **(more or {}),
        }
        write = SettingWrite(kind="secret", id=state.key, before=stored, after=state.to_data())
        self.write((write, *also), "configured", actor, payload)
        fresh = self._new_secret()
        self._secrets.put(kind, id, (fresh, *self._secrets.signing_secrets(kind, id, refresh=True)[:1]))
        return fresh

    def secret_state(self, kind: SignerKind, id: str) -> SecretState | None:  # noqa: A002
        """None where the secret was made before such a state was kept, or there is none."""
        stored = self._store.read("secret", secret_key(kind, id))
        return None if stored is None else SecretState.from_data(stored)

    def write(
        self, writes: Sequence[SettingWrite], kind: EntryKind, actor: str, payload: dict[str, Any]
    ) -> LedgerEntry:
        """Records and their entry at once.

        Raises:
            ConflictError: a record changed since it was read.
            TransientError: others keep writing.
        """
        for _ in range(MAX_ATTEMPTS):
            last = self._ledger.last(ADMINISTRATION)
            entry = next_entry(
                case=ADMINISTRATION, index=last.index + 1 if last else 0, prev_hash=last.hash if last else FIRST_PREVIOUS,
                kind=kind, actor=actor, at=self._clock.now(), salt=self._ids.salt(), payload=payload,
            )  # fmt: skip
            try:
                self._store.write(writes, entry)
            except ConflictError:
                for write in writes:
                    if self._store.read(write.kind, write.id) != write.before:
                        raise ConflictError(f"{write.kind} {write.id}: it was changed meanwhile. Look again") from None
                continue  # somebody else's entry took the place: the records still stand as they were read
            return entry
        raise TransientError(f"ledger {ADMINISTRATION}: others keep writing")


def _changed_meanwhile(kind: SettingKind, seen: Setting | None, current: Setting | None) -> str:
    if current is None:
        return f"{kind}: there is none any more"
    if seen is None:
        return f"{kind} {current.id}: there is one of this name already"
    words = in_words(differences(setting_to_data(seen), setting_to_data(current)))
    return f"{kind} {current.id} was changed meanwhile ({words}). Look again"
