"""The sector: inflected titles in every language, the head of a title, None rather than a guess."""

from __future__ import annotations

import gzip
import json
import os
import sys
from pathlib import Path

import pytest

from screening.assessment.result import Sector
from screening.posts.post import Post
from screening.signals.sector import read_sector
from screening.text.reading import read_document
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
