"""The kind of a contact: plain ones are told apart, anything else stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.referrals.contact_kinds import is_web_address, read_contact


@pytest.mark.parametrize(
    ("published", "kind", "value"),
    [
        ("+48 600 100 200", "phone", "+48600100200"),
        ("tel. (22) 628-01-20", "phone", "226280120"),
        ("Тел: 067 123 45 67", "phone", "0671234567"),
        ("Jobs@Muster.example", "email", "jobs@muster.example"),
        ("https://t.me/Oksana_job", "telegram", "oksana_job"),
        ("Telegram: @Oksana_job", "telegram", "oksana_job"),
        ("телеграм: oksana_job", "telegram", "oksana_job"),
        ("viber +380 50 111 22 33", "viber", "+380501112233"),
        ("wa.me/48600100200", "whatsapp", "+48600100200"),
        ("https://www.facebook.com/some.page", "facebook", "some.page"),
        ("https://t.me/+AbCdEf", "url", "https://t.me/+AbCdEf"),
        ("https://alpha.example/a?b=1", "url", "https://alpha.example/a?b=1"),
        ("@oksana", "other", "@oksana"),
        ("ask for Olena", "other", "ask for Olena"),
        ("12", "other", "12"),
        ("1234567890123456789", "other", "1234567890123456789"),
        ("javascript:alert(1)", "other", "javascript:alert(1)"),
        ("", "other", ""),
    ],
)
def test_plain_contacts_are_told_apart(published: str, kind: str, value: str) -> None:
    contact = read_contact(published)
    assert (contact.kind, contact.value, contact.published) == (kind, value, published)


@given(st.text(max_size=200) | st.from_regex(r"[+0-9(): .@/A-Za-z\-]{0,120}", fullmatch=True))
def test_any_text_is_accepted_and_kept(text: str) -> None:
    assert read_contact(text).published == text


@pytest.mark.parametrize(
    "address",
    ["ftp://a.example/", "https://a b.example", "https://a.example/ż", "//a.example", "https://a.example/%zz"],
)
def test_what_tools_refuse_is_no_web_address(address: str) -> None:
    assert not is_web_address(address)


def test_hostile_length_costs_little() -> None:
    assert read_contact("tel " + "1-" * 100_000).kind == "other"
    assert read_contact("telegram" + " " * 2_000 + "x").kind == "other"
