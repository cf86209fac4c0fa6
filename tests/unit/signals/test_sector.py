"""The sector: inflected titles in every language, the head of a title, None rather than a guess."""

from __future__ import annotations

import gzip
import json
import os
import sys
from pathlib import Path

import pytest

from screening.posts.post import Post
from screening.signals.sector import read_sector
from screening.text.reading import read_document
from screening.values.result import Sector
from tests.unit.signals.short_posts import document

DATA = Path(os.environ.get("SCREENING_DATA", Path(__file__).resolve().parents[4] / "shared" / "data"))


def _sector(title: str = "", text: str = "", language: str | None = None, category: str = "") -> Sector | None:
    return read_sector(document(text, language, title=title, category=category))


@pytest.mark.parametrize(
    ("title", "language", "isco08", "high_risk"),
    [
        ("Прибиральниця в готель", "uk", "9112", "cleaning"),
        ("Потрібні зварювальники", "uk", "7212", None),
        ("Доглядальниця для літньої жінки", "uk", "5322", "care"),
        ("Сиделка с проживанием", "ru", "5322", "care"),
        ("Разнорабочие на стройку", "ru", "9313", "construction"),
        ("Sprzątanie biur wieczorem", "pl", "9112", "cleaning"),
        ("Zbiory truskawek", "pl", "9211", "agriculture"),
        ("Pokojówka do hotelu nad morzem", "pl", "9112", "tourism"),
        ("Reinigungskraft (m/w/d)", "de", "9112", "cleaning"),
        ("Erntehelfer für Spargel", "de", "9211", "agriculture"),
        ("Menajeră în familie", "ro", "9111", "domestic_work"),
        ("Badantă la bătrâni", "ro", "5322", "care"),
        ("Камериерка в хотел", "bg", "9112", "tourism"),
        ("Opatrovateľka seniorov", "sk", "5322", "care"),
        ("Kuchař do hotelu", "cs", "5120", "tourism"),
        ("Idősgondozó", "hu", "5322", "care"),
        ("Empleada de hogar interna", "es", "9111", "domestic_work"),
        ("Kitchen porter", "en", "9412", "tourism"),
        ("Warehouse forklift driver", "en", "83", None),
    ],
)
def test_titles(title: str, language: str, isco08: str, high_risk: str | None) -> None:
    sector = _sector(title, language=language)
    assert sector is not None
    assert sector.isco08.startswith(isco08)
    assert sector.high_risk == high_risk
    assert sector.name
    assert 0 < sector.confidence <= 1


