"""Shares with their intervals, quantiles, and the gamma interval of a weighted count; nothing here knows what is counted."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

Z95 = 1.959964
"""Quantile of the normal distribution for a two-sided interval of 95 %."""
_NEARLY_NORMAL = 200
TAIL = 0.025
"""What a two-sided interval of 95 % leaves out at either end."""


def wilson(part: int, whole: int) -> tuple[float, float]:
    """95 % interval of a share, each end 0..1 (Wilson, 1927, J. Am. Stat. Assoc. 22); (0, 1) where nothing was counted."""
    if not whole:
        return 0.0, 1.0
    share, squared = part / whole, Z95 * Z95
    scale = 1 + squared / whole
    middle = (share + squared / (2 * whole)) / scale
    half = Z95 * math.sqrt(share * (1 - share) / whole + squared / (4 * whole * whole)) / scale
    return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """`part` of `whole`; `value` is None and the interval 0..1 where nothing was counted."""

    part: int
    whole: int

    @classmethod
    def where(cls, answers: Iterable[bool]) -> Share:
        """The share of True among the answers."""
        known = list(answers)
        return cls(part=sum(known), whole=len(known))

    @property
    def value(self) -> float | None:
        return self.part / self.whole if self.whole else None

    @property
    def low(self) -> float:
        return wilson(self.part, self.whole)[0]

    @property
    def high(self) -> float:
        return wilson(self.part, self.whole)[1]


def quantile(values: Sequence[float], share: float) -> float | None:
    """The value below which `share` (0..1) of the values lie, between two neighbours in a straight line; None of none."""
    if not values:
        return None
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    lower = math.floor(place)
    upper = min(lower + 1, len(ordered) - 1)
    return ordered[lower] + (place - lower) * (ordered[upper] - ordered[lower])


def gamma_quantile(probability: float, *, mean: float, variance: float) -> float:
    """The quantile of the gamma distribution of this mean and variance (both 0 or above); the mean where nothing varies."""
    if mean <= 0:
        return 0.0
    if variance <= 0:
        return mean
    shape, scale = mean * mean / variance, variance / mean
    if shape > _NEARLY_NORMAL:
        # Wilson & Hilferty (1931): the cube root of such a variable is normal but for the sixth digit.
        return mean * float(1 - 1 / (9 * shape) + NormalDist().inv_cdf(probability) / (3 * math.sqrt(shape))) ** 3
    low, high = 0.0, shape + 10 * math.sqrt(shape) + 20
    for _ in range(100):
        if high - low <= 1e-12 * high:
            break
        middle = (low + high) / 2
        if _gamma_below(shape, middle) < probability:
            low = middle
        else:
            high = middle
    return scale * (low + high) / 2


def _gamma_below(shape: float, at: float) -> float:
    """The regularised lower incomplete gamma function, by series or continued fraction (Abramowitz & Stegun 6.5.29, 6.5.31)."""
    if at <= 0:
        return 0.0
    front = math.exp(shape * math.log(at) - at - math.lgamma(shape))
    if at < shape + 1:
        term = total = 1 / shape
        step = shape
        while term > total * 1e-15:
            step += 1
            term *= at / step
            total += term
        return front * total
    # Lentz's method: the series converges too slowly this far out.
    tiny = 1e-300
    base = at + 1 - shape
    ratio, inverse = 1 / tiny, 1 / base
    fraction = inverse
    for step in range(1, 10_000):
        factor = -step * (step - shape)
        base += 2
        inverse = 1 / (_away_from_zero(factor * inverse + base, tiny))
        ratio = _away_from_zero(base + factor / ratio, tiny)
        change = inverse * ratio
        fraction *= change
        if abs(change - 1) < 1e-14:
            break
    return 1 - front * fraction


def _away_from_zero(value: float, tiny: float) -> float:
    return value if abs(value) > tiny else tiny
