"""Shares with their 95 % intervals, as plain values that JSON can hold."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from screening.statistics import wilson


def share_of(part: int, whole: int) -> dict[str, Any]:
    """`{"part", "whole", "share", "low", "high"}`; share and ends 0..1, `share` None where `whole` is 0."""
    low, high = wilson(part, whole)
    return {"part": part, "whole": whole, "share": part / whole if whole else None, "low": low, "high": high}


def share_where(answers: Iterable[bool]) -> dict[str, Any]:
    """The share of True among the answers."""
    known = list(answers)
    return share_of(sum(known), len(known))


def percent(share: float | None, digits: int = 1) -> str:
    """ "12.3 %", a dash where nothing was counted."""
    return "–" if share is None else f"{100 * share:.{digits}f} %"


def interval(figure: dict[str, Any], digits: int = 2) -> str:
    """ "0.12 % [0.05, 0.29]" of a share made by `share_of`."""
    if not figure["whole"]:
        return "–"
    return f"{percent(figure['share'], digits)} [{100 * figure['low']:.{digits}f}, {100 * figure['high']:.{digits}f}]"
