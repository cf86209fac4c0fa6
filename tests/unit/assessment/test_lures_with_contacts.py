"""Textbook lures in a sentence or two open a case whatever contact stands behind them, as a sentence of its own or not.

A short post gives the reader few words, and "call" and "tell nobody" are words of a warning too: it alone must not undo what phrases say.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

import pytest

from screening.assessment.screener import Screener
from screening.assessment.weighing import TIER_ORDER
from screening.posts.post import Post

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

LURES = {
    "en": (
        "Waitress in Dubai, we keep your passport until you repaid the ticket, tell nobody.",
        "Cleaners for a hotel in Cyprus, your passport stays with the manager until the flight is worked off, and you don't leave the house without him.",
        "Girls for a club in Milan, the ticket is a debt of 2000 euro that you dance off, phones are handed in on arrival, don't tell your parents.",
    ),
    "uk": (
        "Офіціантка в Дубай, паспорт тримаємо в себе, доки не відпрацюєш квиток, нікому не кажи.",
        "Прибиральниці в готель на Кіпрі, паспорт лишається в адміністратора, доки не відпрацюєте переліт, без нього з дому не виходите.",
        "Дівчата в клуб у Мілан, квиток – борг 2000 євро, який відпрацюєш, телефон здаєш після приїзду, батькам не кажи.",
    ),
    "ru": (
        "Официантка в Дубай, паспорт держим у себе, пока не отработаешь билет, никому не говори.",
        "Уборщицы в отель на Кипре, паспорт остаётся у администратора, пока не отработаете перелёт, без него из дома не выходите.",
        "Девушки в клуб в Милан, билет – долг 2000 евро, который отработаешь, телефон сдаёшь по приезде, родителям не говори.",
    ),
    "pl": (
        "Kelnerka do Dubaju, paszport trzymamy u siebie, dopóki nie odpracujesz biletu, nikomu nie mów.",
        "Sprzątaczki do hotelu na Cyprze, paszport zostaje u kierownika, aż odpracujecie przelot, bez niego nie wychodzicie z domu.",
        "Dziewczyny do klubu w Mediolanie, bilet to dług 2000 euro do odpracowania, telefon oddajesz po przyjeździe, rodzicom nic nie mów.",
    ),
    "ro": (
        "Chelneriță în Dubai, pașaportul rămâne la noi până îți achiți biletul, nu spui nimănui.",
        "Menajere la un hotel în Cipru, pașaportul stă la șef până munciți contravaloarea zborului, nu ieșiți din casă fără el.",
        "Fete pentru club în Milano, biletul e o datorie de 2000 de euro pe care o dansezi, telefonul îl predai la sosire, nu le spui părinților.",
    ),
    "de": (
        "Kellnerin in Dubai, deinen Pass behalten wir, bis das Ticket abgearbeitet ist, sag es niemandem.",
        "Reinigungskräfte für ein Hotel auf Zypern, der Pass bleibt beim Chef, bis der Flug abgearbeitet ist, ohne ihn geht ihr nicht aus dem Haus.",
        "Mädchen für einen Club in Mailand, das Ticket sind 2000 Euro Schulden zum Abtanzen, das Handy gibst du bei Ankunft ab, deinen Eltern sagst du nichts.",
    ),
    "cs": (
        "Servírka do Dubaje, pas zůstane u nás, dokud neodpracuješ letenku, nikomu nic neříkej.",
        "Uklízečky do hotelu na Kypru, pas má šéf, dokud neodpracujete let, bez něj nechodíte z domu.",
        "Holky do klubu v Miláně, letenka je dluh 2000 euro, který odtancuješ, telefon odevzdáš po příjezdu, rodičům neříkej.",
    ),
    "sk": (
        "Čašníčka do Dubaja, pas zostane u nás, kým neodpracuješ letenku, nikomu nič nehovor.",
        "Upratovačky do hotela na Cypre, pas má šéf, kým neodpracujete let, bez neho nechodíte z domu.",
        "Dievčatá do klubu v Miláne, letenka je dlh 2000 eur, ktorý odtancuješ, telefón odovzdáš po príchode, rodičom nehovor.",
    ),
    "hu": (
        "Pincérnő Dubajba, az útlevél nálunk marad, amíg le nem dolgozod a jegyet, senkinek ne szólj.",
        "Takarítónők egy ciprusi szállodába, az útlevél a főnöknél marad, amíg le nem dolgozzátok a repülőt, nélküle nem mentek ki a házból.",
        "Lányok egy milánói klubba, a jegy 2000 euró tartozás, amit letáncolsz, a telefont érkezéskor leadod, a szüleidnek ne mondd.",
    ),
    "es": (
        "Camarera en Dubái, tu pasaporte lo guardamos nosotros hasta que pagues el billete, no se lo digas a nadie.",
        "Limpiadoras para un hotel en Chipre, el pasaporte queda con el encargado hasta pagar el vuelo trabajando, sin él no salís de la casa.",
        "Chicas para un club en Milán, el billete es una deuda de 2000 euros que pagas bailando, el móvil lo entregas al llegar, a tus padres no les digas nada.",
    ),
    "bg": (
        "Сервитьорка в Дубай, паспортът остава при нас, докато не изработиш билета, не казвай на никого.",
        "Чистачки за хотел в Кипър, паспортът стои при шефа, докато не изработите полета, без него не излизате от къщата.",
        "Момичета за клуб в Милано, билетът е дълг от 2000 евро, който изтанцуваш, телефона предаваш при пристигане, на родителите не казвай.",
    ),
}
CONTACTS = {
    "en": (
        "",
        "Call +380671234567",
        "Call me +44 7911 123456.",
        "WhatsApp +44 7911 123456",
        "Telegram @work_dubai",
        "Write to jobs.dubai@gmail.com",
        "Tel. 07911 123456",
    ),
    "uk": (
        "",
        "Дзвоніть +380671234567",
        "Телефонуйте 067 123 45 67.",
        "Вайбер +380671234567",
        "Пишіть в телеграм @work_dubai",
        "Тел. 0671234567",
    ),
    "ru": (
        "",
        "Звоните +380671234567",
        "Телефон 8 912 345 67 89.",
        "Вайбер +380671234567",
        "Пишите в телеграм @work_dubai",
        "Тел. 89123456789",
    ),
    "pl": (
        "",
        "Dzwoń +48600123456",
        "Telefon 600 123 456.",
        "WhatsApp +48 600 123 456",
        "Pisz na telegram @work_dubai",
        "Tel. 600123456",
    ),
    "ro": (
        "",
        "Sunați la +40722123456",
        "Telefon 0722 123 456.",
        "WhatsApp +40 722 123 456",
        "Scrie pe telegram @work_dubai",
        "Tel. 0722123456",
    ),
    "de": (
        "",
        "Ruf an +4915112345678",
        "Telefon 0151 12345678.",
        "WhatsApp +49 151 12345678",
        "Schreib auf Telegram @work_dubai",
        "Tel. 015112345678",
    ),
    "cs": (
        "",
        "Volejte +420601123456",
        "Telefon 601 123 456.",
        "WhatsApp +420 601 123 456",
        "Piš na telegram @work_dubai",
        "Tel. 601123456",
    ),
    "sk": (
        "",
        "Volajte +421901123456",
        "Telefón 0901 123 456.",
        "WhatsApp +421 901 123 456",
        "Píš na telegram @work_dubai",
        "Tel. 0901123456",
    ),
    "hu": (
        "",
        "Hívj: +36301234567",
        "Telefon 06 30 123 4567.",
        "WhatsApp +36 30 123 4567",
        "Írj telegramon @work_dubai",
        "Tel. 06301234567",
    ),
    "es": (
        "",
        "Llama al +34611223344",
        "Teléfono 611 22 33 44.",
        "WhatsApp +34 611 22 33 44",
        "Escribe por telegram @work_dubai",
        "Tel. 611223344",
    ),
    "bg": (
        "",
        "Обадете се +359881234567",
        "Телефон 088 123 4567.",
        "Вайбер +359 88 123 4567",
        "Пиши в телеграм @work_dubai",
        "Тел. 0881234567",
    ),
}
MENTIONED = {
    "en": "They wrote to my sister that they keep the passport until the ticket is repaid, and to tell nobody. If somebody writes so to you, call 0800 505 501, it is free.",
    "uk": "Якщо вам пишуть, що паспорт тримають у себе, доки не відпрацюєш квиток, і просять нікому не казати, телефонуйте на гарячу лінію 0 800 505 501, безкоштовно.",
    "pl": "Jeśli ktoś pisze, że zatrzyma paszport, dopóki nie odpracujesz biletu, i prosi, by nikomu nie mówić, zadzwoń na infolinię 22 628 01 20.",
    "de": "Wenn jemand schreibt, dass er den Pass behält, bis das Ticket abgearbeitet ist, und du es niemandem sagen sollst, ruf die Beratungsstelle an: 0800 0116016.",
    "ro": "Dacă cineva îți scrie că pașaportul rămâne la el până îți achiți biletul și să nu spui nimănui, sună gratuit la linia 0800 800 678.",
    "es": "Si alguien te escribe que guarda tu pasaporte hasta que pagues el billete y que no se lo digas a nadie, llama gratis al número 900 105 090.",
}


@cache
def screener() -> Screener:
    return Screener.load()


def tier(language: str, text: str) -> int:
    post = Post.from_generic({"id": "1", "description": text, "language": language}, platform="test")
    return TIER_ORDER[screener().assess(post, assessed_at=AT).tier]


@pytest.mark.parametrize("contact", range(6))
@pytest.mark.parametrize(
    ("language", "lure"), [(language, lure) for language, lures in LURES.items() for lure in lures]
)
def test_a_contact_behind_a_lure_hides_nothing(language: str, lure: str, contact: int) -> None:
    assert tier(language, f"{lure} {CONTACTS[language][contact]}".strip()) >= TIER_ORDER["review"]


@pytest.mark.parametrize(("language", "text"), MENTIONED.items())
def test_a_warning_with_a_helpline_opens_none(language: str, text: str) -> None:
    assert tier(language, text) < TIER_ORDER["review"]
