"""The policy text of a review team, which stands beside its cases: what the team has agreed on, in its own words.

Each version is a record of its own, with who set it and when; each change is one transaction with its entry in the chain of
administration.
"""

from __future__ import annotations

import hashlib

from screening.errors import PermanentError
from screening.ports import Clock
from screening.ports.settings import SettingsStore, SettingWrite
from screening.workflows.change_settings import ChangeSettings
from screening.workflows.records import TeamPolicy

LONGEST_POLICY = 20_000


class KeepPolicy:
    """Sets and reads the policy texts of teams."""

    def __init__(self, *, store: SettingsStore, change: ChangeSettings, clock: Clock) -> None:
        self._store = store
        self._change = change
        self._clock = clock

    def put(self, team: str, text: str, *, actor: str, reason: str) -> TeamPolicy:
        """The team's newest version. The same text again writes nothing.

        Args:
            text: "" withdraws the policy; earlier versions are kept.

        Raises:
            PermanentError: it is too long, or there is none to withdraw.
            ConflictError: somebody else changed it in this moment.
        """
        text = text.replace("\r\n", "\n").strip()
        if len(text) > LONGEST_POLICY:
            raise PermanentError(
                f"policy of team '{team}': {len(text)} characters; {LONGEST_POLICY} at most, so that people read it"
            )
        stored = self._store.read("policy", team)
        known = None if stored is None else TeamPolicy.from_data(stored)
        if known is not None and known.text == text:
            return known
        if known is None and not text:
            raise PermanentError(f"policy of team '{team}': there is none, and this text is empty")
        number = known.version if known else 0
        policy = TeamPolicy(team=team, version=number + 1, text=text, by=actor, at=self._clock.now())
        payload = {
            "what": "policy",
            "id": team,
            "changed": {
                "version": [number or None, policy.version],
                "characters": [len(known.text) if known else None, len(text)],
                "sha256": [_hash(known.text) if known else None, _hash(text)],
            },
            "reason": reason,
        }
        current = SettingWrite(kind="policy", id=team, before=stored, after=policy.to_data())
        kept = SettingWrite(kind="policy", id=_version_key(team, policy.version), before=None, after=policy.to_data())
        self._change.write((current, kept), "configured", actor, payload)
        return policy

    def read(self, team: str, version: int | None = None) -> TeamPolicy | None:
        """The newest version, or an earlier one; None where there is none."""
        stored = self._store.read("policy", team if version is None else _version_key(team, version))
        return None if stored is None else TeamPolicy.from_data(stored)


def _version_key(team: str, version: int) -> str:
    return f"{team}#{version}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
