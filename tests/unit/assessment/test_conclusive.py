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


@pytest.mark.parametrize(
    "text",
    [
        "مطلوب عامل تنظيف، اتصل على الواتساب",
        "Ζητείται σερβιτόρα για ταβέρνα στην Αθήνα",
    ],
    ids=["arabic", "greek"],
)
def test_a_short_post_in_letters_that_no_pack_is_written_in_is_never_clear(screener: Screener, text: str) -> None:
    result = screener.assess(Post(platform="p", id="1", description=text))
    assert (result.tier, result.inconclusive) == ("inconclusive", "language")


def test_a_language_without_packs_that_the_classifier_was_shown_to_read_can_be_clear(screener: Screener) -> None:
    plain = Post(platform="p", id="1", description="社区超市招收银员两名，早晚班轮换，交五险，包一顿午餐，请到店面试。")
    result = screener.assess(plain)
    assert (result.tier, result.inconclusive) == ("clear", None)


def test_a_few_foreign_letters_make_no_post_inconclusive(screener: Screener) -> None:
    assert (
        screener.assess(Post(platform="p", id="1", description="Kellner für 北京 Restaurant in Graz")).inconclusive
        is None
    )
