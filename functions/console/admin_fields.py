"""The forms of the administration's pages: which fields a setting has, and a setting as a form states it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from screening.cases.golden import MOST_SHARE
from screening.errors import PermanentError
from screening.fields import Fields
from screening.reference.member_states import accessions
from screening.referrals.disclosure import FIELDS
from screening.workflows.records import Partner, Platform, RuleSwitch, Team
from screening.workflows.settings_records import Setting, SettingKind, setting_from_data, setting_to_data
from screening.workflows.settings_rules import FORMAT_NAMES, LONGEST_EXPIRY, LONGEST_WAIT, PARTNER_QUEUES

Input = Literal["text", "address", "number", "date", "choice", "many", "flag"]
PARTNER_KINDS = ("ngo", "police", "labour_inspectorate", "authority")
ON = "on"
PER_CENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class FormField:
    """`value` is a text, a flag, or the chosen ones of `choices`. `group` is where the names of the choices stand in the texts."""

    name: str
    input: Input
    value: Any
    choices: tuple[str, ...] = ()
    group: str = ""
    required: bool = False
    least: float | None = None
    most: float | None = None
    hint: bool = False


def form_fields(
    kind: SettingKind, setting: Setting | None, *, teams: Sequence[str] = (), partners: Sequence[Partner] = ()
) -> tuple[FormField, ...]:
    """The fields of a form that changes `setting`, or adds one where it is None. The name is beside them."""
    if kind == "team":
        return _team_fields(setting if isinstance(setting, Team) else Team(id=""))
    if kind == "platform":
        first = Platform(id="", team=teams[0] if teams else "")
        return _platform_fields(setting if isinstance(setting, Platform) else first, teams)
    if kind == "rule":
        until = setting.off_until if isinstance(setting, RuleSwitch) else ""
        return (FormField(name="off_until", input="date", value=until, hint=True),)
    return _partner_fields(setting if isinstance(setting, Partner) else _new_partner(), partners)


def _team_fields(team: Team) -> tuple[FormField, ...]:
    budget = "" if team.daily_budget is None else str(team.daily_budget)
    share = f"{team.second_review_share * PER_CENT:g}"
    return (
        FormField(name="daily_budget", input="number", value=budget, least=1, hint=True),
        FormField(name="second_review_share", input="number", value=share, least=0, most=PER_CENT, required=True, hint=True),
        FormField(name="severe_per_day", input="number", value=str(team.severe_per_day), least=0, required=True, hint=True),
        FormField(name="golden_share", input="number", value=f"{team.golden_share * PER_CENT:g}", least=0, most=MOST_SHARE * PER_CENT, required=True, hint=True),
        FormField(name="translation_characters", input="number", value=str(team.translation_characters), least=0, required=True, hint=True),
    )  # fmt: skip


def _platform_fields(platform: Platform, teams: Sequence[str]) -> tuple[FormField, ...]:
    known = tuple(dict.fromkeys((*teams, platform.team)))
    states = ("", *sorted(accessions()))
    return (
        FormField(name="team", input="choice", value=(platform.team,), choices=known, required=True),
        FormField(name="webhook_url", input="address", value=platform.webhook_url or "", hint=True),
        FormField(name="member_state", input="choice", value=(platform.member_state or "",), choices=states, hint=True),
        FormField(name="transparency", input="flag", value=platform.transparency, hint=True),
        FormField(name="active", input="flag", value=platform.active, hint=True),
    )


def _partner_fields(partner: Partner, partners: Sequence[Partner]) -> tuple[FormField, ...]:
    instead = ("", *(one.id for one in partners if one.id != partner.id))
    formats = tuple(name for name in FORMAT_NAMES if name != "json")
    return (
        FormField(name="name", input="text", value=partner.name, required=True, hint=True),
        FormField(name="kind", input="choice", value=(partner.kind,), choices=PARTNER_KINDS, group="trait", required=True),
        FormField(name="countries", input="text", value=", ".join(partner.countries), required=True, hint=True),
        FormField(name="legal_basis", input="text", value=partner.legal_basis, required=True, hint=True),
        FormField(name="purpose", input="text", value=partner.purpose, required=True),
        FormField(name="fields", input="many", value=tuple(sorted(partner.fields)), choices=tuple(FIELDS), group="disclosed", hint=True),
        FormField(name="formats", input="many", value=partner.formats, choices=formats, hint=True),
        FormField(name="queue", input="text", value=partner.queue, required=True, hint=True),
        FormField(name="expiry_days", input="number", value=str(partner.expiry_days), least=1, most=LONGEST_EXPIRY, required=True),
        FormField(name="fetch_within_days", input="number", value=str(partner.fetch_within_days), least=1, most=LONGEST_WAIT, required=True, hint=True),
        FormField(name="fallback", input="choice", value=(partner.fallback or "",), choices=instead, hint=True),
        FormField(name="immigration_enforcement", input="flag", value=partner.immigration_enforcement, hint=True),
        FormField(name="active", input="flag", value=partner.active, hint=True),
    )  # fmt: skip


def _new_partner() -> Partner:
    return Partner(
        id="", name="", kind="ngo", queue=PARTNER_QUEUES, countries=(), fields=frozenset({"evidence"}), legal_basis="",
        purpose="fight against trafficking in human beings",
    )  # fmt: skip


def setting_from_form(kind: SettingKind, form: Mapping[str, str]) -> Setting:
    """Raises PermanentError naming the field; whether such a setting can work is the workflow's to say."""
    fields = Fields(form, kind)
    name = fields.text("id", limit=100).strip()
    if kind == "team":
        budget = _text(fields, "daily_budget")
        return Team(
            id=name, daily_budget=None if not budget else _whole(kind, "daily_budget", budget),
            second_review_share=_share(kind, "second_review_share", _text(fields, "second_review_share")),
            severe_per_day=_whole(kind, "severe_per_day", _text(fields, "severe_per_day")),
            golden_share=_share(kind, "golden_share", _text(fields, "golden_share")),
            translation_characters=_whole(kind, "translation_characters", _text(fields, "translation_characters")),
        )  # fmt: skip
    if kind == "platform":
        return Platform(
            id=name, team=_text(fields, "team"), active=_flag(form, "active"),
            webhook_url=_text(fields, "webhook_url") or None, transparency=_flag(form, "transparency"),
            member_state=_text(fields, "member_state") or None,
        )  # fmt: skip
    if kind == "rule":
        return RuleSwitch(id=name, off_until=_text(fields, "off_until"))
    return Partner(
        id=name, name=_text(fields, "name"), kind=fields.choice("kind", PARTNER_KINDS),  # type: ignore[arg-type]
        queue=_text(fields, "queue"), fields=frozenset(_chosen(form, "fields")),
        countries=tuple(code.upper() for code in _text(fields, "countries").replace(",", " ").split()),
        legal_basis=_text(fields, "legal_basis"), purpose=_text(fields, "purpose"),
        expiry_days=_whole(kind, "expiry_days", _text(fields, "expiry_days")),
        immigration_enforcement=_flag(form, "immigration_enforcement"), active=_flag(form, "active"),
        formats=("json", *_chosen(form, "formats")),
        fetch_within_days=_whole(kind, "fetch_within_days", _text(fields, "fetch_within_days")),
        fallback=_text(fields, "fallback") or None,
    )  # fmt: skip


