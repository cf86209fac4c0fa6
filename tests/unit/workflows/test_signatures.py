"""Standard Webhooks: the published test vector, rotation, tolerance, and hostile headers."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.errors import AuthenticationError
from screening.referrals.signing import decode_secret
from screening.workflows.signatures import SignedHeaders, sign, signed_headers, verify

OLD = "whsec_" + base64.b64encode(b"o" * 24).decode()
NEW = "whsec_" + base64.b64encode(b"n" * 32).decode()
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BODY = b'{"id": "1"}'


def headers(secret: str = NEW, *, id: str = "msg-1", at: datetime = NOW, body: bytes = BODY) -> SignedHeaders:  # noqa: A002
    return SignedHeaders.of(signed_headers([secret], id=id, at=at, body=body))


def test_the_published_vector() -> None:
    """https://github.com/standard-webhooks/standard-webhooks: the example of its libraries' tests."""
    signature = sign(
        ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], id="msg_p5jXN8AQM9LWM0D4loKWxJek",
        at=datetime.fromtimestamp(1614265330, UTC), body=b'{"test": 2432232314}',
    )  # fmt: skip
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_both_secrets_hold_during_a_rotation() -> None:
    for secret in (OLD, NEW):
        assert verify([NEW, OLD], headers(secret), BODY, now=NOW).id == "msg-1"
    with pytest.raises(AuthenticationError):
        verify([NEW], headers(OLD), BODY, now=NOW)
    both = SignedHeaders.of(signed_headers([OLD, NEW], id="msg-1", at=NOW, body=BODY))
    assert verify([NEW], both, BODY, now=NOW).at == NOW


@pytest.mark.parametrize("minutes", [-5, 0, 5])
def test_within_the_tolerance(minutes: int) -> None:
    assert verify([NEW], headers(at=NOW + timedelta(minutes=minutes)), BODY, now=NOW)


@pytest.mark.parametrize("seconds", [-301, 301, 86_400 * 400])
def test_outside_the_tolerance(seconds: int) -> None:
    with pytest.raises(AuthenticationError):
        verify([NEW], headers(at=NOW + timedelta(seconds=seconds)), BODY, now=NOW)


def test_no_secrets_let_nobody_in() -> None:
    with pytest.raises(AuthenticationError):
        verify([], headers(), BODY, now=NOW)


@pytest.mark.parametrize(
    "broken",
    [
        SignedHeaders("", "", ""), SignedHeaders("msg-1", "now", "v1,aaaa"), SignedHeaders("msg-1", "١٧٧٢٤٤٢٠٠٠", "v1,aaaa"),
        SignedHeaders("msg-1", "1" * 400, "v1,aaaa"), SignedHeaders("msg-1", str(int(NOW.timestamp())), "v1,%%%"),
        SignedHeaders("msg-1", str(int(NOW.timestamp())), "v1,"), SignedHeaders("msg-1", str(int(NOW.timestamp())), "v1a,aaaa"),
    ],
)  # fmt: skip
def test_broken_headers_are_refused_in_the_same_words(broken: SignedHeaders) -> None:
    with pytest.raises(AuthenticationError, match="isn't signed by a known sender"):
        verify([NEW], broken, BODY, now=NOW)


def test_an_id_with_a_dot_cannot_shift_bytes_into_the_timestamp() -> None:
    with pytest.raises(AuthenticationError):
        verify([NEW], headers(id="msg.1"), BODY, now=NOW)


@given(body=st.binary(max_size=200), other=st.binary(max_size=200))
def test_a_signature_holds_for_its_own_bytes_alone(body: bytes, other: bytes) -> None:
    signed = headers(body=body)
    assert verify([NEW], signed, body, now=NOW)
    if other != body:
        with pytest.raises(AuthenticationError):
            verify([NEW], signed, other, now=NOW)


@pytest.mark.parametrize(
    "secret", ["whsec_", "whsec_c2hvcnQ=", "whsec_" + base64.b64encode(b"x" * 65).decode(), "whsec_ü"]
)
def test_secrets_of_another_shape_are_refused(secret: str) -> None:
    with pytest.raises(ValueError, match="secret"):
        decode_secret(secret)
