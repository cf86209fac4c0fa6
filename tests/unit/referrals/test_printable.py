"""The page for people: whole in itself, safe with hostile text, facts and assessments apart."""

from __future__ import annotations

import hashlib
import re
from html import escape
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings

from screening.cases.ledger import canonical_json
from screening.referrals.printable import package_page
from tests.unit.referrals.package_samples import PHONE, Generated, archived, evidence, generated, sample


class Read(HTMLParser):
    """Tags, attributes and text of a page; sections by their id's heading."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.sections: dict[str, str] = {}
        self._open: list[str] = []
        self._section = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open.append(tag)
        if tag == "section":
            self._section = dict(attrs)["aria-labelledby"] or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "section":
            self._section = ""

    def handle_data(self, data: str) -> None:
        self.sections[self._section] = self.sections.get(self._section, "") + data


def page(package: dict[str, Any] | None = None) -> str:
    return package_page(package or sample(), producer="Alpha trust and safety")


def read(text: str) -> Read:
    reader = Read()
    reader.feed(text)
    return reader


def test_the_page_loads_and_runs_nothing() -> None:
    found = read(page())
    assert not {tag for tag, _ in found.tags} & {
        "script",
        "img",
        "link",
        "iframe",
        "object",
        "form",
        "base",
        "a",
        "svg",
    }
    assert not [
        name for _, attributes in found.tags for name in attributes if name in ("src", "href", "srcset", "style")
    ]
    assert not [name for _, attributes in found.tags for name in attributes if name.startswith("on")]
    assert "url(" not in page()
    assert "@import" not in page()


def test_facts_and_assessments_stand_in_sections_of_their_own() -> None:
    sections = read(page()).sections
    assert "Muster GmbH" in sections["facts"]
    assert PHONE in sections["facts"]
    assert "Waiters for the sea" in sections["facts"]
    assert "urgent" in sections["assessments"]
    assert "trafficking pattern" in sections["assessments"]
    assert "worker_fee.rule" in sections["assessments"]
    assert "urgent" not in sections["facts"]
    assert "Muster GmbH" not in sections["assessments"]
    assert "accuses nobody" in sections["use"]
    assert "investigating trafficking" in sections["handling"]


def test_marking_expiry_and_both_hashes_are_on_the_page() -> None:
    text = page()
    assert "TLP:AMBER+STRICT" in text
    assert "Delete by 2026-04-01 11:20:00 UTC" in text
    assert hashlib.sha256(canonical_json(sample())).hexdigest() in text
    assert sample()["capture"]["sha256"] in text
    assert "F6: reliability can&#39;t be judged, truth can&#39;t be judged" in text


def test_the_text_is_marked_where_the_evidence_stands() -> None:
    text = page()
    assert "<mark>Your passport stays with the manager</mark><sup>1</sup>" in text
    assert "<mark>Pay 500 EUR before you leave</mark><sup>2</sup>" in text
    piece = sample()["assessments"]["evidence"][0]
    assert f"description {piece['start']}–{piece['end']}" in text


def test_overlapping_evidence_names_both() -> None:
    text = "pay 500 EUR first"
    pieces = [evidence("worker_fee", text, "pay 500 EUR"), evidence("pressure", text, "500 EUR first")]
    found = page(sample(post=archived(title="", description=text), pieces=pieces))
    assert "<mark>pay </mark><sup>1</sup><mark>500 EUR</mark><sup>1, 2</sup><mark> first</mark><sup>2</sup>" in found


def test_without_the_text_there_are_places_and_no_words() -> None:
    text = page(sample(frozenset({"evidence", "url"})))
    assert "<mark>" not in text
    assert "Words" not in text
    assert "doc retention" in text
    assert "passport" not in text


def test_hostile_text_stays_text() -> None:
    hostile = "<script>alert(1)</script> & \"quotes\" 'x' {{ 7 * 7 }}"
    post = archived(title=hostile, description=hostile, company=hostile, url="javascript:alert(1)")
    found = page(
        sample(post=post, pieces=[evidence("pressure", hostile, "script>alert", field="title")], contacts=(hostile,))
    )
    assert "script" not in {tag for tag, _ in read(found).tags}
    assert hostile in read(found).sections["facts"]
    assert escape(hostile, quote=False).split("script")[0] in found
    assert "49" not in re.sub(r"[0-9a-f]{64}", "", read(found).sections["facts"])


@pytest.mark.parametrize("kind", ["referral", "support", "notice"])
def test_a_package_that_discloses_nothing_says_so(kind: Any) -> None:
    text = page(sample(frozenset(), kind=kind, ngo=kind == "support"))
    assert text.count("None are disclosed to this partner.") == 2


@settings(max_examples=60, deadline=None)
@given(generated())
def test_any_package_gives_a_page_without_what_is_withheld(case: Generated) -> None:
    text = page(case.package)
    assert [value for value in case.withheld if value in text or escape(value) in text] == []
    found = read(text)
    assert "script" not in {tag for tag, _ in found.tags}
    for contact in case.package["facts"].get("contacts", ()):
        assert contact in found.sections["facts"]
