"""Which settings can work, and which changes disclose more, so that one administrator alone can't make them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from urllib.parse import urlsplit

from screening.cases.given_reasons import LEAST_WORDS, is_thin
from screening.cases.golden import MOST_SHARE
from screening.cases.vote import MAX_REASON
from screening.errors import PermanentError
from screening.posts.generic import PLATFORM_RULE, is_platform
from screening.reference.member_states import is_member_state
from screening.referrals.disclosure import FIELDS
from screening.rules.rule_ids import rule_ids
from screening.workflows.records import Partner, Platform, RuleSwitch, Team
from screening.workflows.settings_records import Setting

LONGEST_WAIT = 13
"""Days a package may lie unfetched: below the 14 that SQS keeps its ticket."""
LONGEST_EXPIRY = 183
PARTNER_QUEUES = "screening-partner-"
"""How their names begin: `refer` may send to no others (template.yaml, infra/partner.yaml)."""
FORMAT_NAMES = ("json", "html", "stix", "misp", "entities", "links")
"""Of `referrals.formats`, whose writers take longer to import than a page may."""
MOST_TEXT = 500
LONGEST_OFF = timedelta(days=60)
"""A rule that is wrong is mended in its pack by then; a switch that nobody remembers would hide offers for ever."""
_TEAM = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}\Z")
_PARTNER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,62}\Z")
_COUNTRY = re.compile(r"[A-Z]{2}\Z")


def is_address(value: str, *schemes: str) -> bool:
    """Whether something could be sent there."""
    try:
        parts = urlsplit(value)
        return parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def check_setting(setting: Setting, partners: Iterable[Partner] = (), *, today: date) -> None:
    """What can't work is refused when it is said, not when people have decided.

    Args:
        partners: those that there are, for the fallback of one.
        today: in UTC, for the end of a rule's switch.

    Raises:
        PermanentError: naming the field.
    """
    if isinstance(setting, Team):
        _check_team(setting)
    elif isinstance(setting, Platform):
        _check_platform(setting)
    elif isinstance(setting, RuleSwitch):
        _check_rule(setting, today)
    else:
        _check_partner(setting, partners)


def check_reason(what: str, reason: str) -> None:
    """Who reads the change later must learn why it was made. Raises PermanentError where the words don't say it."""
    _that(not is_thin(reason), f"{what}: needs a reason in your own words, at least {LEAST_WORDS} of them")
    _that(len(reason) <= MAX_REASON, f"{what}: the reason is longer than {MAX_REASON} characters")


def _check_team(team: Team) -> None:
    _that(_TEAM.match(team.id) is not None, "team: its name must be 1 to 40 letters, digits, '_' or '-'")
    _that(team.daily_budget is None or team.daily_budget >= 1, "team: the daily budget must be 1 at least, or none")
    _that(0 <= team.second_review_share <= 1, "team: the share judged twice must be from 0 to 1")
    _that(team.severe_per_day >= 0, "team: distressing texts a day can't be below 0")
    _that(0 <= team.golden_share <= MOST_SHARE, f"team: the share of known cases must be from 0 to {MOST_SHARE}")
    _that(team.translation_characters >= 0, "team: characters translated a month can't be below 0")


def _check_platform(platform: Platform) -> None:
    _that(is_platform(platform.id), f"platform: its name {PLATFORM_RULE}")
    address = platform.webhook_url
    _that(
        address is None or (len(address) <= 2_048 and is_address(address, "https")),
        "platform: its address for notices must be an address with https",
    )
    state = platform.member_state
    _that(state is None or is_member_state(state), f"platform: '{state}' is no Member State of the EU")


def _check_rule(rule: RuleSwitch, today: date) -> None:
    _that(rule.id in rule_ids(), f"rule: there is no rule '{rule.id}'; a case shows the rule beside each sign")
    if not rule.off_until:
        return
    try:
        until = date.fromisoformat(rule.off_until)
    except ValueError:
        raise PermanentError(f"rule: '{rule.off_until}' is no date; write it as 2026-03-31") from None
    _that(until.isoformat() == rule.off_until, f"rule: '{rule.off_until}' is no date; write it as {until}")
    _that(
        today < until <= today + LONGEST_OFF,
        f"rule: it is off until a day from {today + timedelta(days=1)} to {today + LONGEST_OFF}, not {until}",
    )


