"""The disclosure policy and the texts that go out: nothing a policy can't allow, in every language."""

from __future__ import annotations

from itertools import combinations

import pytest

from screening.referrals.allowed_use import allowed_use
from screening.referrals.disclosure import FIELDS, NOTICE_FIELDS, PERSONAL_CONTACT, DisclosurePolicy
from screening.referrals.safety_notices import LANGUAGES, safety_notice


def policy(fields: frozenset[str], *, ngo: bool = False) -> DisclosurePolicy:
    return DisclosurePolicy(
        partner="p", is_ngo=ngo, immigration_enforcement=False, fields=fields, legal_basis="law", purpose="help",
        expiry_days=30,
    )  # fmt: skip


def test_a_policy_never_widens_what_may_be_sent() -> None:
    for size in (1, 2, len(FIELDS)):
        for names in combinations(sorted(FIELDS), size):
            fields = frozenset(names)
            assert policy(fields).allowed("referral") == fields
            assert policy(fields).allowed("notice") == fields & NOTICE_FIELDS
            assert not policy(fields, ngo=True).allowed("support") & PERSONAL_CONTACT


def test_rank_signals_and_poster_are_no_fields_at_all() -> None:
    for name in ("rank", "signals", "poster", "learned", "links", "votes"):
        assert name not in FIELDS
        with pytest.raises(ValueError, match="unknown fields"):
            policy(frozenset({name}))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", [None, "+48 22 628 01 20"])
def test_notices_are_neutral_and_always_name_a_number(language: str, number: str | None) -> None:
    notice = safety_notice(language, confirmed_number=number)
    assert notice.language == language
    assert "112" in notice.help
    assert notice.number == (number or "112")
    assert (number in notice.help) if number else True
    text = " ".join((notice.title, *notice.advice, notice.help)).lower()
    told = (
        "police", "report", "reviewed", "flagged", "traffick", "suspicious",
        "поліц", "полиц", "policj", "скарг", "жалоб", "zgłosz", "подозр", "підозр", "podejrz", "торгівл", "торговл", "handl",
        "poliți", "sesiz", "suspect", "trafic", "polizei", "gemeldet", "verdächt", "menschenhandel",
    )  # fmt: skip
    assert not [word for word in told if word in text]
    assert len(notice.advice) == 5


def test_an_unconfirmed_help_line_is_not_shown() -> None:
    assert safety_notice("en").help == "In danger, call 112."


def test_other_languages_get_english() -> None:
    assert safety_notice("hu").language == "en"


@pytest.mark.parametrize("kind", ["referral", "support", "notice"])
def test_what_is_allowed_travels_with_every_package(kind: str) -> None:
    text = " ".join(allowed_use(kind))  # type: ignore[arg-type]
    assert "accuses nobody" in text
    assert "may be victims themselves" in text
    assert "recalled" in text
