"""The table of formats: each renders any package, and an unknown one is named."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given, settings

from screening.cases.ledger import canonical_json
from screening.errors import PermanentError
from screening.referrals.formats import FORMATS, render
from tests.unit.referrals.package_samples import Generated, generated, ids, sample


def rendered(name: str) -> bytes:
    return render(sample(), name, new_id=ids(), producer="Alpha trust and safety")


def test_json_is_the_stored_package_byte_for_byte() -> None:
    assert rendered("json") == canonical_json(sample())


@pytest.mark.parametrize("name", ["entities", "links"])
def test_a_table_is_csv_that_a_spreadsheet_reads(name: str) -> None:
    assert rendered(name).startswith(b"\xef\xbb\xbf")
    assert len(list(csv.reader(io.StringIO(rendered(name).decode("utf-8-sig"), newline="")))) > 5


def test_stix_and_misp_are_json() -> None:
    assert json.loads(rendered("stix"))["type"] == "bundle"
    assert "Event" in json.loads(rendered("misp"))


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_same_package_and_ids_give_the_same_bytes(name: str) -> None:
    assert rendered(name) == rendered(name)
    assert FORMATS[name].extension in ("json", "html", "csv")


@settings(max_examples=40, deadline=None)
@given(generated())
def test_every_format_renders_any_package(case: Generated) -> None:
    for name in FORMATS:
        assert render(case.package, name, new_id=ids(), producer="A <b> & 'c'")


@pytest.mark.parametrize("name", ["", "xml", "JSON", "../html", "x" * 1_000])
def test_an_unknown_format_is_named(name: str) -> None:
    with pytest.raises(PermanentError, match=f"package format '{name[:40]}'"):
        rendered(name)


def test_half_characters_of_hostile_text_break_no_format() -> None:
    package = sample()
    package["facts"]["text"]["title"] = "half \ud800 character"
    for name in FORMATS:
        assert render(package, name, new_id=ids(), producer="A")
