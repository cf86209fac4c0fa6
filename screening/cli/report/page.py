"""`--report`: one self-contained HTML page, readable without script and on a phone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from screening.cli.report.charts import Bar, Chart, chart
from screening.cli.report.language_names import language_name
from screening.cli.report.post_view import PostView, post_view
from screening.cli.report.summary import Summary
from screening.cli.visible import visible
from screening.counted import counted
from screening.rules.compiled import CompiledRules, Indicator
from screening.values.result import Versions

MOST_BARS = 15
OPEN_CONTENTS_UP_TO = 30
ENVIRONMENT = Environment(
    loader=PackageLoader("screening.cli.report", "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
ENVIRONMENT.globals["counted"] = counted


def write_report(
    target: Path,
    summary: Summary,
    *,
    rules: CompiledRules,
    versions: Versions,
    at: datetime,
    inputs: Sequence[str],
    most: int = 200,
) -> None:
    """Write the page with the `most` foremost flagged posts. It holds texts of posts: whoever keeps it keeps personal data."""
    posts = [post_view(item, rules.indicators) for item in summary.foremost()[:most]]
    page = ENVIRONMENT.get_template("report.html").render(
        summary=summary,
        refusals=[visible(line) for line in summary.told()],
        inputs=inputs,
        at=at,
        versions=versions,
        charts=_charts(summary, rules.indicators),
        posts=posts,
        sources=_sources(posts, rules.sources),
        flagged=sum(summary.by_tier[tier] for tier in ("watch", "review", "urgent")),
        open_contents=len(posts) <= OPEN_CONTENTS_UP_TO,
    )
    # A name given on the command line may hold bytes that are no text.
    target.write_bytes(page.encode("utf-8", "replace"))


def _charts(summary: Summary, indicators: Mapping[str, Indicator]) -> list[Chart]:
    tiers = [
        Bar(tier, summary.by_tier[tier], _share(summary.by_tier[tier], summary.posts), tier)
        for tier in ("urgent", "review", "watch", "inconclusive", "clear")
    ]
    titles = {name: indicator.title for name, indicator in indicators.items()}
    languages = {code: language_name(code) for code in summary.by_language}
    drawn = (
        chart("Posts by tier", tiers),
        chart("Flagged, by concern", _bars(summary.by_concern)),
        chart("Flagged, by warning sign", _bars(summary.by_indicator, names=titles)),
        chart("Flagged, by sector", _bars(summary.flagged_by_sector, summary.by_sector)),
        chart("Flagged, by language", _bars(summary.flagged_by_language, summary.by_language, languages)),
        chart("Inconclusive, by reason", _bars(summary.by_inconclusive)),
    )
    return [figure for figure in drawn if figure]


def _bars(
    counts: Counter[str], totals: Counter[str] | None = None, names: Mapping[str, str] | None = None
) -> list[Bar]:
    """The most frequent first, equal ones by name, so that the same posts give the same page."""
    ordered = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))[:MOST_BARS]
    return [
        Bar((names or {}).get(name) or name.replace("_", " "), count, f"of {totals[name]:,}" if totals else "")
        for name, count in ordered
    ]


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else ""


def _sources(posts: Sequence[PostView], known: Mapping[str, Mapping[str, str]]) -> list[tuple[str, str, str]]:
    """(key, citation, address) of the sources that the shown evidence rests on."""
    used = sorted({key for post in posts for row in (*post.rows, *post.in_favour) for key in row.sources})
    return [(key, known.get(key, {}).get("citation", ""), known.get(key, {}).get("url", "")) for key in used]
