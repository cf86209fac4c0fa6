"""Keyed fingerprints: the same contact under the same key, and nothing without it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.links.fingerprints import FingerprintKeys, key_id_of

KEYS = FingerprintKeys({"k1": b"a" * 32, "k2": b"b" * 32}, current="k2")


def test_the_same_contact_gives_the_same_fingerprint_on_any_machine() -> None:
    assert KEYS.fingerprint("phone", "+48600100200") == "k2:f869f01bbf8c8a44031370e70e3a05ff"


def test_kind_key_and_value_all_count() -> None:
    prints = {
        KEYS.fingerprint("phone", "+48600100200"), KEYS.fingerprint("viber", "+48600100200"),
        KEYS.fingerprint("phone", "+48600100201"), KEYS.all_fingerprints("phone", "+48600100200")[1],
    }  # fmt: skip
    assert len(prints) == 4


def test_old_ties_are_found_after_a_rotation() -> None:
    before = FingerprintKeys({"k1": b"a" * 32}, current="k1").fingerprint("telegram", "@someone")
    assert before in KEYS.all_fingerprints("telegram", "@someone")
    assert KEYS.all_fingerprints("telegram", "@someone")[0] == KEYS.fingerprint("telegram", "@someone")
    assert key_id_of(before) == "k1"
    assert key_id_of("") == ""


@given(kind=st.text(max_size=10), value=st.text(max_size=60))
def test_a_fingerprint_shows_nothing_of_the_contact(kind: str, value: str) -> None:
    key_id, _, digest = KEYS.fingerprint(kind, value).partition(":")
    assert key_id == "k2"
    assert len(digest) == 32
    assert set(digest) <= set("0123456789abcdef")


def test_keys_are_not_shown() -> None:
    assert "aaaa" not in repr(KEYS)


@pytest.mark.parametrize(
    ("keys", "current"),
    [({"k1": b"short"}, "k1"), ({"k1": b"a" * 32}, "k2"), ({"K:1": b"a" * 32}, "K:1"), ({}, "k1")],
)
def test_bad_keys_are_refused(keys: dict[str, bytes], current: str) -> None:
    with pytest.raises(ValueError, match="fingerprint key"):
        FingerprintKeys(keys, current=current)
