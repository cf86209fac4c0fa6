"""A package as two CSV tables, entities and links, for link-analysis tools that import rows (i2 Analyst's Notebook, Gephi).

An entity's id is its kind and value, so that tables of several packages join; only what a package discloses becomes one.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from screening.referrals.contact_kinds import read_contact

ENTITY_COLUMNS = (
    "id", "type", "label", "grade", "kind", "platform", "work_country", "language", "tier", "act_by", "state", "strength",
    "dimension", "field", "start", "end", "rule", "quote", "sha256",
)  # fmt: skip
LINK_COLUMNS = ("from", "to", "type", "date")
_FORMULA_STARTS = frozenset("=+-@＝＋－＠\t\r\n")
"""What spreadsheets take for a formula, in full width too (OWASP, "CSV injection")."""


@dataclass(frozen=True, slots=True)
class EntityTables:
    """CSV texts (RFC 4180, a header row each): `entities` as ENTITY_COLUMNS, `links` as LINK_COLUMNS."""

    entities: str
    links: str


def entity_tables(package: Mapping[str, Any]) -> EntityTables:
    """The tables of a package (`build_package`'s body, read). Dates are RFC 3339, "" where the package names none."""
    facts, assessments = package["facts"], package["assessments"]
    grades = package["handling"]["source_grading"]["items"]
    offer = f"offer:{package['capture']['sha256']}"
    posted = facts.get("published", {}).get("posted_at", "")
    entities: dict[str, dict[str, Any]] = {
        offer: {
            "type": "offer", "label": f"offer {package['id']}", "kind": facts.get("kind"),
            "sha256": package["capture"]["sha256"],
            **{name: assessments.get(name) for name in ("work_country", "language", "tier", "act_by")},
        }
    }  # fmt: skip
    links: list[tuple[str, str, str, str]] = []

    def tie(source: str, target: str, relation: str, date: str = "", **columns: Any) -> None:
        entities.setdefault(target, columns)
        links.append((source, target, relation, date))

    if "url" in facts:
        tie(offer, f"url:{facts['url']}", "published at", posted, type="url", label=facts["url"], grade=grades["url"])
    for text in facts.get("contacts", ()):
        contact = read_contact(text)
        tie(
            offer, f"{contact.kind}:{contact.value}", "names as contact", posted, type=contact.kind,
            label=contact.published, grade=grades["contacts"],
        )  # fmt: skip
    if "company" in facts:
        tie(
            offer, f"company:{facts['company']}", "names as company", posted, type="company", label=facts["company"],
            grade=grades["company"],
        )  # fmt: skip
    for number, post in enumerate(facts.get("campaign", {}).get("posts", ()), start=1):
        url = post.get("url", "")
        tie(
            offer, f"url:{url}" if url else f"{offer}/campaign/{number}", "in one case with", post.get("posted_at", ""),
            type="url" if url else "offer", label=url or f"offer on {post['platform']}", kind=post.get("kind"),
            platform=post.get("platform"), grade=grades["campaign"],
        )  # fmt: skip
    for number, piece in enumerate(assessments.get("evidence", ()), start=1):
        names = ("state", "strength", "dimension", "field", "start", "end", "rule")
        tie(
            offer, f"{offer}/evidence/{number}", f"matches ({piece['state']})", type="warning sign",
            label=piece["indicator"], grade=grades["evidence"], quote=piece.get("quote"),
            **{name: piece[name] for name in names},
        )  # fmt: skip
    return EntityTables(
        entities=_table(
            ENTITY_COLUMNS,
            ([identity, *(row.get(name) for name in ENTITY_COLUMNS[1:])] for identity, row in entities.items()),
        ),
        links=_table(LINK_COLUMNS, links),
    )


def _table(columns: tuple[str, ...], rows: Iterable[Iterable[Any]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return text.getvalue()


def safe_cell(value: object) -> str:
    """The cell's text, with ' before what a spreadsheet would run."""
    text = "" if value is None else str(value)
    begins = text.lstrip(" ")[:1]
    return f"'{text}" if begins in _FORMULA_STARTS and begins else text
