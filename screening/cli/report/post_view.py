"""What the page shows of one flagged post."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from screening.cli.report.marking import marked_text
from screening.cli.report.pay_scale import PayScale, pay_line, pay_scale
from screening.cli.report.summary import Flagged
from screening.cli.report.unjudged import unjudged
from screening.cli.report.words import ENGLISH, Words
from screening.cli.visible import one_line, visible
from screening.rules.compiled import Indicator
from screening.values.evidence import Evidence

_STATE_ORDER = {"stated": 0, "absent_checked": 1, "denied": 2}
_STRENGTH_ORDER = {"strong": 0, "medium": 1, "weak": 2}
LONG_TEXT = 1_500


@dataclass(frozen=True, slots=True)
class Row:
    """A piece of evidence in the reader's words."""

    sign: str
    rule: str
    state: str
    denied: bool
    strength: str
    dimension: str
    words: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PostView:
    tier: str
    tier_name: str
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


def post_view(item: Flagged, indicators: Mapping[str, Indicator], t: Words = ENGLISH) -> PostView:
    """Everything that came from outside is escaped or plain text for the template to escape."""
    assessment, post = item.assessment, item.post
    ordered = sorted(assessment.evidence, key=lambda e: (_STATE_ORDER[e.state], _STRENGTH_ORDER[e.strength]))
    rows = tuple(_row(evidence, indicators, t) for evidence in ordered)
    denied = tuple(row for row in rows if row.denied)
    protective = tuple(_row(evidence, indicators, t) for evidence in assessment.protective)
    return PostView(
        tier=assessment.tier,
        tier_name=t(f"tier.{assessment.tier}"),
        heading=one_line(post.title, 90) or t("untitled"),
        title=_marked(item, "title", t),
        facts=tuple(_facts(item, t)),
        concerns=tuple(
            (t.named("concern", concern.type), t(f"tier.{concern.tier}")) for concern in assessment.concerns
        ),
        reasons=assessment.reasons,
        text=_marked(item, "description", t),
        is_long=len(post.description) > LONG_TEXT,
        hidden=bool(post.hidden_text),
        pay=pay_line(assessment.pay, undated=post.posted_at is None, t=t),
        scale=pay_scale(assessment.pay, t),
        in_favour=(*protective, *denied),
        rows=rows,
    )


def _facts(item: Flagged, t: Words) -> Iterable[tuple[str, Markup]]:
    assessment, post = item.assessment, item.post
    assessed = assessment.post
    place = ", ".join(part for part in (post.city, assessed.work_country or post.country or "") if part)
    plain = (
        (t("fact.act_by"), assessment.act_by.isoformat() if assessment.act_by else ""),
        (t("fact.platform"), post.platform),
        (t("fact.post"), post.id),
        (t("fact.kind"), t.named("kind", post.kind)),
        (t("fact.sector"), t.sector_name(assessed.sector) if assessed.sector else ""),
        (t("fact.work_place" if post.kind == "job" else "fact.place"), place),
        (t("fact.origin"), ", ".join(assessed.origin_countries)),
        (t("fact.language"), ", ".join(map(t.language_name, assessed.languages)) or t.language_name(assessed.language)),
        (t("fact.read_in_part"), unjudged(assessment, post).told(t)),
        (t("fact.published"), post.posted_at.strftime("%Y-%m-%d") if post.posted_at else ""),
        # Text, not a link: a visit from the reviewer's network may tell the poster that somebody is looking.
        (t("fact.address"), post.url),
    )
    for name, value in plain:
        if value:
            yield name, escape(visible(value))
    for field in ("company", "salary", "contract"):
        if marked := _marked(item, field, t):
            yield t(f"fact.{field}"), marked


def _marked(item: Flagged, field: str, t: Words) -> Markup:
    found = (*item.assessment.evidence, *item.assessment.protective)
    return marked_text(visible(item.post.field_text(field)), [e for e in found if e.field == field], t)


def _row(evidence: Evidence, indicators: Mapping[str, Indicator], t: Words) -> Row:
    indicator = indicators.get(evidence.indicator)
    known = t.texts.get(f"indicator.{evidence.indicator}")
    return Row(
        sign=known or (indicator.title if indicator else evidence.indicator.replace("_", " ")),
        rule=evidence.rule,
        state=t(f"state.{evidence.state}"),
        denied=evidence.state == "denied",
        strength=t(f"strength.{evidence.strength}"),
        dimension=t.named("dimension", evidence.dimension),
        words=visible(evidence.quote),
        sources=evidence.sources,
    )