def _check_partner(partner: Partner, partners: Iterable[Partner]) -> None:
    _that(_PARTNER.match(partner.id) is not None, "partner: its name must be 1 to 63 letters, digits, '_' or '-'")
    _that(
        partner.kind in ("ngo", "police", "labour_inspectorate", "authority"),
        f"partner: there is no kind '{partner.kind}'",
    )
    for name in ("name", "legal_basis", "purpose"):
        words = getattr(partner, name)
        _that(bool(words.strip()), f"partner: '{name}' is empty")
        _that(len(words) <= MOST_TEXT, f"partner: '{name}' is longer than {MOST_TEXT} characters")
    _that(bool(partner.countries), "partner: it needs a country at least")
    odd = [country for country in partner.countries if not _COUNTRY.match(country)]
    _that(not odd, f"partner: {', '.join(odd)}: a country is two letters, ISO 3166-1 alpha-2")
    unknown = sorted(partner.fields - FIELDS.keys())
    _that(not unknown, f"partner: no field {', '.join(unknown)}; there are {', '.join(FIELDS)}")
    unwritten = sorted(set(partner.formats) - set(FORMAT_NAMES))
    _that(not unwritten, f"partner: no format {', '.join(unwritten)}; there are {', '.join(FORMAT_NAMES)}")
    _that(1 <= partner.expiry_days <= LONGEST_EXPIRY, f"partner: packages expire after 1 to {LONGEST_EXPIRY} days")
    _that(1 <= partner.fetch_within_days <= LONGEST_WAIT, f"partner: it fetches within 1 to {LONGEST_WAIT} days")
    name = partner.queue.removeprefix(PARTNER_QUEUES)
    _that(name not in (partner.queue, ""), f"partner: the queue of a partner begins with {PARTNER_QUEUES}")
    if partner.fallback is not None:
        kinds = {known.id: known.kind for known in partners if known.id != partner.id and known.active}
        _that(partner.fallback in kinds, f"partner: there is no other partner '{partner.fallback}' to fall back on")
        _that(
            kinds[partner.fallback] == partner.kind,
            f"partner: '{partner.fallback}' is of another kind, and only {partner.kind} stands in for {partner.kind}",
        )


def _that(holds: bool, otherwise: str) -> None:
    if not holds:
        raise PermanentError(otherwise)


def discloses_more(before: Setting | None, after: Setting) -> bool:
    """Whether data could reach somebody, or go further, that it didn't before, or a rule be silent for longer: such a change takes
    two administrators.

    A new platform discloses nothing: it has no posts yet, and is told of its own alone. That an address is taken away, a
    policy narrowed or a partner switched off must never wait for anybody.
    """
    if isinstance(after, Partner):
        return not isinstance(before, Partner) or _widened(before, after)
    if isinstance(after, Platform) and isinstance(before, Platform):
        moved = after.webhook_url is not None and after.webhook_url != before.webhook_url
        return moved or (after.transparency and not before.transparency)
    if isinstance(after, RuleSwitch):
        # Nothing is disclosed, but offers are hidden that would have been shown.
        return after.off_until > (before.off_until if isinstance(before, RuleSwitch) else "")
    if isinstance(after, Team):
        return after.translation_characters > (before.translation_characters if isinstance(before, Team) else 0)
    return False


def _widened(before: Partner, after: Partner) -> bool:
    return (
        not after.fields <= before.fields
        or not set(after.countries) <= set(before.countries)
        or after.kind != before.kind
        or after.queue != before.queue
        or after.expiry_days > before.expiry_days
        or (after.active and not before.active)
        or (before.immigration_enforcement and not after.immigration_enforcement)
        or (after.fallback is not None and after.fallback != before.fallback)
        or (after.legal_basis, after.purpose) != (before.legal_basis, before.purpose)
    )
