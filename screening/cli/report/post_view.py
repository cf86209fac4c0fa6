"""What the page shows of one flagged post."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from screening.cli.report.language_names import language_name
from screening.cli.report.marking import marked_text
from screening.cli.report.pay_scale import PayScale, pay_line, pay_scale
from screening.cli.report.summary import Flagged
from screening.cli.report.unjudged import reason_told
from screening.cli.visible import one_line, visible
from screening.rules.compiled import Indicator
from screening.values.evidence import Evidence

_STATE_ORDER = {"stated": 0, "absent_checked": 1, "denied": 2}
_STRENGTH_ORDER = {"strong": 0, "medium": 1, "weak": 2}
LONG_TEXT = 1_500
_STATES = {"stated": "stated", "denied": "denied", "absent_checked": "absent, though the post is complete"}


@dataclass(frozen=True, slots=True)
class Row:
    """A piece of evidence in the reader's words."""

    sign: str
    rule: str
    state: str
    strength: str
    dimension: str
    words: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PostView:
    tier: str
    heading: str
    title: Markup
    facts: tuple[tuple[str, Markup], ...]
    concerns: tuple[tuple[str, str], ...]  # (what kind of harm, tier)
    reasons: tuple[str, ...]
    text: Markup
    is_long: bool
    hidden: bool  # the page held text that the eye doesn't see
    pay: str
    scale: PayScale | None
    in_favour: tuple[Row, ...]  # protective signs, and denials of warning signs
    rows: tuple[Row, ...]


def post_view(item: Flagged, indicators: Mapping[str, Indicator]) -> PostView:
    """Everything that came from outside is escaped or plain text for the template to escape."""
    assessment, post = item.assessment, item.post
    ordered = sorted(assessment.evidence, key=lambda e: (_STATE_ORDER[e.state], _STRENGTH_ORDER[e.strength]))
    rows = tuple(_row(evidence, indicators) for evidence in ordered)
    denied = tuple(row for row in rows if row.state == "denied")
    protective = tuple(_row(evidence, indicators) for evidence in assessment.protective)
    return PostView(
        tier=assessment.tier,
        heading=one_line(post.title, 90) or "Without a title",
        title=_marked(item, "title"),
        facts=tuple(_facts(item)),
        concerns=tuple((concern.type.replace("_", " "), concern.tier) for concern in assessment.concerns),
        reasons=assessment.reasons,
        text=_marked(item, "description"),
        is_long=len(post.description) > LONG_TEXT,
        hidden=bool(post.hidden_text),
        pay=pay_line(assessment.pay, undated=post.posted_at is None),
        scale=pay_scale(assessment.pay),
        in_favour=(*protective, *denied),
        rows=rows,
    )


def _facts(item: Flagged) -> Iterable[tuple[str, Markup]]:
    assessment, post = item.assessment, item.post
    assessed = assessment.post
    place = ", ".join(part for part in (post.city, assessed.work_country or post.country or "") if part)
    plain = (
        ("Act by", assessment.act_by.isoformat() if assessment.act_by else ""),
        ("Platform", post.platform),
        ("Post", post.id),
        ("Kind", post.kind),
        ("Sector", assessed.sector.name if assessed.sector else ""),
        ("Place of work" if post.kind == "job" else "Place", place),
        ("Aimed at people from", ", ".join(assessed.origin_countries)),
        ("Language", ", ".join(map(language_name, assessed.languages)) or language_name(assessed.language)),
        ("Read in part", reason_told(assessment)),
        ("Published", post.posted_at.strftime("%Y-%m-%d") if post.posted_at else ""),
        # Text, not a link: a visit from the reviewer's network may tell the poster that somebody is looking.
        ("Address", post.url),
    )
    for name, value in plain:
        if value:
            yield name, escape(visible(value))
    for name, field in (("Company", "company"), ("Pay field", "salary"), ("Contract field", "contract")):
        if marked := _marked(item, field):
            yield name, marked


def _marked(item: Flagged, field: str) -> Markup:
    found = (*item.assessment.evidence, *item.assessment.protective)
    return marked_text(visible(item.post.field_text(field)), [e for e in found if e.field == field])


def _row(evidence: Evidence, indicators: Mapping[str, Indicator]) -> Row:
    indicator = indicators.get(evidence.indicator)
    return Row(
        sign=indicator.title if indicator else evidence.indicator.replace("_", " "),
        rule=evidence.rule,
        state=_STATES[evidence.state],
        strength=evidence.strength,
        dimension=evidence.dimension.replace("_", " "),
        words=visible(evidence.quote),
        sources=evidence.sources,
    )
