"""What a poster is told of a removal: all that the law asks for, and nothing that tells of others or teaches evasion."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import product
from string import Formatter
from typing import Any, get_args

import pytest

from screening.referrals.reason_groups import GROUPS, SIGNS
from screening.referrals.restriction_grounds import Source
from screening.referrals.statement_of_reasons import WORDINGS, Reasons, for_platform, for_poster
from screening.values.result import ConcernType

CONCERNS: tuple[ConcernType, ...] = get_args(ConcernType)
LANGUAGES = ("en", "uk", "ru", "pl", "ro", "bg", "de", "cs", "sk", "hu", "es")
ALL = Reasons(
    concerns=CONCERNS, indicators=tuple(SIGNS), language="en", applied_on=date(2026, 5, 4), source="notice",
    countries=("PL", "DE"), until=date(2026, 11, 4),
)  # fmt: skip

# Stems of what would tell a poster that somebody else knows: police and other authorities, partners, handing on, help lines.
TOLD: dict[str, tuple[str, ...]] = {
    "en": ("police", "authorit", "partner", "refer", "forward", "handed over", "inspect", "prosecut", "investigat", "ministry", "agency against", "informed", "passed on", "report", "traffick", "suspic"),
    "uk": ("поліц", "влад", "органи", "партнер", "переда", "інспекц", "прокур", "правоохор", "слідч", "розслід", "міністер", "повідомил", "скеров", "торгівл", "підозр"),
    "ru": ("полиц", "власт", "органы", "партн", "переда", "инспекц", "прокур", "правоохр", "следств", "расслед", "министер", "сообщил", "направил", "торговл", "подозр"),
    "pl": ("policj", "władz", "organ", "partner", "przekaz", "inspekcj", "prokur", "służb", "śledz", "minister", "powiadom", "handl", "podejrz"),
    "ro": ("poliți", "autorit", "partener", "transmis", "inspec", "parchet", "procur", "anchet", "minister", "informat", "sesiz", "trafic", "suspic"),
    "bg": ("полиц", "власт", "органи ", "органите", "партн", "препра", "предад", "инспекц", "прокур", "разслед", "министер", "сигнал", "трафик", "подозр"),
    "de": ("polizei", "behörd", "partner", "weitergeleitet", "weitergegeben", "übermittelt", "inspekt", "staatsanw", "ermittl", "minister", "zoll", "informiert", "menschenhandel", "verdacht", "verdächt"),
    "cs": ("polici", "úřad", "orgán", "partner", "předán", "předal", "inspek", "zástup", "vyšetř", "minister", "informov", "obchod", "podezř"),
    "sk": ("políci", "polic", "úrad", "orgán", "partner", "postúp", "odovzda", "inšpek", "prokur", "vyšetr", "minister", "informov", "obchod", "podozr"),
    "hu": ("rendőr", "hatóság", "partner", "továbbít", "átad", "felügyel", "ügyész", "nyomoz", "miniszt", "értesít", "tájékoztat", "kereskedel", "gyanú"),
    "es": ("polic", "autoridad", "socio", "remit", "traslad", "inspec", "fiscal", "colaborador", "investig", "minister", "informad", "comunicad", "trata de", "sospech"),
}  # fmt: skip

# Words of the adverts and of the rules: who reads them here knows what to write otherwise.
RECIPE: dict[str, tuple[str, ...]] = {
    "en": ("passport", "cash", "visa", "telegram", "whatsapp", "gmail", "warning sign", "rule", "indicator", "keyword"),
    "uk": ("паспорт", "готівк", "віз", "телеграм", "індикатор", "ознак", "ключов"),
    "ru": ("паспорт", "наличн", "виз", "телеграм", "индикатор", "признак", "ключев"),
    "pl": ("paszport", "gotówk", "wiz", "telegram", "wskaźnik", "sygnał", "słow"),
    "ro": ("pașaport", "numerar", "viză", "telegram", "indicator", "semn ", "cuvinte"),
    "bg": ("паспорт", "в брой", "виза", "телеграм", "индикатор", "признак", "ключов"),
    "de": ("pass ", "reisepass", "bargeld", "visum", "telegram", "indikator", "anzeichen", "stichwort"),
    "cs": ("pas ", "hotovost", "vízum", "telegram", "indikátor", "znak", "slov"),
    "sk": ("pas ", "hotovos", "vízum", "telegram", "indikátor", "znak", "slov"),
    "hu": ("útlevél", "készpénz", "vízum", "telegram", "mutató", "jelző", "kulcssz"),
    "es": ("pasaporte", "efectivo", "visado", "telegram", "indicador", "señal", "palabra"),
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("source", get_args(Source))
def test_no_statement_tells_that_anybody_else_knows(language: str, source: Source) -> None:
    for concerns, small in product((CONCERNS, ("labour_law",), ()), (True, False)):
        reasons = replace(ALL, language=language, source=source, concerns=concerns, small_platform=small)
        text = for_poster(reasons).text().lower()
        assert [stem for stem in TOLD[language] if stem in text] == []


def test_the_stems_are_words_that_such_a_text_would_hold() -> None:
    told = {
        "en": "The police were informed.", "uk": "Поліцію поінформовано, справу передано.", "ru": "Дело передано в полицию.",
        "pl": "Sprawę przekazano policji.", "ro": "Poliția a fost informată.", "bg": "Полицията е уведомена.",
        "de": "Die Polizei wurde informiert.", "cs": "Případ byl předán policii.", "sk": "Prípad bol postúpený polícii.",
        "hu": "A rendőrséget értesítettük.", "es": "Se ha informado a la policía.",
    }  # fmt: skip
    for language, text in told.items():
        assert any(stem in text.lower() for stem in TOLD[language]), language


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_statement_names_a_sign_or_the_words_of_adverts(language: str) -> None:
    text = for_poster(replace(ALL, language=language)).text().lower()
    assert [word for word in RECIPE[language] if re.search(rf"\b{re.escape(word)}", text)] == []
    assert [name for name in SIGNS if name in re.findall(r"\w+", text) and "_" in name] == []
    assert [words for words in SIGNS.values() if words.lower() in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_statement_says_all_that_article_17_asks_for(language: str) -> None:
    wording = WORDINGS[language]
    statement = for_poster(replace(ALL, language=language))
    assert statement.language == language
    assert statement.restriction[0] == wording.removed
    assert "DE, PL" in statement.restriction[1]
    assert "2026-11-04" in statement.restriction[2]
    assert statement.facts == (wording.after_notice, wording.found_by_machine, wording.looked_at)
    assert statement.decisive == tuple(wording.groups[group] for group in GROUPS)
    assert f"2011/36/{wording.union}" in " ".join(statement.ground)
    assert f"94/33/{wording.community}" in " ".join(statement.ground)
    assert len(statement.ground) == len(CONCERNS) + 2
    assert len(statement.fixes) == 6
    assert statement.redress == (wording.redress, wording.complaint, wording.out_of_court, wording.court)
    assert "2022/2065" in wording.complaint
    assert "20" in wording.complaint
    assert "21" in wording.out_of_court
    assert "{" not in statement.text()


def test_the_languages_differ_and_are_complete() -> None:
    assert tuple(WORDINGS) == LANGUAGES
    english = WORDINGS["en"]
    for language, wording in WORDINGS.items():
        assert set(wording.groups) == set(GROUPS)
        assert set(wording.concerns) == set(CONCERNS)
        assert len(set(wording.groups.values())) == len(GROUPS)
        for field in ("in_countries", "until", "directives", "illegal"):
            expected = [name for _, name, _, _ in Formatter().parse(getattr(english, field)) if name]
            assert [name for _, name, _, _ in Formatter().parse(getattr(wording, field)) if name] == expected, language
        if language != "en":
            assert not set(wording.groups.values()) & set(english.groups.values())
            assert wording.title != english.title
    assert len({wording.complaint for wording in WORDINGS.values()}) == len(LANGUAGES)


def test_every_kind_of_notice_reads_alike() -> None:
    notices = {
        for_poster(replace(ALL, source=source)).text() for source in get_args(Source) if source != "own_initiative"
    }
    assert len(notices) == 1
    assert for_poster(replace(ALL, source="own_initiative")).facts[0] == WORDINGS["en"].own_initiative


@pytest.mark.parametrize("language", [None, "vi", "uk-UA", ""])
def test_other_languages_get_english(language: str | None) -> None:
    assert for_poster(replace(ALL, language=language)).language == "en"


def test_a_removal_without_bounds_says_so() -> None:
    statement = for_poster(replace(ALL, countries=(), until=None))
    assert statement.restriction[1:] == (WORDINGS["en"].everywhere, WORDINGS["en"].without_end)


def test_house_rules_alone_are_a_contractual_ground() -> None:
    statement = for_poster(replace(ALL, concerns=("labour_law",)))
    assert WORDINGS["en"].terms in statement.ground
    assert "Directive" not in " ".join(statement.ground)


def test_fraud_rests_on_national_law() -> None:
    ground = " ".join(for_poster(replace(ALL, concerns=("employment_fraud",))).ground)
    assert "national criminal law on fraud" in ground
    assert "Directive" not in ground


def test_sentences_about_points_stand_only_where_points_are_named() -> None:
    statement = for_poster(replace(ALL, concerns=("forced_labour", "minor"), indicators=()))
    assert statement.decisive == ()
    assert WORDINGS["en"].concerns["minor"] in statement.ground
    assert WORDINGS["en"].concerns["forced_labour"] not in statement.ground


def test_small_platforms_promise_no_complaint_system() -> None:
    statement = for_poster(replace(ALL, small_platform=True))
    assert statement.redress == (WORDINGS["en"].redress, WORDINGS["en"].court)
    assert for_platform(replace(ALL, small_platform=True))["redress"]["complaint_months"] is None


def test_the_platform_is_given_names_and_the_posters_text() -> None:
    reasons = replace(ALL, concerns=("labour_law", "minor"), indicators=("minor", "deductions"), language="pl")
    told: dict[str, Any] = for_platform(reasons)
    assert told["concerns"] == ["minor", "labour_law"]
    assert told["indicators"] == ["deductions", "minor"]
    assert told["ground"]["type"] == "illegal_content"
    assert told["automated_decision"] is False
    assert told["redress"] == {"complaint_months": 6, "out_of_court": True, "court": True}
    assert told["poster"] == for_poster(reasons).to_dict()
    assert told["poster_text_reviewed"] is False
    assert told["restriction"]["until"] == "2026-11-04"
