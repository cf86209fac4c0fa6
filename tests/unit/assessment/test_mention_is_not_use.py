"""Mention is not use: who warns, asks, remembers or reports isn't flagged; who says the same as an offer is. In eleven languages.

The classifier has learned from none of these texts.
"""

from __future__ import annotations

from functools import cache

import pytest

from screening.assessment.screener import Screener
from screening.posts.post import Post

TEXTS = {
    "en": (
        "Careful with the man who drives girls to Rotterdam on Sundays. He told my cousin he would keep her passport until the ride was worked off, and he took her phone as well. If he writes to you, don't get in, and show the message to the embassy.",
        "I drive to Rotterdam on Sundays, girls welcome. Your passport stays with me until the ride is worked off, phones go into my glove box. Write to me, don't tell anybody.",
    ),
    "uk": (
        "Дівчата, мені вчора написали: «паспорт здаєш адміністратору, борг за дорогу відпрацюєш, рідним не кажи». Хто знає, це взагалі законно? Я нікуди не їду, просто хочу, щоб інші не попались.",
        "Дівчата на роботу в готель, виїзд завтра. Паспорт здаєш адміністратору, борг за дорогу відпрацюєш за три місяці, рідним поки нічого не кажи.",
    ),
    "ru": (
        "Рассказываю, как я попал. Обещали стройку в Словакии, а на месте забрали паспорта, заперли в общежитии и сказали, что каждый должен им по тысяче евро. Выбрались через посольство. Не верьте таким объявлениям.",
        "Стройка в Словакии. Паспорта сдаём бригадиру, из общежития без него не выходим, за дорогу каждый должен тысячу евро, отработаете.",
    ),
    "pl": (
        "Inspekcja pracy przypomina sezonowym: nikt nie może zabrać ci paszportu, potrącać z wypłaty za «znalezienie pracy» ani zamykać na noc w kwaterze. Jeśli tak było u ciebie, zgłoś to, także anonimowo.",
        "Zbiory truskawek. Paszporty oddajecie brygadziście na przechowanie, za znalezienie pracy potrącamy 300 euro z wypłaty, na noc kwatera zamykana na klucz.",
    ),
    "ro": (
        "Mamă de fată din Bălți aici. Fetei mele i-au scris că îi plătesc drumul și că actele le ține patroana până se achită de datorie. Am mers împreună la poliție. Vorbiți cu copiii voștri înainte să plece.",
        "Fete pentru menaj în Italia, plătim noi drumul. Actele le ține patroana până vă achitați de datorie, vorbim numai pe mesaj, să nu spuneți acasă.",
    ),
    "bg": (
        "Отзив за фирмата: взеха ми личната карта „за регистрация“ и я върнаха чак след като им платих 400 евро неустойка, че си тръгвам. Не препоръчвам на никого.",
        "Оранжерии в Испания. Личните карти стоят при шефа, който си тръгне преди края плаща 400 евро неустойка. Качваме се утре, решавай бързо.",
    ),
    "de": (
        "Leserfrage an die Beratungsstelle: Der Vermittler verlangt 500 Euro vorab und will den Pass meiner Mutter behalten, bis sie die Reise abgearbeitet hat. Darf er das? Antwort: Nein, beides ist verboten.",
        "Betreuerin für Oma gesucht. 500 Euro Vermittlung vorab, den Pass behalten wir, bis Sie die Reise abgearbeitet haben. Abfahrt heute Nacht, niemandem davon erzählen.",
    ),
    "cs": (
        "Hledám práci v Německu, mám svářečák. Prosím jen seriózně: minule chtěli, abych odevzdal pas a telefon a podepsal dluh za ubytování. Tam už nikdy. Volejte večer.",
        "Svářeči do Německa. Pas a telefon odevzdáte mistrovi, podepíšete dluh za ubytování a odpracujete ho. Odjezd zítra.",
    ),
    "sk": (
        "Polícia varuje pred vodičom, ktorý ponúka odvoz do Rakúska. Ženám berie doklady a mobily a vysadí ich inde, než sľúbil. Nenastupujte a volajte 158.",
        "Odvoz do Rakúska zadarmo, len ženy. Doklady a mobily si počas cesty nechám ja, kam presne ideme poviem v aute. Nikomu nehovorte.",
    ),
    "hu": (
        "Aki ott dolgozott, írja meg: igaz, hogy elveszik az útlevelet, és aki idő előtt hazajön, 300 ezret fizet? A sógoromat hívják oda, én nem engedném.",
        "Betanított munka Németországban. Az útlevelet leadod a főnöknek, aki idő előtt hazajön, 300 ezret fizet. Indulás holnap, döntsd el most.",
    ),
    "es": (
        "Nota del consulado: circula un anuncio que promete trabajo de camarera con billete y visa pagados. A quienes viajaron les quitaron el pasaporte y les dijeron que debían 8.000 euros. No viajen y avisen.",
        "Camareras para Europa, billete y visa pagados por nosotros. El pasaporte lo guardamos nosotros y los 8.000 euros se pagan trabajando. Sales esta semana, no lo cuentes en casa.",
    ),
}
"""(what speaks of a lure, what is one)"""


@cache
def screener() -> Screener:
    return Screener.load()


def tier(text: str) -> str:
    return screener().assess(Post(platform="test", id="1", description=text)).tier


@pytest.mark.parametrize("language", TEXTS)
def test_who_speaks_of_a_lure_is_not_flagged(language: str) -> None:
    assert tier(TEXTS[language][0]) in ("clear", "watch")


@pytest.mark.parametrize("language", TEXTS)
def test_who_offers_the_same_is_flagged(language: str) -> None:
    assert tier(TEXTS[language][1]) in ("review", "urgent")
