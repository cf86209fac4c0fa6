"""Plots as inline SVG without text of their own: figures and names stand beside them in the table that holds them.

Each stretches to the width it is given, so that it serves a phone and a desk; colours come from the page's style.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

HEIGHT = 12
STEPS = 5
"""Colours of a heat strip: step 0 for none found to step 5 for all."""
_NICE = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)


def scale_for(shares: Iterable[Mapping[str, Any]]) -> float:
    """The end of an axis, 0..1, that holds the upper ends of all measured shares: 1, 2, 5, 10, 20, 50 or 100 %."""
    most = max((share["high"] for share in shares if share["whole"]), default=1.0)
    return next((end for end in _NICE if most <= end), 1.0)


def interval_bar(share: Mapping[str, Any], *, scale: float = 1.0, bound: float | None = None, css: str = "") -> Markup:
    """A bar to the share with a whisker over its interval and, where there is a bound, a dashed mark; empty if unmeasured."""
    if not share["whole"]:
        return _svg(Markup(""))
    middle = HEIGHT / 2
    low, high = _at(share["low"], scale), _at(share["high"], scale)
    parts = [
        Markup('<rect class="fill {}" x="0" y="2" width="{}" height="{}"/>').format(
            css, _at(share["share"], scale), HEIGHT - 4
        ),
        _line("whisker", low, middle, high, middle),
        _line("whisker", low, 3, low, HEIGHT - 3),
        _line("whisker", high, 3, high, HEIGHT - 3),
    ]
    if bound is not None and bound <= scale:
        parts.append(_line("bound", _at(bound, scale), 0, _at(bound, scale), HEIGHT))
    return _svg(Markup("").join(parts))


def plain_bar(value: float, most: float, css: str = "", bound: float | None = None) -> Markup:
    """A bar of `value` on an axis from 0 to `most` (above 0), a dashed mark at the bound; no bar for values below 0."""
    width = _at(max(0.0, value), most)
    bar = Markup('<rect class="fill {}" x="0" y="2" width="{}" height="{}"/>').format(css, width, HEIGHT - 4)
    mark = Markup("") if bound is None else _line("bound", _at(bound, most), 0, _at(bound, most), HEIGHT)
    return _svg(bar + mark)


def heat_strip(names: Sequence[str], shares: Mapping[str, Mapping[str, Any]]) -> Markup:
    """One cell for each name in order, darker the larger the share; a name without cases stays empty."""
    width = 100 / max(1, len(names))
    cells = [
        Markup('<rect class="{}" x="{}" y="0" width="{}" height="{}"><title>{}: {}</title></rect>').format(
            heat_class(share), round(number * width, 3), round(width - 0.6, 3), HEIGHT, name, _counted(share)
        )
        for number, name in enumerate(names)
        for share in [shares.get(name)]
    ]
    return _svg(Markup("").join(cells))


def heat_class(share: Mapping[str, Any] | None) -> str:
    """ "heat-0" to "heat-5" by the share, "heat-none" where nothing was counted."""
    if not share or not share["whole"]:
        return "heat-none"
    return f"heat-{step_of(share['share'])}"


def step_of(share: float) -> int:
    """The colour step of a share: 0 for nothing, else 1 (a fifth or less) to 5."""
    return 0 if share <= 0 else min(STEPS, int(share * STEPS - 1e-9) + 1)


def _counted(share: Mapping[str, Any] | None) -> str:
    return f"{share['part']} of {share['whole']}" if share and share["whole"] else "no case"


def _at(share: float, scale: float) -> float:
    return round(min(100.0, 100 * share / scale), 2)


def _line(css: str, x1: float, y1: float, x2: float, y2: float) -> Markup:
    return Markup('<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}" vector-effect="non-scaling-stroke"/>').format(
        css, x1, y1, x2, y2
    )


def _svg(content: Markup) -> Markup:
    """Hidden from screen readers: the same figures stand in the row as text."""
    return Markup('<svg viewBox="0 0 100 {}" preserveAspectRatio="none" aria-hidden="true" focusable="false">{}</svg>').format(
        HEIGHT, content
    )  # fmt: skip
