"""What a notice under art. 18 says: the parts of recital 56, and no verdict on a person."""

from __future__ import annotations

from typing import Any

import pytest

from screening.referrals.art18_notice import art18_notice, missing_parts
from screening.referrals.member_state import Places, member_states

STATES = member_states(
    Places(work_country="DE", account_country=None, origin_countries=("UA",), language="uk"), operator_state="PL"
)
POST: dict[str, Any] = {
    "title": "Робота", "description": "Паспорт здати", "company": "Firma", "posted_at": "2026-05-01T12:00:00+02:00",
}  # fmt: skip
ASSESSMENT: dict[str, Any] = {
    "post": {"platform": "olx", "id": "7", "kind": "job", "url": "https://olx.example/7"},
    "concerns": [{"type": "labour_law", "tier": "watch"}, {"type": "trafficking_pattern", "tier": "urgent"}],
    "evidence": [
        {"indicator": "doc_retention", "state": "stated"},
        {"indicator": "no_employer", "state": "absent_checked"},
    ],
}


def notice(
    post: dict[str, Any] = POST, contacts: tuple[str, ...] = ("+380 67 123 45 67",), basis: Any = "published_by_poster",
    assessment: dict[str, Any] = ASSESSMENT,
) -> dict[str, Any]:  # fmt: skip
    return art18_notice(post=post, contacts=contacts, assessment=assessment, contact_basis=basis, states=STATES)


def test_a_notice_holds_every_part_of_recital_56() -> None:
    made = notice()
    assert missing_parts(made) == ()
    assert made["content"] == {
        "kind": "job", "url": "https://olx.example/7", "title": "Робота", "description": "Паспорт здати",
    }  # fmt: skip
    assert made["published"] == {"posted_at": "2026-05-01T10:00:00Z", "time_zone": "UTC"}
    assert [one["what"] for one in made["suspicion"]["of"]] == ["recruitment for trafficking in human beings"]
    assert [one["indicator"] for one in made["suspicion"]["signs"]] == ["doc_retention"]
    assert made["recipient"]["contacts"] == ["+380 67 123 45 67"]
    assert "may be victims themselves" in made["recipient"]["role"]
    assert made["member_states"]["addressees"] == ["DE"]
    assert "112" in made["emergency"]


def test_a_workers_own_post_is_notified_without_what_leads_to_the_person() -> None:
    made = notice(basis="worker")
    assert missing_parts(made) == ("content", "recipient")
    written = repr(made)
    assert made["platform"] == {"id": "olx"}
    assert not [secret for secret in ("+380", "Firma", "Паспорт", "olx.example") if secret in written]


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"post": {"company": "Firma", "posted_at": "2026-05-01T12:00:00Z"}}, ("content",)),
        ({"post": {"title": "x", "company": "Firma"}}, ("published",)),
        ({"post": {"title": "x", "posted_at": "2026-05-01T12:00:00Z"}, "contacts": ()}, ("recipient",)),
        ({"assessment": {**ASSESSMENT, "evidence": []}}, ("suspicion",)),
        ({"assessment": {**ASSESSMENT, "concerns": []}}, ("suspicion",)),
    ],
)
def test_what_is_missing_is_named(changes: dict[str, Any], missing: tuple[str, ...]) -> None:
    assert missing_parts(notice(**changes)) == missing
