"""What can't be judged is inconclusive with its reason, never clear; what can be judged isn't called inconclusive."""

from __future__ import annotations

import pytest

from screening.assessment.screener import Screener
from screening.posts.post import Post

LONG_FINNISH = (
    "Haemme siivoojaa toimistokiinteistöihin Tampereelle. Työaika arkisin kello kuudesta kymmeneen, palkka alan "
    "työehtosopimuksen mukaan. Emme edellytä aiempaa kokemusta, perehdytämme tehtävään."
)


@pytest.fixture(scope="module")
def screener() -> Screener:
    return Screener.load()


def test_a_picture_alone_is_never_clear(screener: Screener) -> None:
    result = screener.assess(Post(platform="p", id="1", images=("sha256:00",)))
    assert (result.tier, result.inconclusive) == ("inconclusive", "image")


def test_a_word_or_less_is_too_short(screener: Screener) -> None:
    assert screener.assess(Post(platform="p", id="1", title="Job!")).inconclusive == "too_short"


def test_an_unsupported_language_is_named_as_the_reason(screener: Screener) -> None:
    result = screener.assess(Post(platform="p", id="1", title="Siivooja", description=LONG_FINNISH))
    assert (result.tier, result.inconclusive, result.post.language) == ("inconclusive", "language", "fi")


def test_broken_encoding_is_garbled(screener: Screener) -> None:
    broken = "Потрібна прибиральниця в офіс на повний день".encode().decode("latin-1")
    assert screener.assess(Post(platform="p", id="1", description=broken)).inconclusive == "garbled"


@pytest.mark.parametrize(
    "title", ["Motion Designer Mobile app", "Водитель категории С", "Pokojská do hotelu", "Пекарь"]
)
def test_a_title_alone_can_be_read(screener: Screener, title: str) -> None:
    assert screener.assess(Post(platform="p", id="1", title=title, truncated=True)).tier == "clear"


def test_what_needs_no_language_is_still_assessed(screener: Screener) -> None:
    text = LONG_FINNISH + " Telegram @tyo_demo, +358 40 000 0000"
    assert screener.assess(Post(platform="p", id="1", description=text)).contacts
