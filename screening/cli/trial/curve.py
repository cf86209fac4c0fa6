"""Their actions found against posts seen a day, as the geometry of an SVG: our order, and what chance would find."""

from __future__ import annotations

from dataclasses import dataclass

from screening.cli.trial.budget import PlacedPosts

WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 62, 22, 14, 40
_POINTS = 160
_SHOWN_TIMES = 5


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on an axis with its label."""

    at: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    ours: str  # points of a polyline
    chance: str
    across: tuple[Mark, ...]
    up: tuple[Mark, ...]
    budget: float | None  # where the budget stands across; None where it lies beyond the largest day
    spoken: str


def curve_of(placed: PlacedPosts, budget: int) -> Curve | None:
    """None where they acted on nothing, or where no day has two posts to choose from."""
    most = min(placed.largest, _SHOWN_TIMES * budget)
    if not placed.acted or most < 2:
        return None
    steps = sorted({0, *(round(most * n / _POINTS) for n in range(1, _POINTS + 1)), min(budget, most)})
    ours = [(step, placed.share_of_actions(step) or 0.0) for step in steps]
    chance = [(step, placed.share_by_chance(step) or 0.0) for step in steps]

    def x(step: float) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * step / most, 1)

    def y(share: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share, 1)

    found, random = placed.share_of_actions(budget) or 0.0, placed.share_by_chance(budget) or 0.0
    return Curve(
        ours=" ".join(f"{x(step)},{y(share)}" for step, share in ours),
        chance=" ".join(f"{x(step)},{y(share)}" for step, share in chance),
        across=tuple(Mark(x(step), f"{step:,}") for step in _round_steps(most)),
        up=tuple(Mark(y(share / 100), f"{share}%") for share in (0, 25, 50, 75, 100)),
        budget=x(budget) if budget <= most else None,
        spoken=f"At a budget of {budget:,} a day {found:.0%} of your actions are found in our order, {random:.0%} by chance",
    )


def _round_steps(most: int) -> list[int]:
    """Four to six round numbers from 0 up to `most`."""
    step = 10 ** (len(str(most)) - 1)
    while most // step < 4 and step > 1:
        step = max(1, step // 2 if str(step)[0] in "12" else step * 2 // 5)
    while most // step > 6:
        step *= 2
    return list(range(0, most + 1, step))