@pytest.mark.parametrize(
    ("title", "language", "groups"),
    [
        ("Забійний цех, обвалювання м'яса", "uk", "75"),
        ("Робота на бійні в Німеччині", "uk", "75"),
        ("Оброблювач м'яса", "uk", "75"),
        ("Робота в теплиці, Нідерланди", "uk", "92"),
        ("Збір спаржі", "uk", "92"),
        ("Збір полуниці Іспанія", "uk", "92"),
        ("Вигул собак", "uk", "51"),
        ("Збір хмелю", "uk", "92"),
        ("Обробка риби, Норвегія", "uk", "75"),
        ("Доглядальниця з проживанням 24/7", "uk", "53"),
        ("Опікунка літніх людей", "uk", "53"),
        ("Убойный цех", "ru", "75"),
        ("Работа на бойне", "ru", "75"),
        ("Разделка мяса, Германия", "ru", "75"),
        ("Работа в теплице", "ru", "92"),
        ("Сбор спаржи", "ru", "92"),
        ("Сбор клубники", "ru", "92"),
        ("Выгул собак", "ru", "51"),
        ("Сбор хмеля", "ru", "92"),
        ("Рыбообработка, Исландия", "ru", "75"),
        ("Разделка рыбы", "ru", "75"),
        ("Сиделка с проживанием круглосуточно", "ru", "53"),
        ("Ubojnia – rozbiór mięsa", "pl", "75"),
        ("Praca na ubojni", "pl", "75"),
        ("Pracownik rzeźni", "pl", "75"),
        ("Praca w szklarni – pomidory", "pl", "92"),
        ("Zbiór szparagów", "pl", "92"),
        ("Zbiór truskawek", "pl", "92"),
        ("Wyprowadzanie psów", "pl", "51"),
        ("Zbiór chmielu", "pl", "92"),
        ("Przetwórstwo ryb Norwegia", "pl", "75"),
        ("Filetowanie ryb", "pl", "75"),
        ("Opiekunka 24h Niemcy", "pl", "53"),
        ("Opiekunka z zamieszkaniem", "pl", "53"),
        ("Abator – tranșator carne", "ro", "75"),
        ("Muncitor abator", "ro", "75"),
        ("Muncitor în seră", "ro", "92"),
        ("Cules sparanghel", "ro", "92"),
        ("Cules căpșuni", "ro", "92"),
        ("Plimbător de câini", "ro", "51"),
        ("Cules hamei", "ro", "92"),
        ("Procesare pește", "ro", "75"),
        ("Îngrijitoare internă 24h", "ro", "53"),
        ("Работа в кланица", "bg", "75"),
        ("Обезкостяване на месо", "bg", "75"),
        ("Работник в оранжерия", "bg", "92"),
        ("Бране на аспержи", "bg", "92"),
        ("Бране на ягоди", "bg", "92"),
        ("Разхождане на кучета", "bg", "51"),
        ("Бране на хмел", "bg", "92"),
        ("Преработка на риба", "bg", "75"),
        ("Болногледачка 24 часа", "bg", "53"),
        ("Schlachthof – Zerlegung", "de", "75"),
        ("Schlachthofmitarbeiter", "de", "75"),
        ("Fleischzerleger", "de", "75"),
        ("Gewächshaushelfer", "de", "92"),
        ("Spargelernte", "de", "92"),
        ("Erdbeerernte", "de", "92"),
        ("Hundesitter / Gassigeher", "de", "51"),
        ("Hopfenernte", "de", "92"),
        ("Fischverarbeitung", "de", "75"),
        ("24-Stunden-Betreuung", "de", "53"),
        ("Live-in Betreuungskraft", "de", "53"),
        ("Jatka – bourání masa", "cs", "75"),
        ("Práce na jatkách", "cs", "75"),
        ("Práce ve skleníku", "cs", "92"),
        ("Sběr chřestu", "cs", "92"),
        ("Sběr jahod", "cs", "92"),
        ("Venčení psů", "cs", "51"),
        ("Česání chmele", "cs", "92"),
        ("Sběr chmele", "cs", "92"),
        ("Zpracování ryb", "cs", "75"),
        ("Pečovatelka 24h", "cs", "53"),
        ("Bitúnok – rozrábka mäsa", "sk", "75"),
        ("Práca na bitúnku", "sk", "75"),
        ("Práca v skleníku", "sk", "92"),
        ("Zber špargle", "sk", "92"),
        ("Zber jahôd", "sk", "92"),
        ("Venčenie psov", "sk", "51"),
        ("Zber chmeľu", "sk", "92"),
        ("Spracovanie rýb", "sk", "75"),
        ("Opatrovateľka 24h", "sk", "53"),
        ("Vágóhídi munkás", "hu", "75"),
        ("Húsfeldolgozó üzem, csontozó", "hu", "75"),
        ("Üvegházi munka", "hu", "92"),
        ("Spárgaszedés", "hu", "92"),
        ("Eperszedés", "hu", "92"),
        ("Kutyasétáltató", "hu", "51"),
        ("Komlószedés", "hu", "92"),
        ("Halfeldolgozó", "hu", "75"),
        ("Bentlakásos idősgondozó", "hu", "53"),
        ("24 órás gondozó", "hu", "53"),
        ("Matadero – despiece de carne", "es", "75"),
        ("Operario de matadero", "es", "75"),
        ("Invernadero tomates", "es", "92"),
        ("Recogida de espárragos", "es", "92"),
        ("Recogida de fresa", "es", "92"),
        ("Paseador de perros", "es", "51"),
        ("Recogida de lúpulo", "es", "92"),
        ("Procesado de pescado", "es", "75"),
        ("Interna cuidado de mayores", "es", "53"),
        ("Cuidadora interna 24h", "es", "53"),
        ("Slaughterhouse worker", "en", "75"),
        ("Abattoir operative", "en", "75"),
        ("Boning hall operative", "en", "75"),
        ("Meat cutter", "en", "75"),
        ("Greenhouse worker", "en", "92"),
        ("Asparagus picker", "en", "92"),
        ("Asparagus picking", "en", "92"),
        ("Strawberry picking", "en", "92"),
        ("Dog walker", "en", "51"),
        ("Hop picking", "en", "92"),
        ("Fish processing", "en", "75"),
        ("Fish filleter", "en", "75"),
        ("Live-in carer", "en", "53"),
        ("24h care for elderly lady", "en", "53"),
    ],
)
def test_work_of_farms_slaughterhouses_and_homes_by_title_and_by_text(title: str, language: str, groups: str) -> None:
    for sector in (_sector(title, language=language), _sector(text=f"{title}.", language=language)):
        assert sector is not None
        assert sector.isco08[:2] in {"75": ("75", "81", "93"), "92": ("92", "9")}.get(groups, (groups,))
        assert sector.high_risk == {"92": "agriculture", "53": "care"}.get(groups)


