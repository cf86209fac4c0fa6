"""Bar charts as tables: read out by a screen reader as figures, and as legible on a phone as on a desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_SHORT_LABEL = 32


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    value: int
    note: str = ""
    css: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """`title` is the accessible name of its table."""

    title: str
    bars: tuple[Bar, ...]

    @property
    def wide(self) -> bool:
        """Whether the labels are sentences, which want the whole width."""
        return any(len(bar.label) > _SHORT_LABEL for bar in self.bars)

    def width(self, bar: Bar) -> float:
        """Length of a bar in percent of the longest, never unseen where there is something to see."""
        most = max(bar.value for bar in self.bars) or 1
        return max(1.0 if bar.value else 0.0, round(100 * bar.value / most, 1))


def chart(title: str, bars: Sequence[Bar]) -> Chart | None:
    return Chart(title, tuple(bars)) if bars else None
