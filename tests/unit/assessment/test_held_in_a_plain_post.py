"""A plain sentence that takes papers opens a case, however ordinary the rest of the post reads."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from screening.assessment.screener import Screener
from screening.posts.post import Post

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ORDINARY = (
    "Shifts begin at nine and end at five. We are a family firm since 1987. Lunch is included on every shift. "
    "You work with six colleagues. Paid holidays of 25 days a year. Training is given in the first week."
)
TAKEN = (
    "We keep your passport.",
    "We keep your passport until you have paid back the ticket.",
    "Passport kept by the boss until the ticket is paid back.",
)
HONEST = (
    "We keep a copy of your passport for the registration office.",
    "Keep your passport with you, the police may ask for it.",
    "Show your passport on the first day and put it back in your bag.",
)


@pytest.fixture(scope="module")
def screener() -> Screener:
    return Screener.load()


def tier(screener: Screener, title: str, description: str) -> str:
    post = Post(platform="test", id="1", title=title, description=description)
    return screener.assess(post, assessed_at=AT).tier


@pytest.mark.parametrize("before", ["", "Baker in Gdansk, 30 PLN gross an hour. ", ORDINARY + " "])
@pytest.mark.parametrize("said", TAKEN)
def test_who_keeps_papers_is_reviewed(screener: Screener, before: str, said: str) -> None:
    assert tier(screener, "Baker", before + said) in ("review", "urgent")


@pytest.mark.parametrize(
    ("title", "description"),
    [
        ("Koch", "Den Pass behalten wir bis zum Saisonende. Lohn 1500 Euro, Unterkunft vorhanden. Gasthof Adler GmbH."),
        ("Камериерка", "Почистване в хотел, 13 евро на час. Паспортът остава при шефа, докато изплатите билета."),
        ("Прибиральниця", "Прибирання в готелі, 13 євро за годину. Паспорт зберігається у начальника до кінця сезону."),
        ("Sprzątanie", "Sprzątanie w hotelu, 13 euro za godzinę. Paszport oddajesz szefowi do końca kontraktu."),
    ],
)
def test_in_other_languages_too(screener: Screener, title: str, description: str) -> None:
    assert tier(screener, title, description) in ("review", "urgent")


@pytest.mark.parametrize("said", HONEST)
def test_honest_words_about_papers_open_no_case(screener: Screener, said: str) -> None:
    assert tier(screener, "Baker", f"Baker in Gdansk, 30 PLN gross an hour. {ORDINARY} {said}") in ("clear", "watch")


def test_who_tells_of_it_is_not_taken_for_one_who_does_it(screener: Screener) -> None:
    told = (
        "If somebody writes to you that they keep your passport until the season ends, don't go. "
        "Nobody may take your papers; call the hotline and ask for advice."
    )
    assert tier(screener, "Work abroad safely", told) in ("clear", "watch")