@pytest.mark.parametrize("title", ["Praca od zaraz", "Вакансия", "Job", "!!!", "Ищем людей"])
def test_none_rather_than_a_guess(title: str) -> None:
    assert _sector(title) is None


def test_official_titles_tell_where_no_everyday_word_stands() -> None:
    for title, language in (("Zegarmistrz", "pl"), ("Bookbinder", "en"), ("Apicultor", "es")):
        sector = _sector(title, language=language)
        assert sector is not None
        assert sector.isco08[:2] == ("61" if language == "es" else "73")
        assert 0 < sector.confidence < 1


def test_category_then_text() -> None:
    by_category = _sector("Praca od zaraz", category="Sprzątanie")
    by_text = _sector(text="Потрібні жінки на прибирання готелів. Прибирання номерів, графік 5/2.", language="uk")
    assert by_category is not None
    assert by_text is not None
    assert by_category.isco08 == by_text.isco08 == "9112"
    assert by_category.confidence < 0.9


@pytest.mark.data
def test_polish_hand_coded_ads(capsys: pytest.CaptureFixture[str]) -> None:
    """Agreement with hand-made codes (Beresewicz & Pater 2024) on every seventh ad, first digit of ISCO-08."""
    path = DATA / "polish_ads" / "hand_coded.jsonl.gz"
    if not path.is_file():
        pytest.skip(f"{path} is absent: set SCREENING_DATA")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        ads = [ad for ad in map(json.loads, file) if ad.get("kzis_code") and ad.get("job.title")][::7]
    answered = right = right_two = 0
    for ad in ads:
        post = Post(
            platform="t", id="1", title=ad["job.title"], description=ad.get("job.description") or "", language="pl"
        )
        sector = read_sector(read_document(post))
        if sector is not None:
            answered += 1
            right += sector.isco08[0] == ad["kzis_code"][0]
            right_two += sector.isco08[:2] == ad["kzis_code"][:2]
    with capsys.disabled():
        sys.stdout.write(
            f"\nsector: {answered / len(ads):.0%} of {len(ads)} ads answered, {right / answered:.1%} right at one digit, {right_two / answered:.1%} at two\n"
        )
    assert answered / len(ads) > 0.8
    assert right / answered > 0.70
