"""Entities and links as CSV: rows that join, cells that no spreadsheet runs, nothing that the package withholds."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given

from screening.referrals.entity_tables import ENTITY_COLUMNS, LINK_COLUMNS, entity_tables, safe_cell
from tests.unit.referrals.package_samples import PHONE, URL, Generated, generated, sample


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def tables(package: dict[str, Any]) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    made = entity_tables(package)
    return rows(made.entities), rows(made.links)


def test_the_sample_as_entities_and_links() -> None:
    entities, links = tables(sample())
    assert tuple(entities[0]) == ENTITY_COLUMNS
    assert tuple(links[0]) == LINK_COLUMNS
    by_type = {entity["type"]: entity for entity in entities}
    assert by_type["phone"]["id"] == "phone:+48600100200"
    assert by_type["phone"]["label"] == f"'{PHONE}"
    assert by_type["phone"]["grade"] == "F6"
    assert by_type["telegram"]["id"] == "telegram:waiters_job"
    assert by_type["company"]["label"] == "Muster GmbH"
    offer = entities[0]
    assert (offer["type"], offer["tier"], offer["work_country"]) == ("offer", "urgent", "PL")
    found = [(link["type"], link["to"], link["date"]) for link in links]
    assert ("published at", f"url:{URL}", "2026-02-28T10:00:00+00:00") in found
    assert ("in one case with", "url:https://alpha.example/offers/2", "2026-02-27T05:00:00Z") in found
    assert [link["type"] for link in links][-1] == "matches (absent_checked)"


def test_a_quote_stands_there_only_where_the_text_may_be_sent() -> None:
    signs = [entity for entity in tables(sample())[0] if entity["type"] == "warning sign"]
    assert signs[0]["quote"] == "Your passport stays with the manager"
    held = [entity for entity in tables(sample(frozenset({"evidence"})))[0] if entity["type"] == "warning sign"]
    assert [entity["quote"] for entity in held] == ["", "", ""]
    assert [entity["start"] for entity in held] == [entity["start"] for entity in signs]


@pytest.mark.parametrize("hostile", ["=1+1", "+48", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1+1", "＠x"])
def test_what_a_spreadsheet_would_run_is_text(hostile: str) -> None:
    assert safe_cell(hostile) == f"'{hostile}"


@pytest.mark.parametrize("plain", ["", "a=b", "https://a.example/?q=1", "Muster – GmbH"])
def test_other_cells_stay_as_they_are(plain: str) -> None:
    assert safe_cell(plain) == plain


@given(generated())
def test_any_package_gives_tables_that_hold_together(case: Generated) -> None:
    made = entity_tables(case.package)
    assert [value for value in case.withheld if value in made.entities + made.links] == []
    entities, links = rows(made.entities), rows(made.links)
    known = [entity["id"] for entity in entities]
    assert len(known) == len(set(known))
    assert {link[end] for link in links for end in ("from", "to")} <= set(known)
    cells = [cell for row in (*entities, *links) for cell in row.values()]
    assert not [cell for cell in cells if cell.lstrip(" ")[:1] in tuple("=+-@\t\r\n")]
