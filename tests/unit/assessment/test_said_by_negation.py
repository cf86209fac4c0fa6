"""Lures worded as negations, in plain posts: "not returned until" and "no work without a deposit" deny nothing."""

import pytest

from screening.assessment.screener import Screener
from screening.posts.post import Post

PLAIN = {
    "en": ("Farm worker", "Picking strawberries on a family farm, 8 hours a day, 1200 euro a month. {}"),
    "uk": ("Працівник на ферму", "Збір полуниці на сімейній фермі, 8 годин на день, 1200 євро на місяць. {}"),
    "ru": ("Работник на ферму", "Сбор клубники на семейной ферме, 8 часов в день, 1200 евро в месяц. {}"),
    "pl": (
        "Pracownik na farmę",
        "Zbiór truskawek w rodzinnym gospodarstwie, 8 godzin dziennie, 1200 euro miesięcznie. {}",
    ),
    "ro": ("Muncitor la fermă", "Cules de căpșuni la o fermă de familie, 8 ore pe zi, 1200 euro pe lună. {}"),
    "bg": ("Работник във ферма", "Бране на ягоди в семейна ферма, 8 часа на ден, 1200 евро на месец. {}"),
    "de": ("Helfer auf dem Hof", "Erdbeerernte auf einem Familienhof, 8 Stunden am Tag, 1200 Euro im Monat. {}"),
    "cs": ("Pracovník na farmu", "Sběr jahod na rodinné farmě, 8 hodin denně, 1200 eur měsíčně. {}"),
    "sk": ("Pracovník na farmu", "Zber jahôd na rodinnej farme, 8 hodín denne, 1200 eur mesačne. {}"),
    "hu": ("Dolgozó farmra", "Eperszedés egy családi gazdaságban, napi 8 óra, havi 1200 euró. {}"),
    "es": ("Trabajador de finca", "Recogida de fresas en una finca familiar, 8 horas al día, 1200 euros al mes. {}"),
}


@pytest.fixture(scope="module")
def screener() -> Screener:
    return Screener.load()


def states(screener: Screener, language: str, indicator: str, sentence: str) -> tuple[str, set[str]]:
    title, description = PLAIN[language]
    post = {"id": "1", "platform": "x", "country": "PL", "title": title, "description": description.format(sentence)}
    assessment = screener.assess(Post.from_generic(post))
    return assessment.tier, {item.state for item in assessment.evidence if item.indicator == indicator}


@pytest.mark.parametrize(
    ("language", "indicator", "sentence"),
    [
        ("en", "doc_retention", "Your passport will not be returned until you have paid back the ticket."),
        ("en", "confinement", "Leaving the farm is not allowed during the contract."),
        ("en", "worker_fee", "No work without a deposit."),
        ("uk", "doc_retention", "Ваш паспорт не буде повернуто, доки ви не сплатите борг."),
        ("ru", "worker_fee", "Без залога работы нет."),
        ("pl", "confinement", "Opuszczanie gospodarstwa w czasie kontraktu jest niedozwolone."),
        ("ro", "doc_retention", "Nimeni nu își primește pașaportul până nu plătește împrumutul."),
        ("bg", "debt_workoff", "Няма да се приберете у дома, докато не отработите пътя."),
        ("de", "doc_retention", "Ihr Pass wird nicht zurückgegeben, bis Sie das Ticket abgearbeitet haben."),
        ("cs", "secrecy", "O této práci nesmí nikdo vědět."),
        ("sk", "exit_penalty", "Kto odíde skôr, nedostane nič."),
        ("hu", "worker_fee", "Kaució nélkül nincs munka."),
        ("es", "phone_surrender", "No se permiten teléfonos, se dejan en la puerta."),
    ],
)
def test_what_is_withheld_or_forbidden_is_stated(
    screener: Screener, language: str, indicator: str, sentence: str
) -> None:
    tier, found = states(screener, language, indicator, sentence)
    assert found == {"stated"}
    assert tier in ("review", "urgent")


@pytest.mark.parametrize(
    ("language", "indicator", "sentence"),
    [
        ("en", "doc_retention", "We never keep your passport."),
        ("en", "doc_retention", "We keep a copy of your passport for registration."),
        ("en", "confinement", "You are free to leave whenever you like."),
        ("uk", "worker_fee", "Плату за працевлаштування НЕ беремо."),
        ("ru", "worker_fee", "Работа без залога и предоплат."),
        ("pl", "worker_fee", "Praca bez ukrytych opłat i bez kaucji."),
        ("ro", "exit_penalty", "Dacă renunțați mai devreme, nu plătiți nimic."),
        pytest.param(
            "bg",
            "no_contract",
            "Без договор при нас никой не започва.",
            marks=pytest.mark.xfail(reason="the classifier takes the double negation for 'no contract'", strict=True),
        ),
        ("de", "doc_retention", "Geben Sie niemals Ihren Ausweis ab."),
        ("cs", "doc_retention", "Doklady nezadržujeme, pas jen ukážete při podpisu."),
        ("sk", "confinement", "Opúšťať pracovisko počas zmeny nie je dovolené."),
        ("hu", "no_interview", "Interjú nélkül nem veszünk fel senkit."),
        ("es", "secrecy", "No digas a nadie el PIN de tu tarjeta."),
    ],
)
def test_what_is_truly_denied_stays_so(screener: Screener, language: str, indicator: str, sentence: str) -> None:
    tier, found = states(screener, language, indicator, sentence)
    assert "stated" not in found
    assert tier == "clear"
