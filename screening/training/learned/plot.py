"""The calibration plot of the model card: one SVG without script, in colours that hold on light and dark paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

SIDE, MARGIN, GAP = 260, 40, 30
_INK, _LINE, _SOUGHT = "#555", "#bbb", "#0b6bcb"


def calibration_svg(reports: Mapping[str, Mapping[str, Any]]) -> str:
    """For each target: chance told against share found, held apart, with 95 % intervals; the diagonal is perfect."""
    width = len(reports) * (SIDE + MARGIN + GAP)
    panels = "".join(
        _panel(name, report["reliability"], MARGIN + number * (SIDE + MARGIN + GAP))
        for number, (name, report) in enumerate(reports.items())
    )
    height = SIDE + 2 * MARGIN + 10
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="sans-serif" font-size="12" fill="{_INK}" role="img" aria-label="Chance told against share found">'
        f"{panels}</svg>\n"
    )


def _panel(name: str, bins: Sequence[Mapping[str, Any]], left: int) -> str:
    top, bottom = MARGIN, MARGIN + SIDE

    def x(value: float) -> float:
        return round(left + value * SIDE, 1)

    def y(value: float) -> float:
        return round(bottom - value * SIDE, 1)

    parts = [
        f'<rect x="{left}" y="{top}" width="{SIDE}" height="{SIDE}" fill="none" stroke="{_LINE}"/>',
        f'<line x1="{x(0)}" y1="{y(0)}" x2="{x(1)}" y2="{y(1)}" stroke="{_LINE}" stroke-dasharray="4 4"/>',
        f'<text x="{left}" y="{top - 12}" font-weight="bold">{name}</text>',
        f'<text x="{x(0.5)}" y="{bottom + 32}" text-anchor="middle">chance told</text>',
        f'<text x="{left - 28}" y="{y(0.5)}" text-anchor="middle" transform="rotate(-90 {left - 28} {y(0.5)})">share found</text>',
    ]
    for mark in (0.0, 0.5, 1.0):
        parts.append(f'<text x="{x(mark)}" y="{bottom + 16}" text-anchor="middle">{mark:g}</text>')
        parts.append(f'<text x="{left - 6}" y="{y(mark) + 4}" text-anchor="end">{mark:g}</text>')
    for one in bins:
        told, share = one["told"], one["share"]
        parts.append(
            f'<line x1="{x(told)}" y1="{y(one["low"])}" x2="{x(told)}" y2="{y(one["high"])}" stroke="{_SOUGHT}"/>'
            f'<circle cx="{x(told)}" cy="{y(share)}" r="3.5" fill="{_SOUGHT}">'
            f"<title>told {told:.2f}: {one['part']} of {one['whole']}</title></circle>"
        )
    return "".join(parts)
