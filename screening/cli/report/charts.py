"""Bar charts as inline SVG: no script, no font, no network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

BAR_HEIGHT = 18
GAP = 8
LABEL_WIDTH = 190
WIDTH = 560
COUNT_WIDTH = 110


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    value: int
    note: str = ""
    css: str = "bar"


def bar_chart(title: str, bars: Sequence[Bar]) -> Markup:
    """Horizontal bars with label, value and note; readable by a screen reader as a list of figures."""
    if not bars:
        return Markup("")
    most = max(bar.value for bar in bars) or 1
    height = len(bars) * (BAR_HEIGHT + GAP)
    room = WIDTH - LABEL_WIDTH - COUNT_WIDTH
    spoken = "; ".join(f"{bar.label} {bar.value}" for bar in bars)
    rows = []
    for index, bar in enumerate(bars):
        y = index * (BAR_HEIGHT + GAP)
        length = max(1.0 if bar.value else 0.0, room * bar.value / most)
        rows.append(
            f'<text class="label" x="{LABEL_WIDTH - 8}" y="{y + 13}" text-anchor="end">{escape(bar.label)}</text>'
            f'<rect class="{escape(bar.css)}" x="{LABEL_WIDTH}" y="{y}" width="{length:.1f}" height="{BAR_HEIGHT}" rx="3"/>'
            f'<text class="count" x="{LABEL_WIDTH + length + 6:.1f}" y="{y + 13}">{bar.value:,}'
            f"{' · ' + str(escape(bar.note)) if bar.note else ''}</text>"
        )
    return Markup(  # noqa: S704 - labels and notes were escaped above, the rest are numbers
        f'<figure><figcaption>{escape(title)}</figcaption><svg viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{escape(title)}: {escape(spoken)}">{"".join(rows)}</svg></figure>'
    )
