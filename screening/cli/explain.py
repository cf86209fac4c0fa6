"""`screening explain`: one post of a file, with every piece of evidence, what it counted for and what spoke against it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from difflib import get_close_matches

import click
from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from screening.assessment.screener import Screener
from screening.cli.explain_stages import show_stages
from screening.cli.inputs import Moment, check_inputs, check_report_language, input_options, language_option
from screening.cli.reading import platform_of
from screening.cli.report.marking import speaks_for
from screening.cli.report.pay_scale import pay_line
from screening.cli.report.words import Words, words
from screening.cli.tables import TIER_STYLE
from screening.cli.visible import one_line, visible
from screening.errors import NotFoundError
from screening.posts.files import read_file
from screening.posts.post import Post
from screening.posts.reading import LeftOut, ReadItem, ReadPost, Refused
from screening.rules.compiled import CompiledRules
from screening.values.evidence import Evidence
from screening.values.result import Assessment

FIELDS = ("title", "company", "salary", "contract", "description")
ALWAYS_SHOWN = frozenset({"title", "description"})
_STATE_ORDER = {"stated": 0, "absent_checked": 1, "denied": 2}
_STRENGTH_ORDER = {"strong": 0, "medium": 1, "weak": 2}
MAX_QUOTE = 200
MAX_IDS_COMPARED = 20_000


@click.command()
@click.argument("file", type=click.Path(allow_dash=True))
@click.argument("post_id", metavar="ID")
@input_options
@click.option("--at", type=Moment(), help="Score as of this moment (UTC).")
@language_option
@click.option("--json", "as_json", is_flag=True, help="Print the assessment as JSON.")
@click.option(
    "--stages", is_flag=True, help="Show the stages of the assessment instead: what each does, takes and is worth here."
)
def explain(
    file: str,
    post_id: str,
    format_: str,
    mapping: dict[str, str],
    platform: str | None,
    at: datetime | None,
    language: str,
    as_json: bool,
    stages: bool,
) -> None:
    """Explain the assessment of the post ID in FILE: its text with the evidence marked, and what each sign counted for.

    Of several posts of one id the first is taken; PLATFORM/ID names the one of a platform.

    \b
    screening explain posts.jsonl 8841
    screening explain posts.jsonl 8841 --stages
    screening explain export.csv 8841 --map title=name,description=text
    """
    check_inputs([file], "FILE")
    if not as_json and not stages:
        check_report_language(language, "explain")
    moment = at.replace(tzinfo=UTC) if at else datetime.now(UTC)
    items = read_file(file, format=format_, mapping=mapping, platform=platform, default_platform=platform_of(file))
    post = _find(items, file, post_id)
    if stages:
        show_stages(Console(), post, moment)
        return
    screener = Screener.load()
    assessment = screener.assess(post, assessed_at=moment, reader_language=language)
    if as_json:
        click.echo(json.dumps(assessment.to_dict(), ensure_ascii=False, indent=2))
        return
    _show(Console(), post, assessment, screener.rules, words(language))


def _find(items: Iterable[ReadItem], file: str, post_id: str) -> Post:
    ids: list[str] = []
    for item in items:
        if isinstance(item, ReadPost):
            if post_id in (item.post.id, f"{item.post.platform}/{item.post.id}"):
                return item.post
            if len(ids) < MAX_IDS_COMPARED:
                ids.append(item.post.id)
        if isinstance(item, LeftOut) and item.id == post_id:
            raise NotFoundError(f"{file}: post {post_id} was left out: {item.reason}")
        if isinstance(item, Refused) and item.id == post_id:
            raise NotFoundError(f"{file}: post {post_id} was refused: field '{item.field}': {item.reason}")
    raise NotFoundError(
        f"{file}: no post with id {post_id}{_close(post_id, ids)}; `screening scan {file} --out -` lists them all"
    )


def _close(post_id: str, ids: list[str]) -> str:
    close = get_close_matches(post_id, ids, 1, cutoff=0.8)
    return f" (did you mean {one_line(close[0], 80)}?)" if close else ""


def _show(console: Console, post: Post, assessment: Assessment, rules: CompiledRules, t: Words) -> None:
    sector = assessment.post.sector
    console.print(
        Text.assemble(
            (t(f"tier.{assessment.tier}"), TIER_STYLE[assessment.tier]),
            f" ({t.named('inconclusive', assessment.inconclusive)})" if assessment.inconclusive else "",
            f"  {visible(post.platform)} {visible(post.id)}",
            f"  {t.named('kind', post.kind)}, {t.sector_name(sector) if sector else t('explain.sector_not_told')}",
            f", {t('explain.work_in', place=assessment.post.work_country or t('explain.place_not_told'))}",
            f", {t('explain.language', language=assessment.post.language or t('not_told'))}",
            f", {t('explain.act_by', day=assessment.act_by)}" if assessment.act_by else "",
        )
    )
    console.print(Text(f"  {_why(assessment, t)}", "bold"))
    for concern in assessment.concerns:
        console.print(
            Text(f"  {t.named('concern', concern.type)}: {t(f'tier.{concern.tier}')}", TIER_STYLE[concern.tier])
        )
    for reason in assessment.reasons:
        console.print(Padding(Text(f"• {reason}"), (0, 0, 0, 2), expand=False))
    for name in FIELDS:
        if text := post.field_text(name):
            _show_field(console, name, text, assessment, t)
    if assessment.evidence or assessment.protective:
        _show_evidence(console, assessment, rules, t)
    else:
        console.print(f"\n{t('explain.no_sign')}")
    console.print(Text(f"\n{pay_line(assessment.pay, undated=post.posted_at is None, t=t)}"))


def _why(assessment: Assessment, t: Words) -> str:
    """The line of tiers.yaml that gave the tier, with the indicators that it counted."""
    tier = t(f"tier.{assessment.tier}")
    if assessment.tier_reason:
        counted = ", ".join(assessment.tier_signs)
        why = t.named("why", assessment.tier_reason) + (f" ({counted})" if counted else "")
        return t("why_line", tier=tier, why=why)
    if assessment.inconclusive:
        return t("why_line", tier=t("tier.inconclusive"), why=t("why_inconclusive"))
    stated = any(evidence.state == "stated" for evidence in assessment.evidence)
    return t("why_line", tier=t("tier.clear"), why=t("why_clear_with_signs" if stated else "why_clear"))


def _show_field(console: Console, name: str, text: str, assessment: Assessment, t: Words) -> None:
    marked = [e for e in (*assessment.evidence, *assessment.protective) if e.field == name and e.end > e.start]
    if name not in ALWAYS_SHOWN and not marked:
        return
    shown = Text(visible(text))
    # Warning signs last, so that they show where they overlap; underlined, for terminals without colour and for files.
    for evidence in sorted(marked, key=speaks_for, reverse=True):
        style = "green underline" if speaks_for(evidence) else "bold red underline"
        shown.stylize(style, evidence.start, evidence.end)
    console.print(Text(f"\n{t(f'field.{name}')}", "bold"))
    console.print(Padding(shown, (0, 0, 0, 2), expand=False))


def _show_evidence(console: Console, assessment: Assessment, rules: CompiledRules, t: Words) -> None:
    table = Table(
        title=f"\n{t('explain.evidence')}",
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
    )
    table.add_column(t("explain.sign"), ratio=3, overflow="fold")
    table.add_column(t("explain.counts_as"), ratio=2, overflow="fold")
    table.add_column(t("explain.words"), ratio=2, overflow="fold")
    for evidence in sorted(assessment.evidence, key=lambda e: (_STATE_ORDER[e.state], _STRENGTH_ORDER[e.strength])):
        state, strength = t(f"state.{evidence.state}"), t(f"strength.{evidence.strength}")
        table.add_row(
            _sign(evidence, rules, t),
            Text(f"{state}\n{strength}, {t.named('dimension', evidence.dimension)}"),
            _quoted(evidence),
        )
    for evidence in assessment.protective:
        table.add_row(_sign(evidence, rules, t), Text(t("explain.speaks_for")), _quoted(evidence))
    console.print(table)


def _sign(evidence: Evidence, rules: CompiledRules, t: Words) -> Text:
    indicator = rules.indicators.get(evidence.indicator)
    title = t.texts.get(f"indicator.{evidence.indicator}") or (indicator.title if indicator else "")
    return Text.assemble(
        f"{title}\n" if title else "",
        (evidence.rule, "dim"),
        (f" ({', '.join(evidence.sources)})" if evidence.sources else "", "dim"),
    )


def _quoted(evidence: Evidence) -> Text:
    return Text(f"“{one_line(evidence.quote, MAX_QUOTE)}”" if evidence.quote else "–")
