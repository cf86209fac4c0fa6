"""The detached signature: it covers the exact bytes, and partners' ordinary webhook code reads it."""

from __future__ import annotations

import base64
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.referrals.signing import is_signed, signature_headers
from screening.workflows.signatures import SignedHeaders, verify

OLD, NEW = ("whsec_" + base64.b64encode(letter * 32).decode() for letter in (b"o", b"n"))
AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@given(st.binary(max_size=200))
def test_the_signature_is_that_of_standard_webhooks(body: bytes) -> None:
    headers = signature_headers([OLD, NEW], referral="r-1", at=AT, body=body)
    for secret in (OLD, NEW):
        assert verify([secret], SignedHeaders.of(headers), body, now=AT).id == "package_r-1"
        assert is_signed(secret, headers, body)


def test_another_byte_time_id_or_secret_breaks_it() -> None:
    headers = signature_headers([NEW], referral="r-1", at=AT, body=b"{}")
    assert not is_signed(NEW, headers, b"{} ")
    assert not is_signed(NEW, {**headers, "webhook-timestamp": "1"}, b"{}")
    assert not is_signed(NEW, {**headers, "webhook-id": "package_r-2"}, b"{}")
    assert not is_signed(OLD, headers, b"{}")
    assert not is_signed(NEW, {}, b"{}")
    assert not is_signed(NEW, {**headers, "webhook-signature": "v1,é \ud800"}, b"{}")


def test_it_stays_proof_for_years() -> None:
    assert is_signed(NEW, signature_headers([NEW], referral="r", at=AT.replace(year=2019), body=b"x"), b"x")


@pytest.mark.parametrize("secret", ["whsec_not base64", "whsec_" + base64.b64encode(b"short").decode()])
def test_a_poor_secret_is_refused(secret: str) -> None:
    with pytest.raises(ValueError, match="a signing secret"):
        signature_headers([secret], referral="r", at=AT, body=b"")


def test_nothing_goes_out_unsigned() -> None:
    with pytest.raises(ValueError, match="without a secret"):
        signature_headers([], referral="r", at=AT, body=b"")
