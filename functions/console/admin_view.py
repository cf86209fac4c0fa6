"""What the administration's pages show: settings as rows, the form of one, changes and what waits for a second person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from functions.console.admin_fields import FormField, form_fields, seen_to_form
from screening.cases.ledger import LedgerEntry
from screening.cases.people import Person
from screening.errors import NotFoundError
from screening.workflows.records import Partner
from screening.workflows.settings_records import (
    Proposal,
    SecretState,
    Setting,
    SettingKind,
    setting_to_data,
)

COLUMNS: dict[SettingKind, tuple[str, ...]] = {
    "team": ("daily_budget", "second_review_share", "severe_per_day", "golden_share", "translation_characters"),
    "platform": ("team", "webhook_url", "member_state", "active"),
    "partner": ("name", "kind", "countries", "fields", "fallback", "active"),
    "rule": ("off_until",),
}
"""Of each setting's fields those that its list shows."""
PAGES: dict[SettingKind, str] = {"team": "teams", "platform": "platforms", "partner": "partners", "rule": "rules"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingRow:
    """`cells` are (field, value). `own` are the platforms of a team."""

    id: str
    cells: tuple[tuple[str, Any], ...]
    waits: bool
    own: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingForm:
    """`id` and `seen` are empty where something new is added."""

    id: str
    seen: str
    fields: tuple[FormField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsPage:
    """`chosen` is the one that was asked for. `signs`: whether it has a secret; `secret`, when that was made last. `names`: those to
    choose from where one is added."""

    kind: SettingKind
    page: str
    rows: tuple[SettingRow, ...]
    chosen: str
    form: SettingForm
    signs: bool
    secret: SecretState | None
    names: tuple[str, ...] = ()

    @property
    def secret_number(self) -> int:
        return self.secret.number if self.secret else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """`changed` are (field, before, after)."""

    at: datetime
    did: str
    actor: str
    own: bool
    kind: str
    id: str
    changed: tuple[tuple[str, Any, Any], ...]
    reason: str
    proposed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRow:
    id: str
    kind: SettingKind
    target: str
    rotates: bool
    is_new: bool
    changed: tuple[tuple[str, Any, Any], ...]
    reason: str
    proposed_by: str
    own: bool
    expires_at: datetime


def settings_page(
    kind: SettingKind, settings: Sequence[Setting], chosen: str, *, waiting: Sequence[Proposal],
    secret: SecretState | None = None, teams: Sequence[str] = (), partners: Sequence[Partner] = (),
    platforms: Mapping[str, Sequence[str]] | None = None, names: Sequence[str] = (),
) -> SettingsPage:  # fmt: skip
    """All settings of a kind, and the form of the chosen one, or of a new one where `chosen` is "".

    Args:
        platforms: of each team, by its name.

    Raises:
        NotFoundError: there is no such setting.
    """
    found = next((setting for setting in settings if setting.id == chosen), None)
    if chosen and found is None:
        raise NotFoundError(f"{kind} {chosen}: there is none")
    waits = {proposal.target for proposal in waiting if proposal.kind == kind}
    form = SettingForm(
        id=chosen, seen=seen_to_form(found) if found else "",
        fields=form_fields(kind, found, teams=teams, partners=partners),
    )  # fmt: skip
    rows = tuple(
        SettingRow(
            id=setting.id, cells=tuple((name, setting_to_data(setting)[name]) for name in COLUMNS[kind]),
            waits=setting.id in waits, own=tuple((platforms or {}).get(setting.id, ())),
        )
        for setting in settings
    )  # fmt: skip
    return SettingsPage(
        kind=kind,
        page=PAGES[kind],
        rows=rows,
        chosen=chosen,
        form=form,
        signs=kind in ("platform", "partner") and bool(chosen),
        secret=secret,
        names=tuple(names),
    )


def change_rows(entries: Sequence[LedgerEntry], person: Person) -> tuple[ChangeRow, ...]:
    rows = []
    for entry in entries:
        payload = entry.payload or {}
        rows.append(
            ChangeRow(
                at=entry.at, did=entry.kind, actor=entry.actor, own=entry.actor == person.actor,
                kind=str(payload.get("what", "")), id=str(payload.get("id", "")),
                changed=_triples(payload.get("changed") or {}), reason=str(payload.get("reason", "")),
                proposed_by=str(payload.get("proposed_by", "")),
            )
        )  # fmt: skip
    return tuple(rows)


def waiting_rows(waiting: Sequence[Proposal], person: Person) -> tuple[WaitingRow, ...]:
    return tuple(
        WaitingRow(
            id=one.id, kind=one.kind, target=one.target, rotates=one.action == "rotate", is_new=one.before is None,
            changed=_triples(one.changed), reason=one.reason, proposed_by=one.proposed_by,
            own=one.proposed_by == person.actor, expires_at=one.expires_at,
        )
        for one in waiting
    )  # fmt: skip


def _triples(changed: Mapping[str, Sequence[Any]]) -> tuple[tuple[str, Any, Any], ...]:
    return tuple((name, before, after) for name, (before, after) in sorted(changed.items()))
