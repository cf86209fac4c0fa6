"""`--report`: one self-contained HTML page, readable without script and on a phone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from screening.assessment.result import Bounds, PayCheck, Versions
from screening.cli.report.charts import Bar, bar_chart
from screening.cli.report.marking import marked_text
from screening.cli.report.summary import Flagged, Summary

MOST_BARS = 15


def write_report(target: Path, summary: Summary, *, versions: Versions, at: datetime, inputs: Sequence[str]) -> None:
    """Write the page. It holds texts of posts: whoever keeps it keeps personal data."""
    environment = Environment(
        loader=PackageLoader("screening.cli.report", "templates"), autoescape=True, undefined=StrictUndefined
    )
    page = environment.get_template("report.html").render(
        summary=summary,
        inputs=[Path(name).name if name != "-" else "standard input" for name in inputs],
        at=at,
        versions=versions,
        charts=_charts(summary),
        posts=[_shown(item) for item in summary.foremost()],
        flagged=sum(summary.by_tier[tier] for tier in ("watch", "review", "urgent")),
    )
    target.write_text(page, encoding="utf-8")


def _charts(summary: Summary) -> list[Any]:
    tiers = [
        Bar(tier, summary.by_tier[tier], _share(summary.by_tier[tier], summary.posts), f"bar {tier}")
        for tier in ("urgent", "review", "watch", "inconclusive", "clear")
    ]
    return [
        chart
        for chart in (
            bar_chart("Posts by tier", tiers),
            bar_chart("Flagged, by concern", _bars(summary.by_concern)),
            bar_chart("Flagged, by warning sign", _bars(summary.by_indicator)),
            bar_chart("Flagged, by sector", _bars(summary.flagged_by_sector, summary.by_sector)),
            bar_chart("Flagged, by language", _bars(summary.flagged_by_language, summary.by_language)),
        )
        if chart
    ]


def _bars(counts: Counter[str], totals: Counter[str] | None = None) -> list[Bar]:
    return [Bar(name, count, f"of {totals[name]:,}" if totals else "") for name, count in counts.most_common(MOST_BARS)]


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else ""


def _shown(item: Flagged) -> dict[str, Any]:
    assessment, post = item.assessment, item.post
    return {
        "assessment": assessment,
        "post": post,
        "title": marked_text(post.title, (e for e in assessment.evidence if e.field == "title")),
        "text": marked_text(post.description, (e for e in assessment.evidence if e.field == "description")),
        "pay": _pay_line(assessment.pay),
    }


def _pay_line(pay: PayCheck) -> str:
    if pay.verdict == "not_stated":
        return "Pay is not stated."
    monthly = f"about {_span(pay.monthly_eur)} EUR a month; " if pay.monthly_eur else ""
    if pay.reference is None:
        return f"Pay: {monthly}no reference for this place and work."
    reference = pay.reference
    return (
        f"Pay: {monthly}{pay.verdict.replace('_', ' ')} against a statutory minimum of {_amount(reference.minimum)} and a "
        f"usual {_amount(reference.typical)} EUR in {reference.country} ({reference.source}, {reference.date})."
    )


def _span(bounds: Bounds) -> str:
    low, high = _amount(bounds.min), _amount(bounds.max)
    return low if low == high else f"{low}–{high}"


def _amount(value: float | None) -> str:
    return "?" if value is None else f"{value:,.0f}"