def seen_to_form(setting: Setting) -> str:
    """What a form was made from, carried in it: a change made on an old page is told from one on the present state."""
    return json.dumps(setting_to_data(setting), ensure_ascii=False, sort_keys=True)


def seen_from_form(kind: SettingKind, form: Mapping[str, str]) -> Setting | None:
    """None where the form adds something new. Raises PermanentError where it can't be read."""
    carried = form.get("seen", "")
    if not carried:
        return None
    try:
        data = json.loads(carried)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise PermanentError(f"{kind}: the form can't be read; load the page again")
    return setting_from_data(kind, data)


def _text(fields: Fields, name: str) -> str:
    return fields.text(name, empty=True).strip() if fields.has(name) else ""


def _flag(form: Mapping[str, str], name: str) -> bool:
    return form.get(name) == ON


def _chosen(form: Mapping[str, str], name: str) -> tuple[str, ...]:
    """The ticked ones, each a field of its own: `fields:evidence`."""
    prefix = f"{name}:"
    return tuple(key.removeprefix(prefix) for key in form if key.startswith(prefix))


def _whole(kind: str, name: str, words: str) -> int:
    if not (words.isascii() and words.isdigit() and len(words) < 9):
        raise PermanentError(f"{kind}: field '{name}': digits were expected")
    return int(words)


def _share(kind: str, name: str, words: str) -> float:
    try:
        share = float(words.replace(",", ".")) / PER_CENT
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise PermanentError(f"{kind}: field '{name}': a share from 0 to 100 per cent was expected")
    return round(share, 6)
