"""Marks of the corridor's law and of amounts that aren't pay, and what they do to the sign of papers that allow no work."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from screening.assessment.indicators import IndicatorFindings, find_indicators
from screening.posts.post import Post
from screening.rules.library import load_rules
from screening.rules.marks import COMPUTED_MARKS
from screening.signals.corridor import AMOUNT_MARKS, amount_marks, corridor_marks
from screening.signals.facts import gather, marks_of
from screening.signals.found import OtherAmount, Place, Span
from screening.text.reading import read_document
from tests.unit.rules.packs import compile_packs, document

DAY = date(2026, 3, 2)


def place(work: str | None, *origins: str) -> Place:
    return Place(work_country=work, city=None, origins=origins, abroad=None, contact_countries=(), span=None)


@pytest.mark.parametrize(
    ("work", "origins", "marks"),
    [
        ("DE", ("UA",), {"corridor.temporary_protection"}),
        ("DE", ("RO",), {"corridor.may_work_without_visa"}),
        ("PL", ("UA",), {"corridor.fee_banned", "corridor.may_work_without_visa", "corridor.temporary_protection"}),
        ("GB", ("RO",), {"corridor.fee_banned", "corridor.work_permit_needed"}),
        ("DE", ("UA", "RO"), {"corridor.may_work_without_visa", "corridor.temporary_protection"}),
        ("DE", ("UA", "GE"), {"corridor.work_permit_needed"}),  # one who needs a permit suffices
        ("DE", ("UA", "PH"), set()),  # the table knows nothing of the second
        ("PL", (), {"corridor.fee_banned"}),
        ("PL", ("PL",), {"corridor.fee_banned"}),
        ("AE", ("UA",), set()),
        (None, ("UA",), set()),
    ],
)
def test_marks_follow_the_table(work: str | None, origins: tuple[str, ...], marks: set[str]) -> None:
    assert corridor_marks(place(work, *origins), on=DAY) == marks


def test_before_a_row_begins_it_sets_no_mark() -> None:
    assert not corridor_marks(place("DE", "UA"), on=date(2021, 1, 1))


def amount(kind: str) -> OtherAmount:
    return OtherAmount(kind, 100.0, "EUR", Span("description", 0, 3))


def test_each_kind_of_money_has_its_mark() -> None:
    assert amount_marks([amount("fee"), amount("housing_cost"), amount("age"), amount("other")]) == {
        "amount.fee",
        "amount.housing",
    }
    assert set(AMOUNT_MARKS.values()) <= COMPUTED_MARKS
    assert {mark for mark in COMPUTED_MARKS if mark.startswith("amount.")} == set(AMOUNT_MARKS.values())


def found_in(text: str, language: str, country: str | None) -> IndicatorFindings:
    read = read_document(Post(platform="test", id="1", description=text, language=language, country=country))
    return find_indicators(read, load_rules(), marks_of(read, gather(read, today=DAY), today=DAY))


@pytest.mark.parametrize(
    ("text", "language", "mark"),
    [
        ("Praca w magazynie 30 zł/h. Kaucja 500 zł przed wyjazdem.", "pl", "amount.deposit"),
        ("Warehouse work, 12 euro an hour. Penalty 300 euro if you leave early.", "en", "amount.penalty"),
        ("Робота на складі, 30 злотих за годину. Штраф 500 злотих за запізнення.", "uk", "amount.penalty"),
        ("Praca 30 zł/h, zakwaterowanie 600 zł miesięcznie.", "pl", "amount.housing"),
    ],
)
def test_amounts_in_a_post_set_their_marks(text: str, language: str, mark: str) -> None:
    assert mark in found_in(text, language, "PL").marks


@pytest.mark.parametrize(
    ("text", "language", "country", "stated"),
    [
        ("Українці, робота в Німеччині на складі. Їдете по безвізу, праця з понеділка.", "uk", "DE", False),
        ("Робота в Німеччині на складі. Їдете по безвізу, праця з понеділка.", "uk", "DE", False),
        ("Moldoveni, Români: lucru în Anglia la depozit. Intri fără viză, începi luni.", "ro", "GB", True),
        ("Українці, робота в Туреччині на складі. Їдете по безвізу, праця з понеділка.", "uk", "TR", False),
        ("Obywatele Ukrainy, Ukraińcy: praca w Niemczech bez zezwolenia na pracę.", "pl", "DE", False),
        ("Praca w Niemczech bez zezwolenia na pracę, od poniedziałku.", "pl", "DE", True),
        ("Українці, робота в Німеччині за туристичною візою, візи вистачить.", "uk", "DE", True),
        ("Ukraińcy, praca w Niemczech na wizie turystycznej.", "pl", "DE", True),
    ],
)
def test_the_law_lowers_mild_wordings_alone(text: str, language: str, country: str, stated: bool) -> None:
    found = {item.indicator for item in found_in(text, language, country).evidence if item.state == "stated"}
    assert ("visa_irregular" in found) is stated


VISA = {
    "id": "visa_irregular", "code": "J9", "dimension": "abuse_of_vulnerability", "strength": "medium",
    "rules": [
        {"id": "worded", "phrases": {"en": ["enter .. (visa free|tourist*)"]}},
        {"id": "sure", "strength": "strong", "phrases": {"en": ["enter visa free with bought papers"]}},
        {"id": "by_law", "strength": "weak", "when": {"all": ["visa_free_entry", "corridor.work_permit_needed"]}},
    ],
}  # fmt: skip
MARKS = [
    {"id": name, "dimension": "marks", "strength": "weak", "rules": [{"id": "worded", "phrases": {"en": [phrase]}}]}
    for name, phrase in (("visa_free_entry", "visa free"), ("tourist_entry", "as [a] tourist*"))
]


@pytest.mark.parametrize(
    ("text", "marks", "rules"),
    [
        ("You enter visa free.", (), set()),
        ("You enter visa free.", ("corridor.work_permit_needed",), {"visa_irregular.by_law"}),
        ("You enter as a tourist.", (), {"visa_irregular.worded"}),
        ("You enter visa free with bought papers.", (), {"visa_irregular.sure"}),
        ("We never let you enter visa free.", (), set()),
    ],
)
def test_whatever_rule_finds_a_mild_wording_the_law_decides(
    tmp_path: Path, text: str, marks: tuple[str, ...], rules: set[str]
) -> None:
    compiled = compile_packs(tmp_path, VISA, *MARKS)
    found = find_indicators(document(text), compiled, frozenset({"kind.job", *marks}))
    assert {item.rule for item in found.evidence if item.state == "stated"} == rules
