"""A post's text with its evidence marked, as safe HTML."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from screening.cli.report.words import ENGLISH, Words
from screening.values.evidence import Evidence

_PROTECTIVE = "protective"
_ORDER = {"strong": 0, "medium": 1, "weak": 2}


def marked_text(text: str, evidence: Iterable[Evidence], t: Words = ENGLISH) -> Markup:
    """Escape `text` and wrap the words of each piece of evidence in <mark>. Where two overlap the stronger one shows, and a
    stated warning sign before a denied or protective one.

    Hostile text stays text: everything is escaped, and offsets are clipped to it.
    """
    owners: list[Evidence | None] = [None] * len(text)
    for item in sorted(evidence, key=lambda e: (speaks_for(e), _ORDER[e.strength], e.start, e.rule), reverse=True):
        for index in range(max(0, item.start), min(len(text), item.end)):
            owners[index] = item
    parts: list[str] = []
    start = 0
    for index in range(1, len(text) + 1):
        if index < len(text) and owners[index] is owners[start]:
            continue
        piece = escape(text[start:index])
        owner = owners[start]
        if owner is None:
            parts.append(str(piece))
        else:
            kind, label = _kind_and_label(owner, t)
            parts.append(f'<mark class="{kind}" title="{escape(label)}">{piece}</mark>')
        start = index
    return Markup("".join(parts))  # noqa: S704 - every piece was escaped above


def speaks_for(evidence: Evidence) -> bool:
    """Whether it speaks for the offer: a protective sign, or a denial of a warning sign."""
    return evidence.dimension == _PROTECTIVE or evidence.state == "denied"


def _kind_and_label(evidence: Evidence, t: Words) -> tuple[str, str]:
    """The class of the mark, and what it says: its kind mustn't hang on colour alone."""
    sign = t.named("indicator", evidence.indicator)
    if evidence.dimension == _PROTECTIVE:
        return "for", f"{sign} ({t('mark.protective')})"
    state = t(f"state.{evidence.state}")
    if evidence.state == "denied":
        return "for", f"{sign} ({state})"
    return evidence.strength, f"{sign} ({state}, {t(f'strength.{evidence.strength}')})"
