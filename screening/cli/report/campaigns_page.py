"""`screening link --report`: one self-contained page of campaigns, readable without script and on a phone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from screening.assessment.network import NetworkSign
from screening.cli.linking import LinkCounts
from screening.cli.report.campaign_graph import HEIGHT, WIDTH, Graph, Timeline, graph_of, timeline_of
from screening.cli.report.charts import Bar, Chart, chart
from screening.cli.report.language_names import language_name
from screening.cli.report.page import ENVIRONMENT
from screening.cli.visible import visible
from screening.counted import counted
from screening.links.campaign_view import CampaignView
from screening.links.sign_texts import TITLES
from screening.links.template_view import Part

MEMBERS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class ShownCampaign:
    name: str
    size: int
    facts: tuple[tuple[str, str], ...]
    signs: tuple[tuple[NetworkSign, str], ...]  # with title
    ties: tuple[str, ...]
    template: tuple[Part, ...]
    members: tuple[tuple[str, str], ...]
    more: int
    graph: Graph
    timeline: Timeline | None
    countries: Chart | None


def write_campaigns(
    target: Path, views: Sequence[CampaignView], *, counts: LinkCounts, found: int, at: datetime, inputs: Sequence[str]
) -> None:
    """Write the page of the campaigns given. It holds texts of posts: whoever keeps it keeps personal data."""
    page = ENVIRONMENT.get_template("campaigns.html").render(
        campaigns=[_shown(view) for view in views],
        counts=counts,
        refusals=[visible(line) for line in counts.told()],
        found=found,
        at=at,
        inputs=inputs,
        width=WIDTH,
        height=HEIGHT,
    )
    target.write_bytes(page.encode("utf-8", "replace"))


def _shown(view: CampaignView) -> ShownCampaign:
    line = view.to_dict()
    members = view.campaign.members
    facts = [
        ("Posts", f"{view.campaign.size:,}"),
        ("Names of employers", str(line["employers"]) if line["employers"] else "none stated"),
        ("Platforms", ", ".join(line["platforms"])),
        ("Countries of work", ", ".join(line["countries"]) or "not stated"),
        ("Languages", ", ".join(language_name(code) for code in line["languages"]) or "not told"),
    ]
    if line["first"]:
        facts.append(("From", f"{line['first']} to {line['last']}"))
    return ShownCampaign(
        name=line["campaign"],
        size=view.campaign.size,
        facts=tuple((name, visible(value)) for name, value in facts),
        signs=tuple((sign, TITLES[sign.indicator]) for sign in view.signs),
        ties=tuple(
            f"{tie.kind.replace('_', ' ')}: {counted(tie.posts, 'post')} ({tie.strength})" for tie in view.campaign.ties
        ),
        template=tuple(
            Part(visible(part.text), tuple((visible(text), count) for text, count in part.fillings))
            for part in view.template
        ),
        members=tuple((visible(member.platform), visible(member.id)[:120]) for member in members[:MEMBERS_SHOWN]),
        more=max(0, len(members) - MEMBERS_SHOWN),
        graph=graph_of(view),
        timeline=timeline_of(members),
        countries=chart("Posts by country of work", _countries(view)),
    )


def _countries(view: CampaignView) -> list[Bar]:
    counts = Counter(member.country or "not stated" for member in view.campaign.members)
    return [Bar(name, count) for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:8]]
