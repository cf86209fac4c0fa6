"""What administrators set up, as the stores keep it: settings, the state of a signing secret, and changes that wait for a second person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, Literal
from urllib.parse import urlsplit, urlunsplit

from screening.errors import PermanentError
from screening.fields import parse_moment, rfc3339
from screening.workflows.records import Partner, Platform, RuleSwitch, Team

SettingKind = Literal["team", "platform", "partner", "rule"]
RecordKind = Literal["team", "platform", "partner", "rule", "secret", "proposal", "policy"]
"""Settings, and what is kept about them: when a secret was made last, which change waits, and the policy texts of teams."""
Setting = Team | Platform | Partner | RuleSwitch
Data = dict[str, Any]
"""A record as JSON holds it."""
SignerKind = Literal["platform", "partner"]
"""Who signs requests with a secret of their own."""

_TYPES: dict[SettingKind, type[Setting]] = {"team": Team, "platform": Platform, "partner": Partner, "rule": RuleSwitch}
_LEFT_OUT = "…"


def kind_of(setting: Setting) -> SettingKind:
    return next(kind for kind, made in _TYPES.items() if isinstance(setting, made))


def setting_to_data(setting: Setting) -> Data:
    """As JSON holds it; the same setting gives the same data."""
    data = asdict(setting)
    for name, value in data.items():
        if isinstance(value, frozenset):
            data[name] = sorted(value)
        elif isinstance(value, tuple):
            data[name] = list(value)
    return data


def setting_from_data(kind: SettingKind, data: Mapping[str, Any]) -> Setting:
    """What an earlier release stored lacks what came later and gets its default.

    Raises:
        PermanentError: it isn't such a setting.
    """
    try:
        return partner_from_data(data) if kind == "partner" else _TYPES[kind](**data)
    except TypeError:
        known = ", ".join(field.name for field in fields(_TYPES[kind]))
        raise PermanentError(f"{kind}: no such setting; its fields are {known}") from None


def partner_from_data(data: Mapping[str, Any]) -> Partner:
    """Raises TypeError where it is no partner."""
    several = {
        name: frozenset(value) if name == "fields" else tuple(value)
        for name, value in data.items()
        if isinstance(value, list)
    }
    return Partner(**(dict(data) | several))


def differences(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The fields that differ, each as [before, after]; of something new every field. Nothing secret is in it: of an address
    what may hold a password or a token (before the host, and the query) is left out."""
    old = before or {}
    return {
        name: [_told(name, old.get(name)), _told(name, after.get(name))]
        for name in sorted(old.keys() | after.keys())
        if name != "id" and (before is None or old.get(name) != after.get(name))
    }


def _told(name: str, value: Any) -> Any:
    if name != "webhook_url" or not isinstance(value, str):
        return value
    parts = urlsplit(value)
    host = parts.netloc.rpartition("@")
    netloc = f"{_LEFT_OUT}@{host[2]}" if host[1] else parts.netloc
    query = _LEFT_OUT if parts.query or parts.fragment else ""
    return urlunsplit((parts.scheme, netloc, parts.path, query, ""))


def in_words(changed: Mapping[str, list[Any]]) -> str:
    """`team: 'a' -> 'b'; active: True -> False`."""
    return "; ".join(f"{name}: {before!r} -> {after!r}" for name, (before, after) in changed.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretState:
    """How often the signing secret of a platform or partner was made, and when last. Never the secret."""

    kind: SignerKind
    id: str
    number: int
    changed_at: datetime

    @property
    def key(self) -> str:
        return secret_key(self.kind, self.id)

    def to_data(self) -> Data:
        return {"kind": self.kind, "id": self.id, "number": self.number, "changed_at": rfc3339(self.changed_at)}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> SecretState:
        return cls(kind=data["kind"], id=data["id"], number=data["number"], changed_at=parse_moment(data["changed_at"]))


def secret_key(kind: SignerKind, id: str) -> str:  # noqa: A002
    """Under which the state of a secret is kept."""
    return f"{kind}#{id}"


ProposalState = Literal["waiting", "confirmed", "declined"]
ProposedAction = Literal["put", "rotate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A change that takes a second administrator. There is one of each setting at most: a newer takes the place of one that is over.

    `before` and `after` are the setting as it was and as it shall be; of a rotation {"number": n}, how often the secret was made.
    """

    id: str
    kind: SettingKind
    target: str
    action: ProposedAction
    before: Data | None
    after: Data
    proposed_by: str
    reason: str
    proposed_at: datetime
    expires_at: datetime
    state: ProposalState = "waiting"

    @property
    def key(self) -> str:
        return proposal_key(self.kind, self.target)

    @property
    def changed(self) -> dict[str, list[Any]]:
        return differences(self.before, self.after) if self.action == "put" else {}

    def waits(self, now: datetime) -> bool:
        return self.state == "waiting" and now < self.expires_at

    def to_data(self) -> Data:
        return asdict(self) | {"proposed_at": rfc3339(self.proposed_at), "expires_at": rfc3339(self.expires_at)}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Proposal:
        moments = {name: parse_moment(data[name]) for name in ("proposed_at", "expires_at")}
        return cls(**{**data, **moments})


def proposal_key(kind: SettingKind, target: str) -> str:
    return f"{kind}#{target}"
