"""`--report`: one self-contained HTML page, readable without script and on a phone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from screening.cli.report.charts import Bar, Chart, chart
from screening.cli.report.post_view import PostView, post_view
from screening.cli.report.summary import NO_SECTOR, OTHER_SECTORS, Summary
from screening.cli.report.words import Words, words
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
    language: str = "en",
) -> None:
    """Write the page with the `most` foremost flagged posts. It holds texts of posts: whoever keeps it keeps personal data.

    Args:
        language: one of `REPORT_LANGUAGES`, that in which the reasons of the assessments were asked for.
    """
    t = words(language)
    posts = [post_view(item, rules.indicators, t) for item in summary.foremost()[:most]]
    page = ENVIRONMENT.get_template("report.html").render(
        t=t,
        summary=summary,
        refusals=[visible(line) for line in summary.told()],
        inputs=inputs,
        at=at,
        versions=versions,
        charts=_charts(summary, rules.indicators, t),
        posts=posts,
        sources=_sources(posts, rules.sources),
        flagged=sum(summary.by_tier[tier] for tier in ("watch", "review", "urgent")),
        open_contents=len(posts) <= OPEN_CONTENTS_UP_TO,
    )
    # A name given on the command line may hold bytes that are no text.
    target.write_bytes(page.encode("utf-8", "replace"))


def _charts(summary: Summary, indicators: Mapping[str, Indicator], t: Words) -> list[Chart]:
    tiers = [
        Bar(t(f"tier.{tier}"), summary.by_tier[tier], t.percent(summary.by_tier[tier], summary.posts), tier)
        for tier in ("urgent", "review", "watch", "inconclusive", "clear")
    ]
    titles = {name: t.texts.get(f"indicator.{name}") or one.title for name, one in indicators.items()}
    languages = {code: t.language_name(code) for code in summary.by_language}
    concerns = {name: t.named("concern", name) for name in summary.by_concern}
    sectors = {name: _sector_name(name, t) for name in summary.by_sector}
    unread = {name: t.named("inconclusive", name) for name in summary.by_inconclusive}
    drawn = (
        chart(t("chart.tiers"), tiers),
        chart(t("chart.concerns"), _bars(summary.by_concern, concerns, t)),
        chart(t("chart.signs"), _bars(summary.by_indicator, titles, t)),
        chart(t("chart.sectors"), _bars(summary.flagged_by_sector, sectors, t, summary.by_sector)),
        chart(t("chart.languages"), _bars(summary.flagged_by_language, languages, t, summary.by_language)),
        chart(t("chart.inconclusive"), _bars(summary.by_inconclusive, unread, t)),
    )
    return [figure for figure in drawn if figure]


def _bars(counts: Counter[str], names: Mapping[str, str], t: Words, totals: Counter[str] | None = None) -> list[Bar]:
    """The most frequent first, equal ones by name, so that the same posts give the same page."""
    ordered = sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))[:MOST_BARS]
    return [
        Bar(names.get(name) or name.replace("_", " "), count, t("of", n=t.number(totals[name])) if totals else "")
        for name, count in ordered
    ]


def _sector_name(name: str, t: Words) -> str:
    """Of what `Summary` counts sectors by: a sector of high risk, a kind of offer, or neither."""
    if name == OTHER_SECTORS:
        return t("sector.other")
    return t("not_told") if name == NO_SECTOR else t.texts.get(f"kind.{name}") or t.named("sector", name)


def _sources(posts: Sequence[PostView], known: Mapping[str, Mapping[str, str]]) -> list[tuple[str, str, str]]:
    """(key, citation, address) of the sources that the shown evidence rests on."""
    used = sorted({key for post in posts for row in (*post.rows, *post.in_favour) for key in row.sources})
    return [(key, known.get(key, {}).get("citation", ""), known.get(key, {}).get("url", "")) for key in used]
