"""What a post contributes: keys of what ties, none of what belongs to everybody, and no readable word of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from screening.cli.linking import file_hashes
from screening.links.contribution import contribution, employer_words
from screening.links.member import Member
from screening.posts.post import Post, Poster
from screening.signals.facts import gather
from screening.text.reading import read_document

AT = datetime(2026, 3, 2, tzinfo=UTC)
HASHES = file_hashes(b"s" * 32)


def contributed(text: str, **fields: Any) -> Member:
    post = Post(platform="board", id="1", description=text, **fields)
    document = read_document(post)
    facts = gather(document, today=AT.date())
    return contribution(post, document, facts, HASHES, version="v1", received_at=AT, language=document.language.main)


def kinds(text: str, **fields: Any) -> set[str]:
    return {key.kind for key in contributed(text, **fields).keys}


@pytest.mark.parametrize(
    ("written", "again"),
    [
        ("Call +48 512 345 678 today.", "tel. 0048512345678"),
        ("Пишіть у телеграм @Robota_Berlin", "telegram: @robota_berlin"),
        ("Fill in https://forms.gle/AbC123 please", "form: forms.gle/AbC123"),
    ],
)
def test_one_contact_in_two_writings_is_one_key(written: str, again: str) -> None:
    one, other = ({key for key in contributed(text).keys if key.ties} for text in (written, again))
    assert one == other
    assert one


@pytest.mark.parametrize(
    "text",
    [
        "See praca.gov.pl for more.",
        "Apply at www.pracuj.pl/oferta/17",
        "Data protection: rodo@firma.pl",
        "In danger call 112",
    ],
)
def test_what_belongs_to_everybody_ties_nothing(text: str) -> None:
    assert not any(key.ties for key in contributed(text).keys)


def test_accounts_names_pictures_and_register_numbers_are_noted() -> None:
    found = kinds(
        "Agencja zatrudnienia Alma Sp. z o.o., KRAZ 12345.", company="Alma Sp. z o.o.", poster=Poster(id="account-7"),
        images=("phash:8f3a1d20b7c44e19", "https://cdn.example/picture.jpg"),
    )  # fmt: skip
    assert {"account", "name", "image", "registration"} <= found


def test_names_are_compared_without_legal_form_branch_and_case() -> None:
    assert employer_words("KAUFLAND Polska Markety Sp. z o.o. Oddział Zabrze") == employer_words(
        "Kaufland Polska Markety"
    )
    assert employer_words("Alma GmbH") != employer_words("Vega GmbH")


@pytest.mark.parametrize("name", ["Centralna Baza Ofert Pracy", "Powiatowy Urząd Pracy w Łodzi", "Центр зайнятості"])
def test_what_a_public_employment_service_publishes_counts_as_licensed(name: str) -> None:
    assert contributed("A job for a carpenter.", company=name).licensed
    assert not contributed("A job for a carpenter.", company="Alma GmbH").licensed


def test_numbers_places_and_contacts_are_slots() -> None:
    text = (
        "Wir suchen Frauen für die Reinigung von Hotelzimmern in {0}. Die Unterkunft stellt die Firma kostenlos. "
        "Der Lohn beträgt {1} Euro im Monat und wird jede Woche bar bezahlt. Bitte gleich schreiben an {2}."
    )
    one, other = (
        contributed(text.format(*fills)) for fills in (("Berlin", "1200", "@eins_x"), ("Prag", "950", "@zwei_y"))
    )
    assert one.exact == other.exact
    assert one.place != other.place
    assert one.pay != other.pay


def test_no_readable_word_of_the_post_is_kept() -> None:
    member = contributed(
        "Cleaner for hotels, write to @one_hand, firm Alma GmbH in Berlin.", company="Alma GmbH", title="Cleaner"
    )
    kept = member.to_json().lower()
    for word in ("alma", "berlin", "one_hand", "cleaner"):
        assert word not in kept


def test_a_post_with_a_hundred_contacts_costs_no_more_than_twenty_four_keys() -> None:
    assert len(contributed(" ".join(f"mail{n}@example{n}.com" for n in range(100))).keys) <= 24
